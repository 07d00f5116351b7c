//! Who the operator is, in one line: what the form of the app begins with.

use jiff::Timestamp;

use super::{access::survey_access, compose::diagnose};
use crate::{case::Case, catalog::Catalog, checks::CheckId, facts::Facts};

/// The line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorLine {
    /// What it says.
    pub text: String,
    /// True if nothing can be asked with these credentials.
    pub is_bad: bool,
}

/// Returns the line: who one is to AWS, or why one is nobody, and what helps.
#[must_use]
pub fn describe_operator(case: &Case, facts: &Facts, catalog: &Catalog, ends: Option<Timestamp>) -> OperatorLine {
    if let Some(text) = survey_access(case, facts, ends).write_line() {
        return OperatorLine { text, is_bad: false };
    }
    let diagnosis = diagnose(case, facts, catalog);
    let access = diagnosis.check(CheckId::Access);
    let summary = access.map(|access| access.summary.clone()).unwrap_or_default();
    let fix = access.and_then(|access| access.fixes.first());
    let help = fix.map(|fix| fix.command.clone().unwrap_or_else(|| fix.title.clone()));
    let text = help.map_or(summary.clone(), |help| format!("{summary} {help}"));
    OperatorLine { text, is_bad: true }
}
