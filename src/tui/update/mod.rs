//! Message in, effects out. Nothing here waits, reads or writes.

mod batch;
mod comparison;
mod copy;
mod diagnosis;
mod file_page;
mod form;
mod hand_over;
mod list;
mod movement;
mod new_form;
mod people;
mod people_list;
mod profile;
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
use crate::{
    case::{TypedUser, UserList},
    text,
};

/// Fills the form with what the command line said: the user, and start URL, Region and user name as they stand on the
/// user's screen. A user starts a diagnosis; several are a list.
pub fn begin(model: &mut Model, users: &[String], on_the_users_screen: [Option<&str>; 3]) -> Vec<Effect> {
    if users.len() > 1 {
        let parse = |word: &String| TypedUser::parse(word).unwrap_or_else(|_| TypedUser::nobody(word));
        let effects = people_list::begin_list(model, UserList::new(users.iter().map(parse).collect()));
        movement::settle_scrolls(model);
        return effects;
    }
    let user = users.first();
    for (field, value) in Field::ON_THE_USERS_SCREEN.into_iter().zip(on_the_users_screen) {
        if value.is_some() {
            model.form.fill(field, value);
            model.form.unfolded = true;
        }
    }
    model.form.fill(Field::User, user.map(String::as_str));
    let effects = if user.is_some() { form::submit_form(model) } else { Vec::new() };
    let is_watched = model.app.watch.is_some();
    if let Some(run) = model.run_mut() {
        run.is_watched = is_watched;
    }
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
        Message::Paste(text) if matches!(model.top_layer(), Some(Layer::File)) => file_page::paste_path(model, &text),
        Message::Paste(text) => form::paste_text(model, &text),
        Message::Resize(columns, rows) => model.size = (columns, rows).into(),
        Message::Identified(line) => model.operator = Some(line),
        Message::Started(number, at) if batch::is_batch(model, number) => batch::take_in_start(model, number, at),
        Message::Started(number, at) => diagnosis::take_in_start(model, number, at),
        Message::Learned(number, facts) if batch::is_batch(model, number) => {
            batch::take_in_events(model, number, facts);
        }
        Message::Learned(number, facts) => {
            people::take_in_pages(model, number, &facts);
            diagnosis::take_in_events(model, number, facts);
            people::show_people_found(model);
        }
        Message::Completed(number) if batch::is_batch(model, number) => batch::take_in_end(model, number),
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
        Message::ProfileChanged(settings) => profile::take_in(model, settings),
        Message::FileOpened(number, opened) => effects = file_page::take_in(model, number, opened),
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
        None if matches!(model.top_layer(), Some(Layer::File)) => file_page::edit_path(model, key),
        None if model.is_typing() => form::edit_field(model, key),
        None => {}
    }
    Vec::new()
}

fn perform_action(model: &mut Model, action: Action) -> Vec<Effect> {
    match (model.top_layer(), action) {
        (Some(Layer::PeopleList), Action::Again) => return people_list::ask_again(model),
        (Some(Layer::PeopleList), Action::Record) => return people_list::write_recording(model),
        (Some(Layer::PeopleList), Action::CopyNote) => return people_list::copy_summary(model),
        (Some(Layer::PeopleList), Action::PeopleList) => return people_list::go_back(model),
        (Some(Layer::Comparison(_)), Action::Write) => return comparison::write_comparison_file(model),
        (Some(Layer::Comparison(_)), Action::CopyNote) => return comparison::copy_comparison(model),
        _ => {}
    }
    match action {
        Action::Quit => return vec![Effect::Quit],
        Action::Redraw => return vec![Effect::Redraw],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Confirm => return confirm_top(model),
        Action::Back => return go_back(model),
        Action::Again => return diagnosis::diagnose_again(model),
        Action::Watch => return watch::toggle_watch(model),
        Action::Record => return list::write_recording(model),
        Action::Sample => return new_form::switch_organization(model),
        Action::CopyCommand => return list::copy_command(model),
        Action::CopySay => return copy::copy_say(model),
        Action::CopyFinding => return copy::copy_finding(model),
        Action::CopyNote => return copy::copy_note(model),
        Action::ViewNote if matches!(model.top_layer(), Some(Layer::Note(_))) => drop(model.layers.pop()),
        Action::ViewNote => model.layers.push(Layer::Note(Scroll::default())),
        Action::PeopleList => people_list::show_list(model),
        Action::Compare => comparison::open_choices(model),
        Action::OpenFile => file_page::open_page(model),
        Action::WhatToType => diagnosis::toggle_what_to_type(model),
        Action::AnotherUser => new_form::open_form(model),
        Action::WhatWasTyped => new_form::open_form_with_current(model),
        Action::HandOver => hand_over::toggle_page(model),
        Action::Help if matches!(model.top_layer(), Some(Layer::Help(_))) => drop(model.layers.pop()),
        Action::Help => model.layers.push(Layer::Help(Scroll::default())),
        Action::Write => list::open_formats(model),
        Action::DidYouMean => list::open_suggestions(model),
        Action::People => list::open_people(model),
        Action::Instances => list::open_instances(model),
        Action::Applications => list::open_applications(model),
        Action::AwsProfile => list::open_profiles(model),
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
        Some(Layer::File) => return file_page::submit_page(model),
        Some(Layer::PeopleList) => return people_list::open_marked_row(model),
        Some(Layer::Comparison(_)) => return comparison::go_back(model),
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
    match model.top_layer() {
        Some(Layer::Form) if model.form.pasted.is_some() => {
            model.form.pasted = None;
            return Vec::new();
        }
        Some(Layer::HandOver) => {
            hand_over::close_page(model);
            return Vec::new();
        }
        Some(Layer::File) => {
            file_page::close_page(model);
            return Vec::new();
        }
        Some(Layer::PeopleList) => return people_list::go_back(model),
        Some(Layer::Comparison(_)) => return comparison::go_back(model),
        _ => {}
    }
    if model.layers.pop().is_some() {
        return Vec::new();
    }
    if does_back_cancel(model) {
        return diagnosis::cancel_diagnosis(model);
    }
    if model.focus != Pane::Detail && model.run().is_some_and(|run| model.is_in_list(run)) {
        people_list::show_list(model);
        return Vec::new();
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
        Some(Layer::PeopleList) => people_list::move_mark(model, action, rows),
        Some(Layer::File) => {}
        Some(Layer::Help(scroll) | Layer::CannotStart(scroll) | Layer::Note(scroll) | Layer::Comparison(scroll)) => {
            scroll.apply(action);
        }
        None => movement::move_on_diagnosis(model, action),
    }
}
