//! The ticket note as a plain page: nothing stands beside it, so that it can be selected with the mouse.

use ratatui::text::Line;

use super::writer::build_rule;
use crate::{
    report::{Format, Glyphs, Paint, TEXT},
    tui::{
        measure::wrap_text,
        model::{Model, Run},
        theme::Tone,
    },
};

/// Returns the note for a ticket.
pub(crate) fn write_note(run: &Run) -> String {
    let format = Format::by_id("note").unwrap_or(&TEXT);
    (format.write)(&run.diagnosis, Glyphs::Unicode, Paint::Plain)
}

pub(crate) fn build_note_rule(model: &Model, columns: u16, below: usize) -> Line<'static> {
    let remark = if below > 0 { format!("{below} more below") } else { String::new() };
    build_rule(model.app.theme, columns, "Ticket note: select it with the mouse", &remark, true)
}

pub(crate) fn build_note_lines(model: &Model, columns: u16) -> Vec<Line<'static>> {
    let Some(run) = model.run() else { return Vec::new() };
    let mut lines = Vec::new();
    for line in write_note(run).lines() {
        // Wrapping is at blanks, of which those at the beginning are the form of the note.
        let words = line.trim_start();
        let indent = " ".repeat(line.len() - words.len());
        for piece in wrap_text(words, usize::from(columns).saturating_sub(indent.len())) {
            lines.push(model.app.theme.style_text(Tone::Plain, format!("{indent}{piece}")).into());
        }
    }
    lines
}
