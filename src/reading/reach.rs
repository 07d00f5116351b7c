//! Which ways lead the user into an application.
//!
//! Computed from the application's assignments and the user's memberships alone. `DescribeApplicationAssignment` sees
//! direct assignments only, and whether `ListApplicationAssignmentsForPrincipal` expands groups is not documented, so
//! neither is asked.

use std::collections::HashSet;

use super::Reading;
use crate::{
    domain::{Application, GroupId, Membership, Principal},
    facts::Slot,
};

/// How an assignment reaches the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Assigned<'a> {
    /// The user is assigned.
    Directly,
    /// Groups of the user are assigned.
    Through(Vec<&'a Membership>),
    /// No assignment reaches the user.
    No,
}

/// What lets the user into one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reach<'a> {
    /// The application.
    pub application: &'a Application,
    /// How its assignments reach the user.
    pub assigned: Slot<Assigned<'a>>,
    /// Whether the user has a path: an assignment, or none is needed.
    pub path: Slot<bool>,
    /// True if no assignment is needed, as far as that was seen.
    pub open_to_all: bool,
}

impl<'a> Reading<'a> {
    /// The reach of each application of the profile, but for disabled ones, which let nobody in.
    pub(crate) fn reaches(&self) -> Vec<Reach<'a>> {
        let applications = self.profile_applications.seen().into_iter().flatten().copied();
        let may_be_open = applications.filter(|application| application.enabled != Some(false));
        may_be_open.map(|application| self.reach(application)).collect()
    }

    fn reach(&self, application: &'a Application) -> Reach<'a> {
        if let Some(obstacle) = self.untold_part(application) {
            let assigned = Slot::Blocked(obstacle.clone());
            return Reach { application, assigned, path: Slot::Blocked(obstacle), open_to_all: false };
        }
        let assigned = self.assigned(application);
        let required = self.facts.required.get(&application.arn).unwrap_or(&Slot::NotAsked);
        let path = match (&assigned, required) {
            (_, Slot::Seen(false)) => self.user.as_ref().map(Option::is_some),
            (Slot::Seen(Assigned::Directly | Assigned::Through(_)), _) => Slot::Seen(true),
            _ if self.user == Slot::Seen(None) => Slot::Seen(false),
            (Slot::Seen(Assigned::No), required) => required.as_ref().map(|_| false),
            (_, Slot::NotAsked) => Slot::NotAsked,
            (assigned, _) => assigned.as_ref().map(|_| false),
        };
        Reach { application, assigned, path, open_to_all: required.seen() == Some(&false) }
    }

    fn assigned(&self, application: &'a Application) -> Slot<Assigned<'a>> {
        let user = match &self.user {
            Slot::Seen(Some(user)) => user,
            Slot::Seen(None) => return Slot::Seen(Assigned::No),
            Slot::NotAsked => return Slot::NotAsked,
            Slot::Blocked(obstacle) => return Slot::Blocked(obstacle.clone()),
        };
        let assignments = self.facts.assignments.get(&application.arn).unwrap_or(&Slot::NotAsked);
        assignments.as_ref().and_then(|assignments| {
            let is_assigned = |principal: &Principal| matches!(principal, Principal::User(id) if id == user);
            if assignments.iter().any(is_assigned) {
                return Slot::Seen(Assigned::Directly);
            }
            let groups: HashSet<&GroupId> = assignments
                .iter()
                .filter_map(|principal| match principal {
                    Principal::Group(group) => Some(group),
                    Principal::User(_) => None,
                })
                .collect();
            if groups.is_empty() {
                return Slot::Seen(Assigned::No);
            }
            self.memberships().map(|memberships| {
                let grants = |membership: &&Membership| groups.contains(&membership.group);
                let granting: Vec<&Membership> = memberships.iter().filter(grants).collect();
                if granting.is_empty() { Assigned::No } else { Assigned::Through(granting) }
            })
        })
    }

    /// The user's groups.
    pub(crate) fn memberships(&self) -> Slot<&'a [Membership]> {
        self.directory.map_or(Slot::NotAsked, |directory| directory.memberships.as_ref().map(Vec::as_slice))
    }

    /// The principals assigned to any enabled application of the profile, each once.
    pub(crate) fn assigned_principals(&self) -> Slot<Vec<&'a Principal>> {
        let mut principals = Vec::new();
        for application in self.enabled() {
            match self.facts.assignments.get(&application.arn).unwrap_or(&Slot::NotAsked) {
                Slot::Seen(assigned) => principals.extend(assigned),
                Slot::NotAsked => return Slot::NotAsked,
                Slot::Blocked(obstacle) => return Slot::Blocked(obstacle.clone()),
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        principals.retain(|principal| seen.insert(*principal));
        Slot::Seen(principals)
    }
}

/// The sets of applications of which one could be "those that let the user in", given what was seen.
///
/// What is judged "for the application that grants" is the same for every set, or cannot be told. Where no application
/// grants, all of them count.
pub(crate) struct Grantors<'a> {
    sets: Vec<Vec<&'a Application>>,
    doubt: Slot<()>,
}

impl<'a> Grantors<'a> {
    /// From the reach of each application, or, if all are disabled, from all applications there are.
    pub(crate) fn new(reaches: &[Reach<'a>], all: &[&'a Application]) -> Self {
        let every: Vec<&Application> =
            if reaches.is_empty() { all.to_vec() } else { reaches.iter().map(|reach| reach.application).collect() };
        let with_path = |path: bool| {
            reaches.iter().filter(move |reach| reach.path == Slot::Seen(path)).map(|reach| reach.application)
        };
        let granting: Vec<&Application> = with_path(true).collect();
        let doubtful: Vec<&Reach> = reaches.iter().filter(|reach| reach.path.seen().is_none()).collect();
        let mut sets = vec![if granting.is_empty() { every } else { granting.clone() }];
        for reach in &doubtful {
            sets.push(granting.iter().copied().chain([reach.application]).collect());
        }
        if doubtful.len() > 1 {
            sets.push(granting.into_iter().chain(doubtful.iter().map(|reach| reach.application)).collect());
        }
        let doubt = doubtful.first().map_or(Slot::Seen(()), |reach| reach.path.as_ref().map(|_| ()));
        Self { sets, doubt }
    }

    /// Every application that may be one of them.
    pub(crate) fn members(&self) -> impl Iterator<Item = &'a Application> {
        self.sets.iter().flatten().copied()
    }

    /// The outcome for those that grant, if it is the same whichever they are; else what is in the way of knowing them.
    pub(crate) fn agree<T: PartialEq>(&self, outcome: impl Fn(&[&'a Application]) -> T) -> Slot<T> {
        let mut outcomes = self.sets.iter().map(|set| outcome(set));
        let Some(first) = outcomes.next() else {
            return Slot::NotAsked;
        };
        if outcomes.all(|other| other == first) {
            Slot::Seen(first)
        } else {
            self.doubt.as_ref().and_then(|()| Slot::NotAsked)
        }
    }
}
