//! Credentials that AWS does not take, though they have not ended: what is wrong with them, by AWS's code and words.

use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};

use crate::facts::CredentialsFlaw;

/// Returns what is wrong with the credentials, when the error is about them and not about their end.
///
/// Source: "Common errors" in the IAM API Reference; the words of a wrong clock come with the codes of a wrong signature.
pub(super) fn find_flaw(code: &str, message: &str) -> Option<CredentialsFlaw> {
    let signature_is_wrong = matches!(code, "SignatureDoesNotMatch" | "InvalidSignatureException");
    let words = message.to_lowercase();
    if signature_is_wrong && (words.contains("signature expired") || words.contains("signature not yet current")) {
        return Some(CredentialsFlaw::Clock { ahead: read_clock_lead(message) });
    }
    if signature_is_wrong {
        return Some(CredentialsFlaw::Keys);
    }
    match code {
        "InvalidAccessKeyId" | "AuthFailure" => Some(CredentialsFlaw::Keys),
        "RequestExpired" | "RequestTimeTooSkewed" => Some(CredentialsFlaw::Clock { ahead: read_clock_lead(message) }),
        "IncompleteSignature"
        | "IncompleteSignatureException"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException" => Some(CredentialsFlaw::Signature),
        _ => None,
    }
}

/// Returns how far this machine's clock is ahead of AWS's, from "Signature expired: 20261121T185400Z is now earlier
/// than 20261121T185500Z (20261121T190000Z - 5 min.)": the time of the request, the limit, and AWS's own time.
fn read_clock_lead(message: &str) -> Option<SignedDuration> {
    let words = message.split(|character: char| !character.is_ascii_alphanumeric());
    let times: Vec<Timestamp> = words.filter_map(parse_time).collect();
    let [request, _, aws] = times.as_slice() else {
        return None;
    };
    Some(request.duration_since(*aws))
}

fn parse_time(word: &str) -> Option<Timestamp> {
    let time = DateTime::strptime("%Y%m%dT%H%M%SZ", word).ok()?;
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_tells_how_wrong_the_clock_is() {
        let ahead = |message: &str| match find_flaw("InvalidSignatureException", message) {
            Some(CredentialsFlaw::Clock { ahead }) => ahead.map(|ahead| ahead.as_secs()),
            other => panic!("{other:?}"),
        };
        let slow =
            "Signature expired: 20261121T185400Z is now earlier than 20261121T185500Z (20261121T190000Z - 5 min.)";
        assert_eq!(ahead(slow), Some(-360));
        let fast = "Signature not yet current: 20261122T190000Z is still later than 20261121T190500Z (20261121T190000Z + 5 min.)";
        assert_eq!(ahead(fast), Some(86_400));
        for unreadable in ["Signature expired", "Signature expired: 99999999T999999Z 1 2", "signature expired: ü ✓"]
        {
            assert_eq!(ahead(unreadable), None, "{unreadable}");
        }
    }
}
