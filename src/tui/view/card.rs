//! "Tell the user to type this": start URL, Region, and what to choose.

use ratatui::{Frame, layout::Rect, text::Line};

use super::paint;
use crate::{
    diagnosis::TellUser,
    text,
    tui::{
        action::Action,
        measure,
        model::{Model, Progress, Run, Setup},
        theme::{Glyph, Tone},
    },
};

const TITLE: &str = "Tell the user to type this";
const NOT_YET: &str = "not known yet";

pub(super) fn draw(model: &Model, run: &Run, frame: &mut Frame, area: Rect) {
    let full = lines(&model.setup, run, area.width);
    let shown = if full.len() > usize::from(area.height) { short_lines(&model.setup, run, area.width) } else { full };
    paint::lines(frame, area, &shown);
}

pub(in crate::tui) fn lines(setup: &Setup, run: &Run, columns: u16) -> Vec<Line<'static>> {
    let mut lines = vec![paint::rule(setup, columns, TITLE, "", false)];
    let Some(tell) = tell(run) else {
        lines.push(Line::from(vec![paint::span(setup.theme, Tone::Quiet, format!("  {}", not_known(setup, run)))]));
        return lines;
    };
    let room = usize::from(columns).saturating_sub(14);
    for (label, value, tone) in rows(&tell) {
        if measure::width(&value) > room && !value.contains(' ') {
            // A URL is read and copied better from one line of its own.
            lines.push(Line::from(paint::span(setup.theme, Tone::Quiet, format!("  {label}"))));
            let whole = measure::wrap(&value, usize::from(columns).saturating_sub(4));
            lines.extend(whole.into_iter().map(|line| Line::from(paint::span(setup.theme, tone, format!("  {line}")))));
            continue;
        }
        for (number, line) in measure::wrap(&value, room).into_iter().enumerate() {
            let label = if number == 0 { label } else { "" };
            lines.push(Line::from(vec![
                paint::span(setup.theme, Tone::Quiet, format!("  {label:<11}")),
                paint::span(setup.theme, tone, line),
            ]));
        }
    }
    lines
}

/// The same without the rule and the labels, for low windows.
pub(in crate::tui) fn short_lines(setup: &Setup, run: &Run, columns: u16) -> Vec<Line<'static>> {
    let separator = format!(" {} ", setup.theme.glyph(Glyph::Separator));
    let values = match &run.diagnosis.tell_user {
        Some(tell) => rows(tell).map(|(_, value, _)| value).join(&separator),
        None if run.progress == Progress::Running => NOT_YET.to_owned(),
        None => not_known(setup, run),
    };
    let text = format!("{TITLE}: {values}");
    let wrapped = measure::wrap(&text, usize::from(columns).saturating_sub(4));
    wrapped.into_iter().map(|line| Line::from(paint::span(setup.theme, Tone::Plain, format!("  {line}")))).collect()
}

/// What to tell. While that is not known it has its lines already, so that the rows below stay where they are.
fn tell(run: &Run) -> Option<TellUser> {
    let waits = (run.progress == Progress::Running).then(|| TellUser {
        start_url: Some(NOT_YET.to_owned()),
        region: NOT_YET.to_owned(),
        choose: text::clean(&run.case.profile.choose),
    });
    run.diagnosis.tell_user.clone().or(waits)
}

fn rows(tell: &TellUser) -> [(&'static str, String, Tone); 3] {
    let url = tell.start_url.clone().unwrap_or_else(|| "not known: see the Identity Center console".to_owned());
    [
        ("Start URL", url, Tone::Strong),
        ("Region", tell.region.clone(), Tone::Strong),
        ("Choose", tell.choose.clone(), Tone::Plain),
    ]
}

fn not_known(setup: &Setup, run: &Run) -> String {
    let chooses = setup.keymap.key_of(Action::Instances, false).map(|key| format!(" ({key} chooses)"));
    match run.diagnosis.instances.len() {
        0 => "Not known: no instance was seen.".to_owned(),
        1 => "Not known: it is not clear whether the instance is the right one.".to_owned(),
        _ => format!("Not known: it is not clear which instance is the right one{}.", chooses.unwrap_or_default()),
    }
}
