//! Can the person running this tool see enough to judge?
//!
//! Judged last, from what came in the way of the other checks: a denial that was asked around, or that cost only a
//! detail, warns of nothing.

use super::Finding;
use crate::{
    cause::Cause,
    diagnosis::Status,
    facts::{Facts, Obstacle, Slot},
    text,
    words::{Blank, Situation},
};

pub(super) fn judge(facts: &Facts, others: &[&Finding]) -> Finding {
    let obstacles: Vec<&Obstacle> = facts
        .caller
        .obstacle()
        .into_iter()
        .chain(others.iter().filter_map(|finding| finding.obstacle.as_ref()))
        .collect();
    if let Some(obstacle) = obstacles.iter().find(|obstacle| obstacle.is_credentials()) {
        return Finding::unknown((*obstacle).clone());
    }
    let caller = match &facts.caller {
        Slot::NotAsked => return Finding::running(),
        Slot::Blocked(obstacle) if !obstacle.is_denied() => return Finding::unknown(obstacle.clone()),
        caller => caller.seen(),
    };
    if others.iter().any(|finding| finding.status.is_none()) {
        return Finding::running();
    }
    let denied: Vec<&Obstacle> = obstacles.into_iter().filter(|obstacle| obstacle.is_denied()).collect();
    if let Some(first) = denied.first() {
        let mut actions: Vec<&str> = denied.iter().filter_map(|obstacle| obstacle.missing_action()).collect();
        actions.sort_unstable();
        actions.dedup();
        let unknown = Finding::unknown((*first).clone());
        return Finding {
            status: Some(Status::Warn),
            cause: Some(Cause::PermissionMissing),
            obstacle: None,
            ..unknown
        }
        .with(Blank::Action, actions.join(", "));
    }
    let who = caller
        .map(|caller| format!("account {}, as {}", caller.account, text::clean(short_name(&caller.arn))))
        .unwrap_or_default();
    let missed = facts
        .calls
        .iter()
        .filter(|call| call.end.as_ref().is_some_and(|end| end.outcome == crate::facts::Outcome::Denied));
    let missed = missed.count();
    let note = (missed > 0)
        .then(|| format!("{} denied; no check depends on it", text::count(missed, "call was", "calls were")));
    let arn = caller.map(|caller| text::clean(&caller.arn)).unwrap_or_default();
    Finding::pass(who)
        .expected_found("credentials that AWS takes, and answers to every call that a check needs", arn)
        .note(note)
}

/// The last part of an ARN, which tells people more than its beginning.
fn short_name(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or(arn)
}

/// The situation that decides between the ways to sign in again.
pub(super) fn sign_in_situation(has_profile: bool) -> Situation {
    if has_profile { Situation::AwsProfile } else { Situation::NoAwsProfile }
}
