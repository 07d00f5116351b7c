//! The known texts: where each is shown, how far it proves the sign-in to have come, and what usually lies behind it.
//!
//! They are data: `assets/symptoms.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{
    normalize::{Squashed, clean},
    stage::Stage,
};
use crate::catalog::Cause;

/// One known text.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Symptom {
    /// Its name in this program; not part of the contract.
    pub id: String,
    /// The text, as it is shown.
    pub text: String,
    /// Other spellings of it.
    #[serde(default)]
    pub also: Vec<String>,
    /// How it is recognised.
    #[serde(rename = "match")]
    pub matching: Matching,
    /// Where it is shown.
    #[serde(rename = "where")]
    pub place: String,
    /// How far the sign-in had come.
    pub stage: Stage,
    /// What usually lies behind it, the likeliest first.
    pub candidates: Vec<Cause>,
    /// What it proves not to be the cause; may be empty.
    #[serde(default)]
    pub rules_out: String,
    /// What tells the candidates apart; may be empty.
    #[serde(default)]
    pub tells_apart: String,
    /// What to do first.
    pub first_action: String,
    /// How it is known.
    pub confidence: Confidence,
    /// How many public reports show it.
    pub reports: u32,
    /// Where they are.
    #[serde(default)]
    pub sources: Vec<String>,
    /// True where an answer of the token service names the instance's key.
    #[serde(default)]
    pub names_key: bool,
}

/// How a text is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Matching {
    /// Wherever it stands.
    Contains,
    /// As the beginning of a sentence.
    Prefix,
    /// Not inside a longer word or number.
    Word,
    /// Only by reading an address.
    Address,
}

/// How it is known what a text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// The source of the client says so.
    Code,
    /// The vendor documents it.
    Documented,
    /// A maintainer said so.
    Maintainer,
    /// Somebody who had it said so.
    Reporter,
    /// Nobody says so, but it fits.
    Guess,
}

impl Confidence {
    /// Returns how it is known, for people.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::Code => "from the client's source",
            Self::Documented => "documented",
            Self::Maintainer => "said by a maintainer",
            Self::Reporter => "said by those who had it",
            Self::Guess => "a guess",
        }
    }
}

/// The known texts.
#[derive(Debug)]
pub struct Symptoms {
    entries: Vec<Symptom>,
    pub(super) patterns: Vec<Pattern>,
}

/// What is looked for: a spelling of a text in the form in which it is compared.
#[derive(Debug)]
pub(super) struct Pattern {
    /// The text, by its place among the entries.
    pub(super) entry: usize,
    pub(super) text: String,
    pub(super) matching: Matching,
    /// True where the word at its end has to end there.
    pub(super) ends_word: bool,
}

/// From so many characters on a text is known without the mark at its end.
const LONG: usize = 24;

static BUILT_IN: LazyLock<Symptoms> = LazyLock::new(read_built_in);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SymptomFile {
    symptoms: Vec<Symptom>,
}

#[expect(clippy::expect_used, reason = "the file is built in, and the tests read it")]
fn read_built_in() -> Symptoms {
    let file: SymptomFile =
        toml::from_str(include_str!("../../assets/symptoms.toml")).expect("the built-in texts can be read");
    let mut patterns = Vec::new();
    let looked_for = file.symptoms.iter().enumerate().filter(|(_, symptom)| symptom.matching != Matching::Address);
    for (entry, symptom) in looked_for {
        let spellings = std::iter::once(&symptom.text).chain(&symptom.also);
        patterns.extend(spellings.map(|spelling| Pattern::new(entry, symptom.matching, spelling)));
    }
    Symptoms { entries: file.symptoms, patterns }
}

impl Pattern {
    fn new(entry: usize, matching: Matching, spelling: &str) -> Self {
        let squashed = Squashed::new(&clean(spelling)).text;
        let shorter = squashed.trim_end_matches(['.', ',']);
        let text = if shorter.len() >= LONG { shorter.to_owned() } else { squashed };
        let ends_with_word = text.ends_with(char::is_alphanumeric);
        Self { entry, ends_word: ends_with_word && matching != Matching::Contains, text, matching }
    }
}

impl Symptoms {
    /// Returns the built-in texts.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Returns every text.
    #[must_use]
    pub fn entries(&self) -> &[Symptom] {
        &self.entries
    }

    /// Returns the text of that id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Symptom> {
        self.entries.iter().find(|symptom| symptom.id == id)
    }
}
