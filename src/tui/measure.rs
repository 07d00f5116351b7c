//! Text in columns: wrapping, cutting and padding by the width that the terminal gives each character.

use ratatui::{style::Style, text::Span};

/// The columns that a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let mut columns = 0;
    each_cluster(text, |_, cluster| columns += cluster);
    columns
}

/// Visits what the terminal draws as one, a letter with its combining marks, and the columns it takes. This is
/// the division that the terminal's buffer makes, so that columns counted here are columns there.
fn each_cluster(text: &str, mut visit: impl FnMut(&str, usize)) {
    let span = Span::raw(text);
    for grapheme in span.styled_graphemes(Style::new()) {
        visit(grapheme.symbol, Span::raw(grapheme.symbol).width());
    }
}

/// Cuts to at most so many columns; where something is lost, the end says so.
#[must_use]
pub fn cut(text: &str, columns: usize, ellipsis: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(ellipsis));
    let mut kept = String::new();
    let mut used = 0;
    each_cluster(text, |cluster, wide| {
        // Once something did not fit, nothing after it may.
        used += wide;
        if used <= room {
            kept.push_str(cluster);
        }
    });
    let rest = columns.saturating_sub(width(&kept));
    kept.push_str(ellipsis.get(..rest.min(ellipsis.len())).unwrap_or(if rest > 0 { ellipsis } else { "" }));
    kept
}

/// Fills up with blanks to so many columns.
#[must_use]
pub fn pad(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(width(text));
    format!("{text}{:missing$}", "")
}

/// Breaks into lines of at most so many columns, at blanks where there are any. A longer word, an id or a
/// URL, goes on in the next line: nothing is lost but the blanks at which a line ends. Only a single character
/// that is wider than the line stands out of it.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    if text.is_ascii() && text.len() <= columns {
        return vec![text.to_owned()];
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        let wide = width(word);
        if used > 0 && used + 1 + wide <= columns {
            line.push(' ');
            line.push_str(word);
            used += 1 + wide;
            continue;
        }
        if used > 0 {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        let mut add = |piece: &str, wide: usize| {
            if used + wide > columns && used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(piece);
            used += wide;
        };
        each_cluster(word, |cluster, wide| {
            if wide <= columns {
                add(cluster, wide);
            } else {
                // Some marks take a column each, and any number of them can hang on one letter.
                let mut buffer = [0; 4];
                for letter in cluster.chars() {
                    let letter = &*letter.encode_utf8(&mut buffer);
                    add(letter, Span::raw(letter).width());
                }
            }
        });
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::{cut, pad, width, wrap};

    #[test]
    fn wide_and_combining_characters_count_as_they_are_drawn() {
        assert_eq!(width("田中"), 4);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(pad("田", 4), "田  ");
    }

    #[test]
    fn a_cut_says_that_something_is_missing() {
        assert_eq!(cut("abcdef", 4, "…"), "abc…");
        assert_eq!(cut("abcdef", 5, "..."), "ab...");
        assert_eq!(cut("田中さん", 4, "…"), "田…");
        assert_eq!(cut("abcdef", 0, "…"), "");
        assert_eq!(cut("abcdef", 2, "..."), "..");
    }

    #[test]
    fn long_words_go_on_in_the_next_line() {
        assert_eq!(wrap("see arn:aws:sso", 8), ["see", "arn:aws:", "sso"]);
        assert_eq!(wrap("", 8), [""]);
    }

    #[test]
    fn marks_that_take_columns_go_on_in_the_next_line_too() {
        assert_eq!(wrap("\u{915}\u{903}\u{903}\u{903}", 2), ["\u{915}\u{903}", "\u{903}\u{903}"]);
    }
}
