//! Text in columns: wrapping, cutting and padding by the width that the terminal gives each character.

use ratatui::{style::Style, text::Span};

/// Returns the columns that a text takes.
#[must_use]
pub fn measure_width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let mut columns = 0;
    visit_clusters(text, |_, cluster| columns += cluster);
    columns
}

/// Visits what the terminal draws as one, a letter with its combining marks, and the columns it takes. This is
/// the division that the terminal's buffer makes, so that columns counted here are columns there.
fn visit_clusters(text: &str, mut visit: impl FnMut(&str, usize)) {
    let span = Span::raw(text);
    for grapheme in span.styled_graphemes(Style::new()) {
        visit(grapheme.symbol, Span::raw(grapheme.symbol).width());
    }
}

/// Returns the text cut to at most so many columns; where something is lost, the end says so.
#[must_use]
pub fn cut_text(text: &str, columns: usize, ellipsis: &str) -> String {
    if measure_width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(measure_width(ellipsis));
    let mut kept = String::new();
    let mut used = 0;
    visit_clusters(text, |cluster, wide| {
        // Once something did not fit, nothing after it may.
        used += wide;
        if used <= room {
            kept.push_str(cluster);
        }
    });
    let rest = columns.saturating_sub(measure_width(&kept));
    kept.push_str(ellipsis.get(..rest.min(ellipsis.len())).unwrap_or(if rest > 0 { ellipsis } else { "" }));
    kept
}

/// Returns the text filled up with blanks to so many columns.
pub(crate) fn pad_text(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(measure_width(text));
    format!("{text}{:missing$}", "")
}

/// Returns the text in lines of at most so many columns, at blanks where there are any. A longer word, an id or a
/// URL, goes on in the next line: nothing is lost but the blanks at which a line ends. Only a single character
/// that is wider than the line stands out of it.
#[must_use]
pub fn wrap_text(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    if text.is_ascii() && text.len() <= columns {
        return vec![text.to_owned()];
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        let wide = measure_width(word);
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
        visit_clusters(word, |cluster, wide| {
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
    use super::{cut_text, measure_width, pad_text, wrap_text};

    #[test]
    fn wide_and_combining_characters_count_as_they_are_drawn() {
        assert_eq!(measure_width("田中"), 4);
        assert_eq!(measure_width("e\u{301}"), 1);
        assert_eq!(pad_text("田", 4), "田  ");
    }

    #[test]
    fn a_cut_says_that_something_is_missing() {
        assert_eq!(cut_text("abcdef", 4, "…"), "abc…");
        assert_eq!(cut_text("abcdef", 5, "..."), "ab...");
        assert_eq!(cut_text("田中さん", 4, "…"), "田…");
        assert_eq!(cut_text("abcdef", 0, "…"), "");
        assert_eq!(cut_text("abcdef", 2, "..."), "..");
    }

    #[test]
    fn long_words_go_on_in_the_next_line() {
        assert_eq!(wrap_text("see arn:aws:sso", 8), ["see", "arn:aws:", "sso"]);
        assert_eq!(wrap_text("", 8), [""]);
    }

    #[test]
    fn marks_that_take_columns_go_on_in_the_next_line_too() {
        assert_eq!(wrap_text("\u{915}\u{903}\u{903}\u{903}", 2), ["\u{915}\u{903}", "\u{903}\u{903}"]);
    }
}
