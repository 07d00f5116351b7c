//! What the facts say, before anybody judges: which instance, which user, which applications, which way in.
//!
//! Gathering reads it to know what to ask next, judging to know what to make of it. All of it is pure.

pub(crate) mod access;
pub(crate) mod applications;
pub(crate) mod attempts;
pub(crate) mod consensus;
pub(crate) mod details;
pub(crate) mod directory;
pub(crate) mod found_user;
pub(crate) mod instances;
pub(crate) mod listing;
pub(crate) mod name_id;
pub(crate) mod people;
pub(crate) mod principal;
pub(crate) mod regions;
pub(crate) mod service_provider;
pub(crate) mod suggestions;
pub(crate) mod user;

use self::{
    access::{ApplicationAccess, GrantingSets},
    applications::Listing,
    found_user::FoundUser,
};
use crate::{
    case::Case,
    domain::{Application, Group, GroupId, Instance, Membership, User, UserId},
    facts::{DescribeGroup, DescribeUser, Facts, Known, ListGroupMembershipsForMember},
};

/// The facts of one case, around the instance that is judged.
pub(crate) struct CaseView<'a> {
    /// What we were told.
    pub case: &'a Case,
    /// What was learned.
    pub facts: &'a Facts,
    /// The instance.
    pub instance: &'a Instance,
    /// The user in its directory; `None` is "not in it".
    pub user: Known<Option<FoundUser>>,
    /// The applications that could be listed.
    pub listing: Known<Listing<'a>>,
    /// Those that carry the assignments, disabled ones included.
    pub entitlements: Known<Vec<&'a Application>>,
    /// The user's access to each of them that may be open.
    pub accesses: Vec<ApplicationAccess<'a>>,
}

impl<'a> CaseView<'a> {
    /// Returns the view around an instance.
    pub(crate) fn new(case: &'a Case, facts: &'a Facts, instance: &'a Instance) -> Self {
        let mut view = Self {
            case,
            facts,
            instance,
            user: user::find_user(case, facts, instance),
            listing: applications::list_applications(case, facts, instance),
            entitlements: applications::list_entitlements(case, facts, instance),
            accesses: Vec::new(),
        };
        view.accesses = view.find_accesses();
        view
    }

    /// Returns the sets of applications of which one could be those that let the user in.
    pub(crate) fn find_granting_sets(&self) -> GrantingSets<'a> {
        let all = self.entitlements.value().map(Vec::as_slice).unwrap_or_default();
        GrantingSets::from_accesses(&self.accesses, all)
    }

    /// Returns the sentence that says so, when only one account's applications could be listed.
    pub(crate) fn describe_narrowing(&self) -> Option<String> {
        self.listing.value()?.only_of.as_ref().map(applications::describe_narrowing)
    }

    /// Returns what the directory says of the user, who cannot be absent once a look-up has found the user.
    pub(crate) fn read_user_record(&self) -> Known<&'a User> {
        let Some(Some(user)) = self.user.value() else {
            return self.user.as_ref().and_then(|_| Known::Pending);
        };
        user::read_found_user(self.facts, self.instance, &user.id)
    }

    /// Returns the user's groups.
    pub(crate) fn list_memberships(&self) -> Known<&'a [Membership]> {
        let Some(Some(user)) = self.user.value() else {
            return self.user.as_ref().and_then(|_| Known::Pending);
        };
        let query = ListGroupMembershipsForMember {
            region: self.instance.region.clone(),
            store: self.instance.identity_store.clone(),
            user: user.id.clone(),
        };
        self.facts.get(query).map(Vec::as_slice)
    }

    /// Returns a group, where it was read; `None` is "no longer there".
    pub(crate) fn read_group(&self, id: &GroupId) -> Known<Option<&'a Group>> {
        let query = DescribeGroup {
            region: self.instance.region.clone(),
            store: self.instance.identity_store.clone(),
            group: id.clone(),
        };
        self.facts.get(query).map(Option::as_ref)
    }

    /// Returns another user, where one was read; `None` is "no longer there".
    pub(crate) fn read_other_user(&self, id: &UserId) -> Known<Option<&'a User>> {
        let query = DescribeUser {
            region: self.instance.region.clone(),
            store: self.instance.identity_store.clone(),
            user: id.clone(),
        };
        self.facts.get(query).map(Option::as_ref)
    }
}
