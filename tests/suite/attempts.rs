//! What CloudTrail keeps of sign-ins, in all the shapes that it has, and what must be said of it.

use crate::support::{
    aws::{Ledger, Plan, WireFault},
    cases::cases,
    doctor::{self, diagnose},
    scenario::{Told, now},
};
use proptest::{option, prelude::*, sample::select};
use rstest::rstest;
use serde_json::{Value, json};
use sso_doctor::{
    case::{AttemptsMode, Case},
    catalog::Cause,
    checks::{CheckId, Status},
    domain::{LookupKey, Region, SignInEventName as Name},
    facts::Operation,
    report::{
        self, Glyphs, Paint, Redactor,
        diagnosis::{Check, Diagnosis, VerdictStatus},
    },
    sources::demo::{DEFAULT_REGION, DEFAULT_USER, EventEntry, Organization, OrganizationFile, Sample, UserEntry},
};

const COLLEAGUE: &str = "ben@corp.example";

fn case_with(attempts: AttemptsMode) -> Case {
    Told { attempts, ..Told::default() }.case()
}

fn organization(events: Vec<EventEntry>) -> Organization {
    let mut file = OrganizationFile { events, ..OrganizationFile::default() };
    file.users.push(UserEntry::named(COLLEAGUE.to_owned()));
    Organization::new(&file, now()).unwrap()
}

fn check(diagnosis: &Diagnosis) -> &Check {
    diagnosis.check(CheckId::Attempts).unwrap()
}

/// The result of the attempt that decides, in the words of the JSON.
fn last(diagnosis: &Diagnosis) -> (&'static str, &'static str) {
    let last = &diagnosis.attempts.as_ref().unwrap().attempts[0];
    (last.reached, last.result)
}

/// One record of the user, as AWS writes it today.
fn record(name: &str, minutes_ago: i64) -> Value {
    let (company, region) = (organization(Vec::new()), Region::new(DEFAULT_REGION));
    let store = company.list_instances(&region, true)[0].identity_store.clone();
    let key = LookupKey::UserName(DEFAULT_USER.to_owned());
    let id = company.find_user_id(&region, &store, &key).unwrap().unwrap();
    let at = now() - jiff::SignedDuration::from_mins(minutes_ago);
    json!({
        "eventName": name,
        "eventTime": at.to_string(),
        "eventSource": if name == "CreateToken" { "sso.amazonaws.com" } else { "signin.amazonaws.com" },
        "eventID": format!("{name}-{minutes_ago}"),
        "sourceIPAddress": "198.51.100.7",
        "userIdentity": {
            "type": "IdentityCenterUser",
            "onBehalfOf": {
                "userId": id,
                "identityStoreArn": format!("arn:aws:identitystore::111122223333:identitystore/{store}"),
            },
        },
        "additionalEventData": { "AuthWorkflowID": "w-1", "CredentialType": "PASSWORD" },
        "serviceEventDetails": { name: "Success" },
    })
}

/// Somebody else is signed in a moment ago, so that what is not seen did not happen.
fn of_somebody_else() -> Value {
    let mut other = record("UserAuthentication", 1);
    other["userIdentity"]["onBehalfOf"]["userId"] = json!("somebody-else");
    other["additionalEventData"]["AuthWorkflowID"] = json!("theirs");
    other
}

/// Diagnoses the user where every look-up answers these texts.
async fn diagnose_texts(texts: Vec<String>) -> (Diagnosis, Ledger) {
    let events: Vec<Value> =
        texts.into_iter().map(|text| json!({ "EventId": null, "CloudTrailEvent": text })).collect();
    let fault = WireFault::Field("Events", Value::Array(events));
    let server = Plan::new(organization(Vec::new())).fault(Operation::LookupEvents, fault).start().await;
    let aws = doctor::aws_at(server.url(), doctor::PATIENT);
    let diagnosis = diagnose(&aws, &case_with(AttemptsMode::Auto), now()).await;
    (diagnosis, server.ledger())
}

async fn diagnose_records(records: Vec<Value>) -> Diagnosis {
    diagnose_texts(records.iter().map(Value::to_string).collect()).await.0
}

/// A record in another shape that says the same.
#[rstest]
#[case::as_it_is(|_: &mut Value| {})]
#[case::a_list_of_users(|record: &mut Value| {
    let entry = record["userIdentity"]["onBehalfOf"].take();
    record["userIdentity"]["onBehalfOf"] = json!([entry]);
})]
#[case::of_unknown_type(|record: &mut Value| record["userIdentity"]["type"] = json!("Unknown"))]
#[case::told_in_the_response(|record: &mut Value| {
    record["responseElements"] = record["serviceEventDetails"].take();
})]
#[case::by_name(|record: &mut Value| {
    record["userIdentity"] = json!({ "type": "Unknown" });
    record["additionalEventData"]["UserName"] = json!("Ana@Corp.Example");
})]
#[case::by_the_name_of_an_older_record(|record: &mut Value| {
    record["userIdentity"] = json!({ "type": "Unknown", "userName": DEFAULT_USER });
})]
#[case::with_fields_that_nobody_knows(|record: &mut Value| {
    record["userIdentity"]["moon"] = json!({ "phase": ["full"] });
    record["additionalEventData"]["Verdict"] = json!(7);
})]
#[case::without_an_address(|record: &mut Value| drop(record.as_object_mut().unwrap().remove("sourceIPAddress")))]
#[case::without_a_sender(|record: &mut Value| drop(record.as_object_mut().unwrap().remove("eventSource")))]
#[case::without_an_id(|record: &mut Value| drop(record.as_object_mut().unwrap().remove("eventID")))]
#[tokio::test]
async fn a_wrong_password_is_seen_in_every_shape(#[case] change: fn(&mut Value)) {
    let mut wrong = record("CredentialVerification", 20);
    wrong["serviceEventDetails"]["CredentialVerification"] = json!("Failure");
    change(&mut wrong);
    let diagnosis = diagnose_records(vec![wrong]).await;
    assert_eq!(check(&diagnosis).cause, Some(Cause::AttemptWrongPassword), "{:?}", check(&diagnosis));
    assert_eq!(last(&diagnosis), ("password", "wrong-password"));
    assert_eq!(diagnosis.verdict.unwrap().status, VerdictStatus::Suspect);
}

/// An event that looks like one of the user's, and is none.
#[rstest]
#[case::of_another_user(|record: &mut Value| record["userIdentity"]["onBehalfOf"]["userId"] = json!("u-2"))]
#[case::of_another_store(|record: &mut Value| {
    record["userIdentity"]["onBehalfOf"]["identityStoreArn"] = json!("arn:aws:identitystore::1:identitystore/d-9999999999");
})]
#[case::without_its_store(|record: &mut Value| record["userIdentity"]["onBehalfOf"]["identityStoreArn"] = Value::Null)]
#[case::of_a_name_that_is_hidden(|record: &mut Value| {
    record["userIdentity"] = json!({ "type": "Unknown" });
    record["additionalEventData"]["UserName"] = json!("HIDDEN_DUE_TO_SECURITY_REASONS");
})]
#[case::of_a_workspace(|record: &mut Value| {
    record["additionalEventData"]["LoginTo"] = json!("https://us-east-1.webclient.amazonworkspaces.com/?code=1");
})]
#[case::of_another_service(|record: &mut Value| record["eventSource"] = json!("license-manager.amazonaws.com"))]
#[case::of_another_kind(|record: &mut Value| record["eventName"] = json!("ConsoleLogin"))]
#[case::of_the_day_before_yesterday(|record: &mut Value| record["eventTime"] = json!("2026-11-19T18:00:00Z"))]
#[tokio::test]
async fn look_alikes_do_not_count(#[case] change: fn(&mut Value)) {
    let mut wrong = record("CredentialVerification", 20);
    wrong["serviceEventDetails"]["CredentialVerification"] = json!("Failure");
    change(&mut wrong);
    let diagnosis = diagnose_records(vec![wrong, of_somebody_else()]).await;
    assert_eq!(check(&diagnosis).status, Some(Status::Pass), "{:?}", check(&diagnosis));
    assert!(diagnosis.attempts.as_ref().unwrap().attempts.is_empty());
    assert!(check(&diagnosis).summary.starts_with("no attempt got as far as Identity Center"));
}

#[tokio::test]
async fn what_is_no_record_is_counted_and_passed_over() {
    let mut wrong = record("CredentialVerification", 20);
    wrong["serviceEventDetails"]["CredentialVerification"] = json!("Failure");
    let bomb = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    let texts = vec![bomb, "{".to_owned(), String::new(), wrong.to_string(), "7".to_owned(), "null".to_owned()];
    let (diagnosis, _) = diagnose_texts(texts).await;
    assert_eq!(check(&diagnosis).cause, Some(Cause::AttemptWrongPassword));
    let notes = &check(&diagnosis).notes;
    assert!(notes.iter().any(|note| note.contains("passed over, because it could not be read")), "{notes:?}");
}

#[tokio::test]
async fn secrets_of_a_record_are_nowhere() {
    let mut signed_in = record("UserAuthentication", 20);
    signed_in["additionalEventData"]["LoginTo"] = json!("https://d-1.awsapps.com/start/?auth_code=HUNTER2#HUNTER2");
    let mut token = record("CreateToken", 19);
    token["requestParameters"] =
        json!({ "grantType": "authorization_code", "code": "HUNTER2", "clientSecret": "HUNTER2" });
    token["responseElements"] = json!({ "accessToken": "HUNTER2" });
    let diagnosis = diagnose_records(vec![signed_in, token]).await;
    assert_eq!(last(&diagnosis), ("token", "token"));
    let shown = format!("{diagnosis:?} {}", report::write_json(&diagnosis));
    assert!(!shown.contains("HUNTER2"));
}

#[tokio::test]
async fn a_denial_costs_one_request_and_changes_nothing() {
    let plan = Plan::new(organization(Vec::new())).fault(Operation::LookupEvents, WireFault::AccessDenied);
    let server = plan.start().await;
    let aws = doctor::aws_at(server.url(), doctor::PATIENT);
    let diagnosis = diagnose(&aws, &case_with(AttemptsMode::Auto), now()).await;
    assert_eq!(server.ledger().calls_of(Operation::LookupEvents), 1);
    assert_eq!(check(&diagnosis).summary, "not allowed to read sign-in events (cloudtrail:LookupEvents)");
    assert_eq!((check(&diagnosis).status, check(&diagnosis).waits_on), (Some(Status::Skipped), None));
    let access = diagnosis.check(CheckId::Access).unwrap();
    assert_eq!((access.status, access.notes.len()), (Some(Status::Pass), 0), "{access:?}");
    assert_eq!(diagnosis.verdict.unwrap().status, VerdictStatus::Healthy);
    assert_eq!(diagnosis.attempts, None);
}

#[rstest]
#[case::never(AttemptsMode::Never, DEFAULT_USER, false)]
#[case::auto(AttemptsMode::Auto, DEFAULT_USER, true)]
#[case::auto_with_a_failed_check(AttemptsMode::Auto, COLLEAGUE, false)]
#[case::always_with_a_failed_check(AttemptsMode::Always, COLLEAGUE, true)]
#[tokio::test]
async fn events_are_looked_up_where_they_are_wanted(
    #[case] attempts: AttemptsMode,
    #[case] user: &str,
    #[case] is_wanted: bool,
) {
    let server = Plan::new(organization(Vec::new())).start().await;
    let aws = doctor::aws_at(server.url(), doctor::PATIENT);
    let case = Told { user: user.to_owned(), attempts, ..Told::default() }.case();
    let diagnosis = diagnose(&aws, &case, now()).await;
    assert_eq!(diagnosis.check(CheckId::Attempts).is_some(), is_wanted);
    assert_eq!(server.ledger().calls_of(Operation::LookupEvents) > 0, is_wanted);
    assert_eq!(diagnosis.calls as usize, server.ledger().calls());
}

/// Tokens are read as far as two hundred of them go. Where that is not back to a sign-in, none is called missing.
#[rstest]
#[case::not_far_enough(250, None)]
#[case::far_enough(150, Some(Cause::AttemptNoToken))]
#[tokio::test]
async fn no_token_is_called_missing_that_was_not_looked_for(#[case] tokens: i64, #[case] cause: Option<Cause>) {
    let signed_in = EventEntry { user: Some(DEFAULT_USER.to_owned()), ..EventEntry::of(Name::UserAuthentication, 120) };
    let of_others = (0..tokens).map(|number| EventEntry {
        user: Some(COLLEAGUE.to_owned()),
        seconds_ago: number * 10,
        ..EventEntry::of(Name::CreateToken, 0)
    });
    let sample = Sample::new(organization(of_others.chain([signed_in]).collect()), None);
    let diagnosis = diagnose(&sample, &case_with(AttemptsMode::Auto), now()).await;
    assert_eq!(check(&diagnosis).cause, cause);
    let attempts = diagnosis.attempts.as_ref().unwrap();
    assert_eq!(attempts.complete, cause.is_some());
    let notes = check(&diagnosis).notes.join("\n");
    assert_eq!(notes.contains("not read, because there are too many: CreateToken before"), cause.is_none(), "{notes}");
}

#[tokio::test]
async fn addresses_and_names_fall_under_redaction() {
    let mut wrong = record("CredentialVerification", 20);
    wrong["serviceEventDetails"]["CredentialVerification"] = json!("Failure");
    wrong["errorMessage"] = json!("ana@corp.example is not welcome");
    let fault = WireFault::Field("Events", json!([{ "CloudTrailEvent": wrong.to_string() }]));
    let server = Plan::new(organization(Vec::new())).fault(Operation::LookupEvents, fault).start().await;
    let case = case_with(AttemptsMode::Auto);
    let facts =
        doctor::gather(&doctor::aws_at(server.url(), doctor::PATIENT), std::slice::from_ref(&case), now()).await;
    let redacted = Redactor::new().unwrap().redact(&case, &facts, doctor::judge(&case, &facts));
    let text = report::write_text(&redacted, Glyphs::Unicode, Paint::Plain);
    let shown = format!("{text} {} {}", report::write_json(&redacted), report::write_markdown(&redacted));
    assert!(shown.contains("address-1"));
    assert!(!shown.contains("198.51.100.7") && !shown.contains("ana@corp.example"), "{shown}");
}

#[test]
fn times_are_told_by_the_clock_of_a_time_zone() {
    let mut case = case_with(AttemptsMode::Auto);
    let mut settings = (*case.settings).clone();
    settings.attempts.time_zone = Some(jiff::tz::TimeZone::fixed(jiff::tz::offset(1)));
    case.settings = settings.into();
    let wrong = EventEntry {
        user: Some(DEFAULT_USER.to_owned()),
        credential: Some("PASSWORD".to_owned()),
        outcome: Some("Failure".to_owned()),
        ..EventEntry::of(Name::CredentialVerification, 20)
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let sample = Sample::new(organization(vec![wrong]), None);
    let diagnosis = runtime.block_on(diagnose(&sample, &case, now()));
    assert!(check(&diagnosis).summary.contains("19:40 +01, 20 minutes ago"), "{}", check(&diagnosis).summary);
    let json: Value = serde_json::from_str(&report::write_json(&diagnosis)).unwrap();
    assert_eq!(json["attempts"]["attempts"][0]["at"], "2026-11-21T18:40:00Z");
}

fn some_text(texts: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    option::of(select(texts).prop_map(str::to_owned))
}

prop_compose! {
    fn some_event()(
        name in select(&[
            Name::UserAuthentication, Name::CredentialVerification, Name::CredentialChallenge, Name::CreateToken,
            Name::ExternalIdPDirectoryLogin,
        ][..]),
        minutes_ago in 0_i64..60,
        user in some_text(&[DEFAULT_USER, COLLEAGUE]),
        user_name in some_text(&[DEFAULT_USER, "HIDDEN_DUE_TO_SECURITY_REASONS", "else"]),
        store in some_text(&["absent", "d-9999999999"]),
        workflow in some_text(&["w-1", "w-2"]),
        credential in some_text(&["PASSWORD", "TOTP", "RESYNC_TOTP", "MOON"]),
        outcome in some_text(&["Success", "Failure", "Perhaps"]),
        (grant, error_code, login_host) in (
            some_text(&["refresh_token", "authorization_code"]),
            some_text(&["Denied"]),
            some_text(&["skylight.local", "d-1.awsapps.com"]),
        ),
    ) -> EventEntry {
        EventEntry {
            user, user_name, store, workflow, credential, outcome, grant, error_code, login_host,
            ..EventEntry::of(name, minutes_ago)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..cases() })]

    /// Whatever is in the events, or is not, and in whatever order they come: nothing fails, nothing is unknown, and the
    /// same is said.
    #[test]
    fn events_never_make_a_failure(events in proptest::collection::vec(some_event(), 0..8), external in any::<bool>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let diagnose_events = |events: Vec<EventEntry>| {
            let mut file = OrganizationFile { events, ..OrganizationFile::default() };
            file.users.push(UserEntry::named(COLLEAGUE.to_owned()));
            file.instances[0].external = external;
            let sample = Sample::new(Organization::new(&file, now()).unwrap(), None);
            runtime.block_on(diagnose(&sample, &case_with(AttemptsMode::Auto), now()))
        };
        let diagnosis = diagnose_events(events.clone());
        let status = check(&diagnosis).status;
        prop_assert!(matches!(status, Some(Status::Pass | Status::Warn | Status::Skipped)), "{status:?}");
        let verdict = diagnosis.verdict.as_ref().unwrap().status;
        prop_assert_eq!(verdict == VerdictStatus::Suspect, status == Some(Status::Warn));
        prop_assert!(matches!(verdict, VerdictStatus::Healthy | VerdictStatus::Suspect));
        let in_reverse = diagnose_events(events.into_iter().rev().collect());
        prop_assert_eq!(check(&in_reverse).cause, check(&diagnosis).cause);
        prop_assert_eq!(check(&in_reverse).status, status);
    }
}
