//! Where sources emit what happens while they ask.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use jiff::Timestamp;
use tokio::sync::mpsc::UnboundedSender;

use crate::facts::{CallEvent, Event, Failure, Outcome, Query};

/// A sender to whoever follows a run. Clones share the numbering of calls and the clock.
#[derive(Debug, Clone)]
pub struct EventSender {
    sender: UnboundedSender<Event>,
    numbers: Arc<AtomicU64>,
    start: Instant,
}

impl EventSender {
    /// Returns a sender whose clock starts now.
    #[must_use]
    pub fn new(sender: UnboundedSender<Event>) -> Self {
        Self { sender, numbers: Arc::default(), start: Instant::now() }
    }

    /// Emits an event. A listener who has left misses it; the asking is about to be cancelled then.
    pub fn emit(&self, event: Event) {
        if let Event::Call(event) = &event {
            log_call(event);
        }
        drop(self.sender.send(event));
    }

    /// Waits until nobody listens any more.
    pub async fn wait_until_closed(&self) {
        self.sender.closed().await;
    }

    /// Opens the record of one request; an unfinished one that is dropped counts as timed out.
    #[must_use]
    pub fn open_call(&self, query: &Query) -> OpenCall {
        let id = self.numbers.fetch_add(1, Ordering::Relaxed);
        self.emit(Event::Call(CallEvent::Started { id, query: query.clone(), at_ms: self.elapsed_ms() }));
        OpenCall { events: self.clone(), id, ended: false, aws_time: Arc::default() }
    }

    fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Calls are logged by what they are, never by what they say.
fn log_call(event: &CallEvent) {
    match event {
        CallEvent::Started { id, query, .. } => {
            let (operation, region) = (query.operation().action(), query.region().as_str());
            tracing::debug!(call = id, operation, region, "asking");
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
pub struct OpenCall {
    events: EventSender,
    id: u64,
    ended: bool,
    aws_time: Arc<Mutex<Option<Timestamp>>>,
}

impl OpenCall {
    /// Returns a handle for whoever sees the request go out.
    #[must_use]
    pub fn wire(&self) -> Wire {
        Wire { events: self.events.clone(), id: self.id, aws_time: Arc::clone(&self.aws_time) }
    }

    /// Closes the record.
    pub fn end(mut self, outcome: Outcome, request_id: Option<String>) {
        self.close_record(outcome, request_id);
    }

    /// Closes the record with a failure's outcome.
    pub fn fail(self, failure: &Failure) {
        self.end(failure.kind.outcome(), failure.request_id.clone());
    }

    fn close_record(&mut self, outcome: Outcome, request_id: Option<String>) {
        self.ended = true;
        let at_ms = self.events.elapsed_ms();
        let aws_time = *self.aws_time.lock().unwrap_or_else(PoisonError::into_inner);
        self.events.emit(Event::Call(CallEvent::Ended { id: self.id, outcome, request_id, at_ms, aws_time }));
    }
}

impl Drop for OpenCall {
    fn drop(&mut self) {
        if !self.ended {
            self.close_record(Outcome::TimedOut, None);
        }
    }
}

/// Reports what happens to a request on the wire.
#[derive(Debug, Clone)]
pub struct Wire {
    events: EventSender,
    id: u64,
    aws_time: Arc<Mutex<Option<Timestamp>>>,
}

impl Wire {
    /// Notes that an answer of AWS tells the time.
    pub fn note_date(&self, time: Timestamp) {
        *self.aws_time.lock().unwrap_or_else(PoisonError::into_inner) = Some(time);
    }

    /// Notes that a request goes out.
    pub fn note_sent(&self) {
        self.events.emit(Event::Call(CallEvent::Sent { id: self.id }));
    }

    /// Notes that an attempt failed, and another follows.
    pub fn note_retry(&self, trouble: impl Into<String>) {
        self.events.emit(Event::Call(CallEvent::Retrying { id: self.id, trouble: trouble.into() }));
    }
}
