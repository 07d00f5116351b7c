//! Nothing could be diagnosed.

use ratatui::{Frame, layout::Rect};

use super::parts::draw_lines;
use crate::tui::{
    content::cannot_start::{build_cannot_start_lines, build_more_below},
    layout::inset,
    model::{Model, Scroll},
};

pub(super) fn draw_cannot_start(model: &Model, scroll: Scroll, frame: &mut Frame, body: Rect) {
    let visible = usize::from(body.height);
    let lines = build_cannot_start_lines(model, body.width, visible);
    let below = lines.len().saturating_sub(scroll.first + visible);
    let mut seen: Vec<_> = lines.into_iter().skip(scroll.first).take(visible).collect();
    // Where there is more, the last line says so.
    if let Some(last) = seen.last_mut().filter(|_| below > 0) {
        *last = build_more_below(model, below + 1);
    }
    draw_lines(frame, inset(inset(body)), seen);
}
