//! Message in, effects out. Nothing here waits, reads or writes.

mod available;
mod choose;
mod copy;
mod diagnosis;
mod form;
mod movement;

pub use self::available::{available, available_on, label};
use super::{
    action::Action,
    detail,
    keymap::Key,
    layout,
    message::{Effect, Message},
    model::{Field, Layer, Model, Notice},
    theme::Tone,
    view::page::Page,
};
use crate::text;

/// Fills the form with what the command line said; a user there starts a diagnosis.
pub fn begin(model: &mut Model, user: Option<&str>, start_url: Option<&str>, region: Option<&str>) -> Vec<Effect> {
    for (field, value) in [(Field::StartUrl, start_url), (Field::Region, region)] {
        if let Some(value) = value {
            model.form.fill(field, value);
            model.form.unfolded = true;
        }
    }
    model.form.fill(Field::User, user.unwrap_or_default());
    let effects = if user.is_some() { form::submit(model) } else { Vec::new() };
    settle(model);
    effects
}

/// Takes in one message.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let effects = match message {
        Message::Key(key) => press(model, key),
        Message::Paste(text) => {
            form::paste(model, &text);
            Vec::new()
        }
        Message::Resize(columns, rows) => {
            model.size = (columns, rows).into();
            Vec::new()
        }
        Message::Started(number, at) => {
            diagnosis::started(model, number, at);
            Vec::new()
        }
        Message::Learned(number, facts) => {
            diagnosis::learned(model, number, facts);
            Vec::new()
        }
        Message::Completed(number) => {
            diagnosis::completed(model, number);
            Vec::new()
        }
        Message::Tick(elapsed) => {
            if let Some(run) = model.run_mut() {
                run.elapsed = elapsed;
            }
            Vec::new()
        }
        Message::Written(result) => {
            model.notice = Some(match result {
                Ok(path) => notice(format!("Written to {}", text::clean(&path.to_string_lossy())), Tone::Good),
                Err(reason) => notice(format!("Not written: {}", text::clean(&reason)), Tone::Bad),
            });
            Vec::new()
        }
        Message::Suspend if model.setup.can_suspend => vec![Effect::Suspend],
        Message::Suspend => Vec::new(),
        Message::Resumed => vec![Effect::Redraw],
        Message::Leave => vec![Effect::Quit],
    };
    settle(model);
    effects
}

/// Brings what is derived up to date: the detail pane's lines, and how far it, a page and the help are scrolled.
fn settle(model: &mut Model) {
    movement::settle_help(model);
    let places = Page::of(model, model.top()).map(|page| page.places());
    if let (Some(run), Some(places)) = (model.run_mut(), places) {
        run.page_scroll = run.page_scroll.min(places - 1);
    }
    let Some(run) = model.run() else { return };
    let (page, repeats_verdict) = (layout::detail_page(model, run), !layout::shows_whole_verdict(model, run));
    let Some(run) = model.shown.and_then(|shown| model.runs.get_mut(shown)) else { return };
    detail::refresh(&model.setup, run, page.width, repeats_verdict);
    // How high the pane is depends on its lines.
    let Some(height) = model.run().map(|run| usize::from(layout::detail_page(model, run).height)) else { return };
    if let Some(run) = model.run_mut() {
        run.scroll = run.scroll.min(run.detail.lines().len().saturating_sub(height));
    }
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    model.notice = None;
    let typed = model.typing() && key.edits();
    let action = model.setup.keymap.action(key).filter(|action| !typed && available(model, *action));
    match action {
        Some(action) => act(model, action),
        None if model.typing() => {
            form::edit(model, key);
            Vec::new()
        }
        None => Vec::new(),
    }
}

fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Quit => return vec![Effect::Quit],
        Action::Redraw => return vec![Effect::Redraw],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Confirm => return confirm(model),
        Action::Back => return back(model),
        Action::Again => return diagnosis::again(model),
        Action::Sample => return diagnosis::switch_organization(model),
        Action::CopyCommand => return copy::command(model),
        Action::CopyFinding => return copy::finding(model),
        Action::CopyNote => return copy::note(model),
        Action::AnotherUser => form::open(model),
        Action::WhatWasTyped => form::open_with_current(model),
        Action::Help if matches!(model.top(), Some(Layer::Help(_))) => drop(model.layers.pop()),
        Action::Help => model.layers.push(Layer::Help(0)),
        Action::Write => choose::open_reports(model),
        Action::DidYouMean => choose::open_suggestions(model),
        Action::People => choose::open_people(model),
        Action::Instances => choose::open_instances(model),
        Action::Applications => choose::open_applications(model),
        Action::Cause => diagnosis::follow_again(model),
        Action::NotCovered => diagnosis::toggle_not_covered(model),
        Action::Evidence => {
            diagnosis::toggle_evidence(model);
            settle(model);
            movement::to_unfolded(model);
        }
        Action::NextPane | Action::PreviousPane => movement::pane(model, action == Action::NextPane),
        Action::Down | Action::Up | Action::PageDown | Action::PageUp | Action::Top | Action::Bottom => {
            movement::go(model, action);
        }
    }
    Vec::new()
}

fn confirm(model: &mut Model) -> Vec<Effect> {
    match model.top() {
        Some(Layer::Form) => form::submit(model),
        Some(Layer::List(_)) => choose::take(model),
        Some(Layer::CannotStart | Layer::Help(_)) => back(model),
        None => {
            movement::open_detail(model);
            Vec::new()
        }
    }
}

fn back(model: &mut Model) -> Vec<Effect> {
    if let Some(closed) = model.layers.pop() {
        if closed == Layer::CannotStart
            && let Some(run) = model.run_mut()
        {
            // Its page and the one below share their place.
            run.page_scroll = 0;
        }
        return Vec::new();
    }
    if available::cancels(model) { diagnosis::cancel(model) } else { movement::leave_detail(model) }
}

fn notice(text: impl Into<String>, tone: Tone) -> Notice {
    Notice { text: text.into(), tone }
}
