//! What the texts and the checks together say: the candidates, and what becomes of the verdict.

use super::{
    ask::choose_questions,
    exclude::{Checked, Scene},
    ladder::find_range,
    rank::{Seen, Standing},
    stage::Stage,
};
use crate::{
    case::{Case, Saw},
    catalog::Cause,
    checks::{CheckId, Status},
    domain::Instance,
    facts::Facts,
};

/// What may lie behind the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) cause: Cause,
    pub(crate) state: State,
}

/// How a candidate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// A check fails or warns about it.
    Found(CheckId),
    /// Nothing speaks against it.
    Possible,
    /// A check that passed excludes it.
    ExcludedByCheck(CheckId),
    /// The sign-in came further than it lets it.
    ExcludedByStage(Stage),
    /// The token service says that it is not the key.
    ExcludedByReason,
    /// The sign-in did not come so far.
    NotReached(Stage),
}

impl State {
    fn is_left(self) -> bool {
        matches!(self, Self::Found(_) | Self::Possible)
    }

    fn is_found(self) -> bool {
        matches!(self, Self::Found(_))
    }
}

/// What becomes of the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// It is as without a text: nothing that speaks for or against it was recognised.
    AsChecked,
    /// It is as without a text, and nothing of what usually lies behind the text was found.
    NothingFound,
    /// The first failed check's cause fits what the user saw.
    Fits,
    /// The first failed check's cause is one of an earlier step than the text.
    LaterStep,
    /// This stops the user now; the first failed check's cause comes next.
    Stops { now: Cause, next: Cause },
    /// A check warns of a cause that fits what the user saw.
    Warned(Cause),
    /// Only what the user saw speaks for this cause.
    Told(Cause),
}

/// Texts and checks, put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Combined {
    pub(crate) stage: Option<Stage>,
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) decision: Decision,
    pub(crate) ask: Vec<String>,
}

/// Puts together what the user saw and how the checks ended.
pub(crate) fn combine(
    case: &Case,
    saw: &Saw,
    facts: &Facts,
    instance: Option<&Instance>,
    checks: &[Checked],
) -> Combined {
    let scene = Scene::new(case, saw, facts, instance, checks);
    let seen = Seen::new(saw);
    let mut candidates: Vec<Candidate> =
        seen.list_candidates().into_iter().map(|cause| judge_candidate(&scene, &seen, cause)).collect();
    // Those that a check fails or warns about come first.
    candidates.sort_by_key(|candidate| !candidate.state.is_found());
    let decision = decide(&scene, &seen, &candidates);
    let ask = match decision {
        Decision::Fits | Decision::LaterStep => Vec::new(),
        _ => choose_questions(case, &list_left(&seen, &candidates)),
    };
    Combined { stage: seen.stage, candidates, decision, ask }
}

/// Returns the candidates of texts of which nothing else is known.
pub(crate) fn list_candidates(saw: &Saw) -> (Option<Stage>, Vec<Candidate>) {
    let seen = Seen::new(saw);
    let judge = |cause| Candidate { cause, state: state_of(&seen, cause) };
    (seen.stage, seen.list_candidates().into_iter().map(judge).collect())
}

fn judge_candidate(scene: &Scene, seen: &Seen, cause: Cause) -> Candidate {
    let state = if let Some(check) = scene.find_finding(cause) {
        State::Found(check.id)
    } else if let Some(check) = scene.find_excluding_check(cause) {
        State::ExcludedByCheck(check)
    } else {
        state_of(seen, cause)
    };
    Candidate { cause, state }
}

fn state_of(seen: &Seen, cause: Cause) -> State {
    let stage = seen.stage.unwrap_or(Stage::None);
    match seen.judge(cause) {
        Standing::Possible => State::Possible,
        Standing::Passed => State::ExcludedByStage(stage),
        Standing::NotReached => State::NotReached(stage),
        Standing::KeyRuledOut => State::ExcludedByReason,
    }
}

/// Returns the candidates that are left, in their order.
fn list_left(seen: &Seen, candidates: &[Candidate]) -> Vec<Cause> {
    let is_left = |candidate: &&Candidate| candidate.state.is_left() && seen.judge(candidate.cause) != Standing::Passed;
    candidates.iter().filter(is_left).map(|candidate| candidate.cause).collect()
}

fn decide(scene: &Scene, seen: &Seen, candidates: &[Candidate]) -> Decision {
    if seen.texts.is_empty() {
        return Decision::AsChecked;
    }
    let left = list_left(seen, candidates);
    let failed = scene.checks.iter().find(|check| check.status == Some(Status::Fail)).and_then(|check| check.cause);
    match failed {
        Some(failed) => decide_beside_failure(seen, failed, &left),
        None if seen.are_facts_alone() => match find_telling_fact(scene, seen, &left) {
            Some(cause) => decide_without_failure(scene, seen, candidates, &[cause]),
            None => Decision::AsChecked,
        },
        None => decide_without_failure(scene, seen, candidates, &left),
    }
}

fn decide_beside_failure(seen: &Seen, failed: Cause, left: &[Cause]) -> Decision {
    if left.contains(&failed) {
        return Decision::Fits;
    }
    let (Some(stage), Some(range)) = (seen.stage, find_range(failed)) else { return Decision::AsChecked };
    match left.first() {
        _ if range.holds(stage) => Decision::Fits,
        Some(now) if range.begins_behind(stage) => Decision::Stops { now: *now, next: failed },
        _ if range.ends_before(stage) => Decision::LaterStep,
        _ => Decision::NothingFound,
    }
}

fn decide_without_failure(scene: &Scene, seen: &Seen, candidates: &[Candidate], left: &[Cause]) -> Decision {
    let Some(first) = left.first() else { return Decision::NothingFound };
    let is_unknown = scene.checks.iter().any(|check| check.status == Some(Status::Unknown));
    if is_unknown {
        let is_settled = seen.single_candidates().any(|cause| left.contains(&cause) && scene.is_undecided(cause));
        return if is_settled { Decision::Told(*first) } else { Decision::AsChecked };
    }
    let is_warned = candidates.iter().any(|candidate| candidate.cause == *first && candidate.state.is_found());
    if is_warned { Decision::Warned(*first) } else { Decision::Told(*first) }
}

/// Returns the cause that facts alone may speak for: another way of signing in than the organization's, or a directory in
/// another Region than the one that was told.
fn find_telling_fact(scene: &Scene, seen: &Seen, left: &[Cause]) -> Option<Cause> {
    let is_individual = seen.texts.iter().any(|text| text.candidates.first() == Some(&Cause::WrongSignInMethod));
    if is_individual && left.contains(&Cause::WrongSignInMethod) {
        return Some(Cause::WrongSignInMethod);
    }
    (is_region_another(scene) && left.contains(&Cause::RegionTypedWrong)).then_some(Cause::RegionTypedWrong)
}

/// Returns true where an address shows the directory in another Region than the one that was told.
fn is_region_another(scene: &Scene) -> bool {
    let Some(region) = &scene.saw.directory_region else { return false };
    let Some(typed) = scene.case.typed_region() else { return false };
    !typed.regions().is_empty() && !typed.regions().contains(region)
}
