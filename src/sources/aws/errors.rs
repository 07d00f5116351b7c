//! What errors of the SDK say, in words that can be shown.

use std::error::Error;

use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::text;

/// Returns the code and the message of a refusal, each empty where AWS leaves it out.
pub(super) fn read_refusal<E: ProvideErrorMetadata>(error: &E) -> (&str, &str) {
    (error.code().unwrap_or_default(), error.message().unwrap_or_default())
}

/// Returns true for the codes of credentials that have expired or were withdrawn.
pub(super) fn means_ended(code: &str) -> bool {
    matches!(code, "ExpiredToken" | "ExpiredTokenException" | "InvalidClientTokenId")
}

/// AWS's code and what it says besides.
pub(super) fn describe_refusal(code: &str, message: &str) -> String {
    if message.is_empty() { code.to_owned() } else { format!("{code}: {message}") }
}

/// Returns a refusal without the request that was signed: some repeat it, with the session's token in it.
pub(super) fn remove_secrets(message: &str) -> String {
    let repeats_the_request =
        ["canonical string", "canonical request", "x-amz-security-token", "authorization=", "authorization header:"]
            .iter()
            .any(|word| message.to_lowercase().contains(word));
    if repeats_the_request { "the request's signature was not accepted".to_owned() } else { message.to_owned() }
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

/// Returns the last link of an error's chain, which tells most.
pub(super) fn describe_innermost(error: &dyn Error) -> String {
    let mut link = error;
    while let Some(source) = link.source() {
        link = source;
    }
    text::without_passwords(&link.to_string())
}

#[cfg(test)]
mod tests {
    use super::remove_secrets;

    #[test]
    fn a_refusal_that_repeats_the_signed_request_is_not_repeated() {
        let message = "The Canonical String for this request should have been\n'POST\n/\n\nx-amz-security-token:IQoJ'";
        assert!(!remove_secrets(message).contains("IQoJ"));
        let header = "'IQoJ' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4 IQoJ'.";
        assert!(!remove_secrets(header).contains("IQoJ"));
        assert_eq!(remove_secrets("User is not authorized"), "User is not authorized");
    }
}
