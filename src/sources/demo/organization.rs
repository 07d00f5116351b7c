//! An organization with every id filled in and every name resolved.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{
    events::{self, SampleEvent},
    fault::Fault,
    file::{
        ABSENT, ApplicationEntry, GroupEntry, InstanceEntry, MemberEntry, NetworkEntry, OrganizationFile, ReplicaEntry,
        UserEntry,
    },
    ids,
};
use crate::domain::{
    AccountId, Application, ApplicationArn, Caller, Group, GroupId, IdentityStoreId, Instance, InstanceArn,
    InstanceDetail, InstanceRegion, Membership, NetworkRestriction, OnBehalfOf, Principal, Region, Role, User, UserId,
};

/// How long ago somebody joined a group who is not said to have joined lately.
const LONG_AGO: SignedDuration = SignedDuration::from_hours(24 * 90);

/// A sample organization that can be asked.
#[derive(Debug, Clone)]
pub struct Organization {
    pub(super) caller: Caller,
    /// The path of the role that was assumed.
    pub(super) role_path: String,
    /// The actions that the caller's policies allow, beyond what reads.
    pub(super) can: Vec<String>,
    pub(super) delegated_admin: bool,
    pub(super) instances: Vec<SampleInstance>,
    pub(super) applications: Vec<SampleApplication>,
    pub(super) roles: Vec<(AccountId, String, Role)>,
    pub(super) events: Vec<SampleEvent>,
    pub(super) faults: Vec<Fault>,
}

/// An instance and its directory.
#[derive(Debug, Clone)]
pub(super) struct SampleInstance {
    pub(super) instance: Instance,
    pub(super) detail: InstanceDetail,
    pub(super) in_all_regions: bool,
    external: bool,
    pub(super) users: Vec<User>,
    pub(super) groups: Vec<Group>,
    pub(super) memberships: Vec<(UserId, Membership)>,
    /// Whose account somebody enables, and how long after the first question.
    pub(super) enabled_after: Vec<(UserId, Duration)>,
}

/// An application and who may use it.
#[derive(Debug, Clone)]
pub(super) struct SampleApplication {
    pub(super) instance: InstanceArn,
    pub(super) application: Application,
    pub(super) required: bool,
    pub(super) assignments: Vec<Principal>,
}

/// Why a file is no organization.
#[derive(Debug, thiserror::Error)]
pub enum OrganizationError {
    /// Not TOML, or not of this shape.
    #[error("the sample organization is malformed: {0}")]
    Malformed(#[from] toml::de::Error),
    /// A name that nothing has.
    #[error("the sample organization has no {kind} `{name}`")]
    Unknown {
        /// What was looked for.
        kind: &'static str,
        /// Under which name.
        name: String,
    },
    /// A time that is none.
    #[error("`{0}` is not a time such as 2026-11-21T19:00:00Z, nor `absent`")]
    Time(String),
}

impl OrganizationError {
    fn unknown(kind: &'static str, name: &str) -> Self {
        Self::Unknown { kind, name: name.to_owned() }
    }
}

impl Organization {
    /// Reads an organization from TOML.
    ///
    /// # Errors
    /// If the text is no organization.
    pub fn parse(text: &str, now: Timestamp) -> Result<Self, OrganizationError> {
        Self::new(&toml::from_str(text)?, now)
    }

    /// Fills in ids and resolves names. Without instances nothing that belongs to one is there.
    ///
    /// # Errors
    /// If a name means nothing.
    pub fn new(file: &OrganizationFile, now: Timestamp) -> Result<Self, OrganizationError> {
        let account = AccountId::new(&file.caller.account);
        let arn =
            file.caller.arn.clone().unwrap_or_else(|| format!("arn:aws:sts::{account}:assumed-role/Helpdesk/jo.reyes"));
        let mut organization = Self {
            caller: Caller { account, arn },
            role_path: file.caller.role_path.clone().unwrap_or_else(|| "/".to_owned()),
            can: file.caller.can.clone(),
            delegated_admin: file.caller.delegated_admin,
            instances: file.instances.iter().map(SampleInstance::new).collect(),
            applications: Vec::new(),
            roles: Vec::new(),
            events: Vec::new(),
            faults: file.faults.clone(),
        };
        for role in &file.roles {
            let path = role.path.clone().unwrap_or_else(|| format!("/aws-service-role/{}/", role.service));
            let read = Role { path, trusted_services: vec![role.service.clone()] };
            organization.roles.push((AccountId::new(&role.account), role.name.clone(), read));
        }
        if organization.instances.is_empty() {
            return Ok(organization);
        }
        for user in &file.users {
            organization.instance_mut(user.instance.as_deref())?.add_user(user);
        }
        for group in &file.groups {
            organization.instance_mut(group.instance.as_deref())?.add_group(group, now)?;
        }
        for entry in &file.applications {
            let application = organization.instance_mut(entry.instance.as_deref())?.read_application(entry)?;
            organization.applications.push(application);
        }
        for (number, entry) in file.events.iter().enumerate() {
            let known = organization.instance_mut(entry.instance.as_deref())?;
            let user = entry.user.as_ref().map(|name| known.user_named(name).cloned()).transpose()?;
            let store = match entry.store.as_deref() {
                Some(ABSENT) => None,
                Some(store) => Some(IdentityStoreId::new(store)),
                None => Some(known.instance.identity_store.clone()),
            };
            let event = events::read_event(entry, &known.instance, OnBehalfOf { user, store }, number, now);
            organization.events.push(event);
        }
        // CloudTrail has the newest first.
        organization.events.sort_by_key(|known| std::cmp::Reverse(known.event.at));
        for (place, entry) in file.instances.iter().enumerate() {
            let network = entry.network.as_ref().map(|network| organization.read_network(network)).transpose()?;
            if let Some(known) = organization.instances.get_mut(place) {
                known.detail.network = network.flatten();
            }
        }
        Ok(organization)
    }

    /// Returns the restriction, if there is one, with the ARNs of the applications that it names.
    fn read_network(&self, entry: &NetworkEntry) -> Result<Option<NetworkRestriction>, OrganizationError> {
        let mut excluded = Vec::new();
        for name in &entry.exclude_applications {
            excluded.push(match self.applications.iter().find(|known| known.application.name == *name) {
                Some(known) => known.application.arn.to_string(),
                None if name.starts_with("arn:") => name.clone(),
                None => return Err(OrganizationError::unknown("application", name)),
            });
        }
        Ok(entry.vpce_access_required.then(|| NetworkRestriction {
            source_vpcs: entry.restrict_source_vpcs.clone(),
            source_ips: entry.allow_source_ips.clone(),
            excluded_applications: excluded,
        }))
    }

    /// Returns the instance of that name or id, or the first one.
    fn instance_mut(&mut self, name: Option<&str>) -> Result<&mut SampleInstance, OrganizationError> {
        let found = self.instances.iter_mut().find(|known| match name {
            None => true,
            Some(name) => known.instance.name.as_deref() == Some(name) || known.instance.arn.instance_id() == name,
        });
        found.ok_or_else(|| OrganizationError::unknown("instance", name.unwrap_or("the first")))
    }
}

impl SampleInstance {
    fn new(entry: &InstanceEntry) -> Self {
        let id = entry.id.clone().unwrap_or_else(|| ids::derive_instance_id(&entry.name));
        let arn = InstanceArn::new(format!("arn:{}:sso:::instance/{id}", Region::new(&entry.region).partition()));
        let store = entry.store.as_ref().map_or_else(|| ids::derive_store_id(&entry.name), IdentityStoreId::new);
        let region = Region::new(&entry.region);
        let mut regions = vec![InstanceRegion { name: region.clone(), active: Some(true), primary: true }];
        for replica in &entry.replicas {
            let (name, status) = match replica {
                ReplicaEntry::Active(name) => (name, "ACTIVE"),
                ReplicaEntry::WithStatus(replica) => (&replica.region, replica.status.as_str()),
            };
            regions.push(InstanceRegion { name: Region::new(name), active: Some(status == "ACTIVE"), primary: false });
        }
        Self {
            detail: InstanceDetail {
                status: Some(entry.status.clone()),
                primary_region: Some(region.clone()),
                regions: regions.clone(),
                encryption_status: Some(entry.encryption_status.clone()),
                key: entry.key.clone(),
                network: None,
            },
            instance: Instance {
                arn,
                identity_store: store,
                owner: Some(AccountId::new(&entry.owner)),
                name: Some(entry.name.clone()),
                status: Some(entry.status.clone()),
                region,
                regions,
            },
            in_all_regions: entry.in_all_regions,
            external: entry.external,
            users: Vec::new(),
            groups: Vec::new(),
            memberships: Vec::new(),
            enabled_after: Vec::new(),
        }
    }

    fn add_user(&mut self, entry: &UserEntry) {
        let id = entry
            .id
            .as_ref()
            .map_or_else(|| ids::derive_user_id(&self.instance.identity_store, &entry.name), UserId::new);
        let emails = match &entry.emails {
            Some(emails) => emails.clone(),
            None if entry.name.contains('@') => vec![entry.name.clone()],
            None => Vec::new(),
        };
        let delay = entry.enabled_after_seconds.map(Duration::from_secs);
        self.enabled_after.extend(delay.map(|delay| (id.clone(), delay)));
        self.users.push(User {
            id,
            user_name: Some(entry.name.clone()),
            display_name: entry.display_name.clone(),
            given_name: entry.given_name.clone(),
            family_name: entry.family_name.clone(),
            nick_name: entry.nick_name.clone(),
            emails,
            enabled: entry.status.enabled(),
            external: entry.external.unwrap_or(self.external),
        });
    }

    fn add_group(&mut self, entry: &GroupEntry, now: Timestamp) -> Result<(), OrganizationError> {
        let id = entry
            .id
            .as_ref()
            .map_or_else(|| ids::derive_group_id(&self.instance.identity_store, &entry.name), GroupId::new);
        for member in &entry.members {
            let (name, since) = match member {
                MemberEntry::User(name) => (name, now.checked_sub(LONG_AGO).ok()),
                MemberEntry::Dated(member) => {
                    (&member.user, read_since(member.since.as_deref(), member.hours_ago, now)?)
                }
            };
            let user = self.user_named(name)?.clone();
            self.memberships.push((user, Membership { group: id.clone(), since }));
        }
        let external = entry.external.unwrap_or(self.external);
        self.groups.push(Group { id, name: Some(entry.name.clone()), external });
        Ok(())
    }

    fn read_application(&self, entry: &ApplicationEntry) -> Result<SampleApplication, OrganizationError> {
        let instance = &self.instance;
        let account = entry.account.as_ref().map(AccountId::new).or_else(|| instance.owner.clone());
        let owner = account.as_ref().map_or("", AccountId::as_str);
        let arn = entry.arn.clone().unwrap_or_else(|| {
            ids::derive_application_arn(instance.arn.partition(), owner, instance.arn.instance_id(), &entry.name)
        });
        let provider = if entry.provider.starts_with("arn:") {
            entry.provider.clone()
        } else {
            format!("arn:{}:sso::aws:applicationProvider/{}", instance.arn.partition(), entry.provider)
        };
        let mut assignments = Vec::new();
        for name in &entry.assigned_users {
            assignments.push(Principal::User(match self.user_named(name) {
                Err(_) if ids::is_principal(name) => UserId::new(name),
                found => found?.clone(),
            }));
        }
        for name in &entry.assigned_groups {
            assignments.push(Principal::Group(match self.group_named(name) {
                Err(_) if ids::is_principal(name) => GroupId::new(name),
                found => found?.clone(),
            }));
        }
        Ok(SampleApplication {
            instance: instance.arn.clone(),
            application: Application {
                arn: ApplicationArn::new(arn),
                name: entry.name.clone(),
                provider: Some(provider),
                account,
                created_from: (entry.created_from != ABSENT).then(|| Region::new(&entry.created_from)),
                enabled: entry.status.enabled(),
            },
            required: entry.assignment_required,
            assignments,
        })
    }

    fn user_named(&self, name: &str) -> Result<&UserId, OrganizationError> {
        let found = self.users.iter().find(|user| user.user_name.as_deref() == Some(name));
        found.map(|user| &user.id).ok_or_else(|| OrganizationError::unknown("user", name))
    }

    fn group_named(&self, name: &str) -> Result<&GroupId, OrganizationError> {
        let found = self.groups.iter().find(|group| group.name.as_deref() == Some(name));
        found.map(|group| &group.id).ok_or_else(|| OrganizationError::unknown("group", name))
    }
}

/// Returns the time of joining, from a time or a number of hours before now.
fn read_since(
    time: Option<&str>,
    hours_ago: Option<i32>,
    now: Timestamp,
) -> Result<Option<Timestamp>, OrganizationError> {
    match (time, hours_ago) {
        (Some(ABSENT), _) => Ok(None),
        (Some(time), _) => time.parse().map(Some).map_err(|_| OrganizationError::Time(time.to_owned())),
        (None, hours) => {
            let ago = hours.map_or(LONG_AGO, |hours| SignedDuration::from_hours(hours.into()));
            Ok(now.checked_sub(ago).ok())
        }
    }
}
