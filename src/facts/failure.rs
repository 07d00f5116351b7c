//! What can come between a query and its answer.

use std::fmt;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::{Operation, Query};
use crate::domain::Region;

/// Why a call gave no usable answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The kind, which decides what a check makes of it.
    pub kind: FailureKind,
    /// The call that met it, if it was one.
    pub operation: Option<Operation>,
    /// The Region that was asked, if the call got that far.
    pub region: Option<Region>,
    /// What the call was about: an ARN or an id.
    pub resource: Option<String>,
    /// AWS's id of the request, where there is one.
    pub request_id: Option<String>,
    /// The details, as AWS or the network worded them.
    pub message: String,
}

/// The kinds of failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// IAM said no.
    Denied,
    /// The call was allowed, using the instance's KMS key was not.
    KeyDenied,
    /// The instance's KMS key cannot be used at all; the reason is AWS's.
    KeyUnusable(String),
    /// No credentials were found.
    CredentialsMissing,
    /// The credentials have expired, or were withdrawn.
    CredentialsExpired,
    /// Credentials are configured, and cannot be used for another reason than their end.
    CredentialsUnusable(CredentialsFlaw),
    /// The credentials are not known in that Region: among several Regions, it is not enabled.
    RegionNotEnabled,
    /// AWS was not reached, for a reason that is on the operator's side.
    NotConnected(ConnectionFlaw),
    /// Too many requests, also after retries.
    Throttled,
    /// No answer in time.
    TimedOut,
    /// No connection, a server-side failure, or an error code that this program does not know.
    Unreachable,
    /// The request was refused as invalid.
    Rejected,
    /// An answer that is not one: not parseable, or without what it must carry.
    Malformed,
    /// An answer that contradicts one already seen.
    Contradiction,
    /// A person's name was given, and the users that were read do not settle who it is.
    PersonNotIdentified,
    /// This program failed.
    Internal,
}

/// What is wrong with the way to AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConnectionFlaw {
    /// A name that does not resolve, a refused connection, no route.
    Network,
    /// The proxy does not answer, or does not let it through.
    Proxy,
    /// Nobody who is trusted has issued the certificate.
    Certificate,
    /// The certificate is another host's, or out of date.
    OtherCertificate,
    /// A web page came back: of a proxy, or of a network that wants somebody to sign in.
    WebPage,
}

/// What is wrong with credentials that have not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialsFlaw {
    /// AWS does not know the access key, or its secret is another one.
    Keys,
    /// This machine's clock and AWS's differ too much.
    Clock {
        /// How far this machine's is ahead, where that is known; negative if it is behind.
        ahead: Option<SignedDuration>,
    },
    /// The request arrived without its signature, or with half of it.
    Signature,
    /// The way to them fails, for a reason that is none of the following.
    Source,
    /// The role on the way wants an MFA code.
    Mfa,
    /// The source profile is not there, or has no credentials.
    SourceProfile,
    /// The role on the way may not be assumed.
    Role,
    /// The command that prints them is missing, fails, prints something else, or hangs.
    Process,
    /// The file with the web identity token cannot be read, or STS does not take it.
    TokenFile,
    /// The address that a container gets them from refuses.
    Container,
    /// The portal that hands them out for a valid session does not answer.
    Portal,
}

impl CredentialsFlaw {
    /// Returns true when there are no credentials to send anything with; otherwise AWS has seen them.
    #[must_use]
    pub fn is_on_the_way(self) -> bool {
        !matches!(self, Self::Keys | Self::Clock { .. } | Self::Signature)
    }
}

/// How a call ended, for the evidence. The words are part of the JSON contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Answered.
    Ok,
    /// Answered: there is no such thing.
    NotFound,
    /// Denied by IAM or KMS.
    Denied,
    /// The credentials are missing, expired or unusable.
    Expired,
    /// Throttled after retries.
    Throttled,
    /// No answer in time.
    TimedOut,
    /// Not reached, or failed in a way that says nothing.
    Unreachable,
    /// Not an answer.
    Malformed,
}

impl Outcome {
    /// Returns the word of the JSON contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::NotFound => "not-found",
            Self::Denied => "denied",
            Self::Expired => "expired",
            Self::Throttled => "throttled",
            Self::TimedOut => "timed-out",
            Self::Unreachable => "unreachable",
            Self::Malformed => "malformed",
        }
    }
}

impl FailureKind {
    /// Returns the outcome that the evidence shows.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Denied | Self::KeyDenied => Outcome::Denied,
            Self::CredentialsMissing
            | Self::CredentialsExpired
            | Self::CredentialsUnusable(_)
            | Self::RegionNotEnabled => Outcome::Expired,
            Self::Throttled => Outcome::Throttled,
            Self::TimedOut => Outcome::TimedOut,
            Self::Malformed | Self::Contradiction | Self::NotConnected(ConnectionFlaw::WebPage) => Outcome::Malformed,
            Self::NotConnected(_)
            | Self::KeyUnusable(_)
            | Self::Unreachable
            | Self::Rejected
            | Self::PersonNotIdentified
            | Self::Internal => Outcome::Unreachable,
        }
    }
}

impl Failure {
    /// Returns the failure of a query.
    pub fn of(query: &Query, kind: FailureKind, message: impl Into<String>) -> Self {
        let resource = query.subjects().first().map(|subject| (*subject).to_owned());
        let failure = Self::new(kind, query.operation(), message);
        Self { region: Some(query.region().clone()), resource, ..failure }
    }

    /// Returns a failure of a call, without further details.
    pub fn new(kind: FailureKind, operation: Operation, message: impl Into<String>) -> Self {
        Self { operation: Some(operation), ..Self::without_call(kind, message) }
    }

    /// Returns a failure that is no call's: the time was over, or this program failed.
    pub fn without_call(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, operation: None, region: None, resource: None, request_id: None, message: message.into() }
    }

    /// Returns the same, for a Region and a resource.
    #[must_use]
    pub fn about(mut self, region: &Region, resource: &str) -> Self {
        self.region = Some(region.clone());
        self.resource = Some(resource.to_owned());
        self
    }

    /// Returns the same, about an instance that is not the one judged: its key says nothing about that one.
    #[must_use]
    pub fn of_another_instance(mut self) -> Self {
        if matches!(self.kind, FailureKind::KeyUnusable(_)) {
            self.kind = FailureKind::Unreachable;
        }
        self
    }

    /// Returns true when no call works until the operator has mended the credentials.
    #[must_use]
    pub fn is_credentials(&self) -> bool {
        matches!(
            self.kind,
            FailureKind::CredentialsMissing
                | FailureKind::CredentialsExpired
                | FailureKind::CredentialsUnusable(_)
                | FailureKind::RegionNotEnabled
        )
    }

    /// Returns true when IAM or KMS said no.
    #[must_use]
    pub fn is_denied(&self) -> bool {
        matches!(self.kind, FailureKind::Denied | FailureKind::KeyDenied)
    }

    /// Returns the IAM action that is missing, when that is the reason.
    #[must_use]
    pub fn missing_action(&self) -> Option<&'static str> {
        match self.kind {
            FailureKind::KeyDenied => Some("kms:Decrypt"),
            _ => self.operation.map(Operation::action),
        }
    }
}

impl std::error::Error for Failure {}

impl fmt::Display for Failure {
    /// Writes "identitystore:GetUserId in eu-west-1 was denied: …".
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(operation) = self.operation else {
            return formatter.write_str(&self.message);
        };
        formatter.write_str(operation.action())?;
        if let Some(region) = &self.region {
            write!(formatter, " in {region}")?;
        }
        write!(formatter, " {}", self.kind.verb_phrase())?;
        let names_resource = matches!(self.kind, FailureKind::Denied | FailureKind::KeyDenied);
        if let Some(resource) = self.resource.as_ref().filter(|resource| names_resource && !resource.is_empty()) {
            write!(formatter, " ({resource})")?;
        }
        if !self.message.is_empty() {
            write!(formatter, ": {}", self.message)?;
        }
        if let Some(id) = &self.request_id {
            write!(formatter, " (request {id})")?;
        }
        Ok(())
    }
}

impl FailureKind {
    /// Returns what happened to the call, as it follows its name in a sentence.
    fn verb_phrase(&self) -> String {
        let phrase = match self {
            Self::Denied => "was denied",
            Self::KeyDenied => "was denied, because your credentials may not use the KMS key",
            Self::KeyUnusable(reason) => return format!("failed, because the KMS key cannot be used ({reason})"),
            Self::CredentialsMissing => "was not sent",
            Self::CredentialsUnusable(flaw) if flaw.is_on_the_way() => "was not sent",
            Self::CredentialsExpired | Self::CredentialsUnusable(_) | Self::RegionNotEnabled => "was not accepted",
            Self::Throttled => "was throttled",
            Self::TimedOut => "did not answer in time",
            Self::Unreachable => "failed",
            Self::Rejected => "was refused as invalid",
            Self::Malformed | Self::NotConnected(ConnectionFlaw::WebPage) => "gave an answer that is not one",
            Self::NotConnected(_) => "did not reach AWS",
            Self::Contradiction => "contradicted an answer already seen",
            Self::PersonNotIdentified => "did not settle who it is",
            Self::Internal => "met an internal error",
        };
        phrase.to_owned()
    }
}
