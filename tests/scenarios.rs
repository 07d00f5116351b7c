//! Every scenario of `tests/scenarios` comes out as its file says.

mod support;

use std::collections::BTreeSet;

use sso_doctor::{
    cause::Cause,
    diagnosis::{CheckId, Status, VerdictStatus},
    intake::TypedUser,
    sample::Organization,
};
use support::scenario::{self, Scenario};

#[test]
fn every_scenario_is_an_organization() {
    for scenario in scenario::all() {
        if let Err(error) = Organization::new(&scenario.organization, scenario::now()) {
            panic!("{}: {error}", scenario.name);
        }
        TypedUser::parse(&scenario.told.user).unwrap();
    }
}

#[test]
fn every_cause_has_a_scenario() {
    let shown: BTreeSet<Cause> = scenario::all()
        .iter()
        .flat_map(|scenario| CheckId::ALL.map(|check| scenario.expected.finding(check).cause))
        .flatten()
        .collect();
    let missing: Vec<&str> =
        Cause::ALL.iter().filter(|cause| !shown.contains(cause)).map(|cause| cause.code()).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// The verdict follows from the checks; this keeps the files from contradicting themselves.
#[test]
fn the_expected_verdicts_follow_from_the_expected_checks() {
    for scenario in scenario::all() {
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
