//! Replaces what tells who somebody is, so that the same comparisons come out the same.
//!
//! A name is replaced word by word: `Ines Costa`, `ines.costa@corp.example` and `INES` keep the words they share, their
//! letter case, their accents and what stands between them, because finding a user hangs on all of these.

use std::collections::{BTreeSet, HashMap};

use regex_lite::{Captures, Regex};
use serde_json::{Map, Value};

use super::Recording;
use crate::facts::GetCallerIdentity;

/// The keys under which a text is a person's name or address.
const PERSONAL: [&str; 10] = [
    "user_name",
    "display_name",
    "given_name",
    "family_name",
    "nick_name",
    "emails",
    "user-name",
    "email",
    "text",
    "typed_user",
];

/// The keys whose texts may mention a person.
const FREE: [&str; 10] = [
    "message",
    "principal",
    "error_message",
    "arn",
    "resource",
    "start_url",
    "alias_url",
    "aws_profile",
    "status_message",
    "handed_over",
];

/// The keys whose texts stay: names of groups and applications, and the application profile.
const KEPT: [&str; 3] = ["name", "app", "trouble"];

/// The first letter of a replaced word, without and with accents: all of them fold to the same letter.
const FIRST_LETTERS: [char; 7] = ['w', 'ŵ', 'ẁ', 'ẃ', 'ẅ', 'ẇ', 'ẉ'];

/// Returns every name and address of a person in a recording, the longest first.
pub(super) fn list_names(recording: &Recording) -> Vec<String> {
    let mut names = BTreeSet::new();
    for told in &recording.told {
        names.insert(told.user.as_str().to_owned());
        names.extend(told.typed_user.clone());
        let assertion = told.handed_over.response().and_then(|response| response.assertion.as_ref());
        let name_id = assertion.and_then(|assertion| assertion.name_id.as_ref());
        names.extend(name_id.map(|name_id| name_id.value.trim().to_owned()));
    }
    for user in recording.facts.users() {
        let own = [&user.user_name, &user.display_name, &user.given_name, &user.family_name, &user.nick_name];
        names.extend(own.into_iter().flatten().chain(&user.emails).cloned());
    }
    names.extend(recording.settings.aws_profile.clone());
    for (_, caller) in recording.facts.all::<GetCallerIdentity>() {
        let session = caller.value().and_then(|caller| caller.arn.rsplit_once('/'));
        names.extend(session.map(|(_, session)| session.to_owned()));
    }
    let ids: BTreeSet<&str> = recording.facts.users().map(|user| user.id.as_str()).collect();
    let is_a_name = |name: &String| name.chars().count() > 2 && !ids.contains(name.to_lowercase().as_str());
    let mut names: Vec<String> = names.into_iter().filter(is_a_name).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

/// What was replaced by what, so far.
pub(super) struct Redaction {
    names: Vec<String>,
    account: Regex,
    directory: Regex,
    address: Regex,
    alias: Regex,
    user_id: Regex,
    ids: HashMap<String, usize>,
    /// For each word, accents and letter case aside: its number, and the spellings that were met.
    words: HashMap<String, (usize, Vec<String>)>,
}

impl Redaction {
    pub(super) fn new(names: Vec<String>) -> Result<Self, regex_lite::Error> {
        Ok(Self {
            names,
            account: Regex::new(r"\b[0-9]{12}\b")?,
            directory: Regex::new(r"(?i)\bd-[0-9a-f]{10}\b")?,
            address: Regex::new(r"[^\s<>(),;:/'\x22]+@[^\s<>(),;:/'\x22]+\.[^\s<>(),;:/'\x22]+")?,
            alias: Regex::new(r"(?i)\b([a-z0-9-]+)\.awsapps\.(com|cn)\b")?,
            user_id: Regex::new(r"(?i)^([0-9a-f]{10}-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")?,
            ids: HashMap::new(),
            words: HashMap::new(),
        })
    }

    /// Replaces what tells who somebody is, everywhere in a recording.
    pub(super) fn redact_value(&mut self, value: &mut Value) {
        self.redact_under("", false, value);
    }

    fn redact_under(&mut self, key: &str, is_free: bool, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.redact_text(key, is_free, text),
            Value::Array(values) => values.iter_mut().for_each(|value| self.redact_under(key, is_free, value)),
            Value::Object(fields) => self.redact_fields(is_free, fields),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn redact_fields(&mut self, is_free: bool, fields: &mut Map<String, Value>) {
        for (key, value) in fields {
            if !KEPT.contains(&key.as_str()) {
                self.redact_under(key, is_free || FREE.contains(&key.as_str()), value);
            }
        }
    }

    fn redact_text(&mut self, key: &str, is_free: bool, text: &str) -> String {
        if key == "source_ip" {
            let number = self.number(text);
            return format!("192.0.2.{}", number % 256);
        }
        // The id of a user or group tells nobody who it is.
        if self.user_id.is_match(text) {
            return text.to_owned();
        }
        if PERSONAL.contains(&key) {
            return self.replace_words(text);
        }
        // Addresses come first: what stands for a name is no address that was there.
        let mut text = self.replace_ids(text);
        if is_free {
            for name in self.names.clone() {
                text = self.replace_name(&text, &name);
            }
        }
        text
    }

    /// Replaces accounts, directories, addresses and aliases by others of their form.
    fn replace_ids(&mut self, text: &str) -> String {
        let mut text = text.to_owned();
        for form in [self.address.clone(), self.alias.clone()] {
            let replaced = form.replace_all(&text, |found: &Captures| match found.get(1) {
                Some(label) if is_kept_label(label.as_str()) => found[0].to_owned(),
                Some(label) => format!("{}.awsapps.{}", self.replace_words(label.as_str()), &found[2]),
                None => self.replace_words(&found[0]),
            });
            text = replaced.into_owned();
        }
        let account = self.account.clone();
        let replaced =
            account.replace_all(&text, |found: &Captures| format!("{}", 100_000_000_000 + self.number(&found[0])));
        let text = replaced.into_owned();
        let directory = self.directory.clone();
        let replaced = directory
            .replace_all(&text, |found: &Captures| format!("d-{:010x}", self.number(&found[0].to_lowercase())));
        replaced.into_owned()
    }

    fn number(&mut self, id: &str) -> usize {
        let next = self.ids.len() + 1;
        *self.ids.entry(id.to_owned()).or_insert(next)
    }

    /// Replaces a name where it stands by itself, whatever its letter case.
    fn replace_name(&mut self, text: &str, name: &str) -> String {
        let mut replaced = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, found, after)) = find_word(rest, name) {
            replaced.push_str(before);
            replaced.push_str(&self.replace_words(found));
            rest = after;
        }
        replaced + rest
    }

    /// Replaces every word of a text, and keeps what stands between them.
    fn replace_words(&mut self, text: &str) -> String {
        let mut replaced = String::with_capacity(text.len());
        let mut word = String::new();
        for letter in text.chars() {
            if letter.is_alphanumeric() {
                word.push(letter);
                continue;
            }
            replaced.push_str(&self.replace_word(&word));
            word.clear();
            replaced.push(letter);
        }
        replaced + &self.replace_word(&word)
    }

    /// Returns what stands for a word: as long, with the same letters large, and with the same accents where another
    /// spelling has them not.
    fn replace_word(&mut self, word: &str) -> String {
        if word.is_empty() {
            return String::new();
        }
        let lower = word.to_lowercase();
        let folded = deunicode::deunicode(&lower).to_lowercase();
        let (next, length) = (self.words.len(), folded.chars().count());
        let (number, spellings) = self.words.entry(folded).or_insert((next, Vec::new()));
        let spelling = spellings.iter().position(|known| *known == lower).unwrap_or_else(|| {
            spellings.push(lower);
            spellings.len() - 1
        });
        let first = FIRST_LETTERS.get(spelling % FIRST_LETTERS.len()).copied().unwrap_or('w');
        let mut letters: Vec<char> = std::iter::once(first).chain(write_number(*number)).collect();
        while letters.len() < length {
            letters.push('x');
        }
        let mut shape = word.chars();
        letters
            .into_iter()
            .map(|letter| match shape.next() {
                Some(original) if original.is_uppercase() => letter.to_uppercase().next().unwrap_or(letter),
                _ => letter,
            })
            .collect()
    }
}

/// Directories have their own form, and one label is not an organization's.
fn is_kept_label(label: &str) -> bool {
    let label = label.to_lowercase();
    label == "view" || label.strip_prefix("d-").is_some_and(|id| id.len() == 10)
}

/// Returns a number in letters, none of which is an `x`.
fn write_number(mut number: usize) -> Vec<char> {
    const LETTERS: [char; 16] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'q'];
    let mut letters = Vec::new();
    loop {
        letters.extend(LETTERS.get(number % LETTERS.len()));
        number /= LETTERS.len();
        if number == 0 {
            return letters;
        }
    }
}

/// Returns what stands before a word, the word as it is written, and what follows; letter case aside.
fn find_word<'a>(text: &'a str, word: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    for (start, _) in text.char_indices() {
        let (before, rest) = text.split_at(start);
        if is_letter(before.chars().next_back()) {
            continue;
        }
        let Some((found, after)) = rest.split_at_checked(word.len()) else { continue };
        if found.to_lowercase() == word.to_lowercase() && !is_letter(after.chars().next()) {
            return Some((before, found, after));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_what_comparisons_hang_on() {
        let mut redaction = Redaction::new(Vec::new()).unwrap();
        let replaced = ["Łukasz Nowak-Strauß", "lukasz nowak strauss", "LUKASZ.NOWAK@corp.example"]
            .map(|name| redaction.replace_words(name));
        assert_eq!(replaced, ["Waxxxx Wbxxx-Wcxxxxx", "ŵaxxxx wbxxx ŵcxxxxx", "ŴAXXXX.WBXXX@wdxx.wexxxxx"]);
    }
}
