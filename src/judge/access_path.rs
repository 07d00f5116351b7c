//! Is the user in a group that grants access, and do the application's assignments reach the user?
//!
//! Two checks over one picture: without a way in, exactly one of them fails.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{
    Finding,
    names::{ReadNames, name_of, read_names, unread_names},
};
use crate::{
    cause::Cause,
    diagnosis::{CheckId, Route},
    domain::{Application, Membership, Principal, UserId},
    facts::Slot,
    reading::{
        Reading,
        reach::{Assigned, Reach},
    },
    text,
    words::{Blank, Filling, Situation},
};

/// A membership younger than this may not have reached the application.
const PROPAGATION: SignedDuration = SignedDuration::from_hours(24);

/// The findings of `groups` and of `assignment`.
pub(super) fn judge(reading: &Reading) -> (Finding, Finding) {
    let reaches = reading.reaches();
    if reaches.iter().all(|reach| reach.path == Slot::Seen(false)) {
        return judge_without_path(reading);
    }
    (judge_groups(reading, &reaches), judge_assignment(reading, &reaches))
}

fn judge_groups(reading: &Reading, reaches: &[Reach]) -> Finding {
    if let Some(open) = reaches.iter().find(|reach| reach.open_to_all) {
        let name = text::clean(open.application.label());
        return Finding::pass(format!("no group is needed: {name} needs no assignment"))
            .expected_found("no group is needed", format!("{name} needs no assignment"));
    }
    if let Some(direct) = reaches.iter().find(|reach| reach.assigned == Slot::Seen(Assigned::Directly)) {
        let name = text::clean(direct.application.label());
        return Finding::pass(format!("no group is needed: the user is assigned to {name}"))
            .expected_found("no group is needed", format!("the user is assigned to {name} directly"));
    }
    let granting = reading.granting_memberships();
    let Some(first) = granting.first() else {
        return gap(reaches.iter().map(|reach| &reach.path));
    };
    let age = |membership: &Membership| age(reading.facts.aws_now(), membership.since?);
    let is_recent = |membership: &&Membership| age(membership).is_some_and(|age| age < PROPAGATION);
    let routes: Vec<Route> = granting.iter().map(|membership| granting_route(reading, membership)).collect();
    let names: Vec<&str> = routes.iter().map(|route| route.name.as_str()).collect();
    let undated = granting.iter().any(|membership| age(membership).is_none());
    let undated = undated.then(|| "it is not known since when the user is a member".to_owned());
    let unread = unread_names(reading, &granting);
    if granting.iter().all(is_recent) {
        if reaches.iter().any(|reach| reach.path.is_open()) {
            return Finding::running();
        }
        let since = first.since.map(|since| since.to_string()).unwrap_or_default();
        return Finding {
            routes: routes.clone(),
            ..Finding::warn(Cause::MembershipRecent)
                .expected_found(
                    "a membership at least 24 hours old",
                    format!("a member of {} since {since}", names.join(", ")),
                )
                .with(Blank::Group, name_of(reading, &first.group))
                .with(Blank::GroupId, first.group.as_str())
                .note(unread)
        };
    }
    let pass = Finding::pass(format!("access through {}", names.join(", ")));
    Finding { routes: routes.clone(), ..pass }
        .expected_found("a group that is assigned", format!("a member of {}", names.join(", ")))
        .note(undated)
        .note(unread)
}

/// How old a membership is, by AWS's clock. Clocks may differ a little; a date far in the future says nothing.
fn age(now: Timestamp, since: Timestamp) -> Option<SignedDuration> {
    let age = now.duration_since(since);
    (age > -PROPAGATION).then_some(age)
}

fn judge_assignment(reading: &Reading, reaches: &[Reach]) -> Finding {
    let reached = |reach: &&Reach| matches!(reach.assigned, Slot::Seen(Assigned::Directly | Assigned::Through(_)));
    if let Some(reach) = reaches.iter().find(reached) {
        let application = text::clean(reach.application.label());
        let (way, unread) = match &reach.assigned {
            Slot::Seen(Assigned::Through(memberships)) => {
                let names: Vec<String> =
                    memberships.iter().map(|membership| text::clean(&name_of(reading, &membership.group))).collect();
                (format!("through {}", names.join(", ")), unread_names(reading, memberships))
            }
            _ => ("directly".to_owned(), None),
        };
        return Finding::pass(format!("{application} is assigned {way}"))
            .expected_found("an assignment that reaches the user", format!("{application} is assigned {way}"))
            .note(unread);
    }
    if !reaches.iter().any(|reach| reach.open_to_all) {
        return gap(reaches.iter().map(|reach| &reach.path));
    }
    if !reading.case.profile.subscribing_assigns {
        return Finding::pass("no assignment is needed")
            .expected_found("no assignment is needed", "everybody in the directory may sign in");
    }
    if let Some(unseen) = reaches.iter().find(|reach| reach.assigned.seen().is_none()) {
        return Finding::of_gap(&unseen.assigned);
    }
    // A subscription is looked for among the user's groups, also where no group is assigned.
    if let gap @ (Slot::NotAsked | Slot::Blocked(_)) = reading.memberships() {
        return Finding::of_gap(&gap);
    }
    let Some(names) = read_names(reading) else {
        return Finding::running();
    };
    let finding = Finding::warn(Cause::SubscriptionNotSeen)
        .expected_found("an assignment, which a subscription leaves behind", names.found())
        .note(names.unread());
    Finding { routes: names.routes(), ..finding }
}

/// Nothing leads in: which of the causes is it?
fn judge_without_path(reading: &Reading) -> (Finding, Finding) {
    let principals = match reading.assigned_principals() {
        Slot::Seen(principals) => principals,
        gap => return (Finding::of_gap(&gap), Finding::of_gap(&gap)),
    };
    let Some(names) = read_names(reading) else {
        return (Finding::running(), Finding::running());
    };
    // Where no group is assigned, the way in is closed whatever the user's groups are; but which cause it is, they tell,
    // unless somebody who is assigned is gone.
    if let Slot::Blocked(obstacle) = reading.memberships()
        && !principals.is_empty()
        && names.gone.is_empty()
    {
        return (Finding::unknown(obstacle.clone()), Finding::unknown(obstacle));
    }
    let causes = names.possible_causes(!principals.is_empty());
    let cause = match causes.first() {
        Some(cause) if causes.len() == 1 => *cause,
        _ => return (Finding::waits_on(CheckId::Assignment), judge_unexplained(reading, &names, &causes)),
    };
    if cause == Cause::NotInEntitledGroup
        && let Some(group) = names.candidate()
    {
        let finding = Finding::fail(cause)
            .expected_found(format!("a member of an assigned group: {}", names.assigned_groups()), names.user_groups())
            .with(Blank::Group, group.name.as_str())
            .with(Blank::GroupId, group.id.as_str());
        let groups = Finding { routes: names.routes(), ..finding }.note(names.unread()).note(reading.narrowed());
        return (with_source(groups, group.external), Finding::waits_on(CheckId::Groups));
    }
    let groups = match (&names.entitled, reading.memberships()) {
        (Some(group), _) => Finding::pass(format!("in {}, which should grant access", text::clean(&group.name)))
            .expected_found("a group that should grant access", names.user_groups()),
        (None, Slot::Blocked(obstacle)) => Finding::unknown(obstacle),
        (None, _) => Finding::waits_on(CheckId::Assignment),
    };
    (groups, judge_closed_assignment(reading, cause, &principals, &names))
}

/// Nothing leads in, and it is not for want of a group: the assignments are wrong.
fn judge_closed_assignment(reading: &Reading, cause: Cause, principals: &[&Principal], names: &ReadNames) -> Finding {
    let finding = Finding::fail(cause);
    let finding = match (cause, &names.entitled) {
        (Cause::NoAssignments, _) => finding.expected_found("an assignment", "none at all"),
        (Cause::AssignmentOrphaned, _) => {
            let gone: Vec<&str> = names.gone.iter().map(|principal| principal.id()).collect();
            let found = format!("no longer in the directory: {}", gone.join(", "));
            let each = names.gone.iter().flat_map(|principal| gone_fillings(reading, principal)).collect();
            Finding { each, ..finding.expected_found("assigned users or groups that exist", found) }
        }
        (Cause::GroupNotAssigned, Some(group)) => finding
            .expected_found(format!("{} among the assigned groups", text::clean(&group.name)), names.found())
            .with(Blank::Group, group.name.as_str())
            .with(Blank::GroupId, group.id.as_str()),
        _ => {
            let count = text::count(principals.len(), "user is assigned", "users are assigned");
            finding.expected_found("the user, or one of the user's groups, among the assignments", count)
        }
    };
    let user = reading.user.seen().cloned().flatten();
    let finding =
        finding.with(Blank::UserId, user.as_ref().map(UserId::as_str).unwrap_or_default()).note(names.unread());
    Finding { routes: names.routes(), ..finding }.note(reading.narrowed())
}

/// Nothing leads in, and what could not be read decides which cause it is.
fn judge_unexplained(reading: &Reading, names: &ReadNames, causes: &BTreeSet<Cause>) -> Finding {
    let codes: Vec<&str> = causes.iter().map(|cause| cause.code()).collect();
    let finding = Finding::fail(Cause::NoAccessPath)
        .expected_found("an assignment that reaches the user", format!("none; {}", names.found()))
        .with(Blank::PossibleCauses, codes.join(", "))
        .with(Blank::Unread, names.failed());
    Finding { routes: names.routes(), ..finding }.note(reading.narrowed())
}

/// One for each application that the principal is assigned to.
fn gone_fillings(reading: &Reading, principal: &Principal) -> Vec<Filling> {
    let is_assigned = |application: &&Application| {
        let assignments = reading.facts.assignments.get(&application.arn).and_then(Slot::seen);
        assignments.is_some_and(|assigned| assigned.contains(principal))
    };
    let filling = |application: &Application| {
        let mut filling = Filling::default();
        filling.set(Blank::ApplicationArn, application.arn.as_str());
        filling.set(Blank::PrincipalId, principal.id());
        filling.set(Blank::PrincipalType, if matches!(principal, Principal::User(_)) { "USER" } else { "GROUP" });
        filling
    };
    reading.enabled().into_iter().filter(is_assigned).map(filling).collect()
}

fn with_source(finding: Finding, external: Option<bool>) -> Finding {
    match external {
        Some(true) => finding.when(Situation::External),
        Some(false) => finding.when(Situation::Local),
        None => finding.when(Situation::SourceUnread),
    }
}

/// The first gap among several: running while one is open, else the obstacle.
fn gap<'a>(slots: impl Iterator<Item = &'a Slot<bool>> + Clone) -> Finding {
    if slots.clone().any(Slot::is_open) {
        return Finding::running();
    }
    let mut slots = slots;
    slots.find(|slot| slot.obstacle().is_some()).map_or_else(Finding::running, Finding::of_gap)
}

fn granting_route(reading: &Reading, membership: &Membership) -> Route {
    let why = "assigned, and the user is a member".to_owned();
    Route {
        name: text::clean(&name_of(reading, &membership.group)),
        id: text::clean(membership.group.as_str()),
        grants: true,
        fixed: false,
        why,
    }
}
