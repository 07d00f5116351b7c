//! Is the user in this directory, under this name, enabled?

use super::{Check, CheckId, CheckInput, Finding, Findings, always};
use crate::{
    analysis::{
        CaseView, instances,
        suggestions::read_names,
        user::{self, FoundUser},
    },
    catalog::{Cause, Condition, Placeholder},
    domain::{LookupKey, User},
    facts::{Failure, Known, Operation},
    text,
};

pub(super) const CHECK: Check = Check {
    id: CheckId::User,
    title: "User",
    label: "user",
    question: "Is the user in this directory, under this name, enabled?",
    rests_on: &[Operation::GetUserId, Operation::DescribeUser, Operation::ListUsers, Operation::ListGroupMemberships],
    after: &[],
    applies: always,
    judge: |input, _: &Findings| judge(input).unwrap_or_else(|finding| finding),
};

fn judge(input: &CheckInput) -> Result<Finding, Finding> {
    if let Some(candidates) = input.candidates() {
        return Err(Finding::of_missing(&instances::find_doubt(input.case, input.facts, candidates)));
    }
    let view = input.view()?;
    match &view.user {
        Known::Value(Some(found)) => Ok(judge_found(view, found)),
        Known::Value(None) => Ok(judge_absent(view)),
        missing => Err(Finding::of_missing(missing)),
    }
}

fn judge_absent(view: &CaseView) -> Finding {
    let CaseView { case, facts, instance, .. } = view;
    // A Region that is still asked may have the directory that the user is in.
    if instances::search_ended(case, facts).is_pending() && facts.closed.is_none() {
        return Finding::behind(CheckId::Instance);
    }
    let expected = format!("{} in {}", text::clean(case.user.as_str()), instance.identity_store);
    let mut missing = None;
    for other in facts.instances().into_iter().filter(|other| other.arn != instance.arn) {
        match user::is_known(case, facts, other) {
            Known::Value(false) => {}
            Known::Value(true) => {
                let store = other.identity_store.as_str();
                return Finding::fail(Cause::UserInOtherDirectory)
                    .expected_found(expected, format!("the user is in {store}, of {}", other.arn))
                    .with(Placeholder::OtherIdentityStore, store);
            }
            failed => missing = missing.or_else(|| Some(failed.map_failure(Failure::of_another_instance))),
        }
    }
    if let Some(missing) = missing {
        return Finding::of_missing(&missing);
    }
    let tried: Vec<String> = case.user.lookups().iter().map(describe_key).collect();
    let finding =
        Finding::fail(Cause::UserNotFound).expected_found(expected, format!("nobody by {}", tried.join(", ")));
    let names = match read_names(case, facts, instance) {
        Known::Value(names) => names,
        Known::Failed(_) => {
            return finding
                .note(Some("names like this one could not be looked for: listing users was not possible".to_owned()));
        }
        // Suggestions are a help, not a fact to wait for; the check is running until they are there.
        Known::Pending if facts.closed.is_none() => return Finding::running(),
        Known::Pending => return finding,
    };
    let partly = (!names.complete)
        .then(|| format!("{} were compared; the directory has more", text::count(names.read, "user", "users")));
    finding.with(Placeholder::Suggestions, names.close.join(", ")).note(partly)
}

fn describe_key(key: &LookupKey) -> String {
    let value = text::clean(key.value());
    match key {
        LookupKey::UserName(_) => format!("the user name {value}"),
        LookupKey::Email(_) => format!("the e-mail address {value}"),
        LookupKey::Id(_) => format!("the user id {value}"),
    }
}

fn judge_found(view: &CaseView, found: &FoundUser) -> Finding {
    let user = match view.user_record() {
        Known::Value(user) => user,
        missing => return Finding::of_missing(&missing),
    };
    let typed = view.case.user.as_str();
    let name = user.user_name.as_deref().unwrap_or(typed);
    let shown = format!("{} ({})", text::clean(name), found.id);
    let status = user.enabled.is_none().then(|| "AWS does not say whether the user is enabled".to_owned());
    let finding = if user.enabled == Some(false) {
        Finding::fail(Cause::UserDisabled).expected_found("an enabled user", format!("{shown} is DISABLED"))
    } else if !matches!(found.key, LookupKey::Id(_)) && user.user_name.as_deref().is_some_and(|name| name != typed) {
        Finding::warn(Cause::UserNameDiffers)
            .expected_found(
                format!("the user name {}", text::clean(typed)),
                format!("the directory has the user name {shown}"),
            )
            .note(status)
    } else {
        judge_source(view, user, &shown, &text::clean(name)).note(status)
    };
    finding.with(Placeholder::UserName, name).with(Placeholder::UserId, found.id.as_str()).when(if user.external {
        Condition::External
    } else {
        Condition::Local
    })
}

fn judge_source(view: &CaseView, user: &User, shown: &str, name: &str) -> Finding {
    let is_open = view.facts.closed.is_none();
    let differs = source_differs(view, user);
    if differs == Known::Value(true) {
        return Finding::warn(Cause::IdentitySourceMismatch).expected_found(
            "provisioned like the other members of the granting groups",
            format!("{shown} was made in the directory"),
        );
    }
    if differs.is_pending() && is_open {
        return if view.entitlements.is_pending() { Finding::behind(CheckId::Application) } else { Finding::running() };
    }
    let note = differs.failure().map(|_| "where the other members come from could not be seen".to_owned());
    let source = if user.external { "from the identity provider" } else { "made in the directory" };
    Finding::pass(format!("{name}, {source}")).expected_found("an enabled user of this name", shown).note(note)
}

/// Returns true when the user was made in the directory while another member of a granting group comes from outside.
fn source_differs(view: &CaseView, user: &User) -> Known<bool> {
    if user.external {
        return Known::Value(false);
    }
    if view.accesses.iter().any(|access| access.assigned.is_pending()) || view.entitlements.is_pending() {
        return Known::Pending;
    }
    let mut missing: Option<Known<bool>> = None;
    for group in view.groups_to_compare() {
        let members = view.facts.get(view.members_of(&group));
        if members.value().is_none() {
            missing = missing.or_else(|| Some(members.map(|_| false)));
        }
    }
    for id in view.members_to_compare() {
        match view.compared_member(&id) {
            Known::Value(Some(other)) if other.external => return Known::Value(true),
            Known::Value(_) => {}
            other => missing = missing.or_else(|| Some(other.map(|_| false))),
        }
    }
    missing.unwrap_or(Known::Value(false))
}
