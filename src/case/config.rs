//! The user-level configuration: `config.toml`, and own words and keys beside it.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy;
use serde::{Deserialize, Deserializer, de::Error as _};

use super::{attempts::AttemptsMode, malformed::Malformed, start_url::StartUrl};
use crate::text;

/// `config.toml`: defaults for what the command line can say, and what no API shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The AWS profile.
    pub profile: Option<String>,
    /// The Region to ask.
    pub region: Option<String>,
    /// The application profile: a built-in name or a file.
    pub app: Option<String>,
    /// The access portal's alias URL, such as `https://corp.awsapps.com/start`, or the alias alone.
    #[serde(default, deserialize_with = "alias_url")]
    pub alias_url: Option<String>,
    /// Further name patterns of groups that are meant to grant access.
    #[serde(default)]
    pub entitled_groups: Vec<String>,
    /// The identity provider's metadata: a file, or an address.
    pub idp_metadata: Option<String>,
    /// Identity Center's own metadata: a file.
    pub sp_metadata: Option<String>,
    /// The certificates that Identity Center holds: a file.
    pub idp_certificate: Option<String>,
    /// When to look at sign-in attempts.
    pub attempts: Option<AttemptsMode>,
    /// No movement on the screen.
    #[serde(default)]
    pub reduced_motion: bool,
}

/// Why a configuration file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{file} cannot be read: {source}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// It does not say what it should.
    #[error("{file} is not usable: {source}")]
    Malformed {
        /// The file.
        file: String,
        /// Line, key and what was expected.
        source: Malformed,
    },
}

impl Config {
    /// Reads `config.toml` in a directory; without the file, everything is at its default.
    ///
    /// # Errors
    /// If the file is there and cannot be read, or has an unknown key or an impossible value, which the error names.
    pub fn read(directory: &Path) -> Result<Self, ConfigError> {
        let path = directory.join("config.toml");
        let Some(text) = read_if_there(&path)? else {
            return Ok(Self::default());
        };
        toml::from_str(&text)
            .map_err(|error| ConfigError::Malformed { file: show_path(&path), source: Malformed::new(&text, &error) })
    }
}

/// A start URL that tells users where to sign in has to be one.
fn alias_url<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    let typed = String::deserialize(value)?;
    let is_label = !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_url = !matches!(StartUrl::parse(&typed), StartUrl::Malformed | StartUrl::BuilderId);
    // The alias `view` is that of AWS Builder ID.
    if (is_label && typed != "view") || is_url {
        return Ok(Some(typed));
    }
    Err(D::Error::custom("alias-url is no alias: expected a URL such as https://corp.awsapps.com/start"))
}

/// Returns a path as it can be shown.
#[must_use]
pub fn show_path(path: &Path) -> String {
    text::clean(&path.display().to_string())
}

/// Returns the directory of this program's configuration, such as `~/.config/sso-doctor`; `None` where there is no
/// home.
#[must_use]
pub fn find_directory() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.config_dir().join("sso-doctor"))
}

/// Returns the text of a file, or `None` if there is no such file.
///
/// # Errors
/// If the file is there and cannot be read.
pub fn read_if_there(path: &Path) -> Result<Option<String>, ConfigError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(source) => Err(ConfigError::Unreadable { file: show_path(path), source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_in_the_readme_is_one() {
        let readme = include_str!("../../README.md");
        let (_, example) = readme.split_once("```toml\n").unwrap();
        let (example, _) = example.split_once("```").unwrap();
        let config: Config = toml::from_str(example).unwrap();
        assert_eq!(config.alias_url.as_deref(), Some("https://corp.awsapps.com/start"));
        assert!(config.reduced_motion && !config.entitled_groups.is_empty());
    }
}
