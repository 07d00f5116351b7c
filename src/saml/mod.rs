//! What the identity provider's administrator and the user's browser hand over, read into plain values.
//!
//! Pure functions from bytes to values. What is handed over is hostile until read: every size has a limit, document types
//! are refused, and of a captured response only the fields of these types are kept.

mod armor;
mod base64;
mod browser;
mod capture;
mod certificate;
mod har;
mod html;
mod metadata;
mod pem;
mod request;
mod response;
mod text_of_bytes;
mod tracer;
mod unreadable;
mod xml;

use serde::{Deserialize, Serialize};

pub use self::{
    capture::{Capture, Wrapper, read_capture},
    certificate::{Certificate, Validity},
    metadata::{Flaw, IdpMetadata, METADATA_CHARACTERS, Reading, SpMetadata, read_idp_metadata, read_sp_metadata},
    pem::read_certificates,
    response::{Assertion, Confirmation, NameId, Response, Signature, Window},
    unreadable::Unreadable,
    xml::XML_BYTES,
};

/// The largest HAR or SAML-tracer export, in bytes.
pub const EXPORT_BYTES: usize = 64 * 1024 * 1024;

/// What was handed over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// The identity provider's metadata.
    pub idp_metadata: Option<Handed<Fetched<Reading<IdpMetadata>>>>,
    /// Identity Center's own metadata.
    pub sp_metadata: Option<Handed<Reading<SpMetadata>>>,
    /// What the user's browser posted.
    pub capture: Option<Handed<Capture>>,
    /// The certificates that Identity Center holds.
    pub certificates: Option<Handed<Vec<Certificate>>>,
}

/// One thing, and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed<T> {
    /// A file's name, an address, or `standard input`.
    pub origin: String,
    /// What was read.
    pub value: T,
}

/// What may have had to be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fetched<T> {
    /// It was read.
    Read(T),
    /// Its address could not be reached; why.
    Unreached(String),
}

impl HandedOver {
    /// Returns true where nothing was handed over.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns this, completed by what another one has and this one lacks.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self {
            idp_metadata: self.idp_metadata.clone().or_else(|| other.idp_metadata.clone()),
            sp_metadata: self.sp_metadata.clone().or_else(|| other.sp_metadata.clone()),
            capture: self.capture.clone().or_else(|| other.capture.clone()),
            certificates: self.certificates.clone().or_else(|| other.certificates.clone()),
        }
    }

    /// Returns the provider's metadata, where it could be read and is usable.
    #[must_use]
    pub fn usable_idp_metadata(&self) -> Option<&IdpMetadata> {
        match &self.idp_metadata.as_ref()?.value {
            Fetched::Read(Reading::Usable(metadata)) => Some(metadata),
            _ => None,
        }
    }

    /// Returns Identity Center's metadata, where it is usable.
    #[must_use]
    pub fn usable_sp_metadata(&self) -> Option<&SpMetadata> {
        match &self.sp_metadata.as_ref()?.value {
            Reading::Usable(metadata) => Some(metadata),
            Reading::Unusable { .. } => None,
        }
    }

    /// Returns the captured response.
    #[must_use]
    pub fn response(&self) -> Option<&Response> {
        Some(&self.capture.as_ref()?.value.response)
    }

    /// Returns what the identity provider calls itself: in its metadata, else in its response.
    #[must_use]
    pub fn name_of_provider(&self) -> Option<&str> {
        let of_metadata = match self.idp_metadata.as_ref().map(|handed| &handed.value) {
            Some(Fetched::Read(Reading::Usable(metadata))) => Some(metadata.entity_id.as_str()),
            Some(Fetched::Read(Reading::Unusable { entity_id, .. })) => entity_id.as_deref(),
            _ => None,
        };
        of_metadata.or_else(|| self.response()?.issuers().next())
    }
}
