//! The sample organization as a source.

use std::time::Duration;

use futures::{FutureExt, future::BoxFuture};
use jiff::Timestamp;
use tokio::time::Instant;

use super::{
    fault::SampleFailure,
    ids,
    organization::{Organization, OrganizationError},
};
use crate::{
    domain::PageToken,
    facts::{Answer, EventPage, Failure, FailureKind, MemberPage, Operation, Outcome, Query, UserPage},
    sources::{EventSender, Source},
};

/// Users on one page of a listing.
const PAGE: usize = 100;

/// Events on one page.
const EVENT_PAGE: usize = 50;

/// An organization that answers, at once or after a while.
#[derive(Debug, Clone)]
pub struct Sample {
    organization: Organization,
    delay: Option<Duration>,
    /// When it could first be asked.
    began: Instant,
}

impl Source for Sample {
    fn ask<'a>(&'a self, query: &'a Query, events: &'a EventSender) -> BoxFuture<'a, Result<Answer, Failure>> {
        self.answer_query(query, events).boxed()
    }
}

impl Sample {
    /// Returns a source that answers from this organization, each call after about that delay.
    #[must_use]
    pub fn new(organization: Organization, delay: Option<Duration>) -> Self {
        Self { organization, delay, began: Instant::now() }
    }

    /// Returns the built-in company; `now` decides what a recent membership is.
    ///
    /// # Errors
    /// If the built-in file is broken.
    pub fn demo(now: Timestamp, delay: Option<Duration>) -> Result<Self, OrganizationError> {
        let organization = Organization::parse(include_str!("../../../assets/demo/organization.toml"), now)?;
        Ok(Self::new(organization, delay))
    }

    /// Enters one call in the log, waits as AWS would, and answers.
    async fn answer_query(&self, query: &Query, events: &EventSender) -> Result<Answer, Failure> {
        let (operation, region, subjects) = (query.operation(), query.region(), query.subjects());
        let call = events.open_call(query);
        call.wire().note_sent();
        if let Some(delay) = self.delay {
            tokio::time::sleep(delay_of(operation, &subjects, delay)).await;
        }
        let request_id = ids::derive_uuid(&format!("{}:{region}:{}", operation.action(), subjects.join(":")));
        let refusal = match self.organization.find_fault(operation, region, &subjects) {
            Some(fault) => fault.failure(),
            None => match build_answer(&self.organization, query) {
                Ok(mut answer) => {
                    self.organization.enable_accounts(&mut answer, self.began.elapsed());
                    call.end(outcome_of(&answer), Some(request_id));
                    return Ok(answer);
                }
                Err(kind) => SampleFailure { kind, message: "not allowed, or not there" },
            },
        };
        let failure = Failure { request_id: Some(request_id), ..Failure::of(query, refusal.kind, refusal.message) };
        call.fail(&failure);
        Err(failure)
    }
}

fn build_answer(organization: &Organization, query: &Query) -> Result<Answer, FailureKind> {
    use Query as Q;
    Ok(match query {
        Q::GetCallerIdentity(_) => Answer::GetCallerIdentity(organization.caller().clone()),
        Q::ListInstances(q) => Answer::ListInstances(organization.list_instances(&q.region, q.all_regions)),
        Q::GetRole(q) => Answer::GetRole(organization.find_role(&q.name)),
        Q::DescribeInstance(q) => Answer::DescribeInstance(organization.describe_instance(&q.region, &q.instance)?),
        Q::ListApplications(q) => {
            let listed = organization.list_applications(&q.region, &q.instance, q.account.as_ref())?;
            Answer::ListApplications(listed.into_iter().cloned().collect())
        }
        Q::GetUserId(q) => Answer::GetUserId(organization.find_user_id(&q.region, &q.store, &q.key)?),
        Q::DescribeUser(q) => Answer::DescribeUser(organization.find_user(&q.region, &q.store, &q.user)?),
        Q::ListGroupMembershipsForMember(q) => {
            Answer::ListGroupMembershipsForMember(organization.list_memberships(&q.region, &q.store, &q.user)?)
        }
        Q::ListApplicationAssignments(q) => {
            Answer::ListApplicationAssignments(organization.list_assignments(&q.region, &q.application)?)
        }
        Q::GetApplicationAssignmentConfiguration(q) => {
            Answer::GetApplicationAssignmentConfiguration(organization.requires_assignment(&q.region, &q.application)?)
        }
        Q::DescribeGroup(q) => Answer::DescribeGroup(organization.find_group(&q.region, &q.store, &q.group)?),
        Q::GetGroupId(q) => Answer::GetGroupId(organization.find_group_id(&q.region, &q.store, &q.name)?),
        Q::ListGroupMemberships(q) => {
            let members = organization.list_members(&q.region, &q.store, &q.group)?;
            let (members, next) = cut_page(&members, q.after.as_ref(), PAGE)?;
            Answer::ListGroupMemberships(MemberPage { members, next })
        }
        Q::ListUsers(q) => {
            let (users, next) = cut_page(organization.list_users(&q.region, &q.store)?, q.after.as_ref(), PAGE)?;
            Answer::ListUsers(UserPage { users, next })
        }
        Q::SimulatePrincipalPolicy(q) => {
            Answer::SimulatePrincipalPolicy(organization.simulate_actions(&q.principal, &q.actions))
        }
        Q::LookupEvents(q) => {
            let (events, next) = cut_page(&organization.list_events(q), q.after.as_ref(), EVENT_PAGE)?;
            Answer::LookupEvents(EventPage { events, unreadable: 0, next })
        }
    })
}

/// Returns a page of a list, and the token of the next one.
fn cut_page<T: Clone>(
    all: &[T],
    after: Option<&PageToken>,
    size: usize,
) -> Result<(Vec<T>, Option<PageToken>), FailureKind> {
    let start = match after {
        Some(token) => token.as_str().parse().map_err(|_| FailureKind::Rejected)?,
        None => 0_usize,
    };
    let end = start.saturating_add(size);
    let next = (end < all.len()).then(|| PageToken::new(end.to_string()));
    Ok((all.iter().skip(start).take(size).cloned().collect(), next))
}

/// Returns how an answer looks in the evidence.
fn outcome_of(answer: &Answer) -> Outcome {
    match answer {
        Answer::GetUserId(None)
        | Answer::DescribeUser(None)
        | Answer::DescribeGroup(None)
        | Answer::GetGroupId(None)
        | Answer::GetRole(None)
        | Answer::SimulatePrincipalPolicy(None) => Outcome::NotFound,
        _ => Outcome::Ok,
    }
}

/// Calls that start together end one after another, so that people see something happen.
fn delay_of(operation: Operation, subjects: &[&str], delay: Duration) -> Duration {
    let place = Operation::ALL.iter().take_while(|known| **known != operation).count();
    let own: usize = subjects.iter().flat_map(|text| text.bytes()).map(usize::from).sum();
    let percent = 70 + 6 * place + own % 20;
    delay.saturating_mul(u32::try_from(percent).unwrap_or(100)) / 100
}
