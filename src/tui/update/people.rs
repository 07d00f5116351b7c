//! The people who may be meant: found while somebody types, and read on where nobody is found.

use super::list;
use crate::{
    facts::{Answer, Event},
    tui::model::{Field, Layer, MOST_USERS, Model, Run},
};

/// Looks among the people read so far for what stands in the first field.
pub(super) fn find_typed_people(model: &mut Model) {
    let lists_people = model.chosen_settings().lists_people;
    let typed = model.form.input(Field::User).map_or("", |input| input.value());
    let people = if lists_people { model.directories.of(model.sample).find(typed) } else { Vec::new() };
    model.form.people = people;
    model.form.person = None;
}

/// Goes down or up among the people under the field; beyond the last one nobody is marked, as at the beginning.
pub(super) fn step_through_people(model: &mut Model, forward: bool) {
    let count = model.form.people.len();
    model.form.person = match model.form.person {
        None if forward => Some(0),
        None => count.checked_sub(1),
        Some(here) if forward => Some(here + 1).filter(|next| *next < count),
        Some(here) => here.checked_sub(1),
    };
}

/// Takes in the pages of users that the diagnosis of that number has read.
pub(super) fn take_in_pages(model: &mut Model, number: u64, events: &[Event]) {
    let Some(run) = model.shown.and_then(|shown| model.runs.get_mut(shown)) else { return };
    if run.number != number || !run.case.settings.lists_people {
        return;
    }
    let is_sample = run.origin.is_sample();
    if !model.directories.take_in(is_sample, events) {
        return;
    }
    for event in events {
        if let Event::Answered(_, Ok(Answer::ListUsers(page))) = event {
            run.reading.users_read += page.users.len();
        }
    }
    let index = model.directories.of(is_sample);
    run.reading.is_over = index.is_complete() || run.reading.users_read >= MOST_USERS;
    run.reading.people = index.find(run.case.user.as_str());
}

/// Shows who may be meant as soon as nobody was found, once, unless the person looks at something else; a list that is
/// shown already gets longer.
pub(super) fn show_people_found(model: &mut Model) {
    if list::refresh_people(model) {
        return;
    }
    let is_free = model.layers.is_empty();
    let Some(run) = model.run_mut() else { return };
    if is_free && run.follows && run.may_mean_others() && !run.reading.people.is_empty() && !run.reading.was_shown {
        run.reading.was_shown = true;
        list::open_people_found(model);
    }
}

/// Returns true if going back stops the reading of people, rather than closing their list.
pub(super) fn does_back_stop_reading(model: &Model) -> bool {
    let is_list = matches!(model.top_layer(), Some(Layer::List(list)) if list.is_of_people);
    is_list && model.run().is_some_and(Run::is_reading_people)
}
