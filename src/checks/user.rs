//! Is the user in this directory, under this name, enabled?

use super::{Check, CheckId, CheckInput, Finding, Findings, Presence};
use crate::{
    analysis::{CaseView, found_user::FoundUser, instances, suggestions::read_names, user},
    case::Case,
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
    presence: Presence::Always,
    judge: |input, _: &Findings| judge(input).unwrap_or_else(|finding| finding),
};

fn judge(input: &CheckInput) -> Result<Finding, Finding> {
    if let Some(candidates) = input.list_candidates() {
        return Err(Finding::of_missing(&instances::find_missing_answer(input.case, input.facts, candidates)));
    }
    let view = input.require_view()?;
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
                    .with_value(Placeholder::OtherIdentityStore, store);
            }
            failed => missing = missing.or_else(|| Some(failed.map_failure(Failure::of_another_instance))),
        }
    }
    if let Some(missing) = missing {
        return Finding::of_missing(&missing);
    }
    let mut tried: Vec<String> = case.user.lookups().iter().map(describe_key).collect();
    if case.user.is_person_name() {
        tried.push(format!("the name {}, among all users", text::clean(case.user.as_str())));
    }
    let finding =
        Finding::fail(Cause::UserNotFound).expected_found(expected, format!("nobody by {}", tried.join(", ")));
    let names = match read_names(case, facts, instance) {
        Known::Value(names) => names,
        Known::Failed(_) => {
            return finding.with_note(Some(
                "names like this one could not be looked for: listing users was not possible".to_owned(),
            ));
        }
        // Suggestions are a help, not a fact to wait for; the check is running until they are there.
        Known::Pending if facts.closed.is_none() => return Finding::running(),
        Known::Pending => return finding,
    };
    let partly = (!names.complete)
        .then(|| format!("{} were compared; the directory has more", text::count(names.read, "user", "users")));
    finding.with_value(Placeholder::Suggestions, names.close.join(", ")).with_note(partly)
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
    let user = match view.read_user_record() {
        Known::Value(user) => user,
        missing => return Finding::of_missing(&missing),
    };
    let name = user.user_name.as_deref().unwrap_or_else(|| view.case.user.as_str());
    let shown = format!("{} ({})", text::clean(name), found.id);
    let status = user.enabled.is_none().then(|| "AWS does not say whether the user is enabled".to_owned());
    let finding = if user.enabled == Some(false) {
        Finding::fail(Cause::UserDisabled).expected_found("an enabled user", format!("{shown} is DISABLED"))
    } else if let Some(differs) = judge_typed_name(view.case, user, &shown) {
        differs.with_note(status)
    } else {
        let found_by = found.describe_key(view.case, Some(user));
        let summary = [Some(text::clean(name)), found_by.map(|how| format!("found {how}"))];
        let summary: Vec<String> = summary.into_iter().flatten().collect();
        judge_source(view, user, &shown, &summary.join(", "))
            .with_note(status)
            .with_note(note_on_typed_name(view.case, user))
    };
    finding
        .with_value(Placeholder::UserName, name)
        .with_value(Placeholder::UserId, found.id.as_str())
        .with_condition(if user.external { Condition::External } else { Condition::Local })
}

/// Returns what is wrong with the name that the user typed into Identity Center's own page. Who comes from an external
/// provider types none there, and what the directory does not say contradicts nothing.
fn judge_typed_name(case: &Case, user: &User, shown: &str) -> Option<Finding> {
    let typed = case.typed_user()?;
    let name = user.user_name.as_deref()?;
    if user.external || typed == name {
        return None;
    }
    let is_typed = |other: &str| other.to_lowercase() == typed.to_lowercase();
    let what = if is_typed(name) {
        "the user name in another letter case"
    } else if user.emails.iter().any(|email| is_typed(email)) {
        "the e-mail address"
    } else {
        "another name"
    };
    let typed_shown = text::clean(&typed);
    Some(
        Finding::warn(Cause::UserNameDiffers)
            .expected_found(format!("the user name {shown}"), format!("typed: {typed_shown}, {what}"))
            .with_value(Placeholder::TypedUser, typed),
    )
}

/// Returns what can be said of the name that the user typed, where it is not wrong.
fn note_on_typed_name(case: &Case, user: &User) -> Option<String> {
    let typed = text::clean(&case.typed_user()?);
    Some(match &user.user_name {
        _ if user.external => {
            format!("{typed} was not judged: this user signs in at the identity provider, not with a user name here")
        }
        None => format!("{typed} was not judged: AWS does not say the user name"),
        Some(_) => format!("{typed}, which was typed as the user name, is right"),
    })
}

fn judge_source(view: &CaseView, user: &User, shown: &str, name: &str) -> Finding {
    let is_open = view.facts.closed.is_none();
    let differs = differs_in_source(view, user);
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
    Finding::pass(format!("{name}, {source}")).expected_found("an enabled user of this name", shown).with_note(note)
}

/// Returns true when the user was made in the directory while another member of a granting group comes from outside.
fn differs_in_source(view: &CaseView, user: &User) -> Known<bool> {
    if user.external {
        return Known::Value(false);
    }
    if view.accesses.iter().any(|access| access.assigned.is_pending()) || view.entitlements.is_pending() {
        return Known::Pending;
    }
    let mut missing: Option<Known<bool>> = None;
    for group in view.list_groups_to_compare() {
        let members = view.list_some_members(&group);
        if members.value().is_none() {
            missing = missing.or_else(|| Some(members.map(|_| false)));
        }
    }
    for id in view.list_members_to_compare() {
        match view.read_compared_member(&id) {
            Known::Value(Some(other)) if other.external => return Known::Value(true),
            Known::Value(_) => {}
            other => missing = missing.or_else(|| Some(other.map(|_| false))),
        }
    }
    missing.unwrap_or(Known::Value(false))
}
