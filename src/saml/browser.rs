//! What exports of a browser have in common: fields of any shape, and posted forms.

use serde::{Deserialize, Deserializer, de::IgnoredAny};

use super::base64::decode_percents;

/// A value of the expected shape, or anything else.
#[derive(Deserialize)]
#[serde(untagged)]
enum Lenient<T> {
    Expected(T),
    Other(IgnoredAny),
}

/// Reads a value; one of another shape counts as absent, so that one odd field does not spoil a file.
pub(super) fn lenient<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(match Lenient::deserialize(deserializer)? {
        Lenient::Expected(value) => Some(value),
        Lenient::Other(_) => None,
    })
}

/// Returns the value of a field of a posted form, or of the query of an address. A plus is a plus.
pub(super) fn find_pair(form: &str, name: &str) -> Option<String> {
    let pairs = form.split(['&', '?', ';', '\n', '\r']);
    let values = pairs.filter_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (decode_percents(key) == name && !value.trim().is_empty()).then(|| decode_percents(value))
    });
    values.into_iter().next()
}
