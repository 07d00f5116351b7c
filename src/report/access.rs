//! Who the operator is to AWS, and which calls work: the report of `sso-doctor access`.

use std::fmt::Write;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{diagnosis::Diagnosis, write_fix_steps};
use crate::{
    analysis::instances,
    case::Case,
    checks::CheckId,
    domain::{Caller, Instance},
    facts::{Call, Facts, Known, ListApplications, Operation, Outcome},
    text,
};

/// What somebody can see with their credentials.
#[derive(Debug)]
pub struct AccessReport {
    account: Option<String>,
    arn: Option<String>,
    profile: Option<String>,
    region: Option<String>,
    session_ends: Option<Timestamp>,
    relation: Relation,
    checks: Vec<(CheckId, Vec<(Operation, Seen)>)>,
    now: Timestamp,
    app_name: String,
}

/// What the credentials' account is to the instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It owns the instance: the organization's management account.
    Management,
    /// It sees what the management account sees.
    DelegatedAdministrator,
    /// It sees its own applications only.
    Member,
    /// Nothing that was seen tells.
    Unknown,
}

/// How the calls of an operation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    Works,
    Denied,
    Failed(Outcome),
    NotTried,
}

impl Relation {
    /// Returns the word of the JSON contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Management => "management",
            Self::DelegatedAdministrator => "delegated-administrator",
            Self::Member => "member",
            Self::Unknown => "unknown",
        }
    }

    fn describe(self) -> &'static str {
        match self {
            Self::Management => "management account: it sees everything",
            Self::DelegatedAdministrator => "delegated administrator: it sees everything",
            Self::Member => "member account: it sees its own applications only",
            Self::Unknown => "not known: nothing that was seen tells",
        }
    }
}

impl Seen {
    fn word(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Denied => "denied",
            Self::Failed(outcome) => outcome.word(),
            Self::NotTried => "not-tried",
        }
    }
}

/// Returns the name that the operator has in the directory, as far as their credentials tell: a session of Identity
/// Center carries the user name.
#[must_use]
pub fn find_own_name(case: &Case, facts: &Facts) -> Option<String> {
    let caller = instances::find_caller(case, facts);
    let arn = &caller.value()?.arn;
    let (kind, rest) = arn.rsplit(':').next()?.split_once('/')?;
    let name = rest.rsplit('/').next()?;
    matches!(kind, "assumed-role" | "user").then(|| name.to_owned())
}

/// Says what was seen of somebody's rights.
#[must_use]
pub fn survey_access(case: &Case, facts: &Facts, session_ends: Option<Timestamp>) -> AccessReport {
    let caller = instances::find_caller(case, facts);
    let caller = caller.value().copied();
    let checks = CheckId::ALL.into_iter().filter(|check| check.is_always_present());
    let see = |check: CheckId| {
        let operations = check.rests_on().iter();
        (check, operations.map(|operation| (*operation, look_at(facts, *operation))).collect())
    };
    AccessReport {
        account: caller.map(|caller| text::clean(caller.account.as_str())),
        arn: caller.map(|caller| text::clean(&caller.arn)),
        profile: case.settings.aws_profile.as_ref().map(|profile| text::clean(&profile.value)),
        region: case.settings.region.as_ref().map(|region| text::clean(region.value.as_str())),
        session_ends,
        relation: caller.map_or(Relation::Unknown, |caller| find_relation(case, facts, caller)),
        checks: checks.map(see).collect(),
        now: facts.now,
        app_name: text::clean(&case.app.name),
    }
}

pub(super) fn find_relation(case: &Case, facts: &Facts, caller: &Caller) -> Relation {
    let choice = instances::choose_instance(case, facts);
    let seen = facts.instances();
    let chosen = match &choice {
        Known::Value(instances::Choice::One(instance, _)) => Some(*instance),
        _ => None,
    };
    let Some(instance) = chosen.or(seen.first().copied()) else {
        return Relation::Unknown;
    };
    if instance.owner.as_ref() == Some(&caller.account) {
        return Relation::Management;
    }
    let sees_all = list_outcome(facts, instance, false);
    match (sees_all, list_outcome(facts, instance, true)) {
        (Some(true), _) if instance.owner.is_some() => Relation::DelegatedAdministrator,
        (Some(false), Some(true)) => Relation::Member,
        _ => Relation::Unknown,
    }
}

/// Returns whether the applications of an instance could be listed, all of them or those of one account.
fn list_outcome(facts: &Facts, instance: &Instance, of_account: bool) -> Option<bool> {
    let mut listings = facts.all::<ListApplications>();
    let found = listings.find(|(query, _)| query.instance == instance.arn && query.account.is_some() == of_account);
    match found?.1 {
        Known::Value(_) => Some(true),
        Known::Failed(failure) if failure.is_denied() => Some(false),
        Known::Failed(_) | Known::Pending => None,
    }
}

/// Returns how the calls of an operation ended. One that works shows that it is allowed, whatever befell another.
fn look_at(facts: &Facts, operation: Operation) -> Seen {
    let outcomes = || facts.calls.iter().filter(|call| call.operation() == operation).filter_map(Call::outcome);
    if outcomes().any(|outcome| matches!(outcome, Outcome::Ok | Outcome::NotFound)) {
        return Seen::Works;
    }
    if outcomes().any(|outcome| outcome == Outcome::Denied) {
        return Seen::Denied;
    }
    outcomes().next().map_or(Seen::NotTried, Seen::Failed)
}

fn pad(label: &str) -> String {
    format!("{label:<12}")
}

impl AccessReport {
    /// Returns true when the caller is known, and no call was denied.
    #[must_use]
    pub fn sees_enough(&self) -> bool {
        let mut seen = self.checks.iter().flat_map(|(_, calls)| calls);
        self.account.is_some() && !seen.any(|(_, seen)| matches!(seen, Seen::Denied | Seen::Failed(_)))
    }

    /// Returns it in one line, once it is known who the caller is: account, role, what the account is, session, profile.
    #[must_use]
    pub(super) fn write_line(&self) -> Option<String> {
        let account = self.account.clone()?;
        let role = self.arn.as_deref().and_then(|arn| arn.split('/').nth(1)).map(ToOwned::to_owned);
        let relation = match self.relation {
            Relation::Management => "management account",
            Relation::DelegatedAdministrator => "delegated administrator",
            Relation::Member => "member account",
            Relation::Unknown => "",
        };
        let ends = self.session_ends.map(|end| format!("until {}", text::describe_future(self.now, end)));
        let profile = self.profile.as_ref().map(|profile| format!("profile {profile}"));
        let parts = [Some(account), role, Some(relation.to_owned()), ends, profile];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        Some(parts.join(", "))
    }

    /// Writes it for people. The diagnosis is of whoever was looked up to try the calls; it tells what came in the way.
    ///
    /// # Errors
    /// None that a text in memory can meet.
    pub fn write_text(&self, diagnosis: &Diagnosis) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        let mut line = |label: &str, value: &str| out.push_str(&[&pad(label), value, "\n"].concat());
        line("Account", self.account.as_deref().unwrap_or("not known"));
        line("You are", self.arn.as_deref().unwrap_or("not known"));
        line("Profile", self.profile.as_deref().unwrap_or("none is named"));
        line("Region", self.region.as_deref().unwrap_or("none is configured"));
        let ends = match self.session_ends {
            Some(end) if self.account.is_some() => text::describe_future(self.now, end),
            _ if self.account.is_some() => "not told: these credentials have no end, or it is not known".to_owned(),
            _ => "not known".to_owned(),
        };
        line("Session", &ends);
        line("Account is", self.relation.describe());
        for (check, calls) in &self.checks {
            out.push_str(&["\n", &check.title_for(&self.app_name), "\n"].concat());
            for (operation, seen) in calls {
                out.push_str(&["  ", &pad(&seen.word().replace('-', " ")), operation.action(), "\n"].concat());
            }
        }
        let access = diagnosis.check(CheckId::Access).filter(|access| !access.fixes.is_empty());
        let Some(access) = access.filter(|_| !self.sees_enough()) else {
            return Ok(out);
        };
        writeln!(out, "\n{}", access.summary)?;
        for fix in &access.fixes {
            writeln!(out, "\n{} ({})", fix.title, fix.owner.title())?;
            write_fix_steps(&mut out, fix, "  ")?;
        }
        Ok(out)
    }

    /// Writes it for programs.
    #[must_use]
    pub fn write_json(&self, diagnosis: &Diagnosis) -> String {
        let of_check = |(check, calls): &(CheckId, Vec<(Operation, Seen)>)| {
            let calls = calls.iter().map(|(call, seen)| json!({ "call": call.action(), "outcome": seen.word() }));
            let calls: Vec<Value> = calls.collect();
            json!({ "id": check.id(), "title": check.title_for(&self.app_name), "calls": calls })
        };
        let checks: Vec<Value> = self.checks.iter().map(of_check).collect();
        let obstacle = diagnosis.check(CheckId::Access).filter(|access| access.cause.is_some()).map(|access| {
            let fixes: Vec<Value> = access
                .fixes
                .iter()
                .map(
                    |fix| json!({ "title": fix.title, "owner": fix.owner, "steps": fix.steps, "command": fix.command }),
                )
                .collect();
            let cause = access.cause.map(crate::catalog::Cause::code);
            json!({ "cause": cause, "summary": access.summary, "found": access.found, "fixes": fixes })
        });
        let report = json!({
            "schema": 1,
            "account": self.account,
            "arn": self.arn,
            "profile": self.profile,
            "region": self.region,
            "session_ends": self.session_ends.map(|end| end.to_string()),
            "relation": self.relation.word(),
            "checks": checks,
            "obstacle": obstacle,
        });
        format!("{report}\n")
    }
}
