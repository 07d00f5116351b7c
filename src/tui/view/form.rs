//! The intake form.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Position, Rect},
};

use super::parts::{draw_lines, draw_rows};
use crate::tui::{
    content::{
        form::{build_form_lines, build_offer_lines, build_offers_rule},
        people::{build_typed_people_lines, build_typed_people_rule},
        seen::build_known_texts,
    },
    model::Model,
};

pub(super) fn draw_form(model: &Model, frame: &mut Frame, body: Rect) {
    let form = build_form_lines(model, body.as_size());
    let height = u16::try_from(form.lines.len()).unwrap_or(u16::MAX).min(body.height);
    let [fields, offers] = Layout::vertical([Constraint::Length(height), Constraint::Fill(1)]).areas(body);
    // In a low window the field that has the keys is seen.
    let first = (form.last_about_active + 1).saturating_sub(usize::from(height)).min(form.active);
    draw_lines(frame, fields, form.lines.into_iter().skip(first));
    if let (Some(column), true) = (form.cursor, model.is_typing()) {
        let x = fields.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX));
        let y = fields.y.saturating_add(u16::try_from(form.active - first).unwrap_or(u16::MAX));
        frame.set_cursor_position(Position { x, y });
    }
    let [_, rule, rows] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)]).areas(offers);
    if offers.height < 3 {
        return;
    }
    let visible = usize::from(rows.height);
    if let Some(known) = build_known_texts(model, rule.width) {
        frame.render_widget(known.rule, rule);
        return draw_rows(frame, rows, known.lines, known.marked);
    }
    if !model.form.people.is_empty() {
        frame.render_widget(build_typed_people_rule(model, rule.width, visible), rule);
        return draw_rows(frame, rows, build_typed_people_lines(model, rows.width), model.form.person);
    }
    let lines = build_offer_lines(model, offers.width);
    if !lines.is_empty() {
        frame.render_widget(build_offers_rule(model, rule.width, visible), rule);
        draw_rows(frame, rows, lines, model.form.offered);
    }
}
