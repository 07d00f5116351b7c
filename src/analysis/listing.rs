//! Lists that are read page by page, as far as they were.

use crate::{
    domain::{Member, PageToken, User},
    facts::{
        Ask, Facts, Failure, FailureKind, Known, ListGroupMemberships, ListUsers, MemberPage, Operation, UserPage,
    },
};

/// A query for a page of a list.
pub(crate) trait AskPage: Ask + Clone {
    /// What is listed.
    type Item: 'static;

    /// The call.
    const OPERATION: Operation;

    /// Returns the query for the page after that token.
    fn after(&self, token: &PageToken) -> Self;

    /// Returns what is on a page, and where the list goes on.
    fn read_page(page: &Self::Answer) -> (&[Self::Item], Option<&PageToken>);
}

impl AskPage for ListUsers {
    type Item = User;

    const OPERATION: Operation = Operation::ListUsers;

    fn after(&self, token: &PageToken) -> Self {
        Self { after: Some(token.clone()), ..self.clone() }
    }

    fn read_page(page: &UserPage) -> (&[User], Option<&PageToken>) {
        (&page.users, page.next.as_ref())
    }
}

impl AskPage for ListGroupMemberships {
    type Item = Member;

    const OPERATION: Operation = Operation::ListGroupMemberships;

    fn after(&self, token: &PageToken) -> Self {
        Self { after: Some(token.clone()), ..self.clone() }
    }

    fn read_page(page: &MemberPage) -> (&[Member], Option<&PageToken>) {
        (&page.members, page.next.as_ref())
    }
}

/// What was read of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading<'a, Q: AskPage> {
    /// What was read, in the order of the answers.
    pub items: Vec<&'a Q::Item>,
    /// How many pages were read.
    pub pages: usize,
    /// The query for the page after those; `None` if there is none.
    pub next: Option<Q>,
    /// What is in the way of the next page, if it is.
    pub failure: Option<Failure>,
}

impl<Q: AskPage> Reading<'_, Q> {
    /// Returns true when the whole list was read.
    pub(crate) fn is_complete(&self) -> bool {
        self.next.is_none() && self.failure.is_none()
    }
}

/// Returns what was read of a list from its first page on, at most so many pages.
pub(crate) fn read_list<Q: AskPage>(facts: &Facts, first: Q, pages: usize) -> Reading<'_, Q> {
    let mut reading = Reading { items: Vec::new(), pages: 0, next: Some(first), failure: None };
    let mut tokens: Vec<&PageToken> = Vec::new();
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
                let (items, next) = Q::read_page(page);
                reading.items.extend(items);
                reading.pages += 1;
                if let Some(token) = next {
                    // A token that was seen before would be asked with for ever.
                    if tokens.contains(&token) {
                        reading.failure = Some(report_repeated_token(&query));
                        break;
                    }
                    tokens.push(token);
                    reading.next = Some(query.after(token));
                }
            }
        }
    }
    reading
}

fn report_repeated_token<Q: AskPage>(query: &Q) -> Failure {
    let query = query.clone().into();
    let message = "the list repeats its paging token, so it never ends";
    let failure = Failure::new(FailureKind::Malformed, Q::OPERATION, message);
    failure.about(query.region(), query.subjects().first().copied().unwrap_or("*"))
}
