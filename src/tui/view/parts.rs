//! What several views draw.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Text},
    widgets::{List, ListState, Paragraph},
};

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
