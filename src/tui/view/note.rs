//! The ticket note.

use ratatui::{Frame, layout::Rect};

use super::parts::draw_lines;
use crate::tui::{
    content::note::{build_note_lines, build_note_rule},
    model::{Model, Scroll},
};

pub(super) fn draw_note(model: &Model, scroll: Scroll, frame: &mut Frame, header: Rect, body: Rect) {
    let lines = build_note_lines(model, body.width);
    let below = lines.len().saturating_sub(scroll.first + usize::from(body.height));
    frame.render_widget(build_note_rule(model, header.width, below), header);
    draw_lines(frame, body, lines.into_iter().skip(scroll.first));
}
