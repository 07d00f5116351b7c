//! What goes wrong in a sample organization.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::{
    domain::Region,
    facts::{CredentialsFlaw, FailureKind, Operation},
};

/// Calls that fail, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fault {
    /// How they fail.
    pub obstacle: FaultKind,
    /// Which calls; all of them where left out.
    #[serde(default)]
    pub operations: Vec<Operation>,
    /// Only in this Region.
    pub region: Option<String>,
    /// Only about this: an ARN or id, the name of a user, group, application or role, what a user is looked up
    /// by, the account that a listing is confined to, or `ALL_REGIONS`.
    pub resource: Option<String>,
    /// Not about this, in the same words.
    pub except: Option<String>,
    /// The reason that AWS gives, for `key-unusable`.
    pub reason: Option<String>,
}

/// The obstacles of [`FailureKind`], as a file names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// IAM says no.
    Denied,
    /// The use of the KMS key is denied.
    KeyDenied,
    /// The KMS key cannot be used.
    KeyUnusable,
    /// No credentials.
    CredentialsMissing,
    /// Expired credentials.
    CredentialsExpired,
    /// Keys that AWS does not take.
    KeysRefused,
    /// A clock that is six minutes behind.
    ClockWrong,
    /// A signature that does not arrive.
    SignatureLost,
    /// The Region does not know the credentials.
    RegionNotEnabled,
    /// Throttled for ever.
    Throttled,
    /// No answer.
    TimedOut,
    /// No connection.
    Unreachable,
    /// Refused as invalid.
    Rejected,
    /// Not an answer.
    Malformed,
    /// The opposite of what an earlier answer said.
    Contradiction,
    /// The program fails.
    Internal,
}

impl Fault {
    /// The obstacle, in the program's terms.
    #[must_use]
    pub fn kind(&self) -> FailureKind {
        match self.obstacle {
            FaultKind::Denied => FailureKind::Denied,
            FaultKind::KeyDenied => FailureKind::KeyDenied,
            FaultKind::KeyUnusable => {
                FailureKind::KeyUnusable(self.reason.clone().unwrap_or_else(|| "KMS_DISABLED".to_owned()))
            }
            FaultKind::CredentialsMissing => FailureKind::CredentialsMissing,
            FaultKind::CredentialsExpired => FailureKind::CredentialsExpired,
            FaultKind::KeysRefused => FailureKind::CredentialsUnusable(CredentialsFlaw::Keys),
            FaultKind::ClockWrong => {
                FailureKind::CredentialsUnusable(CredentialsFlaw::Clock { ahead: Some(SignedDuration::from_mins(-6)) })
            }
            FaultKind::SignatureLost => FailureKind::CredentialsUnusable(CredentialsFlaw::Signature),
            FaultKind::RegionNotEnabled => FailureKind::RegionNotEnabled,
            FaultKind::Throttled => FailureKind::Throttled,
            FaultKind::TimedOut => FailureKind::TimedOut,
            FaultKind::Unreachable => FailureKind::Unreachable,
            FaultKind::Rejected => FailureKind::Rejected,
            FaultKind::Malformed => FailureKind::Malformed,
            FaultKind::Contradiction => FailureKind::Contradiction,
            FaultKind::Internal => FailureKind::Internal,
        }
    }

    /// True if a call meets this fault. `about` tells whether the call concerns what a text names.
    pub(super) fn meets(&self, operation: Operation, region: &Region, about: impl Fn(&str) -> bool) -> bool {
        (self.operations.is_empty() || self.operations.contains(&operation))
            && self.region.as_deref().is_none_or(|own| own == region.as_str())
            && self.resource.as_deref().is_none_or(&about)
            && !self.except.as_deref().is_some_and(&about)
    }
}

impl FaultKind {
    /// What AWS or the network would say.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::Denied => "User is not authorized to perform this action",
            Self::KeyDenied => "User is not authorized to perform kms:Decrypt on the key of this instance",
            Self::KeyUnusable => "The KMS key of this instance cannot be used",
            Self::CredentialsMissing => "no credentials in the property bag",
            Self::CredentialsExpired => "The security token included in the request is expired",
            Self::KeysRefused => {
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method."
            }
            Self::ClockWrong => {
                "Signature expired: 20261121T185400Z is now earlier than 20261121T185500Z (20261121T190000Z - 5 min.)"
            }
            Self::SignatureLost => {
                "Request must contain either a valid (registered) AWS access key ID or X.509 certificate."
            }
            Self::RegionNotEnabled => "The security token included in the request is invalid",
            Self::Throttled => "Rate exceeded",
            Self::TimedOut => "no answer in time",
            Self::Unreachable => "connection refused",
            Self::Rejected => "The request is not valid",
            Self::Malformed => "the answer is not what this call answers",
            Self::Contradiction => "the answer contradicts an earlier one",
            Self::Internal => "this program failed",
        }
    }
}
