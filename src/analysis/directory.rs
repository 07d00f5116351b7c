//! The users of a directory, as far as they were read, page by page.

use crate::{
    domain::{Instance, PageToken, User},
    facts::{Facts, Failure, FailureKind, Known, ListUsers, Operation},
};

/// How many pages of users are read to suggest a name. A directory can have two thousand of them; this many take a
/// second or two, and the finding says how many users were read.
pub(crate) const PAGES_TO_SUGGEST: usize = 10;

/// How many pages of all directories together are read to find a person by name: 20,000 users, in pages of 100.
pub(crate) const PAGES_TO_FIND: usize = 200;

/// What was read of a directory's users.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DirectoryReading<'a> {
    /// The users read, in the order of the answers.
    pub users: Vec<&'a User>,
    /// How many pages were read.
    pub pages: usize,
    /// The query for the page after those; `None` if there is none.
    pub next: Option<ListUsers>,
    /// What is in the way of the next page, if it is.
    pub failure: Option<Failure>,
}

impl DirectoryReading<'_> {
    /// Returns true when every user of the directory was read.
    pub(crate) fn is_complete(&self) -> bool {
        self.next.is_none() && self.failure.is_none()
    }
}

/// Returns the query for the first page of a directory's users.
pub(crate) fn first_page(instance: &Instance) -> ListUsers {
    ListUsers { region: instance.region.clone(), store: instance.identity_store.clone(), after: None }
}

/// Returns what was read of a directory's users, page after page, at most so many pages.
pub(crate) fn read_directory<'a>(facts: &'a Facts, instance: &Instance, pages: usize) -> DirectoryReading<'a> {
    let mut reading = DirectoryReading { users: Vec::new(), pages: 0, next: Some(first_page(instance)), failure: None };
    let mut tokens: Vec<PageToken> = Vec::new();
    while reading.pages < pages {
        let Some(query) = reading.next.take() else { break };
        match facts.get(query.clone()) {
            Known::Pending => {
                reading.next = Some(query);
                break;
            }
            Known::Failed(failure) => {
                reading.failure = Some(failure);
                break;
            }
            Known::Value(page) => {
                reading.users.extend(&page.users);
                reading.pages += 1;
                if let Some(token) = &page.next {
                    // A token that was seen before would be asked with for ever.
                    if tokens.contains(token) {
                        reading.failure = Some(repeated_token(instance));
                        break;
                    }
                    tokens.push(token.clone());
                    reading.next = Some(ListUsers { after: Some(token.clone()), ..query });
                }
            }
        }
    }
    reading
}

fn repeated_token(instance: &Instance) -> Failure {
    let message = "the list repeats its paging token, so it never ends";
    let failure = Failure::new(FailureKind::Malformed, Operation::ListUsers, message);
    failure.about(&instance.region, instance.identity_store.as_str())
}
