//! Two colleagues side by side: why she and not he.

use rstest::rstest;
use serde_json::Value;

use crate::support::program::{Program, Run};

fn compare(arguments: &[&str]) -> Run {
    Program::new().run(&[&["compare", "--demo"], arguments].concat())
}

#[rstest]
#[case::a_group("ines.costa@corp.example", "Ana Silva is in Kiro-Developers, Ines Costa is not.", 1)]
#[case::disabled("felix.braun@corp.example", "Felix Braun's account is disabled, Ana Silva's is not.", 1)]
#[case::no_account("dimitri.petrov@corp.example", "has an account, dimitri.petrov@corp.example has none", 1)]
#[case::too_recent("jonas.weber@corp.example", "Jonas Weber was added only recently, Ana Silva is in long enough.", 1)]
#[case::nothing("lnowak@corp.example", "Nothing in AWS keeps Łukasz Nowak or Ana Silva from signing in.", 0)]
fn the_deciding_difference_stands_first(#[case] failing: &str, #[case] difference: &str, #[case] status: i32) {
    let run = compare(&[failing, "ana.silva@corp.example"]);
    let first = run.stdout.lines().next().unwrap();
    assert!(first.contains(difference), "{first}");
    assert_eq!(run.status, status);
}

#[test]
fn checks_that_differ_come_first_and_groups_say_whose_they_are() {
    let run = compare(&["ines.costa@corp.example", "ana.silva@corp.example", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let checks = report["checks"].as_array().unwrap();
    assert_eq!((&checks[0]["id"], &checks[0]["differs"]), (&"groups".into(), &true.into()));
    assert_eq!(checks.last().unwrap()["differs"], false);
    let groups = report["groups"].as_array().unwrap();
    let granting = groups.iter().find(|group| group["name"] == "Kiro-Developers").unwrap();
    assert_eq!((&granting["whose"], &granting["grants"]), (&"working".into(), &true.into()));
    assert!(groups.iter().any(|group| group["name"] == "Sales" && group["whose"] == "failing"), "{groups:?}");
}

#[test]
fn two_who_cannot_sign_in_are_told_as_such() {
    let run = compare(&["ines.costa@corp.example", "felix.braun@corp.example"]);
    assert!(run.stdout.starts_with("Neither is free to sign in. Ines Costa: "), "{}", run.stdout);
}

#[test]
fn a_redacted_comparison_names_nobody() {
    let run = compare(&["ines.costa@corp.example", "ana.silva@corp.example", "--redact"]);
    for name in ["Ines", "Ana", "ines.costa", "ana.silva", "d-93677e5f21"] {
        assert!(!run.stdout.contains(name), "{name}: {}", run.stdout);
    }
    assert!(run.stdout.contains("Kiro-Developers"), "{}", run.stdout);
}
