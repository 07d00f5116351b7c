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
    /// The organization's IT support.
    ItSupport,
    /// AWS Support.
    AwsSupport,
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
            Self::ItSupport => "it-support",
            Self::AwsSupport => "aws-support",
            Self::Nobody => "nobody",
        }
    }

    /// The words that people read, beside a fix.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::User => "the user",
            Self::Operator => "you",
            Self::IdentityAdmin => "the identity administrator",
            Self::ApplicationAdmin => "the application's administrator",
            Self::CloudAdmin => "the cloud administrator",
            Self::ItSupport => "IT support",
            Self::AwsSupport => "AWS Support",
            Self::Nobody => "nobody",
        }
    }

    /// Whose queue it goes to, as a line of its own above what to do.
    #[must_use]
    pub fn queue(self) -> &'static str {
        match self {
            Self::User => "The user does it.",
            Self::Operator => "You do it.",
            Self::IdentityAdmin => "Ticket to: identity administrator",
            Self::ApplicationAdmin => "Ticket to: application's administrator",
            Self::CloudAdmin => "Ticket to: cloud administrator",
            Self::ItSupport => "Ticket to: IT support",
            Self::AwsSupport => "Ticket to: AWS Support",
            Self::Nobody => "Wait, then try again.",
        }
    }
}
