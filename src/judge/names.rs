//! The names around a user without a way in: the user's groups, the assigned ones, and those that are gone.

use std::collections::BTreeSet;

use crate::{
    cause::Cause,
    diagnosis::Route,
    domain::{Group, GroupId, Membership, Principal, UserId},
    facts::Slot,
    reading::{Reading, details::NAMES_READ},
    text,
};

/// A group whose name was to be read.
#[derive(Clone)]
pub(super) struct NamedGroup {
    pub(super) id: GroupId,
    /// The name, or the id where none was read.
    pub(super) name: String,
    /// Whether it comes from an external identity provider, where that was read.
    pub(super) external: Option<bool>,
    /// How its name stands.
    pub(super) name_is: NameIs,
}

/// How far the name of a group was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameIs {
    /// It was read.
    Read,
    /// It was asked for, and could not be read: the group may be any, and may be gone.
    Failed,
    /// It is one of so many that it was not asked for: it counts as existing, and as not meant to grant access.
    LeftOut,
}

impl NamedGroup {
    fn is_read(&self) -> bool {
        self.name_is == NameIs::Read
    }
}

/// The names around a user without a way in.
pub(super) struct ReadNames<'a> {
    /// The user's groups, those that were read first.
    own: Vec<NamedGroup>,
    /// Assigned groups that exist, or were not read and so count as existing.
    assigned: Vec<NamedGroup>,
    /// Assigned principals that are gone.
    pub(super) gone: Vec<&'a Principal>,
    /// The first group of the user that should grant access by its name.
    pub(super) entitled: Option<NamedGroup>,
    /// The number of single users assigned.
    users: usize,
    /// Those of them that were not read.
    users_unread: usize,
    /// Those of them that were asked for and could not be read: each may be gone.
    users_failed: usize,
}

/// `None` while names are still on their way.
pub(super) fn read_names<'a>(reading: &Reading<'a>) -> Option<ReadNames<'a>> {
    let wanted = reading.names();
    let waiting = reading.facts.closed.is_none();
    let directory = reading.directory;
    let is_open = |id: &GroupId| reading.group(id).is_open();
    let user_is_open = |id: &UserId| directory.and_then(|directory| directory.users.get(id)).is_none_or(Slot::is_open);
    if waiting && (wanted.groups.iter().any(is_open) || wanted.users.iter().any(user_is_open)) {
        return None;
    }
    let named = |id: &GroupId| {
        let is_wanted = wanted.groups.contains(id);
        let group = if is_wanted { reading.group(id) } else { Slot::NotAsked };
        let read = group.seen().copied().flatten();
        let name_is = match read {
            Some(group) if group.name.is_some() => NameIs::Read,
            _ if is_wanted => NameIs::Failed,
            _ => NameIs::LeftOut,
        };
        NamedGroup { id: id.clone(), name: name_of(reading, id), external: read.map(|group| group.external), name_is }
    };
    let is_gone = |principal: &Principal| match principal {
        Principal::Group(id) => wanted.groups.contains(id) && reading.group(id) == Slot::Seen(None),
        Principal::User(id) => {
            wanted.users.contains(id)
                && directory.and_then(|directory| directory.users.get(id)) == Some(&Slot::Seen(None))
        }
    };
    let memberships = reading.memberships().seen().copied().unwrap_or_default();
    let own: Vec<NamedGroup> = memberships.iter().map(|membership| named(&membership.group)).collect();
    let principals = reading.assigned_principals().seen().cloned().unwrap_or_default();
    let gone: Vec<&Principal> = principals.iter().copied().filter(|principal| is_gone(principal)).collect();
    let assigned: Vec<NamedGroup> = principals
        .iter()
        .filter_map(|principal| match principal {
            Principal::Group(id) if !gone.contains(principal) => Some(named(id)),
            _ => None,
        })
        .collect();
    let is_entitled = |group: &NamedGroup| group.is_read() && reading.case.profile.is_entitled_name(&group.name);
    let entitled = own.iter().find(|group| is_entitled(group)).cloned();
    // The group to put the user into: one that is meant for it, else one whose name was read.
    let mut assigned = assigned;
    assigned.sort_by_key(|group| (!is_entitled(group), group.name_is as u8));
    let users = principals.iter().filter(|principal| matches!(principal, Principal::User(_))).count();
    let user_is_read = |id: &UserId| {
        wanted.users.contains(id)
            && directory.and_then(|directory| directory.users.get(id)).is_some_and(|user| user.seen().is_some())
    };
    let users_unread =
        principals.iter().filter(|principal| matches!(principal, Principal::User(id) if !user_is_read(id))).count();
    let users_failed = wanted.users.iter().filter(|id| !user_is_read(id)).count();
    Some(ReadNames { own, assigned, gone, entitled, users, users_unread, users_failed })
}

impl ReadNames<'_> {
    /// The assigned group to put the user into, where one exists for certain.
    pub(super) fn candidate(&self) -> Option<&NamedGroup> {
        self.assigned.iter().find(|group| group.name_is != NameIs::Failed)
    }

    /// Returns the causes that come into question for a user without a way in: one, where what was read tells, and
    /// several, where it hangs on what could not be read. `has_assignments` is false where nobody is assigned.
    pub(super) fn possible_causes(&self, has_assignments: bool) -> BTreeSet<Cause> {
        if !has_assignments {
            return BTreeSet::from([Cause::NoAssignments]);
        }
        let own_failed = self.own.iter().filter(|group| group.name_is == NameIs::Failed).count();
        let groups_failed = self.assigned.iter().filter(|group| group.name_is == NameIs::Failed).count();
        let is_entitled = possibilities(self.entitled.is_some(), own_failed > 0);
        let mut causes = BTreeSet::new();
        // How many of the assigned groups that could not be read exist, and how many of the users.
        for (entitled, groups, users) in is_entitled
            .into_iter()
            .flat_map(|entitled| (0..=groups_failed).map(move |groups| (entitled, groups)))
            .flat_map(|(entitled, groups)| (0..=self.users_failed).map(move |users| (entitled, groups, users)))
        {
            let a_group_exists = self.candidate().is_some() || groups > 0;
            let somebody_is_gone = !self.gone.is_empty() || groups < groups_failed || users < self.users_failed;
            causes.insert(match (a_group_exists, somebody_is_gone, entitled) {
                (true, _, false) => Cause::NotInEntitledGroup,
                (false, true, _) => Cause::AssignmentOrphaned,
                (_, _, true) => Cause::GroupNotAssigned,
                (false, false, false) => Cause::UserNotAssigned,
            });
        }
        causes
    }

    pub(super) fn assigned_groups(&self) -> String {
        shown(&self.assigned)
    }

    pub(super) fn user_groups(&self) -> String {
        if self.own.is_empty() {
            "the user is in no group".to_owned()
        } else {
            format!("the user is in: {}", shown(&self.own))
        }
    }

    pub(super) fn found(&self) -> String {
        let users = if self.users == 0 {
            String::new()
        } else {
            format!(", and {}", text::count(self.users, "single user", "single users"))
        };
        let assigned = if self.assigned.is_empty() { "none".to_owned() } else { self.assigned_groups() };
        format!("assigned groups: {assigned}{users}; {}", self.user_groups())
    }

    pub(super) fn unread(&self) -> Option<String> {
        let own = self.own.iter().filter(|group| !group.is_read()).count();
        let assigned = self.assigned.iter().filter(|group| !group.is_read()).count();
        let groups = (own + assigned > 0).then(|| text::count(own + assigned, "group", "groups"));
        let users = (self.users_unread > 0).then(|| text::count(self.users_unread, "assigned user", "assigned users"));
        let unread: Vec<String> = groups.into_iter().chain(users).collect();
        (!unread.is_empty()).then(|| {
            format!(
                "not read by name: {}; what was not read counts as existing, and as not meant to grant access",
                unread.join(" and ")
            )
        })
    }

    /// Returns what was asked for and could not be read, by kind and id.
    pub(super) fn failed(&self) -> String {
        let own = self.own.iter().filter(|group| group.name_is == NameIs::Failed);
        let assigned = self.assigned.iter().filter(|group| group.name_is == NameIs::Failed);
        let mut failed: Vec<String> = own.map(|group| format!("the user's group {}", group.id)).collect();
        failed.extend(assigned.map(|group| format!("the assigned group {}", group.id)));
        if self.users_failed > 0 {
            failed.push(text::count(self.users_failed, "assigned user", "assigned users"));
        }
        text::paragraph(&failed.join(", "))
    }

    pub(super) fn routes(&self) -> Vec<Route> {
        let route = |group: &NamedGroup, why: &str| Route {
            name: text::clean(&group.name),
            id: text::clean(group.id.as_str()),
            grants: false,
            fixed: false,
            why: why.to_owned(),
        };
        let assigned = self.assigned.iter().map(|group| route(group, "assigned, user is not a member"));
        let gone = self.gone.iter().map(|principal| Route {
            name: text::clean(principal.id()),
            id: text::clean(principal.id()),
            grants: false,
            fixed: false,
            why: "assigned, no longer exists".to_owned(),
        });
        let own = self.own.iter().map(|group| route(group, "user is a member, not assigned"));
        assigned.chain(gone).chain(own).collect()
    }
}

/// Returns the values that something can have: true for certain, false for certain, or either.
fn possibilities(is_certain: bool, is_open: bool) -> Vec<bool> {
    match (is_certain, is_open) {
        (true, _) => vec![true],
        (false, true) => vec![false, true],
        (false, false) => vec![false],
    }
}

/// The names of groups, at most twenty of them.
fn shown(groups: &[NamedGroup]) -> String {
    let mut names: Vec<String> = groups.iter().take(NAMES_READ).map(|group| text::clean(&group.name)).collect();
    if groups.len() > NAMES_READ {
        names.push(format!("and {} more", groups.len() - NAMES_READ));
    }
    names.join(", ")
}

/// Says which names of granting groups could not be read; their ids stand for them.
pub(super) fn unread_names(reading: &Reading, granting: &[&Membership]) -> Option<String> {
    let is_unread = |membership: &&&Membership| match reading.group(&membership.group) {
        Slot::Seen(group) => group.is_none_or(|group| group.name.is_none()),
        Slot::Blocked(_) => true,
        Slot::NotAsked => reading.facts.closed.is_some(),
    };
    let unread = granting.iter().take(NAMES_READ).filter(is_unread).count();
    (unread > 0).then(|| format!("not read by name: {}", text::count(unread, "group", "groups")))
}

/// A group's name, or its id where no name was read, or "a group" while the name is on its way.
pub(super) fn name_of(reading: &Reading, id: &GroupId) -> String {
    match reading.group(id) {
        Slot::Seen(Some(Group { name: Some(name), .. })) => name.clone(),
        // An id on the screen for the blink of an eye would only irritate.
        Slot::NotAsked if reading.facts.closed.is_none() => "a group".to_owned(),
        _ => id.to_string(),
    }
}
