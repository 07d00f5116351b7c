//! Beginning, following and ending a diagnosis.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;

use super::batch;
use crate::{
    case::{Case, Settings, Source, Sourced},
    checks::CheckId,
    facts::{Event, Facts, Failure, FailureKind},
    tui::{
        message::Effect,
        model::{DetailLines, Layer, Model, Origin, Pane, PeopleReading, Progress, Run, Scroll, Subject},
    },
};

/// Returns the settings for the next case: those of the organization that is asked, and the instance chosen here.
pub(super) fn choose_settings(model: &Model) -> Arc<Settings> {
    let base = model.chosen_settings();
    match &model.instance {
        None => base.clone(),
        Some(arn) => {
            let instance = Some(Sourced { value: arn.clone(), source: Source::Choice });
            Arc::new(Settings { instance, ..Settings::clone(base) })
        }
    }
}

/// Begins a diagnosis; an earlier one of the same user and application gives its place.
pub(super) fn begin_diagnosis(model: &mut Model, case: Case, origin: Origin) -> Vec<Effect> {
    let mut known = Facts::new(Timestamp::UNIX_EPOCH);
    // What a look-up says is asked anew for everybody; going through a directory takes too long for that.
    if case.user.is_person_name() && case.settings.lists_people {
        model.directories.of(origin.is_sample()).add_pages_to(&mut known);
    }
    begin_diagnosis_knowing(model, case, origin, known)
}

fn begin_diagnosis_knowing(model: &mut Model, case: Case, origin: Origin, facts: Facts) -> Vec<Effect> {
    cancel_diagnosis(model);
    batch::stop(model);
    let known = Box::new(facts.clone());
    let number = show_new_run(model, case.clone(), origin, Arc::new(facts), Progress::Running);
    vec![Effect::Start { number, cases: vec![case], sample: origin.is_sample(), known }]
}

/// Shows a diagnosis about which nothing more is asked. One that runs is stopped: nobody would see its end.
pub(super) fn show_finished(model: &mut Model, case: Case, origin: Origin, facts: Arc<Facts>) -> Vec<Effect> {
    let effects = cancel_diagnosis(model);
    show_new_run(model, case, origin, facts, Progress::Complete);
    if let Some(run) = model.run_mut() {
        run.mark_what_happens();
    }
    show_verdict(model);
    effects
}

/// Puts a diagnosis in its place and shows it. Returns its number.
fn show_new_run(model: &mut Model, case: Case, origin: Origin, facts: Arc<Facts>, progress: Progress) -> u64 {
    model.last_number += 1;
    let number = model.last_number;
    let index = model.directories.of(origin.is_sample());
    let users_before = index.is_complete().then(|| index.count());
    let earlier = model
        .runs
        .iter()
        .position(|run| run.origin == origin && run.case.user == case.user && run.case.app.id == case.app.id);
    let place = earlier.unwrap_or(model.runs.len());
    let before = earlier.and_then(|place| model.runs.get(place));
    let is_watched = before.is_some_and(|before| before.is_watched);
    let before = before.map(|before| before.diagnosis.clone()).filter(|before| before.verdict.is_some());
    let run = Run {
        number,
        earlier: before.map(Box::new),
        is_watched,
        diagnosis: (model.app.judge)(&case, &facts, &model.app.catalog),
        case,
        origin,
        progress,
        facts,
        reading: PeopleReading { users_before, ..PeopleReading::default() },
        elapsed: Duration::ZERO,
        subject: Subject::Check(CheckId::Access),
        follows: true,
        unfolded: false,
        shows_what_to_type: false,
        scroll: Scroll::default(),
        detail: DetailLines::default(),
    };
    match model.runs.get_mut(place) {
        Some(earlier) => *earlier = run,
        None => model.runs.push(run),
    }
    model.shown = Some(place);
    model.layers.clear();
    model.focus = Pane::Checks;
    number
}

/// Diagnoses the same case again: everything is asked anew.
pub(super) fn diagnose_again(model: &mut Model) -> Vec<Effect> {
    match model.run().map(|run| (run.case.clone(), run.origin)) {
        Some((case, origin)) => begin_diagnosis_knowing(model, case, origin, Facts::new(Timestamp::UNIX_EPOCH)),
        None => Vec::new(),
    }
}

/// Stops what runs. What has no answer yet gets none.
pub(super) fn cancel_diagnosis(model: &mut Model) -> Vec<Effect> {
    match model.run_mut().filter(|run| run.progress == Progress::Running) {
        Some(run) => {
            run.progress = Progress::Cancelled;
            run.detail.made_from = None;
            if run.diagnosis.verdict.is_some() {
                // Names that were still on their way will not come: ids stand for them.
                let reason = "the diagnosis was cancelled";
                Arc::make_mut(&mut run.facts).closed = Some(Failure::without_call(FailureKind::Unreachable, reason));
                judge_facts(model);
            }
            vec![Effect::Stop]
        }
        None => Vec::new(),
    }
}

/// Takes in when the diagnosis of that number began.
pub(super) fn take_in_start(model: &mut Model, number: u64, at: Timestamp) {
    if let Some(run) = find_running(model, number) {
        Arc::make_mut(&mut run.facts).now = at;
        judge_facts(model);
    }
}

/// Takes in what the diagnosis of that number has learned.
pub(super) fn take_in_events(model: &mut Model, number: u64, events: Vec<Event>) {
    if let Some(run) = find_running(model, number) {
        let facts = Arc::make_mut(&mut run.facts);
        for event in events {
            facts.apply(event);
        }
        judge_facts(model);
    }
}

/// Takes in that the diagnosis of that number will learn nothing more.
pub(super) fn take_in_end(model: &mut Model, number: u64) {
    let Some(run) = find_running(model, number) else { return };
    run.progress = Progress::Complete;
    if run.diagnosis.checks.iter().any(|check| check.status.is_none()) && run.facts.closed.is_none() {
        // Whoever announced the facts is gone without a word about the open ones.
        let reason = "the diagnosis ended before everything was answered";
        Arc::make_mut(&mut run.facts).closed = Some(Failure::without_call(FailureKind::Internal, reason));
    }
    judge_facts(model);
}

/// There is a verdict: names may still be on their way, but what it says is known.
fn show_verdict(model: &mut Model) {
    let Some(run) = model.run_mut() else { return };
    if run.cannot_start() {
        // The screen is about the cause, and so is what its keys copy.
        run.follows = true;
        run.mark_what_happens();
        model.layers.insert(0, Layer::CannotStart(Scroll::default()));
    }
}

/// Returns the shown diagnosis, if it is the one of that number and not over.
fn find_running(model: &mut Model, number: u64) -> Option<&mut Run> {
    model.run_mut().filter(|run| run.number == number && run.progress == Progress::Running)
}

fn judge_facts(model: &mut Model) {
    let app = &model.app;
    let Some(run) = model.shown.and_then(|shown| model.runs.get_mut(shown)) else { return };
    let earlier = std::mem::replace(&mut run.diagnosis, (app.judge)(&run.case, &run.facts, &app.catalog));
    run.detail.made_from = None;
    run.mark_what_happens();
    match (earlier.verdict.is_some(), run.diagnosis.verdict.is_some()) {
        (false, true) => show_verdict(model),
        // A later answer has opened a check again.
        (true, false) => model.layers.retain(|layer| !matches!(layer, Layer::CannotStart(_) | Layer::List(_))),
        _ => {}
    }
}

/// Marks the cause, or what happens, as if the person had never moved.
pub(super) fn follow_again(model: &mut Model) {
    let Some(run) = model.run_mut() else { return };
    run.follows = true;
    run.scroll.first = 0;
    run.mark_what_happens();
    model.focus = Pane::Checks;
}

/// Shows what no API shows, or the checks again.
pub(super) fn toggle_not_covered(model: &mut Model) {
    if let Some(run) = model.run_mut() {
        run.follows = false;
        let cause = run.diagnosis.verdict.as_ref().and_then(|verdict| verdict.check);
        run.show_subject(match run.subject {
            Subject::Check(_) => Subject::NotCovered,
            Subject::NotCovered => Subject::Check(cause.unwrap_or(CheckId::Access)),
        });
    }
}

/// Shows what to type where that is not the fix, or hides it.
pub(super) fn toggle_what_to_type(model: &mut Model) {
    if let Some(run) = model.run_mut() {
        run.shows_what_to_type = !run.shows_what_to_type;
    }
}

/// Shows the evidence and all groups, or only the first ones.
pub(super) fn toggle_evidence(model: &mut Model) {
    if let Some(run) = model.run_mut() {
        run.unfolded = !run.unfolded;
        run.scroll.first = 0;
    }
}
