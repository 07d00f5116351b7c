//! Beginning, following and ending a diagnosis.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;

use super::notice;
use crate::{
    diagnosis::CheckId,
    facts::{Fact, Facts, Obstacle, ObstacleKind},
    intake::{Case, Settings, Source, Sourced},
    tui::{
        detail::Detail,
        message::Effect,
        model::{Layer, Model, Pane, Progress, Run, Subject},
        theme::Tone,
    },
};

/// The settings for the next case: those of the organization that is asked, and the instance chosen here.
pub(super) fn settings(model: &Model) -> Arc<Settings> {
    let base = if model.sample { &model.setup.sample_settings } else { &model.setup.settings };
    match &model.instance {
        None => base.clone(),
        Some(arn) => {
            let instance = Some(Sourced { value: arn.clone(), source: Source::Choice });
            Arc::new(Settings { instance, ..Settings::clone(base) })
        }
    }
}

/// Begins a diagnosis; an earlier one of the same user and application gives its place.
pub(super) fn begin(model: &mut Model, case: Case, sample: bool) -> Vec<Effect> {
    cancel(model);
    model.last_number += 1;
    let number = model.last_number;
    let facts = Facts::new(Timestamp::UNIX_EPOCH);
    let same = |run: &Run| run.sample == sample && run.case.user == case.user && run.case.profile.id == case.profile.id;
    let place = model.runs.iter().position(same).unwrap_or(model.runs.len());
    let run = Run {
        number,
        diagnosis: (model.setup.judge)(&case, &facts, &model.setup.words),
        case: case.clone(),
        sample,
        progress: Progress::Running,
        facts,
        elapsed: Duration::ZERO,
        subject: Subject::Check(CheckId::Access),
        follows: true,
        unfolded: false,
        scroll: 0,
        page_scroll: 0,
        detail: Detail::default(),
    };
    match model.runs.get_mut(place) {
        Some(earlier) => *earlier = run,
        None => model.runs.push(run),
    }
    model.shown = Some(place);
    model.layers.clear();
    model.focus = Pane::Checks;
    vec![Effect::Start { number, case: Box::new(case), sample }]
}

/// Diagnoses the same case again.
pub(super) fn again(model: &mut Model) -> Vec<Effect> {
    match model.run().map(|run| (run.case.clone(), run.sample)) {
        Some((case, sample)) => begin(model, case, sample),
        None => Vec::new(),
    }
}

/// Stops what runs. What has no answer yet gets none.
pub(super) fn cancel(model: &mut Model) -> Vec<Effect> {
    match model.run_mut().filter(|run| run.progress == Progress::Running) {
        Some(run) => {
            run.progress = Progress::Cancelled;
            run.detail.forget();
            if run.diagnosis.verdict.is_some() {
                // Names that were still on their way will not come: ids stand for them.
                let reason = "the diagnosis was cancelled";
                run.facts.closed = Some(Obstacle::without_call(ObstacleKind::Unreachable, reason));
                judge(model);
            }
            vec![Effect::Stop]
        }
        None => Vec::new(),
    }
}

/// Goes from AWS to the sample organization, or back.
pub(super) fn switch_organization(model: &mut Model) -> Vec<Effect> {
    let effects = cancel(model);
    model.sample = !model.sample;
    model.instance = None;
    super::form::open(model);
    let words = if model.sample { "The sample organization: nothing is asked of AWS" } else { "Back to AWS" };
    model.notice = Some(notice(words, Tone::Accent));
    effects
}

pub(super) fn started(model: &mut Model, number: u64, at: Timestamp) {
    if let Some(run) = running(model, number) {
        run.facts.now = at;
        judge(model);
    }
}

pub(super) fn learned(model: &mut Model, number: u64, facts: Vec<Fact>) {
    if let Some(run) = running(model, number) {
        for fact in facts {
            run.facts.learn(fact);
        }
        judge(model);
    }
}

pub(super) fn completed(model: &mut Model, number: u64) {
    let Some(run) = running(model, number) else { return };
    run.progress = Progress::Complete;
    if run.diagnosis.checks.iter().any(|check| check.status.is_none()) && run.facts.closed.is_none() {
        // Whoever announced the facts is gone without a word about the open ones.
        let reason = "the diagnosis ended before everything was answered";
        run.facts.closed = Some(Obstacle::without_call(ObstacleKind::Internal, reason));
    }
    judge(model);
}

/// There is a verdict: names may still be on their way, but what it says is known.
fn show_verdict(model: &mut Model) {
    let Some(run) = model.run_mut() else { return };
    run.page_scroll = 0;
    let (cannot_start, follows) = (run.cannot_start(), run.follows);
    if cannot_start {
        // The screen is about the cause, and so is what its keys copy.
        run.follows = true;
        run.follow();
        model.layers.insert(0, Layer::CannotStart);
    }
    if follows && model.focus == Pane::Checks {
        model.focus = Pane::Verdict;
    }
}

/// The shown diagnosis, if it is the one of that number and not over.
fn running(model: &mut Model, number: u64) -> Option<&mut Run> {
    model.run_mut().filter(|run| run.number == number && run.progress == Progress::Running)
}

fn judge(model: &mut Model) {
    let setup = &model.setup;
    let Some(run) = model.shown.and_then(|shown| model.runs.get_mut(shown)) else { return };
    let earlier = std::mem::replace(&mut run.diagnosis, (setup.judge)(&run.case, &run.facts, &setup.words));
    run.detail.forget();
    run.follow();
    match (earlier.verdict.is_some(), run.diagnosis.verdict.is_some()) {
        (false, true) => show_verdict(model),
        // A later answer has opened a check again.
        (true, false) => model.layers.retain(|layer| !matches!(layer, Layer::CannotStart | Layer::List(_))),
        _ => {}
    }
}

/// Marks the cause, or what happens, as if the person had never moved.
pub(super) fn follow_again(model: &mut Model) {
    let Some(run) = model.run_mut() else { return };
    run.follows = true;
    run.scroll = 0;
    run.follow();
    model.focus = if run.diagnosis.verdict.is_some() { Pane::Verdict } else { Pane::Checks };
}

/// Shows what no API shows, or the checks again.
pub(super) fn toggle_not_covered(model: &mut Model) {
    if let Some(run) = model.run_mut() {
        run.follows = false;
        let cause = run.diagnosis.verdict.as_ref().and_then(|verdict| verdict.check);
        run.show(match run.subject {
            Subject::Check(_) => Subject::NotCovered,
            Subject::NotCovered => Subject::Check(cause.unwrap_or(CheckId::Access)),
        });
    }
}

/// Shows the evidence and all groups, or only the first ones.
pub(super) fn toggle_evidence(model: &mut Model) {
    if let Some(run) = model.run_mut() {
        run.unfolded = !run.unfolded;
        run.scroll = 0;
    }
}
