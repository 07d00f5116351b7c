//! A SAML response: the fields that are judged, and nothing else of it.

use jiff::Timestamp;
use roxmltree::Node;
use serde::{Deserialize, Serialize};

use super::{
    certificate::Certificate,
    unreadable::Unreadable,
    xml::{self, ASSERTION, METADATA, PROTOCOL, SIGNATURE},
};

pub(super) const EXPECTED: &str = "a SAML response, as the browser posted it";

/// What the identity provider sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// The address that it was made for.
    pub destination: Option<String>,
    /// The ID of the request that it answers.
    pub in_response_to: Option<String>,
    /// Who says that he sent it.
    pub issuer: Option<String>,
    /// When it was made, as response and assertion say.
    pub issued: Vec<Timestamp>,
    /// The status codes, the outer one first.
    pub status: Vec<String>,
    /// What the provider says besides.
    pub status_message: Option<String>,
    /// The signature over the response.
    pub signature: Option<Signature>,
    /// How many assertions there are.
    pub assertions: usize,
    /// How many of them are encrypted.
    pub encrypted_assertions: usize,
    /// The first one that is not encrypted.
    pub assertion: Option<Assertion>,
    /// How many times in it cannot be read.
    pub unread_times: usize,
}

/// What is said about the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assertion {
    /// Who says it.
    pub issuer: Option<String>,
    /// The signature over the assertion.
    pub signature: Option<Signature>,
    /// Who it is about.
    pub name_id: Option<NameId>,
    /// True if that is encrypted.
    pub has_encrypted_id: bool,
    /// To whom it may be handed.
    pub confirmations: Vec<Confirmation>,
    /// When it is valid.
    pub window: Window,
    /// For whom it is: each restriction with the audiences that it names; none where there is no restriction.
    pub audiences: Vec<Vec<String>>,
    /// How many characters it has.
    pub characters: usize,
    /// True if it carries the attributes of IAM federation, `Role` or `RoleSessionName`.
    pub has_role_attributes: bool,
}

/// Who an assertion is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameId {
    /// The name, with the blanks around it.
    pub value: String,
    /// Which kind of name it is said to be.
    pub format: Option<String>,
}

/// To whom an assertion may be handed, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// The address.
    pub recipient: Option<String>,
    /// When.
    pub window: Window,
    /// The ID of the request that it answers.
    pub in_response_to: Option<String>,
}

/// From when to when something holds; the end is not part of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Its beginning.
    pub from: Option<Timestamp>,
    /// Its end.
    pub until: Option<Timestamp>,
}

impl Window {
    /// Returns what two windows have in common.
    #[must_use]
    pub fn intersect(self, other: Self) -> Self {
        Self {
            from: self.from.max(other.from),
            until: match (self.until, other.until) {
                (Some(one), Some(two)) => Some(one.min(two)),
                (one, two) => one.or(two),
            },
        }
    }
}

/// What a signature claims. It is not verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The certificates in it.
    pub certificates: Vec<Certificate>,
    /// How many of them cannot be read.
    pub unread_certificates: usize,
    /// The algorithms of the signature and of its digests.
    pub algorithms: Vec<String>,
}

impl Response {
    /// Reads the XML of a response.
    ///
    /// # Errors
    /// If it is something else.
    pub(super) fn parse(text: &str) -> Result<Self, Unreadable> {
        let document = xml::parse(text, EXPECTED)?;
        let root = document.root_element();
        if !xml::is_named(root, PROTOCOL, "Response") {
            return Err(Unreadable::Other { found: name_document(root), expected: EXPECTED });
        }
        Ok(Self::read(root, document.input_text()))
    }

    fn read(root: Node, text: &str) -> Self {
        let assertions: Vec<Node> = xml::list_children(root, ASSERTION, "Assertion").collect();
        let encrypted = xml::list_children(root, ASSERTION, "EncryptedAssertion").count();
        let first = assertions.first();
        let mut times = Times::default();
        let mut issued: Vec<Timestamp> = Vec::new();
        for node in std::iter::once(&root).chain(first) {
            issued.extend(times.read(*node, "IssueInstant"));
        }
        let assertion = first.map(|node| read_assertion(*node, text, &mut times));
        let status = xml::find_child(root, PROTOCOL, "Status");
        Self {
            destination: xml::read_attribute(root, "Destination"),
            in_response_to: xml::read_attribute(root, "InResponseTo"),
            issuer: xml::find_child(root, ASSERTION, "Issuer").and_then(xml::read_trimmed),
            issued,
            status: status.map(list_status_codes).unwrap_or_default(),
            status_message: status
                .and_then(|status| xml::find_child(status, PROTOCOL, "StatusMessage"))
                .and_then(xml::read_trimmed),
            signature: find_signature(root),
            assertions: assertions.len() + encrypted,
            encrypted_assertions: encrypted,
            assertion,
            unread_times: times.unread,
        }
    }

    /// Returns who says that he sent it: what the response says, then what its assertion says.
    pub fn issuers(&self) -> impl Iterator<Item = &str> {
        self.issuer
            .iter()
            .chain(self.assertion.iter().filter_map(|assertion| assertion.issuer.as_ref()))
            .map(String::as_str)
    }

    /// Returns the ID of the request that it answers.
    #[must_use]
    pub fn answered_request(&self) -> Option<&str> {
        let of_assertion =
            || self.assertion.as_ref()?.confirmations.iter().find_map(|known| known.in_response_to.as_ref());
        self.in_response_to.as_ref().or_else(of_assertion).map(String::as_str)
    }

    /// Returns true unless the provider refused.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.status.first().is_none_or(|code| code == "urn:oasis:names:tc:SAML:2.0:status:Success")
    }
}

/// Returns what somebody handed over instead of a response.
fn name_document(root: Node) -> &'static str {
    match (root.tag_name().namespace(), root.tag_name().name()) {
        (Some(PROTOCOL), "AuthnRequest") => "a request (AuthnRequest), which goes to the identity provider",
        (Some(PROTOCOL), _) => "another message of SAML",
        (Some(ASSERTION), _) => "an assertion without the response around it",
        (Some(METADATA), _) => "metadata",
        _ => "XML, and no response of SAML 2.0",
    }
}

/// Returns the codes of a status, the outer one first. There are two at most.
fn list_status_codes(status: Node) -> Vec<String> {
    let outer = xml::find_child(status, PROTOCOL, "StatusCode");
    let inner = outer.and_then(|outer| xml::find_child(outer, PROTOCOL, "StatusCode"));
    outer.into_iter().chain(inner).filter_map(|code| xml::read_attribute(code, "Value")).collect()
}

/// Reads times, and counts those that cannot be read.
#[derive(Default)]
struct Times {
    unread: usize,
}

impl Times {
    fn read(&mut self, node: Node, attribute: &str) -> Option<Timestamp> {
        let text = xml::read_attribute(node, attribute)?;
        let time = xml::read_time(&text);
        self.unread += usize::from(time.is_none());
        time
    }

    fn read_window(&mut self, node: Node) -> Window {
        Window { from: self.read(node, "NotBefore"), until: self.read(node, "NotOnOrAfter") }
    }
}

fn read_assertion(node: Node, text: &str, times: &mut Times) -> Assertion {
    let subject = xml::find_child(node, ASSERTION, "Subject");
    let conditions = xml::find_child(node, ASSERTION, "Conditions");
    let restrictions =
        conditions.into_iter().flat_map(|node| xml::list_children(node, ASSERTION, "AudienceRestriction"));
    let name_id = subject.and_then(|subject| xml::find_child(subject, ASSERTION, "NameID"));
    Assertion {
        issuer: xml::find_child(node, ASSERTION, "Issuer").and_then(xml::read_trimmed),
        signature: find_signature(node),
        name_id: name_id
            .map(|node| NameId { value: xml::read_text_of(node), format: xml::read_attribute(node, "Format") }),
        has_encrypted_id: subject.is_some_and(|subject| xml::find_child(subject, ASSERTION, "EncryptedID").is_some()),
        confirmations: subject.map(|subject| list_confirmations(subject, times)).unwrap_or_default(),
        window: conditions.map(|node| times.read_window(node)).unwrap_or_default(),
        audiences: restrictions.map(list_audiences).collect(),
        characters: text.get(node.range()).map_or(0, |assertion| assertion.chars().count()),
        has_role_attributes: has_role_attributes(node),
    }
}

fn list_audiences(restriction: Node) -> Vec<String> {
    xml::list_children(restriction, ASSERTION, "Audience").filter_map(xml::read_trimmed).collect()
}

/// Returns the confirmations for whoever bears the assertion, which a browser does; without such, those of other kinds.
fn list_confirmations(subject: Node, times: &mut Times) -> Vec<Confirmation> {
    let all: Vec<Node> = xml::list_children(subject, ASSERTION, "SubjectConfirmation").collect();
    let is_bearer = |node: &Node| node.attribute("Method").is_some_and(|method| method.trim().ends_with(":bearer"));
    let borne: Vec<Node> = all.iter().copied().filter(is_bearer).collect();
    let counting = if borne.is_empty() { all } else { borne };
    let data = counting.into_iter().filter_map(|node| xml::find_child(node, ASSERTION, "SubjectConfirmationData"));
    data.map(|data| Confirmation {
        recipient: xml::read_attribute(data, "Recipient"),
        window: times.read_window(data),
        in_response_to: xml::read_attribute(data, "InResponseTo"),
    })
    .collect()
}

/// Returns true for the attributes by which IAM federation chooses a role.
pub(super) fn has_role_attributes(node: Node) -> bool {
    node.descendants().filter(|inside| xml::is_named(*inside, ASSERTION, "Attribute")).any(|attribute| {
        matches!(
            attribute.attribute("Name").map(str::trim),
            Some(
                "https://aws.amazon.com/SAML/Attributes/Role"
                    | "https://aws.amazon.com/SAML/Attributes/RoleSessionName"
            )
        )
    })
}

/// Returns the signature over an element: it is a child of it.
fn find_signature(signed: Node) -> Option<Signature> {
    let node = xml::find_child(signed, SIGNATURE, "Signature")?;
    let certificates: Vec<Option<Certificate>> = list_certificates(node);
    let algorithms = node.descendants().filter(|inside| {
        xml::is_named(*inside, SIGNATURE, "SignatureMethod") || xml::is_named(*inside, SIGNATURE, "DigestMethod")
    });
    Some(Signature {
        unread_certificates: certificates.iter().filter(|known| known.is_none()).count(),
        certificates: certificates.into_iter().flatten().collect(),
        algorithms: algorithms.filter_map(|method| xml::read_attribute(method, "Algorithm")).collect(),
    })
}

/// Returns the certificates in an element; `None` for one that cannot be read.
pub(super) fn list_certificates(node: Node) -> Vec<Option<Certificate>> {
    let elements = node.descendants().filter(|inside| xml::is_named(*inside, SIGNATURE, "X509Certificate"));
    elements.filter_map(xml::read_trimmed).map(|encoded| Certificate::from_base64(&encoded)).collect()
}
