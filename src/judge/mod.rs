//! From facts to a diagnosis. Pure: the same facts give the same diagnosis for ever, and half of the facts give half
//! of it, with the other checks still running.

mod access;
mod access_path;
mod application;
mod compose;
mod evidence;
mod finding;
mod instance;
mod names;
mod region;
mod roles;
mod root;
mod user;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

pub(crate) use self::finding::Finding;
use crate::{
    diagnosis::{CheckId, Diagnosis},
    domain::Instance,
    facts::{Facts, Obstacle, ObstacleKind, Slot},
    intake::Case,
    reading::{
        Reading,
        instances::{self, Choice},
        reach::Grantors,
    },
    words::Words,
};

/// Something that judges: [`diagnose`] itself, or what hides names in its result.
pub type Judge = Arc<dyn Fn(&Case, &Facts, &Words) -> Diagnosis + Send + Sync>;

/// Judges what is known so far and puts it into words. Checks whose facts are missing are running.
#[must_use]
pub fn diagnose(case: &Case, facts: &Facts, words: &Words) -> Diagnosis {
    let choice = instances::choose(case, facts);
    compose::compose(case, facts, words, &choice, findings(case, facts, &choice))
}

/// The findings of all eight checks, in display order.
pub(crate) fn findings(case: &Case, facts: &Facts, choice: &Slot<Choice>) -> [Finding; 8] {
    let instance = guarded(case, CheckId::Instance, || instance::judge(case, facts, choice));
    let mut others = match choice {
        Slot::Seen(Choice::One(chosen, _)) if chosen.may_be_active() => {
            around_instance(&Reading::new(case, facts, chosen))
        }
        Slot::Seen(Choice::AnyOf(candidates)) => without_choice(case, facts, candidates),
        _ if instance.status.is_none() => std::array::from_fn(|_| Finding::behind(CheckId::Instance)),
        _ => std::array::from_fn(|_| Finding::waits_on(CheckId::Instance)),
    };
    // What was typed is judged whatever else is known of the instance.
    if let Slot::Seen(Choice::One(chosen, _)) = choice
        && let [region, ..] = &mut others
        && region.waits_on == Some(CheckId::Instance)
    {
        *region = typed_for_any(case, facts, &[chosen], CheckId::Instance);
    }
    // A start URL that is nobody's comes first among the causes of its check, whatever else is wrong there.
    if let Some(typed) = region::judge_typed(case)
        && let [region, ..] = &mut others
    {
        *region = typed;
    }
    let [region, user, application, groups, assignment, roles] = others;
    let mut judged = [instance, region, user, application, groups, assignment, roles];
    for (finding, check) in judged.iter_mut().zip(CheckId::ALL.into_iter().skip(1)) {
        close(facts, check, finding);
    }
    let chosen = match choice {
        Slot::Seen(Choice::One(instance, _)) => Some(*instance),
        _ => None,
    };
    if let Some(instance) = chosen {
        name_denied_key(facts, instance, &mut judged);
    }
    tell_regions_not_enabled(case, facts, &mut judged);
    let mut access = guarded(case, CheckId::Access, || access::judge(facts, &judged.each_ref()));
    close(facts, CheckId::Access, &mut access);
    let [instance, region, user, application, groups, assignment, roles] = judged;
    let mut all = [access, instance, region, user, application, groups, assignment, roles];
    root::show_root_causes(&mut all, chosen.and_then(|instance| key_of(facts, instance)));
    all
}

/// Region, user, application, groups, assignment and roles, for an instance that is known.
fn around_instance(reading: &Reading) -> [Finding; 6] {
    let reaches = reading.reaches();
    let all = reading.profile_applications.seen().cloned().unwrap_or_default();
    let grantors = Grantors::new(&reaches, &all);
    let region = guarded(reading.case, CheckId::Region, || region::judge(reading, &grantors));
    let user = guarded(reading.case, CheckId::User, || user::judge(reading));
    let application = guarded(reading.case, CheckId::Application, || application::judge(reading, &grantors));
    let roles = guarded(reading.case, CheckId::Roles, || roles::judge(reading, &grantors));
    // Whether the application as such is in the way is a matter of facts, not of how its check went.
    let is_in_the_way = reading.enabled().is_empty() || reading.untold().is_some();
    let (groups, assignment) = match &reading.user {
        Slot::Seen(None) | Slot::Blocked(_) => waiting_for(CheckId::User),
        Slot::NotAsked => behind(CheckId::User),
        Slot::Seen(Some(_)) if is_in_the_way && application.status.is_none() => behind(CheckId::Application),
        Slot::Seen(Some(_)) if is_in_the_way => waiting_for(CheckId::Application),
        Slot::Seen(Some(_)) => guarded_pair(reading.case, || access_path::judge(reading)),
    };
    [region, user, application, groups, assignment, roles]
}

fn waiting_for(check: CheckId) -> (Finding, Finding) {
    (Finding::waits_on(check), Finding::waits_on(check))
}

fn behind(check: CheckId) -> (Finding, Finding) {
    (Finding::behind(check), Finding::behind(check))
}

/// What was typed, where it is wrong for each of these instances; else the check waits on another one.
fn typed_for_any(case: &Case, facts: &Facts, instances: &[&Instance], first: CheckId) -> Finding {
    guarded(case, CheckId::Region, || {
        region::judge_for_any(case, facts, instances).unwrap_or_else(|| Finding::waits_on(first))
    })
}

/// Several instances come into question, and which one could not be seen.
fn without_choice(case: &Case, facts: &Facts, candidates: &[&Instance]) -> [Finding; 6] {
    let doubt = instances::doubt(case, facts, candidates);
    let unknown = || Finding::of_gap(&doubt);
    let waiting = || Finding::waits_on(CheckId::User);
    let region = typed_for_any(case, facts, candidates, CheckId::Application);
    [region, unknown(), unknown(), waiting(), waiting(), Finding::waits_on(CheckId::Application)]
}

/// Nothing more will come: what is still running met the obstacle that ended the asking, or waits on what did.
fn close(facts: &Facts, check: CheckId, finding: &mut Finding) {
    let (Some(obstacle), None) = (&facts.closed, finding.status) else {
        return;
    };
    *finding = if let Some(first) = finding.waits_on {
        Finding::waits_on(first)
    } else {
        let operation = obstacle.operation.or_else(|| evidence::waited_for(facts, check));
        Finding::unknown(Obstacle { operation, ..obstacle.clone() })
    };
}

/// Credentials that another Region took are neither missing nor expired: the Region is not enabled.
fn tell_regions_not_enabled(case: &Case, facts: &Facts, findings: &mut [Finding]) {
    let home = case.settings.home_region();
    let elsewhere = |obstacle: &&Obstacle| {
        obstacle.kind == ObstacleKind::RegionNotEnabled
            && obstacle.region.as_ref().is_some_and(|region| *region != home)
    };
    for finding in findings.iter_mut().filter(|_| facts.caller.seen().is_some()) {
        if let Some(obstacle) = finding.obstacle.as_ref().filter(elsewhere) {
            let message = "the Region does not know these credentials, which another one takes: it is not enabled";
            *finding = Finding::unknown(Obstacle {
                kind: ObstacleKind::Unreachable,
                message: message.to_owned(),
                ..obstacle.clone()
            });
        }
    }
}

/// The key of the instance that is judged, where its details name one.
fn key_of<'a>(facts: &'a Facts, instance: &Instance) -> Option<&'a str> {
    facts.details.get(&instance.arn)?.seen()?.key.as_deref()
}

/// A denial by KMS is about the instance's key, which the instance's details name where the message does not.
fn name_denied_key(facts: &Facts, instance: &Instance, findings: &mut [Finding]) {
    let resource = key_of(facts, instance).unwrap_or("the instance's KMS key");
    for finding in findings {
        let denied = finding.obstacle.as_ref().filter(|obstacle| {
            let is_named = obstacle.resource.as_ref().is_some_and(|resource| resource.contains(":kms:"));
            obstacle.kind == ObstacleKind::KeyDenied && obstacle.region.as_ref() == Some(&instance.region) && !is_named
        });
        if let Some(obstacle) = denied {
            *finding = Finding::unknown(Obstacle { resource: Some(resource.to_owned()), ..obstacle.clone() });
        }
    }
}

/// A check that panics says so, and the others go on.
fn guarded(case: &Case, check: CheckId, judge: impl FnOnce() -> Finding) -> Finding {
    let judge = || {
        fail_if_asked(case, check);
        judge()
    };
    catch_unwind(AssertUnwindSafe(judge)).unwrap_or_else(|_| Finding::unknown(internal_error()))
}

/// `groups` and `assignment` are judged over one picture, so they fail together.
fn guarded_pair(case: &Case, judge: impl FnOnce() -> (Finding, Finding)) -> (Finding, Finding) {
    let judge = || {
        fail_if_asked(case, CheckId::Groups);
        fail_if_asked(case, CheckId::Assignment);
        judge()
    };
    let failed = || (Finding::unknown(internal_error()), Finding::unknown(internal_error()));
    catch_unwind(AssertUnwindSafe(judge)).unwrap_or_else(|_| failed())
}

#[expect(clippy::panic, reason = "only where a test asks for it, to prove that a panic becomes a finding")]
fn fail_if_asked(case: &Case, check: CheckId) {
    if case.settings.fails_inside == Some(check) {
        std::panic::panic_any("this check was asked to fail");
    }
}

fn internal_error() -> Obstacle {
    Obstacle::without_call(ObstacleKind::Internal, "internal error in this check")
}
