//! Where data becomes text: the one place that makes what AWS, a file or a person supplied safe to show.
//!
//! Directory names can hold anything. After [`clean`] nothing of it can move a cursor, set a title, begin a line
//! of its own or turn the writing direction; after [`quote`] nothing of it can run in a shell.

use std::sync::OnceLock;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// The longest piece of foreign text that is shown, in characters.
const SHOWN_LIMIT: usize = 256;

/// The longest sentence that is shown: twenty names of groups and twenty more.
const PARAGRAPH_LIMIT: usize = 12_000;

/// Stands where something was taken out.
const REPLACEMENT: &str = "\u{FFFD}";

/// Returns true for control characters and for format characters that change how neighbours are shown: zero-width
/// characters, bidirectional marks, overrides and isolates, line and paragraph separators, tags.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Returns true for the invisible characters that can be part of a user name as AWS takes it (`\p{M}`): joiners and
/// selectors that stand behind a letter. Without them a name is another name.
#[must_use]
pub fn is_invisible_mark(character: char) -> bool {
    matches!(character,
        '\u{034F}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0100}'..='\u{E01EF}')
}

/// Returns foreign text for one line of output: invisible characters are replaced, long text is cut with "…".
#[must_use]
pub fn clean(foreign: &str) -> String {
    replace_invisible(foreign, SHOWN_LIMIT)
}

/// Returns the same for a sentence that was put together from several pieces, each of which may be long.
#[must_use]
pub fn paragraph(text: &str) -> String {
    replace_invisible(text, PARAGRAPH_LIMIT)
}

fn replace_invisible(text: &str, limit: usize) -> String {
    let mut shown = text.chars().take(limit).collect::<String>().replace(is_invisible, REPLACEMENT);
    if text.chars().nth(limit).is_some() {
        shown.push('…');
    }
    shown
}

/// A kind of shell, as far as quoting goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// bash, zsh, and the like.
    Posix,
    /// `PowerShell`.
    PowerShell,
}

/// The shell of this run. It is settled once, before anything is written.
static SHELL: OnceLock<Shell> = OnceLock::new();

/// Settles for which shell commands are written; without it, for the platform's own.
pub fn settle_shell(shell: Shell) {
    SHELL.get_or_init(|| shell);
}

/// Returns the shell that commands are written for.
#[must_use]
pub fn read_shell() -> Shell {
    let usual = if cfg!(windows) { Shell::PowerShell } else { Shell::Posix };
    *SHELL.get().unwrap_or(&usual)
}

/// Returns foreign text as one word of a shell command, or `None` if it cannot be shown exactly: a command with another
/// id than the real one would be worse than none.
#[must_use]
pub fn quote(foreign: &str) -> Option<String> {
    quote_for(read_shell(), foreign)
}

fn quote_for(shell: Shell, foreign: &str) -> Option<String> {
    if foreign.is_empty() || foreign.chars().any(is_invisible) || foreign.chars().count() > SHOWN_LIMIT {
        return None;
    }
    match shell {
        Shell::Posix => shlex::try_quote(foreign).ok().map(std::borrow::Cow::into_owned),
        Shell::PowerShell => Some(quote_for_powershell(foreign)),
    }
}

/// In single quotes nothing has a meaning but the quotes themselves; `PowerShell` takes the typographic ones for the
/// same.
fn quote_for_powershell(foreign: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_./:\\".contains(character);
    if foreign.chars().all(is_plain) && !foreign.starts_with('-') {
        return foreign.to_owned();
    }
    let mut quoted = String::from("'");
    for character in foreign.chars() {
        if matches!(character, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}') {
            quoted.push(character);
        }
        quoted.push(character);
    }
    quoted.push('\'');
    quoted
}

/// Returns foreign text inside a line of Markdown: what would start a link, a tag, a table cell or an emphasis is
/// escaped.
#[must_use]
pub fn escape_markdown(text: &str) -> String {
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

/// Returns an address without the user and the password in it, whether it is a proper one or not.
#[must_use]
pub fn without_password(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").map_or(("", address), |(scheme, rest)| (scheme, rest));
    let separator = if address.contains("://") { "://" } else { "" };
    match rest.rsplit_once('@') {
        Some((_, place)) => format!("{scheme}{separator}***@{place}"),
        None => address.to_owned(),
    }
}

/// Returns the same for a sentence in which addresses may stand.
#[must_use]
pub fn without_passwords(sentence: &str) -> String {
    let words =
        sentence.split(' ').map(|word| if word.contains("://") { without_password(word) } else { word.to_owned() });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns a time before `now` in words, in UTC: "today at 04:13 UTC", "yesterday at 04:13 UTC", or the date.
#[must_use]
pub fn describe_past(now: Timestamp, then: Timestamp) -> String {
    let clock = then.strftime("%H:%M UTC");
    match days_between(now, then) {
        Some(0) => format!("today at {clock}"),
        Some(-1) => format!("yesterday at {clock}"),
        _ => then.strftime("on %-d %B %Y at %H:%M UTC").to_string(),
    }
}

/// Returns a time after `now` in words, in UTC: "today 04:13 UTC", "tomorrow 04:13 UTC", or the date.
#[must_use]
pub fn describe_future(now: Timestamp, then: Timestamp) -> String {
    let clock = then.strftime("%H:%M UTC");
    match days_between(now, then) {
        Some(0) => format!("today {clock}"),
        Some(1) => format!("tomorrow {clock}"),
        _ => then.strftime("%-d %B %Y %H:%M UTC").to_string(),
    }
}

/// Returns a time before `now` in words, by the clocks of a time zone: "09:05 CET, 25 minutes ago".
#[must_use]
pub fn describe_moment(now: Timestamp, then: Timestamp, time_zone: Option<&TimeZone>) -> String {
    let zone = time_zone.cloned().unwrap_or(TimeZone::UTC);
    let (today, told) = (now.to_zoned(zone.clone()).date(), then.to_zoned(zone));
    let is_today = told.date() == today;
    let day = if is_today { String::new() } else { told.strftime(" on %-d %B").to_string() };
    format!("{}{day}, {}", told.strftime("%H:%M %Z"), describe_age(now.duration_since(then)))
}

/// Returns a time by the clocks of a time zone, to the second: "09:05:12 CET".
#[must_use]
pub fn show_clock(then: Timestamp, time_zone: Option<&TimeZone>) -> String {
    let zone = time_zone.cloned().unwrap_or(TimeZone::UTC);
    then.to_zoned(zone).strftime("%H:%M:%S %Z").to_string()
}

/// Returns "just now", "25 minutes ago", "3 hours ago".
fn describe_age(age: SignedDuration) -> String {
    let (minutes, hours) = (age.as_mins(), age.as_hours());
    let counted = |number: i64, one: &str, many: &str| count(usize::try_from(number).unwrap_or(0), one, many);
    match (minutes, hours) {
        (..1, _) => "just now".to_owned(),
        (..90, _) => format!("{} ago", counted(minutes, "minute", "minutes")),
        (_, ..48) => format!("{} ago", counted((minutes + 30) / 60, "hour", "hours")),
        _ => format!("{} ago", counted(hours / 24, "day", "days")),
    }
}

/// Returns how many midnights, in UTC, lie between two times.
fn days_between(now: Timestamp, then: Timestamp) -> Option<i32> {
    let date = |time: Timestamp| time.to_zoned(TimeZone::UTC).date();
    date(now).until(date(then)).ok().map(|span| span.get_days())
}

/// "1 group", "2 groups".
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_move_the_cursor_is_taken_out() {
        assert_eq!(clean("a\u{1b}[2Jb\r\nc\u{202e}d\u{200b}e"), "a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}c\u{FFFD}d\u{FFFD}e");
        assert_eq!(clean("Zoë 東京 👩 é"), "Zoë 東京 👩 é");
        assert_eq!(clean(&"x".repeat(10_000)).chars().count(), SHOWN_LIMIT + 1);
    }

    #[test]
    fn marks_are_shown_unless_nothing_of_them_is_to_be_seen() {
        assert_eq!(clean("Zoe\u{308} हिन्दी"), "Zoe\u{308} हिन्दी");
        assert_eq!(clean("a\u{34f}b\u{fe0f}"), "a\u{FFFD}b\u{FFFD}");
        assert!(('\0'..=char::MAX).filter(|&character| is_invisible_mark(character)).all(is_invisible));
    }

    #[test]
    fn a_time_is_told_as_people_say_it() {
        let time = |text: &str| text.parse::<Timestamp>().unwrap();
        let now = time("2026-11-24T04:13:00Z");
        assert_eq!(describe_past(now, time("2026-11-24T00:00:00Z")), "today at 00:00 UTC");
        assert_eq!(describe_past(now, time("2026-11-23T23:59:59Z")), "yesterday at 23:59 UTC");
        assert_eq!(describe_past(now, time("2026-11-02T07:00:00Z")), "on 2 November 2026 at 07:00 UTC");
        assert_eq!(describe_future(now, time("2026-11-24T23:59:00Z")), "today 23:59 UTC");
        assert_eq!(describe_future(now, time("2026-11-25T04:13:00Z")), "tomorrow 04:13 UTC");
        assert_eq!(describe_future(now, time("2027-01-01T00:00:00Z")), "1 January 2027 00:00 UTC");
    }

    #[test]
    fn a_moment_is_told_by_the_clock_of_a_time_zone_and_by_its_age() {
        let time = |text: &str| text.parse::<Timestamp>().unwrap();
        let now = time("2026-11-21T19:00:00Z");
        let moment = |then: &str| describe_moment(now, time(then), None);
        assert_eq!(moment("2026-11-21T18:59:40Z"), "18:59 UTC, just now");
        assert_eq!(moment("2026-11-21T18:35:00Z"), "18:35 UTC, 25 minutes ago");
        assert_eq!(moment("2026-11-20T22:00:00Z"), "22:00 UTC on 20 November, 21 hours ago");
        assert_eq!(moment("2026-11-18T19:00:00Z"), "19:00 UTC on 18 November, 3 days ago");
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        assert_eq!(describe_moment(now, time("2026-11-21T18:35:00Z"), Some(&zone)), "19:35 +01, 25 minutes ago");
        assert_eq!(show_clock(now, Some(&zone)), "20:00:00 +01");
    }

    #[test]
    fn a_word_of_a_command_is_exact_or_absent() {
        assert_eq!(quote_for(Shell::Posix, "d-1234567890"), Some("d-1234567890".to_owned()));
        assert_eq!(quote_for(Shell::Posix, "a b'; rm -rf ~"), Some("\"a b'; rm -rf ~\"".to_owned()));
        assert_eq!(quote_for(Shell::PowerShell, "d-1234567890"), Some("d-1234567890".to_owned()));
        assert_eq!(quote_for(Shell::PowerShell, "it's $(now)"), Some("'it''s $(now)'".to_owned()));
        for shell in [Shell::Posix, Shell::PowerShell] {
            assert_eq!(quote_for(shell, "a\nb"), None);
            assert_eq!(quote_for(shell, ""), None);
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        assert_eq!(without_password("http://ana:hunter2@proxy:8080"), "http://***@proxy:8080");
        assert_eq!(without_password("http://ana:hun/ter@2@proxy:8080/"), "http://***@proxy:8080/");
        assert_eq!(without_password("ana:hunter2@proxy"), "***@proxy");
        assert_eq!(without_password("http://proxy:8080"), "http://proxy:8080");
        let sentence = "cannot reach http://ana:hunter2@proxy:8080 for ana@corp.example";
        assert_eq!(without_passwords(sentence), "cannot reach http://***@proxy:8080 for ana@corp.example");
    }

    #[test]
    fn markdown_stays_a_line_of_text() {
        assert_eq!(escape_markdown("<b>|[x](y)|`#"), r"\<b\>\|\[x\](y)\|\`\#");
    }
}
