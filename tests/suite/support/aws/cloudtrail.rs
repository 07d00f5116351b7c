//! The answers of CloudTrail, as JSON: each event is a text that is JSON itself.

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sso_doctor::{
    domain::{OnBehalfOf, SignInEvent, SignInEventName},
    facts::LookupEvents,
    sources::demo::Organization,
};

use super::{paging::Page, request::WireRequest};

const NAMES: [SignInEventName; 5] = [
    SignInEventName::CredentialChallenge,
    SignInEventName::CredentialVerification,
    SignInEventName::ExternalIdPDirectoryLogin,
    SignInEventName::UserAuthentication,
    SignInEventName::CreateToken,
];

pub fn lookup_events(organization: &Organization, request: &WireRequest, page: &Page) -> Value {
    let asked = request.text("/LookupAttributes/0/AttributeValue");
    let Some(name) = NAMES.into_iter().find(|name| name.as_str() == asked) else {
        return page.of("Events", Vec::new());
    };
    let time = |key: &str| request.body[key].as_i64().map(|seconds| Timestamp::from_second(seconds).unwrap());
    let query = LookupEvents {
        region: request.region.clone(),
        name,
        from: time("StartTime").unwrap_or(Timestamp::UNIX_EPOCH),
        to: time("EndTime"),
        after: None,
    };
    page.of("Events", organization.list_events(&query).iter().map(envelope).collect())
}

fn envelope(event: &SignInEvent) -> Value {
    json!({
        "EventId": event.id,
        "EventName": event.name.as_str(),
        "EventTime": event.at.as_second(),
        "EventSource": source_of(event.name),
        "CloudTrailEvent": record(event).to_string(),
    })
}

fn source_of(name: SignInEventName) -> &'static str {
    if name == SignInEventName::CreateToken { "sso.amazonaws.com" } else { "signin.amazonaws.com" }
}

/// The record as CloudTrail keeps it, with the secrets that it has.
pub fn record(event: &SignInEvent) -> Value {
    let name = event.name.as_str();
    let login_to = event.login_host.as_ref().map(|host| format!("https://{host}/start/?auth_code=SECRET"));
    let additional = [
        ("AuthWorkflowID", event.workflow.clone()),
        ("CredentialType", event.credential.clone()),
        ("UserName", event.user_name.clone()),
        ("LoginTo", login_to),
    ];
    let mut details = Map::new();
    if let Some(outcome) = &event.outcome {
        let said = match outcome.word() {
            "success" => "Success",
            "failure" => "Failure",
            other => other,
        };
        details.insert(name.to_owned(), json!(said));
    }
    json!({
        "eventVersion": "1.11",
        "eventID": event.id,
        "eventName": name,
        "eventSource": source_of(event.name),
        "eventTime": event.at.to_string(),
        "sourceIPAddress": event.source_ip,
        "errorCode": event.error_code,
        "errorMessage": event.error_message,
        "userIdentity": { "type": "IdentityCenterUser", "onBehalfOf": on_behalf_of(&event.on_behalf_of) },
        "additionalEventData": Value::Object(
            additional.into_iter().filter_map(|(key, value)| Some((key.to_owned(), json!(value?)))).collect()
        ),
        "requestParameters": { "grantType": event.grant, "clientSecret": "SECRET" },
        "responseElements": null,
        "serviceEventDetails": details,
    })
}

fn on_behalf_of(entries: &[OnBehalfOf]) -> Value {
    let shown = entries.iter().map(|entry| {
        let arn =
            entry.store.as_ref().map(|store| format!("arn:aws:identitystore::111122223333:identitystore/{store}"));
        json!({ "userId": entry.user, "identityStoreArn": arn })
    });
    match shown.collect::<Vec<_>>().as_slice() {
        [] => Value::Null,
        [one] => one.clone(),
        several => json!(several),
    }
}
