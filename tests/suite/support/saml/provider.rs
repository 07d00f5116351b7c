//! Identity providers, and the addresses of Identity Center.

use serde::Deserialize;

/// In whose form things are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provider {
    #[default]
    Entra,
    Okta,
    Google,
    Keycloak,
}

impl Provider {
    pub const ALL: [Self; 4] = [Self::Entra, Self::Okta, Self::Google, Self::Keycloak];

    pub fn entity_id(self) -> &'static str {
        match self {
            Self::Entra => "https://sts.windows.net/5a1e7c1d-9a55-4b0e-8c3b-1d2e3f405162/",
            Self::Okta => "http://www.okta.com/exk4corpexample0001",
            Self::Google => "https://accounts.google.com/o/saml2?idpid=C0corpexa",
            Self::Keycloak => "https://id.corp.example/realms/corp",
        }
    }

    pub(super) fn sign_on(self) -> &'static str {
        match self {
            Self::Entra => "https://login.microsoftonline.com/5a1e7c1d-9a55-4b0e-8c3b-1d2e3f405162/saml2",
            Self::Okta => "https://corp.okta.com/app/amazon_aws_sso/exk4corpexample0001/sso/saml",
            Self::Google => "https://accounts.google.com/o/saml2/idp?idpid=C0corpexa",
            Self::Keycloak => "https://id.corp.example/realms/corp/protocol/saml",
        }
    }

    /// The prefixes of the protocol's and the assertion's names; Entra writes an assertion without one.
    pub(super) fn prefixes(self) -> (&'static str, &'static str) {
        match self {
            Self::Entra => ("samlp:", ""),
            Self::Okta | Self::Google => ("saml2p:", "saml2:"),
            Self::Keycloak => ("samlp:", "saml:"),
        }
    }
}

/// The identity store of the smallest organization, and what follows from it.
pub const STORE: &str = "d-316c1c4957";
pub const TENANT: &str = "a1b2c3d4-0a1b-2c3d-4e5f-60718293a4b5";

pub fn entity_id(region: &str, store: &str) -> String {
    format!("https://{region}.signin.aws.amazon.com/platform/saml/{store}")
}

pub fn consumer(region: &str) -> String {
    format!("https://{region}.signin.aws/platform/saml/acs/{TENANT}")
}
