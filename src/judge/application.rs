//! Is the application registered, whole and enabled?

use super::Finding;
use crate::{
    cause::Cause,
    domain::Application,
    facts::{Obstacle, ObstacleKind, Slot},
    operation::Operation,
    reading::{Reading, reach::Grantors},
    text,
    words::Blank,
};

pub(super) fn judge(reading: &Reading, grantors: &Grantors) -> Finding {
    let found = match &reading.profile_applications {
        Slot::Seen(found) => found,
        gap => return Finding::of_gap(gap),
    };
    let profile = &reading.case.profile;
    let Some(first) = found.first() else {
        return missing(reading);
    };
    if let Some(obstacle) = reading.untold() {
        let is_open = reading.reaches().iter().any(|reach| reach.path.is_open());
        return if is_open { Finding::running() } else { Finding::unknown(obstacle) };
    }
    let enabled = reading.enabled();
    if enabled.is_empty() {
        return Finding::fail(Cause::ApplicationDisabled)
            .expected_found("an ENABLED application", format!("DISABLED: {}", names(found)))
            .with(Blank::Application, first.label())
            .with(Blank::ApplicationArn, first.arn.as_str());
    }
    let summary = format!("{}, enabled", names(&enabled));
    let narrowed = reading.narrowed();
    if profile.sign_in.is_none() {
        return Finding::pass(summary).expected_found("registered and ENABLED", describe(&enabled)).note(narrowed);
    }
    let unread = unread_assignments(reading, grantors);
    let without = grantors.members().find(|application| sign_in_beside(reading, &[application]) == SignIn::Missing);
    match (grantors.agree(|set| sign_in_beside(reading, set)), without) {
        (Slot::NotAsked, _) => Finding::running(),
        (Slot::Seen(SignIn::Enabled), _) => Finding::pass(summary)
            .expected_found("registered and ENABLED, with its sign-in application", describe(&enabled))
            .note(narrowed)
            .note(unread),
        // Which one grants could not be seen, and one of them lacks its sign-in application: that is worth a warning.
        (Slot::Seen(SignIn::Missing) | Slot::Blocked(_), Some(without)) => {
            let found = match reading.sign_in_of(without).first() {
                Some(sign_in) => format!("{} is not ENABLED", text::clean(sign_in.label())),
                None => format!("no sign-in application beside {}", text::clean(without.label())),
            };
            Finding::warn(Cause::SignInApplicationMissing)
                .expected_found("the sign-in application of the same account and Region, ENABLED", found)
                .with(Blank::Application, without.label())
                .with(
                    Blank::ApplicationRegion,
                    profile.region_in_name(without).map(|region| region.to_string()).unwrap_or_default(),
                )
                .note(narrowed)
        }
        (Slot::Seen(_) | Slot::Blocked(_), _) => {
            let message = "AWS does not say whether the sign-in application is enabled";
            let obstacle = Obstacle::new(ObstacleKind::Malformed, Operation::ListApplications, message);
            Finding::unknown(obstacle.about(&reading.instance.region, reading.instance.arn.as_str()))
        }
    }
}

/// What is seen of the sign-in applications beside a set of applications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SignIn {
    /// One of the set has an enabled one.
    Enabled,
    /// None of the set has one that is enabled.
    Missing,
    /// AWS leaves out the status that would tell.
    Untold,
}

fn sign_in_beside(reading: &Reading, set: &[&Application]) -> SignIn {
    let beside = set.iter().flat_map(|application| reading.sign_in_of(application));
    let statuses: Vec<Option<bool>> = beside.map(|sign_in| sign_in.enabled).collect();
    if statuses.contains(&Some(true)) {
        SignIn::Enabled
    } else if statuses.contains(&None) {
        SignIn::Untold
    } else {
        SignIn::Missing
    }
}

/// What the sign-in application's own assignments say is evidence, and decides nothing.
fn unread_assignments(reading: &Reading, grantors: &Grantors) -> Option<String> {
    let mut beside = grantors.members().flat_map(|application| reading.sign_in_of(application));
    let is_unread = |sign_in: &Application| {
        reading.facts.assignments.get(&sign_in.arn).is_some_and(|assignments| assignments.obstacle().is_some())
    };
    beside.any(is_unread).then(|| "the assignments of the sign-in application could not be read".to_owned())
}

fn missing(reading: &Reading) -> Finding {
    let profile = &reading.case.profile;
    let expected = format!("an application named like {}", profile.profile.names.join(" or "));
    let named = reading.case.settings.instance.is_some() && reading.facts.instances().len() > 1;
    let named = named.then(|| "only the applications of the instance that you chose were listed".to_owned());
    let found = match reading.listing.seen() {
        Some(listing) if listing.total > 0 => {
            let others: Vec<String> = listing.others.iter().map(|name| text::clean(name)).collect();
            let and = if listing.others.len() < listing.total { ", …" } else { "" };
            format!(
                "{}: {}{and}",
                text::count(listing.total, "other application", "other applications"),
                others.join(", ")
            )
        }
        _ => "no application at all".to_owned(),
    };
    Finding::fail(Cause::ApplicationMissing).expected_found(text::clean(&expected), found).note(named)
}

fn names(applications: &[&Application]) -> String {
    applications.iter().map(|application| text::clean(application.label())).collect::<Vec<_>>().join(", ")
}

fn describe(applications: &[&Application]) -> String {
    let one = |application: &&Application| {
        let account = application.account.as_ref().map(|account| format!(" of account {account}")).unwrap_or_default();
        let region =
            application.created_from.as_ref().map(|region| format!(", created in {region}")).unwrap_or_default();
        format!("{}{account}{region}", text::clean(application.label()))
    };
    applications.iter().map(one).collect::<Vec<_>>().join("; ")
}
