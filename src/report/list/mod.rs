//! A list of people: one row each, and what is the matter with most of them.

mod csv;
mod summary;
mod table;

pub use self::{
    csv::{CSV_HEADER, write_csv_row},
    summary::{sort_by_cause, write_cause, write_counts, write_summary},
    table::{write_markdown_table, write_table},
};
use super::diagnosis::{Check, CheckId, Diagnosis, Owner, VerdictStatus};
use crate::catalog::Cause;

/// What a list says of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// The user, as typed and normalised.
    pub user: String,
    /// The name that people read, where the directory has one.
    pub display_name: Option<String>,
    /// The kind of verdict.
    pub status: VerdictStatus,
    /// The cause; `None` if healthy.
    pub cause: Option<Cause>,
    /// The check that the cause is from.
    pub check: Option<CheckId>,
    /// Who acts.
    pub owner: Option<Owner>,
    /// The verdict in two to five words.
    pub title: String,
    /// The verdict in a sentence.
    pub headline: String,
    /// What to do, in a line that names nobody.
    pub fix: Option<String>,
}

impl PersonRow {
    /// Returns the row of a diagnosis; `None` while it has no verdict.
    #[must_use]
    pub fn from_diagnosis(diagnosis: &Diagnosis) -> Option<Self> {
        let verdict = diagnosis.verdict.as_ref()?;
        let fixes = verdict.check.and_then(|id| diagnosis.check(id)).map_or(&[][..], |check: &Check| &check.fixes);
        Some(Self {
            user: diagnosis.user.clone(),
            display_name: diagnosis.display_name.clone(),
            status: verdict.status,
            cause: verdict.cause,
            check: verdict.check,
            owner: verdict.owner,
            title: verdict.title.clone(),
            headline: verdict.headline.clone(),
            fix: fixes.first().map(|fix| fix.title.clone()),
        })
    }

    /// Returns true if nothing wrong was found.
    #[must_use]
    pub fn is_healthy(&self) -> bool {
        self.status == VerdictStatus::Healthy
    }
}
