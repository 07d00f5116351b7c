//! The variables and files that AWS settings are read from, and what can be wrong with them.

use std::path::{Path, PathBuf};

use aws_runtime::env_config::file::EnvConfigFiles;
use aws_types::os_shim_internal::{Env, Fs};

use crate::case::config::show_path;

/// The AWS configuration: what names a file, and where it lies otherwise.
pub(super) const FILES: [(&str, &str); 2] =
    [("AWS_CONFIG_FILE", "config"), ("AWS_SHARED_CREDENTIALS_FILE", "credentials")];

/// Looks up an environment variable.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Why AWS cannot be asked with these settings.
#[derive(Debug, thiserror::Error)]
pub enum AwsSettingsError {
    /// The profile is in neither file.
    #[error("there is no AWS profile `{name}`: {known}")]
    NoSuchProfile {
        /// The profile.
        name: String,
        /// What there is.
        known: String,
    },
    /// `~/.aws/config` or `~/.aws/credentials` cannot be read.
    #[error(
        "the AWS configuration cannot be read: {reason}; mend ~/.aws/config and ~/.aws/credentials, or the files that AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name"
    )]
    Unreadable {
        /// Why.
        reason: String,
    },
    /// Not the name of a Region.
    #[error("`{region}` ({origin}) is not the name of a Region: write it like eu-west-1")]
    NoRegion {
        /// What was given.
        region: String,
        /// Where.
        origin: String,
    },
    /// Nearly the name of a Region.
    #[error("`{region}` ({origin}) is no Region of AWS: did you mean {meant}?")]
    MistypedRegion {
        /// What was given.
        region: String,
        /// Where.
        origin: String,
        /// The Region that is close to it.
        meant: String,
    },
    /// The file of certificates cannot be used.
    #[error("the certificates of {origin} cannot be used: {reason}; name a file of certificates in PEM, or unset it")]
    BadBundle {
        /// What names the file.
        origin: String,
        /// The file, and what is wrong with it.
        reason: String,
    },
    /// An environment variable has an impossible value.
    #[error("{variable} is `{value}`: {expected}")]
    BadVariable {
        /// The variable.
        variable: &'static str,
        /// Its value.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
    /// A key of the AWS profile has an impossible value.
    #[error("{key} is `{value}` in the AWS profile `{profile}` of {file}: {expected}")]
    BadKey {
        /// The key.
        key: &'static str,
        /// Its value.
        value: String,
        /// The profile.
        profile: String,
        /// The file.
        file: String,
        /// What it should be.
        expected: &'static str,
    },
    /// The address of a proxy is none.
    #[error(
        "{variable} is `{value}`, which is no address of a proxy ({reason}): write it like http://proxy.example:8080, or unset it"
    )]
    BadProxy {
        /// The variable.
        variable: &'static str,
        /// Its value, without a password.
        value: String,
        /// What is wrong.
        reason: String,
    },
}

/// Returns where a file of the AWS configuration lies, when there is a home.
pub(super) fn find_path(environment: Environment<'_>, (variable, usual): (&str, &str)) -> Option<PathBuf> {
    if let Some(named) = environment(variable).filter(|path| !path.is_empty()) {
        return Some(PathBuf::from(named));
    }
    let home = environment("HOME").or_else(|| environment("USERPROFILE"))?;
    Some(Path::new(&home).join(".aws").join(usual))
}

/// Returns the file that has a key of a profile, as it can be shown: what stands in the credentials file counts.
pub(super) async fn find_file(environment: Environment<'_>, profile: &str, key: &str) -> String {
    let credentials = EnvConfigFiles::builder().include_default_credentials_file(true).build();
    let loaded = aws_config::profile::load(&Fs::real(), &Env::real(), &credentials, None).await;
    let has_key = loaded.is_ok_and(|files| files.get_profile(profile).is_some_and(|known| known.get(key).is_some()));
    let [config, credentials] = FILES;
    let path = find_path(environment, if has_key { credentials } else { config });
    path.map_or_else(|| "the AWS configuration".to_owned(), |path| show_path(&path))
}
