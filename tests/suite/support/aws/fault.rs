//! What can go wrong on the wire: the columns of the fault matrix.

use serde_json::{Value, json};
use sso_doctor::{
    facts::{CredentialsFlaw, FailureKind, Operation},
    sources::demo::SampleFailure,
};

use super::{
    request::WireRequest,
    response::{Reaction, WireError, WireResponse},
};

/// One way of going wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WireFault {
    AccessDenied,
    KeyDenied,
    KeyUnusable(String),
    ExpiredToken,
    UnrecognizedClient,
    KeysRefused,
    ClockWrong,
    SignatureLost,
    ThrottledForEver,
    ThrottledTwice,
    /// HTTP 429 without a word.
    BareThrottledTwice,
    BareThrottledForEver,
    InternalError,
    Rejected,
    UnknownCode,
    NotFound,
    HtmlWithError,
    HtmlWithSuccess,
    EmptyBody,
    EmptyObject,
    Nulls,
    WrongType,
    Truncated,
    RepeatedToken,
    CycleOfTokens,
    EndlessTokens,
    Lie,
    Reset,
    DroppedHalfWay,
    NeverAnswers,
    /// An error with this code and message; not in [`WireFault::all`] either.
    Error(&'static str, &'static str),
    /// So many pages of a listing without an item, before those that have some; not in [`WireFault::all`] either.
    EmptyPages(usize),
    /// One field of a JSON answer is something else; not in [`WireFault::all`], because only a test can say what.
    Field(&'static str, Value),
}

impl WireFault {
    /// Every fault that one server can have for one operation. A refused connection is not among them: it needs
    /// an address where nobody listens.
    pub fn all() -> Vec<Self> {
        vec![
            Self::AccessDenied,
            Self::KeyDenied,
            Self::KeyUnusable("KMS_DISABLED".to_owned()),
            Self::ExpiredToken,
            Self::UnrecognizedClient,
            Self::KeysRefused,
            Self::ClockWrong,
            Self::SignatureLost,
            Self::ThrottledForEver,
            Self::ThrottledTwice,
            Self::BareThrottledTwice,
            Self::BareThrottledForEver,
            Self::InternalError,
            Self::Rejected,
            Self::UnknownCode,
            Self::NotFound,
            Self::HtmlWithError,
            Self::HtmlWithSuccess,
            Self::EmptyBody,
            Self::EmptyObject,
            Self::Nulls,
            Self::WrongType,
            Self::Truncated,
            Self::RepeatedToken,
            Self::CycleOfTokens,
            Self::EndlessTokens,
            Self::Lie,
            Self::Reset,
            Self::DroppedHalfWay,
            Self::NeverAnswers,
        ]
    }

    /// The wire's counterpart of a scenario's fault. Missing credentials and a failure inside the program are
    /// nothing that a server can do.
    pub fn of(kind: &FailureKind) -> Option<Self> {
        Some(match kind {
            FailureKind::Denied => Self::AccessDenied,
            FailureKind::KeyDenied => Self::KeyDenied,
            FailureKind::KeyUnusable(reason) => Self::KeyUnusable(reason.clone()),
            FailureKind::CredentialsExpired => Self::ExpiredToken,
            FailureKind::CredentialsUnusable(CredentialsFlaw::Keys) => Self::KeysRefused,
            FailureKind::CredentialsUnusable(CredentialsFlaw::Clock { .. }) => Self::ClockWrong,
            FailureKind::CredentialsUnusable(CredentialsFlaw::Signature) => Self::SignatureLost,
            FailureKind::RegionNotEnabled => Self::UnrecognizedClient,
            FailureKind::Throttled => Self::ThrottledForEver,
            FailureKind::TimedOut => Self::NeverAnswers,
            FailureKind::Unreachable => Self::InternalError,
            FailureKind::Rejected => Self::Rejected,
            FailureKind::Malformed => Self::HtmlWithSuccess,
            FailureKind::Contradiction => Self::NotFound,
            FailureKind::CredentialsMissing
            | FailureKind::NotConnected(_)
            | FailureKind::CredentialsUnusable(_)
            | FailureKind::PersonNotIdentified
            | FailureKind::Internal => return None,
        })
    }

    /// What happens to a request instead of `healthy`. `before` counts how often this request met the fault.
    pub fn react(&self, request: &WireRequest, healthy: WireResponse, before: usize, request_id: &str) -> Reaction {
        let store = is_identity_store(request);
        let kms = |store_reason: &str, sso_reason: &str| (if store { store_reason } else { sso_reason }).to_owned();
        let error = |error: &WireError| {
            Reaction::Answer(if is_query(request) { error.to_xml(request_id) } else { error.to_json() })
        };
        let denied = || WireError::new(400, "AccessDeniedException", "User: you is not authorized to perform this");
        match self {
            Self::AccessDenied if is_query(request) => {
                error(&WireError::new(403, "AccessDenied", "User: you is not authorized to perform this"))
            }
            Self::AccessDenied => error(&denied()),
            Self::KeyDenied => error(&denied().because(kms("KMS_ACCESS_DENIED", "KMS_AccessDeniedException"))),
            Self::KeyUnusable(reason) => {
                let missing = reason.to_lowercase().replace('_', "").contains("notfound");
                let code = if missing { "ResourceNotFoundException" } else { "ValidationException" };
                error(&WireError::new(400, code, "The KMS key cannot be used").because(reason.as_str()))
            }
            Self::ExpiredToken if is_query(request) => error(&expired("ExpiredToken")),
            Self::ExpiredToken => error(&expired("ExpiredTokenException")),
            Self::UnrecognizedClient if is_query(request) => error(&invalid_token("InvalidClientTokenId")),
            Self::UnrecognizedClient => error(&invalid_token("UnrecognizedClientException")),
            Self::KeysRefused => error(&wrong_signature(request, "keys-refused")),
            Self::ClockWrong => error(&wrong_signature(request, "clock-wrong")),
            Self::SignatureLost => {
                let code = if is_query(request) {
                    "MissingAuthenticationToken"
                } else {
                    "MissingAuthenticationTokenException"
                };
                error(&WireError::new(403, code, message_of("signature-lost")))
            }
            Self::ThrottledForEver => error(&throttled(request)),
            Self::ThrottledTwice if before < 2 => error(&throttled(request)),
            Self::BareThrottledTwice if before < 2 => Reaction::Answer(WireResponse::empty(429)),
            Self::BareThrottledForEver => Reaction::Answer(WireResponse::empty(429)),
            Self::InternalError => error(&WireError::new(500, "InternalServerException", "Internal error")),
            Self::Rejected => error(&WireError::new(400, "ValidationException", "The request is not valid")),
            Self::UnknownCode => error(&WireError::new(400, "MoonPhaseException", "Not tonight")),
            Self::NotFound if is_query(request) => error(&WireError::new(404, "NoSuchEntity", "Not found")),
            Self::NotFound => error(&WireError::new(400, "ResourceNotFoundException", "Not found")),
            Self::HtmlWithError => Reaction::Answer(WireResponse::html(500)),
            Self::HtmlWithSuccess => Reaction::Answer(WireResponse::html(200)),
            Self::EmptyBody => Reaction::Answer(WireResponse { body: Vec::new(), ..healthy }),
            Self::EmptyObject => Reaction::Answer(with_body(healthy, |_| json!({}))),
            Self::Nulls => Reaction::Answer(with_body(healthy, |body| map_top(body, |_| Value::Null))),
            Self::WrongType => Reaction::Answer(with_body(healthy, |body| map_top(body, |value| wrong_type(&value)))),
            Self::Truncated => {
                let length = healthy.body.len() / 2;
                Reaction::Answer(WireResponse { body: healthy.body[..length].to_vec(), ..healthy })
            }
            Self::RepeatedToken => Reaction::Answer(with_token(healthy, "again")),
            Self::CycleOfTokens => {
                let next = if request.text("/NextToken") == "tick" { "tock" } else { "tick" };
                Reaction::Answer(with_token(healthy, next))
            }
            Self::EndlessTokens => Reaction::Answer(with_token(healthy, &format!("token-{before}"))),
            Self::Lie => Reaction::Answer(with_body(healthy, super::lie::about_the_asked)),
            Self::Reset => Reaction::Reset,
            Self::DroppedHalfWay => Reaction::DropHalfWay(healthy),
            Self::NeverAnswers => Reaction::Hang,
            Self::Error(code, message) => error(&WireError::new(400, code, message)),
            Self::EmptyPages(count) if before < *count => {
                // What stands after the colon is where the next page starts.
                let emptied = with_body(healthy, |body| {
                    map_top(body, |value| value.as_array().map_or(value.clone(), |_| json!([])))
                });
                Reaction::Answer(with_token(emptied, &format!("empty-{before}:0")))
            }
            Self::ThrottledTwice | Self::BareThrottledTwice | Self::EmptyPages(_) => Reaction::Answer(healthy),
            Self::Field(key, value) => Reaction::Answer(with_body(healthy, |mut body| {
                body[*key] = value.clone();
                body
            })),
        }
    }
}

fn expired(code: &'static str) -> WireError {
    WireError::new(400, code, "The security token included in the request is expired")
}

fn invalid_token(code: &'static str) -> WireError {
    WireError::new(400, code, "The security token included in the request is invalid.")
}

/// A wrong clock has the codes of a wrong signature.
fn wrong_signature(request: &WireRequest, failure: &str) -> WireError {
    let code = if is_query(request) { "SignatureDoesNotMatch" } else { "InvalidSignatureException" };
    WireError::new(403, code, message_of(failure))
}

fn throttled(request: &WireRequest) -> WireError {
    let code = if is_query(request) { "Throttling" } else { "ThrottlingException" };
    WireError::new(400, code, "Rate exceeded")
}

fn message_of(failure: &str) -> &'static str {
    SampleFailure::by_name(failure).unwrap().message
}

/// STS and IAM speak XML.
pub fn is_query(request: &WireRequest) -> bool {
    use Operation::{GetCallerIdentity, GetRole, SimulatePrincipalPolicy};
    matches!(request.operation(), Some(GetCallerIdentity | GetRole | SimulatePrincipalPolicy))
}

fn is_identity_store(request: &WireRequest) -> bool {
    request.operation().is_some_and(|operation| operation.action().starts_with("identitystore:"))
}

/// Changes a JSON body. Of an XML one nothing but the root is left: the same lack in another form.
fn with_body(healthy: WireResponse, change: impl FnOnce(Value) -> Value) -> WireResponse {
    if let Ok(body) = serde_json::from_slice(&healthy.body) {
        return WireResponse { body: change(body).to_string().into_bytes(), ..healthy };
    }
    let text = String::from_utf8_lossy(&healthy.body);
    let root = text.trim_start_matches('<').split([' ', '>']).next().unwrap_or_default().to_owned();
    let result = root.replace("Response", "Result");
    WireResponse { body: format!("<{root}><{result}></{result}></{root}>").into_bytes(), ..healthy }
}

fn map_top(body: Value, change: impl Fn(Value) -> Value) -> Value {
    match body {
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (key, change(value))).collect(),
        other => other,
    }
}

fn wrong_type(value: &Value) -> Value {
    match value {
        Value::String(_) => json!(7),
        Value::Bool(_) => json!("perhaps"),
        Value::Number(_) => json!([]),
        Value::Array(_) => json!({ "first": "a list, once" }),
        Value::Object(_) | Value::Null => json!("an object, once"),
    }
}

/// The token of a next page, on any listing.
fn with_token(healthy: WireResponse, token: &str) -> WireResponse {
    let is_listing = |body: &Value| body.as_object().is_some_and(|fields| fields.values().any(Value::is_array));
    match serde_json::from_slice::<Value>(&healthy.body) {
        Ok(mut body) if is_listing(&body) => {
            body["NextToken"] = json!(token);
            WireResponse { body: body.to_string().into_bytes(), ..healthy }
        }
        _ => healthy,
    }
}
