//! The user's attempts to sign in, as reports show them.

use jiff::Timestamp;

/// How many attempts a report for people shows.
pub(crate) const ATTEMPTS_SHOWN: usize = 10;

/// What CloudTrail keeps of a user's attempts to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempts {
    /// From when on was looked.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
    /// When the newest event of anybody in the directory happened.
    pub newest_of_anybody: Option<Timestamp>,
    /// How many events were read.
    pub read: usize,
    /// True if all in that time were read.
    pub complete: bool,
    /// The attempts, the newest first.
    pub attempts: Vec<Attempt>,
}

/// One attempt to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// When its last event happened.
    pub at: Timestamp,
    /// The same for people: local time and age.
    pub when: String,
    /// How far it got, in a word of the JSON contract.
    pub reached: &'static str,
    /// The same for people.
    pub reached_words: &'static str,
    /// How it ended, in a word of the JSON contract.
    pub result: &'static str,
    /// The same for people.
    pub result_words: String,
    /// How often the last step was tried.
    pub tries: usize,
    /// The address that it came from.
    pub source_ip: Option<String>,
    /// The steps, in the order of time.
    pub events: Vec<AttemptEvent>,
}

/// One step of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptEvent {
    /// CloudTrail's id of the event.
    pub id: Option<String>,
    /// The kind of event.
    pub name: &'static str,
    /// When it happened.
    pub at: Timestamp,
    /// The same for people.
    pub clock: String,
    /// How it went, where the event says so.
    pub outcome: Option<String>,
    /// The credential that it is about, and an error.
    pub details: Vec<String>,
}

impl AttemptEvent {
    /// Returns the step in a line: when, what, how it went, and the event's id.
    #[must_use]
    pub fn describe(&self) -> String {
        let id = self.id.as_ref().map(|id| format!("event {id}"));
        let parts = [self.clock.clone(), self.name.to_owned()].into_iter();
        let parts = parts.chain(self.details.iter().cloned()).chain(self.outcome.clone()).chain(id);
        parts.collect::<Vec<_>>().join(", ")
    }
}
