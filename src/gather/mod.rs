//! Asks everything that a diagnosis needs and announces each fact as it arrives. It decides nothing.

use crate::facts::Fact;

/// A fact, and whom it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// The case, by its place in the list that was handed over; `None` for all of them.
    pub person: Option<usize>,
    /// What was learned.
    pub fact: Fact,
}
