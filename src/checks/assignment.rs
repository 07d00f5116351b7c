//! Do the application's assignments reach the user?

use super::{
    Check, CheckId, CheckInput, Finding, Findings, Presence,
    groups::{explain_missing_path, lacks_every_path, require_view_of_access},
    names::{ReadNames, describe_unread_names, read_group_name, read_names},
};
use crate::{
    analysis::{
        CaseView,
        access::{ApplicationAccess, Assigned},
    },
    catalog::{Cause, Placeholder, Values},
    domain::Principal,
    facts::{Known, Operation},
    text,
};

pub(super) const CHECK: Check = Check {
    id: CheckId::Assignment,
    title: "Group may use {app}",
    label: "assignment",
    question: "Do the application's assignments reach the user?",
    // Whether a user who is assigned still exists is asked with DescribeUser.
    rests_on: &[
        Operation::ListGroupMembershipsForMember,
        Operation::ListApplicationAssignments,
        Operation::GetApplicationAssignmentConfiguration,
        Operation::DescribeGroup,
        Operation::DescribeUser,
    ],
    after: &[],
    presence: Presence::Always,
    judge: |input, _: &Findings| judge(input).unwrap_or_else(|finding| finding),
};

fn judge(input: &CheckInput) -> Result<Finding, Finding> {
    let view = require_view_of_access(input)?;
    if lacks_every_path(view) {
        return judge_without_path(view);
    }
    if let Some(access) = view.accesses.iter().find(|access| access.is_assigned()) {
        return Ok(judge_assigned(view, access));
    }
    if !view.accesses.iter().any(|access| access.is_open_to_all) {
        return Err(explain_missing_path(&view.accesses));
    }
    if !view.case.app.subscribing_assigns {
        return Ok(Finding::pass("no assignment is needed")
            .expected_found("no assignment is needed", "everybody in the directory may sign in"));
    }
    if let Some(missing) = view.accesses.iter().find(|access| access.assigned.value().is_none()) {
        return Err(Finding::of_missing(&missing.assigned));
    }
    // A subscription is looked for among the user's groups, also where no group is assigned.
    if let missing @ (Known::Pending | Known::Failed(_)) = view.list_memberships() {
        return Err(Finding::of_missing(&missing));
    }
    let names = read_names(view)?;
    Ok(Finding::warn(Cause::SubscriptionNotSeen)
        .expected_found("an assignment, which a subscription leaves behind", names.describe_assignments())
        .with_routes(names.list_routes())
        .with_note(names.describe_unread()))
}

fn judge_assigned(view: &CaseView, access: &ApplicationAccess) -> Finding {
    let application = text::clean(access.application.label());
    let (way, summary, unread) = match &access.assigned {
        Known::Value(Assigned::Through(memberships)) => {
            let names: Vec<String> =
                memberships.iter().map(|membership| text::clean(&read_group_name(view, &membership.group))).collect();
            let names = names.join(", ");
            (
                format!("through {names}"),
                format!("{names} may use {application}"),
                describe_unread_names(view, memberships),
            )
        }
        _ => ("directly".to_owned(), format!("no group is needed: the user may use {application}"), None),
    };
    let found = format!("{application} is assigned {way}");
    Finding::pass(summary).expected_found("an assignment that reaches the user", found).with_note(unread)
}

/// Nothing leads in: are the assignments wrong?
fn judge_without_path(view: &CaseView) -> Result<Finding, Finding> {
    let names = read_names(view)?;
    let Some(cause) = names.find_single_cause() else {
        return Ok(judge_unexplained(view, &names));
    };
    if cause == Cause::NotInEntitledGroup {
        return Err(Finding::waits_on(CheckId::Groups));
    }
    let finding = Finding::fail(cause);
    let finding = match (cause, &names.entitled) {
        (Cause::NoAssignments, _) => finding.expected_found("an assignment", "none at all"),
        (Cause::AssignmentOrphaned, _) => {
            let gone: Vec<&str> = names.gone.iter().map(|principal| principal.id()).collect();
            let found = format!("no longer in the directory: {}", gone.join(", "));
            let each = names.gone.iter().flat_map(|principal| list_values_of_gone(view, principal)).collect();
            Finding { each, ..finding.expected_found("assigned users or groups that exist", found) }
        }
        (Cause::GroupNotAssigned, Some(group)) => finding
            .expected_found(
                format!("{} among the assigned groups", text::clean(&group.name)),
                names.describe_assignments(),
            )
            .with_value(Placeholder::Group, group.name.as_str())
            .with_value(Placeholder::GroupId, group.id.as_str()),
        _ => {
            let count = text::count(names.principals.len(), "user is assigned", "users are assigned");
            finding.expected_found("the user, or one of the user's groups, among the assignments", count)
        }
    };
    Ok(finding.with_routes(names.list_routes()).with_note(names.describe_unread()).with_note(view.describe_narrowing()))
}

/// Nothing leads in, and what could not be read decides which cause it is.
fn judge_unexplained(view: &CaseView, names: &ReadNames) -> Finding {
    let codes: Vec<&str> = names.causes.iter().map(|cause| cause.code()).collect();
    Finding::fail(Cause::NoAccessPath)
        .expected_found("an assignment that reaches the user", format!("none; {}", names.describe_assignments()))
        .with_value(Placeholder::PossibleCauses, codes.join(", "))
        .with_value(Placeholder::Unread, names.describe_failed())
        .with_routes(names.list_routes())
        .with_note(view.describe_narrowing())
}

/// Returns the values of one fix for each application that a principal who is gone is assigned to.
fn list_values_of_gone(view: &CaseView, principal: &Principal) -> Vec<Values> {
    let mut each = Vec::new();
    for application in view.list_enabled_entitlements() {
        if !view.list_assignments(application).value().is_some_and(|assigned| assigned.contains(principal)) {
            continue;
        }
        let mut values = Values::default();
        values.set(Placeholder::ApplicationArn, application.arn.as_str());
        values.set(Placeholder::PrincipalId, principal.id());
        values.set(Placeholder::PrincipalType, if matches!(principal, Principal::User(_)) { "USER" } else { "GROUP" });
        each.push(values);
    }
    each
}
