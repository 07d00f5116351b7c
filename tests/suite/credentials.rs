//! Credentials that AWS does not take, or that cannot be had: what is told, and that signing in again is not offered where
//! it does not help.

use crate::support::{
    aws::{FakeAws, Plan, WireFault},
    doctor,
    program::{Program, Run},
    scenario::{case_of, now, smallest},
};
use jiff::{SignedDuration, Timestamp};
use rstest::rstest;
use sso_doctor::{
    checks::CheckId,
    facts::{CredentialsFlaw, FailureKind, GetCallerIdentity, ListInstances, Operation},
    sources::demo::{DEFAULT_USER, OrganizationFile},
};

const KEYS: Option<CredentialsFlaw> = Some(CredentialsFlaw::Keys);
const CLOCK: Option<CredentialsFlaw> = Some(CredentialsFlaw::Clock { ahead: None });
const SIGNATURE: Option<CredentialsFlaw> = Some(CredentialsFlaw::Signature);

/// Both kinds of service, because one speaks XML and the other JSON.
#[rstest]
#[case("SignatureDoesNotMatch", "The request signature we calculated does not match", KEYS)]
#[case("InvalidSignatureException", "The request signature we calculated does not match", KEYS)]
#[case("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", KEYS)]
#[case("AuthFailure", "AWS was not able to validate the provided access credentials", KEYS)]
#[case("SignatureDoesNotMatch", "Signature expired: it is too old", CLOCK)]
#[case("InvalidSignatureException", "Signature not yet current", CLOCK)]
#[case("RequestExpired", "Request has expired.", CLOCK)]
#[case("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", CLOCK)]
#[case("IncompleteSignature", "", SIGNATURE)]
#[case("IncompleteSignatureException", "Authorization header requires 'Signature' parameter.", SIGNATURE)]
#[case("MissingAuthenticationToken", "Missing Authentication Token", SIGNATURE)]
#[case("MissingAuthenticationTokenException", "Missing Authentication Token", SIGNATURE)]
#[case("MoonPhaseException", "Signature expired", None)]
#[tokio::test]
async fn credentials_that_aws_does_not_take_are_no_network_trouble(
    #[case] code: &'static str,
    #[case] message: &'static str,
    #[case] flaw: Option<CredentialsFlaw>,
    #[values(Operation::GetCallerIdentity, Operation::ListInstances)] operation: Operation,
) {
    let server = Plan::new(smallest()).fault(operation, WireFault::Error(code, message)).start().await;
    let aws = doctor::aws_at(server.url(), doctor::PATIENT);
    let facts = doctor::gather(&aws, &[case_of(DEFAULT_USER)], now()).await;
    let obstacle = match operation {
        Operation::GetCallerIdentity => {
            facts.all::<GetCallerIdentity>().find_map(|(_, answer)| answer.failure().cloned())
        }
        _ => facts.all::<ListInstances>().find_map(|(_, answer)| answer.failure().cloned()),
    };
    // By how much the clock is wrong comes from the answer's date: see below.
    let told = match obstacle.unwrap().kind {
        FailureKind::CredentialsUnusable(CredentialsFlaw::Clock { .. }) => {
            FailureKind::CredentialsUnusable(CLOCK.unwrap())
        }
        ref other => other.clone(),
    };
    assert_eq!(told, flaw.map_or(FailureKind::Unreachable, FailureKind::CredentialsUnusable));
}

/// Where the message does not tell, the answer's date does.
#[rstest]
#[case::by_the_message(
    "Signature expired: 20261121T185400Z is now earlier than 20261121T185500Z (20261121T190000Z - 5 min.)",
    0,
    "6 minutes behind AWS's"
)]
#[case::behind_by_the_date("Signature expired", 3, "3 hours behind AWS's")]
#[case::ahead_by_the_date("Signature not yet current", -48, "48 hours ahead of AWS's")]
#[tokio::test]
async fn the_clock_is_wrong_by_how_much(#[case] message: &'static str, #[case] hours: i64, #[case] words: &str) {
    let by_aws = Timestamp::now() + SignedDuration::from_hours(hours);
    let fault = WireFault::Error("SignatureDoesNotMatch", message);
    let server = Plan::new(smallest()).clock(by_aws).fault(Operation::GetCallerIdentity, fault).start().await;
    let aws = doctor::aws_at(server.url(), doctor::PATIENT);
    let diagnosis = doctor::diagnose(&aws, &case_of(DEFAULT_USER), now()).await;
    let fixes = &diagnosis.check(CheckId::Access).unwrap().fixes;
    assert!(fixes[0].steps.iter().any(|step| step.contains(words)), "{fixes:#?}");
}

/// Signing in again helps where a session has ended or was never begun, and nowhere else.
#[rstest]
#[case::a_session_never_begun(
    "sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Helpdesk\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n",
    "credentials-expired",
    "session"
)]
#[case::profiles_in_a_circle(
    "role_arn = arn:aws:iam::111122223333:role/a\nsource_profile = other\n[profile other]\nrole_arn = arn:aws:iam::111122223333:role/b\nsource_profile = team\n",
    "credentials-unusable",
    "infinite loop"
)]
#[case::a_source_that_is_none(
    "role_arn = arn:aws:iam::111122223333:role/a\ncredential_source = Nowhere\n",
    "credentials-unusable",
    "Nowhere"
)]
fn an_ended_session_is_told_from_a_broken_profile(#[case] profile: &str, #[case] cause: &str, #[case] reason: &str) {
    let program = Program::new().with_file(".aws/config", &format!("[profile team]\nregion = eu-west-1\n{profile}"));
    let run = program.run(&["check", "--format", "json", "--profile", "team", "ana@corp.example"]);
    assert_eq!(run.verdict(), ("inconclusive".to_owned(), cause.to_owned()));
    let report = run.json();
    let access = &report["checks"][0];
    assert!(access["found"].as_str().unwrap().contains(reason), "{access:#}");
    let offers_to_sign_in = access["fixes"].to_string().contains("sso login");
    assert_eq!(offers_to_sign_in, cause == "credentials-expired", "{access:#}");
}

/// A role that is not handed out, and nobody there to hand it out.
#[rstest]
#[case::no_usable_answer(None, "could not be assumed")]
#[case::nobody_there(Some("http://127.0.0.1:1"), "cannot be reached")]
#[tokio::test]
async fn a_role_that_is_not_handed_out_is_no_ended_session(
    #[case] endpoint: Option<&'static str>,
    #[case] reason: &str,
) {
    let server = FakeAws::of(&OrganizationFile::default()).await;
    let program = Program::new().with_file(
        ".aws/config",
        "[profile team]\nregion = eu-west-1\nrole_arn = arn:aws:iam::111122223333:role/a\nsource_profile = keys\n\
         [profile keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = not-a-secret\n",
    );
    let mut command = program.command(&["check", "--format", "json", "--profile", "team", "ana@corp.example"]);
    command.env("AWS_ENDPOINT_URL", endpoint.unwrap_or(server.url()));
    let run = tokio::task::spawn_blocking(move || Run::of(command)).await.unwrap();
    assert_eq!(run.verdict(), ("inconclusive".to_owned(), "credentials-unusable".to_owned()));
    let report = run.json();
    let found = report["checks"][0]["found"].as_str().unwrap();
    assert!(found.contains(reason), "{found}");
}
