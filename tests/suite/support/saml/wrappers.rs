//! What responses are wrapped in.

use std::fmt::Write;

use base64::{Engine, prelude::BASE64_STANDARD};

use super::{PROTOCOL, Response, SECRETS};

/// Whose developer tools wrote a HAR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// Percent-encodes posted values.
    Chrome,
    /// Leaves them as they are.
    Firefox,
}

impl Response {
    pub fn base64(&self) -> String {
        BASE64_STANDARD.encode(self.xml())
    }

    pub fn form(&self) -> String {
        format!("SAMLResponse={}&RelayState={}", percent(&self.base64()), SECRETS[3])
    }

    /// The provider's page that posts it.
    pub fn page(&self) -> String {
        let value = self.base64().replace('+', "&#x2b;").replace('=', "&#x3d;");
        format!(
            "<!DOCTYPE html><html><body onload=\"document.forms[0].submit()\"><form method=\"POST\" action=\"{}\">\
             <input type=\"hidden\" name=\"RelayState\" value=\"{}\"/><input type=\"hidden\" name=\"SAMLResponse\" value=\"{value}\"/>\
             </form></body></html>",
            self.destination(),
            SECRETS[3]
        )
    }

    fn request_entry(&self, id: &str) -> serde_json::Value {
        let xml = format!("<samlp:AuthnRequest xmlns:samlp=\"{PROTOCOL}\" ID=\"{id}\" Version=\"2.0\"/>");
        let deflated = miniz_oxide::deflate::compress_to_vec(xml.as_bytes(), 6);
        let url = format!(
            "{}?SAMLRequest={}&RelayState=x",
            self.provider.sign_on(),
            percent(&BASE64_STANDARD.encode(deflated))
        );
        serde_json::json!({ "startedDateTime": self.issued.to_string(), "request": { "method": "GET", "url": url } })
    }

    pub fn post_entry(&self, browser: Browser) -> serde_json::Value {
        let value = if browser == Browser::Chrome { percent(&self.base64()) } else { self.base64() };
        serde_json::json!({
            "startedDateTime": self.posted.to_string(),
            "request": {
                "method": "POST",
                "url": self.destination(),
                "cookies": [{ "name": "session", "value": SECRETS[1] }],
                "postData": {
                    "mimeType": "application/x-www-form-urlencoded",
                    "params": [{ "name": "SAMLResponse", "value": value }, { "name": "RelayState", "value": SECRETS[3] }],
                    "text": self.form(),
                },
            },
            "response": { "status": 302, "content": { "size": 0 } },
        })
    }

    pub fn har(&self, browser: Browser) -> String {
        let mut entries: Vec<serde_json::Value> = self.requests.iter().map(|id| self.request_entry(id)).collect();
        entries.push(self.post_entry(browser));
        har(&entries)
    }

    /// A HAR that holds the provider's page alone.
    pub fn har_of_page(&self, is_encoded: bool) -> String {
        let content = if is_encoded {
            serde_json::json!({ "mimeType": "text/html", "text": BASE64_STANDARD.encode(self.page()), "encoding": "base64" })
        } else {
            serde_json::json!({ "mimeType": "text/html", "text": self.page() })
        };
        let mut entries: Vec<serde_json::Value> = self.requests.iter().map(|id| self.request_entry(id)).collect();
        entries.push(serde_json::json!({
            "startedDateTime": self.posted.to_string(),
            "request": { "method": "GET", "url": self.provider.sign_on() },
            "response": { "status": 200, "content": content },
        }));
        har(&entries)
    }

    pub fn tracer(&self, masked: bool) -> String {
        let post = if masked { "***".to_owned() } else { self.base64() };
        let saml = if masked { serde_json::Value::String(self.xml()) } else { serde_json::Value::Null };
        let request = serde_json::json!({
            "method": "GET", "url": self.provider.sign_on(), "protocol": "SAML-P",
            "saml": format!("<samlp:AuthnRequest xmlns:samlp=\"{PROTOCOL}\" ID=\"_request-1\"/>"),
        });
        let posted = serde_json::json!({
            "method": "POST", "url": self.destination(), "protocol": "SAML-P", "saml": saml,
            "requestHeaders": [{ "name": "Cookie", "value": SECRETS[1] }],
            "post": [["SAMLResponse", post], ["RelayState", SECRETS[3]]],
        });
        serde_json::json!({ "requests": [request, posted], "timestamp": "2026-11-20T08:00:00.000Z" }).to_string()
    }
}

pub fn har(entries: &[serde_json::Value]) -> String {
    serde_json::json!({ "log": { "version": "1.2", "creator": { "name": "test", "version": "1" }, "entries": entries } }).to_string()
}

/// Percent-encodes what a form has to.
pub fn percent(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '+' | '/' | '=' => write!(out, "%{:02X}", u32::from(character)).unwrap(),
            other => out.push(other),
        }
    }
    out
}
