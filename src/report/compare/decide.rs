//! The deciding difference, in a sentence.

use super::{Comparison, GroupPlace, Whose};
use crate::{
    catalog::Cause,
    report::diagnosis::{Check, CheckId, Diagnosis, Status, VerdictStatus},
};

/// Returns why one of them can sign in and the other cannot; where that is not so, that.
pub(super) fn find_difference(comparison: &Comparison, diagnoses: [&Diagnosis; 2]) -> String {
    let [failing, working] = diagnoses;
    let names = [&comparison.failing.name, &comparison.working.name];
    let is_healthy = |diagnosis: &Diagnosis| {
        diagnosis.verdict.as_ref().is_some_and(|verdict| verdict.status == VerdictStatus::Healthy)
    };
    match (is_healthy(failing), is_healthy(working)) {
        (true, true) => return format!("Nothing in AWS keeps {} or {} from signing in.", names[0], names[1]),
        (true, false) => {
            return format!(
                "Nothing in AWS keeps {} from signing in; it is {} who cannot: {}",
                names[0], names[1], comparison.working.headline
            );
        }
        (false, false) if comparison.failing.cause == comparison.working.cause => {
            return format!("Neither can sign in, for the same cause: {}", comparison.failing.headline);
        }
        (false, false) => {
            return format!(
                "Neither is free to sign in. {}: {} {}: {}",
                names[0], comparison.failing.headline, names[1], comparison.working.headline
            );
        }
        (false, true) => {}
    }
    let deciding = failing.verdict.as_ref().and_then(|verdict| failing.check(verdict.check?));
    let Some(check) = deciding else { return comparison.failing.headline.clone() };
    describe_difference(comparison, check, working).unwrap_or_else(|| {
        let other = working.check(check.id).filter(|other| other.status == Some(Status::Pass));
        let other = other.map_or_else(String::new, |other| format!(" {}: {}.", names[1], other.summary));
        format!("{}{other}", comparison.failing.headline)
    })
}

fn describe_difference(comparison: &Comparison, check: &Check, working: &Diagnosis) -> Option<String> {
    let [name, other] = [&comparison.failing.name, &comparison.working.name];
    match (check.id, check.cause?) {
        (_, Cause::UserDisabled) => Some(format!("{name}'s account is disabled, {other}'s is not.")),
        (_, Cause::UserNotFound) => Some(format!("{other} has an account, {name} has none under that name.")),
        (_, Cause::MembershipRecent) => Some(format!("{name} was added only recently, {other} is in long enough.")),
        (CheckId::Groups | CheckId::Assignment, _) => {
            let is_missing = |group: &&GroupPlace| group.grants && group.whose == Whose::Working;
            let granting: Vec<&str> =
                comparison.groups.iter().filter(is_missing).map(|group| group.name.as_str()).collect();
            if !granting.is_empty() {
                return Some(format!("{other} is in {}, {name} is not.", granting.join(" and ")));
            }
            let way = working.check(CheckId::Assignment).filter(|check| check.status == Some(Status::Pass))?;
            Some(format!("{} {other}: {}.", comparison.failing.headline, way.summary))
        }
        _ => None,
    }
}
