//! How a small organization is written down in TOML, for the demo and for scenarios.
//!
//! Everything has a default, and the defaults together are the smallest organization in which sign-in works:
//! one instance, one user, one group, both Kiro applications, both roles. A file says only what is different.
//! Where AWS may leave a value out, the word `absent` does that.

use serde::Deserialize;

use super::{events::EventEntry, fault::Fault};

/// The account that owns everything, unless the file says otherwise.
pub const DEFAULT_ACCOUNT: &str = "111122223333";
/// The user of an organization that names none.
pub const DEFAULT_USER: &str = "ana@corp.example";
/// The group of an organization that names none.
pub const DEFAULT_GROUP: &str = "Kiro-Developers";
/// Where instances and applications are, unless the file says otherwise.
pub const DEFAULT_REGION: &str = "us-east-1";
/// Stands for "AWS does not say".
pub const ABSENT: &str = "absent";

/// An organization.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct OrganizationFile {
    /// Whose credentials ask.
    pub caller: CallerEntry,
    /// The Identity Center instances; the first one is what other entries mean by default.
    pub instances: Vec<InstanceEntry>,
    /// The users of all directories.
    pub users: Vec<UserEntry>,
    /// The groups of all directories.
    pub groups: Vec<GroupEntry>,
    /// The applications of all instances.
    pub applications: Vec<ApplicationEntry>,
    /// The IAM roles.
    pub roles: Vec<RoleEntry>,
    /// What CloudTrail keeps of sign-ins.
    pub events: Vec<EventEntry>,
    /// What goes wrong.
    pub faults: Vec<Fault>,
}

impl Default for OrganizationFile {
    fn default() -> Self {
        let application = |name: &str| ApplicationEntry {
            name: name.to_owned(),
            provider: "codewhisperer".to_owned(),
            assigned_groups: vec![DEFAULT_GROUP.to_owned()],
            ..ApplicationEntry::default()
        };
        let role =
            |name: &str, service: &str| RoleEntry { service: service.to_owned(), ..RoleEntry::named(name.to_owned()) };
        Self {
            caller: CallerEntry::default(),
            instances: vec![InstanceEntry::default()],
            users: vec![UserEntry::named(DEFAULT_USER.to_owned())],
            groups: vec![GroupEntry {
                members: vec![MemberEntry::User(DEFAULT_USER.to_owned())],
                ..GroupEntry::named(DEFAULT_GROUP.to_owned())
            }],
            applications: vec![
                application("KiroProfile-us-east-1"),
                application("Kiro Sign-In - KiroProfile-us-east-1"),
            ],
            roles: vec![
                role("AWSServiceRoleForUserSubscriptions", "user-subscriptions.amazonaws.com"),
                role("AWSServiceRoleForAmazonQDeveloper", "q.amazonaws.com"),
            ],
            events: Vec::new(),
            faults: Vec::new(),
        }
    }
}

/// Whose credentials ask.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct CallerEntry {
    /// The account.
    pub account: String,
    /// The ARN; derived from the account where left out.
    pub arn: Option<String>,
    /// True if the account is a delegated administrator of Identity Center. One that is neither that nor the
    /// instance's owner may list only its own applications.
    pub delegated_admin: bool,
    /// The path of the role that was assumed; `/` where left out.
    pub role_path: Option<String>,
    /// The IAM actions that the caller's policies allow, beyond what reads.
    pub can: Vec<String>,
}

impl Default for CallerEntry {
    fn default() -> Self {
        Self {
            account: DEFAULT_ACCOUNT.to_owned(),
            arn: None,
            delegated_admin: false,
            role_path: None,
            can: Vec::new(),
        }
    }
}

/// An Identity Center instance, with its directory.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct InstanceEntry {
    /// The name by which other entries mean it.
    pub name: String,
    /// `ssoins-…`; derived where left out.
    pub id: Option<String>,
    /// The identity store, `d-…`; derived where left out.
    pub store: Option<String>,
    /// The account that owns it.
    pub owner: String,
    /// `ACTIVE`, `CREATE_IN_PROGRESS`, `CREATE_FAILED` or `DELETE_IN_PROGRESS`.
    pub status: String,
    /// The primary Region.
    pub region: String,
    /// Further Regions that it is replicated to.
    pub replicas: Vec<ReplicaEntry>,
    /// `ENABLED`, `UPDATING` or `UPDATE_FAILED`.
    pub encryption_status: String,
    /// The ARN of a customer-managed KMS key.
    pub key: Option<String>,
    /// From where sign-in is admitted.
    pub network: Option<NetworkEntry>,
    /// True if one call for all Regions shows it, false if only its own Regions do.
    pub in_all_regions: bool,
    /// True if its users and groups come from an external identity provider, unless an entry says otherwise.
    pub external: bool,
}

impl Default for InstanceEntry {
    fn default() -> Self {
        Self {
            name: "main".to_owned(),
            id: None,
            store: None,
            owner: DEFAULT_ACCOUNT.to_owned(),
            status: "ACTIVE".to_owned(),
            region: DEFAULT_REGION.to_owned(),
            replicas: Vec::new(),
            encryption_status: "ENABLED".to_owned(),
            key: None,
            network: None,
            in_all_regions: true,
            external: false,
        }
    }
}

/// The networks that an instance admits sign-in from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct NetworkEntry {
    /// True if sign-in is restricted; else the lists say nothing.
    pub vpce_access_required: bool,
    /// The ARNs of VPCs.
    pub restrict_source_vpcs: Vec<String>,
    /// Address ranges.
    pub allow_source_ips: Vec<String>,
    /// The applications that the restriction does not hold for: names, ARNs, or ARNs with wildcards.
    pub exclude_applications: Vec<String>,
}

/// A Region that an instance is replicated to: its name, or its name and status.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum ReplicaEntry {
    /// In use.
    Active(String),
    /// Perhaps not in use.
    WithStatus(ReplicaStatus),
}

/// A Region and its status.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReplicaStatus {
    /// The Region.
    pub region: String,
    /// `ACTIVE`, `ADDING` or `REMOVING`.
    pub status: String,
}

/// A user of a directory.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct UserEntry {
    /// The user name.
    pub name: String,
    /// The id; derived where left out.
    pub id: Option<String>,
    /// The instance whose directory holds the user; the first one where left out.
    pub instance: Option<String>,
    /// The name that people read.
    pub display_name: Option<String>,
    /// The given name.
    pub given_name: Option<String>,
    /// The family name.
    pub family_name: Option<String>,
    /// The name that colleagues use.
    pub nick_name: Option<String>,
    /// The e-mail addresses; the user name where left out and an address.
    pub emails: Option<Vec<String>>,
    /// Whether the user may sign in.
    #[serde(default)]
    pub status: StatusEntry,
    /// True if the user came from an external identity provider.
    pub external: Option<bool>,
    /// So many seconds after the first question somebody enables the account.
    pub enabled_after_seconds: Option<u64>,
}

impl UserEntry {
    /// Returns a user of whom only the name is given.
    #[must_use]
    pub fn named(name: String) -> Self {
        Self {
            name,
            id: None,
            instance: None,
            display_name: None,
            given_name: None,
            family_name: None,
            nick_name: None,
            emails: None,
            status: StatusEntry::Enabled,
            external: None,
            enabled_after_seconds: None,
        }
    }
}

/// Enabled, disabled, or not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatusEntry {
    /// `ENABLED`.
    #[default]
    Enabled,
    /// `DISABLED`.
    Disabled,
    /// The answer leaves it out.
    Absent,
}

impl StatusEntry {
    pub(super) fn enabled(self) -> Option<bool> {
        match self {
            Self::Enabled => Some(true),
            Self::Disabled => Some(false),
            Self::Absent => None,
        }
    }
}

/// A group of a directory.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GroupEntry {
    /// The display name.
    pub name: String,
    /// The id; derived where left out.
    pub id: Option<String>,
    /// The instance whose directory holds the group; the first one where left out.
    pub instance: Option<String>,
    /// True if the group came from an external identity provider.
    pub external: Option<bool>,
    /// The members.
    #[serde(default)]
    pub members: Vec<MemberEntry>,
}

impl GroupEntry {
    /// Returns a group without members.
    #[must_use]
    pub fn named(name: String) -> Self {
        Self { name, id: None, instance: None, external: None, members: Vec::new() }
    }
}

/// A member of a group: a user name, or a user name and since when.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum MemberEntry {
    /// Since long ago.
    User(String),
    /// With a date.
    Dated(DatedMember),
}

/// A member, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DatedMember {
    /// The user name.
    pub user: String,
    /// A time such as `2026-11-21T19:00:00Z`, or `absent`.
    pub since: Option<String>,
    /// So many hours before now.
    pub hours_ago: Option<i32>,
}

/// An application behind an instance.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ApplicationEntry {
    /// The name.
    pub name: String,
    /// The ARN; derived where left out.
    pub arn: Option<String>,
    /// The instance; the first one where left out.
    pub instance: Option<String>,
    /// The last part of the provider's ARN, or the whole ARN.
    pub provider: String,
    /// The account that owns it; the instance's owner where left out.
    pub account: Option<String>,
    /// The Region that it was created in, or `absent`.
    pub created_from: String,
    /// Whether it may be used.
    pub status: StatusEntry,
    /// True if only assigned users may use it.
    pub assignment_required: bool,
    /// The assigned users, by name or by an id that may be nobody's.
    pub assigned_users: Vec<String>,
    /// The assigned groups, by name or by an id that may be nobody's.
    pub assigned_groups: Vec<String>,
}

impl Default for ApplicationEntry {
    fn default() -> Self {
        Self {
            name: String::new(),
            arn: None,
            instance: None,
            provider: "custom".to_owned(),
            account: None,
            created_from: DEFAULT_REGION.to_owned(),
            status: StatusEntry::Enabled,
            assignment_required: true,
            assigned_users: Vec::new(),
            assigned_groups: Vec::new(),
        }
    }
}

/// An IAM role.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RoleEntry {
    /// The name.
    pub name: String,
    /// The account that has it.
    #[serde(default = "default_account")]
    pub account: String,
    /// The service that it trusts.
    pub service: String,
    /// The path; that of a service-linked role where left out.
    pub path: Option<String>,
}

impl RoleEntry {
    fn named(name: String) -> Self {
        Self { name, account: default_account(), service: String::new(), path: None }
    }
}

fn default_account() -> String {
    DEFAULT_ACCOUNT.to_owned()
}
