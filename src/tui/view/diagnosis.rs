//! The diagnosis: all panes at once, or in a small window one column of them.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    text::Line,
    widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState},
};

use super::parts::{draw_lines, draw_rows};
use crate::tui::{
    content::{
        checks::{build_check_rows, build_checks_rule},
        column::build_column,
        detail::build_detail_rule,
    },
    layout::{build_block, inset, place_panes},
    model::{Model, Run, Shape, Subject},
    theme::{Glyph, Tone},
};

pub(super) fn draw_diagnosis(model: &Model, frame: &mut Frame, body: Rect) {
    let Some(run) = model.run() else { return };
    if model.shape() == Shape::Column {
        return draw_column(model, run, frame, body);
    }
    let panes = place_panes(model, run, body);
    draw_block(model, run, frame, body, panes.block);
    draw_checks(model, run, frame, panes.checks);
    let divider = model.app.theme.style_text(Tone::Quiet, model.app.theme.glyph(Glyph::COLUMN));
    draw_lines(frame, panes.divider, std::iter::repeat_n(Line::from(divider), usize::from(panes.divider.height)));
    draw_detail(model, run, frame, panes.detail);
}

fn draw_block(model: &Model, run: &Run, frame: &mut Frame, body: Rect, area: Rect) {
    let mut lines = build_block(model, run, body).lines;
    let is_cut = lines.len() > usize::from(area.height);
    lines.truncate(usize::from(area.height));
    if let Some(last) = lines.last_mut().filter(|_| is_cut) {
        // All of it is in the detail and in every report.
        last.push_span(model.app.theme.style_text(Tone::Quiet, model.app.theme.ellipsis()));
    }
    draw_lines(frame, area, lines);
}

fn draw_checks(model: &Model, run: &Run, frame: &mut Frame, area: Rect) {
    let checks = &run.diagnosis.checks;
    // The rule gives way first.
    let rule_height = u16::from(usize::from(area.height) > checks.len());
    let [rule, rest] = Layout::vertical([Constraint::Length(rule_height), Constraint::Fill(1)]).areas(area);
    frame.render_widget(build_checks_rule(model, run, rule.width), rule);
    let rows = build_check_rows(model, run, rest.width, usize::from(rest.height));
    let marked = checks.iter().position(|check| run.subject == Subject::Check(check.id));
    draw_rows(frame, rest, rows, marked);
}

fn draw_detail(model: &Model, run: &Run, frame: &mut Frame, area: Rect) {
    let [rule, body] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let (lines, first) = (&run.detail.lines, run.scroll.first);
    let below = lines.len().saturating_sub(first + usize::from(body.height));
    frame.render_widget(build_detail_rule(model, run, area.width, first, below), rule);
    draw_lines(frame, inset(body), lines.iter().skip(first).cloned());
}

fn draw_column(model: &Model, run: &Run, frame: &mut Frame, body: Rect) {
    let [area, bar] = Layout::horizontal([Constraint::Fill(1), Constraint::Length(1)]).areas(body);
    let (above, detail) = (build_column(model, run, area.width).above_detail, &run.detail.lines);
    let first = run.scroll.first;
    let seen_above = u16::try_from(above.len().saturating_sub(first)).unwrap_or(u16::MAX).min(area.height);
    let [upper, lower] = Layout::vertical([Constraint::Length(seen_above), Constraint::Fill(1)]).areas(area);
    let first_of_detail = first.saturating_sub(above.len());
    let count = above.len() + detail.len();
    draw_lines(frame, upper, above.into_iter().skip(first));
    draw_lines(frame, inset(lower), detail.iter().skip(first_of_detail).cloned());
    let visible = usize::from(area.height);
    if count > visible {
        let theme = model.app.theme;
        let scrollbar = Scrollbar::new(ScrollbarOrientation::VerticalRight)
            .begin_symbol(None)
            .end_symbol(None)
            .thumb_symbol(theme.glyph(Glyph::THUMB))
            .track_symbol(Some(theme.glyph(Glyph::COLUMN)))
            .style(theme.style_of(Tone::Quiet));
        let mut state = ScrollbarState::new(count - visible).position(first).viewport_content_length(visible);
        frame.render_stateful_widget(scrollbar, bar, &mut state);
    }
}
