//! The words of AWS that remain, explained (`assets/glossary.toml`).

use serde::Deserialize;

use super::{CatalogError, parse_toml, template::join_lines};

/// The words that people meet in reports and consoles, and what they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glossary {
    terms: Vec<Term>,
}

/// One word.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The word, as it is written in the middle of a sentence.
    pub word: String,
    /// What else it is called.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What it means, in one to three sentences.
    pub meaning: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GlossaryFile {
    terms: Vec<Term>,
}

impl Glossary {
    /// Returns the built-in glossary.
    ///
    /// # Errors
    /// If a key is misspelt; a test holds that this cannot happen.
    pub fn built_in() -> Result<Self, CatalogError> {
        let file: GlossaryFile = parse_toml(include_str!("../../assets/glossary.toml"), "assets/glossary.toml")?;
        let written_in_lines = |term: Term| Term { meaning: join_lines(&term.meaning), ..term };
        Ok(Self { terms: file.terms.into_iter().map(written_in_lines).collect() })
    }

    /// Returns every word, in the order of the alphabet.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Returns the entry of a word, when there is one. Letter case, hyphens and a plural do not count.
    #[must_use]
    pub fn find(&self, word: &str) -> Option<&Term> {
        let wanted = simplify(word);
        self.terms
            .iter()
            .find(|term| simplify(&term.word) == wanted || term.aliases.iter().any(|alias| simplify(alias) == wanted))
    }
}

/// Returns a word in the form in which words are compared.
fn simplify(word: &str) -> String {
    let spaced = word.to_lowercase().replace(['-', '_'], " ");
    let simple = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    simple.strip_suffix('s').map_or(simple.clone(), ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_however_it_is_written() {
        let glossary = Glossary::built_in().unwrap();
        for word in ["identity store", "Identity-Store", "identity_stores", " DIRECTORY "] {
            assert_eq!(glossary.find(word).unwrap().word, "identity store", "{word}");
        }
        assert_eq!(glossary.find("nonsense"), None);
    }

    #[test]
    fn the_words_stand_in_order_and_none_means_two_things() {
        let glossary = Glossary::built_in().unwrap();
        let words: Vec<&str> = glossary.terms().iter().map(|term| term.word.as_str()).collect();
        let mut sorted = words.clone();
        sorted.sort_by_key(|word| word.to_lowercase());
        assert_eq!(words, sorted);
        for term in glossary.terms() {
            for name in std::iter::once(&term.word).chain(&term.aliases) {
                assert_eq!(glossary.find(name).unwrap().word, term.word, "{name}");
            }
        }
    }
}
