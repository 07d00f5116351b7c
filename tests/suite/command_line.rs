//! The contract of the command line: what is printed where, and the exit status.

use std::{
    io::Read,
    process::{Command, Stdio},
};

use crate::support::program::Program;
use rstest::rstest;
use serde_json::Value;
use sso_doctor::{cause::Cause, diagnosis::CheckId, sample};

#[rstest]
#[case::healthy("ana.silva@corp.example", 0)]
#[case::problem("felix.braun@corp.example", 1)]
#[case::suspect("hugo.martin@corp.example", 1)]
fn the_exit_status_says_what_was_found(#[case] user: &str, #[case] status: i32) {
    let run = Program::new().run(&["check", "--demo", user]);
    assert_eq!(run.status, status);
    assert!(run.stdout.contains(user));
    assert_eq!(run.stderr, "");
}

#[test]
fn of_several_users_the_highest_exit_status_wins() {
    let users = ["ana.silva@corp.example", "felix.braun@corp.example", "ben.okafor@corp.example"];
    let run = Program::new().run(&["check", "--demo", "--format", "json", users[0], users[1], users[2]]);
    assert_eq!(run.status, 1);
    let reports: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let shown: Vec<&str> = reports.iter().map(|report| report["user"].as_str().unwrap()).collect();
    assert_eq!(shown, users);
}

#[test]
fn the_json_is_what_the_contract_says() {
    let report = Program::new().run(&["check", "--demo", "--format", "json", "ines.costa@corp.example"]).json();
    assert_eq!(report["schema"], 1);
    assert_eq!(report["app"], "kiro");
    assert_eq!(report["verdict"]["status"], "problem");
    assert_eq!(report["verdict"]["cause"], "not-in-entitled-group");
    assert_eq!(report["verdict"]["owner"], "identity-admin");
    for key in ["start_url", "region", "choose"] {
        assert!(report["tell_user"][key].is_string(), "{key}");
    }
    let checks = report["checks"].as_array().unwrap();
    let ids: Vec<&str> = checks.iter().map(|check| check["id"].as_str().unwrap()).collect();
    assert_eq!(ids, CheckId::ALL.map(CheckId::id));
    let keys = ["id", "status", "cause", "summary", "expected", "found", "waits_on", "fixes", "evidence"];
    let failed = checks.iter().find(|check| check["status"] == "fail").unwrap();
    assert!(keys.iter().all(|key| failed.get(key).is_some()), "{failed}");
    for key in ["title", "owner", "steps", "command", "console", "needs"] {
        assert!(failed["fixes"][0].get(key).is_some(), "{key}");
    }
    for key in ["call", "region", "request_id", "outcome", "elapsed_ms"] {
        assert!(failed["evidence"][0].get(key).is_some(), "{key}");
    }
    assert!(report["calls"].as_u64().unwrap() > 0);
    assert!(!report["not_covered"].as_array().unwrap().is_empty());
}

#[test]
fn a_finding_is_the_same_in_every_format() {
    for format in ["text", "json", "markdown"] {
        let run = Program::new().run(&["check", "--demo", "--format", format, "felix.braun@corp.example"]);
        assert_eq!(run.status, 1, "{format}");
        assert!(run.stdout.contains("user-disabled"), "{format}: {}", run.stdout);
    }
}

/// Where there is no screen, the program without a command behaves as `check`.
#[test]
fn without_a_terminal_the_program_checks() {
    let run = Program::new().run(&["--demo", "felix.braun@corp.example"]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("user-disabled"));
}

#[test]
fn every_sample_user_ends_in_the_cause_that_is_announced() {
    let users = sample::sample_users().unwrap();
    let names: Vec<&str> = users.iter().map(|user| user.name.as_str()).collect();
    let run = Program::new().run(&[&["check", "--demo", "--format", "json"], names.as_slice()].concat());
    for (user, line) in users.iter().zip(run.stdout.lines()) {
        let report: Value = serde_json::from_str(line).unwrap();
        assert_eq!(report["verdict"]["cause"].as_str(), user.cause.map(Cause::code), "{}", user.name);
    }
    assert_eq!(run.stdout.lines().count(), users.len());
}

#[test]
fn the_demo_lists_its_users() {
    let run = Program::new().run(&["--demo"]);
    assert_eq!(run.status, 0);
    for user in sample::sample_users().unwrap() {
        assert!(run.stdout.contains(&user.name) && run.stdout.contains(&user.shows), "{}", user.name);
    }
}

#[test]
fn every_cause_is_explained() {
    let program = Program::new();
    let list = program.run(&["explain"]);
    assert_eq!(list.status, 0);
    for cause in Cause::ALL {
        assert!(list.stdout.contains(cause.code()), "{}", cause.code());
    }
    let one = program.run(&["explain", "group-not-assigned"]);
    assert_eq!(one.status, 0);
    assert!(one.stdout.contains("Who acts"));
}

#[test]
fn completions_are_printed() {
    let run = Program::new().run(&["completions", "bash"]);
    assert_eq!(run.status, 0);
    assert!(run.stdout.contains("--start-url"));
}

/// What the user typed is judged, and never wrong usage.
#[rstest]
#[case("--start-url", "not a url at all")]
#[case("--start-url", "-")]
#[case("--typed-region", "--europe")]
fn what_the_user_typed_is_never_wrong_usage(#[case] option: &str, #[case] typed: &str) {
    let run = Program::new().run(&["check", "--demo", "--format", "json", "ana.silva@corp.example", option, typed]);
    let (verdict, cause) = run.verdict();
    assert_eq!(verdict, "problem");
    assert!(["start-url-malformed", "region-typed-wrong"].contains(&cause.as_str()), "{cause}");
}

/// Without credentials nothing can be checked, and that is a result like any other.
#[test]
fn no_credentials_is_a_finding() {
    let run = Program::new().run(&["check", "--format", "json", "ana@corp.example"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.verdict(), ("inconclusive".to_owned(), "credentials-missing".to_owned()));
    let report = run.json();
    let checks = report["checks"].as_array().unwrap();
    assert_eq!(checks[0]["fixes"][0]["command"], "aws configure sso");
    assert!(checks[1..].iter().all(|check| check["waits_on"] == "access"), "{checks:?}");
}

/// What was typed is judged even then.
#[test]
fn no_credentials_does_not_hide_what_was_typed_wrong() {
    let run = Program::new().run(&[
        "check",
        "--format",
        "json",
        "ana@corp.example",
        "--start-url",
        "https://view.awsapps.com/start",
    ]);
    assert_eq!(run.status, 1);
    assert_eq!(run.verdict(), ("problem".to_owned(), "start-url-builder-id".to_owned()));
}

/// Where nobody listens to standard error, the exit status still tells.
#[test]
fn a_closed_standard_error_is_no_panic() {
    let program = Program::new();
    for arguments in [&["check"][..], &["explain", "nope"], &["check", "--app", "./nothing.toml", "ana"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let status = Command::new(assert_cmd::cargo::cargo_bin!("sso-doctor"))
            .args(arguments)
            .env_clear()
            .env("HOME", program.home())
            .stdout(Stdio::null())
            .stderr(writer)
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(2), "{arguments:?}");
    }
}

/// A reader who has seen enough, as `head` has, is no error.
#[test]
fn a_closed_pipe_ends_quietly() {
    let program = Program::new();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("sso-doctor"))
        .args(["completions", "zsh"])
        .env_clear()
        .env("HOME", program.home())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!(told, "");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
