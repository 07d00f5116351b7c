//! The SDK's clients: one set a Region, all with the same timeouts.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use aws_config::{
    BehaviorVersion, SdkConfig, default_provider::credentials::DefaultCredentialsChain, imds, timeout::TimeoutConfig,
};

use super::{credentials::Credentials, quota::Quotas, retry::TooManyRequests, settings::AwsSettings};
use crate::domain::Region;

/// Until a connection stands. A healthy one takes a tenth of it.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(4);
/// Until one attempt is answered.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);
/// Until a call is answered, retries included.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(25);
/// Until the instance metadata address, which is asked last for credentials, counts as absent.
const METADATA_TIMEOUT: Duration = Duration::from_secs(1);

/// AWS, asked with an operator's credentials.
#[derive(Debug)]
pub struct Aws {
    config: SdkConfig,
    clients: Mutex<BTreeMap<Region, Clients>>,
    pub(super) quotas: Quotas,
}

/// The clients of one Region. Clones share their connections.
#[derive(Debug, Clone)]
pub(super) struct Clients {
    pub(super) sts: aws_sdk_sts::Client,
    pub(super) iam: aws_sdk_iam::Client,
    pub(super) sso: aws_sdk_ssoadmin::Client,
    pub(super) identity_store: aws_sdk_identitystore::Client,
}

impl Aws {
    /// Prepares the clients. Nothing is sent yet: credentials are looked for at the first call.
    pub async fn connect(settings: &AwsSettings) -> Self {
        let region = settings.region.as_ref().map_or("us-east-1", |region| region.value.as_str()).to_owned();
        let region = aws_config::Region::new(region);
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .operation_attempt_timeout(ATTEMPT_TIMEOUT)
            .operation_timeout(OPERATION_TIMEOUT)
            .build();
        let metadata = imds::Client::builder()
            .connect_timeout(METADATA_TIMEOUT)
            .read_timeout(METADATA_TIMEOUT)
            .max_attempts(1)
            .build();
        let mut credentials = DefaultCredentialsChain::builder().region(region.clone()).imds_client(metadata);
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .region(region)
            .timeout_config(timeouts)
            .retry_config(settings.retry.clone());
        if let Some(profile) = &settings.profile {
            credentials = credentials.profile_name(&profile.value);
            loader = loader.profile_name(&profile.value);
        }
        Self::with_config(loader.credentials_provider(Credentials::new(credentials.build().await)).load().await)
    }

    /// Asks with a configuration of the SDK that somebody else has made, as tests do.
    #[must_use]
    pub fn with_config(config: SdkConfig) -> Self {
        Self { config, clients: Mutex::default(), quotas: Quotas::default() }
    }

    /// Returns the clients of a Region, made at the first use.
    pub(super) fn clients_in(&self, region: &Region) -> Clients {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        clients.entry(region.clone()).or_insert_with(|| self.make_clients(region)).clone()
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
        }
    }
}
