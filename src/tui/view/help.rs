//! The help.

use ratatui::{Frame, layout::Rect};

use super::parts::draw_lines;
use crate::tui::{
    content::help::{build_help_lines, build_help_rule},
    layout::inset,
    model::{Model, Scroll},
};

pub(super) fn draw_help(model: &Model, scroll: Scroll, frame: &mut Frame, header: Rect, body: Rect) {
    let lines = build_help_lines(model);
    let below = lines.len().saturating_sub(scroll.first + usize::from(body.height));
    frame.render_widget(build_help_rule(model, header.width, below), header);
    draw_lines(frame, inset(body), lines.into_iter().skip(scroll.first));
}
