//! A comparison as text, as Markdown, and as JSON.

use std::fmt::Write;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::{Comparison, GroupPlace, Person, Whose};
use crate::{report::glyph::Glyphs, text::escape_markdown as escape};

const SCHEMA: u32 = 1;

/// Returns a comparison as text.
#[must_use]
pub fn write_comparison(comparison: &Comparison, glyphs: Glyphs) -> String {
    // Writing into a `String` cannot fail.
    let mut out = String::new();
    let _: std::fmt::Result = write_text(&mut out, comparison, glyphs);
    out
}

fn write_text(out: &mut String, comparison: &Comparison, glyphs: Glyphs) -> std::fmt::Result {
    let Comparison { failing, working, .. } = comparison;
    writeln!(out, "{}\n", comparison.difference)?;
    for person in [failing, working] {
        writeln!(out, "{}: {}. {}", describe_person(person), person.status.to_uppercase(), person.headline)?;
    }
    writeln!(out, "\nChecks, those that differ first:")?;
    let title = comparison.checks.iter().map(|pair| pair.title.width()).max().unwrap_or(0);
    for pair in &comparison.checks {
        let mark = if pair.differs { "!" } else { " " };
        let gap = " ".repeat(title.saturating_sub(pair.title.width()));
        let [word, summary] = &pair.failing;
        writeln!(out, "{mark} {}{gap}  {}: {word}. {summary}", pair.title, failing.name)?;
        if pair.differs || pair.working != pair.failing {
            let [word, summary] = &pair.working;
            writeln!(out, "  {}  {}: {word}. {summary}", " ".repeat(title), working.name)?;
        }
    }
    writeln!(out, "\nIn the directory:")?;
    for pair in &comparison.directory {
        let mark = if pair.differs { "!" } else { " " };
        writeln!(out, "{mark} {}: {} / {}", pair.label, pair.failing, pair.working)?;
    }
    for (whose, title) in list_titles(failing, working) {
        let groups: Vec<&GroupPlace> = comparison.groups.iter().filter(|group| group.whose == whose).collect();
        if !groups.is_empty() {
            writeln!(out, "\nGroups, {title}:")?;
        }
        for group in groups {
            let mark = glyphs.status_mark(Some(if group.grants {
                crate::checks::Status::Pass
            } else {
                crate::checks::Status::Skipped
            }));
            let grants = if group.grants { ", gives access" } else { "" };
            writeln!(out, "{mark} {}{grants}", group.name)?;
        }
    }
    for missing in &comparison.groups_missing {
        writeln!(out, "\nNot compared: {missing}.")?;
    }
    Ok(())
}

fn describe_person(person: &Person) -> String {
    if person.name == person.user { person.user.clone() } else { format!("{} ({})", person.name, person.user) }
}

fn list_titles(failing: &Person, working: &Person) -> [(Whose, String); 3] {
    [
        (Whose::Working, format!("only {}'s", working.name)),
        (Whose::Failing, format!("only {}'s", failing.name)),
        (Whose::Both, "of both".to_owned()),
    ]
}

/// Returns a comparison as Markdown.
#[must_use]
pub fn write_comparison_markdown(comparison: &Comparison) -> String {
    let mut out = String::new();
    let _: std::fmt::Result = write_markdown(&mut out, comparison);
    out
}

fn write_markdown(out: &mut String, comparison: &Comparison) -> std::fmt::Result {
    let Comparison { failing, working, .. } = comparison;
    let [name, other] = [failing, working].map(|person| escape(&person.name));
    writeln!(out, "## {}\n", escape(&comparison.difference))?;
    writeln!(out, "| Check | {name} | {other} |\n| --- | --- | --- |")?;
    for pair in &comparison.checks {
        let [one, two] = [&pair.failing, &pair.working].map(|[word, summary]| escape(&format!("{word}: {summary}")));
        let title = escape(&pair.title);
        let title = if pair.differs { format!("**{title}**") } else { title };
        writeln!(out, "| {title} | {one} | {two} |")?;
    }
    for pair in &comparison.directory {
        let label = if pair.differs { format!("**{}**", pair.label) } else { pair.label.to_owned() };
        writeln!(out, "| {label} | {} | {} |", escape(&pair.failing), escape(&pair.working))?;
    }
    for (whose, title) in list_titles(failing, working) {
        let groups = comparison.groups.iter().filter(|group| group.whose == whose);
        let names: Vec<String> = groups
            .map(|group| format!("{}{}", escape(&group.name), if group.grants { " (gives access)" } else { "" }))
            .collect();
        if !names.is_empty() {
            writeln!(out, "\n- Groups, {}: {}", escape(&title), names.join(", "))?;
        }
    }
    for missing in &comparison.groups_missing {
        writeln!(out, "\n- Not compared: {}", escape(missing))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Report<'a> {
    schema: u32,
    version: &'static str,
    #[serde(flatten)]
    comparison: &'a Comparison,
}

/// Returns a comparison as one line of JSON, with its end.
///
/// # Errors
/// If it cannot be written, which takes a lack of memory: texts, flags and lists always serialize.
pub fn write_comparison_json(comparison: &Comparison) -> serde_json::Result<String> {
    let report = Report { schema: SCHEMA, version: env!("CARGO_PKG_VERSION"), comparison };
    Ok(serde_json::to_string(&report)? + "\n")
}
