//! The list of people.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
};

use super::parts::{draw_lines, draw_rows};
use crate::tui::{
    content::people_list::{build_marked_cause, build_people_list_rows, build_people_list_rule, build_people_list_top},
    layout::inset,
    model::Model,
};

/// From so many lines on there is room for what to do about a cause.
const HIGH: u16 = 18;
/// What that takes at most, with its rule.
const CAUSE: usize = 6;

pub(super) fn draw_people_list(model: &Model, frame: &mut Frame, body: Rect) {
    let top = build_people_list_top(model, body.width);
    let cause = build_marked_cause(model, body.width).filter(|_| body.height >= HIGH);
    let heights = [top.len(), cause.as_ref().map_or(0, |(_, lines)| (lines.len() + 1).min(CAUSE))];
    let [top_height, cause_height] = heights.map(|height| u16::try_from(height).unwrap_or(u16::MAX));
    let [above, rule, rows, below] = Layout::vertical([
        Constraint::Length(top_height.min(body.height / 3)),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(cause_height),
    ])
    .areas(body);
    draw_lines(frame, above, top);
    frame.render_widget(build_people_list_rule(model, rule.width, usize::from(rows.height)), rule);
    let (lines, marked) = build_people_list_rows(model, rows.width);
    draw_rows(frame, rows, lines, marked);
    if let Some((rule, lines)) = cause {
        let [over, under] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(below);
        frame.render_widget(rule, over);
        draw_lines(frame, inset(inset(under)), lines);
    }
}
