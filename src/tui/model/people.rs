//! The people who may be meant: those of the directories that were read, and those that one diagnosis has found.

use crate::{
    facts::Event,
    report::{PeopleIndex, diagnosis::PersonChoice},
};

/// So many users are read at most to find a person by name.
pub(crate) const MOST_USERS: usize = 20_000;

/// Everybody who was read since the app began. Nothing of it is written anywhere.
#[derive(Debug, Clone, Default)]
pub struct Directories {
    /// Those that AWS told of.
    aws: PeopleIndex,
    /// Those of the sample organization.
    sample: PeopleIndex,
}

impl Directories {
    /// Returns the people of the sample organization, or those that AWS told of.
    pub(crate) fn of(&self, sample: bool) -> &PeopleIndex {
        if sample { &self.sample } else { &self.aws }
    }

    /// Forgets those that AWS told of: with another profile it may be another organization.
    pub(crate) fn forget_aws(&mut self) {
        self.aws = PeopleIndex::default();
    }

    /// Takes in what was learned. Returns true if a page of users was among it.
    pub(crate) fn take_in(&mut self, sample: bool, events: &[Event]) -> bool {
        let index = if sample { &mut self.sample } else { &mut self.aws };
        index.take_in(events)
    }
}

/// How far the people were read for one diagnosis, and who of them may be meant.
#[derive(Debug, Clone, Default)]
pub struct PeopleReading {
    /// Those who are called like the one who was typed.
    pub people: Vec<PersonChoice>,
    /// How many users were read so far.
    pub users_read: usize,
    /// How many there were when all were read before.
    pub users_before: Option<usize>,
    /// True once nobody more will be read.
    pub is_over: bool,
    /// True once they were shown without being asked for.
    pub was_shown: bool,
}

impl PeopleReading {
    /// Returns how many of so many cells of a bar are done: the share of the users that there were before, else of those
    /// that are read at most.
    pub(crate) fn measure_share_of(&self, cells: usize) -> usize {
        let all = self.users_before.unwrap_or(MOST_USERS).max(1);
        self.users_read.min(all) * cells / all
    }

    /// Returns how far the reading is, in words.
    pub(crate) fn describe(&self) -> String {
        match self.users_before {
            Some(before) => format!("{} of about {before} users read", self.users_read),
            None => format!("{} users read, {MOST_USERS} at most", self.users_read),
        }
    }
}
