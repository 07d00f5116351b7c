//! The program without its command line: asks, learns, judges.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_credential_types::{
    Credentials,
    provider::{SharedCredentialsProvider, error::CredentialsError, future::ProvideCredentials},
};
use aws_sdk_sts::config::{AsyncSleep, SharedAsyncSleep, Sleep};
use jiff::Timestamp;
use sso_doctor::{
    case::Case,
    catalog::Catalog,
    facts::{Event, Facts},
    gather::{self, FollowUps},
    report::{self, diagnosis::Diagnosis},
    sources::{EventSender, Source, aws::Aws},
};
use tokio::sync::mpsc::unbounded_channel;

/// Longer than any answer takes: for servers that do answer.
pub const PATIENT: Duration = Duration::from_mins(1);

/// For a server that leaves one call unanswered; see [`Turns`].
pub const IMPATIENT: Duration = Duration::from_secs(1);

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::built_in().unwrap());

/// Asks about one case and judges it.
pub async fn diagnose(source: &dyn Source, case: &Case, now: Timestamp) -> Diagnosis {
    judge(case, &gather(source, std::slice::from_ref(case), now).await)
}

/// Judges what is known, in the built-in words.
pub fn judge(case: &Case, facts: &Facts) -> Diagnosis {
    report::diagnose(case, facts, &CATALOG)
}

/// What judging wants to be asked, in the program as it is.
pub fn follow_ups() -> FollowUps {
    FollowUps {
        wants_lookups: report::wants_attempts,
        plan_rights: Arc::new(|case, facts| report::plan_rights(case, facts, &CATALOG)),
    }
}

/// Asks about several cases at once.
pub async fn gather(source: &dyn Source, cases: &[Case], now: Timestamp) -> Facts {
    gather_knowing(source, cases, Facts::new(now)).await
}

/// The same, where something is known already.
pub async fn gather_knowing(source: &dyn Source, cases: &[Case], mut facts: Facts) -> Facts {
    let (sender, mut receiver) = unbounded_channel();
    gather::gather(source, cases, facts.clone(), follow_ups(), &EventSender::new(sender)).await;
    while let Ok(event) = receiver.try_recv() {
        facts.apply(event);
    }
    facts
}

/// Everything that happens while cases are gathered, in order.
pub async fn events(source: &dyn Source, cases: &[Case], now: Timestamp) -> Vec<Event> {
    let (sender, mut receiver) = unbounded_channel();
    gather::gather(source, cases, Facts::new(now), follow_ups(), &EventSender::new(sender)).await;
    std::iter::from_fn(|| receiver.try_recv().ok()).collect()
}

/// The real AWS module, sent to that address. It tries three times, almost without waiting in between.
pub fn aws_at(url: &str, patience: Duration) -> Aws {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "not-a-secret", None, None, "test");
    Aws::with_config(configuration(url, patience, SharedCredentialsProvider::new(credentials)))
        .with_event_pace(Duration::ZERO)
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
        .sleep_impl(SharedAsyncSleep::new(Turns))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build()
}

/// A time that passes in equal parts, each of which lets everything else in the runtime have its turn. The fake AWS runs
/// in the same runtime, so on a busy machine the time for an answer grows with what the answer takes: only a call that is
/// never answered outlasts it.
#[derive(Debug)]
struct Turns;

impl AsyncSleep for Turns {
    fn sleep(&self, duration: Duration) -> Sleep {
        const TURNS: u32 = 100;
        Sleep::new(async move {
            for _ in 0..TURNS {
                tokio::time::sleep(duration / TURNS).await;
            }
        })
    }
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
