//! What to ask next, given what is known: the data dependencies of a diagnosis, as a pure function.

use std::time::Duration;

use super::list::Pace;
use crate::{
    analysis::{
        CaseView,
        access::ApplicationAccess,
        applications,
        attempts::{self, Person},
        directory::{PAGES_TO_FIND, PAGES_TO_SUGGEST, read_directory},
        instances::{self, Choice},
        name_id, user,
    },
    case::{Case, Part},
    domain::{Instance, LookupKey, UserId},
    facts::{
        DescribeGroup, DescribeInstance, DescribeUser, Facts, GetApplicationAssignmentConfiguration, GetCallerIdentity,
        GetRole, GetUserId, Known, ListApplicationAssignments, ListApplications, ListGroupMembershipsForMember, Query,
    },
};

/// How long users are read to suggest a name, and to find a person.
const TIME_TO_SUGGEST: Duration = Duration::from_secs(5);
const TIME_TO_FIND: Duration = Duration::from_secs(15);

/// Returns every query that the facts allow to ask, answered ones included; the caller knows which were asked already.
///
/// `listed_for` is the time since the first page of users was asked for: beyond a bound no further page is.
pub(super) fn plan_queries(case: &Case, facts: &Facts, listed_for: Duration, pace: Pace) -> Vec<Query> {
    let home = case.settings.home_region();
    let mut queries: Vec<Query> =
        vec![GetCallerIdentity { region: home.clone() }.into(), instances::query_all_regions(case).into()];
    for role in &case.app.service_linked_roles {
        queries.push(GetRole { region: home.clone(), name: role.name.clone() }.into());
    }
    if instances::is_search_going_on(case, facts) {
        let regions = instances::list_regions_to_search(case);
        queries.extend(regions.into_iter().map(|region| instances::query_region(region).into()));
    }
    for instance in facts.instances() {
        if !pace.holds_lookups {
            plan_user(case, facts, instance, pace, &mut queries);
        }
        if !instances::is_passed_over(case, instance) {
            plan_instance(case, facts, instance, &mut queries);
        }
    }
    if listed_for < TIME_TO_FIND && is_looked_for_among_people(case, facts) {
        plan_people(facts, &mut queries);
    }
    if let Known::Value(Choice::One(instance, _)) = instances::choose_instance(case, facts) {
        let view = CaseView::new(case, facts, instance);
        plan_details(&view, &mut queries);
        queries.extend(name_id::plan_lookup(&view).map(Query::from));
        if listed_for < TIME_TO_SUGGEST && user::is_nowhere(case, facts) == Known::Value(true) {
            plan_next_page(facts, instance, PAGES_TO_SUGGEST, &mut queries);
        }
    }
    queries
}

/// Returns true where a user is looked for among all people: a person's name was given, or no look-up finds anybody and
/// the operator can choose among those who are called so.
fn is_looked_for_among_people(case: &Case, facts: &Facts) -> bool {
    let may_be_meant = case.settings.lists_people && user::is_nowhere(case, facts) == Known::Value(true);
    case.user.is_person_name() || may_be_meant
}

/// Plans the next page of each directory's users, within a bound for all of them.
fn plan_people(facts: &Facts, queries: &mut Vec<Query>) {
    let instances = facts.instances();
    let readings: Vec<_> =
        instances.into_iter().map(|instance| read_directory(facts, instance, PAGES_TO_FIND)).collect();
    if readings.iter().map(|reading| reading.pages).sum::<usize>() < PAGES_TO_FIND {
        queries.extend(readings.into_iter().filter_map(|reading| reading.next).map(Query::from));
    }
}

/// Returns the look-ups of sign-in events that the facts allow to ask, answered ones aside. They come last: whoever
/// judges says whether they are wanted.
pub(super) fn plan_lookups(case: &Case, facts: &Facts) -> Vec<Query> {
    let Known::Value(Choice::One(instance, _)) = instances::choose_instance(case, facts) else {
        return Vec::new();
    };
    let view = CaseView::new(case, facts, instance);
    let Some(person) = Person::of(&view) else { return Vec::new() };
    if attempts::find_other_account(case, facts, instance).is_some() {
        return Vec::new();
    }
    attempts::list_next_pages(case, facts, instance, &person).into_iter().map(Query::from).collect()
}

/// Plans the next page of a directory's users, within a bound of pages.
fn plan_next_page(facts: &Facts, instance: &Instance, pages: usize, queries: &mut Vec<Query>) {
    let reading = read_directory(facts, instance, pages);
    if reading.pages < pages {
        queries.extend(reading.next.map(Query::from));
    }
}

fn plan_user(case: &Case, facts: &Facts, instance: &Instance, pace: Pace, queries: &mut Vec<Query>) {
    let Instance { region, identity_store: store, .. } = instance;
    for key in list_keys_to_look_up(case, facts, instance, pace) {
        let (region, store) = (region.clone(), store.clone());
        queries.push(match key {
            LookupKey::Id(user) => DescribeUser { region, store, user }.into(),
            key => GetUserId { region, store, key }.into(),
        });
    }
    if let Some(user) = find_user_to_read(case, facts, instance) {
        let (region, store) = (region.clone(), store.clone());
        queries.push(DescribeUser { region: region.clone(), store: store.clone(), user: user.clone() }.into());
        if needs_memberships(case, facts, instance, pace) {
            queries.push(ListGroupMembershipsForMember { region, store, user }.into());
        }
    }
}

/// Returns what to look the user up by: everything at once, or in a list one after the other until somebody is found.
fn list_keys_to_look_up(case: &Case, facts: &Facts, instance: &Instance, pace: Pace) -> Vec<LookupKey> {
    let mut keys = case.user.lookups();
    if pace.is_sparing {
        let answered = keys.iter().take_while(|key| {
            let found = user::read_lookup(facts, instance, key);
            matches!(found, Known::Value(None) | Known::Failed(_))
        });
        let next = answered.count() + 1;
        keys.truncate(next);
    }
    keys
}

/// Returns true unless it is known without the memberships that the user is let in, or may become known.
fn needs_memberships(case: &Case, facts: &Facts, instance: &Instance, pace: Pace) -> bool {
    if !pace.is_sparing {
        return true;
    }
    let accesses = CaseView::new(case, facts, instance).accesses;
    let is_let_in = accesses.iter().any(ApplicationAccess::is_assigned)
        && !accesses.iter().any(|access| access.assigned.is_pending());
    !pace.holds_memberships && !is_let_in
}

/// Returns the user to ask about: the first hit in the order of preference, once those before it are answered; without a
/// hit the one who was listed.
fn find_user_to_read(case: &Case, facts: &Facts, instance: &Instance) -> Option<UserId> {
    for key in case.user.lookups() {
        match user::read_lookup(facts, instance, &key) {
            Known::Pending => return None,
            Known::Value(Some(id)) => return Some(id),
            Known::Value(None) | Known::Failed(_) => {}
        }
    }
    let found = user::find_user(case, facts, instance);
    found.value()?.as_ref().map(|user| user.id.clone())
}

fn plan_instance(case: &Case, facts: &Facts, instance: &Instance, queries: &mut Vec<Query>) {
    let Instance { region, arn, .. } = instance;
    queries.push(DescribeInstance { region: region.clone(), instance: arn.clone() }.into());
    let own = applications::find_account_to_ask_for(case, facts, instance);
    for account in std::iter::once(None).chain(own.map(Some)) {
        queries.push(ListApplications { region: region.clone(), instance: arn.clone(), account }.into());
    }
    let Known::Value(listing) = applications::list_applications(case, facts, instance) else {
        return;
    };
    for application in listing.applications.iter().filter(|application| application.enabled == Some(true)) {
        let Some(part) = case.app.part_of(application) else { continue };
        let (region, application) = (region.clone(), application.arn.clone());
        if part == Part::Entitlement {
            let (region, application) = (region.clone(), application.clone());
            queries.push(GetApplicationAssignmentConfiguration { region, application }.into());
        }
        queries.push(ListApplicationAssignments { region, application }.into());
    }
}

fn plan_details(view: &CaseView, queries: &mut Vec<Query>) {
    let Instance { region, identity_store, .. } = view.instance;
    let store = || identity_store.clone();
    let names = view.list_names_to_read();
    for group in names.groups {
        queries.push(DescribeGroup { region: region.clone(), store: store(), group }.into());
    }
    for user in names.users {
        queries.push(DescribeUser { region: region.clone(), store: store(), user }.into());
    }
    let compared = view.list_groups_to_compare();
    if !compared.is_empty() {
        queries.push(view.query_some_users().into());
        queries.extend(compared.iter().filter_map(|group| view.query_more_members(group)).map(Query::from));
    }
    if !view.facts.get(view.query_some_users()).is_pending() {
        for user in view.list_members_to_compare() {
            if view.read_compared_member(&user).is_pending() {
                queries.push(DescribeUser { region: region.clone(), store: store(), user }.into());
            }
        }
    }
}
