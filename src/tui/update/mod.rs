//! Message in, effects out. Nothing here waits, reads or writes.

mod copy;
mod diagnosis;
mod form;
mod hand_over;
mod list;
mod movement;
mod people;
mod seen;
mod watch;

use super::{
    action::Action,
    content::actions::{does_back_cancel, explain_unavailable, is_available},
    keymap::Key,
    message::{Effect, Message},
    model::{Field, Layer, Model, Pane, Scroll},
    theme::Tone,
};
use crate::text;

/// Fills the form with what the command line said: the user, and start URL, Region and user name as they stand on the
/// user's screen. A user starts a diagnosis.
pub fn begin(model: &mut Model, user: Option<&str>, on_the_users_screen: [Option<&str>; 3]) -> Vec<Effect> {
    for (field, value) in Field::ON_THE_USERS_SCREEN.into_iter().zip(on_the_users_screen) {
        if value.is_some() {
            model.form.fill(field, value);
            model.form.unfolded = true;
        }
    }
    model.form.fill(Field::User, user);
    let effects = if user.is_some() { form::submit_form(model) } else { Vec::new() };
    movement::settle_scrolls(model);
    effects
}

/// Takes in one message.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let mut effects = Vec::new();
    match message {
        Message::Key(key) => effects = press_key(model, key),
        Message::Paste(text) if matches!(model.top_layer(), Some(Layer::HandOver)) => {
            hand_over::paste_text(model, &text);
        }
        Message::Paste(text) => form::paste_text(model, &text),
        Message::Resize(columns, rows) => model.size = (columns, rows).into(),
        Message::Identified(line) => model.operator = Some(line),
        Message::Started(number, at) => diagnosis::take_in_start(model, number, at),
        Message::Learned(number, facts) => {
            people::take_in_pages(model, number, &facts);
            diagnosis::take_in_events(model, number, facts);
            people::show_people_found(model);
        }
        Message::Completed(number) => {
            diagnosis::take_in_end(model, number);
            people::show_people_found(model);
            effects = watch::take_in_result(model, number);
        }
        Message::Tick(elapsed) => {
            if let Some(run) = model.run_mut() {
                run.elapsed = elapsed;
            }
        }
        Message::Copied { what, reached } => copy::tell_how_far(model, what, reached),
        Message::Written(Ok(path)) => {
            model.say(format!("Written to {}", text::clean(&path.to_string_lossy())), Tone::Good);
        }
        Message::Written(Err(reason)) => model.say(format!("Not written: {}", text::clean(&reason)), Tone::Bad),
        Message::HandedOver(number, read) => effects = hand_over::take_in(model, number, read.map(|read| *read)),
        Message::WokenUp(number) => effects = watch::wake_up(model, number),
        Message::Suspend if model.can_suspend => effects.push(Effect::Suspend),
        Message::Suspend => {}
        Message::Resumed => effects.push(Effect::Redraw),
        Message::Leave => effects.push(Effect::Quit),
    }
    movement::settle_scrolls(model);
    effects
}

fn press_key(model: &mut Model, key: Key) -> Vec<Effect> {
    model.notice = None;
    let is_typed = model.is_typing() && key.is_editing();
    match model.app.keymap.action_of(key).filter(|_| !is_typed) {
        Some(action) if is_available(model, action) => return perform_action(model, action),
        Some(action) => {
            if let Some(reason) = explain_unavailable(model, action) {
                model.say(reason, Tone::Plain);
            }
        }
        None if matches!(model.top_layer(), Some(Layer::HandOver)) => hand_over::edit_field(model, key),
        None if model.is_typing() => form::edit_field(model, key),
        None => {}
    }
    Vec::new()
}

fn perform_action(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Quit => return vec![Effect::Quit],
        Action::Redraw => return vec![Effect::Redraw],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Confirm => return confirm_top(model),
        Action::Back => return go_back(model),
        Action::Again => return diagnosis::diagnose_again(model),
        Action::Watch => return watch::toggle_watch(model),
        Action::Record => return list::write_recording(model),
        Action::Sample => return form::switch_organization(model),
        Action::CopyCommand => return list::copy_command(model),
        Action::CopySay => return copy::copy_say(model),
        Action::CopyFinding => return copy::copy_finding(model),
        Action::CopyNote => return copy::copy_note(model),
        Action::ViewNote if matches!(model.top_layer(), Some(Layer::Note(_))) => drop(model.layers.pop()),
        Action::ViewNote => model.layers.push(Layer::Note(Scroll::default())),
        Action::WhatToType => diagnosis::toggle_what_to_type(model),
        Action::AnotherUser => form::open_form(model),
        Action::WhatWasTyped => form::open_form_with_current(model),
        Action::HandOver => hand_over::toggle_page(model),
        Action::Help if matches!(model.top_layer(), Some(Layer::Help(_))) => drop(model.layers.pop()),
        Action::Help => model.layers.push(Layer::Help(Scroll::default())),
        Action::Write => list::open_formats(model),
        Action::DidYouMean => list::open_suggestions(model),
        Action::People => list::open_people(model),
        Action::Instances => list::open_instances(model),
        Action::Applications => list::open_applications(model),
        Action::Cause => diagnosis::follow_again(model),
        Action::NotCovered => {
            diagnosis::toggle_not_covered(model);
            movement::show_detail_in_column(model);
        }
        Action::Evidence => {
            diagnosis::toggle_evidence(model);
            movement::show_unfolded(model);
        }
        Action::NextPane | Action::PreviousPane if matches!(model.top_layer(), Some(Layer::HandOver)) => {
            hand_over::step(model, action == Action::NextPane);
        }
        Action::NextPane | Action::PreviousPane if model.is_typing() => {
            form::choose_next_field(model, action == Action::NextPane);
        }
        Action::NextPane | Action::PreviousPane if model.focus == Pane::Detail => movement::leave_detail(model),
        Action::NextPane | Action::PreviousPane => movement::open_detail(model),
        Action::Down | Action::Up | Action::PageDown | Action::PageUp | Action::Top | Action::Bottom => {
            move_top(model, action);
        }
    }
    Vec::new()
}

fn confirm_top(model: &mut Model) -> Vec<Effect> {
    match model.top_layer() {
        Some(Layer::Form) => return form::submit_form(model),
        Some(Layer::HandOver) => return hand_over::submit_page(model),
        Some(Layer::List(_)) => return list::take_marked_row(model),
        Some(Layer::CannotStart(_) | Layer::Help(_) | Layer::Note(_)) => drop(model.layers.pop()),
        None => movement::open_detail(model),
    }
    Vec::new()
}

fn go_back(model: &mut Model) -> Vec<Effect> {
    if people::does_back_stop_reading(model) {
        let effects = diagnosis::cancel_diagnosis(model);
        list::refresh_people(model);
        return effects;
    }
    if matches!(model.top_layer(), Some(Layer::HandOver)) {
        hand_over::close_page(model);
        return Vec::new();
    }
    if model.layers.pop().is_some() {
        return Vec::new();
    }
    if does_back_cancel(model) {
        return diagnosis::cancel_diagnosis(model);
    }
    movement::leave_detail(model);
    Vec::new()
}

/// Moves down, up, a page, or to an end, in what lies on top.
fn move_top(model: &mut Model, action: Action) {
    let rows = usize::from(model.size.height);
    match model.layers.last_mut() {
        Some(Layer::Form) => form::step_through_form(model, action == Action::Down),
        Some(Layer::HandOver) => hand_over::step(model, action == Action::Down),
        Some(Layer::List(list)) => list::move_mark(list, action, rows),
        Some(Layer::Help(scroll) | Layer::CannotStart(scroll) | Layer::Note(scroll)) => scroll.apply(action),
        None => movement::move_on_diagnosis(model, action),
    }
}
