//! HAR: what the developer tools of a browser save.

use jiff::Timestamp;
use serde::Deserialize;

use super::{
    base64::decode,
    browser::{find_pair, lenient},
    html::find_field,
    request::read_request_id,
};

/// How many requests to the identity provider are looked at.
const REQUESTS: usize = 200;

/// The part of a HAR that is read.
#[derive(Deserialize, Default)]
pub(super) struct Log {
    #[serde(default, deserialize_with = "lenient")]
    entries: Option<Vec<Entry>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(default, deserialize_with = "lenient")]
    started_date_time: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    request: Option<Request>,
    #[serde(default, deserialize_with = "lenient")]
    response: Option<Answer>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Request {
    #[serde(default, deserialize_with = "lenient")]
    url: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    post_data: Option<PostData>,
}

#[derive(Deserialize, Default)]
struct PostData {
    #[serde(default, deserialize_with = "lenient")]
    params: Option<Vec<Param>>,
    #[serde(default, deserialize_with = "lenient")]
    text: Option<String>,
}

#[derive(Deserialize, Default)]
struct Param {
    #[serde(default, deserialize_with = "lenient")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    value: Option<String>,
}

#[derive(Deserialize, Default)]
struct Answer {
    #[serde(default, deserialize_with = "lenient")]
    content: Option<Content>,
}

#[derive(Deserialize, Default)]
struct Content {
    #[serde(default, deserialize_with = "lenient")]
    text: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    encoding: Option<String>,
}

/// A response as a HAR holds it.
pub(super) struct Found {
    pub(super) encoded: String,
    pub(super) at: Option<Timestamp>,
    /// True if it was read from the provider's page, not from what was posted.
    pub(super) is_page: bool,
}

impl Log {
    /// Returns the newest response: one that was posted, else one that stands in a page of the identity provider.
    pub(super) fn find_response(&self) -> Option<Found> {
        let entries = self.entries.as_deref().unwrap_or_default();
        let posted = entries.iter().filter_map(|entry| entry.found(entry.find_posted("SAMLResponse")?, false));
        let newest = posted.max_by_key(|found| found.at);
        newest.or_else(|| {
            let pages = entries.iter().filter_map(|entry| entry.found(entry.find_in_page()?, true));
            pages.max_by_key(|found| found.at)
        })
    }

    /// Returns the IDs of the requests that went to an identity provider.
    pub(super) fn list_request_ids(&self) -> Vec<String> {
        let entries = self.entries.as_deref().unwrap_or_default();
        let encoded = entries.iter().filter_map(|entry| {
            let url = entry.request.as_ref()?.url.as_deref()?;
            find_pair(url, "SAMLRequest").or_else(|| entry.find_posted("SAMLRequest"))
        });
        encoded.take(REQUESTS).filter_map(|encoded| read_request_id(&encoded)).collect()
    }
}

impl Entry {
    fn found(&self, encoded: String, is_page: bool) -> Option<Found> {
        let at = self.started_date_time.as_deref().and_then(|text| text.trim().parse().ok());
        (!encoded.trim().is_empty()).then_some(Found { encoded, at, is_page })
    }

    fn find_posted(&self, name: &str) -> Option<String> {
        let posted = self.request.as_ref()?.post_data.as_ref()?;
        let params = posted.params.as_deref().unwrap_or_default();
        let of_params = params.iter().find(|param| param.name.as_deref() == Some(name));
        let value = of_params.and_then(|param| param.value.clone()).filter(|value| !value.trim().is_empty());
        value.or_else(|| find_pair(posted.text.as_deref()?, name))
    }

    fn find_in_page(&self) -> Option<String> {
        let content = self.response.as_ref()?.content.as_ref()?;
        let text = content.text.as_deref()?;
        if content.encoding.as_deref() == Some("base64") {
            let page = decode(text)?;
            return find_field(&String::from_utf8_lossy(&page), "SAMLResponse");
        }
        find_field(text, "SAMLResponse")
    }
}
