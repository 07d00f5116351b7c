//! What goes wrong in a sample organization.

use jiff::SignedDuration;
use serde::{Deserialize, Deserializer, de::Error};

use crate::{
    domain::Region,
    facts::{CredentialsFlaw, FailureKind, Operation},
};

/// Calls that fail, and how.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fault {
    /// How they fail.
    #[serde(rename = "obstacle")]
    failure: SampleFailure,
    /// Which calls; all of them where left out.
    #[serde(default)]
    operations: Vec<Operation>,
    /// Only in this Region.
    region: Option<String>,
    /// Only about this: an ARN or id, the name of a user, group, application or role, what a user is looked up
    /// by, the account that a listing is confined to, or `ALL_REGIONS`.
    resource: Option<String>,
    /// Not about this, in the same words.
    except: Option<String>,
    /// The reason that AWS gives, for `key-unusable`.
    reason: Option<String>,
}

/// A failure, and what AWS or the network would say with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleFailure {
    /// Which kind.
    pub kind: FailureKind,
    /// What AWS or the network would say.
    pub message: &'static str,
}

impl<'de> Deserialize<'de> for SampleFailure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::by_name(&name).ok_or_else(|| D::Error::custom(format!("there is no failure `{name}`")))
    }
}

impl SampleFailure {
    /// Returns the failure that a file names so, when there is one.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        let six_minutes_behind = CredentialsFlaw::Clock { ahead: Some(SignedDuration::from_mins(-6)) };
        let (kind, message) = match name {
            "denied" => (FailureKind::Denied, "User is not authorized to perform this action"),
            "key-denied" => {
                (FailureKind::KeyDenied, "User is not authorized to perform kms:Decrypt on the key of this instance")
            }
            "key-unusable" => {
                (FailureKind::KeyUnusable("KMS_DISABLED".to_owned()), "The KMS key of this instance cannot be used")
            }
            "credentials-missing" => (FailureKind::CredentialsMissing, "no credentials in the property bag"),
            "credentials-expired" => {
                (FailureKind::CredentialsExpired, "The security token included in the request is expired")
            }
            "keys-refused" => (
                FailureKind::CredentialsUnusable(CredentialsFlaw::Keys),
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
            ),
            "clock-wrong" => (
                FailureKind::CredentialsUnusable(six_minutes_behind),
                "Signature expired: 20261121T185400Z is now earlier than 20261121T185500Z (20261121T190000Z - 5 min.)",
            ),
            "signature-lost" => (
                FailureKind::CredentialsUnusable(CredentialsFlaw::Signature),
                "Request must contain either a valid (registered) AWS access key ID or X.509 certificate.",
            ),
            "region-not-enabled" => {
                (FailureKind::RegionNotEnabled, "The security token included in the request is invalid")
            }
            "throttled" => (FailureKind::Throttled, "Rate exceeded"),
            "timed-out" => (FailureKind::TimedOut, "no answer in time"),
            "unreachable" => (FailureKind::Unreachable, "connection refused"),
            "rejected" => (FailureKind::Rejected, "The request is not valid"),
            "malformed" => (FailureKind::Malformed, "the answer is not what this call answers"),
            "contradiction" => (FailureKind::Contradiction, "the answer contradicts an earlier one"),
            "internal" => (FailureKind::Internal, "this program failed"),
            _ => return None,
        };
        Some(Self { kind, message })
    }
}

impl Fault {
    /// Returns the failure, with the reason that the file gives for it.
    #[must_use]
    pub fn failure(&self) -> SampleFailure {
        match (&self.failure.kind, &self.reason) {
            (FailureKind::KeyUnusable(_), Some(reason)) => {
                SampleFailure { kind: FailureKind::KeyUnusable(reason.clone()), ..self.failure }
            }
            _ => self.failure.clone(),
        }
    }

    /// Returns true, when a call meets this fault. `about` says whether the call concerns what a text names.
    pub(super) fn applies_to(&self, operation: Operation, region: &Region, about: impl Fn(&str) -> bool) -> bool {
        (self.operations.is_empty() || self.operations.contains(&operation))
            && self.region.as_deref().is_none_or(|own| own == region.as_str())
            && self.resource.as_deref().is_none_or(&about)
            && !self.except.as_deref().is_some_and(&about)
    }
}
