//! A list of people, planned for the fewest calls: what they share is read page by page before anybody is asked about
//! alone.
//!
//! One person costs a look-up, the user, and the memberships. A page of the directory answers the first two for a hundred
//! people, and a page of an assigned group's members the third. Which way is taken hangs on how many people there are, and
//! on what the pages read so far have found.

use std::collections::{HashMap, HashSet};

use crate::{
    analysis::{CaseView, directory::read_directory, instances::is_passed_over, user::read_lookup},
    case::Case,
    domain::{GroupId, Instance, LookupKey, Principal, User},
    facts::{Answer, DescribeUser, Event, Facts, GetUserId, Known, ListUsers, Query},
};

/// From so many people on, what they share is read first.
pub(super) const LEAST_PEOPLE: usize = 10;

/// So many pages of a directory are read before it is judged whether they find enough of the people.
const PAGES_TO_TRY: usize = 3;

/// What may be asked about single people, in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Pace {
    /// True for somebody of a list: keys are looked up one after the other, and memberships only of those whom no
    /// assigned group is known to let in.
    pub is_sparing: bool,
    /// True while the directory is read: nobody is looked up alone.
    pub holds_lookups: bool,
    /// True while the assigned groups are read: nobody's memberships are asked for.
    pub holds_memberships: bool,
}

/// How a list goes on.
#[derive(Debug, Default)]
pub(super) struct ListPlan {
    /// Pages to ask for.
    pub queries: Vec<Query>,
    /// What may be asked about single people meanwhile.
    pub pace: Pace,
    /// Which ways were chosen, and why, as the log tells it.
    pub reasons: Vec<String>,
}

/// Returns how a list of people goes on, given what is known; nothing is shared by only a few.
pub(super) fn plan_list(cases: &[Case], facts: &Facts) -> ListPlan {
    let mut plan = ListPlan::default();
    let Some(first) = cases.first().filter(|_| cases.len() >= LEAST_PEOPLE) else {
        return plan;
    };
    plan.pace.is_sparing = true;
    let instances = facts.instances();
    if instances.is_empty() {
        (plan.pace.holds_lookups, plan.pace.holds_memberships) = (true, true);
        return plan;
    }
    plan_directories(cases, facts, &instances, &mut plan);
    // The applications of an instance that is passed over are never asked for.
    for instance in instances.iter().filter(|instance| !is_passed_over(first, instance)) {
        plan_groups(first, cases.len(), facts, instance, &mut plan);
    }
    plan
}

/// Plans the next page of each directory, as long as pages cost less than asking about the people who are left.
fn plan_directories(cases: &[Case], facts: &Facts, instances: &[&Instance], plan: &mut ListPlan) {
    let people = cases.len();
    let readings: Vec<_> = instances.iter().map(|instance| read_directory(facts, instance, people)).collect();
    let pages: usize = readings.iter().map(|reading| reading.pages).sum();
    let names: HashSet<&str> = readings.iter().flat_map(|reading| &reading.items).flat_map(list_keys).collect();
    let is_listed = |case: &&Case| case.user.lookups().iter().any(|key| names.contains(key.value()));
    let found = cases.iter().filter(is_listed).count();
    let is_done = found == people && readings.len() == 1;
    let next: Vec<ListUsers> = readings.into_iter().filter_map(|reading| reading.next).collect();
    if next.is_empty() || is_done || !is_worth_reading_on(people, found, pages) {
        let way = if found * 2 >= people { "the directory" } else { "a look-up for each" };
        plan.reasons.push(format!("{people} people by {way}: {pages} pages of users name {found} of them"));
        return;
    }
    plan.pace.holds_lookups = true;
    plan.queries.extend(next.into_iter().map(Query::from));
}

/// Returns true while so many further pages as it will take are fewer than the calls that they spare, going by those found
/// so far.
fn is_worth_reading_on(people: usize, found: usize, pages: usize) -> bool {
    if pages < PAGES_TO_TRY.min(people) {
        return true;
    }
    let Some(pages_for_all) = (pages * people).checked_div(found) else { return false };
    pages < people && pages_for_all <= people
}

/// Plans the next page of each assigned group's members, as long as they are fewer than half of the people.
fn plan_groups(first: &Case, people: usize, facts: &Facts, instance: &Instance, plan: &mut ListPlan) {
    let view = CaseView::new(first, facts, instance);
    let principals = match view.list_assigned_principals() {
        Known::Value(principals) => principals,
        Known::Failed(_) => return,
        // Whether there are applications is still asked.
        Known::Pending => {
            plan.pace.holds_memberships = true;
            return;
        }
    };
    if view.listing.is_pending() {
        plan.pace.holds_memberships = true;
        return;
    }
    if view.list_enabled_entitlements().is_empty() {
        return;
    }
    let groups: HashSet<&GroupId> = principals.into_iter().filter_map(Principal::group).collect();
    let most = people / 2;
    if groups.is_empty() || groups.len() > most {
        plan.reasons.push(format!("memberships for each: {} groups are assigned", groups.len()));
        return;
    }
    let readings: Vec<_> = groups.iter().map(|group| view.read_members(group, most)).collect();
    let pages: usize = readings.iter().map(|reading| reading.pages).sum();
    let next: Vec<Query> = readings.into_iter().filter_map(|reading| reading.next).map(Query::from).collect();
    if next.is_empty() || pages >= most {
        plan.reasons.push(format!("memberships by the {} assigned groups: {pages} pages of members", groups.len()));
        return;
    }
    plan.pace.holds_memberships = true;
    plan.queries.extend(next);
}

fn list_keys<'a>(user: &&'a User) -> impl Iterator<Item = &'a str> {
    let user = *user;
    std::iter::once(user.id.as_str()).chain(user.user_name.as_deref()).chain(user.emails.iter().map(String::as_str))
}

/// Returns what the pages of the directories say about single people, as the look-ups and the reading of each would say
/// it: who has exactly that name or address, and, of those who were found, by which keys nobody is found. About somebody
/// whom the pages do not name they say nothing.
pub(super) fn derive_answers(cases: &[Case], facts: &Facts) -> Vec<Event> {
    let mut directories = Vec::new();
    for instance in facts.instances() {
        directories.push(Directory::new(facts, instance, cases.len()));
    }
    let mut events = Vec::new();
    for case in cases {
        let keys = case.user.lookups();
        if !directories.iter().any(|directory| keys.iter().any(|key| directory.find(key).is_some())) {
            continue;
        }
        for directory in &directories {
            for key in &keys {
                directory.derive_answer(facts, key, &mut events);
            }
        }
    }
    events
}

/// The users of one directory, by what they can be looked up by; nobody by what two of them share.
struct Directory<'a> {
    instance: &'a Instance,
    users: HashMap<&'a str, Option<&'a User>>,
    /// Every user name and address in lower case: AWS may find somebody in another letter case.
    lower_names: HashSet<String>,
    lower_addresses: HashSet<String>,
    is_complete: bool,
}

impl<'a> Directory<'a> {
    fn new(facts: &'a Facts, instance: &'a Instance, pages: usize) -> Self {
        let reading = read_directory(facts, instance, pages);
        let is_complete = reading.is_complete();
        let mut directory = Self {
            instance,
            users: HashMap::new(),
            lower_names: HashSet::new(),
            lower_addresses: HashSet::new(),
            is_complete,
        };
        for user in reading.items {
            for key in list_keys(&user) {
                let known = directory.users.entry(key).or_insert(Some(user));
                *known = known.filter(|known| known.id == user.id);
            }
            directory.lower_names.extend(user.user_name.as_deref().map(str::to_lowercase));
            directory.lower_addresses.extend(user.emails.iter().map(|address| address.to_lowercase()));
        }
        directory
    }

    fn find(&self, key: &LookupKey) -> Option<&'a User> {
        let user = self.users.get(key.value()).copied().flatten()?;
        let is_the_one = match key {
            LookupKey::Id(id) => user.id == *id,
            LookupKey::UserName(name) => user.user_name.as_ref() == Some(name),
            LookupKey::Email(address) => user.emails.contains(address),
        };
        is_the_one.then_some(user)
    }

    fn derive_answer(&self, facts: &Facts, key: &LookupKey, events: &mut Vec<Event>) {
        if !read_lookup(facts, self.instance, key).is_pending() {
            return;
        }
        let (region, store) = (self.instance.region.clone(), self.instance.identity_store.clone());
        let found = self.find(key);
        let known = match key {
            LookupKey::Id(_) => None,
            LookupKey::UserName(_) => Some(&self.lower_names),
            LookupKey::Email(_) => Some(&self.lower_addresses),
        };
        if let Some(known) = known {
            let query = GetUserId { region: region.clone(), store: store.clone(), key: key.clone() };
            let is_nobody = self.is_complete && !known.contains(&key.value().to_lowercase());
            let id = found.map(|user| user.id.clone());
            if id.is_some() || is_nobody {
                events.push(Event::Answered(query.into(), Ok(Answer::GetUserId(id))));
            }
        }
        // What a page leaves out, reading the user may tell.
        if let Some(user) = found.filter(|user| user.enabled.is_some()) {
            let query = DescribeUser { region, store, user: user.id.clone() };
            events.push(Event::Answered(query.into(), Ok(Answer::DescribeUser(Some(user.clone())))));
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::is_worth_reading_on;

    #[rstest]
    #[case::at_first(200, 0, 2, true)]
    #[case::most_are_found(200, 150, 3, true)]
    #[case::nobody_is_found(200, 0, 3, false)]
    #[case::few_in_a_large_directory(20, 1, 3, false)]
    #[case::as_many_as_expected(200, 3, 3, true)]
    #[case::more_pages_than_people(10, 9, 10, false)]
    fn a_directory_is_read_while_that_is_cheaper(
        #[case] people: usize,
        #[case] found: usize,
        #[case] pages: usize,
        #[case] goes_on: bool,
    ) {
        assert_eq!(is_worth_reading_on(people, found, pages), goes_on);
    }
}
