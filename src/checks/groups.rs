//! Is the user in a group that grants access?

use jiff::{SignedDuration, Timestamp};

use super::{
    Check, CheckId, CheckInput, Finding, Findings, Presence, Route, application,
    names::{ReadNames, describe_unread_names, read_group_name, read_names},
};
use crate::{
    analysis::{
        CaseView,
        access::{ApplicationAccess, Assigned},
    },
    catalog::{Cause, Condition, Placeholder},
    domain::Membership,
    facts::{Known, Operation},
    text,
};

pub(super) const CHECK: Check = Check {
    id: CheckId::Groups,
    title: "Groups",
    label: "group",
    question: "Is the user in a group that grants access?",
    rests_on: &[
        Operation::ListGroupMembershipsForMember,
        Operation::ListApplicationAssignments,
        Operation::GetApplicationAssignmentConfiguration,
        Operation::DescribeGroup,
    ],
    after: &[],
    presence: Presence::Always,
    judge: |input, _: &Findings| judge(input).unwrap_or_else(|finding| finding),
};

/// A membership younger than this may not have reached the application.
const PROPAGATION: SignedDuration = SignedDuration::from_hours(24);

fn judge(input: &CheckInput) -> Result<Finding, Finding> {
    let view = require_view_of_access(input)?;
    if lacks_every_path(view) {
        return judge_without_path(view);
    }
    if let Some(open) = view.accesses.iter().find(|access| access.is_open_to_all) {
        let name = text::clean(open.application.label());
        let found = format!("{name} needs no assignment");
        return Ok(Finding::pass(format!("no group is needed: {found}")).expected_found("no group is needed", found));
    }
    if let Some(direct) = view.accesses.iter().find(|access| access.assigned == Known::Value(Assigned::Directly)) {
        let name = text::clean(direct.application.label());
        return Ok(Finding::pass(format!("no group is needed: the user is assigned to {name}"))
            .expected_found("no group is needed", format!("the user is assigned to {name} directly")));
    }
    let granting = view.list_granting_memberships();
    match granting.first() {
        Some(first) => Ok(judge_granting(view, &granting, first)),
        None => Err(explain_missing_path(&view.accesses)),
    }
}

/// Returns the view in which groups and assignments can be judged.
///
/// # Errors
/// If the user or the application is in the way: with the finding that waits on it.
pub(super) fn require_view_of_access<'a, 'b>(input: &'b CheckInput<'a>) -> Result<&'b CaseView<'a>, Finding> {
    if input.list_candidates().is_some() {
        return Err(Finding::waits_on(CheckId::User));
    }
    let view = input.require_view()?;
    match &view.user {
        Known::Value(None) | Known::Failed(_) => return Err(Finding::waits_on(CheckId::User)),
        Known::Pending => return Err(Finding::behind(CheckId::User)),
        Known::Value(Some(_)) => {}
    }
    // Whether the application as such is in the way is a matter of facts, not of how its check went.
    if view.list_enabled_entitlements().is_empty() || view.find_unreported_entitlement().is_some() {
        return Err(if application::judge_view(view).is_running() {
            Finding::behind(CheckId::Application)
        } else {
            Finding::waits_on(CheckId::Application)
        });
    }
    Ok(view)
}

/// Returns true when it is proven that nothing leads the user in.
pub(super) fn lacks_every_path(view: &CaseView) -> bool {
    view.accesses.iter().all(|access| access.has_path == Known::Value(false))
}

/// Returns the finding where no path is known and none is ruled out: running while one is pending, else unknown.
pub(super) fn explain_missing_path(accesses: &[ApplicationAccess]) -> Finding {
    if accesses.iter().any(|access| access.has_path.is_pending()) {
        return Finding::running();
    }
    let failed = accesses.iter().find(|access| access.has_path.failure().is_some());
    failed.map_or_else(Finding::running, |access| Finding::of_missing(&access.has_path))
}

fn judge_granting(view: &CaseView, granting: &[&Membership], first: &Membership) -> Finding {
    let routes: Vec<Route> = granting.iter().map(|membership| describe_granting_route(view, membership)).collect();
    let names: Vec<&str> = routes.iter().map(|route| route.name.as_str()).collect();
    let names = names.join(", ");
    let ages: Vec<Option<SignedDuration>> =
        granting.iter().map(|membership| measure_age(view.facts.aws_now(), membership.since?)).collect();
    let unread = describe_unread_names(view, granting);
    if ages.iter().all(|age| age.is_some_and(|age| age < PROPAGATION)) {
        if view.accesses.iter().any(|access| access.has_path.is_pending()) {
            return Finding::running();
        }
        // The first membership to be a day old is enough.
        let oldest = granting.iter().min_by_key(|membership| membership.since).unwrap_or(&first);
        let since = oldest.since.map_or_else(|| "an unknown time".to_owned(), |since| since.to_string());
        let until = oldest.since.and_then(|since| since.checked_add(PROPAGATION).ok());
        let now = view.facts.aws_now();
        let since_in_words = oldest.since.map(|since| text::describe_past(now, since)).unwrap_or_default();
        let finding = Finding::warn(Cause::MembershipRecent)
            .expected_found("a membership at least 24 hours old", format!("a member of {names} since {since}"))
            .with_value(Placeholder::Group, read_group_name(view, &oldest.group))
            .with_value(Placeholder::GroupId, oldest.group.as_str())
            .with_value(Placeholder::Since, since_in_words)
            .with_value(Placeholder::Until, until.map(|until| text::describe_future(now, until)).unwrap_or_default())
            .with_routes(routes)
            .with_note(unread);
        return Finding { until, ..finding };
    }
    let is_undated = ages.iter().any(Option::is_none);
    Finding::pass(format!("access through {names}"))
        .expected_found("a group that is assigned", format!("a member of {names}"))
        .with_routes(routes)
        .with_note(is_undated.then(|| "it is not known since when the user is a member".to_owned()))
        .with_note(unread)
}

/// Returns how old a membership is, by AWS's clock. Clocks may differ a little; a date far in the future says nothing.
fn measure_age(now: Timestamp, since: Timestamp) -> Option<SignedDuration> {
    let age = now.duration_since(since);
    (age > -PROPAGATION).then_some(age)
}

fn describe_granting_route(view: &CaseView, membership: &Membership) -> Route {
    Route {
        name: text::clean(&read_group_name(view, &membership.group)),
        id: text::clean(membership.group.as_str()),
        grants: true,
        fixed: false,
        why: "assigned, and the user is a member".to_owned(),
    }
}

/// Nothing leads in: is it for want of a group?
fn judge_without_path(view: &CaseView) -> Result<Finding, Finding> {
    let names = read_names(view)?;
    if names.find_single_cause() == Some(Cause::NotInEntitledGroup) {
        return Ok(judge_membership(view, &names));
    }
    if names.find_single_cause().is_none() {
        return Err(Finding::waits_on(CheckId::Assignment));
    }
    match (&names.entitled, view.list_memberships()) {
        (Some(group), _) => Ok(Finding::pass(format!("in {}, which should grant access", text::clean(&group.name)))
            .expected_found("a group that should grant access", names.describe_own_groups())),
        (None, Known::Failed(failure)) => Err(Finding::unknown(failure)),
        (None, _) => Err(Finding::waits_on(CheckId::Assignment)),
    }
}

fn judge_membership(view: &CaseView, names: &ReadNames) -> Finding {
    let expected = format!("a member of an assigned group: {}", names.describe_assigned_groups());
    let finding = Finding::fail(Cause::NotInEntitledGroup)
        .expected_found(expected, names.describe_own_groups())
        .with_routes(names.list_routes())
        .with_note(names.describe_unread())
        .with_note(view.describe_narrowing());
    let Some(group) = names.find_group_to_join() else {
        return finding;
    };
    let source = match group.external {
        Some(true) => Condition::External,
        Some(false) => Condition::Local,
        None => Condition::SourceUnread,
    };
    finding
        .with_value(Placeholder::Group, group.name.as_str())
        .with_value(Placeholder::GroupId, group.id.as_str())
        .with_value(Placeholder::Groups, names.list_choices())
        .with_condition(source)
}
