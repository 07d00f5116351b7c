//! SAML-tracer: an extension of browsers that saves what was sent. By default it masks what was posted, not the message.

use serde::Deserialize;
use serde_json::Value;

use super::browser::lenient;

/// One request of an export.
#[derive(Deserialize, Default)]
pub(super) struct Traced {
    /// The message, as XML.
    #[serde(default, deserialize_with = "lenient")]
    saml: Option<String>,
    /// The fields of the form, in pairs.
    #[serde(default, deserialize_with = "lenient")]
    post: Option<Value>,
}

/// Returns what could be a response, the newest first: messages before what was posted.
pub(super) fn list_candidates(requests: &[Traced]) -> Vec<&str> {
    let messages = requests.iter().rev().filter_map(|traced| traced.saml.as_deref());
    let posted = requests.iter().rev().filter_map(|traced| find_posted(traced.post.as_ref()?));
    messages.filter(|message| !message.trim().is_empty()).chain(posted).collect()
}

/// Returns the response of a form, which is written as pairs or as an object.
fn find_posted(post: &Value) -> Option<&str> {
    match post {
        Value::Object(fields) => fields.get("SAMLResponse")?.as_str(),
        Value::Array(pairs) => pairs.iter().find_map(|pair| {
            let is_response = pair.get(0)?.as_str() == Some("SAMLResponse");
            if is_response { pair.get(1)?.as_str() } else { None }
        }),
        _ => None,
    }
}
