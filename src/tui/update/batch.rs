//! What is learned about several people together: those of a list, and two who are compared.

use std::sync::Arc;

use jiff::Timestamp;

use crate::{
    case::Case,
    facts::{Event, Failure, FailureKind},
    report::{compare::compare, list::PersonRow},
    tui::model::{AppContext, Batch, ComparisonPage, Model, PeopleList, Progress},
};

/// Returns true if that number is of several people.
pub(super) fn is_batch(model: &Model, number: u64) -> bool {
    let of_list = model.people_list.as_ref().map(|list| list.batch.number);
    let of_comparison = model.comparison.as_ref().map(|page| page.batch.number);
    [of_list, of_comparison].contains(&Some(number))
}

/// Takes in when the asking of that number began.
pub(super) fn take_in_start(model: &mut Model, number: u64, at: Timestamp) {
    if let Some(batch) = find_running(model, number) {
        Arc::make_mut(&mut batch.facts).now = at;
    }
}

/// Takes in what was learned. Whoever of the list nothing more is asked about gets a row.
pub(super) fn take_in_events(model: &mut Model, number: u64, events: Vec<Event>) {
    let Some(batch) = find_running(model, number) else { return };
    let facts = Arc::make_mut(&mut batch.facts);
    let mut settled = Vec::new();
    for event in events {
        if let Event::Settled(place) = event {
            settled.push(place);
        }
        facts.apply(event);
    }
    if let Some(list) = model.people_list.as_mut().filter(|list| list.batch.number == number) {
        for place in settled {
            judge_row(&model.app, list, place, true);
        }
    }
}

/// Takes in that nothing more will be learned.
pub(super) fn take_in_end(model: &mut Model, number: u64) {
    let Some(batch) = find_running(model, number) else { return };
    batch.progress = Progress::Complete;
    finish(model, number);
}

/// Stops what runs. Who has no row yet gets one that says so.
pub(super) fn stop(model: &mut Model) {
    let of_list = model.people_list.as_mut().map(|list| &mut list.batch);
    let of_comparison = model.comparison.as_mut().map(|page| &mut page.batch);
    for batch in of_list.into_iter().chain(of_comparison).filter(|batch| batch.progress == Progress::Running) {
        batch.progress = Progress::Cancelled;
        let failure = Failure::without_call(FailureKind::Unreachable, "the asking was stopped");
        Arc::make_mut(&mut batch.facts).closed = Some(failure);
    }
    // Two of whom only a part is known are not compared.
    if let Some(number) = model.people_list.as_ref().map(|list| list.batch.number) {
        finish(model, number);
    }
}

/// Judges what was not judged yet, now that nothing more will be learned.
pub(super) fn finish(model: &mut Model, number: u64) {
    if let Some(list) = model.people_list.as_mut().filter(|list| list.batch.number == number) {
        for place in 0..list.rows.len() {
            judge_row(&model.app, list, place, false);
        }
        return;
    }
    compare_now(model);
}

/// Compares the two by what was learned. Where only the other one cannot sign in, that one comes first.
fn compare_now(model: &mut Model) {
    let app = &model.app;
    let Some(ComparisonPage { batch, comparison }) = &mut model.comparison else { return };
    let judge = |case: &Case| (app.judge)(case, &batch.facts, &app.catalog);
    let mut judged: Vec<_> = batch.cases.iter().map(|case| (case, judge(case))).collect();
    judged.sort_by_key(|(_, diagnosis)| diagnosis.exit_status() == 0);
    if let [(failing, first), (working, second)] = judged.as_slice() {
        *comparison = Some(compare([failing, working], [first, second], &batch.facts, app.redacts));
    }
}

/// Gives the case at that place its row, unless it has one, or something of it is open that would have to be certain.
fn judge_row(app: &AppContext, list: &mut PeopleList, place: usize, has_to_be_certain: bool) {
    let (Some(case), Some(row)) = (list.batch.cases.get(place), list.rows.get_mut(place)) else { return };
    if row.is_some() {
        return;
    }
    let diagnosis = (app.judge)(case, &list.batch.facts, &app.catalog);
    if !has_to_be_certain || diagnosis.checks.iter().all(|check| check.status.is_some()) {
        *row = PersonRow::from_diagnosis(&diagnosis);
    }
}

fn find_running(model: &mut Model, number: u64) -> Option<&mut Batch> {
    let of_list = model.people_list.as_mut().map(|list| &mut list.batch);
    let of_comparison = model.comparison.as_mut().map(|page| &mut page.batch);
    let mut both = of_list.into_iter().chain(of_comparison);
    both.find(|batch| batch.number == number && batch.progress == Progress::Running)
}
