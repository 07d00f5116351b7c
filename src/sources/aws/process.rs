//! How a `credential_process` ended. The SDK tells it in words alone; what the command printed on standard output is
//! never repeated, because it may be half of a secret.

use aws_credential_types::provider::error::CredentialsError;

use super::errors::describe_innermost;
use crate::text;

const ENDED: &str = "external process exited with code ";
const COMPLAINT: &str = ". Stderr: ";
const NOT_STARTED: &str = "Error retrieving credentials from external process: ";
const NO_TEXT: &str = "could not decode output";

/// The longest first line of a complaint that is shown.
const SHOWN: usize = 200;

/// Returns how it ended, as the rest of a sentence about the command.
pub(super) fn describe_end(error: &CredentialsError) -> String {
    let words = describe_innermost(error);
    if let Some((_, end)) = words.split_once(ENDED) {
        let (status, complaint) = end.split_once(COMPLAINT).unwrap_or((end, ""));
        let first: String = complaint.trim().lines().next().unwrap_or_default().chars().take(SHOWN).collect();
        let said =
            if first.is_empty() { ", and said nothing".to_owned() } else { format!(": {}", text::clean(&first)) };
        return format!(" ended with {}{said}", text::clean(status));
    }
    match words.split_once(NOT_STARTED) {
        Some((_, reason)) if !reason.starts_with(NO_TEXT) => format!(" could not be started: {}", text::clean(reason)),
        _ => " ended without an error, and what it printed is no credentials: it has to be JSON with Version 1, AccessKeyId and SecretAccessKey".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_a_complaint_is_told_and_standard_output_is_not() {
        let told = |words: &str| describe_end(&CredentialsError::provider_error(words.to_owned()));
        let failed =
            "Error retrieving credentials: external process exited with code exit status: 3. Stderr: no vault\nmore";
        assert_eq!(told(failed), " ended with exit status: 3: no vault");
        let silent = "Error retrieving credentials: external process exited with code signal: 9 (SIGKILL). Stderr: ";
        assert_eq!(told(silent), " ended with signal: 9 (SIGKILL), and said nothing");
        let nonsense = "Error retrieving credentials from external process, could not parse response: AKIASECRET";
        assert!(!told(nonsense).contains("AKIASECRET"));
    }
}
