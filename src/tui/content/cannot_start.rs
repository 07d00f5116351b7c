//! Nothing could be diagnosed: what is missing, and the exact command that helps.

use ratatui::text::Line;

use super::{actions::is_available, writer::LineWriter};
use crate::{
    catalog::Fix,
    checks::{CheckId, Status},
    report::diagnosis::Check,
    tui::{
        action::Action,
        model::{Model, Run},
        theme::Tone,
    },
};

/// How much room there is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    Ample,
    /// The reason is worth more than the steps, which the checks have too.
    Tight,
    /// The command is worth more than all.
    Low,
}

/// Returns the lines for so many columns of the window, in the fullest form of which so many lines show all.
pub(crate) fn build_cannot_start_lines(model: &Model, columns: u16, visible: usize) -> Vec<Line<'static>> {
    let Some(run) = model.run() else { return Vec::new() };
    let columns = usize::from(columns).saturating_sub(4).max(1);
    let mut lines = build_lines_for(Room::Ample, model, run, columns);
    for room in [Room::Tight, Room::Low] {
        if lines.len() > visible {
            lines = build_lines_for(room, model, run, columns);
        }
    }
    if lines.len() < visible {
        lines.insert(0, Line::default());
    }
    lines
}

/// Returns the words in the last line where there is more.
pub(crate) fn build_more_below(model: &Model, below: usize) -> Line<'static> {
    let more = match model.app.keymap.key_to_show(Action::Down, false) {
        Some(key) => format!("{below} more below ({key})"),
        None => format!("{below} more below"),
    };
    model.app.theme.style_text(Tone::Quiet, more).into()
}

fn build_lines_for(room: Room, model: &Model, run: &Run, columns: usize) -> Vec<Line<'static>> {
    let mut writer = LineWriter::new(model.app.theme, columns);
    let culprit = find_culprit(run);
    let fix = culprit.and_then(|check| check.fixes.first());
    let command = fix.and_then(|fix| fix.command.as_deref());
    let glyph = model.app.theme.status_glyph(Status::Unknown);
    writer.add_text(Tone::Unclear, &format!("{glyph} CANNOT START"));
    if let (Room::Low, Some(command)) = (room, command) {
        writer.add_beside("  ", Tone::Accent, command, Tone::Accent);
    }
    if let Some(verdict) = &run.diagnosis.verdict {
        writer.add_text(Tone::Strong, &verdict.headline);
    }
    if let Some(fix) = fix.filter(|_| room != Room::Low || command.is_none()) {
        writer.add_blank();
        write_first_steps(fix, &mut writer);
    }
    let ways =
        [(Action::Again, "tries again"), (Action::Sample, "opens the sample organization: no credentials, no network")];
    for (action, does) in ways.into_iter().filter(|(action, _)| is_available(model, *action)) {
        if let Some(key) = model.app.keymap.key_to_show(action, false) {
            writer.add_text(Tone::Plain, &format!("{key}  {does}"));
        }
    }
    if let Some(fix) = fix.filter(|fix| room == Room::Ample && command.is_some() && fix.steps.len() > 1) {
        writer.add_blank();
        writer.add_text(Tone::Plain, "Step by step:");
        write_steps(fix, &mut writer);
    }
    if let Some(check) = culprit {
        if room != Room::Low {
            writer.add_blank();
        }
        if run.diagnosis.verdict.as_ref().is_none_or(|verdict| verdict.headline != check.summary) {
            writer.add_text(Tone::Quiet, &format!("{}: {}", check.id.title(), check.summary));
        }
        check.found.iter().chain(&check.notes).for_each(|remark| writer.add_text(Tone::Quiet, remark));
    }
    writer.lines
}

fn write_first_steps(fix: &Fix, writer: &mut LineWriter) {
    writer.add_text(Tone::Plain, &format!("{}:", fix.title));
    match &fix.command {
        Some(command) => {
            writer.add_blank();
            writer.add_beside("    ", Tone::Accent, command, Tone::Accent);
        }
        None => write_steps(fix, writer),
    }
    writer.add_blank();
}

fn write_steps(fix: &Fix, writer: &mut LineWriter) {
    for (number, step) in fix.steps.iter().enumerate() {
        writer.add_text(Tone::Plain, &format!("{}. {step}", number + 1));
    }
}

/// Returns the check that the page is about: the verdict's, or the operator's access.
fn find_culprit(run: &Run) -> Option<&Check> {
    let id = run.diagnosis.verdict.as_ref().and_then(|verdict| verdict.check).unwrap_or(CheckId::Access);
    run.diagnosis.check(id)
}
