//! The candidates behind the texts, in the order in which to look at them.

use super::{
    catalogue::{Symptom, Symptoms},
    ladder::find_range,
    stage::Stage,
};
use crate::{
    case::{KeyReason, Saw},
    catalog::Cause,
};

/// The texts that were recognised.
pub(super) struct Seen<'a> {
    pub(super) texts: Vec<&'a Symptom>,
    /// The most advanced stage; `None` where no text proves one.
    pub(super) stage: Option<Stage>,
    key: KeyReason,
}

/// What the texts alone say of a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It may be the cause.
    Possible,
    /// The sign-in came further than this cause lets it.
    Passed,
    /// The sign-in did not come so far.
    NotReached,
    /// The token service says that it is not the key.
    KeyRuledOut,
}

impl<'a> Seen<'a> {
    pub(super) fn new(saw: &Saw) -> Seen<'a> {
        let symptoms = Symptoms::built_in();
        let texts: Vec<&Symptom> = saw.texts.iter().filter_map(|text| symptoms.find(&text.id)).collect();
        let stage = texts.iter().map(|text| text.stage).filter(|stage| stage.is_rung()).max();
        Seen { texts, stage, key: saw.key }
    }

    /// Returns the texts that prove the most advanced stage.
    fn most_advanced(&self) -> impl Iterator<Item = &&'a Symptom> {
        self.texts.iter().filter(|text| Some(text.stage) == self.stage)
    }

    /// Returns every candidate: first those that more of the texts name, then those of a text with a single candidate, then
    /// in the order of the most advanced text.
    pub(super) fn list_candidates(&self) -> Vec<Cause> {
        let lead = self.most_advanced().next().or(self.texts.first());
        let mut causes: Vec<Cause> = Vec::new();
        let all = lead.into_iter().chain(self.most_advanced()).chain(&self.texts);
        for cause in all.flat_map(|text| &text.candidates) {
            if !causes.contains(cause) {
                causes.push(*cause);
            }
        }
        causes.sort_by_key(|cause| {
            let naming = self.texts.iter().filter(|text| text.candidates.contains(cause));
            let is_single = naming.clone().any(|text| text.candidates.len() == 1);
            (std::cmp::Reverse(naming.count()), !is_single)
        });
        causes
    }

    /// Returns what the texts alone say of a cause.
    pub(super) fn judge(&self, cause: Cause) -> Standing {
        if cause == Cause::InstanceKeyUnusable && self.key == KeyReason::RuledOut {
            return Standing::KeyRuledOut;
        }
        let (Some(stage), Some(range)) = (self.stage, find_range(cause)) else { return Standing::Possible };
        let is_listed = self.most_advanced().any(|text| text.candidates.contains(&cause));
        // A fact with one meaning, such as the button that was pressed, holds wherever the sign-in stopped.
        let is_fact = || {
            let facts = self.texts.iter().filter(|text| text.stage == Stage::None);
            facts.clone().any(|text| text.candidates.first() == Some(&cause))
        };
        if is_listed {
            Standing::Possible
        } else if range.ends_before(stage) {
            Standing::Passed
        } else if range.begins_behind(stage) && !is_fact() {
            Standing::NotReached
        } else {
            Standing::Possible
        }
    }

    /// Returns true where every text is a fact without an error.
    pub(super) fn are_facts_alone(&self) -> bool {
        self.texts.iter().all(|text| text.stage == Stage::None)
    }

    /// Returns the causes that are the only candidate of one of the texts.
    pub(super) fn single_candidates(&self) -> impl Iterator<Item = Cause> {
        self.texts.iter().filter_map(|text| match text.candidates.as_slice() {
            [only] => Some(*only),
            _ => None,
        })
    }
}
