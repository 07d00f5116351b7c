//! How far a sign-in got.

use serde::{Deserialize, Serialize};

/// The step of a sign-in at which a text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// The client itself.
    Client,
    /// The way to AWS.
    Network,
    /// Start URL and Region.
    Register,
    /// The identity provider's page.
    Provider,
    /// Identity Center's own page.
    Directory,
    /// Consent and assignment.
    Application,
    /// The way back from the browser to the client.
    Callback,
    /// The token.
    Token,
    /// The list of profiles.
    Profile,
    /// Working with it.
    Use,
    /// A later refresh: everything once worked.
    Session,
    /// An administrator's screen, beside the ladder.
    Admin,
    /// A fact without an error, beside the ladder.
    None,
}

impl Stage {
    /// Every stage of the ladder, in its order.
    pub const LADDER: [Self; 11] = [
        Self::Client,
        Self::Network,
        Self::Register,
        Self::Provider,
        Self::Directory,
        Self::Application,
        Self::Callback,
        Self::Token,
        Self::Profile,
        Self::Use,
        Self::Session,
    ];

    /// Returns true for a stage of the ladder.
    #[must_use]
    pub fn is_rung(self) -> bool {
        !matches!(self, Self::Admin | Self::None)
    }

    /// Returns the word of the JSON contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Network => "network",
            Self::Register => "register",
            Self::Provider => "provider",
            Self::Directory => "directory",
            Self::Application => "application",
            Self::Callback => "callback",
            Self::Token => "token",
            Self::Profile => "profile",
            Self::Use => "use",
            Self::Session => "session",
            Self::Admin => "admin",
            Self::None => "none",
        }
    }

    /// Returns how far the sign-in got, for people.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::Client => "the client itself, before anything was asked",
            Self::Network => "the network, on the way to AWS",
            Self::Register => "start URL and Region",
            Self::Provider => "the identity provider's page",
            Self::Directory => "Identity Center's own page",
            Self::Application => "the page that asks for access",
            Self::Callback => "the way back from the browser to the client",
            Self::Token => "the token, after the browser",
            Self::Profile => "the list of profiles, after the sign-in",
            Self::Use => "use: the user is signed in",
            Self::Session => "a later refresh: everything once worked",
            Self::Admin => "an administrator's screen",
            Self::None => "a fact without an error",
        }
    }
}
