//! Moving: through rows, lines and panes.

use super::form;
use crate::{
    diagnosis::CheckId,
    tui::{
        action::Action,
        layout::{self, Shape},
        model::{Layer, Model, Pane, Subject},
        view::{help, page::Page},
    },
};

/// Down, up, a page, to an end: in what lies on top.
pub(super) fn go(model: &mut Model, action: Action) {
    let rows = usize::from(model.size.height);
    let help_places = help_places(model);
    match model.layers.last_mut() {
        Some(Layer::Form) => form::step(model, action == Action::Down),
        Some(Layer::List(list)) => list.marked = moved(list.marked, action, list.rows.len(), rows.saturating_sub(4)),
        Some(Layer::Help(scroll)) => {
            *scroll = moved(*scroll, action, help_places, rows.saturating_sub(2));
        }
        Some(Layer::CannotStart) => turn_page(model, action),
        None => on_diagnosis(model, action),
    }
}

/// How many lines the help page can begin with.
fn help_places(model: &Model) -> usize {
    (help::lines(model).len() + 1).saturating_sub(usize::from(model.size.height).saturating_sub(2))
}

/// Brings the help page back into a window that has grown.
pub(super) fn settle_help(model: &mut Model) {
    let places = help_places(model);
    if let Some(Layer::Help(scroll)) = model.layers.last_mut() {
        *scroll = (*scroll).min(places.saturating_sub(1));
    }
}

fn on_diagnosis(model: &mut Model, action: Action) {
    let pages = matches!(action, Action::PageDown | Action::PageUp);
    // A pane that is not seen is not scrolled.
    let shape = layout::shape(model.size);
    let scrolls_detail = pages && shape != Shape::Single;
    match model.focus {
        _ if shape == Shape::Line => mark(model, action),
        Pane::Verdict if Page::of(model, None).is_some_and(|page| page.places() > 1) => turn_page(model, action),
        Pane::Verdict | Pane::Checks if !scrolls_detail => mark(model, action),
        _ => scroll(model, action),
    }
}

fn turn_page(model: &mut Model, action: Action) {
    let Some(page) = Page::of(model, model.top()) else { return };
    if let Some(run) = model.run_mut() {
        run.page_scroll = moved(run.page_scroll, action, page.places(), page.visible);
    }
}

fn scroll(model: &mut Model, action: Action) {
    let Some(page) = model.run().map(|run| usize::from(layout::detail_page(model, run).height)) else { return };
    if let Some(run) = model.run_mut() {
        run.follows = false;
        let places = (run.detail.lines().len() + 1).saturating_sub(page);
        run.scroll = moved(run.scroll, action, places, page);
    }
}

fn mark(model: &mut Model, action: Action) {
    model.focus = Pane::Checks;
    let Some(run) = model.run_mut() else { return };
    run.follows = false;
    let here = match run.subject {
        Subject::Check(id) => CheckId::ALL.iter().position(|check| *check == id),
        Subject::NotCovered => None,
    };
    let last = CheckId::ALL.len() - 1;
    let next = match (here, action) {
        (Some(here), _) => moved(here, action, last + 1, last),
        (None, Action::Up | Action::Bottom) => last,
        (None, _) => 0,
    };
    if let Some(id) = CheckId::ALL.get(next) {
        run.show(Subject::Check(*id));
    }
}

/// The place after a move among `count` places, of which `page` are seen at once.
fn moved(here: usize, action: Action, count: usize, page: usize) -> usize {
    let last = count.saturating_sub(1);
    let page = page.saturating_sub(1).max(1);
    match action {
        Action::Down => (here + 1).min(last),
        Action::Up => here.saturating_sub(1),
        Action::PageDown => (here + page).min(last),
        Action::PageUp => here.saturating_sub(page),
        Action::Top => 0,
        Action::Bottom => last,
        _ => here,
    }
}

/// The next pane that can be seen, or the previous one; in the form, the field.
pub(super) fn pane(model: &mut Model, forward: bool) {
    if model.typing() {
        return form::next_field(model, forward);
    }
    model.focus = next_pane(model, forward);
}

pub(super) fn next_pane(model: &Model, forward: bool) -> Pane {
    let single = layout::shape(model.size) == Shape::Single;
    match (model.focus, forward) {
        (Pane::Verdict, true) if single => Pane::Checks,
        (Pane::Checks, false) | (Pane::Detail, true) if single => Pane::Verdict,
        (Pane::Verdict | Pane::Checks, _) => Pane::Detail,
        (Pane::Detail, _) => Pane::Checks,
    }
}

/// Gives the keys to the detail pane.
pub(super) fn open_detail(model: &mut Model) {
    model.focus = Pane::Detail;
}

/// Shows what was unfolded: in a low window it is out of sight.
pub(super) fn to_unfolded(model: &mut Model) {
    let line = model.run().and_then(|run| run.detail.unfolded_at());
    if let Some(line) = line {
        open_detail(model);
        if let Some(run) = model.run_mut() {
            run.follows = false;
            run.scroll = line;
        }
    }
}

/// Gives the keys back to the rows.
pub(super) fn leave_detail(model: &mut Model) -> Vec<crate::tui::message::Effect> {
    model.focus = Pane::Checks;
    Vec::new()
}
