//! Can the person running this tool see enough to judge?
//!
//! Judged last, from what came in the way of the other checks: a denial that was asked around, or that cost only a
//! detail, warns of nothing.

use super::{Check, CheckId, CheckInput, Finding, Findings, Presence};
use crate::{
    analysis::{instances, principal},
    catalog::{Cause, Placeholder},
    facts::{Call, Failure, Known, Operation, Outcome, Query},
    text,
};

pub(super) const CHECK: Check = Check {
    id: CheckId::Access,
    title: "Your AWS login",
    label: "login",
    question: "Can you, with these credentials, see enough to judge?",
    rests_on: &[Operation::GetCallerIdentity],
    after: &CheckId::ALL,
    presence: Presence::Always,
    judge,
};

fn judge(input: &CheckInput, findings: &Findings) -> Finding {
    let caller = instances::find_caller(input.case, input.facts);
    let of_others = findings.iter().filter_map(|(_, finding)| finding.failure());
    let failures: Vec<&Failure> = caller.failure().into_iter().chain(of_others).collect();
    if let Some(failure) = failures.iter().find(|failure| failure.is_credentials()) {
        return Finding::unknown((*failure).clone());
    }
    match &caller {
        Known::Pending => return Finding::running(),
        Known::Failed(failure) if !failure.is_denied() => return Finding::unknown(failure.clone()),
        Known::Failed(_) | Known::Value(_) => {}
    }
    if findings.iter().any(|(_, finding)| finding.is_running()) {
        return Finding::running();
    }
    let denied: Vec<&Failure> = failures.into_iter().filter(|failure| failure.is_denied()).collect();
    if let Some(first) = denied.first() {
        return warn_of_missing_permission(first, &denied);
    }
    let expected = "credentials that AWS takes, and answers to every call that a check needs";
    let Known::Value(caller) = caller else {
        return Finding::running();
    };
    let who = format!("account {}, as {}", caller.account, text::clean(shorten_arn(&caller.arn)));
    let missed = input.facts.calls.iter().filter(|call| is_of_a_check(input, call) && is_denied(call)).count();
    let note = (missed > 0)
        .then(|| format!("{} denied; no check depends on it", text::count(missed, "call was", "calls were")));
    Finding::pass(who).expected_found(expected, text::clean(&caller.arn)).with_note(note)
}

fn warn_of_missing_permission(first: &Failure, denied: &[&Failure]) -> Finding {
    let mut actions: Vec<&str> = denied.iter().filter_map(|failure| failure.missing_action()).collect();
    actions.sort_unstable();
    actions.dedup();
    let mut finding = Finding::warn(Cause::PermissionMissing);
    finding.explain_failure(first);
    finding.found = Some(first.to_string());
    finding.with_value(Placeholder::Action, actions.join(", "))
}

fn is_denied(call: &Call) -> bool {
    call.outcome() == Some(Outcome::Denied)
}

/// Returns false for calls whose denial is said elsewhere, or nowhere: sign-in events, and what the operator's own policies
/// allow.
fn is_of_a_check(input: &CheckInput, call: &Call) -> bool {
    match &call.query {
        Query::LookupEvents(_) => false,
        query => !principal::is_of_own_rights(input.case, query),
    }
}

/// Returns the last part of an ARN, which tells people more than its beginning.
fn shorten_arn(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or(arn)
}
