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

/// Every scenario, through the sample organization.
#[tokio::test]
async fn every_scenario_is_judged_as_expected() {
    use sso_doctor::{
        app_profile::ApplicationProfile,
        domain::{InstanceArn, Region},
        facts::Facts,
        gather,
        intake::{Case, Settings, Source, Sourced},
        journal::Journal,
        judge,
        sample::Sample,
        words::Words,
    };
    use std::sync::Arc;
    let words = Words::built_in().unwrap();
    let mut wrong = String::new();
    for scenario in scenario::all() {
        let organization = Organization::new(&scenario.organization, scenario::now()).unwrap();
        let told = scenario.told.clone();
        let profile = told.profile.unwrap_or_else(|| ApplicationProfile::load(&told.app).unwrap());
        let case = Case {
            user: TypedUser::parse(&told.user).unwrap(),
            start_url: told.start_url,
            typed_region: told.typed_region,
            profile: Arc::new(profile),
            settings: Arc::new(Settings {
                region: Some(Sourced { value: Region::new(told.region), source: Source::Flag("--region") }),
                profile: None,
                instance: told
                    .instance
                    .map(|arn| Sourced { value: InstanceArn::new(arn), source: Source::Flag("--instance") }),
                alias_url: told.alias_url,
                demo: false,
                fails_inside: None,
            }),
        };
        let sample = Sample::new(organization, None);
        let (line, mut announcements) = tokio::sync::mpsc::unbounded_channel();
        gather::gather(&sample, std::slice::from_ref(&case), scenario::now(), &Journal::new(line)).await;
        let mut facts = Facts::new(scenario::now());
        while let Some(announcement) = announcements.recv().await {
            facts.learn(announcement.fact);
        }
        let diagnosis = judge::diagnose(&case, &facts, &words);
        let mut mine = String::new();
        for check in &diagnosis.checks {
            let e = scenario.expected.finding(check.id);
            if check.status != Some(e.status) || check.cause != e.cause || check.waits_on != e.waits_on {
                mine += &format!(
                    "   {:?}: want {:?} {:?} {:?} got {:?} {:?} {:?}: {} | {:?}\n",
                    check.id,
                    e.status,
                    e.cause,
                    e.waits_on,
                    check.status,
                    check.cause,
                    check.waits_on,
                    check.summary,
                    check.found
                );
            }
            let all = format!("{} {:?} {:?} {:?}", check.summary, check.expected, check.found, check.notes);
            for m in scenario.expected.mentions.get(&check.id).into_iter().flatten() {
                if !all.contains(m) {
                    mine += &format!("   {:?}: lacks {m:?} in {all}\n", check.id);
                }
            }
        }
        for c in &scenario.expected.context {
            if !diagnosis.context.iter().any(|l| format!("{} {} {}", l.label, l.value, l.source).contains(c)) {
                mine += &format!("   context lacks {c}: {:?}\n", diagnosis.context);
            }
        }
        for c in &scenario.expected.suggests {
            if !diagnosis.suggestions.contains(c) {
                mine += &format!("   suggestions lack {c}\n");
            }
        }
        let v = diagnosis.verdict.unwrap();
        if v.status != scenario.expected.verdict || v.cause != scenario.expected.cause {
            mine += &format!("   verdict {:?} {:?}\n", v.status, v.cause);
        }
        if !mine.is_empty() {
            wrong += &format!("{}\n{mine}", scenario.name);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
