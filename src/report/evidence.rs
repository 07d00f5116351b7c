//! Which calls a check rests on.

use crate::{
    analysis::{CaseView, name_id, principal},
    case::Case,
    checks::{CheckId, Finding, Status},
    domain::{Instance, UserId},
    facts::{Call, Facts, Outcome, Query},
};

/// The calls of a run that concern one case.
pub(super) struct Scope<'a> {
    case: &'a Case,
    facts: &'a Facts,
    instance: Option<&'a Instance>,
    /// The users whom this case asks about: the one who cannot sign in, and others for comparison.
    users: Vec<UserId>,
    looks_at_attempts: bool,
}

impl<'a> Scope<'a> {
    pub(super) fn new(
        case: &'a Case,
        facts: &'a Facts,
        instance: Option<&'a Instance>,
        looks_at_attempts: bool,
    ) -> Self {
        let mut users: Vec<UserId> = Vec::new();
        for known in facts.instances() {
            let view = CaseView::new(case, facts, known);
            users.extend(view.list_users_asked_about());
        }
        Self { case, facts, instance, users, looks_at_attempts }
    }

    /// Returns the calls that checks may rest on, in the order they started.
    fn list_calls(&self) -> impl Iterator<Item = &'a Call> {
        self.facts.calls.iter().filter(|call| self.concerns_case(&call.query))
    }

    /// Returns true for a query that this case asks, or may have asked.
    pub(super) fn concerns_case(&self, query: &Query) -> bool {
        match query {
            Query::GetUserId(query) => {
                self.case.user.lookups().contains(&query.key) || name_id::list_keys(self.case).contains(&query.key)
            }
            Query::DescribeUser(query) => self.users.contains(&query.user),
            Query::ListGroupMembershipsForMember(query) => self.users.contains(&query.user),
            // Others of the run may have wanted them.
            Query::LookupEvents(_) => self.looks_at_attempts,
            // Whoever judges the fixes knows which of these are about one of them.
            query => !principal::is_of_own_rights(self.case, query),
        }
    }

    /// Returns the facts without what was learned about single other people: those of a list share one store.
    pub(super) fn narrow_facts(&self) -> Facts {
        let is_of_a_person = |query: &Query| {
            matches!(query, Query::GetUserId(_) | Query::DescribeUser(_) | Query::ListGroupMembershipsForMember(_))
        };
        self.facts.narrow(
            |query| !is_of_a_person(query) || self.concerns_case(query),
            // Where nobody was found, who else there is decides what is suggested.
            |user| self.users.is_empty() || self.users.contains(&user.id),
        )
    }

    /// Returns the calls to show with a check. A skipped check rests on none.
    pub(super) fn list_calls_of(&self, check: CheckId, finding: &Finding) -> Vec<Call> {
        if finding.status() == Some(Status::Skipped) {
            return Vec::new();
        }
        let rests_on = finding.rests_on.unwrap_or(check.rests_on());
        let shown = self.list_calls().filter(|call| {
            (rests_on.contains(&call.operation()) && self.is_of_instance(check, call))
                || shows_more(check, finding, call)
                || is_in_the_way(finding, call)
        });
        shown.cloned().collect()
    }

    /// Where several instances were asked, the calls to another one's Region are not about the one that is judged.
    fn is_of_instance(&self, check: CheckId, call: &Call) -> bool {
        let is_anywhere = match &call.query {
            Query::GetCallerIdentity(_) | Query::ListInstances(_) | Query::GetUserId(_) | Query::GetRole(_)
            // They are kept where the user signs in, which may be in any Region of the instance.
            | Query::LookupEvents(_) => true,
            // A user id is looked for in every directory.
            Query::DescribeUser(_) => check == CheckId::User,
            _ => false,
        };
        is_anywhere || self.instance.is_none_or(|instance| *call.region() == instance.region)
    }
}

/// The key is the instance's, whichever call shows that it is unusable; access is about every call that failed.
fn shows_more(check: CheckId, finding: &Finding, call: &Call) -> bool {
    match check {
        CheckId::Access => has_failed(call),
        CheckId::Instance => finding.status() == Some(Status::Fail) && has_failed(call),
        _ => false,
    }
}

fn is_in_the_way(finding: &Finding, call: &Call) -> bool {
    finding.failure().is_some_and(|failure| {
        failure.operation == Some(call.operation())
            && failure.region.as_ref() == Some(call.region())
            && has_failed(call)
    })
}

fn has_failed(call: &Call) -> bool {
    call.outcome().is_some_and(|outcome| !matches!(outcome, Outcome::Ok | Outcome::NotFound))
}

/// Returns one call of the evidence in a line: what, where, how it ended, how long it took, and AWS's id of it.
pub(super) fn describe_call(call: &Call) -> String {
    let place = format!("{} in {}", call.operation().action(), crate::text::clean(call.region().as_str()));
    let Some(end) = &call.end else {
        return format!("{place}: still running");
    };
    let line = format!("{place}: {}, {} ms", end.outcome.word(), end.elapsed_ms);
    match &end.request_id {
        Some(id) => format!("{line}, request {}", crate::text::clean(id)),
        None => line,
    }
}
