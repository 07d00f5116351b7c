//! The people of the directories, as far as they were read: who is called so is found while somebody types.

use std::collections::{BTreeMap, BTreeSet};

use super::diagnosis::PersonChoice;
use crate::{
    analysis::{
        directory::{PAGES_TO_FIND, read_directory},
        people::{has_beginnings, list_name_words, split_words},
    },
    domain::{IdentityStoreId, Instance, User, UserId},
    facts::{Answer, Event, Facts, Known, ListUsers, Query},
};

/// How many people are listed.
const LISTED: usize = 50;

/// The users of every directory that were read so far, by the words of their names.
#[derive(Debug, Clone)]
pub struct PeopleIndex {
    /// The instances, and the pages of their users.
    listings: Facts,
    people: BTreeMap<(IdentityStoreId, UserId), IndexedPerson>,
}

#[derive(Debug, Clone)]
struct IndexedPerson {
    choice: PersonChoice,
    words: BTreeSet<String>,
}

impl Default for PeopleIndex {
    fn default() -> Self {
        Self { listings: Facts::new(jiff::Timestamp::UNIX_EPOCH), people: BTreeMap::new() }
    }
}

impl PeopleIndex {
    /// Takes in the users, and the instances whose directories they are from, of what was learned. Returns true if a
    /// page of users was among it.
    pub fn take_in(&mut self, events: &[Event]) -> bool {
        let mut has_users = false;
        for event in events {
            let Event::Answered(query, Ok(answer)) = event else { continue };
            match (query, answer) {
                (Query::ListInstances(_), _) => self.listings.apply(event.clone()),
                (Query::ListUsers(listing), Answer::ListUsers(page)) => {
                    self.listings.apply(event.clone());
                    self.add_users(&listing.store, &page.users);
                    has_users = true;
                }
                _ => {}
            }
        }
        has_users
    }

    fn add_users(&mut self, store: &IdentityStoreId, users: &[User]) {
        let instances = self.listings.instances();
        let Some(instance) = instances.into_iter().find(|instance| instance.identity_store == *store).cloned() else {
            return;
        };
        for user in users {
            let person = IndexedPerson { choice: PersonChoice::new(&instance, user), words: list_name_words(user) };
            self.people.insert((store.clone(), user.id.clone()), person);
        }
    }

    /// Returns those whose names have words that begin as the typed ones do, in the order of their names; nobody where
    /// less than two letters were typed.
    #[must_use]
    pub fn find(&self, typed: &str) -> Vec<PersonChoice> {
        const LEAST_LETTERS: usize = 2;
        let wanted = split_words(typed);
        if wanted.iter().map(String::len).sum::<usize>() < LEAST_LETTERS {
            return Vec::new();
        }
        let mut found: Vec<&PersonChoice> = self
            .people
            .values()
            .filter(|person| has_beginnings(&person.words, &wanted))
            .map(|person| &person.choice)
            .collect();
        found.sort_by(|one, other| {
            (&one.display_name, &one.user_name, &one.directory).cmp(&(
                &other.display_name,
                &other.user_name,
                &other.directory,
            ))
        });
        found.into_iter().take(LISTED).cloned().collect()
    }

    /// Returns how many users were read.
    #[must_use]
    pub fn count(&self) -> usize {
        self.people.len()
    }

    /// Returns true if every user of every directory was read.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let instances = self.listings.instances();
        let is_read = |instance: &&Instance| read_directory(&self.listings, instance, PAGES_TO_FIND).is_complete();
        !instances.is_empty() && instances.iter().all(is_read)
    }

    /// Puts the pages that were read into a store of facts, where they need not be asked for again.
    pub fn add_pages_to(&self, facts: &mut Facts) {
        for (query, page) in self.listings.all::<ListUsers>() {
            if let Known::Value(page) = page {
                facts.apply(Event::Answered(query.clone().into(), Ok(Answer::ListUsers(page.clone()))));
            }
        }
    }
}
