//! The verdict: one sentence that can be read out, and who acts. Its sign, its word and the bar beside it are
//! different for each kind.

use std::collections::BTreeSet;

use ratatui::{Frame, layout::Rect, text::Line};

use super::paint;
use crate::{
    diagnosis::{Verdict, VerdictStatus},
    tui::{
        action::Action,
        measure,
        model::{Model, Progress, Run, Setup},
        theme::{Glyph, Theme, Tone},
        time,
    },
};

pub(super) fn draw(model: &Model, run: &Run, frame: &mut Frame, area: Rect) {
    let mut lines = lines(&model.setup, run, area.width);
    let missing = lines.len() > usize::from(area.height);
    lines.truncate(usize::from(area.height));
    if let (true, Some(last)) = (missing, lines.last_mut()) {
        // The whole sentence is in the detail and in every report.
        last.push_span(paint::span(model.setup.theme, Tone::Quiet, model.setup.theme.ellipsis()));
    }
    paint::lines(frame, area, &lines);
}

pub(in crate::tui) fn lines(setup: &Setup, run: &Run, columns: u16) -> Vec<Line<'static>> {
    let theme = setup.theme;
    match (&run.diagnosis.verdict, run.progress) {
        (Some(verdict), _) => judged(theme, verdict, columns),
        (None, Progress::Running) => {
            let so_far = format!(
                "{} of {} checks answered, {}",
                run.settled(),
                run.diagnosis.checks.len(),
                time::seconds(run.elapsed)
            );
            let bar = theme.glyph(Glyph::Column);
            let title = format!("{} DIAGNOSING", theme.spinner(run.elapsed));
            block(theme, bar, Tone::Accent, &title, &so_far, &waiting(run), columns)
        }
        (None, _) => {
            let bar = theme.glyph(Glyph::Column);
            let title = format!("{} CANCELLED", theme.glyph(Glyph::Cancelled));
            let again = setup.keymap.key_of(Action::Again, false);
            let hint = again.map(|key| format!("{key} diagnoses again.")).unwrap_or_default();
            let so_far = format!("{} of {} checks were answered. {hint}", run.settled(), run.diagnosis.checks.len());
            block(theme, bar, Tone::Quiet, &title, "", &so_far, columns)
        }
    }
}

fn judged(theme: Theme, verdict: &Verdict, columns: u16) -> Vec<Line<'static>> {
    let (glyph, bar) = theme.verdict_glyphs(verdict.status);
    let word = match verdict.status {
        VerdictStatus::Problem => "PROBLEM",
        VerdictStatus::Suspect => "SUSPECT",
        VerdictStatus::Inconclusive => "COULD NOT TELL",
        VerdictStatus::Healthy => "NOTHING WRONG FOUND",
    };
    let owner = verdict.owner.map(|owner| format!("Who acts: {}", owner.title())).unwrap_or_default();
    block(theme, bar, verdict.status.into(), &format!("{glyph} {word}"), &owner, &verdict.headline, columns)
}

/// The calls under way, or what the first running check waits for.
fn waiting(run: &Run) -> String {
    let under_way: BTreeSet<_> =
        run.facts.calls.iter().filter(|call| call.end.is_none()).map(|call| call.operation).collect();
    let mut named = under_way.iter().map(|operation| operation.action());
    match (named.next(), named.next(), named.len()) {
        (Some(one), None, _) => return format!("Asking {one}"),
        (Some(one), Some(other), 0) => return format!("Asking {one} and {other}"),
        (Some(one), Some(other), more) => return format!("Asking {one}, {other} and {more} more"),
        (None, ..) => {}
    }
    let first = run.diagnosis.checks.iter().find(|check| check.status.is_none());
    first.map(|check| format!("{}: {}", check.id.title(), check.summary)).unwrap_or_default()
}

fn block(
    theme: Theme,
    bar: &str,
    tone: Tone,
    title: &str,
    remark: &str,
    text: &str,
    columns: u16,
) -> Vec<Line<'static>> {
    let columns = usize::from(columns);
    let bar = format!("{bar} ");
    let room = columns.saturating_sub(4);
    let with_bar = |span| Line::from(vec![paint::span(theme, tone, bar.clone()), span]);
    let title = measure::cut(title, room, theme.ellipsis());
    let beside = measure::width(&title) + 2 + measure::width(remark) <= room;
    let mut first = with_bar(paint::span(theme, if tone == Tone::Good { Tone::Good } else { tone }, title));
    let mut lines = Vec::new();
    if beside && !remark.is_empty() {
        first.push_span(paint::span(theme, Tone::Plain, format!("  {remark}")));
    }
    lines.push(first);
    lines.extend(measure::wrap(text, room).into_iter().map(|line| with_bar(paint::span(theme, Tone::Strong, line))));
    if !beside {
        lines.extend(
            measure::wrap(remark, room).into_iter().map(|line| with_bar(paint::span(theme, Tone::Plain, line))),
        );
    }
    lines
}
