//! The nouns of IAM Identity Center, in the program's own types.
//!
//! Nothing here knows about the AWS SDK: `aws` translates into these types, the sample organization is
//! written in them, and judging reads only them. An `Option` that is `None` means "AWS did not say".

mod sign_in;
mod simulation;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use wildmatch::WildMatch;

pub use self::{
    sign_in::{EventOutcome, HIDDEN_NAME, OnBehalfOf, SignInEvent, SignInEventName},
    simulation::SimulatedAction,
};

/// Declares string newtypes, so that an account id is never handed over where a group id is meant.
macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it stands; nothing is checked.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// Returns the text, as AWS writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(&self.0)
            }
        }
    )+};
}

identifiers! {
    /// A Region code such as `eu-west-1`.
    Region,
    /// The twelve digits of an AWS account.
    AccountId,
    /// The ARN of an Identity Center instance, `arn:aws:sso:::instance/ssoins-…`. It names no Region.
    InstanceArn,
    /// The id of an identity store, `d-…`.
    IdentityStoreId,
    /// The ARN of an application behind Identity Center.
    ApplicationArn,
    /// The id of a user in an identity store.
    UserId,
    /// The id of a group in an identity store.
    GroupId,
    /// Where a listing goes on; opaque.
    PageToken,
}

impl Region {
    /// Returns true for `xx-word-1` and the like: only such a name may become part of a host name.
    #[must_use]
    pub fn is_well_formed(text: &str) -> bool {
        let parts: Vec<&str> = text.split('-').collect();
        let Some((number, words)) = parts.split_last() else {
            return false;
        };
        let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        let are_words = words.iter().all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()));
        (3..=5).contains(&parts.len()) && is_number && are_words
    }

    /// Returns the partition that a Region of this name is in: `aws`, `aws-us-gov`, `aws-cn`, …
    #[must_use]
    pub fn partition(&self) -> &'static str {
        let prefixes = [
            ("us-gov-", "aws-us-gov"),
            ("cn-", "aws-cn"),
            ("us-iso-", "aws-iso"),
            ("us-isob-", "aws-iso-b"),
            ("eu-isoe-", "aws-iso-e"),
            ("us-isof-", "aws-iso-f"),
            ("eusc-", "aws-eusc"),
        ];
        let known = prefixes.iter().find(|(prefix, _)| self.0.starts_with(prefix));
        known.map_or("aws", |(_, partition)| partition)
    }
}

impl InstanceArn {
    /// Returns the last part of the ARN, `ssoins-…`, which start URLs carry.
    #[must_use]
    pub fn instance_id(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// Returns the partition of the ARN: `aws`, `aws-us-gov`, `aws-cn`, …
    #[must_use]
    pub fn partition(&self) -> &str {
        self.0.split(':').nth(1).unwrap_or("aws")
    }
}

/// Who runs this program, as `sts:GetCallerIdentity` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// The account of the credentials.
    pub account: AccountId,
    /// The ARN of the user or role.
    pub arn: String,
}

/// An Identity Center instance as `sso:ListInstances` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    /// Its ARN.
    pub arn: InstanceArn,
    /// The identity store that it owns.
    pub identity_store: IdentityStoreId,
    /// The account that owns it.
    pub owner: Option<AccountId>,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Its status, `ACTIVE` in the good case; the instance's details have it too.
    pub status: Option<String>,
    /// The Region to ask: the primary one, or where it was seen if AWS does not name it.
    pub region: Region,
    /// Its Regions, where AWS lists them.
    pub regions: Vec<InstanceRegion>,
}

impl Instance {
    /// Returns true unless the list says that the instance is being made, deleted, or was never finished.
    #[must_use]
    pub fn may_be_active(&self) -> bool {
        self.status.as_deref().is_none_or(|status| status == "ACTIVE")
    }
}

/// One Region of an instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceRegion {
    /// The Region.
    pub name: Region,
    /// True once the instance can be used there.
    pub active: Option<bool>,
    /// True for the Region that the instance was created in.
    pub primary: bool,
}

/// What `sso:DescribeInstance` adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceDetail {
    /// The status, where the answer has it.
    pub status: Option<String>,
    /// The primary Region, where the answer has it.
    pub primary_region: Option<Region>,
    /// The Regions; empty where the answer has none.
    pub regions: Vec<InstanceRegion>,
    /// `ENABLED`, `UPDATING` or `UPDATE_FAILED`, where the answer has it.
    pub encryption_status: Option<String>,
    /// The customer-managed key, where there is one.
    pub key: Option<String>,
    /// From where sign-in is admitted, where the instance restricts that.
    pub network: Option<NetworkRestriction>,
}

/// That an instance admits sign-in from certain networks only. An empty list is one that AWS left out.
///
/// Source: `NetworkConfigurationInfo` of the IAM Identity Center API Reference, since November 2026.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NetworkRestriction {
    /// The ARNs of the VPCs whose endpoints are admitted; where empty, every VPC of the organization is.
    pub source_vpcs: Vec<String>,
    /// Address ranges that are admitted besides.
    pub source_ips: Vec<String>,
    /// The ARNs of the applications that this does not hold for. They may have wildcards in them.
    pub excluded_applications: Vec<String>,
}

impl NetworkRestriction {
    /// Returns true, when the restriction does not hold for that application.
    #[must_use]
    pub fn excludes(&self, application: &ApplicationArn) -> bool {
        self.excluded_applications.iter().any(|pattern| WildMatch::new(pattern).matches(application.as_str()))
    }
}

/// An application registered with an instance, as `sso:ListApplications` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Its ARN.
    pub arn: ApplicationArn,
    /// Its name; administrators can change it.
    pub name: String,
    /// The ARN of its provider.
    pub provider: Option<String>,
    /// The account that owns it.
    pub account: Option<AccountId>,
    /// The Region it was created in.
    pub created_from: Option<Region>,
    /// True if `ENABLED`, false if `DISABLED`.
    pub enabled: Option<bool>,
}

impl Application {
    /// Returns what to call it: its name, or its ARN where AWS leaves the name out.
    #[must_use]
    pub fn label(&self) -> &str {
        if self.name.is_empty() { self.arn.as_str() } else { &self.name }
    }
}

/// The applications of an instance, of which there can be thousands: those that matter, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Listing {
    /// Those that the application profile recognises, in the order of the answer.
    pub applications: Vec<Application>,
    /// How many were listed.
    pub total: usize,
    /// The names of the first few others.
    pub others: Vec<String>,
}

/// Somebody or something that an application is assigned to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Principal {
    /// A single user.
    User(UserId),
    /// Every member of a group.
    Group(GroupId),
}

impl Principal {
    /// Returns the group, when it is one.
    #[must_use]
    pub fn group(&self) -> Option<&GroupId> {
        match self {
            Self::Group(id) => Some(id),
            Self::User(_) => None,
        }
    }

    /// Returns the id, whichever kind it is.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::User(id) => id.as_str(),
            Self::Group(id) => id.as_str(),
        }
    }
}

/// A user of an identity store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The id.
    pub id: UserId,
    /// The name that the user signs in with.
    pub user_name: Option<String>,
    /// The name that people read, which nobody signs in with.
    pub display_name: Option<String>,
    /// The given name.
    #[serde(default)]
    pub given_name: Option<String>,
    /// The family name.
    #[serde(default)]
    pub family_name: Option<String>,
    /// The name that colleagues use.
    #[serde(default)]
    pub nick_name: Option<String>,
    /// The e-mail addresses, the primary one first.
    pub emails: Vec<String>,
    /// False if `DISABLED`.
    pub enabled: Option<bool>,
    /// True if the user came from an external identity provider (an external id is set).
    pub external: bool,
}

/// A group of an identity store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The id.
    pub id: GroupId,
    /// The display name.
    pub name: Option<String>,
    /// True if the group came from an external identity provider.
    pub external: bool,
}

/// That a user is in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The group.
    pub group: GroupId,
    /// Since when.
    pub since: Option<Timestamp>,
}

/// A member of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The user.
    pub user: UserId,
    /// The membership in the group.
    pub membership: Membership,
}

/// An IAM role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Its path, such as `/aws-service-role/q.amazonaws.com/`.
    pub path: String,
    /// The services that its trust policy lets assume it.
    pub trusted_services: Vec<String>,
}

/// How a user is looked up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum LookupKey {
    /// By the whole user name.
    UserName(String),
    /// By the whole e-mail address.
    Email(String),
    /// By the user id.
    Id(UserId),
}

impl LookupKey {
    /// Returns the text that is looked up.
    #[must_use]
    pub fn value(&self) -> &str {
        match self {
            Self::UserName(value) | Self::Email(value) => value,
            Self::Id(id) => id.as_str(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_application_is_excluded_by_its_arn_or_by_a_pattern_of_it() {
        let excluding = |pattern: &str| NetworkRestriction {
            excluded_applications: vec![pattern.to_owned()],
            ..NetworkRestriction::default()
        };
        let application = ApplicationArn::new("arn:aws:sso::111122223333:application/ssoins-1/apl-2");
        assert!(excluding("arn:aws:sso::111122223333:application/ssoins-1/apl-2").excludes(&application));
        assert!(excluding("arn:aws:sso::111122223333:application/*").excludes(&application));
        assert!(!excluding("arn:aws:sso::111122223333:application/ssoins-1/apl-3").excludes(&application));
        assert!(!NetworkRestriction::default().excludes(&application));
    }
}
