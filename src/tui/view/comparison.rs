//! Two people side by side.

use ratatui::{Frame, layout::Rect};

use super::parts::draw_lines;
use crate::tui::{
    content::comparison::build_comparison_lines,
    layout::inset,
    model::{Model, Scroll},
};

pub(super) fn draw_comparison(model: &Model, scroll: Scroll, frame: &mut Frame, body: Rect) {
    let lines = build_comparison_lines(model, body.width);
    draw_lines(frame, inset(inset(body)), lines.into_iter().skip(scroll.first));
}
