//! What identity providers and browsers produce, made up: certificates, metadata, responses, and what they are wrapped in.
//!
//! Nobody has the private keys: no signature is verified, so none has to be made.

#![allow(
    clippy::format_collect,
    clippy::cast_possible_truncation,
    clippy::struct_excessive_bools,
    clippy::struct_field_names,
    reason = "short documents are put together here, by flags"
)]

mod certificate;
mod metadata;
mod provider;
mod response;
mod wrappers;

use serde::Deserialize;
use sso_doctor::saml::{self, Fetched, Handed, HandedOver};

pub use self::{
    certificate::{Certificate, pem},
    metadata::{IdpMetadata, SpMetadata},
    provider::{Provider, STORE, consumer, entity_id},
    response::{Response, SECRETS},
    wrappers::{Browser, har, percent},
};

const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
const EMAIL: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

/// What was handed over. A key that is left out is as it is where everything fits the smallest organization.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Material {
    pub idp_metadata: Option<IdpMetadata>,
    pub sp_metadata: Option<SpMetadata>,
    pub response: Option<Response>,
    pub certificates: Option<Vec<Certificate>>,
}

impl Material {
    pub fn of(response: Response) -> Self {
        Self { response: Some(response), ..Self::default() }
    }

    /// What the program reads of it.
    pub fn read(&self) -> HandedOver {
        let handed = |origin: &str| origin.to_owned();
        HandedOver {
            idp_metadata: self.idp_metadata.as_ref().map(|metadata| Handed {
                origin: handed("idp.xml"),
                value: Fetched::Read(saml::read_idp_metadata(metadata.xml().as_bytes()).unwrap()),
            }),
            sp_metadata: self.sp_metadata.as_ref().map(|metadata| Handed {
                origin: handed("sp.xml"),
                value: saml::read_sp_metadata(metadata.xml().as_bytes()).unwrap(),
            }),
            capture: self.response.as_ref().map(|response| Handed {
                origin: handed("capture.har"),
                value: saml::read_capture(response.har(Browser::Chrome).as_bytes()).unwrap(),
            }),
            certificates: self.certificates.as_ref().map(|certificates| Handed {
                origin: handed("held.pem"),
                value: saml::read_certificates(pem(certificates).as_bytes()).unwrap(),
            }),
        }
    }
}
