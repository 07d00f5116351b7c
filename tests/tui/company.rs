//! The sample organization, asked without waiting, with times made up so that pictures stay the same.

use jiff::Timestamp;
use sso_doctor::{
    domain::Region,
    facts::{CallEvent, Fact},
    gather::gather,
    intake::{Case, Settings, Source, Sourced},
    journal::Journal,
    operation::Operation,
    sample::{Organization, Sample, SampleUser, sample_users},
};
use tokio::sync::mpsc::unbounded_channel;

pub(crate) fn now() -> Timestamp {
    "2026-11-21T19:00:00Z".parse().unwrap()
}

pub(crate) fn settings() -> Settings {
    let region = Some(Sourced { value: Region::new("eu-west-1"), source: Source::Sample });
    Settings { region, demo: true, ..Settings::default() }
}

pub(crate) fn settings_at_work() -> Settings {
    let profile = Some(Sourced { value: "helpdesk".to_owned(), source: Source::Flag("--profile") });
    let region = Some(Sourced { value: Region::new("eu-west-1"), source: Source::AwsProfile("helpdesk".to_owned()) });
    Settings { profile, region, ..Settings::default() }
}

pub(crate) fn users() -> Vec<SampleUser> {
    sample_users().unwrap()
}

/// What the organization says in that time, in milliseconds. Three users are names of what goes wrong.
pub(crate) fn facts(case: &Case, until: u64) -> Vec<Fact> {
    let other = match case.user.as_str() {
        "expired" => Some("[[faults]]\noperations = []\nobstacle = \"credentials-expired\""),
        "denied" => Some("[[faults]]\noperations = []\nobstacle = \"denied\""),
        "nowhere" => Some("instances = []"),
        _ => None,
    };
    let sample = match other {
        Some(organization) => Sample::new(Organization::parse(organization, now()).unwrap(), None),
        None => Sample::demo(now(), None).unwrap(),
    };
    let (line, mut announcements) = unbounded_channel();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(gather(&sample, std::slice::from_ref(case), now(), &Journal::new(line)));
    let mut facts = Vec::new();
    let mut asked = Vec::new();
    while let Ok(announcement) = announcements.try_recv() {
        let mut fact = announcement.fact;
        if let Fact::Call(event) = &mut fact {
            at_made_up_times(event, &mut asked);
        }
        facts.push(fact);
    }
    answered_by(facts, until)
}

/// Each operation begins when what it rests on has been answered.
fn at_made_up_times(event: &mut CallEvent, asked: &mut Vec<(u64, Operation)>) {
    match event {
        CallEvent::Started { id, operation, at_ms, .. } => {
            asked.push((*id, *operation));
            *at_ms = begins(*operation);
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
        Operation::DescribeUser
        | Operation::ListGroupMembershipsForMember
        | Operation::ListApplicationAssignments
        | Operation::GetApplicationAssignmentConfiguration => 458,
        Operation::DescribeGroup | Operation::ListGroupMemberships | Operation::ListUsers => 690,
    }
}

/// Leaves out the ends of calls after that time, and the facts that come with them; calls that begin later, too.
fn answered_by(facts: Vec<Fact>, until: u64) -> Vec<Fact> {
    let mut open = true;
    let kept = facts.into_iter().filter(|fact| match fact {
        Fact::Call(CallEvent::Started { at_ms, .. }) => {
            open = true;
            *at_ms <= until
        }
        Fact::Call(CallEvent::Ended { at_ms, .. }) => {
            open = *at_ms <= until;
            open
        }
        Fact::Call(_) => true,
        _ => open,
    });
    kept.collect()
}
