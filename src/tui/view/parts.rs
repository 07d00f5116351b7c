//! What several views draw.

use ratatui::{
    Frame,
    layout::{Position, Rect},
    text::{Line, Text},
    widgets::{List, ListState, Paragraph},
};

use crate::tui::{content::form::FormLines, model::Model};

/// Draws the lines of a page with fields. In a low window the field that has the keys is seen.
pub(super) fn draw_fields(model: &Model, frame: &mut Frame, body: Rect, page: FormLines) {
    let first = (page.active + 1).saturating_sub(usize::from(body.height));
    let row = u16::try_from(page.active.saturating_sub(first)).unwrap_or(u16::MAX);
    draw_lines(frame, body, page.lines.into_iter().skip(first));
    if let (Some(column), true) = (page.cursor, model.is_typing()) {
        let x = body.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX));
        frame.set_cursor_position(Position { x, y: body.y.saturating_add(row) });
    }
}

/// Draws lines from the top of an area; what does not fit is left out.
pub(super) fn draw_lines(frame: &mut Frame, area: Rect, lines: impl IntoIterator<Item = Line<'static>>) {
    let seen: Vec<Line> = lines.into_iter().take(usize::from(area.height)).collect();
    frame.render_widget(Paragraph::new(seen), area);
}

/// Draws rows, as many as fit, with the marked one among them.
pub(super) fn draw_rows<Row: Into<Text<'static>>>(
    frame: &mut Frame,
    area: Rect,
    rows: impl IntoIterator<Item = Row>,
    marked: Option<usize>,
) {
    let mut state = ListState::default().with_selected(marked);
    frame.render_stateful_widget(List::new(rows.into_iter().map(Into::into)), area, &mut state);
}
