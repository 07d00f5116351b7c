//! "Tell the user to type this": start URL, Region, and what to choose.

use ratatui::text::Line;

use super::writer::build_rule;
use crate::{
    report::diagnosis::{Standing, TellUser},
    text,
    tui::{
        action::Action,
        measure::{measure_width, wrap_text},
        model::{AppContext, Progress, Run},
        theme::Tone,
    },
};

const TITLE: &str = "Tell the user to type this";
const NOT_YET: &str = "not known yet";

/// Returns the card under its rule.
pub(crate) fn build_card_lines(app: &AppContext, run: &Run, columns: u16) -> Vec<Line<'static>> {
    let theme = app.theme;
    let mut lines = vec![build_rule(theme, columns, TITLE, "", false)];
    let Some(tell) = find_what_to_tell(run) else {
        lines.push(theme.style_text(Tone::Quiet, format!("  {}", explain_unknown(app, run))).into());
        return lines;
    };
    let room = usize::from(columns).saturating_sub(14);
    for (label, value, tone) in list_rows(&tell) {
        if measure_width(&value) > room && !value.contains(' ') {
            // A URL is read and copied better from one line of its own.
            lines.push(theme.style_text(Tone::Quiet, format!("  {label}")).into());
            let whole = wrap_text(&value, usize::from(columns).saturating_sub(4));
            lines.extend(whole.into_iter().map(|line| theme.style_text(tone, format!("  {line}")).into()));
            continue;
        }
        for (number, line) in wrap_text(&value, room).into_iter().enumerate() {
            let label = if number == 0 { label } else { "" };
            let label = theme.style_text(Tone::Quiet, format!("  {label:<11}"));
            lines.push(Line::from(vec![label, theme.style_text(tone, line)]));
        }
    }
    lines
}

/// Returns the same without the rule and the labels, for low windows.
pub(crate) fn build_short_card_lines(app: &AppContext, run: &Run, columns: u16) -> Vec<Line<'static>> {
    let values = match &run.diagnosis.tell_user {
        Some(tell) => list_rows(tell).map(|(_, value, _)| value).join(&app.theme.separator()),
        None if run.progress == Progress::Running => NOT_YET.to_owned(),
        None => explain_unknown(app, run),
    };
    let wrapped = wrap_text(&format!("{TITLE}: {values}"), usize::from(columns).saturating_sub(4));
    wrapped.into_iter().map(|line| app.theme.style_text(Tone::Plain, format!("  {line}")).into()).collect()
}

/// Returns what to tell. While that is not known it has its lines already, so that the rows below stay where they are.
fn find_what_to_tell(run: &Run) -> Option<TellUser> {
    let waits = (run.progress == Progress::Running).then(|| TellUser {
        start_url: Some(NOT_YET.to_owned()),
        region: NOT_YET.to_owned(),
        user_name: None,
        standing: Standing::Aside,
        choose: text::clean(&run.case.app.choose),
    });
    run.diagnosis.tell_user.clone().or(waits)
}

fn list_rows(tell: &TellUser) -> [(&'static str, String, Tone); 3] {
    let url = tell.start_url.clone().unwrap_or_else(|| "not known: see the Identity Center console".to_owned());
    [
        ("Start URL", url, Tone::Strong),
        ("Region", tell.region.clone(), Tone::Strong),
        ("Choose", tell.choose.clone(), Tone::Plain),
    ]
}

fn explain_unknown(app: &AppContext, run: &Run) -> String {
    match run.diagnosis.instances.len() {
        0 => "Not known: no instance was seen.".to_owned(),
        1 => "Not known: it is not clear whether the instance is the right one.".to_owned(),
        _ => {
            let unknown = "Not known: it is not clear which instance is the right one";
            match app.keymap.key_to_show(Action::Instances, false) {
                Some(key) => format!("{unknown} ({key} chooses)."),
                None => format!("{unknown}."),
            }
        }
    }
}
