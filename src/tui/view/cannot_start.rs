//! Nothing could be diagnosed: what is missing, and the exact command that helps.

use ratatui::{Frame, layout::Rect, text::Line};

use super::{footer, header, paint};
use crate::{
    diagnosis::{Check, CheckId, Fix, Status},
    tui::{
        action::Action,
        layout, measure,
        model::{Model, Run},
        theme::Tone,
        update::available,
    },
};

pub(super) fn draw(model: &Model, frame: &mut Frame, area: Rect) {
    let Some(run) = model.run() else { return };
    header::draw(model, frame, Rect { height: 1, ..area });
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
    let columns = usize::from(area.width).saturating_sub(4).max(1);
    let mut lines = lines(model, run, columns, true);
    if lines.len() > usize::from(body.height) {
        // In a low window the reason is worth more than the steps, which the checks have too.
        lines = self::lines(model, run, columns, false);
    }
    if lines.len() < usize::from(body.height) {
        lines.insert(0, Line::default());
    }
    paint::lines(frame, paint::inset(paint::inset(body)), &lines);
    footer::draw(model, frame, layout::last_line(area));
}

fn lines(model: &Model, run: &Run, columns: usize, with_steps: bool) -> Vec<Line<'static>> {
    let theme = model.setup.theme;
    let mut lines = Vec::new();
    let mut put = |tone, indent: &str, text: &str| {
        let wrapped = measure::wrap(text, columns.saturating_sub(indent.len()));
        lines.extend(wrapped.into_iter().map(|line| Line::from(paint::span(theme, tone, format!("{indent}{line}")))));
    };
    let glyph = theme.status_glyph(Status::Unknown);
    put(Tone::Unclear, "", &format!("{glyph} CANNOT START"));
    if let Some(verdict) = &run.diagnosis.verdict {
        put(Tone::Strong, "", &verdict.headline);
    }
    put(Tone::Plain, "", "");
    let fix = culprit(run).and_then(|check| check.fixes.first());
    if let Some(fix) = fix {
        first_steps(&mut put, fix);
    }
    let ways =
        [(Action::Again, "tries again"), (Action::Sample, "opens the sample organization: no credentials, no network")];
    for (action, does) in ways.into_iter().filter(|(action, _)| available(model, *action)) {
        if let Some(key) = model.setup.keymap.key_of(action, false) {
            put(Tone::Plain, "", &format!("{key}  {does}"));
        }
    }
    if let Some(fix) = fix.filter(|fix| with_steps && fix.command.is_some() && fix.steps.len() > 1) {
        put(Tone::Plain, "", "");
        put(Tone::Plain, "", "Step by step:");
        steps(&mut put, fix);
    }
    if let Some(check) = culprit(run) {
        put(Tone::Plain, "", "");
        if run.diagnosis.verdict.as_ref().is_none_or(|verdict| verdict.headline != check.summary) {
            put(Tone::Quiet, "", &format!("{}: {}", check.id.title(), check.summary));
        }
        check.found.iter().for_each(|found| put(Tone::Quiet, "", found));
        check.notes.iter().for_each(|note| put(Tone::Quiet, "", note));
    }
    lines
}

fn first_steps(put: &mut impl FnMut(Tone, &str, &str), fix: &Fix) {
    put(Tone::Plain, "", &format!("{}:", fix.title));
    match &fix.command {
        Some(command) => {
            put(Tone::Plain, "", "");
            put(Tone::Accent, "    ", command);
        }
        None => steps(put, fix),
    }
    put(Tone::Plain, "", "");
}

fn steps(put: &mut impl FnMut(Tone, &str, &str), fix: &Fix) {
    for (number, step) in fix.steps.iter().enumerate() {
        put(Tone::Plain, "", &format!("{}. {step}", number + 1));
    }
}

/// The check that the screen is about: the verdict's, or the operator's access.
fn culprit(run: &Run) -> Option<&Check> {
    let id = run.diagnosis.verdict.as_ref().and_then(|verdict| verdict.check).unwrap_or(CheckId::Access);
    run.diagnosis.check(id)
}
