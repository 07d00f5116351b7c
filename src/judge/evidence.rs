//! Which calls a check rests on.

use super::Finding;
use crate::{
    diagnosis::{CheckId, Status},
    domain::{Instance, Region},
    facts::{Call, Facts, Outcome},
    operation::Operation as Op,
    text,
};

/// The operations whose answers a check reads.
fn rests_on(check: CheckId) -> &'static [Op] {
    match check {
        CheckId::Access => &[Op::GetCallerIdentity],
        CheckId::Instance => &[Op::ListInstances, Op::DescribeInstance],
        CheckId::Region => &[Op::ListInstances, Op::DescribeInstance, Op::ListApplications],
        CheckId::User => &[Op::GetUserId, Op::DescribeUser, Op::ListUsers, Op::ListGroupMemberships],
        CheckId::Application => &[Op::ListApplications],
        CheckId::Groups => &[
            Op::ListGroupMembershipsForMember,
            Op::ListApplicationAssignments,
            Op::GetApplicationAssignmentConfiguration,
            Op::DescribeGroup,
        ],
        // Whether a user who is assigned still exists is asked with DescribeUser.
        CheckId::Assignment => &[
            Op::ListGroupMembershipsForMember,
            Op::ListApplicationAssignments,
            Op::GetApplicationAssignmentConfiguration,
            Op::DescribeGroup,
            Op::DescribeUser,
        ],
        CheckId::Roles => &[Op::GetRole],
    }
}

fn outcome(call: &Call) -> Option<Outcome> {
    call.end.as_ref().map(|end| end.outcome)
}

/// The calls to show with a check. A skipped check rests on none.
pub(super) fn of_check(facts: &Facts, instance: Option<&Instance>, check: CheckId, finding: &Finding) -> Vec<Call> {
    let Finding { status, obstacle, .. } = finding;
    if *status == Some(Status::Skipped) {
        return Vec::new();
    }
    // The key is the instance's, whichever call shows that it is unusable; access is about every call that failed.
    let failed = |call: &Call| outcome(call).is_some_and(|outcome| !matches!(outcome, Outcome::Ok | Outcome::NotFound));
    let shows_more = |call: &Call| match check {
        CheckId::Access => failed(call),
        CheckId::Instance => *status == Some(Status::Fail) && failed(call),
        _ => false,
    };
    let is_in_the_way = |call: &Call| {
        obstacle.as_ref().is_some_and(|obstacle| {
            obstacle.operation == Some(call.operation) && obstacle.region == call.region && failed(call)
        })
    };
    // Where several instances were asked, the calls to another one's Region are not about the one that is judged.
    let of_instance = |call: &Call| {
        let anywhere = match call.operation {
            Op::GetCallerIdentity | Op::ListInstances | Op::GetUserId | Op::GetRole => true,
            // A user id is looked for in every directory.
            Op::DescribeUser => check == CheckId::User,
            _ => false,
        };
        anywhere || instance.is_none_or(|instance| call.region.as_ref() == Some(&instance.region))
    };
    let counts = |call: &&Call| {
        (rests_on(check).contains(&call.operation) && of_instance(call)) || shows_more(call) || is_in_the_way(call)
    };
    facts.calls.iter().filter(counts).map(shown).collect()
}

/// A call as it is shown: what AWS supplied is made safe.
fn shown(call: &Call) -> Call {
    let mut call = call.clone();
    call.region = call.region.map(|region| Region::new(text::clean(region.as_str())));
    if let Some(end) = &mut call.end {
        end.request_id = end.request_id.as_deref().map(text::clean);
    }
    call
}

/// The operation that a check was still waiting for when the asking ended.
pub(super) fn waited_for(facts: &Facts, check: CheckId) -> Option<Op> {
    let open = |call: &&Call| outcome(call).is_none_or(|outcome| outcome == Outcome::TimedOut);
    let mut open = facts.calls.iter().filter(open).map(|call| call.operation);
    let first = open.clone().next();
    open.find(|operation| rests_on(check).contains(operation)).or(first)
}
