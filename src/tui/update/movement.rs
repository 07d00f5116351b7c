//! Moving through the diagnosis: rows, lines and panes.

use crate::tui::{
    action::Action,
    content::{
        cannot_start::build_cannot_start_lines, column::build_column, comparison::build_comparison_lines,
        detail::refresh_detail, help::build_help_lines, note::build_note_lines,
    },
    layout::{column_width, frame_detail},
    model::{Layer, Model, Pane, Shape, Subject, move_place},
};

/// Brings what is derived up to date: the lines of the detail, and how far everything is scrolled.
pub(super) fn settle_scrolls(model: &mut Model) {
    let below_header = usize::from(model.size.height.saturating_sub(2));
    let lines = match model.top_layer() {
        Some(Layer::Help(_)) => build_help_lines(model).len(),
        Some(Layer::CannotStart(_)) => build_cannot_start_lines(model, model.size.width, below_header).len(),
        Some(Layer::Note(_)) => build_note_lines(model, model.size.width).len(),
        Some(Layer::Comparison(_)) => build_comparison_lines(model, model.size.width).len(),
        _ => 0,
    };
    if let Some(Layer::Help(scroll) | Layer::CannotStart(scroll) | Layer::Note(scroll) | Layer::Comparison(scroll)) =
        model.layers.last_mut()
    {
        scroll.fit(lines, below_header);
    }
    let Some(frame) = model.run().map(|run| frame_detail(model, run)) else { return };
    let Some(run) = model.shown.and_then(|shown| model.runs.get_mut(shown)) else { return };
    refresh_detail(&model.app, run, frame.columns, frame.repeats_verdict);
    // How high the pane is depends on its lines.
    let Some(frame) = model.run().map(|run| frame_detail(model, run)) else { return };
    if let Some(run) = model.run_mut() {
        run.scroll.fit(frame.above + run.detail.lines.len(), frame.visible);
    }
}

pub(super) fn move_on_diagnosis(model: &mut Model, action: Action) {
    let is_page = matches!(action, Action::PageDown | Action::PageUp);
    if model.focus == Pane::Checks && !is_page {
        return mark_row(model, action);
    }
    if let Some(run) = model.run_mut() {
        run.follows = false;
        run.scroll.apply(action);
    }
}

fn mark_row(model: &mut Model, action: Action) {
    let Some(run) = model.run_mut() else { return };
    run.follows = false;
    let here = match run.subject {
        Subject::Check(id) => run.diagnosis.checks.iter().position(|check| check.id == id),
        Subject::NotCovered => None,
    };
    let last = run.diagnosis.checks.len().saturating_sub(1);
    let next = match (here, action) {
        (Some(here), _) => move_place(here, action, last + 1, last),
        (None, Action::Up | Action::Bottom) => last,
        (None, _) => 0,
    };
    if let Some(id) = run.diagnosis.checks.get(next).map(|check| check.id) {
        run.show_subject(Subject::Check(id));
    }
    show_row_in_column(model);
}

/// Gives the keys to the detail.
pub(super) fn open_detail(model: &mut Model) {
    model.focus = Pane::Detail;
    show_detail_in_column(model);
}

/// Gives the keys back to the rows.
pub(super) fn leave_detail(model: &mut Model) {
    model.focus = Pane::Checks;
    show_row_in_column(model);
}

/// Shows what was unfolded: in a low window it is out of sight.
pub(super) fn show_unfolded(model: &mut Model) {
    show_detail_in_column(model);
    settle_scrolls(model);
    let above = model.run().map_or(0, |run| frame_detail(model, run).above);
    let unfolded_at = model.run().and_then(|run| run.detail.unfolded_at);
    if let (Some(run), Some(line)) = (model.run_mut(), unfolded_at) {
        run.follows = false;
        run.scroll.first = above + line;
        model.focus = Pane::Detail;
    }
}

/// Where the detail is a part of the column, moves to its rule.
pub(super) fn show_detail_in_column(model: &mut Model) {
    if model.shape() == Shape::Column {
        settle_scrolls(model);
        let above = model.run().map_or(0, |run| frame_detail(model, run).above);
        model.run_mut().into_iter().for_each(|run| run.scroll.first = above.saturating_sub(1));
    }
}

/// Where the rows are a part of the column, moves so far down that the marked one is seen.
fn show_row_in_column(model: &mut Model) {
    if model.shape() == Shape::Column {
        settle_scrolls(model);
        let marked = model.run().map_or(0..0, |run| build_column(model, run, column_width(model.size)).marked);
        model.run_mut().into_iter().for_each(|run| run.scroll.reveal_until(marked.end));
    }
}
