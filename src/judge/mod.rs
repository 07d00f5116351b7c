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
        Slot::Seen(Choice::AnyOf(candidates)) => {
            let doubt = instances::doubt(case, facts, candidates);
            without_choice(case, &doubt)
        }
        _ => std::array::from_fn(|_| {
            if instance.status.is_none() { Finding::running() } else { Finding::waits_on(CheckId::Instance) }
        }),
    };
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
    name_denied_key(facts, choice, &mut judged);
    let mut access = guarded(case, CheckId::Access, || access::judge(facts, &judged.each_ref()));
    close(facts, CheckId::Access, &mut access);
    let [instance, region, user, application, groups, assignment, roles] = judged;
    let mut all = [access, instance, region, user, application, groups, assignment, roles];
    root::show_root_causes(&mut all);
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
    let waits = match (&reading.user, &application) {
        (Slot::Seen(None) | Slot::Blocked(_), _) => Some(CheckId::User),
        (_, application) if application.is_in_the_way() => Some(CheckId::Application),
        _ => None,
    };
    let (groups, assignment) = match waits {
        Some(check) => (Finding::waits_on(check), Finding::waits_on(check)),
        None if reading.user.is_open() || reading.profile_applications.is_open() => {
            (Finding::running(), Finding::running())
        }
        None => guarded_pair(reading.case, || access_path::judge(reading)),
    };
    [region, user, application, groups, assignment, roles]
}

/// Several instances come into question, and which one could not be seen.
fn without_choice(case: &Case, doubt: &Slot<()>) -> [Finding; 6] {
    let unknown = || Finding::of_gap(doubt);
    let waiting = || Finding::waits_on(CheckId::User);
    let region = region::judge_typed(case).unwrap_or_else(|| Finding::waits_on(CheckId::Application));
    [region, unknown(), unknown(), waiting(), waiting(), Finding::waits_on(CheckId::Application)]
}

/// Nothing more will come: what is still running met the obstacle that ended the asking.
fn close(facts: &Facts, check: CheckId, finding: &mut Finding) {
    if let (Some(obstacle), None) = (&facts.closed, finding.status) {
        let operation = obstacle.operation.or_else(|| evidence::waited_for(facts, check));
        *finding = Finding::unknown(Obstacle { operation, ..obstacle.clone() });
    }
}

/// A denial by KMS is about the instance's key, which the instance's details name where the message does not.
fn name_denied_key(facts: &Facts, choice: &Slot<Choice>, findings: &mut [Finding]) {
    let Slot::Seen(Choice::One(instance, _)) = choice else {
        return;
    };
    let key = facts.details.get(&instance.arn).and_then(|detail| detail.seen()?.key.clone());
    for finding in findings {
        if let Some(obstacle) = finding.obstacle.as_ref().filter(|obstacle| obstacle.kind == ObstacleKind::KeyDenied)
            && !obstacle.resource.as_ref().is_some_and(|resource| resource.contains(":kms:"))
        {
            let resource = key.clone().or_else(|| Some("the instance's KMS key".to_owned()));
            *finding = Finding::unknown(Obstacle { resource, ..obstacle.clone() });
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
