//! Responses.

use base64::{Engine, prelude::BASE64_STANDARD};
use jiff::Timestamp;
use serde::Deserialize;

use super::{
    ASSERTION, Certificate, DSIG, EMAIL, PROTOCOL, Provider, STORE, certificate::bytes_of, consumer, entity_id,
};

/// What stands in a response that nobody needs, and nobody may see.
pub const SECRETS: [&str; 4] =
    ["groups-of-the-user-4711", "session-cookie-4712", "session-index-4713", "relay-state-4714"];

/// A response. It is posted half a minute after it was made.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Response {
    pub provider: Provider,
    /// Another issuer than the provider's.
    pub issuer: Option<String>,
    pub region: String,
    pub store: String,
    /// Each restriction with its audiences; none is no restriction.
    pub audiences: Option<Vec<Vec<String>>>,
    pub destination: Option<String>,
    pub recipient: Option<String>,
    pub without_addresses: bool,
    /// As XML: it may hold a comment.
    pub name_id: String,
    pub format: Option<String>,
    pub without_name_id: bool,
    pub status: Vec<String>,
    pub status_message: Option<String>,
    pub response_signed: bool,
    pub assertion_signed: bool,
    pub certificate: Certificate,
    pub without_certificate: bool,
    pub algorithm: String,
    pub assertions: usize,
    pub encrypted: bool,
    pub encrypted_id: bool,
    pub issued: Timestamp,
    pub not_before: Timestamp,
    pub not_on_or_after: Timestamp,
    pub posted: Timestamp,
    pub in_response_to: Option<String>,
    pub requests: Vec<String>,
    /// So many characters of an attribute.
    pub padding: usize,
    pub role_attributes: bool,
}

impl Default for Response {
    fn default() -> Self {
        let time = |clock: &str| format!("2026-11-21T{clock}Z").parse().unwrap();
        Self {
            provider: Provider::Entra,
            issuer: None,
            region: "us-east-1".to_owned(),
            store: STORE.to_owned(),
            audiences: None,
            destination: None,
            recipient: None,
            without_addresses: false,
            name_id: "ana@corp.example".to_owned(),
            format: Some(EMAIL.to_owned()),
            without_name_id: false,
            status: vec!["Success".to_owned()],
            status_message: None,
            response_signed: false,
            assertion_signed: true,
            certificate: Certificate::default(),
            without_certificate: false,
            algorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256".to_owned(),
            assertions: 1,
            encrypted: false,
            encrypted_id: false,
            issued: time("18:30:00"),
            not_before: time("18:25:00"),
            not_on_or_after: time("19:30:00"),
            posted: time("18:30:30"),
            in_response_to: Some("_request-1".to_owned()),
            requests: vec!["_request-1".to_owned()],
            padding: 0,
            role_attributes: false,
        }
    }
}

impl Response {
    pub fn of(provider: Provider) -> Self {
        Self { provider, ..Self::default() }
    }

    pub(super) fn destination(&self) -> String {
        self.destination.clone().unwrap_or_else(|| consumer(&self.region))
    }

    fn signature(&self) -> String {
        let certificate = if self.without_certificate { String::new() } else { self.certificate.element() };
        format!(
            "<ds:Signature xmlns:ds=\"{DSIG}\"><ds:SignedInfo><ds:SignatureMethod Algorithm=\"{}\"/><ds:Reference>\
             <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue>{}</ds:DigestValue>\
             </ds:Reference></ds:SignedInfo><ds:SignatureValue>{}</ds:SignatureValue><ds:KeyInfo><ds:X509Data>{certificate}\
             </ds:X509Data></ds:KeyInfo></ds:Signature>",
            self.algorithm,
            BASE64_STANDARD.encode(bytes_of("digest", 32)),
            BASE64_STANDARD.encode(bytes_of("signature", 256)),
        )
    }

    pub fn assertion(&self) -> String {
        let (_, a) = self.provider.prefixes();
        let declared = if a.is_empty() {
            format!("xmlns=\"{ASSERTION}\"")
        } else {
            format!("xmlns:{}=\"{ASSERTION}\"", a.trim_end_matches(':'))
        };
        let issuer = self.issuer.as_deref().unwrap_or_else(|| self.provider.entity_id());
        let signature = if self.assertion_signed { self.signature() } else { String::new() };
        let format = self.format.iter().map(|format| format!(" Format=\"{format}\"")).collect::<String>();
        let name = if self.encrypted_id {
            format!("<{a}EncryptedID/>")
        } else if self.without_name_id {
            String::new()
        } else {
            format!("<{a}NameID{format}>{}</{a}NameID>", self.name_id)
        };
        let recipient = self.recipient.clone().unwrap_or_else(|| self.destination());
        let recipient = if self.without_addresses { String::new() } else { format!(" Recipient=\"{recipient}\"") };
        let audiences = self.audiences.clone().unwrap_or_else(|| vec![vec![entity_id(&self.region, &self.store)]]);
        let restrictions = audiences.iter().map(|list| {
            let each: String = list.iter().map(|one| format!("<{a}Audience>{one}</{a}Audience>")).collect();
            format!("<{a}AudienceRestriction>{each}</{a}AudienceRestriction>")
        });
        let attribute = |name: &str, value: &str| {
            format!("<{a}Attribute Name=\"{name}\"><{a}AttributeValue>{value}</{a}AttributeValue></{a}Attribute>")
        };
        let mut attributes = attribute("groups", SECRETS[0]);
        if self.padding > 0 {
            attributes += &attribute("padding", &"x".repeat(self.padding));
        }
        if self.role_attributes {
            attributes +=
                &attribute("https://aws.amazon.com/SAML/Attributes/Role", "arn:aws:iam::111122223333:role/Admin");
        }
        format!(
            "<{a}Assertion {declared} ID=\"_a1\" IssueInstant=\"{issued}\" Version=\"2.0\"><{a}Issuer>{issuer}</{a}Issuer>{signature}\
             <{a}Subject>{name}<{a}SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">\
             <{a}SubjectConfirmationData{answers} NotOnOrAfter=\"{until}\"{recipient}/></{a}SubjectConfirmation></{a}Subject>\
             <{a}Conditions NotBefore=\"{from}\" NotOnOrAfter=\"{until}\">{restrictions}</{a}Conditions>\
             <{a}AttributeStatement>{attributes}</{a}AttributeStatement>\
             <{a}AuthnStatement AuthnInstant=\"{issued}\" SessionIndex=\"{index}\"/></{a}Assertion>",
            issued = self.issued,
            answers = self.answers(),
            until = self.not_on_or_after,
            from = self.not_before,
            restrictions = restrictions.collect::<String>(),
            index = SECRETS[2],
        )
    }

    fn answers(&self) -> String {
        self.in_response_to.iter().map(|id| format!(" InResponseTo=\"{id}\"")).collect()
    }

    pub fn xml(&self) -> String {
        let (p, a) = self.provider.prefixes();
        let issuer = self.issuer.as_deref().unwrap_or_else(|| self.provider.entity_id());
        let destination =
            if self.without_addresses { String::new() } else { format!(" Destination=\"{}\"", self.destination()) };
        let issuer_element = if a.is_empty() {
            format!("<Issuer xmlns=\"{ASSERTION}\">{issuer}</Issuer>")
        } else {
            format!("<{a}Issuer xmlns:{}=\"{ASSERTION}\">{issuer}</{a}Issuer>", a.trim_end_matches(':'))
        };
        let signature = if self.response_signed { self.signature() } else { String::new() };
        let code = |code: &String, inside: &str| {
            format!("<{p}StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:{code}\">{inside}</{p}StatusCode>")
        };
        let inner = self.status.get(1).map(|inner| code(inner, "")).unwrap_or_default();
        let outer = self.status.first().map(|outer| code(outer, &inner)).unwrap_or_default();
        let message = self
            .status_message
            .iter()
            .map(|text| format!("<{p}StatusMessage>{text}</{p}StatusMessage>"))
            .collect::<String>();
        let is_success = self.status.first().is_some_and(|code| code == "Success");
        let assertions = match self.assertions {
            _ if !is_success => String::new(),
            _ if self.encrypted => format!("<x:EncryptedAssertion xmlns:x=\"{ASSERTION}\"/>"),
            count => self.assertion().repeat(count),
        };
        format!(
            "<{p}Response xmlns:{}=\"{PROTOCOL}\" ID=\"_r1\" Version=\"2.0\" IssueInstant=\"{}\"{destination}{}>{issuer_element}{signature}\
             <{p}Status>{outer}{message}</{p}Status>{assertions}</{p}Response>",
            p.trim_end_matches(':'),
            self.issued,
            self.answers(),
        )
    }
}
