//! A captured response, out of whatever it is wrapped in.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    EXPORT_BYTES,
    base64::{decode_message, decode_percents},
    browser::{find_pair, lenient},
    har::Log,
    html::{find_field, is_html},
    response::Response,
    text_of_bytes::read_text,
    tracer::{Traced, list_candidates},
    unreadable::Unreadable,
};

const EXPECTED: &str =
    "a SAML response: a HAR file, a SAML-tracer export, the base64 text, a form with SAMLResponse, or XML";

/// A captured response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// What it was wrapped in.
    pub wrapper: Wrapper,
    /// The response.
    pub response: Response,
    /// When it was captured; only a HAR says that.
    pub at: Option<Timestamp>,
    /// The IDs of the requests in the same HAR.
    pub request_ids: Vec<String>,
}

/// What a response was wrapped in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wrapper {
    /// A HAR file.
    Har,
    /// The provider's page in a HAR file.
    PageInHar,
    /// An export of SAML-tracer.
    Tracer,
    /// A posted form.
    Form,
    /// The provider's page that posts it.
    Page,
    /// Base64 alone.
    Base64,
    /// The XML itself.
    Xml,
}

impl Wrapper {
    /// Returns what it is, for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Har => "HAR",
            Self::PageInHar => "page in a HAR",
            Self::Tracer => "SAML-tracer export",
            Self::Form => "form",
            Self::Page => "page",
            Self::Base64 => "base64",
            Self::Xml => "XML",
        }
    }
}

/// An export of a browser: a HAR has `log`, SAML-tracer `requests`.
#[derive(Deserialize)]
struct Export {
    #[serde(default, deserialize_with = "lenient")]
    log: Option<Log>,
    #[serde(default, deserialize_with = "lenient")]
    requests: Option<Vec<Traced>>,
}

/// Reads a captured response, whatever it is wrapped in.
///
/// # Errors
/// If there is none in it, or it is over a limit.
pub fn read_capture(bytes: &[u8]) -> Result<Capture, Unreadable> {
    if bytes.len() > EXPORT_BYTES {
        return Err(Unreadable::TooLarge { what: "the file", limit: "64 MiB" });
    }
    let text = read_text(bytes, EXPECTED)?;
    let text = text.trim();
    if text.starts_with(['{', '[']) {
        return read_export(text);
    }
    if is_html(text) {
        let value = find_field(text, "SAMLResponse")
            .filter(|value| !value.trim().is_empty())
            .ok_or(Unreadable::Other { found: "a page of the web without a field SAMLResponse", expected: EXPECTED })?;
        return Ok(Capture::new(Wrapper::Page, Response::parse(&decode_message(&value)?)?));
    }
    if text.starts_with('<') {
        return Ok(Capture::new(Wrapper::Xml, Response::parse(text)?));
    }
    if let Some(value) = find_labelled(text) {
        return Ok(Capture::new(Wrapper::Form, Response::parse(&decode_message(&value)?)?));
    }
    let bare = text.trim_matches(['"', '\'', '`']);
    Ok(Capture::new(Wrapper::Base64, Response::parse(&decode_message(bare)?)?))
}

/// Returns the value of a form, or of a line that developer tools show: `SAMLResponse: …`.
fn find_labelled(text: &str) -> Option<String> {
    if let Some(value) = find_pair(text, "SAMLResponse") {
        // The lines of base64 may have been broken.
        let is_broken = text.contains(['\n', '\r']) && !text.contains('&');
        return if is_broken { text.split_once('=').map(|(_, value)| value.to_owned()) } else { Some(value) };
    }
    let encoded = decode_percents(text);
    if encoded.len() != text.len()
        && let Some(value) = find_pair(&encoded, "SAMLResponse")
    {
        return Some(value);
    }
    let (_, after) = text.split_once("SAMLResponse:")?;
    let lines = after.trim_start().lines().take_while(|line| !line.trim_start().starts_with("RelayState"));
    Some(lines.collect::<Vec<_>>().join("\n"))
}

fn read_export(text: &str) -> Result<Capture, Unreadable> {
    let export: Export = serde_json::from_str(text).map_err(|error| Unreadable::NotJson {
        line: error.line(),
        column: error.column(),
        expected: EXPECTED,
    })?;
    if let Some(log) = &export.log {
        let found = log.find_response().ok_or(Unreadable::Other {
            found: "a HAR file without a SAMLResponse: record the whole sign-in, with \"Preserve log\" on",
            expected: EXPECTED,
        })?;
        let response = Response::parse(&decode_message(&found.encoded)?)?;
        let wrapper = if found.is_page { Wrapper::PageInHar } else { Wrapper::Har };
        return Ok(Capture { at: found.at, request_ids: log.list_request_ids(), ..Capture::new(wrapper, response) });
    }
    let Some(requests) = &export.requests else {
        return Err(Unreadable::Other {
            found: "JSON, but neither a HAR file nor a SAML-tracer export",
            expected: EXPECTED,
        });
    };
    let candidates = list_candidates(requests);
    let mut first_error = None;
    for candidate in candidates {
        match decode_message(candidate).and_then(|xml| Response::parse(&xml)) {
            Ok(response) => return Ok(Capture::new(Wrapper::Tracer, response)),
            // Requests and masked fields stand beside the response, and are passed over.
            Err(error @ (Unreadable::TooLarge { .. } | Unreadable::DocumentType)) => {
                first_error.get_or_insert(error);
            }
            Err(_) => {}
        }
    }
    Err(first_error.unwrap_or(Unreadable::Other {
        found: "a SAML-tracer export without a response: record the whole sign-in",
        expected: EXPECTED,
    }))
}

impl Capture {
    fn new(wrapper: Wrapper, response: Response) -> Self {
        Self { wrapper, response, at: None, request_ids: Vec::new() }
    }
}
