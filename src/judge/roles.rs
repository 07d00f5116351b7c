//! Are the service-linked roles in the account that owns the application?

use super::Finding;
use crate::{
    app_profile::ServiceLinkedRole,
    cause::Cause,
    diagnosis::{CheckId, Status},
    domain::{AccountId, Application, Role},
    facts::{Obstacle, ObstacleKind, Slot},
    operation::Operation,
    reading::{Reading, reach::Grantors},
    text,
    words::{Blank, Filling},
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
    Unsaid,
}

pub(super) fn judge(reading: &Reading, grantors: &Grantors) -> Finding {
    match &reading.profile_applications {
        Slot::NotAsked => return Finding::behind(CheckId::Application),
        Slot::Seen(applications) if !applications.is_empty() => {}
        Slot::Seen(_) | Slot::Blocked(_) => return Finding::waits_on(CheckId::Application),
    }
    let roles = &reading.case.profile.service_linked_roles;
    if roles.is_empty() {
        return Finding::pass("the application needs no service-linked role");
    }
    let caller = match &reading.facts.caller {
        Slot::Seen(caller) => &caller.account,
        Slot::NotAsked => return Finding::behind(CheckId::Access),
        Slot::Blocked(obstacle) if !obstacle.is_denied() => return Finding::waits_on(CheckId::Access),
        denied @ Slot::Blocked(_) => return Finding::of_gap(denied),
    };
    match grantors.agree(|applications| judge_at(reading, caller, roles, place(applications, caller))) {
        Slot::Seen(finding) => finding,
        gap => Finding::of_gap(&gap),
    }
}

fn judge_at(reading: &Reading, caller: &AccountId, roles: &[ServiceLinkedRole], place: Place) -> Finding {
    match place {
        Place::Here => judge_roles(reading, caller, roles),
        Place::Mixed => {
            let own = judge_roles(reading, caller, roles);
            if own.status == Some(Status::Fail) { elsewhere(caller, &[]) } else { own }
        }
        Place::Elsewhere(accounts) => elsewhere(caller, &accounts),
        Place::Unsaid => {
            let message = "AWS does not say which account owns the application";
            let obstacle = Obstacle::new(ObstacleKind::Malformed, Operation::ListApplications, message);
            Finding::unknown(obstacle.about(&reading.instance.region, reading.instance.arn.as_str()))
        }
    }
}

fn place(applications: &[&Application], caller: &AccountId) -> Place {
    let accounts: Vec<Option<&AccountId>> =
        applications.iter().map(|application| application.account.as_ref()).collect();
    if accounts.iter().all(|account| *account == Some(caller)) {
        Place::Here
    } else if accounts.contains(&Some(caller)) {
        Place::Mixed
    } else if accounts.iter().any(Option::is_none) {
        Place::Unsaid
    } else {
        let mut accounts: Vec<AccountId> = accounts.into_iter().flatten().cloned().collect();
        accounts.sort();
        accounts.dedup();
        Place::Elsewhere(accounts)
    }
}

/// Another account owns the application: nothing is said, and nothing waits.
fn elsewhere(caller: &AccountId, accounts: &[AccountId]) -> Finding {
    let names: Vec<&str> = accounts.iter().map(AccountId::as_str).collect();
    let which = if names.is_empty() { "another account".to_owned() } else { format!("account {}", names.join(" or ")) };
    Finding {
        status: Some(Status::Skipped),
        summary: format!("not seen from {caller}: use credentials of {which}"),
        expected: Some(format!("the roles in {which}, which owns the application")),
        found: Some(format!("these credentials are of account {caller}")),
        ..Finding::default()
    }
}

fn judge_roles(reading: &Reading, account: &AccountId, roles: &[ServiceLinkedRole]) -> Finding {
    let slot = |role: &ServiceLinkedRole| reading.facts.roles.get(&role.name).unwrap_or(&Slot::NotAsked);
    let missing: Vec<&ServiceLinkedRole> = roles.iter().filter(|role| *slot(role) == Slot::Seen(None)).collect();
    let altered: Vec<(&ServiceLinkedRole, &Role)> = roles
        .iter()
        .filter_map(|role| Some((role, slot(role).seen()?.as_ref()?)))
        .filter(|(role, seen)| seen.path != role.path() || !seen.trusted_services.contains(&role.service))
        .collect();
    let names =
        |roles: &[&ServiceLinkedRole]| roles.iter().map(|role| role.name.as_str()).collect::<Vec<_>>().join(", ");
    let all: Vec<&ServiceLinkedRole> = roles.iter().collect();
    let expected = format!("in account {account}: {}", names(&all));
    if let Some(first) = missing.first() {
        let finding = Finding::fail(Cause::ServiceRoleMissing)
            .expected_found(text::clean(&expected), format!("missing: {}", text::clean(&names(&missing))))
            .with(Blank::Role, names(&missing))
            .with(Blank::ApplicationAccount, account.as_str())
            .with(Blank::RoleService, first.service.as_str());
        return Finding { each: missing.iter().map(|role| filling(role)).collect(), ..finding };
    }
    if let Some((role, seen)) = altered.first() {
        let found = format!("{} has the path {} and trusts {}", role.name, seen.path, seen.trusted_services.join(", "));
        return Finding::fail(Cause::ServiceRoleAltered)
            .expected_found(format!("path {}, trusting {}", role.path(), role.service), text::clean(&found))
            .with(Blank::Role, role.name.as_str())
            .with(Blank::ApplicationAccount, account.as_str());
    }
    if let Some(gap) = roles
        .iter()
        .map(slot)
        .find(|slot| slot.is_open())
        .or_else(|| roles.iter().map(slot).find(|slot| slot.seen().is_none()))
    {
        return Finding::of_gap(gap);
    }
    Finding::pass(format!("{} in {account}", text::count(roles.len(), "role", "roles")))
        .expected_found(text::clean(&expected), "all there, as AWS makes them")
}

fn filling(role: &ServiceLinkedRole) -> Filling {
    let mut filling = Filling::default();
    filling.set(Blank::Role, role.name.as_str());
    filling.set(Blank::RoleService, role.service.as_str());
    filling
}
