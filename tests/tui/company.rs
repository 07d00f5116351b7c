//! The sample organization, asked without waiting, with times made up so that pictures stay the same.

use std::sync::Arc;

use jiff::Timestamp;
use sso_doctor::{
    case::{Case, Settings, SignIn, Source, Sourced},
    catalog::Catalog,
    domain::Region,
    facts::{CallEvent, Event, Facts, Operation},
    gather::{FollowUps, gather},
    report,
    sources::{
        EventSender,
        demo::{Organization, Sample, SampleUser, sample_users},
    },
};
use tokio::sync::mpsc::unbounded_channel;

pub(crate) fn now() -> Timestamp {
    "2026-11-21T19:00:00Z".parse().unwrap()
}

pub(crate) fn settings() -> Settings {
    let region = Some(Sourced { value: Region::new("eu-west-1"), source: Source::Sample });
    Settings { region, demo: true, lists_people: true, ..Settings::default() }
}

pub(crate) fn settings_at_work() -> Settings {
    let profile = Some(Sourced { value: "helpdesk".to_owned(), source: Source::Flag("--profile") });
    let region = Some(Sourced { value: Region::new("eu-west-1"), source: Source::AwsProfile("helpdesk".to_owned()) });
    let sign_in = SignIn::SsoProfile("helpdesk".to_owned());
    Settings { aws_profile: profile, sign_in, region, lists_people: true, ..Settings::default() }
}

pub(crate) fn users() -> Vec<SampleUser> {
    sample_users().unwrap()
}

/// What the organization says in that time, in milliseconds. Three users are names of what goes wrong.
pub(crate) fn events(cases: &[Case], until: u64) -> Vec<Event> {
    let other = match cases[0].user.as_str() {
        "expired" => Some("[[faults]]\noperations = []\nobstacle = \"credentials-expired\""),
        "denied" => Some("[[faults]]\noperations = []\nobstacle = \"denied\""),
        "nowhere" => Some("instances = []"),
        _ => None,
    };
    let sample = match other {
        Some(organization) => Sample::new(Organization::parse(organization, now()).unwrap(), None),
        None => Sample::demo(now(), None).unwrap(),
    };
    let (sender, mut receiver) = unbounded_channel();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let catalog = Catalog::built_in().unwrap();
    let follow_ups = FollowUps {
        wants_lookups: report::wants_attempts,
        plan_rights: Arc::new(move |case, facts| report::plan_rights(case, facts, &catalog)),
    };
    runtime.block_on(gather(&sample, cases, Facts::new(now()), follow_ups, &EventSender::new(sender)));
    let mut events = Vec::new();
    let mut asked = Vec::new();
    while let Ok(mut event) = receiver.try_recv() {
        if let Event::Call(event) = &mut event {
            at_made_up_times(event, &mut asked);
        }
        events.push(event);
    }
    answered_by(events, until)
}

/// Each operation begins when what it rests on has been answered.
fn at_made_up_times(event: &mut CallEvent, asked: &mut Vec<(u64, Operation)>) {
    match event {
        CallEvent::Started { id, query, at_ms } => {
            asked.push((*id, query.operation()));
            *at_ms = begins(query.operation());
        }
        CallEvent::Ended { id, at_ms, .. } => {
            let (_, operation) = asked.iter().find(|(known, _)| known == id).unwrap();
            *at_ms = begins(*operation) + 140 + *id * 37 % 90;
        }
        CallEvent::Sent { .. } | CallEvent::Retrying { .. } => {}
    }
}

fn begins(operation: Operation) -> u64 {
    match operation {
        Operation::GetCallerIdentity | Operation::ListInstances | Operation::GetRole => 2,
        Operation::DescribeInstance | Operation::ListApplications | Operation::GetUserId => 231,
        operation if operation.is_optional() => 690,
        _ => 458,
    }
}

/// Leaves out the ends of calls after that time, and the answers that come with them; calls that begin later, too.
fn answered_by(events: Vec<Event>, until: u64) -> Vec<Event> {
    let mut open = true;
    let kept = events.into_iter().filter(|event| match event {
        Event::Call(CallEvent::Started { at_ms, .. }) => {
            open = true;
            *at_ms <= until
        }
        Event::Call(CallEvent::Ended { at_ms, .. }) => {
            open = *at_ms <= until;
            open
        }
        Event::Call(_) => true,
        _ => open,
    });
    kept.collect()
}
