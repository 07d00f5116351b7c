//! Everything that was learned in a run: plain values, and how each was come by.
//!
//! Sources emit an [`Event`] at a time; [`Facts::apply`] puts each in its place. The answers stand as they came, shared
//! by all cases of the run. Judging reads them and may do so at any moment.

mod call;
mod failure;
mod known;
mod query;
mod subject;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::{
    call::{Call, CallEnd, CallEvent},
    failure::{ConnectionFlaw, CredentialsFlaw, Failure, FailureKind, Outcome},
    known::Known,
    query::*,
    subject::ALL_REGIONS,
};
use crate::domain::{Instance, User};

/// What is known in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// When the run began, by the clock of this machine.
    pub now: Timestamp,
    #[serde(with = "entries")]
    answers: BTreeMap<Query, Known<Answer>>,
    /// The requests made, in the order they started.
    pub calls: Vec<Call>,
    /// Set when nothing more will be learned; what is still pending by then met this failure.
    pub closed: Option<Failure>,
}

/// One thing learned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Something happened to a call.
    Call(CallEvent),
    /// A query was answered, or failed.
    Answered(Query, Result<Answer, Failure>),
    /// Nothing more will be asked for the case at that place, unless it turns out that somebody else's answer helps.
    Settled(usize),
    /// Nothing more will come.
    Closed(Failure),
}

impl Facts {
    /// Returns a store in which nothing is known yet, at this time.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self { now, answers: BTreeMap::new(), calls: Vec::new(), closed: None }
    }

    /// Returns what is known, as a run that begins at this time finds it.
    #[must_use]
    pub fn at(self, now: Timestamp) -> Self {
        Self { now, ..self }
    }

    /// Returns what AWS has answered to these operations, as a run that begins at this time finds it.
    #[must_use]
    pub fn keep_answers(&self, now: Timestamp, keeps: impl Fn(Operation) -> bool) -> Self {
        let answers = self.answers.iter();
        let kept = answers.filter(|(query, known)| keeps(query.operation()) && known.value().is_some());
        Self { answers: kept.map(|(query, known)| (query.clone(), known.clone())).collect(), ..Self::new(now) }
    }

    /// Returns the same without the answers and calls of queries that `keeps` refuses, and with those users of pages that
    /// `keeps_user` takes.
    #[must_use]
    pub fn narrow(&self, keeps: impl Fn(&Query) -> bool, keeps_user: impl Fn(&User) -> bool) -> Self {
        let mut narrowed = self.clone();
        narrowed.answers.retain(|query, _| keeps(query));
        narrowed.calls.retain(|call| keeps(&call.query));
        for known in narrowed.answers.values_mut() {
            if let Known::Value(Answer::ListUsers(page)) = known {
                page.users.retain(&keeps_user);
            }
        }
        narrowed
    }

    /// Puts one event in its place; a later answer to the same query replaces an earlier one.
    pub fn apply(&mut self, event: Event) {
        match event {
            Event::Call(event) => call::apply_event(&mut self.calls, event),
            Event::Answered(query, answer) => drop(self.answers.insert(query, answer.into())),
            Event::Settled(_) => {}
            Event::Closed(failure) => self.closed = Some(failure),
        }
    }

    /// Returns what is known of a query's answer.
    #[must_use]
    pub fn get<Q: Ask>(&self, query: Q) -> Known<&Q::Answer> {
        match self.answers.get(&query.into()) {
            None | Some(Known::Pending) => Known::Pending,
            Some(Known::Value(answer)) => Q::read(answer).map_or(Known::Pending, Known::Value),
            Some(Known::Failed(failure)) => Known::Failed(failure.clone()),
        }
    }

    /// Returns true if a query was answered, or failed.
    #[must_use]
    pub fn is_answered(&self, query: &Query) -> bool {
        self.answers.contains_key(query)
    }

    /// Returns every query of a kind that was answered or failed, with what is known of it.
    pub fn all<Q: Ask + 'static>(&self) -> impl Iterator<Item = (&Q, Known<&Q::Answer>)> {
        self.answers.iter().filter_map(|(query, known)| {
            let answer = match known {
                Known::Value(answer) => Known::Value(Q::read(answer)?),
                Known::Pending => Known::Pending,
                Known::Failed(failure) => Known::Failed(failure.clone()),
            };
            Some((Q::of(query)?, answer))
        })
    }

    /// Returns the time by AWS's clock: the newest that an answer told; this machine's where none did. Whatever AWS dates
    /// is as old as that says.
    #[must_use]
    pub fn aws_now(&self) -> Timestamp {
        let told = self.calls.iter().filter_map(|call| call.end.as_ref()?.aws_time).max();
        told.unwrap_or(self.now)
    }

    /// Returns the operation that was still waited for when the asking ended: one of these, when one of them was.
    #[must_use]
    pub fn unanswered_operation(&self, preferred: &[Operation]) -> Option<Operation> {
        let unanswered = self.calls.iter().filter(|call| matches!(call.outcome(), None | Some(Outcome::TimedOut)));
        let operations: Vec<Operation> = unanswered.map(Call::operation).collect();
        operations.iter().find(|operation| preferred.contains(operation)).or(operations.first()).copied()
    }

    /// Returns the instances that were listed, each once, in the order of their ARNs.
    #[must_use]
    pub fn instances(&self) -> Vec<&Instance> {
        let mut instances = BTreeMap::new();
        for (_, answer) in self.all::<ListInstances>() {
            for instance in answer.value().copied().into_iter().flatten() {
                instances.entry(&instance.arn).or_insert(instance);
            }
        }
        instances.into_values().collect()
    }

    /// Returns every user who was read, by whatever call.
    pub fn users(&self) -> impl Iterator<Item = &User> {
        let described = self.all::<DescribeUser>().filter_map(|(_, answer)| answer.value().copied()?.as_ref());
        let listed = self.all::<ListUsers>().filter_map(|(_, answer)| answer.value().copied());
        described.chain(listed.flat_map(|page| &page.users))
    }
}

/// Answers are written as a list of queries with what is known of them: a query is no key that JSON could have.
mod entries {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serializer};

    use super::{Answer, Known, Query};

    pub(super) fn serialize<S: Serializer>(
        answers: &BTreeMap<Query, Known<Answer>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(answers)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<Query, Known<Answer>>, D::Error> {
        let entries = Vec::<(Query, Known<Answer>)>::deserialize(deserializer)?;
        Ok(entries.into_iter().collect())
    }
}
