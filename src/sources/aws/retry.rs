//! How often a call is tried, and after which answers.

use aws_config::{
    profile::ProfileSet,
    retry::{RetryConfig, RetryMode},
};
use aws_smithy_runtime_api::client::{
    interceptors::context::InterceptorContext,
    retries::classifiers::{ClassifyRetry, RetryAction, RetryClassifierPriority},
};

use super::environment::{AwsSettingsError, Environment, find_file};
use crate::text;

/// How often a call is tried, the first time included, where nothing else is configured.
const ATTEMPTS: u32 = 3;

const ATTEMPTS_EXPECTED: &str = "it has to be a number from 1 on; unset it, or set it to 3";
const MODE_EXPECTED: &str = "it has to be `standard` or `adaptive`";

/// A setting: its environment variable, its key in a profile, and what it has to be.
struct Setting {
    variable: &'static str,
    key: &'static str,
    expected: &'static str,
}

/// Reads how often to try and how to wait in between, here because the SDK's own loader panics on 0 attempts.
pub(super) async fn read_retries(
    environment: Environment<'_>,
    files: &ProfileSet,
) -> Result<RetryConfig, AwsSettingsError> {
    let attempts = Setting { variable: "AWS_MAX_ATTEMPTS", key: "max_attempts", expected: ATTEMPTS_EXPECTED };
    let attempts =
        attempts.read_value(environment, files, |value| value.parse().ok().filter(|number| *number > 0)).await?;
    let mode = Setting { variable: "AWS_RETRY_MODE", key: "retry_mode", expected: MODE_EXPECTED };
    let mode = mode.read_value(environment, files, parse_retry_mode).await?;
    Ok(RetryConfig::standard()
        .with_retry_mode(mode.unwrap_or(RetryMode::Standard))
        .with_max_attempts(attempts.unwrap_or(ATTEMPTS)))
}

fn parse_retry_mode(value: &str) -> Option<RetryMode> {
    match value {
        "" | "standard" | "legacy" => Some(RetryMode::Standard),
        "adaptive" => Some(RetryMode::Adaptive),
        _ => None,
    }
}

impl Setting {
    /// Returns the value, from the environment, else from the profile.
    async fn read_value<T>(
        &self,
        environment: Environment<'_>,
        files: &ProfileSet,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, AwsSettingsError> {
        let Self { variable, key, expected } = *self;
        if let Some(value) = environment(variable) {
            let value = value.trim();
            return match parse(value) {
                Some(read) => Ok(Some(read)),
                None => Err(AwsSettingsError::BadVariable { variable, value: text::clean(value), expected }),
            };
        }
        let Some(value) = files.get(key).map(str::trim) else {
            return Ok(None);
        };
        if let Some(read) = parse(value) {
            return Ok(Some(read));
        }
        let profile = files.selected_profile();
        Err(AwsSettingsError::BadKey {
            key,
            value: text::clean(value),
            profile: text::clean(profile),
            file: find_file(environment, profile, key).await,
            expected,
        })
    }
}

/// HTTP 429 is "too many requests" also where no body says so; the SDK only knows the codes that bodies carry.
#[derive(Debug)]
pub(super) struct TooManyRequests;

impl ClassifyRetry for TooManyRequests {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        match context.response().map(|response| response.status().as_u16()) {
            Some(429) => RetryAction::throttling_error(),
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "TooManyRequests"
    }

    /// Returns a place before those that know more, such as how long AWS wants to be left alone.
    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_before(RetryClassifierPriority::http_status_code_classifier())
    }
}
