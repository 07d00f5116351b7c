//! A small list over the lower part of what lies beneath.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    widgets::Clear,
};

use super::parts::draw_rows;
use crate::tui::{
    content::list::{build_list_lines, build_list_rule},
    model::{List, Model},
};

pub(super) fn draw_list(model: &Model, list: &List, frame: &mut Frame, body: Rect) {
    // The rule above the rows, and an empty line below them.
    let height = u16::try_from(list.rows.len() + 2).unwrap_or(u16::MAX).min(body.height);
    let [_, over] = Layout::vertical([Constraint::Fill(1), Constraint::Length(height)]).areas(body);
    let [rule, rows, _] =
        Layout::vertical([Constraint::Length(1), Constraint::Fill(1), Constraint::Length(1)]).areas(over);
    frame.render_widget(Clear, over);
    frame.render_widget(build_list_rule(model, list, rule.width, usize::from(rows.height)), rule);
    draw_rows(frame, rows, build_list_lines(model, list, rows.width), Some(list.marked));
}
