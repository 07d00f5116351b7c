//! A list as a table: a line for each person, problems first, and a summary last.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::{
    Owner, PersonRow,
    summary::{group_by_cause, write_summary},
};
use crate::{
    report::{diagnosis::VerdictStatus, glyph::Glyphs},
    text::escape_markdown as escape,
};

/// Returns the table and its summary; only the summary where there is no row to show.
#[must_use]
pub fn write_table(rows: &[PersonRow], only_problems: bool, glyphs: Glyphs) -> String {
    let shown = sort_rows(rows, only_problems);
    let widest = |cell: fn(&PersonRow) -> &str| shown.iter().map(|row| cell(row).width()).max().unwrap_or(0);
    let (user, name) = (widest(|row| &row.user), widest(|row| row.display_name.as_deref().unwrap_or("")));
    let title = widest(|row| &row.title);
    let mut table = String::new();
    for row in &shown {
        let owner = row.owner.map_or("", Owner::word);
        let line = [
            glyphs.verdict_mark(row.status).to_owned(),
            pad(&row.user, user),
            pad(row.display_name.as_deref().unwrap_or(""), name),
            pad(&row.title, title),
            owner.to_owned(),
        ]
        .join("  ");
        table.push_str(line.trim_end());
        table.push('\n');
    }
    if !shown.is_empty() {
        table.push('\n');
    }
    table + &write_summary(rows).join("\n") + "\n"
}

/// Returns the table and its summary in Markdown.
#[must_use]
pub fn write_markdown_table(rows: &[PersonRow], only_problems: bool) -> String {
    let mut table = String::from("| User | Name | Verdict | Who acts |\n| --- | --- | --- | --- |\n");
    for row in sort_rows(rows, only_problems) {
        let cells = [&row.user, row.display_name.as_deref().unwrap_or(""), &row.title].map(escape);
        let owner = row.owner.map_or("", Owner::word);
        // Writing into a `String` cannot fail.
        let _: std::fmt::Result = writeln!(table, "| {} | {owner} |", cells.join(" | "));
    }
    table.push('\n');
    for line in write_summary(rows) {
        let _: std::fmt::Result = writeln!(table, "- {}", escape(line.trim()));
    }
    table
}

/// Returns the rows to show, those with one cause together.
fn sort_rows(rows: &[PersonRow], only_problems: bool) -> Vec<&PersonRow> {
    let groups = group_by_cause(rows).into_iter();
    let shown = groups.filter(|group| !only_problems || group.status != VerdictStatus::Healthy);
    shown.flat_map(|group| group.rows).collect()
}

/// Returns the text with blanks up to so many columns.
fn pad(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}
