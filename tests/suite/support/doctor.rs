//! The program without its command line: asks, learns, judges.

use std::{sync::LazyLock, time::Duration};

use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_credential_types::{
    Credentials,
    provider::{SharedCredentialsProvider, error::CredentialsError, future::ProvideCredentials},
};
use jiff::Timestamp;
use sso_doctor::{
    aws::Aws, diagnosis::Diagnosis, facts::Facts, gather, intake::Case, journal::Journal, judge, port::Port,
    words::Words,
};
use tokio::sync::mpsc::unbounded_channel;

/// Longer than any answer takes: for servers that do answer.
pub const PATIENT: Duration = Duration::from_mins(1);

/// For a server that leaves one call unanswered: long enough for the other calls on a busy machine.
pub const IMPATIENT: Duration = Duration::from_secs(5);

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::built_in().unwrap());

/// Asks about one case and judges it.
pub async fn diagnose(port: &impl Port, case: &Case, now: Timestamp) -> Diagnosis {
    let facts = gather(port, std::slice::from_ref(case), now).await;
    judge(case, &facts[0])
}

/// Judges what is known, in the built-in words.
pub fn judge(case: &Case, facts: &Facts) -> Diagnosis {
    judge::diagnose(case, facts, &WORDS)
}

/// Asks about several cases at once; the facts of each.
pub async fn gather(port: &impl Port, cases: &[Case], now: Timestamp) -> Vec<Facts> {
    let (line, mut announcements) = unbounded_channel();
    gather::gather(port, cases, now, &Journal::new(line)).await;
    let mut all: Vec<Facts> = cases.iter().map(|_| Facts::new(now)).collect();
    while let Some(announcement) = announcements.recv().await {
        for (person, facts) in all.iter_mut().enumerate() {
            if announcement.person.is_none_or(|concerned| concerned == person) {
                facts.learn(announcement.fact.clone());
            }
        }
    }
    all
}

/// The real AWS module, sent to that address. It tries three times, almost without waiting in between.
pub fn aws_at(url: &str, patience: Duration) -> Aws {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "not-a-secret", None, None, "test");
    Aws::with_config(configuration(url, patience, SharedCredentialsProvider::new(credentials)))
}

/// The same for an operator who has no credentials.
pub fn aws_without_credentials(url: &str) -> Aws {
    Aws::with_config(configuration(url, PATIENT, SharedCredentialsProvider::new(NoCredentials)))
}

fn configuration(url: &str, patience: Duration, credentials: SharedCredentialsProvider) -> SdkConfig {
    let attempts = RetryConfig::standard()
        .with_initial_backoff(Duration::from_millis(1))
        .with_max_backoff(Duration::from_millis(2))
        .with_max_attempts(3);
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("us-east-1"))
        .endpoint_url(url)
        .credentials_provider(credentials)
        .timeout_config(TimeoutConfig::builder().operation_timeout(patience).build())
        .retry_config(attempts)
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build()
}

#[derive(Debug)]
struct NoCredentials;

impl aws_credential_types::provider::ProvideCredentials for NoCredentials {
    fn provide_credentials<'a>(&'a self) -> ProvideCredentials<'a>
    where
        Self: 'a,
    {
        ProvideCredentials::ready(Err(CredentialsError::not_loaded("there are none")))
    }
}
