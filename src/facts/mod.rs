//! Everything that was learned about one case: plain values, and how each was come by.
//!
//! Gathering announces [`Fact`]s one at a time; [`Facts::learn`] puts each in its place. Judging reads the
//! whole and may do so at any moment.

mod call;
mod obstacle;
mod slot;

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::{
    call::{Call, CallEnd, CallEvent},
    obstacle::{CredentialsFlaw, Obstacle, ObstacleKind, Outcome},
    slot::Slot,
};
use crate::domain::{
    ApplicationArn, Caller, Group, GroupId, IdentityStoreId, Instance, InstanceArn, InstanceDetail, Listing, LookupKey,
    Membership, Principal, Region, Role, User, UserId,
};

/// What is known about one user's case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// When the diagnosis began, by this machine's clock.
    pub now: Timestamp,
    /// The credentials' owner.
    pub caller: Slot<Caller>,
    /// Where instances were looked for, in the order asked.
    pub searches: Vec<Search>,
    /// What each instance said about itself.
    pub details: BTreeMap<InstanceArn, Slot<InstanceDetail>>,
    /// The applications of each instance.
    pub listings: BTreeMap<InstanceArn, Listings>,
    /// Whether an application needs assignments.
    pub required: BTreeMap<ApplicationArn, Slot<bool>>,
    /// Who an application is assigned to.
    pub assignments: BTreeMap<ApplicationArn, Slot<Vec<Principal>>>,
    /// The service-linked roles in the caller's account, by name; `Seen(None)` is "no such role".
    pub roles: BTreeMap<String, Slot<Option<Role>>>,
    /// What each identity store knows, of the user and of the groups that matter.
    pub directories: BTreeMap<IdentityStoreId, Directory>,
    /// The requests made, in the order they started.
    pub calls: Vec<Call>,
    /// Set when nothing more will be learned; what is still open by then met this obstacle.
    pub closed: Option<Obstacle>,
}

/// One `sso:ListInstances`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// The Region that was asked.
    pub region: Region,
    /// True if that one call covered all Regions.
    pub all_regions: bool,
    /// The instances found.
    pub answer: Slot<Vec<Instance>>,
}

/// The two ways to list applications. From a member account the whole list is denied, and asking for the
/// account's own ones is how AWS wants to be asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Listings {
    /// All applications of the instance.
    pub all: Slot<Arc<Listing>>,
    /// Those that the caller's account owns; asked only from an account that does not own the instance.
    pub own: Slot<Arc<Listing>>,
}

/// What an identity store said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Directory {
    /// The look-ups of the user, in order of preference.
    pub lookups: Vec<Lookup>,
    /// The user that the look-ups led to.
    pub user: Slot<User>,
    /// The user's groups.
    pub memberships: Slot<Vec<Membership>>,
    /// Groups that were read for their name; `Seen(None)` is "no longer there".
    pub groups: BTreeMap<GroupId, Slot<Option<Group>>>,
    /// Other users that were read; `Seen(None)` is "no longer there".
    pub users: BTreeMap<UserId, Slot<Option<User>>>,
    /// Some members of the groups that grant access to the user.
    pub members: BTreeMap<GroupId, Slot<Vec<UserId>>>,
    /// Whether a page of users was read, which spares asking for members one by one.
    pub sampled: Slot<()>,
    /// User names that were listed to suggest one.
    pub names: Slot<NameList>,
}

/// One look-up of the user; `Seen(None)` is "no such user".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lookup {
    /// By what.
    pub key: LookupKey,
    /// The answer.
    pub answer: Slot<Option<UserId>>,
}

/// Names of a directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameList {
    /// User names close to what was typed, the closest first.
    pub close: Vec<String>,
    /// Whether one of the users is who was typed.
    pub listed: Listed,
    /// How many users were read.
    pub read: usize,
    /// False if the directory has more users than were read.
    pub complete: bool,
}

/// Whether a listed user is one whom the look-ups did not find.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listed {
    /// None of them is.
    Nobody,
    /// One has exactly what was looked up.
    AsLookedUp,
    /// One has the name or the address in another letter case, in which AWS finds nobody; this key would find the user.
    InOtherLetterCase(UserId, LookupKey),
}

/// One thing learned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// Something happened to a call.
    Call(CallEvent),
    /// Whose credentials these are.
    Caller(Slot<Caller>),
    /// A Region is about to be searched for instances, or was.
    Search(Search),
    /// An instance about itself.
    Detail(InstanceArn, Slot<InstanceDetail>),
    /// All applications of an instance.
    AllApplications(InstanceArn, Slot<Arc<Listing>>),
    /// The applications of an instance that the caller's account owns.
    OwnApplications(InstanceArn, Slot<Arc<Listing>>),
    /// Whether an application needs assignments.
    Required(ApplicationArn, Slot<bool>),
    /// The assignments of an application.
    Assignments(ApplicationArn, Slot<Vec<Principal>>),
    /// A service-linked role, by name.
    Role(String, Slot<Option<Role>>),
    /// A look-up of the user is about to start, or ended.
    Lookup(IdentityStoreId, Lookup),
    /// The user.
    User(IdentityStoreId, Slot<User>),
    /// The user's groups.
    Memberships(IdentityStoreId, Slot<Vec<Membership>>),
    /// A group.
    Group(IdentityStoreId, GroupId, Slot<Option<Group>>),
    /// Another user.
    OtherUser(IdentityStoreId, UserId, Slot<Option<User>>),
    /// Members of a group.
    Members(IdentityStoreId, GroupId, Slot<Vec<UserId>>),
    /// Some users of a directory were read at once.
    Sampled(IdentityStoreId, Slot<()>),
    /// Names to suggest.
    Names(IdentityStoreId, Slot<NameList>),
    /// Nothing more will come.
    Closed(Obstacle),
}

impl Facts {
    /// Nothing known yet, at this time.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self {
            now,
            caller: Slot::NotAsked,
            searches: Vec::new(),
            details: BTreeMap::new(),
            listings: BTreeMap::new(),
            required: BTreeMap::new(),
            assignments: BTreeMap::new(),
            roles: BTreeMap::new(),
            directories: BTreeMap::new(),
            calls: Vec::new(),
            closed: None,
        }
    }

    /// Puts one fact in its place; a later one replaces an earlier one about the same thing.
    pub fn learn(&mut self, fact: Fact) {
        match fact {
            Fact::Call(event) => call::enter(&mut self.calls, event),
            Fact::Caller(caller) => self.caller = caller,
            Fact::Search(search) => {
                let same =
                    |known: &&mut Search| known.region == search.region && known.all_regions == search.all_regions;
                match self.searches.iter_mut().find(same) {
                    Some(known) => *known = search,
                    None => self.searches.push(search),
                }
            }
            Fact::Detail(arn, detail) => drop(self.details.insert(arn, detail)),
            Fact::AllApplications(arn, all) => self.listings.entry(arn).or_default().all = all,
            Fact::OwnApplications(arn, own) => self.listings.entry(arn).or_default().own = own,
            Fact::Required(arn, required) => drop(self.required.insert(arn, required)),
            Fact::Assignments(arn, assignments) => drop(self.assignments.insert(arn, assignments)),
            Fact::Role(name, role) => drop(self.roles.insert(name, role)),
            Fact::Lookup(store, lookup) => {
                let lookups = &mut self.directory_mut(store).lookups;
                match lookups.iter_mut().find(|known| known.key == lookup.key) {
                    Some(known) => *known = lookup,
                    None => lookups.push(lookup),
                }
            }
            Fact::User(store, user) => self.directory_mut(store).user = user,
            Fact::Memberships(store, memberships) => self.directory_mut(store).memberships = memberships,
            Fact::Group(store, id, group) => drop(self.directory_mut(store).groups.insert(id, group)),
            Fact::OtherUser(store, id, user) => drop(self.directory_mut(store).users.insert(id, user)),
            Fact::Members(store, id, members) => drop(self.directory_mut(store).members.insert(id, members)),
            Fact::Sampled(store, sampled) => self.directory_mut(store).sampled = sampled,
            Fact::Names(store, names) => self.directory_mut(store).names = names,
            Fact::Closed(obstacle) => self.closed = Some(obstacle),
        }
    }

    /// The time by AWS's clock: the newest that an answer told; this machine's where none did. Whatever AWS dates is as
    /// old as that says.
    #[must_use]
    pub fn aws_now(&self) -> Timestamp {
        let told = self.calls.iter().filter_map(|call| call.end.as_ref()?.aws_time).max();
        told.unwrap_or(self.now)
    }

    /// The instances that were seen, each once, in the order of their ARNs.
    #[must_use]
    pub fn instances(&self) -> Vec<&Instance> {
        let mut seen = BTreeMap::new();
        for instance in self.searches.iter().filter_map(|search| search.answer.seen()).flatten() {
            seen.entry(&instance.arn).or_insert(instance);
        }
        seen.into_values().collect()
    }

    /// What an identity store said, if it was asked anything.
    #[must_use]
    pub fn directory(&self, store: &IdentityStoreId) -> Option<&Directory> {
        self.directories.get(store)
    }

    fn directory_mut(&mut self, store: IdentityStoreId) -> &mut Directory {
        self.directories.entry(store).or_default()
    }
}
