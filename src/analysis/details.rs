//! Which optional details are worth asking for: names of what will be shown, and where other members come from.

use super::{
    CaseView,
    access::ApplicationAccess,
    directory::first_page,
    listing::{Reading, read_list},
    user::read_lookup,
};
use crate::{
    domain::{GroupId, LookupKey, Member, Principal, User, UserId},
    facts::{Failure, FailureKind, Known, ListGroupMemberships, ListUsers, Operation},
};

/// How many of the user's groups, and how many assigned principals, are read by name.
pub(crate) const NAMES_READ: usize = 20;

/// How many granting groups are looked into, and how many of their other members.
const GROUPS_COMPARED: usize = 2;
const MEMBERS_COMPARED: usize = 5;

/// So many members of a group are enough to compare one with the others; a page may have none of them.
const ENOUGH_MEMBERS: usize = 6;
const MEMBER_PAGES: usize = 5;

/// The principals to read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    /// Groups, by name.
    pub groups: Vec<GroupId>,
    /// Assigned users, for whether they still exist.
    pub users: Vec<UserId>,
}

impl<'a> CaseView<'a> {
    /// Returns what to read the names of: with a way in, the groups of that way; without one, the user's groups and the
    /// assigned principals, twenty of each.
    pub(crate) fn list_names_to_read(&self) -> Names {
        // Nothing leads somebody in who is not there, and no check asks by which groups it could.
        let is_nobody = self.user == Known::Value(None);
        let is_open = self.accesses.iter().any(|access| access.has_path.is_pending() || access.assigned.is_pending());
        if is_nobody || is_open || self.accesses.is_empty() || self.find_unreported_entitlement().is_some() {
            return Names::default();
        }
        let mut names = Names::default();
        if self.accesses.iter().any(ApplicationAccess::is_assigned) {
            let granting = self.list_granting_memberships();
            names.groups.extend(granting.iter().take(NAMES_READ).map(|membership| membership.group.clone()));
            if let (true, Known::Value(memberships)) = (self.case.settings.names_all_groups, self.list_memberships()) {
                names.groups.extend(memberships.iter().take(NAMES_READ).map(|membership| membership.group.clone()));
            }
            return names;
        }
        if let Known::Value(memberships) = self.list_memberships() {
            names.groups.extend(memberships.iter().take(NAMES_READ).map(|membership| membership.group.clone()));
        }
        if let Known::Value(principals) = self.list_assigned_principals() {
            for principal in principals.into_iter().take(NAMES_READ) {
                match principal {
                    Principal::Group(group) => names.groups.push(group.clone()),
                    Principal::User(user) => names.users.push(user.clone()),
                }
            }
        }
        names
    }

    /// Returns the groups whose members are compared with the user: only for a user who was not provisioned from outside.
    pub(crate) fn list_groups_to_compare(&self) -> Vec<GroupId> {
        if self.read_user_record().value().is_none_or(|user| user.external) {
            return Vec::new();
        }
        self.list_granting_memberships()
            .iter()
            .take(GROUPS_COMPARED)
            .map(|membership| membership.group.clone())
            .collect()
    }

    /// Returns the query for some users of the directory, which tells the source of most members in the same round trip
    /// as their ids.
    pub(crate) fn query_some_users(&self) -> ListUsers {
        first_page(self.instance)
    }

    /// Returns the query for the next page of a group's members, until there are enough to compare with.
    pub(crate) fn query_more_members(&self, group: &GroupId) -> Option<ListGroupMemberships> {
        let reading = self.read_members(group, MEMBER_PAGES);
        reading.next.filter(|_| reading.items.len() < ENOUGH_MEMBERS && reading.pages < MEMBER_PAGES)
    }

    /// Returns some members of a group; a page may have none of them.
    pub(crate) fn list_some_members(&self, group: &GroupId) -> Known<Vec<&'a Member>> {
        let reading = self.read_members(group, MEMBER_PAGES);
        if let Some(failure) = reading.failure {
            return Known::Failed(failure);
        }
        if reading.next.is_none() || reading.items.len() >= ENOUGH_MEMBERS {
            return Known::Value(reading.items);
        }
        if reading.pages < MEMBER_PAGES {
            return Known::Pending;
        }
        let message = "page after page has next to no members, and there are more pages";
        let failure = Failure::new(FailureKind::Malformed, Operation::ListGroupMemberships, message);
        Known::Failed(failure.about(&self.instance.region, group.as_str()))
    }

    /// Returns what was read of a group's members, at most so many pages.
    pub(crate) fn read_members(&self, group: &GroupId, pages: usize) -> Reading<'a, ListGroupMemberships> {
        let (region, store) = (self.instance.region.clone(), self.instance.identity_store.clone());
        read_list(self.facts, ListGroupMemberships { region, store, group: group.clone(), after: None }, pages)
    }

    /// Returns the other members that the user is compared with, as far as the groups' members are known.
    pub(crate) fn list_members_to_compare(&self) -> Vec<UserId> {
        let own = self.user.value().and_then(Option::as_ref).map(|user| &user.id);
        let mut others: Vec<UserId> = Vec::new();
        for group in self.list_groups_to_compare() {
            let members = self.list_some_members(&group);
            let members = members.value().into_iter().flatten().map(|member| &member.user);
            others.extend(members.filter(|member| own != Some(member)).take(MEMBERS_COMPARED).cloned());
        }
        others.sort();
        others.dedup();
        others
    }

    /// Returns a member that the user is compared with, from the sample or read by itself.
    pub(crate) fn read_compared_member(&self, id: &UserId) -> Known<Option<&'a User>> {
        let sample = self.facts.get(self.query_some_users());
        let in_sample = sample.value().and_then(|page| page.users.iter().find(|user| user.id == *id));
        in_sample.map_or_else(|| self.read_other_user(id), |user| Known::Value(Some(user)))
    }

    /// Returns everybody whom the case asks about: the user, assigned users, members to compare with.
    pub(crate) fn list_users_asked_about(&self) -> Vec<UserId> {
        let found = self.user.value().and_then(Option::as_ref).map(|user| user.id.clone());
        let by_id = self.case.user.lookups().into_iter().filter_map(|key| match key {
            LookupKey::Id(id) => Some(id),
            _ => None,
        });
        let looked_up = self.case.user.lookups();
        let hits = looked_up.iter().filter_map(|key| read_lookup(self.facts, self.instance, key).value()?.clone());
        let mut users: Vec<UserId> = found.into_iter().chain(by_id).chain(hits).collect();
        users.extend(self.list_names_to_read().users);
        users.extend(self.list_members_to_compare());
        users
    }
}
