//! The whole program, from its command line to its JSON, against servers that go wrong. The finer grid of the same
//! question is `tests/fault_matrix.rs`.

use crate::support::{
    aws::{self, FakeAws, Plan, WireFault},
    program::{Program, Run},
    scenario::smallest,
};
use futures::{StreamExt, stream};
use rstest::rstest;
use sso_doctor::{
    facts::Operation,
    sources::demo::{DEFAULT_USER, OrganizationFile},
};

/// A user without a group, whose verdict is known.
const BROKEN: &str = r#"
    groups = [{ name = "Kiro-Developers" }]
"#;

fn exit_status_fits(run: &Run) -> bool {
    let (verdict, _) = run.verdict();
    let expected = match verdict.as_str() {
        "healthy" => 0,
        "problem" | "suspect" => 1,
        _ => 2,
    };
    run.status == expected
}

async fn run_under(fault: WireFault) -> (WireFault, Run) {
    let server = Plan::new(smallest()).fault(Operation::ListGroupMembershipsForMember, fault.clone()).start().await;
    // Some faults only end when the time for the whole diagnosis does.
    let time = match fault {
        WireFault::NeverAnswers | WireFault::EndlessTokens => "3",
        _ => "60",
    };
    (fault, Program::check(DEFAULT_USER, &server, &["--timeout", time], &[]).await)
}

#[tokio::test]
async fn every_fault_is_told_from_the_truth() {
    let runs = stream::iter(WireFault::all()).map(run_under);
    let runs: Vec<(WireFault, Run)> = runs.buffer_unordered(8).collect().await;
    for (fault, run) in runs {
        let (verdict, cause) = run.verdict();
        let expected = match fault {
            WireFault::ThrottledTwice | WireFault::BareThrottledTwice => ("healthy", ""),
            WireFault::AccessDenied | WireFault::KeyDenied => ("inconclusive", "permission-missing"),
            WireFault::KeyUnusable(_) => ("problem", "instance-key-unusable"),
            WireFault::KeysRefused | WireFault::ClockWrong | WireFault::SignatureLost => {
                ("inconclusive", "credentials-unusable")
            }
            WireFault::ExpiredToken | WireFault::UnrecognizedClient => ("inconclusive", "credentials-expired"),
            _ => ("inconclusive", "unreachable"),
        };
        assert_eq!((verdict.as_str(), cause.as_str()), expected, "{fault:?}");
        assert!(exit_status_fits(&run), "{fault:?}: {run:?}");
        assert_eq!(run.stderr, "", "{fault:?}");
    }
}

#[rstest]
#[case::sts("AWS_ENDPOINT_URL_STS")]
#[case::iam("AWS_ENDPOINT_URL_IAM")]
#[case::identity_center("AWS_ENDPOINT_URL_SSO_ADMIN")]
#[case::identity_store("AWS_ENDPOINT_URL_IDENTITYSTORE")]
#[tokio::test]
async fn a_service_that_refuses_connections_is_named(#[case] variable: &str) {
    let nobody = aws::refused().await;
    let once = ("AWS_MAX_ATTEMPTS", "1");
    let healthy = FakeAws::of(&OrganizationFile::default()).await;
    let run = Program::check(DEFAULT_USER, &healthy, &[], &[(variable, &nobody), once]).await;
    assert_eq!(run.verdict(), ("inconclusive".to_owned(), "unreachable".to_owned()));
    assert_eq!(run.status, 2);

    let broken = FakeAws::of(&toml::from_str(BROKEN).unwrap()).await;
    let run = Program::check(DEFAULT_USER, &broken, &[], &[(variable, &nobody), once]).await;
    let (verdict, cause) = run.verdict();
    let is_true = (verdict.as_str(), cause.as_str()) == ("problem", "not-in-entitled-group");
    assert!(is_true || verdict == "inconclusive", "{run:?}");
    assert!(exit_status_fits(&run), "{run:?}");
}

/// The check that was waiting for it is unknown, and those behind that one are skipped.
#[rstest]
#[case(Operation::ListInstances, &["instance"])]
#[case(Operation::ListApplications, &["application"])]
#[case(Operation::ListApplicationAssignments, &["groups", "assignment"])]
#[case(Operation::ListGroupMembershipsForMember, &["groups", "assignment"])]
#[tokio::test]
async fn a_list_without_an_end_ends_with_the_deadline(#[case] operation: Operation, #[case] unknown: &[&str]) {
    let server = Plan::new(smallest()).fault(operation, WireFault::EndlessTokens).start().await;
    let run = Program::check(DEFAULT_USER, &server, &["--timeout", "2"], &[]).await;
    assert_eq!(run.verdict(), ("inconclusive".to_owned(), "unreachable".to_owned()));
    assert_eq!(run.status, 2);
    let json = run.json();
    let checks = json["checks"].as_array().unwrap().iter().filter(|check| check["status"] == "unknown");
    let ids: Vec<&str> = checks.filter_map(|check| check["id"].as_str()).collect();
    assert_eq!(ids, unknown, "{json:#}");
}
