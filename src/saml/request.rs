//! The request that a browser carried to the identity provider: its ID is what the response answers.

use super::{
    base64::decode_message,
    xml::{self, PROTOCOL},
};

/// Returns the ID of an encoded `AuthnRequest`; `None` if it is none.
pub(super) fn read_request_id(encoded: &str) -> Option<String> {
    let text = decode_message(encoded).ok()?;
    let document = xml::parse(&text, "an AuthnRequest").ok()?;
    let root = document.root_element();
    if !xml::is_named(root, PROTOCOL, "AuthnRequest") {
        return None;
    }
    xml::read_attribute(root, "ID")
}
