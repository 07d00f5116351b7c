//! What is wrong with a TOML file that a person wrote, in one line that is safe to show.

use std::{error::Error, fmt};

use crate::text;

/// The place, what was expected, and what the line says. The parser's own report would repeat the file's text as it
/// is, with whatever moves the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed(String);

impl Malformed {
    /// Returns what is wrong, from a file's text and the parser's error.
    #[must_use]
    pub fn new(file: &str, error: &toml::de::Error) -> Self {
        let message = text::paragraph(&error.message().lines().collect::<Vec<_>>().join(", "));
        let before = error.span().and_then(|span| file.get(..span.start));
        let Some(before) = before else {
            return Self(message);
        };
        let number = before.matches('\n').count();
        let place = format!("line {}: {message}", number + 1);
        // Behind the last line there is none to quote.
        match file.lines().nth(number) {
            Some(line) => Self(format!("{place}: {}", text::clean(line.trim()))),
            None => Self(place),
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Error for Malformed {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_and_what_was_expected_are_named_and_nothing_moves_the_cursor() {
        let file = "a = 1\n\"b\\u001b[31m\\nFORGED\" = \u{202e}2\n";
        let error = toml::from_str::<toml::Table>(file).unwrap_err();
        let shown = Malformed::new(file, &error).to_string();
        assert!(shown.starts_with("line 2: "), "{shown}");
        assert!(!shown.chars().any(text::is_invisible), "{shown}");
    }
}
