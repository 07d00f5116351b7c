//! Are the service-linked roles in the account that owns the application?

use super::{Check, CheckId, CheckInput, Finding, Findings, Presence, Status};
use crate::{
    analysis::{CaseView, instances},
    case::ServiceLinkedRole,
    catalog::{Cause, Placeholder, Values},
    domain::{AccountId, Application, Role},
    facts::{Failure, FailureKind, GetRole, Known, Operation},
    text,
};

pub(super) const CHECK: Check = Check {
    id: CheckId::Roles,
    title: "AWS set-up",
    label: "roles",
    question: "Are the service-linked roles in the account that owns the application?",
    rests_on: &[Operation::GetRole],
    after: &[],
    presence: Presence::Always,
    judge: |input, _: &Findings| judge(input).unwrap_or_else(|finding| finding),
};

/// Where the roles have to be, for the applications that grant access.
#[derive(PartialEq, Eq)]
enum Place {
    /// In the caller's account, for all of them.
    Here,
    /// In the caller's account for some, elsewhere for others.
    Mixed,
    /// In another account.
    Elsewhere(Vec<AccountId>),
    /// AWS does not say in which account.
    Unreported,
}

fn judge(input: &CheckInput) -> Result<Finding, Finding> {
    if input.list_candidates().is_some() {
        return Err(Finding::waits_on(CheckId::Application));
    }
    let view = input.require_view()?;
    match &view.entitlements {
        Known::Pending => return Err(Finding::behind(CheckId::Application)),
        Known::Value(applications) if !applications.is_empty() => {}
        Known::Value(_) | Known::Failed(_) => return Err(Finding::waits_on(CheckId::Application)),
    }
    if view.case.app.service_linked_roles.is_empty() {
        return Ok(Finding::pass("the application needs no service-linked role"));
    }
    let caller = match instances::find_caller(view.case, view.facts) {
        Known::Value(caller) => &caller.account,
        Known::Pending => return Err(Finding::behind(CheckId::Access)),
        Known::Failed(failure) if !failure.is_denied() => return Err(Finding::waits_on(CheckId::Access)),
        denied @ Known::Failed(_) => return Err(Finding::of_missing(&denied)),
    };
    match view.find_granting_sets().find_consensus(|set| judge_at(view, caller, find_place(set, caller))) {
        Known::Value(finding) => Ok(finding),
        missing => Err(Finding::of_missing(&missing)),
    }
}

fn judge_at(view: &CaseView, caller: &AccountId, place: Place) -> Finding {
    match place {
        Place::Here => judge_roles(view, caller),
        Place::Mixed => {
            let own = judge_roles(view, caller);
            if own.status() == Some(Status::Fail) { skip_elsewhere(caller, &[]) } else { own }
        }
        Place::Elsewhere(accounts) => skip_elsewhere(caller, &accounts),
        Place::Unreported => {
            let message = "AWS does not say which account owns the application";
            let failure = Failure::new(FailureKind::Malformed, Operation::ListApplications, message);
            Finding::unknown(failure.about(&view.instance.region, view.instance.arn.as_str()))
        }
    }
}

fn find_place(applications: &[&Application], caller: &AccountId) -> Place {
    let accounts: Vec<Option<&AccountId>> =
        applications.iter().map(|application| application.account.as_ref()).collect();
    if accounts.iter().all(|account| *account == Some(caller)) {
        Place::Here
    } else if accounts.contains(&Some(caller)) {
        Place::Mixed
    } else if accounts.iter().any(Option::is_none) {
        Place::Unreported
    } else {
        let mut accounts: Vec<AccountId> = accounts.into_iter().flatten().cloned().collect();
        accounts.sort();
        accounts.dedup();
        Place::Elsewhere(accounts)
    }
}

/// Returns the finding where another account owns the application: nothing is said, and nothing waits.
fn skip_elsewhere(caller: &AccountId, accounts: &[AccountId]) -> Finding {
    let names: Vec<&str> = accounts.iter().map(AccountId::as_str).collect();
    let which = if names.is_empty() { "another account".to_owned() } else { format!("account {}", names.join(" or ")) };
    Finding::skipped(format!("not seen from {caller}: use credentials of {which}")).expected_found(
        format!("the roles in {which}, which owns the application"),
        format!("these credentials are of account {caller}"),
    )
}

fn judge_roles(view: &CaseView, account: &AccountId) -> Finding {
    let roles = &view.case.app.service_linked_roles;
    let answers: Vec<(&ServiceLinkedRole, Known<&Option<Role>>)> =
        roles.iter().map(|role| (role, read_role(view, role))).collect();
    let expected = text::clean(&format!("in account {account}: {}", list_names(roles.iter())));
    let missing: Vec<&ServiceLinkedRole> =
        answers.iter().filter(|(_, read)| *read == Known::Value(&None)).map(|(role, _)| *role).collect();
    if let Some(first) = missing.first() {
        let names = list_names(missing.iter().copied());
        let finding = Finding::fail(Cause::ServiceRoleMissing)
            .expected_found(expected, format!("missing: {}", text::clean(&names)))
            .with_value(Placeholder::Role, names)
            .with_value(Placeholder::ApplicationAccount, account.as_str())
            .with_value(Placeholder::RoleService, first.service.as_str());
        let each = missing.iter().map(|role| list_values_of(role, write_arn(view, account, &role.path(), &role.name)));
        return Finding { each: each.collect(), ..finding };
    }
    for (role, read) in &answers {
        if let Known::Value(Some(read)) = read
            && (read.path != role.path() || !read.trusted_services.contains(&role.service))
        {
            let arn = write_arn(view, account, &read.path, &role.name);
            return judge_altered(account, role, read).with_value(Placeholder::RoleArn, arn);
        }
    }
    let pending = answers.iter().find(|(_, read)| read.is_pending());
    if let Some((_, missing)) = pending.or_else(|| answers.iter().find(|(_, read)| read.failure().is_some())) {
        return Finding::of_missing(missing);
    }
    Finding::pass(format!("{} in {account}", text::count(roles.len(), "role", "roles")))
        .expected_found(expected, "all there, as AWS makes them")
}

fn judge_altered(account: &AccountId, role: &ServiceLinkedRole, read: &Role) -> Finding {
    let found = format!("{} has the path {} and trusts {}", role.name, read.path, read.trusted_services.join(", "));
    Finding::fail(Cause::ServiceRoleAltered)
        .expected_found(format!("path {}, trusting {}", role.path(), role.service), text::clean(&found))
        .with_value(Placeholder::Role, role.name.as_str())
        .with_value(Placeholder::ApplicationAccount, account.as_str())
}

fn read_role<'a>(view: &CaseView<'a>, role: &ServiceLinkedRole) -> Known<&'a Option<Role>> {
    view.facts.get(GetRole { region: view.case.settings.home_region(), name: role.name.clone() })
}

fn list_names<'a>(roles: impl Iterator<Item = &'a ServiceLinkedRole>) -> String {
    roles.map(|role| role.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn write_arn(view: &CaseView, account: &AccountId, path: &str, name: &str) -> String {
    format!("arn:{}:iam::{account}:role{path}{name}", view.instance.arn.partition())
}

fn list_values_of(role: &ServiceLinkedRole, arn: String) -> Values {
    let mut values = Values::default();
    values.set(Placeholder::Role, role.name.as_str());
    values.set(Placeholder::RoleService, role.service.as_str());
    values.set(Placeholder::RoleArn, arn);
    values
}
