//! Makes what was pasted comparable: letter case, blanks, line breaks, quotation marks, HTML entities, JSON's escapes and
//! the colours of a terminal aside.

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::text::is_invisible;

/// The colours and movements of a terminal, also where the escape itself was lost.
static ESCAPES: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]|(?:\^\[|\u{241b})?\[[0-9;]{1,8}m")
});

/// How the escapes begin whose first character was lost.
const BARE_ESCAPES: [&str; 4] = ["[0", "[1", "[3", "[9"];

/// The tags that stand inside sentences.
static TAGS: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"(?i)</?(?:br|p|b|i|em|strong|span|div|a|li|ul|td|tr|code|pre|h[1-6])(?:\s[^<>]{0,300})?/?>")
});

/// Returns a regular expression of this program's own.
#[expect(clippy::expect_used, reason = "each is written here, and the tests use it")]
pub(super) fn compile(form: &str) -> Regex {
    Regex::new(form).expect("a built-in form can be compiled")
}

/// Returns what was pasted as it was shown: without escapes, entities and tags. Line ends stay.
pub(super) fn clean(pasted: &str) -> String {
    let mut text = unescape(pasted);
    for _ in 0..2 {
        if text.contains('&') {
            text = html_escape::decode_html_entities(&text).into_owned();
        }
    }
    if text.contains('\u{1b}') || BARE_ESCAPES.iter().any(|bare| text.contains(bare)) {
        text = ESCAPES.replace_all(&text, "").into_owned();
    }
    if text.contains('<') {
        text = TAGS.replace_all(&text, " ").into_owned();
    }
    text
}

/// Returns a text without the escapes of JSON, once or several times around it.
fn unescape(pasted: &str) -> String {
    if !pasted.contains('\\') {
        return pasted.to_owned();
    }
    let mut text = String::with_capacity(pasted.len());
    let mut letters = pasted.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        let rest = letters.as_str().trim_start_matches('\\');
        letters = rest.chars();
        match letters.next() {
            Some('n' | 'r') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('u') => letters = push_code(&mut text, rest, 4),
            Some('x') => letters = push_code(&mut text, rest, 2),
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}

/// Takes in the character of an escape of so many hexadecimal digits, and returns what follows it.
fn push_code<'a>(text: &mut String, escape: &'a str, digits: usize) -> std::str::Chars<'a> {
    let code = escape.get(1..=digits).and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
    if let Some(character) = code {
        text.push(character);
        return escape.get(digits + 1..).unwrap_or_default().chars();
    }
    escape.chars()
}

/// Before this character stood a blank.
const GAP: u8 = 1;
/// With this character a line begins.
const LINE: u8 = 2;
/// This character was a capital.
const CAPITAL: u8 = 4;

/// A text without its blanks, in lower case, with one kind of quotation mark; and where the blanks were.
#[derive(Debug, Clone, Default)]
pub(super) struct Squashed {
    pub(super) text: String,
    /// One for each byte of the text.
    marks: Vec<u8>,
}

impl Squashed {
    /// Returns what was cleaned in the form in which it is compared.
    pub(super) fn new(cleaned: &str) -> Self {
        let mut squashed = Self::default();
        let mut mark = LINE;
        for character in cleaned.chars() {
            if matches!(character, '\n' | '\r') {
                mark = GAP | LINE;
            } else if character.is_whitespace() {
                mark |= GAP;
            } else if mark & LINE != 0 && is_margin(character) || is_invisible(character) {
                // What quotes a line of a mail, or frames it, is no part of it.
            } else {
                if character.is_uppercase() {
                    mark |= CAPITAL;
                }
                squashed.push(character, mark);
                mark = 0;
            }
        }
        squashed
    }

    fn push(&mut self, character: char, mark: u8) {
        match character {
            '"' | '\'' | '`' | '´' | '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '‟' | '′' | '″' | '«' | '»' | '‹'
            | '›' | '＂' | '＇' => self.text.push('\''),
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => self.text.push('-'),
            '…' => self.text.push_str("..."),
            _ => self.text.extend(character.to_lowercase()),
        }
        if self.marks.len() < self.text.len() {
            self.marks.push(mark);
        }
        self.marks.resize(self.text.len(), 0);
    }

    fn has(&self, place: usize, mark: u8) -> bool {
        self.marks.get(place).is_some_and(|marks| marks & mark != 0)
    }

    fn character_before(&self, place: usize) -> Option<char> {
        self.text.get(..place)?.chars().next_back()
    }

    /// Returns true where a word ends or begins.
    pub(super) fn is_boundary(&self, place: usize) -> bool {
        let is_part = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        let after = self.text.get(place..).and_then(|rest| rest.chars().next());
        self.has(place, GAP | LINE) || !is_part(self.character_before(place)) || !is_part(after)
    }

    /// Returns true where a sentence can begin: with a line, behind a mark, a time, or the word for how bad it is. A
    /// capital tells it as well, unless all letters are.
    pub(super) fn begins_sentence(&self, place: usize) -> bool {
        let Some(before) = self.character_before(place) else { return true };
        if self.has(place, LINE) || !before.is_alphanumeric() {
            return true;
        }
        if !self.has(place, GAP) {
            return false;
        }
        let word = self.word_before(place);
        let is_capital = self.has(place, CAPITAL) && !self.has(place + 1, CAPITAL);
        is_capital || word.contains(|letter: char| letter.is_ascii_digit()) || LEVELS.contains(&word)
    }

    fn word_before(&self, place: usize) -> &str {
        let mut start = place;
        for (index, character) in self.text.get(..place).unwrap_or_default().char_indices().rev() {
            if !character.is_alphanumeric() {
                break;
            }
            start = index;
            if self.has(index, GAP | LINE) {
                break;
            }
        }
        self.text.get(start..place).unwrap_or_default()
    }
}

/// The words for how bad a line of a log is.
const LEVELS: [&str; 10] = ["error", "err", "warn", "warning", "info", "debug", "trace", "fatal", "critical", "notice"];

/// Returns true for what stands before the lines of a quoted mail, or is a frame around them.
fn is_margin(character: char) -> bool {
    matches!(character, '>' | '|' | '│' | '┃' | '║' | '*' | '•')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squash(pasted: &str) -> String {
        Squashed::new(&clean(pasted)).text
    }

    #[test]
    fn what_pasting_adds_makes_no_difference() {
        let plain = squash("We couldn't \"verify\" it.");
        for pasted in [
            "  WE COULDN\u{2019}T \u{201c}VERIFY\u{201d}\u{a0}IT.",
            "We couldn&rsquo;t &quot;verify&quot; it.",
            "We couldn&amp;#39;t<br/>&ldquo;verify&rdquo; it.",
            "\u{1b}[31mWe couldn't\u{1b}[0m\n\"verify\"\r\nit.",
            "[0;31mWe couldn't[0m \"verify\" it.",
            "> We couldn't\n> \"verify\" it.",
            "We couldn\\u2019t \\\"verify\\\" it.",
            "We couldn't \\\\\\\"verify\\\\\\\" it.",
            "We could\u{200b}n't \"ver\nify\" it.",
        ] {
            assert_eq!(squash(pasted), plain, "{pasted:?}");
        }
    }

    #[test]
    fn a_sentence_begins_where_a_log_lets_it() {
        let begins = |before: &str| {
            let squashed = Squashed::new(&format!("{before}unable to go"));
            squashed.begins_sentence(squashed.text.find("unable").unwrap())
        };
        for before in ["", "2026-11-21 19:00:00 ", "19:00:00Z ", "error ", "[main] ", "Sorry. ", "first\n", "pid 412 "]
        {
            assert!(begins(before), "{before:?}");
        }
        for before in ["she was ", "x", "it is "] {
            assert!(!begins(before), "{before:?}");
        }
    }
}
