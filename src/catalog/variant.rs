//! Other words for a situation.

use serde::Deserialize;

use super::{Condition, Owner, template::Template};

/// What a cause is called in a situation; what is left out is as in the entry.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Variant {
    /// The situation.
    pub(super) when: Condition,
    /// Who acts, where that is not the cause's owner.
    pub(super) owner: Option<Owner>,
    pub(super) title: Option<Template>,
    pub(super) headline: Option<Template>,
    pub(super) say: Option<Template>,
}

/// The words of a cause in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CaseWords {
    /// Who acts.
    pub(crate) owner: Owner,
    /// Two to five words.
    pub(crate) title: String,
    /// What is the matter.
    pub(crate) headline: String,
    /// What to read to the caller.
    pub(crate) say: String,
}
