//! Metadata of both sides.

use serde::Deserialize;

use super::{Certificate, DSIG, EMAIL, METADATA, PROTOCOL, Provider, STORE, consumer, entity_id};

/// An identity provider's metadata.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct IdpMetadata {
    pub provider: Provider,
    pub entity_id: Option<String>,
    pub certificates: Vec<Certificate>,
    pub sign_on: Option<String>,
    pub valid_until: Option<String>,
    pub wants_signed_requests: bool,
    pub descriptor: String,
}

impl Default for IdpMetadata {
    fn default() -> Self {
        Self {
            provider: Provider::Entra,
            entity_id: None,
            certificates: vec![Certificate::default()],
            sign_on: None,
            valid_until: None,
            wants_signed_requests: false,
            descriptor: "IDPSSODescriptor".to_owned(),
        }
    }
}

impl IdpMetadata {
    pub fn of(provider: Provider) -> Self {
        Self { provider, ..Self::default() }
    }

    pub fn entity(&self) -> String {
        let id = self.entity_id.as_deref().unwrap_or_else(|| self.provider.entity_id());
        let until = self.valid_until.iter().map(|time| format!(" validUntil=\"{time}\"")).collect::<String>();
        let wants = if self.wants_signed_requests { " WantAuthnRequestsSigned=\"true\"" } else { "" };
        let keys = self.certificates.iter().map(|certificate| {
            let used = if certificate.encryption { "encryption" } else { "signing" };
            format!(
                "<md:KeyDescriptor use=\"{used}\"><ds:KeyInfo><ds:X509Data>{}</ds:X509Data></ds:KeyInfo></md:KeyDescriptor>",
                certificate.element()
            )
        });
        let location = self.sign_on.as_deref().unwrap_or_else(|| self.provider.sign_on());
        let sign_on = if location.is_empty() {
            String::new()
        } else {
            format!(
                "<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"{location}\"/>"
            )
        };
        format!(
            "<md:EntityDescriptor xmlns:md=\"{METADATA}\" xmlns:ds=\"{DSIG}\" entityID=\"{id}\"{until}>\n\
             <md:{role}{wants} protocolSupportEnumeration=\"{PROTOCOL}\">{keys}\
             <md:NameIDFormat>{EMAIL}</md:NameIDFormat>{sign_on}</md:{role}>\n</md:EntityDescriptor>",
            role = self.descriptor,
            keys = keys.collect::<String>(),
        )
    }

    pub fn xml(&self) -> String {
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", self.entity())
    }
}

/// Identity Center's own metadata.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct SpMetadata {
    pub region: String,
    pub store: String,
    pub consumers: Vec<String>,
}

impl Default for SpMetadata {
    fn default() -> Self {
        let region = "us-east-1";
        Self { region: region.to_owned(), store: STORE.to_owned(), consumers: vec![consumer(region)] }
    }
}

impl SpMetadata {
    pub fn xml(&self) -> String {
        let consumers = self.consumers.iter().enumerate().map(|(index, location)| {
            format!("<md:AssertionConsumerService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"{location}\" index=\"{index}\"/>")
        });
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<md:EntityDescriptor xmlns:md=\"{METADATA}\" entityID=\"{id}\">\n\
             <md:SPSSODescriptor AuthnRequestsSigned=\"false\" WantAssertionsSigned=\"true\" protocolSupportEnumeration=\"{PROTOCOL}\">\
             <md:NameIDFormat>{EMAIL}</md:NameIDFormat>{consumers}</md:SPSSODescriptor>\n</md:EntityDescriptor>\n",
            id = entity_id(&self.region, &self.store),
            consumers = consumers.collect::<String>(),
        )
    }
}
