//! The operator's AWS settings: read as the AWS CLI reads them, and explained where they are wrong.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    time::Duration,
};

use aws_config::{profile::ProfileSet, retry::RetryConfig};
use aws_runtime::env_config::file::EnvConfigFiles;
use aws_types::os_shim_internal::{Env, Fs};

use super::{
    credentials_settings::CredentialsSettings,
    environment::{AwsSettingsError, Environment, FILES, find_path},
    network::Trust,
    proxy, retry,
};
use crate::{
    case::{MeantRegions, SignIn, Source, Sourced, config::show_path, is_word_of_regions, read_region},
    domain::Region,
    text,
};

/// What the command line said.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--profile`.
    pub profile: Option<String>,
    /// `--region`.
    pub region: Option<String>,
    /// The profile of `config.toml`.
    pub configured_profile: Option<String>,
    /// The Region of `config.toml`.
    pub configured_region: Option<String>,
}

/// What AWS is asked with.
#[derive(Debug, Clone)]
pub struct AwsSettings {
    /// The profile, if one is named.
    pub profile: Option<Sourced<String>>,
    /// The Region, if one is configured anywhere.
    pub region: Option<Sourced<Region>>,
    /// How the operator signs in again.
    pub sign_in: SignIn,
    pub(super) credentials: CredentialsSettings,
    pub(super) retry: RetryConfig,
    pub(super) trust: Trust,
}

impl AwsSettings {
    /// Reads the settings: flags come first, then the environment, then the AWS profile, then `config.toml`.
    ///
    /// # Errors
    /// If a named profile does not exist, a file is malformed, or a value is impossible.
    pub async fn read(flags: &Flags, environment: Environment<'_>) -> Result<Self, AwsSettingsError> {
        let profile = choose_profile(flags, environment);
        let name = profile.as_ref().map(|profile| profile.value.clone());
        require_readable_files(environment)?;
        let files = read_files(name).await?;
        if let Some(named) = &profile {
            require_profile(&named.value, &files)?;
        }
        let region = choose_region(flags, environment, &files)?;
        check_endpoints(environment, &files)?;
        proxy::check_proxies(environment)?;
        let credentials = CredentialsSettings::read(profile.as_ref(), &files, environment);
        let sign_in = credentials.sign_in(environment);
        let trust = read_trust(environment, &files)?;
        let retry = retry::read_retries(environment, &files).await?;
        Ok(Self { profile, region, sign_in, credentials, retry, trust })
    }

    /// Returns the same for a diagnosis that has so much time: nothing waits longer than that for credentials.
    #[must_use]
    pub fn within(self, time: Duration) -> Self {
        Self { credentials: self.credentials.within(time), ..self }
    }
}

fn choose_profile(flags: &Flags, environment: Environment<'_>) -> Option<Sourced<String>> {
    let candidates = [
        (flags.profile.clone(), Source::Flag("--profile")),
        (environment("AWS_PROFILE"), Source::Environment("AWS_PROFILE")),
        (environment("AWS_DEFAULT_PROFILE"), Source::Environment("AWS_DEFAULT_PROFILE")),
        (flags.configured_profile.clone(), Source::Configuration),
    ];
    choose_first(candidates)
}

/// Returns the first value that is given, when it is not empty: an empty one says that there is none.
fn choose_first(candidates: impl IntoIterator<Item = (Option<String>, Source)>) -> Option<Sourced<String>> {
    let mut given = candidates.into_iter().filter_map(|(value, source)| Some(Sourced { value: value?, source }));
    given.next().filter(|first| !first.value.is_empty())
}

/// Requires that every file can be read: the SDK passes over one that cannot, as if it were not there.
fn require_readable_files(environment: Environment<'_>) -> Result<(), AwsSettingsError> {
    for path in FILES.into_iter().filter_map(|file| find_path(environment, file)) {
        match std::fs::read_to_string(&path) {
            Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                let reason = format!("{}: {error}", show_path(&path));
                return Err(AwsSettingsError::Unreadable { reason });
            }
            _ => {}
        }
    }
    Ok(())
}

async fn read_files(profile: Option<String>) -> Result<ProfileSet, AwsSettingsError> {
    let profile = profile.map(std::borrow::Cow::Owned);
    let loaded = aws_config::profile::load(&Fs::real(), &Env::real(), &EnvConfigFiles::default(), profile).await;
    loaded.map_err(|error| AwsSettingsError::Unreadable { reason: describe_chain(&error) })
}

/// Returns the names of the AWS profiles, for whoever completes them; none where the files cannot be read.
pub async fn list_profiles() -> Vec<String> {
    let Ok(files) = read_files(None).await else { return Vec::new() };
    let mut names: Vec<String> = files.profiles().map(ToOwned::to_owned).collect();
    names.sort_unstable();
    names
}

/// Returns the links of an error's chain in one line; the last one names the file and the line.
fn describe_chain(error: &dyn std::error::Error) -> String {
    let mut link = error;
    let mut reasons = vec![link.to_string()];
    while let Some(source) = link.source() {
        link = source;
        reasons.push(link.to_string());
    }
    reasons.dedup();
    let reason = reasons.join(": ");
    text::clean(&reason.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn require_profile(name: &str, files: &ProfileSet) -> Result<(), AwsSettingsError> {
    if files.get_profile(name).is_some() {
        return Ok(());
    }
    let mut known: Vec<&str> = files.profiles().collect();
    known.sort_unstable();
    let close = known
        .iter()
        .copied()
        .max_by(|one, other| strsim::jaro_winkler(one, name).total_cmp(&strsim::jaro_winkler(other, name)));
    let known = match close {
        Some(close) if strsim::jaro_winkler(close, name) > 0.8 => format!("did you mean `{}`?", text::clean(close)),
        Some(_) => format!("there are {}", text::clean(&known.join(", "))),
        None => "there are none; set one up with `aws configure sso`".to_owned(),
    };
    Err(AwsSettingsError::NoSuchProfile { name: text::clean(name), known })
}

fn choose_region(
    flags: &Flags,
    environment: Environment<'_>,
    files: &ProfileSet,
) -> Result<Option<Sourced<Region>>, AwsSettingsError> {
    let candidates = [
        (flags.region.clone(), Source::Flag("--region")),
        (environment("AWS_REGION"), Source::Environment("AWS_REGION")),
        (environment("AWS_DEFAULT_REGION"), Source::Environment("AWS_DEFAULT_REGION")),
        (files.get("region").map(ToOwned::to_owned), Source::AwsProfile(files.selected_profile().to_owned())),
        (flags.configured_region.clone(), Source::Configuration),
    ];
    let Some(Sourced { value, source }) = choose_first(candidates) else {
        return Ok(None);
    };
    if !Region::is_well_formed(&value) {
        return Err(AwsSettingsError::NoRegion { region: text::clean(&value), origin: source.to_string() });
    }
    if let Some(meant) = find_meant_region(&value) {
        let (region, origin) = (text::clean(&value), source.to_string());
        return Err(AwsSettingsError::MistypedRegion { region, origin, meant: meant.to_string() });
    }
    Ok(Some(Sourced { value: Region::new(value), source }))
}

/// Returns the Region that is meant by a code with a word in it that no Region's code has. A number that no Region has
/// may be a new one's.
fn find_meant_region(code: &str) -> Option<Region> {
    let words: Vec<&str> = code.split('-').collect();
    let (_, words) = words.split_last()?;
    if words.iter().all(|word| is_word_of_regions(word)) {
        return None;
    }
    match read_region(code) {
        MeantRegions::NearMiss { close, .. } => close.into_iter().next(),
        _ => None,
    }
}

/// Reads the certificates that are believed, as the AWS CLI does: those of a bundle instead of the system's.
fn read_trust(environment: Environment<'_>, files: &ProfileSet) -> Result<Trust, AwsSettingsError> {
    let of_environment = environment("AWS_CA_BUNDLE").map(|path| ("AWS_CA_BUNDLE".to_owned(), path));
    let of_profile = || {
        let path = files.get("ca_bundle")?.to_owned();
        Some((format!("ca_bundle of the AWS profile `{}`", text::clean(files.selected_profile())), path))
    };
    let Some((origin, path)) = of_environment.or_else(of_profile).filter(|(_, path)| !path.is_empty()) else {
        return Ok(Trust::System);
    };
    Trust::read_bundle(&expand_home(environment, &path))
        .map_err(|error| AwsSettingsError::BadBundle { origin, reason: error.to_string() })
}

/// Returns the path with the home directory in the place of `~`.
fn expand_home(environment: Environment<'_>, path: &str) -> PathBuf {
    let home = environment("HOME").or_else(|| environment("USERPROFILE"));
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(path),
    }
}

/// Endpoint URLs lead every request, so one that is none is said before the first.
fn check_endpoints(environment: Environment<'_>, files: &ProfileSet) -> Result<(), AwsSettingsError> {
    let variables = [
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_STS",
        "AWS_ENDPOINT_URL_IAM",
        "AWS_ENDPOINT_URL_SSO_ADMIN",
        "AWS_ENDPOINT_URL_IDENTITYSTORE",
        "AWS_ENDPOINT_URL_CLOUDTRAIL",
    ];
    let of_profile = files.get("endpoint_url").map(|value| ("endpoint_url of your AWS profile", value.to_owned()));
    let given = variables.into_iter().filter_map(|variable| Some((variable, environment(variable)?)));
    for (variable, value) in given.chain(of_profile) {
        let is_url =
            url::Url::parse(&value).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        if !is_url {
            let expected = "it has to be a URL such as http://localhost:4566; mend it or unset it";
            let value = text::clean(&text::without_password(&value));
            return Err(AwsSettingsError::BadVariable { variable, value, expected });
        }
    }
    Ok(())
}
