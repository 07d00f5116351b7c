//! From an SDK error to a failure, or to "there is no such thing".

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use serde_json::Value;

use super::{
    clock::measure_clock_lead,
    credentials_failure::CredentialsFailure,
    errors::{describe_innermost, describe_refusal, find_in_chain, means_ended, read_refusal, remove_secrets},
    network::DialError,
    refused::find_flaw,
    watch::MalformedAnswer,
};
use crate::{
    facts::{ConnectionFlaw, CredentialsFlaw, FailureKind, Operation},
    text,
};

/// What an unsuccessful call says.
pub(super) enum Refusal {
    /// AWS says that there is no such thing.
    NotFound,
    /// Something came in the way.
    Failed(FailureKind, String),
}

/// Reads an error.
pub(super) fn classify_error<E>(operation: Operation, error: &SdkError<E, HttpResponse>, host: &str) -> Refusal
where
    E: ProvideErrorMetadata + Error + 'static,
{
    if let Some(credentials) = find_in_chain::<CredentialsError>(error) {
        let (kind, message) = describe_missing_credentials(&CredentialsFailure::from_error(credentials));
        return Refusal::Failed(kind, message);
    }
    if let Some(malformed) = find_in_chain::<MalformedAnswer>(error) {
        return Refusal::Failed(FailureKind::Malformed, malformed.to_string());
    }
    if let Some(dial) = find_in_chain::<DialError>(error) {
        let kind = dial.flaw().map_or(FailureKind::TimedOut, FailureKind::NotConnected);
        return Refusal::Failed(kind, text::without_passwords(&dial.to_string()));
    }
    match error {
        SdkError::ServiceError(service) if is_web_page(service.raw()) => {
            let status = service.raw().status().as_u16();
            Refusal::Failed(FailureKind::NotConnected(ConnectionFlaw::WebPage), describe_web_page(host, status))
        }
        SdkError::ServiceError(service) => classify_service_error(operation, service.err(), service.raw()),
        SdkError::TimeoutError(_) => {
            Refusal::Failed(FailureKind::TimedOut, format!("{host} gave no answer in time: check VPN or proxy"))
        }
        SdkError::DispatchFailure(failure) if failure.is_timeout() => {
            Refusal::Failed(FailureKind::TimedOut, format!("{host} gave no answer in time: check VPN or proxy"))
        }
        SdkError::DispatchFailure(failure) => {
            let reason = failure
                .as_connector_error()
                .map_or_else(|| "no connection".to_owned(), |error| describe_innermost(error));
            Refusal::Failed(FailureKind::Unreachable, format!("{host}: {reason}"))
        }
        SdkError::ResponseError(response) => {
            let status = response.raw().status().as_u16();
            if is_web_page(response.raw()) {
                let words = describe_web_page(host, status);
                return Refusal::Failed(FailureKind::NotConnected(ConnectionFlaw::WebPage), words);
            }
            Refusal::Failed(FailureKind::Malformed, format!("the answer (HTTP {status}) could not be read"))
        }
        other => Refusal::Failed(FailureKind::Rejected, describe_innermost(other)),
    }
}

/// Returns true for a page that people read: of whoever stands in between.
fn is_web_page(answer: &HttpResponse) -> bool {
    let is_page = answer.headers().get("content-type").is_some_and(|kind| kind.starts_with("text/html"));
    is_page || answer.status().as_u16() == 511 || (300..400).contains(&answer.status().as_u16())
}

fn describe_web_page(host: &str, status: u16) -> String {
    format!(
        "{host} answered with a web page (HTTP {status}) and not as AWS does: a proxy, or a network that wants you to sign in first"
    )
}

/// Returns why a call was not sent.
pub(super) fn describe_missing_credentials(failure: &CredentialsFailure) -> (FailureKind, String) {
    let message = failure.to_string();
    let kind = match failure {
        CredentialsFailure::Missing => FailureKind::CredentialsMissing,
        CredentialsFailure::Ended(_) => FailureKind::CredentialsExpired,
        CredentialsFailure::Unusable { flaw, .. } => FailureKind::CredentialsUnusable(*flaw),
    };
    (kind, message)
}

fn classify_service_error<E: ProvideErrorMetadata>(operation: Operation, error: &E, raw: &HttpResponse) -> Refusal {
    let (code, message) = read_refusal(error);
    let message = remove_secrets(message);
    let status = raw.status().as_u16();
    let body: Option<Value> = raw.body().bytes().and_then(|body| serde_json::from_slice(body).ok());
    let field = |name: &str| body.as_ref()?.get(name)?.as_str();
    if let Some(reason) = field("Reason").or_else(|| field("reason")).filter(|reason| reason.starts_with("KMS")) {
        return Refusal::Failed(classify_key_reason(reason), format!("{reason}: {message}"));
    }
    let kind = match code {
        code if means_ended(code) => FailureKind::CredentialsExpired,
        "UnrecognizedClientException" => FailureKind::RegionNotEnabled,
        "AccessDenied" | "AccessDeniedException" => FailureKind::Denied,
        "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "TooManyRequestsException"
        | "RequestLimitExceeded"
        | "RequestThrottled"
        | "RequestThrottledException"
        | "SlowDown" => FailureKind::Throttled,
        // IAM has a code of its own for what does not exist.
        "NoSuchEntity" if is_of_iam(operation) => return Refusal::NotFound,
        "ResourceNotFoundException" if is_of_iam(operation) => FailureKind::Unreachable,
        "ResourceNotFoundException" if is_about(operation, field("ResourceType")) => return Refusal::NotFound,
        "ResourceNotFoundException" => FailureKind::Contradiction,
        "ValidationException" | "ValidationError" => FailureKind::Rejected,
        _ if status == 429 => FailureKind::Throttled,
        _ => match find_flaw(code, &message) {
            Some(CredentialsFlaw::Clock { ahead }) => FailureKind::CredentialsUnusable(CredentialsFlaw::Clock {
                ahead: ahead.or_else(|| measure_clock_lead(raw)),
            }),
            Some(flaw) => FailureKind::CredentialsUnusable(flaw),
            None => FailureKind::Unreachable,
        },
    };
    let described = if code.is_empty() { format!("HTTP {status}") } else { describe_refusal(code, &message) };
    Refusal::Failed(kind, described)
}

fn is_of_iam(operation: Operation) -> bool {
    matches!(operation, Operation::GetRole | Operation::SimulatePrincipalPolicy)
}

/// Returns true, when what was not found is what was asked for, and not the identity store that it should be in.
fn is_about(operation: Operation, resource_type: Option<&str>) -> bool {
    let expected = match operation {
        Operation::GetUserId | Operation::DescribeUser => "USER",
        Operation::DescribeGroup | Operation::GetGroupId => "GROUP",
        _ => return true,
    };
    resource_type.is_none_or(|found| found == expected)
}

fn classify_key_reason(reason: &str) -> FailureKind {
    let reason_code = reason.to_ascii_uppercase().replace('_', "");
    if reason_code.contains("ACCESSDENIED") {
        FailureKind::KeyDenied
    } else if reason_code.contains("THROTTLING") {
        FailureKind::Throttled
    } else {
        FailureKind::KeyUnusable(reason.to_owned())
    }
}

/// Returns the KMS key that a message names, if it names one.
pub(super) fn find_key(message: &str) -> Option<String> {
    let start =
        message.find("arn:").filter(|start| message.get(*start..).is_some_and(|rest| rest.contains(":kms:")))?;
    let rest = message.get(start..)?;
    let end =
        rest.find(|character: char| character.is_whitespace() || matches!(character, ',' | ';' | '"' | '\'' | ')'));
    Some(rest.get(..end.unwrap_or(rest.len()))?.trim_end_matches('.').to_owned())
}
