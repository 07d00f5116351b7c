//! The page for what the identity provider's side handed over.

use ratatui::{
    Frame,
    layout::{Position, Rect},
};

use super::parts::draw_lines;
use crate::tui::{content::hand_over::build_hand_over_lines, model::Model};

pub(super) fn draw_hand_over(model: &Model, frame: &mut Frame, body: Rect) {
    let page = build_hand_over_lines(model, body.as_size());
    // In a low window the field that has the keys is seen.
    let first = (page.active + 1).saturating_sub(usize::from(body.height));
    let row = u16::try_from(page.active.saturating_sub(first)).unwrap_or(u16::MAX);
    draw_lines(frame, body, page.lines.into_iter().skip(first));
    if let (Some(column), true) = (page.cursor, model.is_typing()) {
        let x = body.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX));
        frame.set_cursor_position(Position { x, y: body.y.saturating_add(row) });
    }
}
