//! Where facts and calls are announced while they happen.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use jiff::Timestamp;
use tokio::sync::mpsc::UnboundedSender;

use crate::{
    domain::Region,
    facts::{CallEvent, Fact, Obstacle, Outcome},
    gather::Announcement,
    operation::Operation,
};

/// A line to whoever follows a diagnosis. Clones share the numbering of calls and the clock.
#[derive(Debug, Clone)]
pub struct Journal {
    line: UnboundedSender<Announcement>,
    numbers: Arc<AtomicU64>,
    start: Instant,
    person: Option<usize>,
}

impl Journal {
    /// A journal whose announcements concern every case.
    #[must_use]
    pub fn new(line: UnboundedSender<Announcement>) -> Self {
        Self { line, numbers: Arc::default(), start: Instant::now(), person: None }
    }

    /// The same journal, for one case.
    #[must_use]
    pub fn of_person(&self, person: usize) -> Self {
        Self { person: Some(person), ..self.clone() }
    }

    /// Announces a fact. A listener who has left misses it; the asking is about to be cancelled then.
    pub fn tell(&self, fact: Fact) {
        if let Fact::Call(event) = &fact {
            log(event);
        }
        drop(self.line.send(Announcement { person: self.person, fact }));
    }

    /// Opens the record of one request; an unfinished one that is dropped counts as timed out.
    #[must_use]
    pub fn open(&self, operation: Operation, region: Option<&Region>) -> Entry {
        let id = self.numbers.fetch_add(1, Ordering::Relaxed);
        self.tell(Fact::Call(CallEvent::Started { id, operation, region: region.cloned(), at_ms: self.elapsed_ms() }));
        Entry { journal: self.clone(), id, ended: false, aws_time: Arc::default() }
    }

    fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Calls are logged by what they are, never by what they say.
fn log(event: &CallEvent) {
    match event {
        CallEvent::Started { id, operation, region, .. } => {
            let region = region.as_ref().map(Region::as_str);
            tracing::debug!(call = id, operation = operation.action(), region, "asking");
        }
        CallEvent::Sent { id } => tracing::debug!(call = id, "sent"),
        CallEvent::Retrying { id, trouble } => tracing::debug!(call = id, trouble, "attempt failed"),
        CallEvent::Ended { id, outcome, request_id, .. } => {
            tracing::debug!(call = id, outcome = outcome.word(), request_id, "answered");
        }
    }
}

/// The open record of one request.
#[derive(Debug)]
pub struct Entry {
    journal: Journal,
    id: u64,
    ended: bool,
    aws_time: Arc<Mutex<Option<Timestamp>>>,
}

impl Entry {
    /// A handle for whoever sees the request go out.
    #[must_use]
    pub fn wire(&self) -> Wire {
        Wire { journal: self.journal.clone(), id: self.id, aws_time: Arc::clone(&self.aws_time) }
    }

    /// Closes the record.
    pub fn end(mut self, outcome: Outcome, request_id: Option<String>) {
        self.close(outcome, request_id);
    }

    /// Closes the record with an obstacle's outcome.
    pub fn fail(self, obstacle: &Obstacle) {
        self.end(obstacle.kind.outcome(), obstacle.request_id.clone());
    }

    fn close(&mut self, outcome: Outcome, request_id: Option<String>) {
        self.ended = true;
        let at_ms = self.journal.elapsed_ms();
        let aws_time = *self.aws_time.lock().unwrap_or_else(PoisonError::into_inner);
        self.journal.tell(Fact::Call(CallEvent::Ended { id: self.id, outcome, request_id, at_ms, aws_time }));
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        if !self.ended {
            self.close(Outcome::TimedOut, None);
        }
    }
}

/// Reports what happens to a request on the wire.
#[derive(Debug, Clone)]
pub struct Wire {
    journal: Journal,
    id: u64,
    aws_time: Arc<Mutex<Option<Timestamp>>>,
}

impl Wire {
    /// A request goes out.
    pub fn sent(&self) {
        self.journal.tell(Fact::Call(CallEvent::Sent { id: self.id }));
    }

    /// An answer of AWS tells the time.
    pub fn dated(&self, time: Timestamp) {
        *self.aws_time.lock().unwrap_or_else(PoisonError::into_inner) = Some(time);
    }

    /// An attempt failed, and another follows.
    pub fn retrying(&self, trouble: impl Into<String>) {
        self.journal.tell(Fact::Call(CallEvent::Retrying { id: self.id, trouble: trouble.into() }));
    }
}
