//! What was handed over, judged: the corners that no scenario file can hold, and the program from outside.

use std::sync::Arc;

use rstest::rstest;
use sso_doctor::{
    case::Case,
    catalog::Cause,
    checks::{CheckId, Status},
    report::diagnosis::{Check, Diagnosis, VerdictStatus},
    saml::{self, Fetched, Handed, HandedOver},
    sources::demo::Sample,
};

use crate::support::{
    doctor::diagnose,
    program::Program,
    saml::{
        Browser, Certificate, IdpMetadata, Material, Provider, Response, SECRETS, STORE, SpMetadata, consumer,
        entity_id, har, pem,
    },
    scenario::{self, case_of, now},
};

async fn judge_handed(user: &str, handed_over: HandedOver) -> Diagnosis {
    let case = Case { handed_over: Arc::new(handed_over), ..case_of(user) };
    diagnose(&Sample::new(scenario::smallest(), None), &case, now()).await
}

async fn judge(material: Material) -> Check {
    judge_handed("ana@corp.example", material.read()).await.check(CheckId::Sso).unwrap().clone()
}

async fn judge_response(response: Response) -> (Option<Status>, Option<Cause>) {
    let check = judge(Material::of(response)).await;
    (check.status, check.cause)
}

fn fail(cause: Cause) -> (Option<Status>, Option<Cause>) {
    (Some(Status::Fail), Some(cause))
}

fn warn(cause: Cause) -> (Option<Status>, Option<Cause>) {
    (Some(Status::Warn), Some(cause))
}

const PASS: (Option<Status>, Option<Cause>) = (Some(Status::Pass), None);

fn time(clock: &str) -> jiff::Timestamp {
    format!("2026-11-21T{clock}Z").parse().unwrap()
}

#[tokio::test]
async fn each_provider_fits_in_its_own_form() {
    for provider in Provider::ALL {
        let material = Material {
            idp_metadata: Some(IdpMetadata::of(provider)),
            sp_metadata: Some(SpMetadata::default()),
            certificates: Some(vec![Certificate::named("older"), Certificate::default()]),
            response: Some(Response::of(provider)),
        };
        let check = judge(material).await;
        assert_eq!((check.status, check.cause), PASS, "{provider:?}: {:?}", check.found);
        assert_eq!(check.summary, "audience, recipient, certificate and NameID fit");
    }
}

#[tokio::test]
async fn a_healthy_verdict_says_that_saml_is_ruled_out() {
    let whole = Material { certificates: Some(vec![Certificate::default()]), ..Material::of(Response::default()) };
    let diagnosis = judge_handed("ana@corp.example", whole.read()).await;
    let verdict = diagnosis.verdict.unwrap();
    assert_eq!(verdict.status, VerdictStatus::Healthy);
    assert!(
        verdict.headline.contains("audience, recipient, certificate and NameID fit: SAML is ruled out"),
        "{}",
        verdict.headline
    );
    assert!(diagnosis.not_covered.iter().all(|item| !item.title.contains("SAML")));
    let part = judge_handed("ana@corp.example", Material::of(Response::default()).read()).await.verdict.unwrap();
    assert!(!part.headline.contains("ruled out"), "{}", part.headline);
    let nothing = judge_handed("ana@corp.example", HandedOver::default()).await;
    assert!(nothing.check(CheckId::Sso).is_none());
    assert!(nothing.not_covered.iter().any(|item| item.title.contains("SAML") && item.look.contains("Hand over")));
}

/// One more than each bound, and the bound itself.
#[rstest]
#[case::just_before(Response { posted: time("18:20:00"), ..Response::default() }, warn(Cause::SsoTimeWindow))]
#[case::long_before(Response { posted: time("18:19:59"), ..Response::default() }, fail(Cause::SsoTimeWindow))]
#[case::at_the_end(Response { posted: time("19:30:00"), issued: time("19:29:00"), ..Response::default() }, warn(Cause::SsoTimeWindow))]
#[case::two_minutes_later(Response { posted: time("18:32:00"), ..Response::default() }, PASS)]
#[case::more_than_two_minutes_later(Response { posted: time("18:32:01"), ..Response::default() }, warn(Cause::SsoTimeWindow))]
#[case::a_window_that_is_empty(Response { not_before: time("19:30:00"), ..Response::default() }, fail(Cause::SsoTimeWindow))]
#[case::no_restriction(Response { audiences: Some(Vec::new()), ..Response::default() }, warn(Cause::SsoWrongAudience))]
#[case::one_of_a_list(Response { audiences: Some(vec![vec!["urn:amazon:webservices".into(), entity_id("us-east-1", STORE)]]), ..Response::default() }, PASS)]
#[case::one_of_two_restrictions(Response { audiences: Some(vec![vec![entity_id("us-east-1", STORE)], vec!["x".into()]]), ..Response::default() }, fail(Cause::SsoWrongAudience))]
#[case::a_slash_more(Response { audiences: Some(vec![vec![entity_id("us-east-1", STORE) + "/"]]), ..Response::default() }, fail(Cause::SsoWrongAudience))]
#[case::another_region_in_it(Response { audiences: Some(vec![vec![entity_id("eu-west-1", STORE)]]), ..Response::default() }, fail(Cause::SsoWrongAudience))]
#[case::the_form_of_the_primary_region(Response { destination: Some("https://us-east-1.signin.aws.amazon.com/platform/saml/acs/t".into()), ..Response::default() }, PASS)]
#[case::the_dual_stack_form(Response { destination: Some("https://us-east-1.sso.signin.aws/platform/saml/acs/t".into()), ..Response::default() }, PASS)]
#[case::another_host(Response { destination: Some("https://us-east-1.signin.aws.example/platform/saml/acs/t".into()), ..Response::default() }, fail(Cause::SsoWrongRecipient))]
#[case::the_recipient_alone(Response { recipient: Some("https://kiro.corp.example/acs".into()), ..Response::default() }, fail(Cause::SsoWrongRecipient))]
#[case::no_address(Response { without_addresses: true, ..Response::default() }, PASS)]
#[case::two_assertions(Response { assertions: 2, ..Response::default() }, fail(Cause::SsoAssertionShape))]
#[case::no_assertion(Response { assertions: 0, ..Response::default() }, fail(Cause::SsoAssertionShape))]
#[case::an_encrypted_id(Response { encrypted_id: true, ..Response::default() }, fail(Cause::SsoAssertionShape))]
#[case::no_name(Response { without_name_id: true, ..Response::default() }, fail(Cause::SsoNameIdFormat))]
#[case::no_format(Response { format: None, ..Response::default() }, warn(Cause::SsoNameIdFormat))]
#[case::unspecified(Response { format: Some("urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified".into()), ..Response::default() }, warn(Cause::SsoNameIdFormat))]
#[case::persistent(Response { format: Some("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent".into()), ..Response::default() }, fail(Cause::SsoNameIdFormat))]
#[case::a_comment_in_the_name(Response { name_id: "ana@corp.example<!-- -->.evil".into(), ..Response::default() }, fail(Cause::SsoNameIdMismatch))]
#[case::a_comment_that_hides_nothing(Response { name_id: "ana<!-- -->@corp.example".into(), ..Response::default() }, PASS)]
#[case::blanks_around_the_name(Response { name_id: " ana@corp.example\n".into(), ..Response::default() }, warn(Cause::SsoNameIdMismatch))]
#[case::large(Response { padding: 42_000, ..Response::default() }, warn(Cause::SsoTooLarge))]
#[case::without_a_certificate(Response { without_certificate: true, ..Response::default() }, PASS)]
#[case::role_attributes_alone(Response { role_attributes: true, ..Response::default() }, PASS)]
#[case::without_a_request(Response { in_response_to: None, ..Response::default() }, PASS)]
#[case::one_of_several_requests(Response { requests: vec!["_a".into(), "_request-1".into()], ..Response::default() }, PASS)]
#[case::no_request_in_the_har(Response { requests: Vec::new(), ..Response::default() }, PASS)]
#[case::refused_without_a_message(Response { status: vec!["Responder".into()], ..Response::default() }, fail(Cause::SsoRefusedByProvider))]
#[case::a_claimed_certificate_that_ended(Response { certificate: Certificate { until: time("00:00:00"), ..Certificate::default() }, ..Response::default() }, warn(Cause::SsoCertificateExpired))]
#[case::md5(Response { algorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-md5".into(), ..Response::default() }, warn(Cause::SsoCertificateWeak))]
#[case::a_short_key(Response { certificate: Certificate { bits: 1024, ..Certificate::default() }, ..Response::default() }, warn(Cause::SsoCertificateWeak))]
#[case::a_long_certificate(Response { certificate: Certificate { bits: 12_288, ..Certificate::default() }, ..Response::default() }, warn(Cause::SsoCertificateWeak))]
#[case::a_wrapped_certificate(Response { certificate: Certificate { wrapped: true, ..Certificate::default() }, ..Response::default() }, warn(Cause::SsoCertificateWeak))]
#[tokio::test]
async fn a_response_ends_in(#[case] response: Response, #[case] expected: (Option<Status>, Option<Cause>)) {
    assert_eq!(judge_response(response).await, expected);
}

#[rstest]
#[case::no_certificate(IdpMetadata { certificates: Vec::new(), ..IdpMetadata::default() }, fail(Cause::SsoMetadataUnusable))]
#[case::for_encryption_alone(IdpMetadata { certificates: vec![Certificate { encryption: true, ..Certificate::default() }], ..IdpMetadata::default() }, fail(Cause::SsoMetadataUnusable))]
#[case::no_sign_on(IdpMetadata { sign_on: Some(String::new()), ..IdpMetadata::default() }, fail(Cause::SsoMetadataUnusable))]
#[case::one_slash(IdpMetadata { sign_on: Some("https:/idp.corp.example/sso".into()), ..IdpMetadata::default() }, fail(Cause::SsoMetadataUnusable))]
#[case::no_entity_id(IdpMetadata { entity_id: Some(String::new()), ..IdpMetadata::default() }, fail(Cause::SsoMetadataUnusable))]
#[case::no_descriptor(IdpMetadata { descriptor: "PDPDescriptor".into(), ..IdpMetadata::default() }, fail(Cause::SsoMetadataUnusable))]
#[case::a_certificate_that_cannot_be_read(IdpMetadata { certificates: vec![Certificate { damaged: true, ..Certificate::default() }], ..IdpMetadata::default() }, PASS)]
#[case::one_of_two_ended(IdpMetadata { certificates: vec![Certificate { until: time("00:00:00"), ..Certificate::named("old") }, Certificate::default()], ..IdpMetadata::default() }, PASS)]
#[case::not_yet_valid(IdpMetadata { certificates: vec![Certificate { from: "2027-01-01T00:00:00Z".parse().unwrap(), ..Certificate::default() }], ..IdpMetadata::default() }, warn(Cause::SsoCertificateExpired))]
#[case::ninety_days(IdpMetadata { certificates: vec![Certificate { until: "2027-02-19T19:00:00Z".parse().unwrap(), ..Certificate::default() }], ..IdpMetadata::default() }, warn(Cause::SsoCertificateEnding))]
#[case::more_than_ninety_days(IdpMetadata { certificates: vec![Certificate { until: "2027-02-19T19:00:01Z".parse().unwrap(), ..Certificate::default() }], ..IdpMetadata::default() }, PASS)]
#[case::a_wrapped_certificate(IdpMetadata { certificates: vec![Certificate { wrapped: true, ..Certificate::default() }], ..IdpMetadata::default() }, warn(Cause::SsoCertificateWeak))]
#[tokio::test]
async fn metadata_ends_in(#[case] metadata: IdpMetadata, #[case] expected: (Option<Status>, Option<Cause>)) {
    let check = judge(Material { idp_metadata: Some(metadata), ..Material::default() }).await;
    assert_eq!((check.status, check.cause), expected, "{:?}", check.found);
}

#[tokio::test]
async fn metadata_of_the_other_side_is_told_as_such() {
    let swapped = HandedOver {
        sp_metadata: Some(Handed {
            origin: "sp.xml".into(),
            value: saml::read_sp_metadata(IdpMetadata::default().xml().as_bytes()).unwrap(),
        }),
        ..HandedOver::default()
    };
    let check = judge_handed("ana@corp.example", swapped).await.check(CheckId::Sso).unwrap().clone();
    assert_eq!(check.cause, Some(Cause::SsoMetadataUnusable));
    assert!(
        check.found.as_ref().unwrap().contains("sp.xml: it is the metadata of an identity provider"),
        "{:?}",
        check.found
    );
    let page = saml::read_idp_metadata(b"<!DOCTYPE html><html><body>Sign in</body></html>").unwrap();
    let long =
        saml::read_idp_metadata(format!("{}<!--{}-->", IdpMetadata::default().xml(), "x".repeat(75_000)).as_bytes())
            .unwrap();
    for (metadata, told) in [(page, "a page of the web"), (long, "75000")] {
        let handed = HandedOver {
            idp_metadata: Some(Handed { origin: "idp.xml".into(), value: Fetched::Read(metadata) }),
            ..HandedOver::default()
        };
        let check = judge_handed("ana@corp.example", handed).await.check(CheckId::Sso).unwrap().clone();
        assert_eq!(check.cause, Some(Cause::SsoMetadataUnusable));
        assert!(check.found.as_ref().unwrap().contains(told), "{:?}", check.found);
    }
}

/// Identity Center's own file decides, to the letter; the certificates that it holds decide before the metadata.
#[tokio::test]
async fn what_identity_center_says_of_itself_decides() {
    let own = |consumers: Vec<String>| Material {
        sp_metadata: Some(SpMetadata { consumers, ..SpMetadata::default() }),
        ..Material::of(Response::default())
    };
    assert_eq!(
        judge(own(vec!["https://other.example/acs".into(), consumer("us-east-1")])).await.status,
        Some(Status::Pass)
    );
    assert_eq!(judge(own(vec![consumer("us-east-1") + "x"])).await.cause, Some(Cause::SsoWrongRecipient));
    let material = Material {
        idp_metadata: Some(IdpMetadata { certificates: vec![Certificate::named("older")], ..IdpMetadata::default() }),
        certificates: Some(vec![Certificate::default()]),
        ..Material::of(Response::default())
    };
    assert_eq!(judge(material).await.status, Some(Status::Pass));
}

/// A name that is the user's own costs no call, another one's costs one, and nobody's two at most.
#[rstest]
#[case::own("ana@corp.example", 0)]
#[case::anothers("ben@corp.example", 1)]
#[case::nobodys("nobody@corp.example", 1)]
#[case::nobodys_in_capitals("Nobody@corp.example", 2)]
#[case::own_in_capitals("Ana@corp.example", 1)]
#[case::longer_than_any(&format!("{}@corp.example", "x".repeat(130)), 0)]
#[tokio::test]
async fn a_name_costs(#[case] name: &str, #[case] calls: u32) {
    let text = "users = [{ name = \"ana@corp.example\" }, { name = \"ben@corp.example\" }]";
    let sample = Sample::new(sso_doctor::sources::demo::Organization::parse(text, now()).unwrap(), None);
    let without = diagnose(&sample, &case_of("ana@corp.example"), now()).await.calls;
    let handed_over = Material::of(Response { name_id: name.to_owned(), ..Response::default() }).read();
    let case = Case { handed_over: Arc::new(handed_over), ..case_of("ana@corp.example") };
    assert_eq!(diagnose(&sample, &case, now()).await.calls - without, calls);
}

#[test]
fn files_are_read_from_the_command_line_and_from_standard_input() {
    let response = demo_response();
    let program = Program::new()
        .with_file("capture.har", &response.har(Browser::Chrome))
        .with_file("held.pem", &pem(&[Certificate::default()]));
    let path = |name: &str| program.home().join(name).display().to_string();
    let run = program.run(&[
        "check",
        "--demo",
        "ana.silva@corp.example",
        "--format",
        "json",
        "--saml-response",
        &path("capture.har"),
        "--idp-certificate",
        &path("held.pem"),
    ]);
    assert_eq!(run.status, 0, "{run:?}");
    let json = run.json();
    assert!(json["verdict"]["headline"].as_str().unwrap().contains("SAML is ruled out"), "{json}");
    let ids: Vec<&str> = json["checks"].as_array().unwrap().iter().map(|check| check["id"].as_str().unwrap()).collect();
    assert_eq!(ids[..5], ["access", "instance", "region", "sso", "user"]);
    let mut command =
        program.command(&["check", "--demo", "ana.silva@corp.example", "--format", "json", "--saml-response", "-"]);
    command.write_stdin(Response { audiences: Some(vec![vec!["x".into()]]), ..demo_response() }.base64());
    let run = crate::support::program::Run::of(command);
    assert_eq!(run.verdict(), ("problem".to_owned(), "sso-wrong-audience".to_owned()));
    assert!(run.stdout.contains("standard input: Audience x"), "{}", run.stdout);
}

/// A response that fits the built-in company.
fn demo_response() -> Response {
    Response {
        region: "eu-west-1".into(),
        store: "d-93677e5f21".into(),
        name_id: "ana.silva@corp.example".into(),
        ..Response::default()
    }
}

#[test]
fn nothing_of_a_capture_is_told_but_the_fields_that_are_judged() {
    let program = Program::new().with_file("capture.har", &demo_response().har(Browser::Chrome));
    let path = program.home().join("capture.har").display().to_string();
    let log = program.home().join("log").display().to_string();
    for format in ["text", "json", "markdown", "support"] {
        let run = program.run(&[
            "check",
            "--demo",
            "ana.silva@corp.example",
            "--format",
            format,
            "--saml-response",
            &path,
            "--log",
            &log,
        ]);
        let told = run.stdout + &run.stderr + &std::fs::read_to_string(&log).unwrap();
        assert!(SECRETS.iter().all(|secret| !told.contains(secret)), "{told}");
    }
}

#[test]
fn redacted_reports_name_no_entity_tenant_or_person() {
    let response = Response { name_id: "somebody.else@corp.example".into(), ..demo_response() };
    let program = Program::new()
        .with_file("capture.har", &response.har(Browser::Chrome))
        .with_file("idp.xml", &IdpMetadata::of(Provider::Okta).xml());
    let path = |name: &str| program.home().join(name).display().to_string();
    let run = program.run(&[
        "check",
        "--demo",
        "ana.silva@corp.example",
        "--format",
        "json",
        "--redact",
        "--saml-response",
        &path("capture.har"),
        "--idp-metadata",
        &path("idp.xml"),
    ]);
    assert_eq!(run.verdict().1, "sso-name-id-mismatch");
    for name in ["somebody.else", "corp.example", "5a1e7c1d", "exk4corpexample0001", "a1b2c3d4-0a1b", "d-93677e5f21"] {
        assert!(!run.stdout.contains(name), "{name}: {}", run.stdout);
    }
}

#[rstest]
#[case::absent("--saml-response", None, "cannot be read")]
#[case::empty("--saml-response", Some(""), "it is empty")]
#[case::metadata_as_a_response(
    "--saml-response",
    Some("<md:EntityDescriptor xmlns:md='urn:oasis:names:tc:SAML:2.0:metadata'/>"),
    "it is metadata"
)]
#[case::a_document_type(
    "--idp-metadata",
    Some("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"),
    "document type"
)]
#[case::no_xml("--sp-metadata", Some("secret-of-the-file"), "no XML")]
#[case::no_certificate("--idp-certificate", Some("secret-of-the-file"), "without a certificate")]
fn a_file_that_cannot_be_used_is_named(#[case] option: &str, #[case] text: Option<&str>, #[case] told: &str) {
    let mut program = Program::new();
    if let Some(text) = text {
        program = program.with_file("handed-over.file", text);
    }
    let path = program.home().join("handed-over.file").display().to_string();
    let run = program.run(&["check", "--demo", "ana.silva@corp.example", option, &path]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(
        run.stderr.contains("handed-over.file") && run.stderr.contains(option) && run.stderr.contains(told),
        "{}",
        run.stderr
    );
    assert!(!run.stderr.contains("secret-of-the-file"), "{}", run.stderr);
}

#[rstest]
#[case("http://idp.corp.example/metadata", "only https")]
#[case("https:/idp.corp.example/metadata", "it is no URL")]
#[case("https://ana:hunter2@idp.corp.example/metadata", "a user name or a password")]
#[case("ftp://idp.corp.example/metadata", "only https")]
fn an_address_that_is_not_fetched_is_named(#[case] url: &str, #[case] told: &str) {
    let run = Program::new().run(&["check", "--demo", "ana.silva@corp.example", "--idp-metadata", url]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("idp.corp.example") && run.stderr.contains(told), "{}", run.stderr);
    assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
}

#[test]
fn an_address_that_does_not_answer_could_not_be_seen() {
    let url = "https://127.0.0.1:9/metadata";
    let run =
        Program::new().run(&["check", "--demo", "ana.silva@corp.example", "--format", "json", "--idp-metadata", url]);
    assert_eq!(run.verdict(), ("inconclusive".to_owned(), "unreachable".to_owned()));
    assert!(run.stdout.contains("save what it shows"), "{}", run.stdout);
}

#[test]
fn config_toml_names_what_stays_the_same() {
    let metadata = IdpMetadata { wants_signed_requests: true, ..IdpMetadata::default() };
    let program = Program::new()
        .with_file(".config/sso-doctor/config.toml", "idp-metadata = \"idp.xml\"\n")
        .with_file(".config/sso-doctor/idp.xml", "no xml at all");
    // The sample organization has an identity provider of its own.
    assert_eq!(program.run(&["check", "--demo", "ana.silva@corp.example"]).status, 0);
    let run = program.run(&["check", "ana@corp.example", "--region", "us-east-1"]);
    assert!(run.status == 2 && run.stderr.contains("idp-metadata in config.toml"), "{run:?}");
    let program = program.with_file(".config/sso-doctor/idp.xml", &metadata.xml());
    let run = program.run(&["check", "ana@corp.example", "--region", "us-east-1", "--format", "json"]);
    let json = run.json();
    let sso = json["checks"].as_array().unwrap().iter().find(|check| check["id"] == "sso").unwrap();
    assert_eq!(sso["cause"], "sso-signed-requests-wanted");
}

#[test]
fn a_capture_of_several_sign_ins_is_told_by_its_newest() {
    let old = Response { audiences: Some(vec![vec!["x".into()]]), posted: time("17:00:00"), ..demo_response() };
    let text = har(&[demo_response().post_entry(Browser::Firefox), old.post_entry(Browser::Chrome)]);
    let program = Program::new().with_file("two.har", &text);
    let path = program.home().join("two.har").display().to_string();
    let run = program.run(&["check", "--demo", "ana.silva@corp.example", "--saml-response", &path]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.stdout.contains("delete this capture (two.har)"), "{}", run.stdout);
}
