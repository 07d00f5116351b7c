//! Who acts.

use serde::{Deserialize, Serialize};

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    /// The person who cannot sign in.
    User,
    /// The person running this program.
    Operator,
    /// Who looks after users and groups.
    IdentityAdmin,
    /// Who looks after the application.
    ApplicationAdmin,
    /// Who looks after the AWS organization.
    CloudAdmin,
    /// Nobody: wait, or try again.
    Nobody,
}

impl Owner {
    /// Returns the word of the JSON contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Operator => "operator",
            Self::IdentityAdmin => "identity-admin",
            Self::ApplicationAdmin => "application-admin",
            Self::CloudAdmin => "cloud-admin",
            Self::Nobody => "nobody",
        }
    }

    /// Returns the words that people read, after "Who acts:".
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::User => "the user",
            Self::Operator => "you, who run this program",
            Self::IdentityAdmin => "the identity administrator",
            Self::ApplicationAdmin => "the application's administrator",
            Self::CloudAdmin => "the cloud administrator",
            Self::Nobody => "nobody; wait, or try again",
        }
    }
}
