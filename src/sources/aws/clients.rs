//! The SDK's clients: one set a Region, all with the same timeouts.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use aws_config::{
    BehaviorVersion, SdkConfig, provider_config::ProviderConfig, retry::RetryConfig, timeout::TimeoutConfig,
};
use hyper::Uri;

use super::{
    credentials::{CredentialsChain, SharedChain},
    endpoints::{find_endpoint, foresee},
    network::Network,
    pace::Pace,
    quota::Quotas,
    retry::TooManyRequests,
    settings::AwsSettings,
};
use crate::{domain::Region, facts::Query};

/// Until one attempt is answered.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);
/// Until a call is answered, retries included.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(25);

/// CloudTrail takes two look-ups a second for each account and Region.
const EVENT_PACE: Duration = Duration::from_millis(500);
/// Until one look-up of events is answered. No verdict waits for it, but a person does.
const EVENT_TIMEOUT: Duration = Duration::from_secs(5);

/// AWS, asked with an operator's credentials.
#[derive(Debug)]
pub struct Aws {
    config: SdkConfig,
    pub(super) credentials: Option<Arc<CredentialsChain>>,
    network: Option<Network>,
    clients: Mutex<BTreeMap<Region, Clients>>,
    pub(super) quotas: Quotas,
    pub(super) event_pace: Pace,
}

/// The clients of one Region. Clones share their connections.
#[derive(Debug, Clone)]
pub(super) struct Clients {
    pub(super) sts: aws_sdk_sts::Client,
    pub(super) iam: aws_sdk_iam::Client,
    pub(super) sso: aws_sdk_ssoadmin::Client,
    pub(super) identity_store: aws_sdk_identitystore::Client,
    pub(super) cloudtrail: aws_sdk_cloudtrail::Client,
}

impl Aws {
    /// Prepares the clients. Nothing is sent yet: credentials are looked for at the first call.
    pub(super) async fn connect(settings: &AwsSettings, network: &Network) -> Self {
        let region = settings.region.as_ref().map_or("us-east-1", |region| region.value.as_str()).to_owned();
        let region = aws_config::Region::new(region);
        let timeouts = TimeoutConfig::builder()
            .operation_attempt_timeout(ATTEMPT_TIMEOUT)
            .operation_timeout(OPERATION_TIMEOUT)
            .build();
        let mut providers = ProviderConfig::without_region().with_region(Some(region.clone()));
        providers = providers.with_http_client(network.share());
        let chain = Arc::new(CredentialsChain::new(settings.credentials.clone(), &providers));
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .region(region)
            .http_client(network.share())
            .timeout_config(timeouts)
            .retry_config(settings.retry.clone());
        if let Some(profile) = &settings.profile {
            loader = loader.profile_name(&profile.value);
        }
        let config = loader.credentials_provider(SharedChain(Arc::clone(&chain))).load().await;
        Self { credentials: Some(chain), network: Some(network.clone()), ..Self::with_config(config) }
    }

    /// Asks with a configuration of the SDK that somebody else has made, as tests do.
    #[must_use]
    pub fn with_config(config: SdkConfig) -> Self {
        Self {
            config,
            credentials: None,
            network: None,
            clients: Mutex::default(),
            quotas: Quotas::default(),
            event_pace: Pace::new(EVENT_PACE),
        }
    }

    /// Opens connections for what will be asked once this query is answered.
    pub(super) async fn open_ahead(&self, query: &Query) {
        let Some(network) = &self.network else { return };
        // Services may share one host, where an endpoint is configured: then they need the sum.
        let mut wanted: Vec<(Uri, usize)> = Vec::new();
        for (service, region, connections) in foresee(query) {
            let Some(address) = find_endpoint(&self.config, service, region).await else { continue };
            match wanted.iter_mut().find(|(known, _)| *known == address) {
                Some((_, sum)) => *sum += connections,
                None => wanted.push((address, connections)),
            }
        }
        for (address, connections) in wanted {
            network.open_ahead(&address, connections);
        }
    }

    /// Returns the same with another time between two look-ups of events: a server of one's own has no quota.
    #[must_use]
    pub fn with_event_pace(self, pace: Duration) -> Self {
        Self { event_pace: Pace::new(pace), ..self }
    }

    /// Returns how often a call is tried.
    pub(super) fn attempts(&self) -> u32 {
        self.config.retry_config().map_or(1, RetryConfig::max_attempts)
    }

    /// Returns the clients of a Region, made at the first use.
    pub(super) fn clients_in(&self, region: &Region) -> Clients {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        clients.entry(region.clone()).or_insert_with(|| self.make_clients(region)).clone()
    }

    fn event_timeouts(&self) -> TimeoutConfig {
        let usual = self.config.timeout_config().map_or_else(TimeoutConfig::builder, TimeoutConfig::to_builder);
        usual.operation_attempt_timeout(EVENT_TIMEOUT).build()
    }

    fn make_clients(&self, region: &Region) -> Clients {
        let config = self.config.to_builder().region(aws_config::Region::new(region.to_string())).build();
        Clients {
            sts: aws_sdk_sts::Client::from_conf(
                aws_sdk_sts::config::Builder::from(&config).retry_classifier(TooManyRequests).build(),
            ),
            iam: aws_sdk_iam::Client::from_conf(
                aws_sdk_iam::config::Builder::from(&config).retry_classifier(TooManyRequests).build(),
            ),
            sso: aws_sdk_ssoadmin::Client::from_conf(
                aws_sdk_ssoadmin::config::Builder::from(&config).retry_classifier(TooManyRequests).build(),
            ),
            identity_store: aws_sdk_identitystore::Client::from_conf(
                aws_sdk_identitystore::config::Builder::from(&config).retry_classifier(TooManyRequests).build(),
            ),
            cloudtrail: aws_sdk_cloudtrail::Client::from_conf(
                // The SDK would try again at once; here what is tried again keeps the pace, too.
                aws_sdk_cloudtrail::config::Builder::from(&config)
                    .retry_config(RetryConfig::disabled())
                    .timeout_config(self.event_timeouts())
                    .build(),
            ),
        }
    }
}
