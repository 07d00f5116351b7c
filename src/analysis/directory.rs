//! The users of a directory, as far as they were read, page by page.

use super::listing::{Reading, read_list};
use crate::{
    domain::Instance,
    facts::{Facts, ListUsers},
};

/// How many pages of users are read to suggest a name. A directory can have two thousand of them; this many take a
/// second or two, and the finding says how many users were read.
pub(crate) const PAGES_TO_SUGGEST: usize = 10;

/// How many pages of all directories together are read to find a person by name: 20,000 users, in pages of 100.
pub(crate) const PAGES_TO_FIND: usize = 200;

/// Returns the query for the first page of a directory's users.
pub(crate) fn first_page(instance: &Instance) -> ListUsers {
    ListUsers { region: instance.region.clone(), store: instance.identity_store.clone(), after: None }
}

/// Returns what was read of a directory's users, page after page, at most so many pages.
pub(crate) fn read_directory<'a>(facts: &'a Facts, instance: &Instance, pages: usize) -> Reading<'a, ListUsers> {
    read_list(facts, first_page(instance), pages)
}
