//! People about whom is asked together: those of a list, and two who are compared.

use std::sync::Arc;

use super::{Origin, Progress};
use crate::{
    case::Case,
    facts::Facts,
    report::{
        compare::Comparison,
        list::{PersonRow, sort_by_cause},
    },
};

/// Several people, and what was learned about all of them.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Tells its messages from those of others.
    pub number: u64,
    /// Each of them once.
    pub cases: Vec<Case>,
    /// Where the answers come from.
    pub origin: Origin,
    /// How far it is.
    pub progress: Progress,
    /// What was learned so far.
    pub facts: Arc<Facts>,
}

/// A list of people, and the result of each.
#[derive(Debug, Clone)]
pub struct PeopleList {
    /// Who is asked about.
    pub batch: Batch,
    /// For each place of the list, which of the cases stands there.
    pub places: Vec<usize>,
    /// For each case its row, once nothing of it is open.
    pub rows: Vec<Option<PersonRow>>,
    /// The marked place of the list; until the person moves, that is the first row.
    pub marked: Option<usize>,
}

/// Two people side by side.
#[derive(Debug, Clone)]
pub struct ComparisonPage {
    /// Both, the one who cannot sign in first.
    pub batch: Batch,
    /// What differs, once everything is answered.
    pub comparison: Option<Comparison>,
}

impl PeopleList {
    /// Returns the row at a place of the list; `None` while something of it is open.
    pub(crate) fn row(&self, place: usize) -> Option<&PersonRow> {
        self.rows.get(*self.places.get(place)?)?.as_ref()
    }

    /// Returns the case at a place of the list.
    pub(crate) fn case(&self, place: usize) -> Option<&Case> {
        self.batch.cases.get(*self.places.get(place)?)
    }

    /// Returns the rows that are there, in the order of the list: who stands twice in it has two.
    pub(crate) fn list_rows(&self) -> Vec<PersonRow> {
        (0..self.places.len()).filter_map(|place| self.row(place).cloned()).collect()
    }

    /// Returns the places in the order in which they are shown: as they were named while some are open, so that no row
    /// moves; then those with one cause together.
    pub(crate) fn order_places(&self) -> Vec<usize> {
        let rows = self.list_rows();
        if rows.len() < self.places.len() { (0..self.places.len()).collect() } else { sort_by_cause(&rows) }
    }

    /// Returns the place that has the mark.
    pub(crate) fn marked_place(&self) -> Option<usize> {
        self.marked.or_else(|| self.order_places().first().copied())
    }

    /// Returns true if somebody is still asked about.
    pub(crate) fn is_running(&self) -> bool {
        self.batch.progress == Progress::Running
    }
}
