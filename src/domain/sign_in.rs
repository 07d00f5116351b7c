//! What CloudTrail keeps of sign-ins. Its records come from many senders and changed over the years, so that nothing but
//! the kind is certain: every field may be absent, and a value that nobody knows is kept as it is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{IdentityStoreId, UserId};

/// A kind of event, by which events are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SignInEventName {
    /// Identity Center asks for a credential.
    CredentialChallenge,
    /// A credential was right or wrong.
    CredentialVerification,
    /// The answer of an external identity provider arrived.
    ExternalIdPDirectoryLogin,
    /// Somebody is signed in.
    UserAuthentication,
    /// An application was given a token.
    CreateToken,
}

impl SignInEventName {
    /// Returns the name as AWS writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CredentialChallenge => "CredentialChallenge",
            Self::CredentialVerification => "CredentialVerification",
            Self::ExternalIdPDirectoryLogin => "ExternalIdPDirectoryLogin",
            Self::UserAuthentication => "UserAuthentication",
            Self::CreateToken => "CreateToken",
        }
    }
}

/// What a user name reads where somebody typed one that does not exist: it may be a password.
pub const HIDDEN_NAME: &str = "HIDDEN_DUE_TO_SECURITY_REASONS";

/// How an event says that it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventOutcome {
    /// It succeeded.
    Success,
    /// It failed.
    Failure,
    /// AWS says something else.
    Other(String),
}

impl EventOutcome {
    /// Returns the word of the JSON contract, or what AWS says.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Other(said) => said,
        }
    }
}

/// For whom something happened: a user of an identity store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnBehalfOf {
    /// The user's id.
    pub user: Option<UserId>,
    /// The identity store.
    pub store: Option<IdentityStoreId>,
}

/// One event of a sign-in. Secrets that a record may carry are not in here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInEvent {
    /// The kind.
    pub name: SignInEventName,
    /// When it happened.
    pub at: Timestamp,
    /// CloudTrail's id of it, which AWS Support asks for.
    pub id: Option<String>,
    /// For whom it happened, by id.
    pub on_behalf_of: Vec<OnBehalfOf>,
    /// For whom it happened, by name.
    pub user_name: Option<String>,
    /// What the events of one sign-in have in common.
    pub workflow: Option<String>,
    /// The credential that was asked for or given: `PASSWORD`, `TOTP`, …
    pub credential: Option<String>,
    /// How it went.
    pub outcome: Option<EventOutcome>,
    /// The host that the sign-in leads to.
    pub login_host: Option<String>,
    /// How a token was asked for: `authorization_code`, `refresh_token`, …
    pub grant: Option<String>,
    /// The code of an error.
    pub error_code: Option<String>,
    /// What AWS says of an error.
    pub error_message: Option<String>,
    /// The address that it came from.
    pub source_ip: Option<String>,
}

impl SignInEvent {
    /// Returns an event of which nothing but kind and time is known.
    #[must_use]
    pub fn new(name: SignInEventName, at: Timestamp) -> Self {
        Self {
            name,
            at,
            id: None,
            on_behalf_of: Vec::new(),
            user_name: None,
            workflow: None,
            credential: None,
            outcome: None,
            login_host: None,
            grant: None,
            error_code: None,
            error_message: None,
            source_ip: None,
        }
    }

    /// Returns true if AWS reports an error, whatever it is.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.error_code.is_some() || self.error_message.is_some()
    }

    /// Returns how the event says that it went. A token that was given says so by the absence of an error, and who is
    /// signed in succeeded: failures have no such event.
    #[must_use]
    pub fn read_outcome(&self) -> Option<EventOutcome> {
        match (&self.outcome, self.name) {
            (Some(outcome), _) => Some(outcome.clone()),
            (None, _) if self.is_error() => Some(EventOutcome::Failure),
            (None, SignInEventName::CreateToken | SignInEventName::UserAuthentication) => Some(EventOutcome::Success),
            (None, _) => None,
        }
    }

    /// Returns true if it says that it succeeded.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.read_outcome() == Some(EventOutcome::Success)
    }

    /// Returns true if it says that it failed.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        self.read_outcome() == Some(EventOutcome::Failure)
    }

    /// Returns true for a token that goes on with an older session.
    #[must_use]
    pub fn is_refresh(&self) -> bool {
        self.name == SignInEventName::CreateToken && self.grant.as_deref() == Some("refresh_token")
    }
}
