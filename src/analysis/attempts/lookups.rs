//! Which events are looked up, and what was read of them.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::person::Person;
use crate::{
    analysis::{instances, regions},
    case::Case,
    domain::{AccountId, Instance, PageToken, Region, SignInEvent, SignInEventName},
    facts::{Facts, Failure, FailureKind, Known, LookupEvents, Operation},
};

/// How many pages of one kind of event are read in a Region.
const PAGES: usize = 4;

/// How far back events are looked up.
const BACK: SignedDuration = SignedDuration::from_hours(24);

/// How far around the time at which the user tried.
const AROUND: SignedDuration = SignedDuration::from_mins(15);

/// The time in which events are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub from: Timestamp,
    /// Until when; `None` is up to now.
    pub to: Option<Timestamp>,
}

impl Window {
    /// Returns the time around the attempt that was told, else the last day.
    pub(crate) fn new(case: &Case, facts: &Facts) -> Self {
        let attempted = case.settings.attempts.attempted;
        let from = match attempted {
            Some(at) => at.checked_sub(AROUND),
            None => facts.now.checked_sub(BACK),
        };
        let to = attempted.and_then(|at| at.checked_add(AROUND).ok()).filter(|to| *to < facts.now);
        Self { from: cut_to_second(from.unwrap_or(facts.now)), to: to.map(cut_to_second) }
    }

    /// Returns true for a time within.
    pub(super) fn contains(self, at: Timestamp) -> bool {
        at >= self.from && self.to.is_none_or(|to| at <= to)
    }
}

/// Requests tell times to the second.
fn cut_to_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// Returns the account that keeps the events, if these credentials are of another one.
pub(crate) fn find_other_account<'a>(case: &Case, facts: &Facts, instance: &'a Instance) -> Option<&'a AccountId> {
    let caller = instances::find_caller(case, facts);
    let own = &caller.value()?.account;
    instance.owner.as_ref().filter(|owner| *owner != own)
}

/// What was read of one kind of event in one Region.
#[derive(Debug, Clone)]
pub(super) struct Reading<'a> {
    pub(super) name: SignInEventName,
    pub(super) region: Region,
    pub(super) events: Vec<&'a SignInEvent>,
    /// How many could not be read.
    pub(super) unreadable: usize,
    /// The page to read next; `None` if there is none, or not within the bound.
    next: Option<LookupEvents>,
    /// True if there is more than is read.
    pub(super) is_cut: bool,
    /// What is in the way of the next page, if it is.
    pub(super) failure: Option<Failure>,
}

impl Reading<'_> {
    /// Returns true while a page is on its way, or can be asked for.
    pub(super) fn is_pending(&self) -> bool {
        self.next.is_some()
    }

    /// Returns true if every event of this kind in the time looked at was read.
    pub(super) fn is_complete(&self) -> bool {
        !self.is_cut && !self.is_pending() && self.failure.is_none()
    }

    /// Returns true if every event from that time on was read.
    pub(super) fn reaches_back_to(&self, at: Timestamp) -> bool {
        let is_read_past = self.is_cut && self.events.iter().any(|event| event.at < at);
        self.is_complete() || (is_read_past && !self.is_pending() && self.failure.is_none())
    }
}

/// Returns what was read about a person. The first look-up shows whether there is anything to read: until it is answered
/// no other is made, and none at all where it fails.
pub(super) fn list_readings<'a>(
    case: &Case,
    facts: &'a Facts,
    instance: &Instance,
    person: &Person,
) -> Vec<Reading<'a>> {
    let window = Window::new(case, facts);
    let mut readings = Vec::new();
    for region in list_regions(facts, instance) {
        for name in list_names(person) {
            let first = LookupEvents { region: region.clone(), name, from: window.from, to: window.to, after: None };
            let probes = readings.is_empty();
            let is_answered = facts.get(first.clone()).value().is_some();
            readings.push(read_pages(facts, first, window));
            if probes && !is_answered {
                return readings;
            }
        }
    }
    readings
}

/// Returns the pages that can be asked for next.
pub(crate) fn list_next_pages(case: &Case, facts: &Facts, instance: &Instance, person: &Person) -> Vec<LookupEvents> {
    list_readings(case, facts, instance, person).into_iter().filter_map(|reading| reading.next).collect()
}

/// Returns the Regions that keep events of an instance, its primary one first.
fn list_regions(facts: &Facts, instance: &Instance) -> Vec<Region> {
    let mut regions = vec![regions::find_primary_region(facts, instance)];
    if let Known::Value(known) = regions::find_active_regions(facts, instance) {
        let others = known.active.into_iter().filter(|region| *region != known.primary);
        regions.extend(others);
    }
    regions
}

/// Returns the kinds of events that there can be of a person, the one that all have first.
fn list_names(person: &Person) -> Vec<SignInEventName> {
    use SignInEventName as Name;
    let mut names = vec![Name::UserAuthentication, Name::CreateToken];
    if person.external != Some(true) {
        names.extend([Name::CredentialVerification, Name::CredentialChallenge]);
    }
    if person.external != Some(false) {
        names.push(Name::ExternalIdPDirectoryLogin);
    }
    names
}

fn read_pages(facts: &Facts, first: LookupEvents, window: Window) -> Reading<'_> {
    let mut reading = Reading {
        name: first.name,
        region: first.region.clone(),
        events: Vec::new(),
        unreadable: 0,
        next: Some(first),
        is_cut: false,
        failure: None,
    };
    let mut tokens: BTreeSet<PageToken> = BTreeSet::new();
    for _ in 0..PAGES {
        let Some(query) = reading.next.take() else { break };
        match facts.get(query.clone()) {
            Known::Value(page) => {
                // Whoever answers may not keep to the time that was asked for.
                reading.events.extend(page.events.iter().filter(|event| window.contains(event.at)));
                reading.unreadable += page.unreadable;
                let Some(token) = &page.next else { break };
                if !tokens.insert(token.clone()) {
                    reading.failure = Some(Failure::of(
                        &query.into(),
                        FailureKind::Malformed,
                        "the list repeats its paging token, so it never ends",
                    ));
                    break;
                }
                reading.next = Some(LookupEvents { after: Some(token.clone()), ..query });
            }
            Known::Failed(failure) => reading.failure = Some(failure),
            Known::Pending => {
                reading.next = Some(query);
                return close_reading(facts, reading);
            }
        }
    }
    reading.is_cut = reading.next.take().is_some();
    reading
}

/// Nothing more will come: what is still missing met the failure that ended the asking.
fn close_reading<'a>(facts: &Facts, mut reading: Reading<'a>) -> Reading<'a> {
    if let Some(closed) = &facts.closed {
        let failure =
            reading.next.take().map(|query| Failure::of(&query.into(), closed.kind.clone(), &*closed.message));
        reading.failure =
            failure.or_else(|| Some(Failure { operation: Some(Operation::LookupEvents), ..closed.clone() }));
    }
    reading
}
