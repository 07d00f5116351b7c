//! From facts to a diagnosis. Pure: the same facts give the same diagnosis for ever, and half of the facts give half
//! of it, with the other checks still running.

mod access;
mod access_path;
mod application;
mod compose;
mod finding;
mod instance;
mod region;
mod roles;
mod user;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub(crate) use self::finding::Finding;
use crate::{
    diagnosis::{CheckId, Diagnosis, Status},
    facts::{Facts, Obstacle, ObstacleKind, Slot},
    intake::Case,
    operation::Operation,
    reading::{
        Reading,
        instances::{self, Choice},
        reach::Grantors,
    },
    words::Words,
};

/// Judges what is known so far and puts it into words. Checks whose facts are missing are running.
#[must_use]
pub fn diagnose(case: &Case, facts: &Facts, words: &Words) -> Diagnosis {
    let choice = instances::choose(case, facts);
    compose::compose(case, facts, words, &choice, findings(case, facts, &choice))
}

/// The findings of all eight checks, in display order.
pub(crate) fn findings(case: &Case, facts: &Facts, choice: &Slot<Choice>) -> [Finding; 8] {
    let instance = guarded(|| instance::judge(case, facts, choice));
    let mut others = match choice {
        Slot::Seen(Choice::One(chosen, _)) if chosen.status == "ACTIVE" => {
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
    if let Some(typed) = region::judge_typed(case)
        && let [region, ..] = &mut others
        && region.status != Some(Status::Fail)
    {
        *region = typed;
    }
    let [region, user, application, groups, assignment, roles] = others;
    let mut judged = [instance, region, user, application, groups, assignment, roles];
    close(facts, &mut judged);
    name_denied_key(facts, choice, &mut judged);
    let access = guarded(|| access::judge(facts, &judged.each_ref()));
    let mut access = [access];
    close(facts, &mut access);
    let [access] = access;
    let [instance, region, user, application, groups, assignment, roles] = judged;
    let mut all = [access, instance, region, user, application, groups, assignment, roles];
    show_root_causes(&mut all);
    all
}

/// Region, user, application, groups, assignment and roles, for an instance that is known.
fn around_instance(reading: &Reading) -> [Finding; 6] {
    let reaches = reading.reaches();
    let all = reading.profile_applications.seen().cloned().unwrap_or_default();
    let grantors = Grantors::new(&reaches, &all);
    let region = guarded(|| region::judge(reading, &grantors));
    let user = guarded(|| user::judge(reading));
    let application = guarded(|| application::judge(reading, &grantors));
    let roles = guarded(|| roles::judge(reading, &grantors));
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
        None => guarded_pair(|| access_path::judge(reading)),
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
fn close(facts: &Facts, findings: &mut [Finding]) {
    if let Some(obstacle) = &facts.closed {
        for finding in findings.iter_mut().filter(|finding| finding.status.is_none()) {
            *finding = Finding::unknown(obstacle.clone());
        }
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

/// One broken thing shows one row: what only suffers from the operator's credentials, or from the instance's key,
/// waits on the check that says so.
fn show_root_causes(all: &mut [Finding; 8]) {
    let [access, instance, rest @ ..] = all;
    let without_credentials = |finding: &Finding| finding.obstacle.as_ref().is_some_and(Obstacle::is_credentials);
    if access.status == Some(Status::Unknown) && without_credentials(access) {
        for finding in std::iter::once(&mut *instance).chain(rest.iter_mut()) {
            let only_waits = finding.status == Some(Status::Skipped) && finding.waits_on.is_some();
            if finding.status.is_none() || without_credentials(finding) || only_waits {
                *finding = Finding::waits_on(CheckId::Access);
            }
        }
    }
    let key = rest.iter().find_map(|finding| match &finding.obstacle.as_ref()?.kind {
        ObstacleKind::KeyUnusable(reason) => Some((reason.clone(), finding.obstacle.as_ref()?.message.clone())),
        _ => None,
    });
    if let Some((reason, message)) = key
        && instance.status != Some(Status::Fail)
    {
        *instance = instance::key_unusable(&reason, &message);
    }
    let is_key =
        |finding: &Finding| matches!(&finding.obstacle, Some(Obstacle { kind: ObstacleKind::KeyUnusable(_), .. }));
    let mut blocked = Vec::new();
    for (finding, id) in rest.iter_mut().zip(CheckId::ALL.into_iter().skip(2)) {
        let behind = finding.waits_on.is_some_and(|check| blocked.contains(&check));
        if is_key(finding) || behind {
            blocked.push(id);
            *finding = Finding::waits_on(CheckId::Instance);
        }
    }
}

/// A check that panics says so, and the others go on.
fn guarded(judge: impl FnOnce() -> Finding) -> Finding {
    catch_unwind(AssertUnwindSafe(judge)).unwrap_or_else(|_| Finding::unknown(internal_error()))
}

fn guarded_pair(judge: impl FnOnce() -> (Finding, Finding)) -> (Finding, Finding) {
    let failed = || (Finding::unknown(internal_error()), Finding::unknown(internal_error()));
    catch_unwind(AssertUnwindSafe(judge)).unwrap_or_else(|_| failed())
}

fn internal_error() -> Obstacle {
    Obstacle::new(ObstacleKind::Internal, Operation::GetCallerIdentity, "internal error in this check")
}
