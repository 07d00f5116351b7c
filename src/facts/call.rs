//! The record of one request to AWS, while it runs and after.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Operation, Outcome, Query};
use crate::domain::Region;

/// One request: a page of a listing is one of its own, its retries are not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Tells calls of one run apart.
    pub id: u64,
    /// What was asked.
    pub query: Query,
    /// Milliseconds from the start of the run to the start of the call.
    pub started_ms: u64,
    /// How often it was sent so far.
    pub attempts: u32,
    /// What the last attempt met, while the call goes on: "throttled", "timed out", …
    pub trouble: Option<String>,
    /// How it ended; `None` while it runs.
    pub end: Option<CallEnd>,
}

impl Call {
    /// Returns the operation.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.query.operation()
    }

    /// Returns the Region that was asked.
    #[must_use]
    pub fn region(&self) -> &Region {
        self.query.region()
    }

    /// Returns how the call ended, when it has.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.end.as_ref().map(|end| end.outcome)
    }
}

/// The end of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallEnd {
    /// How.
    pub outcome: Outcome,
    /// AWS's id of the request.
    pub request_id: Option<String>,
    /// Milliseconds from its start to its end, retries included.
    pub elapsed_ms: u64,
    /// The time by AWS's clock, where an answer told it.
    #[serde(default)]
    pub aws_time: Option<Timestamp>,
}

/// What happens to a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallEvent {
    /// It starts.
    Started {
        /// Its number.
        id: u64,
        /// What is asked.
        query: Query,
        /// Milliseconds since the start of the run.
        at_ms: u64,
    },
    /// A request goes out on the wire.
    Sent {
        /// The call's number.
        id: u64,
    },
    /// An attempt failed, and another one follows.
    Retrying {
        /// The call's number.
        id: u64,
        /// What it met, in a word or two.
        trouble: String,
    },
    /// It ends.
    Ended {
        /// The call's number.
        id: u64,
        /// How.
        outcome: Outcome,
        /// AWS's id of the request.
        request_id: Option<String>,
        /// Milliseconds since the start of the run.
        at_ms: u64,
        /// The time by AWS's clock, where an answer told it.
        aws_time: Option<Timestamp>,
    },
}

/// Enters an event into the record; an event of a call that never started is dropped.
pub(super) fn apply_event(calls: &mut Vec<Call>, event: CallEvent) {
    let (CallEvent::Started { id, .. }
    | CallEvent::Sent { id }
    | CallEvent::Retrying { id, .. }
    | CallEvent::Ended { id, .. }) = &event;
    let known = calls.iter_mut().rev().find(|call| call.id == *id);
    match (event, known) {
        (CallEvent::Started { id, query, at_ms }, _) => {
            calls.push(Call { id, query, started_ms: at_ms, attempts: 0, trouble: None, end: None });
        }
        (CallEvent::Sent { .. }, Some(call)) => call.attempts += 1,
        (CallEvent::Retrying { trouble, .. }, Some(call)) => call.trouble = Some(trouble),
        (CallEvent::Ended { outcome, request_id, at_ms, aws_time, .. }, Some(call)) => {
            let elapsed_ms = at_ms.saturating_sub(call.started_ms);
            call.end = Some(CallEnd { outcome, request_id, elapsed_ms, aws_time });
        }
        (_, None) => {}
    }
}
