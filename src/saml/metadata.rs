//! Metadata: what the identity provider says of itself, and what Identity Center says of itself.

use jiff::Timestamp;
use roxmltree::Node;
use serde::{Deserialize, Serialize};

use super::{
    certificate::Certificate,
    html::is_html,
    response::{has_role_attributes, list_certificates},
    text_of_bytes::read_text,
    unreadable::Unreadable,
    xml::{self, METADATA},
};

/// The most that Identity Center takes, in characters.
pub const METADATA_CHARACTERS: usize = 75_000;

const EXPECTED_IDP: &str = "the identity provider's SAML metadata, which is XML";
const EXPECTED_SP: &str = "Identity Center's SAML metadata, which is XML";

/// What a document of metadata turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reading<T> {
    /// What it should be.
    Usable(T),
    /// Something that Identity Center cannot use.
    Unusable {
        /// What is wrong.
        flaw: Flaw,
        /// The entity id, where there is one.
        entity_id: Option<String>,
    },
}

/// What is wrong with metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flaw {
    /// A page of a web site.
    HtmlPage,
    /// The metadata of a service provider where the identity provider's belongs.
    OfServiceProvider,
    /// The metadata of an identity provider where Identity Center's belongs.
    OfIdentityProvider,
    /// Another kind of XML.
    NoMetadata,
    /// It says nothing of an identity provider, or of a service provider.
    NoDescriptor,
    /// It names no entity.
    NoEntityId,
    /// No certificate to check signatures with.
    NoSigningCertificate,
    /// No address to sign in at.
    NoSignOnService,
    /// No address to post responses to.
    NoConsumerService,
    /// An address that is none.
    BadUrl,
    /// More than Identity Center takes.
    TooLong,
}

/// What the identity provider says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdpMetadata {
    /// Its name.
    pub entity_id: String,
    /// The certificates that it signs with.
    pub certificates: Vec<Certificate>,
    /// How many of them cannot be read.
    pub unread_certificates: usize,
    /// Until when this holds.
    pub valid_until: Option<Timestamp>,
    /// True if it wants requests to be signed.
    pub wants_signed_requests: bool,
    /// True if it offers the attributes of IAM federation.
    pub has_role_attributes: bool,
}

/// What Identity Center says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpMetadata {
    /// Its name, which is the audience that it wants.
    pub entity_id: String,
    /// The addresses that responses go to.
    pub consumers: Vec<String>,
    /// Until when this holds.
    pub valid_until: Option<Timestamp>,
}

/// Reads the identity provider's metadata.
///
/// # Errors
/// If it is no XML at all, is over a limit, declares a document type, or is an aggregate.
pub fn read_idp_metadata(bytes: &[u8]) -> Result<Reading<IdpMetadata>, Unreadable> {
    read_metadata(bytes, EXPECTED_IDP, "IDPSSODescriptor", Flaw::OfServiceProvider, |entity, role| {
        let keys = xml::list_children(role, METADATA, "KeyDescriptor")
            .filter(|key| key.attribute("use").is_none_or(|used| used.trim() == "signing"));
        let certificates: Vec<Option<Certificate>> = keys.flat_map(list_certificates).collect();
        if certificates.is_empty() {
            return Err(Flaw::NoSigningCertificate);
        }
        list_locations(role, "SingleSignOnService", Flaw::NoSignOnService)?;
        Ok(IdpMetadata {
            entity_id: entity.id.clone(),
            unread_certificates: certificates.iter().filter(|known| known.is_none()).count(),
            certificates: certificates.into_iter().flatten().collect(),
            valid_until: entity.valid_until,
            wants_signed_requests: xml::is_true(role, "WantAuthnRequestsSigned"),
            has_role_attributes: has_role_attributes(role),
        })
    })
}

/// Reads Identity Center's own metadata.
///
/// # Errors
/// If it is no XML at all, is over a limit, declares a document type, or is an aggregate.
pub fn read_sp_metadata(bytes: &[u8]) -> Result<Reading<SpMetadata>, Unreadable> {
    read_metadata(bytes, EXPECTED_SP, "SPSSODescriptor", Flaw::OfIdentityProvider, |entity, role| {
        let consumers = list_locations(role, "AssertionConsumerService", Flaw::NoConsumerService)?;
        Ok(SpMetadata { entity_id: entity.id.clone(), consumers, valid_until: entity.valid_until })
    })
}

/// What holds for an entity, whichever role it has.
struct Entity {
    id: String,
    valid_until: Option<Timestamp>,
}

fn read_metadata<T>(
    bytes: &[u8],
    expected: &'static str,
    role: &'static str,
    other: Flaw,
    read: impl FnOnce(&Entity, Node) -> Result<T, Flaw>,
) -> Result<Reading<T>, Unreadable> {
    // Text in UTF-16 has two bytes for a character.
    if bytes.len() > 2 * xml::XML_BYTES {
        return Err(xml::too_large());
    }
    let text = read_text(bytes, expected)?;
    if is_html(&text) {
        return Ok(Reading::Unusable { flaw: Flaw::HtmlPage, entity_id: None });
    }
    if !text.trim_start().starts_with('<') {
        return Err(Unreadable::Other { found: "no XML", expected });
    }
    let document = xml::parse(&text, expected)?;
    let entities: Vec<Node> =
        document.descendants().filter(|node| xml::is_named(*node, METADATA, "EntityDescriptor")).collect();
    if entities.len() > 1 {
        return Err(Unreadable::Aggregate { count: entities.len() });
    }
    let entity_id = entities.first().and_then(|entity| xml::read_attribute(*entity, "entityID"));
    let unusable = |flaw| Ok(Reading::Unusable { flaw, entity_id: entity_id.clone() });
    let Some(entity) = entities.first() else {
        return unusable(Flaw::NoMetadata);
    };
    let Some(role) = xml::find_child(*entity, METADATA, role) else {
        let has_other = ["IDPSSODescriptor", "SPSSODescriptor"]
            .iter()
            .any(|name| entity.children().any(|child| xml::is_named(child, METADATA, name)));
        return unusable(if has_other { other } else { Flaw::NoDescriptor });
    };
    let Some(id) = entity_id.clone() else {
        return unusable(Flaw::NoEntityId);
    };
    let around = std::iter::once(role).chain(role.ancestors());
    let ends = around.filter_map(|node| xml::read_time(node.attribute("validUntil")?));
    let entity = Entity { id, valid_until: ends.min() };
    match read(&entity, role) {
        Ok(_) if text.chars().count() > METADATA_CHARACTERS => unusable(Flaw::TooLong),
        Ok(metadata) => Ok(Reading::Usable(metadata)),
        Err(flaw) => unusable(flaw),
    }
}

/// Returns the addresses of a service, all of which have to be such.
fn list_locations(role: Node, service: &'static str, absent: Flaw) -> Result<Vec<String>, Flaw> {
    let services: Vec<Node> = xml::list_children(role, METADATA, service).collect();
    if services.is_empty() {
        return Err(absent);
    }
    let read = |node: &Node| xml::read_attribute(*node, "Location").filter(|location| is_url(location));
    services.iter().map(|node| read(node).ok_or(Flaw::BadUrl)).collect()
}

/// Returns true for an address of the web, with both slashes: a browser would forgive more than an identity provider.
fn is_url(text: &str) -> bool {
    let has_slashes = text.split_once("://").is_some_and(|(_, rest)| !rest.starts_with(['/', '?', '#', ':']));
    let url = url::Url::parse(text);
    has_slashes && url.is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}
