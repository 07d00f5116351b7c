//! A list as CSV: a header, and a line for each person.

use csv::WriterBuilder;

use super::PersonRow;
use crate::{
    catalog::{Cause, Owner},
    checks::CheckId,
};

/// The first line.
pub const CSV_HEADER: &str = "user,display_name,status,cause,check,owner,headline\n";

/// Returns the line of one person; cause, check and owner are empty for the healthy.
///
/// # Errors
/// If the line cannot be written, which takes a lack of memory.
pub fn write_csv_row(row: &PersonRow) -> anyhow::Result<String> {
    let mut writer = WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    writer.write_record([
        defuse(&row.user),
        defuse(row.display_name.as_deref().unwrap_or("")),
        row.status.word().to_owned(),
        row.cause.map_or("", Cause::code).to_owned(),
        row.check.map_or("", CheckId::id).to_owned(),
        row.owner.map_or("", Owner::word).to_owned(),
        defuse(&row.headline),
    ])?;
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// Returns a text that no spreadsheet takes for a formula: somebody else chose the name.
fn defuse(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}
