//! Every scenario of `tests/scenarios` comes out as its file says.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{
    aws::Plan,
    comparison::differences,
    doctor::{self, diagnose},
    scenario::{self, Scenario},
};
use futures::{StreamExt, stream};
use sso_doctor::{
    catalog::Cause,
    checks::{CheckId, Status},
    facts::FailureKind,
    report::diagnosis::VerdictStatus,
    sources::demo::Sample,
};

#[test]
fn every_cause_has_a_scenario() {
    let shown: BTreeSet<Cause> = scenario::all()
        .iter()
        .flat_map(|scenario| {
            let of_checks = CheckId::ALL.map(|check| scenario.expected.finding(check).cause);
            of_checks.into_iter().chain([scenario.expected.cause]).collect::<Vec<_>>()
        })
        .flatten()
        .collect();
    let missing: Vec<&str> =
        Cause::ALL.iter().filter(|cause| !shown.contains(cause)).map(|cause| cause.code()).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// The verdict follows from the checks; this keeps the files from contradicting themselves.
#[test]
fn the_expected_verdicts_follow_from_the_expected_checks() {
    for scenario in scenario::of_checks() {
        let (status, cause) = verdict_of(&scenario);
        let name = &scenario.name;
        assert_eq!(scenario.expected.verdict, status, "{name}");
        assert_eq!(scenario.expected.cause, cause, "{name}");
        for check in CheckId::ALL {
            let finding = scenario.expected.finding(check);
            if let Some(root) = finding.waits_on {
                let root = scenario.expected.finding(root).status;
                assert!(matches!(root, Status::Fail | Status::Unknown), "{name}: {check:?} waits on what did not fail");
            }
        }
    }
}

fn verdict_of(scenario: &Scenario) -> (VerdictStatus, Option<Cause>) {
    let rules = [
        (Status::Fail, VerdictStatus::Problem),
        (Status::Unknown, VerdictStatus::Inconclusive),
        (Status::Warn, VerdictStatus::Suspect),
    ];
    for (status, verdict) in rules {
        let first = CheckId::ALL.into_iter().find(|check| scenario.expected.finding(*check).status == status);
        if let Some(check) = first {
            return (verdict, scenario.expected.finding(check).cause);
        }
    }
    (VerdictStatus::Healthy, None)
}

#[tokio::test]
async fn every_scenario_comes_out_through_the_sample_organization() {
    let mut wrong = BTreeMap::new();
    for scenario in scenario::all() {
        let sample = Sample::new(scenario.organization(), None);
        let diagnosis = diagnose(&sample, &scenario.told.case(), scenario::now()).await;
        wrong.insert(scenario.name.clone(), differences(&scenario, &diagnosis));
    }
    all_agree(wrong);
}

/// The same organizations behind the real AWS module, in pages so small that every listing has several.
#[tokio::test]
async fn every_scenario_comes_out_over_the_wire() {
    let on_the_wire = scenario::of_checks().into_iter().filter(|scenario| !scenario.meets(&FailureKind::Internal));
    let wrong = stream::iter(on_the_wire).map(over_the_wire).buffer_unordered(16).collect().await;
    all_agree(wrong);
}

async fn over_the_wire(scenario: Scenario) -> (String, Vec<String>) {
    let server = Plan::new(scenario.organization()).page_size(2).start().await;
    let patience = if scenario.meets(&FailureKind::TimedOut) { doctor::IMPATIENT } else { doctor::PATIENT };
    let aws = if scenario.meets(&FailureKind::CredentialsMissing) {
        doctor::aws_without_credentials(server.url())
    } else {
        doctor::aws_at(server.url(), patience)
    };
    let diagnosis = diagnose(&aws, &scenario.told.case(), scenario::now()).await;
    (scenario.name.clone(), differences(&scenario, &diagnosis))
}

fn all_agree(mut wrong: BTreeMap<String, Vec<String>>) {
    wrong.retain(|_, differences| !differences.is_empty());
    assert!(wrong.is_empty(), "{wrong:#?}");
}
