//! From what was pasted to the texts that are known.

use std::sync::LazyLock;

use regex_lite::Regex;

use super::{
    address::{OTHER_OPTION, ReadAddress, read_addresses},
    catalogue::{Matching, Symptom, Symptoms},
    close,
    exact::find_texts,
    normalize::{Squashed, clean, compile},
};
use crate::case::{KeyReason, Saw, SeenText};

/// The id behind the words for it, also in a header or in the list of headers of a browser's record.
static REQUEST_ID: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^(?:request[\s_-]*id|请求\s*id)[^0-9a-z]{0,16}(?:(?:is|value)[^0-9a-z]{1,12})?\b([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b",
    )
});

static NO_REASON: LazyLock<Regex> =
    LazyLock::new(|| compile(r#"(?i)["']?\breason["']?\s*[:=]\s*(?:null|none|undefined)\b"#));

/// An id stands within so many characters behind the words for it, itself included.
const NEAR: usize = 100;

/// So many request ids are kept.
const MOST_REQUEST_IDS: usize = 20;

/// Recognises what the user saw in the texts that were told, each by itself.
#[must_use]
pub fn recognize<'a>(told: impl IntoIterator<Item = &'a str>) -> Saw {
    let mut saw = Saw::default();
    for pasted in told {
        read_pasted(&mut saw, pasted);
    }
    saw
}

/// Returns the same, and `None` where nothing was told.
#[must_use]
pub fn recognize_told(told: &[String]) -> Option<Saw> {
    (!told.is_empty()).then(|| recognize(told.iter().map(String::as_str)))
}

/// Returns what is seen by somebody who chooses a known text from a list.
#[must_use]
pub fn take_known(symptom: &Symptom) -> Saw {
    let mut saw = Saw::default();
    add_text(&mut saw, &symptom.id, true);
    if symptom.names_key {
        saw.key = KeyReason::Unusable;
    }
    saw
}

fn read_pasted(saw: &mut Saw, pasted: &str) {
    let symptoms = Symptoms::built_in();
    let cleaned = clean(pasted);
    let mut entries = find_texts(symptoms, &Squashed::new(&cleaned));
    let addresses = read_addresses(&cleaned);
    for address in &addresses {
        add_address(saw, address);
        add_texts_of_address(symptoms, address, &mut entries);
    }
    read_request_ids(saw, &cleaned);
    let found: Vec<&str> =
        entries.iter().filter_map(|entry| symptoms.entries().get(*entry)).map(|symptom| symptom.id.as_str()).collect();
    for id in &found {
        add_text(saw, id, true);
    }
    read_key_reason(saw, symptoms, &found, &cleaned);
    // What tells something by itself, such as an address, is not taken for a sentence that was misheard.
    if found.is_empty() && addresses.is_empty() {
        add_close_texts(saw, symptoms, &cleaned);
    }
}

fn add_text(saw: &mut Saw, id: &str, exact: bool) {
    match saw.texts.iter_mut().find(|text| text.id == id) {
        Some(known) => known.exact |= exact,
        None => saw.texts.push(SeenText { id: id.to_owned(), exact }),
    }
}

fn add_address(saw: &mut Saw, address: &ReadAddress) {
    saw.start_url = saw.start_url.take().or_else(|| address.start_url.clone());
    saw.typed_region = saw.typed_region.take().or_else(|| address.typed_region.clone());
    saw.directory_region = saw.directory_region.take().or_else(|| address.directory_region.clone());
    saw.used_region = saw.used_region.take().or_else(|| address.used_region.clone());
    saw.directory = saw.directory.take().or_else(|| address.directory.clone());
}

/// Adds the texts that an address holds. What its parts say in several spellings is one text: the first that is known.
fn add_texts_of_address(symptoms: &Symptoms, address: &ReadAddress, entries: &mut Vec<usize>) {
    let mut is_error_known = false;
    let mut is_option_known = false;
    for text in &address.texts {
        let is_error = text.starts_with("error=") || text.starts_with("\"error\"");
        let is_option = text.starts_with(OTHER_OPTION);
        if is_error && is_error_known || is_option && is_option_known {
            continue;
        }
        let found = match symptoms.entries().iter().position(|symptom| is_of_address(symptom, text)) {
            Some(entry) => vec![entry],
            None => find_texts(symptoms, &Squashed::new(text)),
        };
        is_error_known |= is_error && !found.is_empty();
        is_option_known |= is_option && !found.is_empty();
        for entry in found {
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        }
    }
}

fn is_of_address(symptom: &Symptom, text: &str) -> bool {
    symptom.matching == Matching::Address && symptom.text == text
}

fn read_request_ids(saw: &mut Saw, cleaned: &str) {
    let lower = cleaned.to_ascii_lowercase();
    for (start, _) in lower.match_indices("request").chain(lower.match_indices("请求")) {
        let near: String = lower.get(start..).unwrap_or_default().chars().take(NEAR).collect();
        let Some(id) = REQUEST_ID.captures(&near).and_then(|found| Some(found.get(1)?.as_str().to_owned())) else {
            continue;
        };
        if saw.request_ids.len() < MOST_REQUEST_IDS && !saw.request_ids.contains(&id) {
            saw.request_ids.push(id);
        }
    }
}

/// Reads what an answer of the token service says of the key: one that names it counts, whatever else was pasted.
fn read_key_reason(saw: &mut Saw, symptoms: &Symptoms, found: &[&str], cleaned: &str) {
    let names_key = found.iter().filter_map(|id| symptoms.find(id)).any(|symptom| symptom.names_key);
    if names_key {
        saw.key = KeyReason::Unusable;
    } else if saw.key == KeyReason::NotSaid && cleaned.contains("eason") && NO_REASON.is_match(cleaned) {
        saw.key = KeyReason::RuledOut;
    }
}

fn add_close_texts(saw: &mut Saw, symptoms: &Symptoms, cleaned: &str) {
    let close = close::find_close(symptoms, cleaned);
    let ids = |places: &[usize]| -> Vec<String> {
        places.iter().filter_map(|place| symptoms.entries().get(*place)).map(|symptom| symptom.id.clone()).collect()
    };
    match close.best {
        Some(best) => ids(&[best]).iter().for_each(|id| add_text(saw, id, false)),
        None => {
            for id in ids(&close.offered) {
                if !saw.close.contains(&id) {
                    saw.close.push(id);
                }
            }
        }
    }
}
