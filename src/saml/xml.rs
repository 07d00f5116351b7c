//! XML within limits, and what is read of it.

use roxmltree::{Document, Error, Node, NodeType, ParsingOptions};

use super::unreadable::Unreadable;

/// The largest document, in bytes.
pub const XML_BYTES: usize = 256 * 1024;
const XML_LIMIT: &str = "256 KiB";
const NODES: u32 = 20_000;
const DEPTH: usize = 100;

pub(super) const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
pub(super) const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
pub(super) const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
pub(super) const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";

/// Reads a document.
pub(super) fn parse<'a>(text: &'a str, expected: &'static str) -> Result<Document<'a>, Unreadable> {
    if text.len() > XML_BYTES {
        return Err(too_large());
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text.trim_start(), options).map_err(|error| match error {
        Error::DtdDetected => Unreadable::DocumentType,
        Error::NodesLimitReached => Unreadable::TooLarge { what: "the number of its nodes", limit: "20,000" },
        // The message itself may repeat a part of the document.
        error => Unreadable::NotXml { line: error.pos().row, column: error.pos().col, expected },
    })?;
    if is_deeper_than(&document, DEPTH) {
        return Err(Unreadable::TooLarge { what: "the depth of its elements", limit: "100" });
    }
    Ok(document)
}

/// Returns the refusal of a document that is too large.
pub(super) fn too_large() -> Unreadable {
    Unreadable::TooLarge { what: "its XML", limit: XML_LIMIT }
}

fn is_deeper_than(document: &Document, limit: usize) -> bool {
    let mut depth = 0_usize;
    let mut next = Some(document.root());
    while let Some(node) = next {
        if let Some(child) = node.first_child() {
            depth += 1;
            if depth > limit {
                return true;
            }
            next = Some(child);
            continue;
        }
        let mut behind = node;
        next = loop {
            if let Some(sibling) = behind.next_sibling() {
                break Some(sibling);
            }
            let Some(parent) = behind.parent() else { break None };
            depth = depth.saturating_sub(1);
            behind = parent;
        };
    }
    false
}

/// Returns true for an element of that name.
pub(super) fn is_named(node: Node, namespace: &str, name: &str) -> bool {
    node.node_type() == NodeType::Element
        && node.tag_name().name() == name
        && node.tag_name().namespace() == Some(namespace)
}

/// Returns the children of that name.
pub(super) fn list_children<'a, 'input>(
    node: Node<'a, 'input>,
    namespace: &'static str,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| is_named(*child, namespace, name))
}

/// Returns the first child of that name.
pub(super) fn find_child<'a, 'input>(
    node: Node<'a, 'input>,
    namespace: &'static str,
    name: &'static str,
) -> Option<Node<'a, 'input>> {
    list_children(node, namespace, name).next()
}

/// Returns all the text in an element: a comment inside does not cut it.
pub(super) fn read_text_of(node: Node) -> String {
    node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

/// Returns the text of an element without blanks around it, when there is any.
pub(super) fn read_trimmed(node: Node) -> Option<String> {
    Some(read_text_of(node).trim().to_owned()).filter(|text| !text.is_empty())
}

/// Returns an attribute without blanks around it, when there is one that is not empty.
pub(super) fn read_attribute(node: Node, name: &str) -> Option<String> {
    node.attribute(name).map(str::trim).filter(|value| !value.is_empty()).map(ToOwned::to_owned)
}

/// Returns a time as SAML writes it; without an offset it is in UTC.
pub(super) fn read_time(text: &str) -> Option<jiff::Timestamp> {
    let text = text.trim();
    text.parse().ok().or_else(|| format!("{text}Z").parse().ok())
}

/// Returns true for an attribute that says yes.
pub(super) fn is_true(node: Node, name: &str) -> bool {
    matches!(node.attribute(name).map(str::trim), Some("true" | "1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_is_named() {
        let error = |text: &str| parse(text, "XML").unwrap_err().to_string();
        assert!(error(&format!("<a>{}</a>", " ".repeat(XML_BYTES))).contains("256 KiB"));
        assert!(error(&format!("<a>{}</a>", "<b/>".repeat(20_000))).contains("20,000"));
        assert!(error(&format!("{}{}", "<a>".repeat(101), "</a>".repeat(101))).contains("100"));
        assert!(error(&"<a>".repeat(60_000)).contains("20,000"));
        assert!(error("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>").contains("document type"));
        assert_eq!(error("<secret>&hidden;</secret>"), "it is no well-formed XML (line 1, column 9); expected XML");
        assert!(parse(&format!("{}{}", "<a>".repeat(99), "</a>".repeat(99)), "XML").is_ok());
    }

    #[test]
    fn a_comment_does_not_cut_a_text() {
        let document = parse("<a>ana@corp.example<!-- x -->.evil<b>.c</b></a>", "XML").unwrap();
        assert_eq!(read_text_of(document.root_element()), "ana@corp.example.evil.c");
    }

    #[test]
    fn a_time_without_an_offset_is_in_utc() {
        assert_eq!(read_time("2026-11-21T19:00:00"), read_time("2026-11-21T20:00:00.000+01:00"));
        assert_eq!(read_time("yesterday"), None);
    }
}
