//! Which optional details are worth asking for: names of what will be shown, and where other members come from.

use super::{Reading, reach::Assigned};
use crate::{
    domain::{Group, GroupId, Membership, Principal, UserId},
    facts::Slot,
};

/// How many of the user's groups, and how many assigned principals, are read by name.
pub(crate) const NAMES_READ: usize = 20;

/// How many granting groups are looked into, and how many of their other members.
const GROUPS_COMPARED: usize = 2;
const MEMBERS_COMPARED: usize = 5;

/// The principals to read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    /// Groups, by name.
    pub groups: Vec<GroupId>,
    /// Assigned users, for whether they still exist.
    pub users: Vec<UserId>,
}

impl<'a> Reading<'a> {
    /// The memberships that let the user into an enabled application.
    pub(crate) fn granting_memberships(&self) -> Vec<&'a Membership> {
        let mut granting: Vec<&Membership> = Vec::new();
        for reach in self.reaches() {
            if let Slot::Seen(Assigned::Through(memberships)) = reach.assigned {
                granting.extend(memberships);
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        granting.retain(|membership| seen.insert(&membership.group));
        granting
    }

    /// What to read the names of: with a way in, the groups of that way; without one, the user's groups and the
    /// assigned principals, twenty of each.
    pub(crate) fn names(&self) -> Names {
        let reaches = self.reaches();
        // Nothing leads somebody in who is not there, and no check asks by which groups it could.
        let is_nobody = matches!(self.user, Slot::Seen(None));
        if is_nobody
            || reaches.is_empty()
            || self.untold().is_some()
            || reaches.iter().any(|reach| reach.path.is_open() || reach.assigned.is_open())
        {
            return Names::default();
        }
        let reached =
            reaches.iter().any(|reach| matches!(reach.assigned, Slot::Seen(Assigned::Directly | Assigned::Through(_))));
        if reached {
            let granting = self.granting_memberships();
            return Names {
                groups: granting.iter().take(NAMES_READ).map(|membership| membership.group.clone()).collect(),
                users: Vec::new(),
            };
        }
        let mut names = Names::default();
        if let Slot::Seen(memberships) = self.memberships() {
            names.groups.extend(memberships.iter().take(NAMES_READ).map(|membership| membership.group.clone()));
        }
        if let Slot::Seen(principals) = self.assigned_principals() {
            for principal in principals.into_iter().take(NAMES_READ) {
                match principal {
                    Principal::Group(group) => names.groups.push(group.clone()),
                    Principal::User(user) => names.users.push(user.clone()),
                }
            }
        }
        names
    }

    /// The groups whose members are compared with the user: only for a user who was not provisioned from outside.
    pub(crate) fn groups_to_compare(&self) -> Vec<GroupId> {
        let is_local = self.directory.and_then(|directory| directory.user.seen()).is_some_and(|user| !user.external);
        if !is_local || !matches!(self.user, Slot::Seen(Some(_))) {
            return Vec::new();
        }
        self.granting_memberships().iter().take(GROUPS_COMPARED).map(|membership| membership.group.clone()).collect()
    }

    /// The other members that the user is compared with, as far as the groups' members are known.
    pub(crate) fn members_to_compare(&self) -> Vec<UserId> {
        let groups = self.groups_to_compare();
        let members = groups.iter().filter_map(|group| self.directory?.members.get(group)?.seen());
        let others = members.flat_map(|members| {
            members
                .iter()
                .filter(|member| self.user.seen().is_none_or(|user| user.as_ref() != Some(member)))
                .take(MEMBERS_COMPARED)
        });
        let mut others: Vec<UserId> = others.cloned().collect();
        others.sort();
        others.dedup();
        others
    }

    /// A group, where it was read.
    pub(crate) fn group(&self, id: &GroupId) -> Slot<Option<&'a Group>> {
        let slot = self.directory.and_then(|directory| directory.groups.get(id));
        slot.map_or(Slot::NotAsked, |slot| slot.as_ref().map(Option::as_ref))
    }
}
