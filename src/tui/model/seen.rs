//! What the user saw, in the form.

use super::form::{Field, Form};
use crate::{
    case::Saw,
    symptoms::{self, Symptoms},
};

impl Form {
    /// Puts what was recognised into the form: its texts stand in the field, and of the rest nothing was kept. What an
    /// address shows to have been typed goes into the fields for it, where these are empty.
    pub(crate) fn set_seen(&mut self, seen: Option<Saw>) {
        let field = self.field;
        self.fill(Field::Saw, seen.as_ref().map(describe_seen).as_deref());
        if let Some(saw) = &seen {
            for (place, value) in [(Field::StartUrl, &saw.start_url), (Field::Region, &saw.typed_region)] {
                let is_empty = self.input(place).is_some_and(|input| input.value().trim().is_empty());
                if is_empty && value.is_some() {
                    self.fill(place, value.as_deref());
                }
            }
        }
        self.field = field;
        self.seen = seen;
        self.known = None;
    }

    /// Returns what the user saw: what was recognised before, else what is recognised of what stands in the field.
    pub(crate) fn read_seen(&self) -> Option<Saw> {
        let typed = self.input(Field::Saw).map_or("", |input| input.value()).trim();
        let read = || (!typed.is_empty()).then(|| symptoms::recognize([typed]));
        self.seen.clone().or_else(read)
    }
}

/// Returns true where something was recognised, if only an id.
pub(crate) fn is_anything_known(saw: &Saw) -> bool {
    let of_address = [saw.start_url.is_some(), saw.typed_region.is_some(), saw.directory_region.is_some()];
    !saw.texts.is_empty() || !saw.request_ids.is_empty() || of_address.contains(&true)
}

/// Returns what was recognised in the words of the catalogue.
fn describe_seen(saw: &Saw) -> String {
    let symptoms = Symptoms::built_in();
    let texts: Vec<&str> =
        saw.texts.iter().filter_map(|text| symptoms.find(&text.id)).map(|symptom| symptom.text.as_str()).collect();
    match (texts.as_slice(), saw.request_ids.first()) {
        ([], Some(id)) => format!("Request ID {id}"),
        ([], None) => "an address".to_owned(),
        (texts, _) => texts.join(" / "),
    }
}
