//! The name that the provider sends.

use super::material::{Material, Place, Row};
use crate::{
    analysis::name_id::{NameOwner, find_name_owner, is_address},
    catalog::{Cause, Condition, Placeholder},
    checks::CheckId,
    facts::{Known, Operation},
    saml::{NameId, Response},
    text,
};

const EMAIL_ADDRESS: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
const UNSPECIFIED: &str = ":nameid-format:unspecified";

/// What says whose name it is.
const OF_THE_DIRECTORY: &[Operation] = &[Operation::GetUserId, Operation::DescribeUser];

/// It is an address, and is said to be one.
pub(super) fn judge_format(material: &Material, _: &mut Vec<String>) -> Row {
    let Some((capture, Response { assertion: Some(assertion), .. })) = material.accepted() else { return Row::Silent };
    let expected = format!("a NameID name@domain with the Format {EMAIL_ADDRESS}");
    let origin = &capture.origin;
    let Some(NameId { value, format }) = &assertion.name_id else {
        // An encrypted one is told with the assertion's shape.
        return Row::fail(Cause::SsoNameIdFormat, expected, format!("{origin}: no NameID"));
    };
    let shown = text::clean(value);
    let unclear = match format.as_deref() {
        Some(EMAIL_ADDRESS) => None,
        None => Some("no Format"),
        Some(format) if format.ends_with(UNSPECIFIED) => Some("the Format unspecified"),
        Some(other) => {
            let found = format!("{origin}: NameID {shown} with the Format {}", text::clean(other));
            return Row::fail(Cause::SsoNameIdFormat, expected, found);
        }
    };
    if !is_address(value.trim()) {
        return Row::fail(
            Cause::SsoNameIdFormat,
            expected,
            format!("{origin}: NameID {shown}, which is no name@domain"),
        );
    }
    if let Some(format) = unclear {
        return Row::warn(Cause::SsoNameIdFormat, expected, format!("{origin}: NameID {shown} with {format}"));
    }
    Row::Silent
}

/// It is the user's.
pub(super) fn judge_owner(material: &Material, _: &mut Vec<String>) -> Row {
    let Some((capture, response)) = material.accepted() else { return Row::Silent };
    let name = response.assertion.as_ref().and_then(|assertion| assertion.name_id.as_ref());
    let Some(name) = name.map(|name| name.value.as_str()).filter(|name| is_address(name.trim())) else {
        return Row::Silent;
    };
    let view = match &material.place {
        Place::Known(view) => view,
        Place::Running => return Row::Pending(Some(CheckId::Instance)),
        Place::Missing => return Row::Waits(CheckId::Instance),
    };
    let owner = match find_name_owner(view, name) {
        Known::Value(owner) => owner,
        // Only what is asked after the user is known is this check's own to wait for.
        Known::Pending if view.user.is_pending() => return Row::Pending(Some(CheckId::User)),
        Known::Pending => return Row::Pending(None),
        Known::Failed(failure) => return Row::unknown(failure),
    };
    let record = view.read_user_record();
    let own_name = record.value().and_then(|user| user.user_name.as_deref());
    let wanted = own_name.unwrap_or_else(|| view.case.user.as_str());
    let expected = format!("NameID {}, the UserName in {}", text::clean(wanted), view.instance.identity_store);
    let found = |what: &str| format!("{}: NameID {}, {what}", capture.origin, show_name(name));
    let row = match owner {
        NameOwner::Asked => return Row::Fits("NameID"),
        NameOwner::NobodyAsked | NameOwner::Unsettled => return Row::Waits(CheckId::User),
        NameOwner::Nobody => {
            Row::fail(Cause::SsoNameIdMismatch, expected, found("which is nobody's UserName in this directory"))
        }
        NameOwner::AskedOtherwise(_) => {
            Row::warn(Cause::SsoNameIdMismatch, expected, found("which is the UserName in another spelling"))
                .change(|finding| finding.with_condition(Condition::OtherSpelling))
        }
        NameOwner::Other => {
            let what = format!("another user's: this capture is of {}", show_name(name));
            Row::warn(Cause::SsoNameIdMismatch, expected, found(&what))
                .change(|finding| finding.with_condition(Condition::OtherUser))
        }
    };
    row.resting_on(OF_THE_DIRECTORY)
        .change(|finding| finding.with_value(Placeholder::NameId, name.trim()).with_value(Placeholder::Wanted, wanted))
}

/// Returns a name as it is shown: in quotes where blanks would not be seen.
fn show_name(name: &str) -> String {
    let shown = text::clean(name);
    if name.trim() == name { shown } else { format!("\"{shown}\"") }
}
