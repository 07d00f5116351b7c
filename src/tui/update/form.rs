//! The intake form: typing, choosing, starting.

use crossterm::event::{Event, KeyCode};
use tui_input::{Input, InputRequest, backend::crossterm::to_input_request};

use super::{comparison, diagnosis, people, people_list, seen};
use crate::{
    case::{Case, TypedUser, UserList, parse_user_list},
    sources::demo,
    symptoms::recognize_told,
    tui::{
        keymap::Key,
        message::Effect,
        model::{Field, Model, Origin, Problem, can_be_typed, keep_visible, step_around},
    },
};

/// More than any user name or URL needs: a whole file pasted by mistake must not make the field slow.
const LONGEST_PASTE: usize = 1_000;

/// Takes in a key that is no action: it types.
pub(super) fn edit_field(model: &mut Model, key: Key) {
    if model.form.field == Field::Application {
        match key.code() {
            KeyCode::Left => step_application(model, false),
            KeyCode::Right | KeyCode::Char(' ') => step_application(model, true),
            _ => {}
        }
        return;
    }
    let request = to_input_request(&Event::Key(key.event()));
    let invisible = matches!(request, Some(InputRequest::InsertChar(letter)) if !can_be_typed(letter));
    if let (Some(request), false, Some(input)) = (request, invisible, model.form.input_mut()) {
        input.handle(request);
        take_in_edit(model);
    }
}

fn take_in_edit(model: &mut Model) {
    model.form.problem = None;
    model.form.pasted = None;
    model.form.offered = None;
    match model.form.field {
        Field::User => people::find_typed_people(model),
        Field::Saw => seen::take_in_edit(model),
        _ => {}
    }
}

/// Puts pasted text where the cursor is. Several lines are no person and no address: which of them is meant is not for
/// the form to say.
pub(super) fn paste_text(model: &mut Model, text: &str) {
    if !model.is_typing() {
        return;
    }
    if model.form.field == Field::Saw && seen::paste_seen(model, text) {
        return;
    }
    let lines = text.split(['\n', '\r']).filter(|line| !keep_visible(line).trim().is_empty()).count();
    if lines > 1 {
        return paste_lines(model, text, lines);
    }
    let text = keep_visible(text);
    if let Some(input) = model.form.input_mut() {
        for letter in text.trim().chars().take(LONGEST_PASTE) {
            input.handle(InputRequest::InsertChar(letter));
        }
        take_in_edit(model);
    }
}

/// Takes several lines as a list of people, which the form offers to diagnose together; in a field that is about one
/// person, it says that they are several.
fn paste_lines(model: &mut Model, text: &str, lines: usize) {
    let people = if model.form.field == Field::User { parse_user_list(text).ok() } else { None };
    let Some(people) = people.filter(|_| model.form.compares_with.is_none()) else {
        model.form.problem = Some(Problem::SeveralLines(lines));
        return;
    };
    model.form.fill(Field::User, None);
    take_in_edit(model);
    model.form.pasted = Some(UserList::new(people));
}

fn step_application(model: &mut Model, forward: bool) {
    model.form.application = step_around(model.form.application, forward, model.app.apps.len());
}

/// Chooses the next or previous field; the first time, this unfolds what lies below the user.
pub(super) fn choose_next_field(model: &mut Model, forward: bool) {
    model.form.unfolded = true;
    let next = step_around(model.form.field as usize, forward, Field::ALL.len());
    if let Some(field) = Field::ALL.get(next) {
        model.form.field = *field;
    }
}

/// Goes down or up on the first field: through the people who are called like what is typed, or through the offered users
/// while nothing is typed that they would replace; else through the fields.
pub(super) fn step_through_form(model: &mut Model, forward: bool) {
    if model.form.field == Field::User && !model.form.people.is_empty() {
        return people::step_through_people(model, forward);
    }
    if seen::step_through_known(model, forward) {
        return;
    }
    let offers = model.list_offers();
    let count = offers.len();
    if model.form.field != Field::User || count == 0 || !model.form.is_free() {
        return choose_next_field(model, forward);
    }
    let next = match model.form.offered {
        None if forward => 0,
        None => count - 1,
        Some(here) => step_around(here, forward, count),
    };
    let Some(offer) = offers.into_iter().nth(next) else { return };
    let form = &mut model.form;
    form.application = offer.application.unwrap_or(form.application);
    form.fill(Field::StartUrl, offer.start_url.as_deref());
    form.fill(Field::TypedUser, offer.typed_user.as_deref());
    form.fill(Field::Region, offer.typed_region.as_deref());
    form.fill(Field::User, Some(&offer.name));
    let told = [&offer.start_url, &offer.typed_region, &offer.typed_user];
    form.unfolded = told.into_iter().any(Option::is_some) || offer.saw.is_some();
    form.set_seen(offer.saw);
    model.form.offered = Some(next);
    model.form.problem = None;
}

/// Starts the diagnosis, or says under the field why it cannot.
pub(super) fn submit_form(model: &mut Model) -> Vec<Effect> {
    if seen::take_known(model) {
        return Vec::new();
    }
    if let Some(list) = model.form.pasted.take() {
        return people_list::begin_list(model, list);
    }
    let marked = model.form.person.and_then(|place| model.form.people.get(place));
    let typed = model.form.input(Field::User).map_or("", Input::value);
    let user = match TypedUser::parse(marked.map_or(typed, |person| &person.user_name)) {
        Ok(user) => user,
        Err(error) => {
            model.form.problem = Some(Problem::User(error));
            model.form.field = Field::User;
            return Vec::new();
        }
    };
    let Some(app) = model.chosen_app().cloned() else { return Vec::new() };
    let told = model.form.read_seen();
    let of_sample = || recognize_told(&demo::list_seen(&user)).filter(|_| model.sample);
    let saw = told.or_else(of_sample);
    let case = Case {
        start_url: read_field(model, Field::StartUrl).or_else(|| saw.as_ref()?.start_url.clone()),
        typed_region: read_field(model, Field::Region).or_else(|| saw.as_ref()?.typed_region.clone()),
        typed_user: read_field(model, Field::TypedUser),
        user,
        saw,
        handed_over: model.handed_over.clone(),
        app,
        settings: diagnosis::choose_settings(model),
    };
    let sample = model.sample;
    let case = if sample { demo::complete_case(case) } else { case };
    if let Some(first) = model.form.compares_with.take() {
        model.layers.pop();
        return comparison::begin_comparison(model, [*first, case], Origin::of(sample));
    }
    diagnosis::begin_diagnosis(model, case, Origin::of(sample))
}

/// Returns what stands in a field; `None` when that is nothing.
fn read_field(model: &Model, field: Field) -> Option<String> {
    let text = model.form.input(field)?.value().trim();
    (!text.is_empty()).then(|| text.to_owned())
}
