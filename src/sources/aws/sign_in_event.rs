//! A record of CloudTrail: JSON that arrives as a text inside JSON, from many senders and of many years.
//!
//! Nothing of it is trusted. A field that is absent, or not what it should be, is absent; what is no record at all is
//! passed over. Of what may carry secrets only the harmless part is taken: of `LoginTo`, which has an authorization code
//! in it, the host, and of the parameters of a request the kind of grant.

use jiff::Timestamp;
use serde_json::Value;

use crate::domain::{EventOutcome, HIDDEN_NAME, IdentityStoreId, OnBehalfOf, SignInEvent, SignInEventName, UserId};

/// Longer texts are none that a record of a sign-in has.
const LONGEST: usize = 1_000;

/// What a page says about a record beside the record itself.
pub(super) struct Envelope<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) id: Option<&'a str>,
    pub(super) source: Option<&'a str>,
    pub(super) at: Option<Timestamp>,
}

/// What a record turns out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Record {
    /// An event of the kind that was asked for.
    Event(Box<SignInEvent>),
    /// Something else, such as an event of the same name from another service.
    Other,
    /// Nothing that could be read.
    Unreadable,
}

/// Returns the event that a record tells.
pub(super) fn read_record(record: &str, envelope: &Envelope, asked: SignInEventName) -> Record {
    // The parser refuses what is nested more deeply than it can follow.
    let record = serde_json::from_str(record).ok().filter(Value::is_object);
    let Some(record) = &record else { return Record::Unreadable };
    if !is_asked_for(record, envelope, asked) {
        return Record::Other;
    }
    read_event(record, envelope, asked).map_or(Record::Unreadable, |event| Record::Event(Box::new(event)))
}

fn is_asked_for(record: &Value, envelope: &Envelope, asked: SignInEventName) -> bool {
    let name = text_at(record, "/eventName").or_else(|| envelope.name.map(ToOwned::to_owned));
    let source = text_at(record, "/eventSource").or_else(|| envelope.source.map(ToOwned::to_owned));
    name.is_none_or(|name| name == asked.as_str()) && source.is_none_or(|source| is_sender(asked, &source))
}

/// Returns the event, if the record says when it happened.
fn read_event(record: &Value, envelope: &Envelope, asked: SignInEventName) -> Option<SignInEvent> {
    let at = text_at(record, "/eventTime").and_then(|at| at.parse().ok()).or(envelope.at)?;
    let details = format!("/serviceEventDetails/{}", asked.as_str());
    let response = format!("/responseElements/{}", asked.as_str());
    let outcome = text_at(record, &details).or_else(|| text_at(record, &response));
    Some(SignInEvent {
        name: asked,
        at,
        id: text_at(record, "/eventID").or_else(|| envelope.id.map(ToOwned::to_owned)),
        on_behalf_of: read_on_behalf_of(record.pointer("/userIdentity/onBehalfOf")),
        user_name: text_at(record, "/additionalEventData/UserName")
            .or_else(|| text_at(record, "/userIdentity/userName"))
            .filter(|name| name != HIDDEN_NAME),
        workflow: text_at(record, "/additionalEventData/AuthWorkflowID"),
        credential: text_at(record, "/additionalEventData/CredentialType"),
        outcome: outcome.map(read_outcome),
        login_host: record.pointer("/additionalEventData/LoginTo").and_then(Value::as_str).and_then(read_host),
        grant: text_at(record, "/requestParameters/grantType"),
        error_code: text_at(record, "/errorCode"),
        error_message: text_at(record, "/errorMessage"),
        source_ip: text_at(record, "/sourceIPAddress"),
    })
}

/// Other services have events of the same names.
fn is_sender(asked: SignInEventName, source: &str) -> bool {
    let is_of = |service: &str| source.strip_prefix(service).is_some_and(|rest| rest.starts_with(['.', '-']));
    match asked {
        SignInEventName::CreateToken => is_of("sso"),
        SignInEventName::CredentialChallenge
        | SignInEventName::CredentialVerification
        | SignInEventName::UserAuthentication
        | SignInEventName::ExternalIdPDirectoryLogin => is_of("signin") || is_of("sso"),
    }
}

/// Returns the text at a path, when one is there.
fn text_at(record: &Value, path: &str) -> Option<String> {
    let text = record.pointer(path)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.chars().take(LONGEST).collect())
}

fn read_outcome(said: String) -> EventOutcome {
    match said.to_ascii_lowercase().as_str() {
        "success" => EventOutcome::Success,
        "failure" => EventOutcome::Failure,
        _ => EventOutcome::Other(said),
    }
}

/// One user, or a list of them.
fn read_on_behalf_of(value: Option<&Value>) -> Vec<OnBehalfOf> {
    let entries = match value {
        Some(Value::Array(entries)) => entries.iter().collect(),
        Some(entry @ Value::Object(_)) => vec![entry],
        _ => Vec::new(),
    };
    let read = entries.into_iter().map(|entry| OnBehalfOf {
        user: text_at(entry, "/userId").map(UserId::new),
        store: text_at(entry, "/identityStoreArn").map(|arn| IdentityStoreId::new(last_part(&arn))),
    });
    read.filter(|entry| entry.user.is_some() || entry.store.is_some()).collect()
}

fn last_part(arn: &str) -> &str {
    arn.rsplit(['/', ':']).next().unwrap_or(arn)
}

fn read_host(link: &str) -> Option<String> {
    Some(url::Url::parse(link.trim()).ok()?.host_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(record: &Value) -> Option<SignInEvent> {
        let envelope = Envelope { name: None, id: None, source: None, at: None };
        match read_record(&record.to_string(), &envelope, SignInEventName::UserAuthentication) {
            Record::Event(event) => Some(*event),
            Record::Other | Record::Unreadable => None,
        }
    }

    fn record() -> Value {
        json!({
            "eventName": "UserAuthentication",
            "eventSource": "signin.amazonaws.com",
            "eventTime": "2026-11-21T18:40:00Z",
            "eventID": "e-1",
            "sourceIPAddress": "198.51.100.7",
            "userIdentity": {
                "type": "IdentityCenterUser",
                "onBehalfOf": {
                    "userId": "u-1",
                    "identityStoreArn": "arn:aws:identitystore::111122223333:identitystore/d-1234567890",
                },
            },
            "additionalEventData": {
                "AuthWorkflowID": "w-1",
                "LoginTo": "https://d-1234567890.awsapps.com/start/?auth_code=SECRET#token=SECRET",
                "CredentialType": "PASSWORD",
            },
            "requestParameters": { "clientSecret": "SECRET", "grantType": "authorization_code" },
            "serviceEventDetails": { "UserAuthentication": "Success" },
        })
    }

    #[test]
    fn a_record_is_read_without_its_secrets() {
        let event = read(&record()).unwrap();
        assert_eq!(event.at.to_string(), "2026-11-21T18:40:00Z");
        assert_eq!(event.on_behalf_of[0].store, Some(IdentityStoreId::new("d-1234567890")));
        assert_eq!(event.login_host.as_deref(), Some("d-1234567890.awsapps.com"));
        assert_eq!((event.workflow.as_deref(), event.is_success()), (Some("w-1"), true));
        assert!(!format!("{event:?}").contains("SECRET"));
    }

    #[test]
    fn a_list_of_users_and_an_older_record_are_read_as_well() {
        let mut list = record();
        list["userIdentity"]["onBehalfOf"] = json!([list["userIdentity"]["onBehalfOf"], { "userId": "u-2" }, 7]);
        assert_eq!(read(&list).unwrap().on_behalf_of.len(), 2);
        let mut older = record();
        older["userIdentity"] = json!({ "type": "Unknown", "userName": "ana" });
        older["responseElements"] = json!({ "UserAuthentication": "Failure" });
        older["serviceEventDetails"] = Value::Null;
        let event = read(&older).unwrap();
        assert_eq!((event.user_name.as_deref(), event.is_failure()), (Some("ana"), true));
    }

    #[test]
    fn one_field_less_or_another_in_its_place_is_still_a_record() {
        let full = record();
        let paths = ["", "/userIdentity", "/userIdentity/onBehalfOf", "/additionalEventData", "/requestParameters"];
        for path in paths {
            let keys: Vec<String> = full.pointer(path).unwrap().as_object().unwrap().keys().cloned().collect();
            for key in keys.iter().filter(|key| !["eventName", "eventSource", "eventTime"].contains(&key.as_str())) {
                for other in
                    [Value::Null, json!(7), json!("other"), json!([]), json!({ "more": [1, { "and": "more" }] })]
                {
                    let mut changed = full.clone();
                    changed.pointer_mut(path).unwrap()[key] = other;
                    assert!(read(&changed).is_some(), "{path}/{key}");
                }
                let mut without = full.clone();
                without.pointer_mut(path).unwrap().as_object_mut().unwrap().remove(key);
                assert!(read(&without).is_some(), "{path}/{key}");
            }
        }
    }

    #[test]
    fn what_is_no_record_of_this_kind_is_passed_over() {
        let envelope = Envelope { name: None, id: None, source: None, at: Some(Timestamp::UNIX_EPOCH) };
        let deep = "[".repeat(100_000);
        let nested = format!("{}{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
        for text in ["", "null", "7", "[]", "{\"eventName\":", "<html>", &deep, &nested] {
            let read = read_record(text, &envelope, SignInEventName::UserAuthentication);
            assert_eq!(read, Record::Unreadable);
        }
        for (key, value) in [
            ("eventName", "ConsoleLogin"),
            ("eventSource", "license-manager.amazonaws.com"),
            ("eventTime", "yesterday"),
        ] {
            let mut other = record();
            other[key] = json!(value);
            assert_eq!(read(&other), None, "{key}");
        }
    }
}
