//! Which ways lead the user into an application.
//!
//! Computed from the application's assignments and the user's memberships alone. `DescribeApplicationAssignment` sees
//! direct assignments only, and whether `ListApplicationAssignmentsForPrincipal` expands groups is not documented, so
//! neither is asked.

use std::collections::{BTreeSet, HashSet};

use super::{CaseView, consensus::find_consensus};
use crate::{
    domain::{Application, GroupId, Membership, Principal, UserId},
    facts::{
        Failure, FailureKind, GetApplicationAssignmentConfiguration, Known, ListApplicationAssignments, Operation,
    },
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
pub(crate) struct ApplicationAccess<'a> {
    /// The application.
    pub application: &'a Application,
    /// How its assignments reach the user.
    pub assigned: Known<Assigned<'a>>,
    /// Whether the user has a path: an assignment, or none is needed.
    pub has_path: Known<bool>,
    /// True if no assignment is needed, as far as that is known.
    pub is_open_to_all: bool,
}

impl ApplicationAccess<'_> {
    /// Returns true when an assignment reaches the user.
    pub(crate) fn is_assigned(&self) -> bool {
        matches!(self.assigned, Known::Value(Assigned::Directly | Assigned::Through(_)))
    }
}

impl<'a> CaseView<'a> {
    /// Returns the access to each entitlement, but for disabled ones, which let nobody in.
    pub(super) fn find_accesses(&self) -> Vec<ApplicationAccess<'a>> {
        let applications = self.entitlements.value().into_iter().flatten().copied();
        let may_be_open = applications.filter(|application| application.enabled != Some(false));
        may_be_open.map(|application| self.find_access(application)).collect()
    }

    fn find_access(&self, application: &'a Application) -> ApplicationAccess<'a> {
        if let Some(failure) = self.find_unreported(application) {
            let assigned = Known::Failed(failure.clone());
            let has_path = Known::Failed(failure);
            return ApplicationAccess { application, assigned, has_path, is_open_to_all: false };
        }
        let assigned = self.find_assigned(application);
        let required = self.is_assignment_required(application);
        let has_path = match (&assigned, &required) {
            (_, Known::Value(false)) => self.user.as_ref().map(Option::is_some),
            (Known::Value(Assigned::Directly | Assigned::Through(_)), _) => Known::Value(true),
            _ if self.user == Known::Value(None) => Known::Value(false),
            (Known::Value(Assigned::No), required) => required.as_ref().map(|_| false),
            (_, Known::Pending) => Known::Pending,
            (assigned, _) => assigned.as_ref().map(|_| false),
        };
        ApplicationAccess { application, assigned, has_path, is_open_to_all: required == Known::Value(false) }
    }

    fn find_assigned(&self, application: &'a Application) -> Known<Assigned<'a>> {
        let user = match &self.user {
            Known::Value(Some(user)) => &user.id,
            Known::Value(None) => return Known::Value(Assigned::No),
            Known::Pending => return Known::Pending,
            Known::Failed(failure) => return Known::Failed(failure.clone()),
        };
        self.list_assignments(application).and_then(|assignments| {
            if assignments.iter().any(|principal| matches!(principal, Principal::User(id) if id == user)) {
                return Known::Value(Assigned::Directly);
            }
            let groups: HashSet<&GroupId> = assignments.iter().filter_map(Principal::group).collect();
            if groups.is_empty() {
                return Known::Value(Assigned::No);
            }
            let memberships = self.list_memberships();
            if memberships.is_pending()
                && let Some(granting) = self.find_listed_memberships(user, &groups)
            {
                return Known::Value(Assigned::Through(granting));
            }
            memberships.map(|memberships| {
                let granting: Vec<&Membership> =
                    memberships.iter().filter(|membership| groups.contains(&membership.group)).collect();
                if granting.is_empty() { Assigned::No } else { Assigned::Through(granting) }
            })
        })
    }

    /// Returns the user's memberships in these groups, when all members of all of them were listed with their dates, and
    /// the user is among them.
    fn find_listed_memberships(&self, user: &UserId, groups: &HashSet<&GroupId>) -> Option<Vec<&'a Membership>> {
        let mut granting = Vec::new();
        for group in groups {
            let reading = self.read_members(group, usize::MAX);
            if !reading.is_complete() {
                return None;
            }
            granting.extend(reading.items.into_iter().filter(|member| member.user == *user));
        }
        granting.sort_by(|one, other| one.membership.group.cmp(&other.membership.group));
        let is_dated = granting.iter().all(|member| member.membership.since.is_some());
        (is_dated && !granting.is_empty()).then(|| granting.into_iter().map(|member| &member.membership).collect())
    }

    fn is_assignment_required(&self, application: &Application) -> Known<bool> {
        let (region, application) = (self.instance.region.clone(), application.arn.clone());
        self.facts.get(GetApplicationAssignmentConfiguration { region, application }).map(|required| *required)
    }

    /// Returns who an application is assigned to.
    pub(crate) fn list_assignments(&self, application: &Application) -> Known<&'a [Principal]> {
        let (region, application) = (self.instance.region.clone(), application.arn.clone());
        self.facts.get(ListApplicationAssignments { region, application }).map(Vec::as_slice)
    }

    /// Returns the principals assigned to any enabled entitlement, each once.
    pub(crate) fn list_assigned_principals(&self) -> Known<Vec<&'a Principal>> {
        let mut principals = Vec::new();
        for application in self.list_enabled_entitlements() {
            match self.list_assignments(application) {
                Known::Value(assigned) => principals.extend(assigned),
                Known::Pending => return Known::Pending,
                Known::Failed(failure) => return Known::Failed(failure),
            }
        }
        let mut known = BTreeSet::new();
        principals.retain(|principal| known.insert(*principal));
        Known::Value(principals)
    }

    /// Returns the memberships that let the user into an enabled entitlement, each once.
    pub(crate) fn list_granting_memberships(&self) -> Vec<&'a Membership> {
        let mut granting: Vec<&Membership> = Vec::new();
        for access in &self.accesses {
            if let Known::Value(Assigned::Through(memberships)) = &access.assigned {
                granting.extend(memberships);
            }
        }
        let mut known = BTreeSet::new();
        granting.retain(|membership| known.insert(&membership.group));
        granting
    }

    /// Returns the enabled entitlements. Disabled ones, and those whose status or part AWS leaves out, are not known to
    /// let anybody in.
    pub(crate) fn list_enabled_entitlements(&self) -> Vec<&'a Application> {
        let applications = self.entitlements.value().into_iter().flatten().copied();
        applications
            .filter(|application| application.enabled == Some(true) && self.is_part_reported(application))
            .collect()
    }

    /// Returns what is in the way where AWS leaves out whether an entitlement is enabled, or whether it is one that
    /// carries assignments, unless another one lets the user in anyway.
    pub(crate) fn find_unreported_entitlement(&self) -> Option<Failure> {
        if self.accesses.iter().any(|access| access.has_path == Known::Value(true)) {
            return None;
        }
        self.accesses.iter().find_map(|access| self.find_unreported(access.application))
    }

    /// Returns true unless AWS leaves out the name that would tell which part the application plays. Beside a sign-in
    /// application it can only be the other part.
    fn is_part_reported(&self, application: &Application) -> bool {
        !self.case.app.is_ambiguous(application) || !self.list_sign_ins_of(application).is_empty()
    }

    fn find_unreported(&self, application: &Application) -> Option<Failure> {
        let message = match application.enabled {
            None => format!("AWS does not say whether {} is enabled", application.label()),
            Some(_) if !self.is_part_reported(application) => {
                "AWS leaves out the name that would tell which part the application plays".to_owned()
            }
            Some(_) => return None,
        };
        let failure = Failure::new(FailureKind::Malformed, Operation::ListApplications, message);
        Some(failure.about(&self.instance.region, application.arn.as_str()))
    }
}

/// The sets of applications of which one could be "those that let the user in", given what is known.
///
/// What is judged "for the application that grants" is the same for every set, or cannot be told. Where no application
/// grants, all of them count.
pub(crate) struct GrantingSets<'a> {
    sets: Vec<Vec<&'a Application>>,
    missing: Known<()>,
}

impl<'a> GrantingSets<'a> {
    /// Returns the sets for the access to each application, or, if all are disabled, for all applications there are.
    pub(super) fn from_accesses(accesses: &[ApplicationAccess<'a>], all: &[&'a Application]) -> Self {
        let every: Vec<&Application> =
            if accesses.is_empty() { all.to_vec() } else { accesses.iter().map(|access| access.application).collect() };
        let granting: Vec<&Application> = accesses
            .iter()
            .filter(|access| access.has_path == Known::Value(true))
            .map(|access| access.application)
            .collect();
        let doubtful: Vec<&ApplicationAccess> =
            accesses.iter().filter(|access| access.has_path.value().is_none()).collect();
        let mut sets = vec![if granting.is_empty() { every } else { granting.clone() }];
        for access in &doubtful {
            sets.push(granting.iter().copied().chain([access.application]).collect());
        }
        if doubtful.len() > 1 {
            sets.push(granting.into_iter().chain(doubtful.iter().map(|access| access.application)).collect());
        }
        let missing = doubtful.first().map_or(Known::Value(()), |access| access.has_path.as_ref().map(|_| ()));
        Self { sets, missing }
    }

    /// Returns every application that may be one of them.
    pub(crate) fn list_members(&self) -> impl Iterator<Item = &'a Application> {
        self.sets.iter().flatten().copied()
    }

    /// Returns the answer for those that grant, when it is the same whichever they are; else what is in the way of
    /// knowing them.
    pub(crate) fn find_consensus<T: PartialEq>(&self, answer: impl Fn(&[&'a Application]) -> T) -> Known<T> {
        match find_consensus(&self.sets, |set| answer(set), PartialEq::eq) {
            Some(answer) => Known::Value(answer),
            None => self.missing.as_ref().and_then(|()| Known::Pending),
        }
    }
}
