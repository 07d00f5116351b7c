//! How many there are, and what is the matter with most of them.

use super::PersonRow;
use crate::{catalog::Cause, report::diagnosis::VerdictStatus, text};

/// So many names are told for each cause.
const NAMES: usize = 20;

/// The people with one cause.
pub(super) struct CauseGroup<'a> {
    pub(super) status: VerdictStatus,
    pub(super) cause: Option<Cause>,
    /// In the order of the list.
    pub(super) rows: Vec<&'a PersonRow>,
    /// Where each of them stands in the list.
    pub(super) places: Vec<usize>,
}

impl CauseGroup<'_> {
    /// Returns the cause in a sentence where it is the same for all of them, as a fault of the application's is; else in
    /// a few words.
    pub(super) fn describe(&self) -> String {
        let Some(first) = self.rows.first() else { return String::new() };
        let is_shared = self.rows.iter().all(|row| row.headline == first.headline);
        if is_shared { first.headline.clone() } else { first.title.clone() }
    }

    /// Returns the cause with its number, its owner, one fix, and the names; nothing for the healthy.
    fn write(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let (Some(cause), Some(first)) = (self.cause, self.rows.first()) else { return lines };
        let owner = first.owner.map_or_else(String::new, |owner| format!("; {}", owner.queue()));
        lines.push(format!("{} {}{owner}", self.rows.len(), cause.code()));
        let is_one_fault = self.rows.iter().all(|row| row.fix == first.fix);
        let introduction = if is_one_fault { "Fix" } else { "Fix, for example" };
        lines.extend(first.fix.as_ref().map(|fix| format!("  {introduction}: {fix}")));
        lines.push(format!("  {}", self.list_names()));
        lines
    }

    /// Returns the names, and how many more there are.
    pub(super) fn list_names(&self) -> String {
        let names: Vec<&str> = self.rows.iter().take(NAMES).map(|row| row.user.as_str()).collect();
        let more = self.rows.len().saturating_sub(NAMES);
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        names.join(", ") + &rest
    }
}

/// Returns the people by cause: problems first, then what is not certain, what warns, and the healthy; within that the
/// cause of most people first.
pub(super) fn group_by_cause(rows: &[PersonRow]) -> Vec<CauseGroup<'_>> {
    let mut groups: Vec<CauseGroup> = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        match groups.iter_mut().find(|group| (group.status, group.cause) == (row.status, row.cause)) {
            Some(group) => {
                group.rows.push(row);
                group.places.push(place);
            }
            None => {
                groups.push(CauseGroup { status: row.status, cause: row.cause, rows: vec![row], places: vec![place] });
            }
        }
    }
    groups.sort_by_key(|group| (rank(group.status), std::cmp::Reverse(group.rows.len())));
    groups
}

fn rank(status: VerdictStatus) -> usize {
    match status {
        VerdictStatus::Problem => 0,
        VerdictStatus::Suspect => 1,
        VerdictStatus::Inconclusive => 2,
        VerdictStatus::Healthy => 3,
    }
}

/// Returns the places of a list, those with one cause together: problems first.
#[must_use]
pub fn sort_by_cause(rows: &[PersonRow]) -> Vec<usize> {
    group_by_cause(rows).into_iter().flat_map(|group| group.places).collect()
}

/// Returns what is the matter with most of them, where one cause is, and how many there are of each kind.
#[must_use]
pub fn write_counts(rows: &[PersonRow]) -> Vec<String> {
    let groups = group_by_cause(rows);
    let count = |wanted: &[VerdictStatus]| rows.iter().filter(|row| wanted.contains(&row.status)).count();
    let with_cause = count(&[VerdictStatus::Problem, VerdictStatus::Suspect]);
    let (unclear, healthy) = (count(&[VerdictStatus::Inconclusive]), count(&[VerdictStatus::Healthy]));
    let mut lines = Vec::new();
    if let Some(most) = groups.iter().find(|group| group.cause.is_some() && group.rows.len() * 2 > rows.len()) {
        lines.push(format!("{} of {}: {}", most.rows.len(), rows.len(), most.describe()));
    }
    let people = text::count(rows.len(), "person", "people");
    lines.push(format!("{people}: {with_cause} with a cause, {unclear} not certain, {healthy} healthy."));
    lines
}

/// Returns what is the matter with those who have the same cause as this one: how many, who acts, the fix, and the names.
/// Nothing for the healthy.
#[must_use]
pub fn write_cause(rows: &[PersonRow], of: &PersonRow) -> Vec<String> {
    let groups = group_by_cause(rows);
    let same = groups.iter().find(|group| (group.status, group.cause) == (of.status, of.cause));
    same.map_or_else(Vec::new, CauseGroup::write)
}

/// Returns the lines of the summary: how many there are, and each cause with its number, owner, fix and names.
#[must_use]
pub fn write_summary(rows: &[PersonRow]) -> Vec<String> {
    let mut lines = write_counts(rows);
    lines.extend(group_by_cause(rows).iter().flat_map(CauseGroup::write));
    lines
}
