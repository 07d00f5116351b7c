//! The operator's AWS settings are heeded, and what is secret in them is not shown.

use crate::support::{
    aws::{self, FakeAws, Plan, WireFault},
    program::Program,
    scenario::smallest,
};
use rstest::rstest;
use sso_doctor::{
    facts::Operation,
    sources::demo::{DEFAULT_USER, OrganizationFile},
};

/// How often a call is tried: the variable comes first, then the profile.
#[rstest]
#[case::of_the_profile("max_attempts = 1", &[], 1)]
#[case::of_the_variable("max_attempts = 1", &[("AWS_MAX_ATTEMPTS", "2")], 2)]
#[case::of_neither("retry_mode = standard", &[], 3)]
#[tokio::test]
async fn a_call_is_tried_as_often_as_configured(
    #[case] profile: &str,
    #[case] variables: &[(&str, &str)],
    #[case] tried: usize,
) {
    let fault = WireFault::BareThrottledForEver;
    let server = Plan::new(smallest()).fault(Operation::GetCallerIdentity, fault).start().await;
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("config");
    std::fs::write(&file, format!("[default]\n{profile}\n")).unwrap();
    let mut all = vec![("AWS_CONFIG_FILE", file.to_str().unwrap())];
    all.extend(variables);
    let run = Program::check(DEFAULT_USER, &server, &[], &all).await;
    assert_eq!(run.json()["checks"][0]["evidence"][0]["outcome"], "throttled");
    assert_eq!(server.ledger().calls_of(Operation::GetCallerIdentity), tried);
}

/// Whether somebody answers there or not.
#[tokio::test]
async fn a_password_in_an_endpoint_is_shown_nowhere() {
    let server = FakeAws::of(&OrganizationFile::default()).await;
    let nobody = aws::refused().await;
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("log");
    for (url, verdict) in [(server.url(), "healthy"), (nobody.as_str(), "inconclusive")] {
        let url = url.replace("http://", "http://ana:hunter2@");
        let variables = [("AWS_ENDPOINT_URL", url.as_str()), ("AWS_MAX_ATTEMPTS", "1")];
        let run = Program::check(DEFAULT_USER, &server, &["--log", log.to_str().unwrap()], &variables).await;
        assert_eq!(run.verdict().0, verdict);
        let logged = std::fs::read_to_string(&log).unwrap();
        assert!(!format!("{}{}{logged}", run.stdout, run.stderr).contains("hunter2"), "{run:?}");
    }
}
