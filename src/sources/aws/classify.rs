//! From an SDK error to an failure, or to "there is no such thing".

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use serde_json::Value;

use super::{clock::ahead_of, credentials::Lack, refused::flaw_of, watch::MalformedAnswer};
use crate::{
    facts::{CredentialsFlaw, FailureKind, Operation},
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
pub(super) fn classify<E>(operation: Operation, error: &SdkError<E, HttpResponse>) -> Refusal
where
    E: ProvideErrorMetadata + Error + 'static,
{
    if let Some(credentials) = in_chain::<CredentialsError, E>(error) {
        return of_credentials(credentials);
    }
    if let Some(malformed) = in_chain::<MalformedAnswer, E>(error) {
        return Refusal::Failed(FailureKind::Malformed, malformed.to_string());
    }
    match error {
        SdkError::ServiceError(service) => of_service(operation, service.err(), service.raw()),
        SdkError::TimeoutError(_) => Refusal::Failed(FailureKind::TimedOut, "no answer in time".to_owned()),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => {
            Refusal::Failed(FailureKind::TimedOut, "no connection in time".to_owned())
        }
        SdkError::DispatchFailure(failure) => {
            let reason =
                failure.as_connector_error().map_or_else(|| "no connection".to_owned(), |error| innermost(error));
            Refusal::Failed(FailureKind::Unreachable, reason)
        }
        SdkError::ResponseError(response) => {
            let status = response.raw().status().as_u16();
            Refusal::Failed(FailureKind::Malformed, format!("the answer (HTTP {status}) could not be read"))
        }
        other => Refusal::Failed(FailureKind::Rejected, innermost(other)),
    }
}

fn of_credentials(error: &CredentialsError) -> Refusal {
    let lack = Lack::of(error);
    let message = lack.to_string();
    let kind = match lack {
        Lack::Missing => FailureKind::CredentialsMissing,
        Lack::Ended => FailureKind::CredentialsExpired,
        Lack::Unusable { flaw, .. } => FailureKind::CredentialsUnusable(flaw),
    };
    Refusal::Failed(kind, message)
}

fn of_service<E: ProvideErrorMetadata>(operation: Operation, error: &E, raw: &HttpResponse) -> Refusal {
    let code = error.code().unwrap_or_default();
    let message = without_secrets(error.message().unwrap_or_default());
    let status = raw.status().as_u16();
    let body: Value = raw.body().bytes().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default();
    let field = |name: &str| body.get(name).and_then(Value::as_str);
    if let Some(reason) = field("Reason").or_else(|| field("reason")).filter(|reason| reason.starts_with("KMS")) {
        return Refusal::Failed(of_key(reason), format!("{reason}: {message}"));
    }
    let kind = match code {
        code if has_ended(code) => FailureKind::CredentialsExpired,
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
        "NoSuchEntity" if operation == Operation::GetRole => return Refusal::NotFound,
        "ResourceNotFoundException" if operation == Operation::GetRole => FailureKind::Unreachable,
        "ResourceNotFoundException" if is_about(operation, field("ResourceType")) => return Refusal::NotFound,
        "ResourceNotFoundException" => FailureKind::Contradiction,
        "ValidationException" | "ValidationError" => FailureKind::Rejected,
        _ if status == 429 => FailureKind::Throttled,
        _ => match flaw_of(code, &message) {
            Some(CredentialsFlaw::Clock { ahead }) => {
                FailureKind::CredentialsUnusable(CredentialsFlaw::Clock { ahead: ahead.or_else(|| ahead_of(raw)) })
            }
            Some(flaw) => FailureKind::CredentialsUnusable(flaw),
            None => FailureKind::Unreachable,
        },
    };
    let described = if code.is_empty() { format!("HTTP {status}") } else { described(code, &message) };
    Refusal::Failed(kind, described)
}

/// True for the codes of credentials that have expired or were withdrawn.
pub(super) fn has_ended(code: &str) -> bool {
    matches!(code, "ExpiredToken" | "ExpiredTokenException" | "InvalidClientTokenId")
}

/// AWS's code and what it says besides.
pub(super) fn described(code: &str, message: &str) -> String {
    if message.is_empty() { code.to_owned() } else { format!("{code}: {message}") }
}

/// Some refusals repeat the request that was signed, with the session's token in it.
pub(super) fn without_secrets(message: &str) -> String {
    let repeats_the_request =
        ["canonical string", "canonical request", "x-amz-security-token", "authorization=", "authorization header:"]
            .iter()
            .any(|word| message.to_lowercase().contains(word));
    if repeats_the_request { "the request's signature was not accepted".to_owned() } else { message.to_owned() }
}

/// True if what was not found is what was asked for, and not the identity store that it should be in.
fn is_about(operation: Operation, resource_type: Option<&str>) -> bool {
    let expected = match operation {
        Operation::GetUserId | Operation::DescribeUser => "USER",
        Operation::DescribeGroup => "GROUP",
        _ => return true,
    };
    resource_type.is_none_or(|found| found == expected)
}

fn of_key(reason: &str) -> FailureKind {
    let reason_code = reason.to_ascii_uppercase().replace('_', "");
    if reason_code.contains("ACCESSDENIED") {
        FailureKind::KeyDenied
    } else if reason_code.contains("THROTTLING") {
        FailureKind::Throttled
    } else {
        FailureKind::KeyUnusable(reason.to_owned())
    }
}

/// The KMS key that a message names, if it names one.
pub(super) fn key_in(message: &str) -> Option<String> {
    let start =
        message.find("arn:").filter(|start| message.get(*start..).is_some_and(|rest| rest.contains(":kms:")))?;
    let rest = message.get(start..)?;
    let end =
        rest.find(|character: char| character.is_whitespace() || matches!(character, ',' | ';' | '"' | '\'' | ')'));
    Some(rest.get(..end.unwrap_or(rest.len()))?.trim_end_matches('.').to_owned())
}

fn in_chain<T: Error + 'static, E: Error + 'static>(error: &SdkError<E, HttpResponse>) -> Option<&T> {
    find_in_chain(error.source()?)
}

/// Returns the first link of that type, when an error or one of its sources is of it.
pub(super) fn find_in_chain<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut link: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = link {
        if let Some(found) = error.downcast_ref::<T>() {
            return Some(found);
        }
        link = error.source();
    }
    None
}

/// The last link of an error's chain, which tells most.
pub(super) fn innermost(error: &dyn Error) -> String {
    let mut link = error;
    while let Some(source) = link.source() {
        link = source;
    }
    text::without_passwords(&link.to_string())
}

#[cfg(test)]
mod tests {
    use super::without_secrets;

    #[test]
    fn a_refusal_that_repeats_the_signed_request_is_not_repeated() {
        let message = "The Canonical String for this request should have been\n'POST\n/\n\nx-amz-security-token:IQoJ'";
        assert!(!without_secrets(message).contains("IQoJ"));
        let header = "'IQoJ' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4 IQoJ'.";
        assert!(!without_secrets(header).contains("IQoJ"));
        assert_eq!(without_secrets("User is not authorized"), "User is not authorized");
    }
}
