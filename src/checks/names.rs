//! The names around a user without a way in: the user's groups, the assigned ones, and those that are gone.

use super::{Finding, Route};
use crate::{
    analysis::{CaseView, consensus::find_distinct_answers, details::NAMES_READ},
    catalog::Cause,
    domain::{Group, GroupId, Membership, Principal, UserId},
    facts::Known,
    text,
};

/// How many groups are named for somebody to choose from.
const CHOICES: usize = 5;

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
    fn read(view: &CaseView, wanted: &[GroupId], id: &GroupId) -> Self {
        let is_wanted = wanted.contains(id);
        let group = if is_wanted { view.read_group(id) } else { Known::Pending };
        let group = group.value().copied().flatten();
        let name_is = match group {
            Some(Group { name: Some(_), .. }) => NameIs::Read,
            _ if is_wanted => NameIs::Failed,
            _ => NameIs::LeftOut,
        };
        Self { id: id.clone(), name: read_group_name(view, id), external: group.map(|group| group.external), name_is }
    }

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
    /// Everybody and everything that is assigned.
    pub(super) principals: Vec<&'a Principal>,
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
    /// The causes that come into question: one, where what was read tells, and several, where it hangs on what could not
    /// be read.
    pub(super) causes: Vec<Cause>,
}

/// Returns the names around a user without a way in.
///
/// # Errors
/// If they are still on their way, or what they are the names of could not be read: with the finding that says so.
pub(super) fn read_names<'a>(view: &CaseView<'a>) -> Result<ReadNames<'a>, Finding> {
    let principals = match view.list_assigned_principals() {
        Known::Value(principals) => principals,
        missing => return Err(Finding::of_missing(&missing)),
    };
    let wanted = view.list_names_to_read();
    let is_pending = wanted.groups.iter().any(|id| view.read_group(id).is_pending())
        || wanted.users.iter().any(|id| view.read_other_user(id).is_pending());
    if is_pending && view.facts.closed.is_none() {
        return Err(Finding::running());
    }
    let mut names = ReadNames {
        own: Vec::new(),
        assigned: Vec::new(),
        principals,
        gone: Vec::new(),
        entitled: None,
        users: 0,
        users_unread: 0,
        users_failed: 0,
        causes: Vec::new(),
    };
    let is_entitled = |group: &NamedGroup| group.is_read() && view.case.app.is_entitled_name(&group.name);
    for membership in view.list_memberships().value().copied().into_iter().flatten() {
        let group = NamedGroup::read(view, &wanted.groups, &membership.group);
        if names.entitled.is_none() && is_entitled(&group) {
            names.entitled = Some(group.clone());
        }
        names.own.push(group);
    }
    for principal in names.principals.clone() {
        match principal {
            Principal::Group(id) if wanted.groups.contains(id) && view.read_group(id) == Known::Value(None) => {
                names.gone.push(principal);
            }
            Principal::Group(id) => names.assigned.push(NamedGroup::read(view, &wanted.groups, id)),
            Principal::User(id) => names.count_user(view, principal, id, wanted.users.contains(id)),
        }
    }
    // The group to put the user into: one that is meant for it, else one whose name was read.
    names.assigned.sort_by_key(|group| (!is_entitled(group), group.name_is as u8));
    // Where no group is assigned, the way in is closed whatever the user's groups are; but which cause it is, they tell,
    // unless somebody who is assigned is gone.
    if let Known::Failed(failure) = view.list_memberships()
        && !names.principals.is_empty()
        && names.gone.is_empty()
    {
        return Err(Finding::unknown(failure));
    }
    names.causes = names.list_possible_causes();
    Ok(names)
}

impl<'a> ReadNames<'a> {
    fn count_user(&mut self, view: &CaseView, principal: &'a Principal, id: &UserId, is_wanted: bool) {
        self.users += 1;
        match view.read_other_user(id) {
            Known::Value(None) if is_wanted => self.gone.push(principal),
            Known::Value(_) if is_wanted => {}
            _ => {
                self.users_unread += 1;
                self.users_failed += usize::from(is_wanted);
            }
        }
    }

    /// Returns the assigned group to put the user into, where one exists for certain.
    pub(super) fn find_group_to_join(&self) -> Option<&NamedGroup> {
        self.assigned.iter().find(|group| group.name_is != NameIs::Failed)
    }

    /// Returns the assigned groups whose names were read, for somebody to choose from: one, or "one of: …".
    pub(super) fn list_choices(&self) -> String {
        let names: Vec<String> =
            self.assigned.iter().filter(|group| group.is_read()).map(|group| text::clean(&group.name)).collect();
        match names.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            many if many.len() <= CHOICES => format!("one of: {}", many.join(", ")),
            many => {
                let (shown, more) = many.split_at(CHOICES);
                format!("one of: {} and {} more", shown.join(", "), more.len())
            }
        }
    }

    /// Returns the cause, when what was read tells it.
    pub(super) fn find_single_cause(&self) -> Option<Cause> {
        match self.causes.as_slice() {
            [cause] => Some(*cause),
            _ => None,
        }
    }

    fn list_possible_causes(&self) -> Vec<Cause> {
        if self.principals.is_empty() {
            return vec![Cause::NoAssignments];
        }
        let own_failed = self.own.iter().any(|group| group.name_is == NameIs::Failed);
        let groups_failed = self.assigned.iter().filter(|group| group.name_is == NameIs::Failed).count();
        // A world is: whether one of the user's groups should grant access, and how many of the assigned groups and
        // users that could not be read exist.
        let mut worlds = Vec::new();
        for is_entitled in list_possibilities(self.entitled.is_some(), own_failed) {
            for groups in 0..=groups_failed {
                worlds.extend((0..=self.users_failed).map(|users| (is_entitled, groups, users)));
            }
        }
        let mut causes = find_distinct_answers(
            worlds,
            |(is_entitled, groups, users)| {
                let a_group_exists = self.find_group_to_join().is_some() || groups > 0;
                let somebody_is_gone = !self.gone.is_empty() || groups < groups_failed || users < self.users_failed;
                find_cause_in_world(a_group_exists, somebody_is_gone, is_entitled)
            },
            PartialEq::eq,
        );
        causes.sort();
        causes
    }

    pub(super) fn describe_assigned_groups(&self) -> String {
        list_names(&self.assigned)
    }

    pub(super) fn describe_own_groups(&self) -> String {
        if self.own.is_empty() {
            "the user is in no group".to_owned()
        } else {
            format!("the user is in: {}", list_names(&self.own))
        }
    }

    pub(super) fn describe_assignments(&self) -> String {
        let users = if self.users == 0 {
            String::new()
        } else {
            format!(", and {}", text::count(self.users, "single user", "single users"))
        };
        let assigned = if self.assigned.is_empty() { "none".to_owned() } else { self.describe_assigned_groups() };
        format!("assigned groups: {assigned}{users}; {}", self.describe_own_groups())
    }

    pub(super) fn describe_unread(&self) -> Option<String> {
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
    pub(super) fn describe_failed(&self) -> String {
        let own = self.own.iter().filter(|group| group.name_is == NameIs::Failed);
        let assigned = self.assigned.iter().filter(|group| group.name_is == NameIs::Failed);
        let mut failed: Vec<String> = own.map(|group| format!("the user's group {}", group.id)).collect();
        failed.extend(assigned.map(|group| format!("the assigned group {}", group.id)));
        if self.users_failed > 0 {
            failed.push(text::count(self.users_failed, "assigned user", "assigned users"));
        }
        text::paragraph(&failed.join(", "))
    }

    pub(super) fn list_routes(&self) -> Vec<Route> {
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

/// Returns the cause, where all of this is certain.
fn find_cause_in_world(a_group_exists: bool, somebody_is_gone: bool, is_entitled: bool) -> Cause {
    match (a_group_exists, somebody_is_gone, is_entitled) {
        (true, _, false) => Cause::NotInEntitledGroup,
        (false, true, _) => Cause::AssignmentOrphaned,
        (_, _, true) => Cause::GroupNotAssigned,
        (false, false, false) => Cause::UserNotAssigned,
    }
}

/// Returns the values that something can have: true for certain, false for certain, or either.
fn list_possibilities(is_certain: bool, is_open: bool) -> Vec<bool> {
    match (is_certain, is_open) {
        (true, _) => vec![true],
        (false, true) => vec![false, true],
        (false, false) => vec![false],
    }
}

/// Returns the names of groups, at most twenty of them.
fn list_names(groups: &[NamedGroup]) -> String {
    let mut names: Vec<String> = groups.iter().take(NAMES_READ).map(|group| text::clean(&group.name)).collect();
    if groups.len() > NAMES_READ {
        names.push(format!("and {} more", groups.len() - NAMES_READ));
    }
    names.join(", ")
}

/// Returns the sentence that says which names of granting groups could not be read, when there are any; their ids stand for them.
pub(super) fn describe_unread_names(view: &CaseView, granting: &[&Membership]) -> Option<String> {
    let mut unread = 0;
    for membership in granting.iter().take(NAMES_READ) {
        let is_unread = match view.read_group(&membership.group) {
            Known::Value(group) => group.is_none_or(|group| group.name.is_none()),
            Known::Failed(_) => true,
            Known::Pending => view.facts.closed.is_some(),
        };
        unread += usize::from(is_unread);
    }
    (unread > 0).then(|| format!("not read by name: {}", text::count(unread, "group", "groups")))
}

/// Returns a group's name, or its id where no name was read, or "a group" while the name is on its way.
pub(super) fn read_group_name(view: &CaseView, id: &GroupId) -> String {
    match view.read_group(id) {
        Known::Value(Some(Group { name: Some(name), .. })) => name.clone(),
        // An id on the screen for the blink of an eye would only irritate.
        Known::Pending if view.facts.closed.is_none() => "a group".to_owned(),
        _ => id.to_string(),
    }
}
