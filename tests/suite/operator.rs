//! The operator's own side: who they are, what they see, and what an administrator needs.

use std::collections::BTreeSet;

use crate::{
    round_trips::company,
    support::{
        aws::{Plan, WireFault},
        program::{Program, Run},
    },
};
use rstest::rstest;
use serde_json::Value;
use sso_doctor::{
    catalog::{Catalog, Cause},
    facts::Operation,
};

/// Runs `access --format json` against a company in which one operation may go wrong.
async fn survey(fault: Option<(Operation, WireFault)>, keys: bool) -> (Run, Value) {
    let plan = fault.into_iter().fold(Plan::new(company()), |plan, (operation, fault)| plan.fault(operation, fault));
    let aws = plan.start().await;
    let mut command = Program::new().command(&["access", "--format", "json"]);
    command.envs(aws.environment()).env("AWS_MAX_ATTEMPTS", "1");
    if !keys {
        command.env_remove("AWS_ACCESS_KEY_ID");
    }
    let run = tokio::task::spawn_blocking(move || Run::of(command)).await.unwrap();
    let report = run.json();
    (run, report)
}

fn outcome(report: &Value, call: &str) -> String {
    let checks = report["checks"].as_array().unwrap();
    let calls = checks.iter().flat_map(|check| check["calls"].as_array().unwrap());
    let found = calls.into_iter().find(|listed| listed["call"] == call).unwrap();
    found["outcome"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn access_says_who_one_is_and_what_works() {
    let (run, report) = survey(None, true).await;
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(report["account"], "111122223333");
    assert_eq!(report["relation"], "management");
    assert_eq!(outcome(&report, "sts:GetCallerIdentity"), "works");
    assert_eq!(outcome(&report, "sso:ListApplications"), "works");
    assert_eq!(report["obstacle"], Value::Null);
}

#[tokio::test]
async fn access_tells_what_is_denied_from_what_was_not_tried() {
    let (run, report) = survey(Some((Operation::ListInstances, WireFault::AccessDenied)), true).await;
    assert_eq!(run.status, 2, "{run:?}");
    assert_eq!(outcome(&report, "sso:ListInstances"), "denied");
    assert_eq!(outcome(&report, "sso:ListApplications"), "not-tried");
    assert_eq!(report["relation"], "unknown");
}

#[tokio::test]
async fn access_without_credentials_says_how_to_get_them() {
    let (run, report) = survey(None, false).await;
    assert_eq!(run.status, 2, "{run:?}");
    assert_eq!(report["account"], Value::Null);
    assert_eq!(report["obstacle"]["cause"], "credentials-missing");
    assert!(!report["obstacle"]["fixes"].as_array().unwrap().is_empty());
}

/// Every action that a fix needs is in the policy, none has a wildcard, and each statement says what it is for.
#[rstest]
fn an_administrator_s_policy_has_what_fixes_need(#[values("kiro", "amazon-q-developer")] app: &str) {
    let run = Program::new().run(&["policy", "--for", "admin", "--app", app]);
    assert_eq!(run.status, 0, "{run:?}");
    let policy = run.json();
    let statements = policy["Statement"].as_array().unwrap();
    let actions: BTreeSet<&str> = statements
        .iter()
        .flat_map(|statement| statement["Action"].as_array().unwrap())
        .map(|action| action.as_str().unwrap())
        .collect();
    assert!(actions.iter().all(|action| !action.contains('*')), "{actions:?}");
    let catalog = Catalog::built_in().unwrap();
    let fixes = Cause::ALL.iter().flat_map(|cause| catalog.entry_of(*cause).unwrap().explain_by_names().1);
    let needs: Vec<String> = fixes.flat_map(|fix| fix.needs).filter(|need| !need.contains('<')).collect();
    assert!(needs.len() > 5);
    for need in needs {
        assert!(actions.contains(need.as_str()), "{need}");
    }
    let ids: Vec<&str> = statements.iter().map(|statement| statement["Sid"].as_str().unwrap()).collect();
    for purpose in ["See", "SubscribeConsoleOnly", "Assign", "CreateServiceLinkedRoles", "Keys"] {
        assert!(ids.contains(&purpose), "{purpose}: {ids:?}");
    }
    assert!(ids.iter().all(|id| id.chars().all(|letter| letter.is_ascii_alphanumeric())), "{ids:?}");
    assert!(run.stderr.contains("SubscribeConsoleOnly") && !run.stderr.contains("Assign,"), "{}", run.stderr);
}

#[test]
fn the_manual_has_every_command_and_option() {
    let page = Program::new().run(&["man"]).stdout;
    for piece in [".TH sso-doctor", "SSO\\-DOCTOR CHECK", "SSO\\-DOCTOR ACCESS", "\\-\\-typed\\-region", "\\-\\-for"] {
        assert!(page.contains(piece), "{piece}");
    }
}

/// Causes, applications, AWS profiles and Regions are offered.
#[test]
fn completions_offer_values() {
    let program = Program::new().with_file(".aws/config", "[profile helpdesk-eu]\nregion = eu-west-1\n");
    let script = program.run(&["completions", "bash"]).stdout;
    for value in ["helpdesk-eu", "amazon-q-developer", "user-not-found", "ap-southeast-2"] {
        assert!(script.contains(value), "{value}");
    }
}
