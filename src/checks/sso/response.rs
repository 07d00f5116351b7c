//! The response itself: whether the provider agreed, what it holds, when it holds.

use jiff::{SignedDuration, Timestamp};

use super::material::{Material, Row};
use crate::{
    catalog::{Cause, Placeholder},
    saml::Response,
    text,
};

/// How far outside its window a response is taken for one of a clock that is wrong.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// How far the time at which a response was made and the one at which it was posted may lie apart.
const POSTED_WITHIN: SignedDuration = SignedDuration::from_mins(2);

/// The largest assertion that Identity Center takes, in characters, and from when on that is near.
const MOST_CHARACTERS: usize = 50_000;
const MANY_CHARACTERS: usize = 40_000;

/// The provider agreed.
pub(super) fn judge_status(material: &Material, notes: &mut Vec<String>) -> Row {
    let Some(capture) = &material.handed.capture else { return Row::Silent };
    let response = &capture.value.response;
    if response.status.is_empty() {
        notes.push(format!("{}: it has no StatusCode", capture.origin));
    }
    if response.is_success() {
        return Row::Silent;
    }
    let codes: Vec<String> = response.status.iter().map(|code| text::clean(code)).collect();
    let message = response.status_message.as_deref().map(|message| format!(": {}", text::clean(message)));
    let found = format!("{}: StatusCode {}{}", capture.origin, codes.join(", "), message.unwrap_or_default());
    let said = response.status_message.clone().unwrap_or_else(|| codes.last().cloned().unwrap_or_default());
    Row::fail(Cause::SsoRefusedByProvider, "StatusCode urn:oasis:names:tc:SAML:2.0:status:Success", found)
        .change(|finding| finding.with_value(Placeholder::Failure, said))
}

/// There is one assertion, which can be read.
pub(super) fn judge_shape(material: &Material, _: &mut Vec<String>) -> Row {
    let Some((capture, response)) = material.accepted() else { return Row::Silent };
    let has_encrypted_id = response.assertion.as_ref().is_some_and(|assertion| assertion.has_encrypted_id);
    let found = match response {
        Response { encrypted_assertions: 1.., .. } => "EncryptedAssertion".to_owned(),
        _ if has_encrypted_id => "EncryptedID".to_owned(),
        Response { assertions: 0, .. } => "no Assertion".to_owned(),
        Response { assertions: 1, .. } => return Row::Silent,
        Response { assertions, .. } => format!("{assertions} Assertions"),
    };
    let found = format!("{}: {found}", capture.origin);
    Row::fail(Cause::SsoAssertionShape, "one Assertion, not encrypted", found)
}

/// The assertion is signed.
pub(super) fn judge_signed(material: &Material, _: &mut Vec<String>) -> Row {
    let Some((capture, Response { assertion: Some(assertion), signature, .. })) = material.accepted() else {
        return Row::Silent;
    };
    let expected = "a Signature over the Assertion";
    match (&assertion.signature, signature) {
        (Some(_), _) => Row::Silent,
        (None, None) => Row::fail(Cause::SsoUnsigned, expected, format!("{}: no Signature", capture.origin)),
        (None, Some(_)) => {
            let found = format!("{}: a Signature over the Response alone", capture.origin);
            Row::warn(Cause::SsoUnsigned, expected, found)
        }
    }
}

/// It was valid when it was posted.
pub(super) fn judge_window(material: &Material, _: &mut Vec<String>) -> Row {
    let Some((capture, Response { assertion: Some(assertion), issued, .. })) = material.accepted() else {
        return Row::Silent;
    };
    let confirmed = material.confirmation().map(|known| known.window).unwrap_or_default();
    let window = assertion.window.intersect(confirmed);
    let bounds = format!("NotBefore {}, NotOnOrAfter {}", show_time(window.from), show_time(window.until));
    let origin = &capture.origin;
    if let (Some(from), Some(until)) = (window.from, window.until)
        && until <= from
    {
        let found = format!("{origin}: {bounds}, which is never");
        return Row::fail(Cause::SsoTimeWindow, "a NotOnOrAfter later than NotBefore", found);
    }
    let Some(at) = capture.value.at else { return Row::Silent };
    let posted = show_time(Some(at));
    let early = window.from.map(|from| from.duration_since(at)).filter(SignedDuration::is_positive);
    let late = window.until.map(|until| at.duration_since(until)).filter(|late| !late.is_negative());
    if let Some(outside) = early.or(late) {
        let expected = format!("posted within {bounds}");
        let found = format!("{origin}: posted {posted}, {bounds}");
        return if outside > CLOCK_TOLERANCE {
            Row::fail(Cause::SsoTimeWindow, expected, found)
        } else {
            Row::warn(Cause::SsoTimeWindow, expected, found)
        };
    }
    match issued.iter().find(|issued| at.duration_since(**issued).abs() > POSTED_WITHIN) {
        Some(issued) => Row::warn(
            Cause::SsoTimeWindow,
            "posted within two minutes after it was made",
            format!("{origin}: IssueInstant {}, posted {posted}", show_time(Some(*issued))),
        ),
        None => Row::Silent,
    }
}

fn show_time(time: Option<Timestamp>) -> String {
    time.map_or_else(|| "not set".to_owned(), |time| time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
}

/// Identity Center takes as much.
pub(super) fn judge_size(material: &Material, _: &mut Vec<String>) -> Row {
    let Some((capture, Response { assertion: Some(assertion), .. })) = material.accepted() else { return Row::Silent };
    let expected = "an Assertion of at most 50,000 characters";
    let found = format!("{}: an Assertion of {} characters", capture.origin, assertion.characters);
    match assertion.characters {
        size if size > MOST_CHARACTERS => Row::fail(Cause::SsoTooLarge, expected, found),
        size if size > MANY_CHARACTERS => Row::warn(Cause::SsoTooLarge, expected, found),
        _ => Row::Silent,
    }
}

/// It answers the request of the same sign-in.
pub(super) fn judge_request(material: &Material, _: &mut Vec<String>) -> Row {
    let Some((capture, response)) = material.accepted() else { return Row::Silent };
    let asked = &capture.value.request_ids;
    match response.answered_request() {
        Some(answered) if !asked.is_empty() && !asked.iter().any(|id| id == answered) => {
            let found = format!("{}: InResponseTo {}", capture.origin, text::clean(answered));
            let shown: Vec<String> = asked.iter().take(3).map(|id| text::clean(id)).collect();
            Row::warn(
                Cause::SsoStaleRequest,
                format!("InResponseTo {}, the request in the same file", shown.join(" or ")),
                found,
            )
        }
        _ => Row::Silent,
    }
}
