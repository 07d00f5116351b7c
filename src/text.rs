//! Where data becomes text: the one place that makes what AWS, a file or a person supplied safe to show.
//!
//! Directory names can hold anything. After [`clean`] nothing of it can move a cursor, set a title, begin a line
//! of its own or turn the writing direction; after [`quote`] nothing of it can run in a shell.

/// The longest piece of foreign text that is shown, in characters.
const SHOWN_LIMIT: usize = 256;

/// Stands where something was taken out.
const REPLACEMENT: char = '\u{FFFD}';

/// True for control characters and for format characters that change how neighbours are shown: zero-width
/// characters, bidirectional marks, overrides and isolates, line and paragraph separators, tags.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Foreign text for one line of output: invisible characters are replaced, long text is cut with "…".
#[must_use]
pub fn clean(foreign: &str) -> String {
    let mut shown: String = foreign
        .chars()
        .take(SHOWN_LIMIT)
        .map(|character| if is_invisible(character) { REPLACEMENT } else { character })
        .collect();
    if foreign.chars().nth(SHOWN_LIMIT).is_some() {
        shown.push('…');
    }
    shown
}

/// Foreign text as one word of a POSIX shell command, or `None` if it cannot be shown exactly: a command with
/// another id than the real one would be worse than none.
#[must_use]
pub fn quote(foreign: &str) -> Option<String> {
    if foreign.is_empty() || foreign.chars().any(is_invisible) || foreign.chars().count() > SHOWN_LIMIT {
        return None;
    }
    shlex::try_quote(foreign).ok().map(std::borrow::Cow::into_owned)
}

/// Foreign text inside a line of Markdown: what would start a link, a tag, a table cell or an emphasis is escaped.
#[must_use]
pub fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&' | '@'
        ) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// "1 group", "2 groups".
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}
