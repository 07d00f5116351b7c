//! What the way to the credentials is made of, by settings and environment.

use std::time::Duration;

use aws_config::profile::ProfileSet;

use super::{environment::Environment, profile::ProfilePath};
use crate::{
    case::{SignIn, Source, Sourced},
    text,
};

/// What the chain is made of.
#[derive(Debug, Clone)]
pub(super) struct CredentialsSettings {
    /// The profile, if one is named.
    pub(super) profile: Option<String>,
    /// What the profile says.
    pub(super) path: ProfilePath,
    /// True if the environment's own keys do not count, because a profile is asked for by name.
    pub(super) skips_environment: bool,
    /// Where the container's credentials are, if that is configured.
    pub(super) container: Option<String>,
    /// The file with a web identity token, if the environment names one.
    pub(super) token_file: Option<String>,
    /// How long to wait for any of them.
    pub(super) patience: Duration,
}

/// How long to wait for credentials: a command may ask a person something, and who waits on the phone cannot.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where a container asks for credentials, when the environment names only a path.
const CONTAINER: &str = "http://169.254.170.2";

impl CredentialsSettings {
    /// Reads them.
    pub(super) fn read(profile: Option<&Sourced<String>>, files: &ProfileSet, environment: Environment<'_>) -> Self {
        let path = ProfilePath::read(files, environment);
        // As in the AWS CLI: who names a profile on the command line does not mean the environment's keys.
        let is_named = profile.is_some_and(|profile| matches!(profile.source, Source::Flag(_)));
        let container = environment("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
            .map(|path| [CONTAINER, &path].concat())
            .or_else(|| environment("AWS_CONTAINER_CREDENTIALS_FULL_URI"));
        let web_identity = environment("AWS_ROLE_ARN").and(environment("AWS_WEB_IDENTITY_TOKEN_FILE"));
        Self {
            profile: profile.map(|profile| profile.value.clone()),
            skips_environment: is_named && path.has_credentials(),
            path,
            container,
            token_file: web_identity,
            patience: PATIENCE,
        }
    }

    /// Returns the same, with what is left of the time for a whole diagnosis where that is less.
    pub(super) fn within(self, time: Duration) -> Self {
        Self { patience: self.patience.min(time * 4 / 5), ..self }
    }

    /// Returns the host that hands out credentials for a session of IAM Identity Center in a Region.
    pub(super) fn portal_host(region: Option<&str>) -> String {
        match region {
            Some(region) if region.starts_with("cn-") => format!("portal.sso.{}.amazonaws.com.cn", text::clean(region)),
            Some(region) => format!("portal.sso.{}.amazonaws.com", text::clean(region)),
            None => "portal.sso".to_owned(),
        }
    }

    /// Returns how one signs in again.
    pub(super) fn sign_in(&self, environment: Environment<'_>) -> SignIn {
        let has_keys = environment("AWS_ACCESS_KEY_ID").is_some_and(|key| !key.is_empty());
        if has_keys && !self.skips_environment { SignIn::Elsewhere } else { self.path.sign_in() }
    }
}
