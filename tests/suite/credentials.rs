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

/// A profile, and what is told of it.
struct Told {
    /// What stands under `[profile team]`, and further sections.
    profile: &'static str,
    cause: &'static str,
    /// What the finding says, among other things.
    found: &'static [&'static str],
    /// What the first fix's command is, or a piece of its steps where it has none.
    fix: &'static str,
}

const KEYS_PROFILE: &str =
    "[profile keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = not-a-secret\n";
const SESSION: &str = "[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n";

/// One case for each way to credentials. The server denies `AssumeRole`, and fails
/// otherwise.
#[rstest]
#[case::mfa(Told {
    profile: "role_arn = arn:aws:iam::111122223333:role/a\nmfa_serial = arn:aws:iam::111122223333:mfa/ana\nsource_profile = keys\n",
    cause: "credentials-unusable",
    found: &["`team`", "MFA", "arn:aws:iam::111122223333:mfa/ana", "AccessDenied"],
    fix: "aws configure export-credentials --profile team --format env",
})]
#[case::source_profile_that_is_nowhere(Told {
    profile: "role_arn = arn:aws:iam::111122223333:role/a\nsource_profile = kyes\n",
    cause: "credentials-unusable",
    found: &["`team`", "`kyes`", "does not exist", "config, line 4"],
    fix: "Correct the name",
})]
#[case::source_profile_without_credentials(Told {
    profile: "role_arn = arn:aws:iam::111122223333:role/a\nsource_profile = bare\n[profile bare]\nregion = eu-west-1\n",
    cause: "credentials-unusable",
    found: &["`team`", "`bare`", "no credentials", "config, line 4"],
    fix: "Correct the name",
})]
#[case::profiles_in_a_circle(Told {
    profile: "role_arn = arn:aws:iam::111122223333:role/a\nsource_profile = other\n[profile other]\nrole_arn = arn:aws:iam::111122223333:role/b\nsource_profile = team\n",
    cause: "credentials-unusable",
    found: &["infinite loop"],
    fix: "source profile",
})]
#[case::credential_source_that_is_none(Told {
    profile: "role_arn = arn:aws:iam::111122223333:role/a\ncredential_source = Nowhere\n",
    cause: "credentials-unusable",
    found: &["Nowhere"],
    fix: "source profile",
})]
#[case::role_that_may_not_be_assumed(Told {
    profile: "role_arn = arn:aws:iam::111122223333:role/a\nsource_profile = keys\n",
    cause: "credentials-unusable",
    found: &["arn:aws:iam::111122223333:role/a", "`team`", "`keys`", "AccessDenied", "arn:aws:iam::111122223333:user/ana"],
    fix: "trust policy",
})]
#[case::process_that_is_missing(Told {
    profile: "credential_process = no-such-program --for ana\n",
    cause: "credentials-unusable",
    found: &["`no-such-program --for ana`", "exit status: 127", "not found"],
    fix: "Run that command yourself",
})]
#[case::process_that_fails(Told {
    profile: "credential_process = sh -c 'printf AKIA%s SECRET; echo no vault >&2; echo more >&2; exit 3'\n",
    cause: "credentials-unusable",
    found: &["`team`", "exit status: 3", "no vault"],
    fix: "Run that command yourself",
})]
#[case::process_that_answers_nonsense(Told {
    profile: "credential_process = printf AKIA%s SECRET\n",
    cause: "credentials-unusable",
    found: &["`printf AKIA%s SECRET`", "no credentials", "JSON"],
    fix: "Run that command yourself",
})]
#[case::process_that_hangs(Told {
    profile: "credential_process = sleep 30\n",
    cause: "credentials-unusable",
    found: &["`sleep 30`", "within 1 second"],
    fix: "Run that command yourself",
})]
#[case::token_file_that_is_missing(Told {
    profile: "role_arn = arn:aws:iam::111122223333:role/a\nweb_identity_token_file = /nowhere/token\n",
    cause: "credentials-unusable",
    found: &["/nowhere/token", "`team`", "No such file"],
    fix: "Have the token written",
})]
#[case::container_that_refuses(Told {
    profile: "role_arn = arn:aws:iam::111122223333:role/a\ncredential_source = EcsContainer\n",
    cause: "credentials-unusable",
    found: &["http://127.0.0.1:", "/container", "HTTP 403"],
    fix: "AWS_CONTAINER_CREDENTIALS_FULL_URI",
})]
#[case::valid_session_whose_portal_fails(Told {
    profile: "sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Helpdesk\n",
    cause: "credentials-unusable",
    found: &["portal.sso.eu-west-1.amazonaws.com", "`team`", "HTTP 500"],
    fix: "VPN and proxy",
})]
#[case::session_never_begun(Told {
    profile: "sso_session = other\nsso_account_id = 111122223333\nsso_role_name = Helpdesk\n[sso-session other]\nsso_region = eu-west-1\nsso_start_url = https://other.awsapps.com/start\n",
    cause: "credentials-expired",
    found: &["session"],
    fix: "aws sso login --sso-session other",
})]
#[case::session_of_the_profile_itself(Told {
    profile: "sso_account_id = 111122223333\nsso_role_name = Helpdesk\nsso_region = eu-west-1\nsso_start_url = https://other.awsapps.com/start\n",
    cause: "credentials-expired",
    found: &["session"],
    fix: "aws sso login --profile team",
})]
#[case::login_session(Told {
    profile: "login_session = arn:aws:iam::111122223333:user/ana\n",
    cause: "credentials-expired",
    found: &["session"],
    fix: "aws login --profile team",
})]
#[case::role_on_top_of_a_session(Told {
    profile: "role_arn = arn:aws:iam::111122223333:role/a\nsource_profile = login\n[profile login]\nlogin_session = arn:aws:iam::111122223333:user/ana\n",
    cause: "credentials-expired",
    found: &["session"],
    fix: "aws login --profile login",
})]
#[case::nothing_at_all(Told {
    profile: "output = json\n",
    cause: "credentials-missing",
    found: &["no credentials were found"],
    fix: "aws configure sso --profile team",
})]
#[tokio::test]
async fn the_way_to_credentials_is_told_by_name(#[case] told: Told) {
    let server = wiremock::MockServer::start().await;
    answer_credentials(&server).await;
    let config = format!("[profile team]\nregion = eu-west-1\n{}{KEYS_PROFILE}{SESSION}", told.profile);
    // The token of the session `corp`, under the name that the AWS CLI gives it.
    let token = r#"{"accessToken":"not-a-token","expiresAt":"2099-01-01T00:00:00Z","region":"eu-west-1","startUrl":"https://corp.awsapps.com/start"}"#;
    let program = Program::new()
        .with_file(".aws/config", &config)
        .with_file(".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json", token);
    let mut command = program.command(&["check", "--format", "json", "--profile", "team", "ana@corp.example"]);
    // Nobody waits here for what hangs; what answers may take its time on a busy machine.
    if told.profile.contains("sleep") {
        command.args(["--timeout", "2"]);
    }
    command.env("AWS_ENDPOINT_URL", server.uri()).env("PATH", std::env::var_os("PATH").unwrap());
    command.env("AWS_CONTAINER_CREDENTIALS_FULL_URI", format!("{}/container", server.uri()));
    if told.cause == "credentials-missing" {
        command.env_remove("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    }
    let run = tokio::task::spawn_blocking(move || Run::of(command)).await.unwrap();
    assert_eq!(run.verdict(), ("inconclusive".to_owned(), told.cause.to_owned()), "{run:?}");
    let report = run.json();
    let access = &report["checks"][0];
    let found = access["found"].as_str().unwrap();
    for piece in told.found {
        assert!(found.contains(piece), "{piece}: {found}");
    }
    let fix = access["fixes"][0].to_string();
    assert!(fix.contains(told.fix), "{fix}");
    let offers_to_sign_in = access["fixes"].to_string().contains(" login");
    assert_eq!(offers_to_sign_in, told.cause == "credentials-expired", "{access:#}");
    assert!(!run.stdout.contains("AKIASECRET"), "{access:#}");
}

/// The AWS CLI prints credentials for one kind of shell.
#[rstest]
#[case::posix("posix", "--format env")]
#[case::powershell("powershell", "--format powershell")]
#[tokio::test]
async fn credentials_are_printed_for_the_operators_shell(#[case] shell: &'static str, #[case] format: &str) {
    let server = wiremock::MockServer::start().await;
    answer_credentials(&server).await;
    let profile = "role_arn = arn:aws:iam::111122223333:role/a\nmfa_serial = arn:aws:iam::111122223333:mfa/ana\nsource_profile = keys\n";
    let config = format!("[profile team]\nregion = eu-west-1\n{profile}{KEYS_PROFILE}");
    let program = Program::new().with_file(".aws/config", &config);
    let mut command = program.command(&["check", "ana@corp.example", "--format", "json", "--profile", "team"]);
    command.args(["--shell", shell]).env("AWS_ENDPOINT_URL", server.uri());
    let run = tokio::task::spawn_blocking(move || Run::of(command)).await.unwrap();
    let report = run.json();
    let command = report["checks"][0]["fixes"][0]["command"].as_str().unwrap();
    assert_eq!(command, format!("aws configure export-credentials --profile team {format}"));
}

/// Denies that a role is assumed, refuses a container, and fails like a portal.
async fn answer_credentials(server: &wiremock::MockServer) {
    use wiremock::{Mock, ResponseTemplate, matchers};
    let denied = "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: \
        arn:aws:iam::111122223333:user/ana is not authorized to perform: sts:AssumeRole on resource: \
        arn:aws:iam::111122223333:role/a</Message></Error></ErrorResponse>";
    let answers = [
        Mock::given(matchers::path("/container")).respond_with(ResponseTemplate::new(403)),
        Mock::given(matchers::path("/federation/credentials")).respond_with(ResponseTemplate::new(500)),
        Mock::given(matchers::method("POST")).respond_with(ResponseTemplate::new(403).set_body_raw(denied, "text/xml")),
    ];
    for answer in answers {
        server.register(answer).await;
    }
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
