//! Nothing could be diagnosed: what is missing, and the exact command that helps.

use ratatui::{Frame, layout::Rect, text::Line};

use super::{footer, header, page::Page, paint};
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
    let body = paint::inset(paint::inset(body));
    Page::cannot_start(model, run, area.as_size()).draw(model, run.page_scroll, frame, body);
    footer::draw(model, frame, layout::last_line(area));
}

/// How much room there is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    Ample,
    /// The reason is worth more than the steps, which the checks have too.
    Tight,
    /// The command is worth more than all.
    Low,
}

/// The lines for so many columns of the window, in the fullest form of which so many lines show all.
pub(super) fn lines(model: &Model, run: &Run, columns: usize, visible: usize) -> Vec<Line<'static>> {
    let columns = columns.saturating_sub(4).max(1);
    let mut lines = lines_in(Room::Ample, model, run, columns);
    for room in [Room::Tight, Room::Low] {
        if lines.len() > visible {
            lines = lines_in(room, model, run, columns);
        }
    }
    if lines.len() < visible {
        lines.insert(0, Line::default());
    }
    lines
}

fn lines_in(room: Room, model: &Model, run: &Run, columns: usize) -> Vec<Line<'static>> {
    let theme = model.setup.theme;
    let mut lines = Vec::new();
    let mut put = |tone, indent: &str, text: &str| {
        let wrapped = measure::wrap(text, columns.saturating_sub(indent.len()));
        lines.extend(wrapped.into_iter().map(|line| Line::from(paint::span(theme, tone, format!("{indent}{line}")))));
    };
    let glyph = theme.status_glyph(Status::Unknown);
    put(Tone::Unclear, "", &format!("{glyph} CANNOT START"));
    let fix = culprit(run).and_then(|check| check.fixes.first());
    let command = fix.and_then(|fix| fix.command.as_deref());
    if let (Room::Low, Some(command)) = (room, command) {
        put(Tone::Accent, "  ", command);
    }
    if let Some(verdict) = &run.diagnosis.verdict {
        put(Tone::Strong, "", &verdict.headline);
    }
    match fix {
        Some(fix) if room != Room::Low || command.is_none() => {
            put(Tone::Plain, "", "");
            first_steps(&mut put, fix);
        }
        _ => {}
    }
    let ways =
        [(Action::Again, "tries again"), (Action::Sample, "opens the sample organization: no credentials, no network")];
    for (action, does) in ways.into_iter().filter(|(action, _)| available(model, *action)) {
        if let Some(key) = model.setup.keymap.key_of(action, false) {
            put(Tone::Plain, "", &format!("{key}  {does}"));
        }
    }
    if let Some(fix) = fix.filter(|fix| room == Room::Ample && command.is_some() && fix.steps.len() > 1) {
        put(Tone::Plain, "", "");
        put(Tone::Plain, "", "Step by step:");
        steps(&mut put, fix);
    }
    if let Some(check) = culprit(run) {
        if room != Room::Low {
            put(Tone::Plain, "", "");
        }
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
