//! The operator's AWS settings: read as the AWS CLI reads them, and explained where they are wrong.

use std::io::ErrorKind;

use aws_config::{profile::ProfileSet, retry::RetryConfig};
use aws_runtime::env_config::file::EnvConfigFiles;
use aws_types::os_shim_internal::{Env, Fs};

use super::{
    environment::{AwsSettingsError, Environment, FILES, find_path},
    proxy, retry,
};
use crate::{
    case::{Source, Sourced, config::show_path},
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
    pub(super) retry: RetryConfig,
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
        Ok(Self { profile, region, retry: retry::read_retries(environment, &files).await? })
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
    Ok(Some(Sourced { value: Region::new(value), source }))
}

/// Endpoint URLs lead every request, so one that is none is said before the first.
fn check_endpoints(environment: Environment<'_>, files: &ProfileSet) -> Result<(), AwsSettingsError> {
    let variables = [
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_STS",
        "AWS_ENDPOINT_URL_IAM",
        "AWS_ENDPOINT_URL_SSO_ADMIN",
        "AWS_ENDPOINT_URL_IDENTITYSTORE",
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
