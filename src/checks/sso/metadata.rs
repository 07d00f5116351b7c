//! Metadata: whether it is what it should be, and what it asks for.

use super::material::{Material, Row};
use crate::{
    catalog::{Cause, Condition, Placeholder},
    checks::Finding,
    facts::{Failure, FailureKind},
    saml::{Fetched, Flaw, Handed, METADATA_CHARACTERS, Reading},
    text,
};

const EXPECTED_IDP: &str =
    "the identity provider's metadata: one entity with an entityID, a signing certificate and a SingleSignOnService";
const EXPECTED_SP: &str = "Identity Center's metadata: one entity with an entityID and an AssertionConsumerService";

/// Either file is of use.
pub(super) fn judge_usable(material: &Material, notes: &mut Vec<String>) -> Row {
    if let Some(Handed { origin, value }) = &material.handed.idp_metadata {
        match value {
            Fetched::Read(Reading::Unusable { flaw, .. }) => return report_flaw(origin, EXPECTED_IDP, *flaw),
            Fetched::Read(Reading::Usable(metadata)) if metadata.unread_certificates > 0 => {
                notes.push(format!("{origin}: a certificate cannot be read"));
            }
            Fetched::Read(Reading::Usable(_)) | Fetched::Unreached(_) => {}
        }
    }
    if let Some(Handed { origin, value: Reading::Unusable { flaw, .. } }) = &material.handed.sp_metadata {
        return report_flaw(origin, EXPECTED_SP, *flaw);
    }
    match &material.handed.idp_metadata {
        Some(Handed { origin, value: Fetched::Unreached(reason) }) => {
            let message = format!("{origin} could not be fetched: {reason}");
            let failure = Failure::without_call(FailureKind::Unreachable, message);
            let finding = Finding::unknown(failure).with_condition(Condition::MetadataUnread);
            Row::Unknown(Box::new(finding.with_value(Placeholder::Resource, origin.as_str())))
        }
        _ => Row::Silent,
    }
}

fn report_flaw(origin: &str, expected: &str, flaw: Flaw) -> Row {
    let found = match flaw {
        Flaw::HtmlPage => "it is a page of the web: perhaps a sign-in page that came in its place".to_owned(),
        Flaw::OfServiceProvider => "it is the metadata of a service provider, such as Identity Center's own".to_owned(),
        Flaw::OfIdentityProvider => "it is the metadata of an identity provider".to_owned(),
        Flaw::NoMetadata => "it is XML, and no SAML metadata".to_owned(),
        Flaw::NoDescriptor => "it describes neither an identity provider nor a service provider".to_owned(),
        Flaw::NoEntityId => "it has no entityID".to_owned(),
        Flaw::NoSigningCertificate => "it has no signing certificate (KeyDescriptor)".to_owned(),
        Flaw::NoSignOnService => "it has no SingleSignOnService".to_owned(),
        Flaw::NoConsumerService => "it has no AssertionConsumerService".to_owned(),
        Flaw::BadUrl => "the Location of a service is no URL".to_owned(),
        Flaw::TooLong => {
            format!("it has more than {METADATA_CHARACTERS} characters, which Identity Center does not take")
        }
    };
    Row::fail(Cause::SsoMetadataUnusable, expected, format!("{origin}: {found}"))
}

/// The response is of the provider whose metadata it is.
pub(super) fn judge_issuer(material: &Material, _: &mut Vec<String>) -> Row {
    let (Some(metadata), Some((capture, response))) = (material.handed.usable_idp_metadata(), material.accepted())
    else {
        return Row::Silent;
    };
    match response.issuers().find(|issuer| *issuer != metadata.entity_id) {
        Some(other) => Row::warn(
            Cause::SsoIssuerMismatch,
            format!("the Issuer {}, which is the entityID of the metadata", text::clean(&metadata.entity_id)),
            format!("{}: Issuer {}", capture.origin, text::clean(other)),
        )
        .change(|finding| finding.with_value(Placeholder::Wanted, metadata.entity_id.as_str())),
        None => Row::Silent,
    }
}

/// The metadata still holds.
pub(super) fn judge_valid_until(material: &Material, _: &mut Vec<String>) -> Row {
    let idp = material.handed.idp_metadata.as_ref().map(|handed| &handed.origin);
    let sp = material.handed.sp_metadata.as_ref().map(|handed| &handed.origin);
    let ends = [
        (idp, material.handed.usable_idp_metadata().and_then(|metadata| metadata.valid_until)),
        (sp, material.handed.usable_sp_metadata().and_then(|metadata| metadata.valid_until)),
    ];
    for (origin, until) in ends {
        if let (Some(origin), Some(until)) = (origin, until)
            && until < material.now
        {
            let day = until.strftime("%-d %B %Y").to_string();
            return Row::warn(
                Cause::SsoMetadataExpired,
                "metadata that holds today",
                format!("{origin}: validUntil {day}"),
            )
            .change(|finding| finding.with_value(Placeholder::Day, day));
        }
    }
    Row::Silent
}

/// The provider does not wait for something that Identity Center does not do.
pub(super) fn judge_signed_requests(material: &Material, _: &mut Vec<String>) -> Row {
    match (material.handed.usable_idp_metadata(), &material.handed.idp_metadata) {
        (Some(metadata), Some(handed)) if metadata.wants_signed_requests => Row::warn(
            Cause::SsoSignedRequestsWanted,
            "a provider that takes requests without a signature",
            format!("{}: WantAuthnRequestsSigned true", handed.origin),
        ),
        _ => Row::Silent,
    }
}
