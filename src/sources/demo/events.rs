//! Sign-in events of a sample organization, as they are written down.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::ids;
use crate::domain::{AccountId, EventOutcome, Instance, OnBehalfOf, Region, SignInEvent, SignInEventName};

/// A sign-in event. A file says only what is different from an event that says little.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EventEntry {
    /// The kind.
    pub name: SignInEventName,
    /// For whom, by the name of a user of this organization: the event carries the id.
    pub user: Option<String>,
    /// For whom, by a name that the event carries.
    pub user_name: Option<String>,
    /// The instance; the first one where left out.
    pub instance: Option<String>,
    /// The identity store that it names, or `absent`; that of the instance where left out.
    pub store: Option<String>,
    /// The Region that has it; the instance's where left out.
    pub region: Option<String>,
    /// So many seconds before now.
    #[serde(default)]
    pub seconds_ago: i64,
    /// And so many minutes.
    #[serde(default)]
    pub minutes_ago: i64,
    /// What the events of one sign-in have in common.
    pub workflow: Option<String>,
    /// The credential.
    pub credential: Option<String>,
    /// `Success`, `Failure`, or something else.
    pub outcome: Option<String>,
    /// The host that the sign-in leads to.
    pub login_host: Option<String>,
    /// How a token was asked for.
    pub grant: Option<String>,
    /// The code of an error.
    pub error_code: Option<String>,
    /// What is said of an error.
    pub error_message: Option<String>,
    /// The address.
    pub source_ip: Option<String>,
}

impl EventEntry {
    /// Returns an event of so many minutes ago, of which nothing else is known.
    #[must_use]
    pub fn of(name: SignInEventName, minutes_ago: i64) -> Self {
        Self {
            name,
            user: None,
            user_name: None,
            instance: None,
            store: None,
            region: None,
            seconds_ago: 0,
            minutes_ago,
            workflow: None,
            credential: None,
            outcome: None,
            login_host: None,
            grant: None,
            error_code: None,
            error_message: None,
            source_ip: None,
        }
    }
}

/// An event, and where it is kept.
#[derive(Debug, Clone)]
pub(super) struct SampleEvent {
    pub(super) account: Option<AccountId>,
    pub(super) region: Region,
    pub(super) event: SignInEvent,
}

/// Returns the event that an entry means.
pub(super) fn read_event(
    entry: &EventEntry,
    instance: &Instance,
    named: OnBehalfOf,
    number: usize,
    now: Timestamp,
) -> SampleEvent {
    let ago = SignedDuration::from_mins(entry.minutes_ago) + SignedDuration::from_secs(entry.seconds_ago);
    let at = now.checked_sub(ago).unwrap_or(now);
    let outcome = entry.outcome.as_deref().map(|said| match said {
        "Success" => EventOutcome::Success,
        "Failure" => EventOutcome::Failure,
        other => EventOutcome::Other(other.to_owned()),
    });
    let event = SignInEvent {
        id: Some(ids::derive_uuid(&format!("event:{number}"))),
        on_behalf_of: if named.user.is_some() { vec![named] } else { Vec::new() },
        user_name: entry.user_name.clone(),
        workflow: entry.workflow.clone(),
        credential: entry.credential.clone(),
        outcome,
        login_host: entry.login_host.clone(),
        grant: entry.grant.clone(),
        error_code: entry.error_code.clone(),
        error_message: entry.error_message.clone(),
        source_ip: entry.source_ip.clone(),
        ..SignInEvent::new(entry.name, at)
    };
    let region = entry.region.as_ref().map_or_else(|| instance.region.clone(), Region::new);
    SampleEvent { account: instance.owner.clone(), region, event }
}
