//! What the user's last attempts to sign in show, by the events that CloudTrail keeps.
//!
//! What was seen stands by itself. What rests on something that was not seen needs more: events of anybody were seen, the
//! newest of them is late enough, and those of that time were all read. "Not seen" is never "did not happen".

mod attempt;
mod lookups;
mod person;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

pub(crate) use self::{
    attempt::{Attempt, Ending, Reached},
    lookups::{Window, find_other_account, list_next_pages},
    person::Person,
};
use self::{
    attempt::{Surroundings, TOKEN, describe_error, judge_events},
    lookups::{Reading, list_readings},
    person::sort_events,
};
use super::CaseView;
use crate::{
    domain::{Region, SignInEvent, SignInEventName as Name},
    facts::{Failure, Known},
};

/// Events can be late by so much.
const LATE: SignedDuration = SignedDuration::from_mins(15);

/// For so long the refusal of a provider's answer, which names nobody, may be this person's.
const REFUSAL: SignedDuration = SignedDuration::from_hours(1);

/// What was read of a person's attempts.
#[derive(Debug, Clone)]
pub(crate) struct SignIns<'a> {
    pub window: Window,
    /// The end of that time: now, where none was told.
    pub until: Timestamp,
    /// How many events were read, of whomever.
    pub read: usize,
    /// How many were passed over, because they could not be read.
    pub unreadable: usize,
    /// What was not read.
    pub unread: Vec<Unread>,
    /// What came in the way of reading all.
    pub failure: Option<Failure>,
    /// When the newest event of anybody in the identity store happened.
    pub newest_of_anybody: Option<Timestamp>,
    /// True if that is so late that an event of this person would be there as well.
    pub is_settled: bool,
    /// True if the user's name is known, which some events have alone.
    pub is_name_known: bool,
    /// The attempts, the newest first.
    pub attempts: Vec<Attempt<'a>>,
}

/// Events of one kind that were not all read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unread {
    pub name: Name,
    pub region: Region,
    /// Those before that time; `None` if none was read.
    pub before: Option<Timestamp>,
}

impl<'a> SignIns<'a> {
    /// Returns true if every event in the time looked at was read.
    pub(crate) fn is_complete(&self) -> bool {
        self.unread.is_empty() && self.failure.is_none()
    }

    /// Returns the attempt that decides: the newest. That an older session goes on is none, unless there is no other.
    pub(crate) fn find_deciding(&self) -> Option<&Attempt<'a>> {
        let real = self.attempts.iter().find(|attempt| !attempt.is_only_refreshing());
        real.or_else(|| self.attempts.first())
    }

    /// Returns when the person was last given a token.
    pub(crate) fn find_last_token(&self) -> Option<&'a SignInEvent> {
        let events = self.attempts.iter().flat_map(|attempt| &attempt.events).copied();
        events.filter(|event| event.name == Name::CreateToken && event.is_success()).max_by_key(|event| event.at)
    }
}

/// Returns what was read of a person's attempts; pending while a page of it is on its way.
pub(crate) fn read_sign_ins<'a>(view: &CaseView<'a>, person: &Person) -> Known<SignIns<'a>> {
    let CaseView { case, facts, instance, .. } = view;
    let readings = list_readings(case, facts, instance, person);
    if readings.iter().any(Reading::is_pending) {
        return Known::Pending;
    }
    if let [Reading { failure: Some(failure), events, .. }] = readings.as_slice()
        && events.is_empty()
    {
        return Known::Failed(failure.clone());
    }
    let now = facts.aws_now();
    let window = Window::new(case, facts);
    let events = list_once(&readings);
    let sorted = sort_events(person, &events);
    let newest_of_anybody = sorted.of_anybody.iter().map(|event| event.at).max();
    let late_enough = case.settings.attempts.attempted.or_else(|| now.checked_sub(LATE).ok());
    let is_settled =
        person.has_name() && newest_of_anybody.zip(late_enough).is_some_and(|(newest, needed)| newest > needed);
    let are_known = |names: &[Name], from: Timestamp| {
        let mut asked = readings.iter().filter(|reading| names.contains(&reading.name));
        asked.all(|reading| reading.reaches_back_to(from))
    };
    let tokens: Vec<Timestamp> = sorted
        .theirs
        .iter()
        .filter(|event| event.name == Name::CreateToken && event.is_success())
        .map(|event| event.at)
        .collect();
    let around = Surroundings {
        now,
        are_steps_known: &|from| are_known(&[Name::UserAuthentication, Name::CredentialVerification], from),
        are_tokens_known: &|from| {
            let end = from.checked_add(TOKEN).ok();
            are_known(&[Name::CreateToken], from) && end.is_some_and(|end| window.to.is_none_or(|to| to >= end))
        },
        is_settled,
        tokens: &tokens,
    };
    let groups = group_events(&sorted.theirs);
    let mut attempts: Vec<Attempt> = groups.into_iter().filter_map(|group| judge_events(group, &around)).collect();
    attempts.extend(find_refusal(&events, &sorted.theirs, person, now, case.settings.attempts.attempted.is_some()));
    attempts.sort_by_key(|attempt| std::cmp::Reverse(attempt.at));
    Known::Value(SignIns {
        window,
        until: window.to.unwrap_or(facts.now),
        read: readings.iter().map(|reading| reading.events.len() + reading.unreadable).sum(),
        unreadable: readings.iter().map(|reading| reading.unreadable).sum(),
        unread: list_unread(&readings),
        failure: readings.iter().find_map(|reading| reading.failure.clone()),
        newest_of_anybody,
        is_settled,
        is_name_known: person.has_name(),
        attempts,
    })
}

/// Returns every event once: Regions may tell the same ones.
fn list_once<'a>(readings: &[Reading<'a>]) -> Vec<&'a SignInEvent> {
    let mut seen = BTreeSet::new();
    let all = readings.iter().flat_map(|reading| &reading.events).copied();
    all.filter(|event| event.id.as_deref().is_none_or(|id| seen.insert(id))).collect()
}

fn list_unread(readings: &[Reading]) -> Vec<Unread> {
    let cut = readings.iter().filter(|reading| reading.is_cut);
    let unread = cut.map(|reading| Unread {
        name: reading.name,
        region: reading.region.clone(),
        before: reading.events.iter().map(|event| event.at).min(),
    });
    unread.collect()
}

/// Groups a person's events, which are in the order of time, into attempts: those of a workflow are one. A token, and
/// whatever else names no workflow, belongs to the newest attempt that is not long before it. That an older session goes
/// on belongs to a sign-in only.
fn group_events<'a>(theirs: &[&'a SignInEvent]) -> Vec<Vec<&'a SignInEvent>> {
    let mut groups: Vec<Vec<&SignInEvent>> = Vec::new();
    let mut workflows: Vec<Option<&str>> = Vec::new();
    for event in theirs {
        let workflow = event.workflow.as_deref();
        let place = match workflow {
            Some(_) => workflows.iter().position(|known| *known == workflow),
            None => find_newest(&groups, event),
        };
        if let Some(group) = place.and_then(|place| groups.get_mut(place)) {
            group.push(event);
        } else {
            groups.push(vec![event]);
            workflows.push(workflow);
        }
    }
    groups
}

/// Returns the place of the newest attempt that an event without a workflow belongs to.
fn find_newest(groups: &[Vec<&SignInEvent>], event: &SignInEvent) -> Option<usize> {
    let is_refreshing = |group: &[&SignInEvent]| group.iter().all(|known| known.is_refresh());
    if event.is_refresh()
        && let Some(refreshes) = groups.iter().position(|group| is_refreshing(group))
        && groups.iter().all(|group| !belongs_to(event, group))
    {
        return Some(refreshes);
    }
    let near = groups.iter().enumerate().filter(|(_, group)| !is_refreshing(group) && belongs_to(event, group));
    near.max_by_key(|(_, group)| find_last_step(group)).map(|(place, _)| place)
}

fn belongs_to(event: &SignInEvent, group: &[&SignInEvent]) -> bool {
    let is_signed_in = group.iter().any(|known| known.name == Name::UserAuthentication);
    let age = find_last_step(group).map(|last| event.at.duration_since(last));
    age.is_some_and(|age| age <= TOKEN) && (is_signed_in || !event.is_refresh())
}

/// Returns when the last step before a token was.
fn find_last_step(group: &[&SignInEvent]) -> Option<Timestamp> {
    let steps = group.iter().filter(|event| event.name != Name::CreateToken).map(|event| event.at).max();
    steps.or_else(|| group.first().map(|event| event.at))
}

/// Returns the refusals of a provider's answer that may be this person's, as one attempt. They name nobody.
fn find_refusal<'a>(
    events: &[&'a SignInEvent],
    theirs: &[&SignInEvent],
    person: &Person,
    now: Timestamp,
    is_time_told: bool,
) -> Option<Attempt<'a>> {
    if person.external == Some(false) {
        return None;
    }
    let is_success = |event: &&&SignInEvent| match event.name {
        Name::UserAuthentication => true,
        Name::CreateToken => event.is_success() && !event.is_refresh(),
        _ => false,
    };
    let let_in = theirs.iter().filter(is_success).map(|event| event.at).max();
    let may_be_theirs = |event: &&&SignInEvent| {
        event.name == Name::ExternalIdPDirectoryLogin
            && event.is_failure()
            && let_in.is_none_or(|let_in| event.at > let_in)
            && (is_time_told || now.duration_since(event.at) <= REFUSAL)
    };
    let mut refused: Vec<&SignInEvent> = events.iter().filter(may_be_theirs).copied().collect();
    refused.sort_by_key(|event| event.at);
    let last = refused.last()?;
    let said = last.is_error().then(|| describe_error(last));
    Some(Attempt {
        at: last.at,
        reached: Reached::Provider,
        ending: Ending::RefusedAnswer { said },
        tries: refused.len(),
        events: refused,
    })
}
