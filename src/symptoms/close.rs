//! Which of the known texts is closest to what somebody heard, or remembers.
//!
//! Words are compared, not letters: people keep the words that matter and change the others. A word weighs the more the
//! fewer texts have it. How much of the text was said, and how much of what was said is in the text, are put together.

use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

use super::catalogue::Symptoms;

/// From this similarity on a text is offered. The tests show what lies above it and below it.
const CLOSE: f64 = 0.60;
/// By so much the best one has to stand out, to be taken.
const MARGIN: f64 = 0.07;
/// So many texts are offered.
const MOST_OFFERED: usize = 3;
/// In more words than these nobody repeats a text: it is a log, in which it stands as it is or not at all.
const MOST_WORDS: usize = 400;
/// A text of fewer words is only close to something as short.
const FEW_WORDS: usize = 3;
/// Less of a text than this, by weight, is not the text.
const LEAST: f64 = 0.4;
/// So many words of a long text are enough.
const BEGINNING: usize = 5;
/// What was said around a text may have so many words more.
const SLACK: usize = 4;

/// What is closest.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Close {
    /// The one that stands out.
    pub(super) best: Option<usize>,
    /// Those that are close, where none stands out.
    pub(super) offered: Vec<usize>,
}

/// The words of all texts.
struct Index {
    /// Every word, once.
    words: Vec<String>,
    /// What each of them weighs.
    weights: Vec<f64>,
    /// The words of each text, by their places, in the order of the texts.
    texts: Vec<Vec<usize>>,
    /// What a word weighs that no text has.
    unknown: f64,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(Symptoms::built_in()));

/// Returns the texts that are close to what was said.
pub(super) fn find_close(symptoms: &Symptoms, cleaned: &str) -> Close {
    debug_assert_eq!(symptoms.entries().len(), INDEX.texts.len());
    let mut ranked = rank(cleaned);
    ranked.retain(|(_, similarity)| *similarity >= CLOSE);
    let Some((best, highest)) = ranked.first().copied() else { return Close::default() };
    let stands_out = ranked.get(1).is_none_or(|(_, second)| highest - second >= MARGIN);
    if stands_out {
        return Close { best: Some(best), offered: Vec::new() };
    }
    let tied = ranked.iter().take_while(|(_, similarity)| highest - similarity < MARGIN);
    Close { best: None, offered: tied.take(MOST_OFFERED).map(|(place, _)| *place).collect() }
}

/// Returns the places of all texts that have anything in common with what was typed, the closest first: for a list that
/// narrows while somebody types.
#[must_use]
pub fn narrow(typed: &str) -> Vec<usize> {
    let words = split_words(typed);
    let mut found: Vec<(usize, f64)> = Vec::new();
    for (place, symptom) in Symptoms::built_in().entries().iter().enumerate() {
        let known: Vec<String> =
            split_words(&[symptom.text.as_str(), symptom.place.as_str()].join(" ")).into_iter().collect();
        let likeness: Vec<f64> = words.iter().map(|word| typed_likeness(word, &known)).collect();
        if likeness.iter().all(|likeness| *likeness > 0.0) {
            found.push((place, likeness.iter().sum()));
        }
    }
    found.sort_by(|one, other| other.1.total_cmp(&one.1));
    found.into_iter().map(|(place, _)| place).collect()
}

/// Returns how well a word that is being typed fits one of these: it may be a beginning, or have small errors.
fn typed_likeness(word: &str, known: &[String]) -> f64 {
    let of = |known: &String| if known.starts_with(word) { 1.0 } else { compare_words(word, known) };
    known.iter().map(of).fold(0.0, f64::max)
}

fn rank(cleaned: &str) -> Vec<(usize, f64)> {
    let index = &*INDEX;
    let said = split_words(cleaned);
    if said.len() > MOST_WORDS {
        return Vec::new();
    }
    let said = Said::new(index, &said);
    let mut ranked: Vec<(usize, f64)> =
        index.texts.iter().enumerate().map(|(place, text)| (place, said.compare(index, text))).collect();
    ranked.sort_by(|one, other| other.1.total_cmp(&one.1));
    ranked
}

impl Index {
    #[expect(clippy::cast_precision_loss, reason = "there are some hundred texts")]
    fn new(symptoms: &Symptoms) -> Self {
        let texts: Vec<Vec<String>> = symptoms.entries().iter().map(|symptom| split_words(&symptom.text)).collect();
        let words: Vec<String> = texts.iter().flatten().cloned().collect::<BTreeSet<String>>().into_iter().collect();
        let count = texts.len() as f64;
        let weigh =
            |word: &String| ((count + 1.0) / texts.iter().filter(|text| text.contains(word)).count() as f64).ln();
        let places = |text: &Vec<String>| text.iter().filter_map(|word| words.binary_search(word).ok()).collect();
        Self {
            weights: words.iter().map(weigh).collect(),
            texts: texts.iter().map(places).collect(),
            unknown: (count + 1.0).ln() * 0.5,
            words,
        }
    }

    fn weigh(&self, word: usize) -> f64 {
        self.weights.get(word).copied().unwrap_or(self.unknown)
    }

    fn is_number(&self, word: usize) -> bool {
        self.words.get(word).is_some_and(|word| word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
    }
}

/// What was said, compared with every word there is.
struct Said {
    /// What each word weighs.
    weights: Vec<f64>,
    /// For each word of the index, how like it is to each word that was said; empty where it is like none.
    likeness: Vec<Vec<f64>>,
}

impl Said {
    fn new(index: &Index, said: &[String]) -> Self {
        let weigh = |word: &String| index.words.binary_search(word).map_or(index.unknown, |place| index.weigh(place));
        let row = |known: &String| {
            let row: Vec<f64> = said.iter().map(|word| compare_words(word, known)).collect();
            if row.iter().any(|likeness| *likeness > 0.0) { row } else { Vec::new() }
        };
        Self { weights: said.iter().map(weigh).collect(), likeness: index.words.iter().map(row).collect() }
    }

    fn row(&self, word: usize) -> &[f64] {
        self.likeness.get(word).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns how close a text is to the closest part of what was said, from 0 to 1.
    fn compare(&self, index: &Index, text: &[usize]) -> f64 {
        let said = self.weights.len();
        let met: BTreeSet<usize> = text.iter().copied().filter(|word| !self.row(*word).is_empty()).collect();
        // One word says something only where it is a number, which few texts have.
        let says_something = met.len() >= 2 || met.iter().any(|word| index.is_number(*word));
        if !says_something || text.len() < FEW_WORDS && said > text.len() + 1 {
            return 0.0;
        }
        let whole: f64 = text.iter().map(|word| index.weigh(*word)).sum();
        let most: f64 = text.iter().filter(|word| met.contains(word)).map(|word| index.weigh(*word)).sum();
        if most < LEAST * whole && met.len() < BEGINNING {
            return 0.0;
        }
        let width = text.len() + SLACK;
        let last = said.saturating_sub(width);
        let starts = (0..=last).step_by(if last == 0 { 1 } else { 2 });
        starts.map(|start| self.compare_part(index, text, start..(start + width).min(said))).fold(0.0, f64::max)
    }

    fn compare_part(&self, index: &Index, text: &[usize], part: Range<usize>) -> f64 {
        let mut covered = vec![0.0_f64; part.len()];
        let (mut matched, mut whole) = (0.0, 0.0);
        let mut met = BTreeSet::new();
        for word in text {
            let weight = index.weigh(*word);
            whole += weight;
            let row = self.row(*word).get(part.clone()).unwrap_or_default();
            let best = row.iter().copied().fold(0.0, f64::max);
            matched += weight * best;
            if best > 0.0 {
                met.insert(*word);
            }
            for (covered, likeness) in covered.iter_mut().zip(row) {
                *covered = covered.max(*likeness);
            }
        }
        let weights = self.weights.get(part).unwrap_or_default();
        let told: f64 = weights.iter().sum();
        let found: f64 = weights.iter().zip(&covered).map(|(weight, covered)| weight * covered).sum();
        let says_something = met.len() >= 2 || met.iter().any(|word| index.is_number(*word));
        if whole <= 0.0 || told <= 0.0 || matched <= 0.0 || !says_something {
            return 0.0;
        }
        let (of_text, of_said) = (matched / whole, found / told);
        let mean = 2.0 * of_text * of_said / (of_text + of_said);
        // Who reads out the beginning of a long sentence says nothing that is not in it; a word or two is no beginning.
        let is_beginning = of_said > 0.85 && met.len() > FEW_WORDS && (of_text > LEAST || met.len() >= BEGINNING);
        if is_beginning { mean.max(0.5_f64.mul_add(of_said, 0.5 * mean)) } else { mean }
    }
}

/// Returns how alike two words are, from 0 to 1: the same, the same but for small errors, or of the same stem.
fn compare_words(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < 4 || short.bytes().all(|byte| byte.is_ascii_digit()) {
        return 0.0;
    }
    if long.starts_with(short) && long.len() - short.len() <= 3 {
        return 0.9;
    }
    let allowed = if short.len() >= 8 { 2 } else { 1 };
    if long.len() - short.len() <= allowed && strsim::damerau_levenshtein(one, other) <= allowed {
        return 0.85;
    }
    let stem: usize = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    if stem >= 5 && long.len() - stem <= 4 { 0.7 } else { 0.0 }
}

/// Words that people say for others; with both sides read this way, either is found.
const SYNONYMS: [(&str, &str); 22] = [
    ("problem", "error"),
    ("issue", "error"),
    ("trouble", "error"),
    ("admin", "administrator"),
    ("org", "organization"),
    ("organisation", "organization"),
    ("organisational", "organizational"),
    ("given", "granted"),
    ("cant", "cannot"),
    ("couldnt", "could not"),
    ("hasnt", "has not"),
    ("havent", "have not"),
    ("isnt", "is not"),
    ("wasnt", "was not"),
    ("arent", "are not"),
    ("didnt", "did not"),
    ("doesnt", "does not"),
    ("wont", "will not"),
    ("licence", "subscription"),
    ("license", "subscription"),
    ("login", "log in"),
    ("signin", "sign in"),
];

/// Returns the words of a text as they are compared.
fn split_words(text: &str) -> Vec<String> {
    let words = split_letters(text);
    let said = |word: &String| {
        SYNONYMS.iter().find(|(other, _)| other == word).map_or(word.clone(), |(_, one)| (*one).to_owned())
    };
    words.iter().map(said).flat_map(|word| word.split(' ').map(ToOwned::to_owned).collect::<Vec<_>>()).collect()
}

/// Returns the words of a text in lower case, numbers apart from letters.
fn split_letters(text: &str) -> Vec<String> {
    let folded = deunicode::deunicode(text).to_lowercase().replace(['\'', '`'], "");
    let mut words: Vec<String> = Vec::new();
    for piece in folded.split(|character: char| !character.is_ascii_alphanumeric()) {
        let mut word = String::new();
        for character in piece.chars() {
            if word.ends_with(|last: char| last.is_ascii_digit() != character.is_ascii_digit()) {
                words.push(std::mem::take(&mut word));
            }
            word.push(character);
        }
        match (word.as_str(), words.last_mut()) {
            ("", _) => {}
            // What is left of "it's" and "couldn't".
            ("s" | "t", Some(before)) => before.push_str(&word),
            _ => words.push(word),
        }
    }
    words
}
