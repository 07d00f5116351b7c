//! Where credentials come from: one source after another, as in the SDK's own chain, each asked once.
//!
//! The chain is walked here and not by the SDK, so that a failure is known by the source that it happened in. Several
//! calls start together, and each of them would walk it again after the one before it found nothing. The instance
//! metadata address may take a second to be silent, so a failure is remembered for a while.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant, SystemTime},
};

use aws_config::{
    ecs::EcsCredentialsProvider, environment::EnvironmentVariableCredentialsProvider, imds,
    imds::credentials::ImdsCredentialsProvider, profile::ProfileFileCredentialsProvider,
    provider_config::ProviderConfig, web_identity_token::WebIdentityTokenCredentialsProvider,
};
use aws_credential_types::{
    Credentials,
    provider::{ProvideCredentials, SharedCredentialsProvider, future},
};
use jiff::Timestamp;

use super::{
    credentials_failure::{Attempt, CredentialsFailure, Place},
    credentials_settings::CredentialsSettings,
};

/// How long a failure is remembered: longer than the calls of one diagnosis need to notice, shorter than a person
/// needs to sign in and try again.
const FAILURE_REMEMBERED: Duration = Duration::from_secs(2);

/// Until the instance metadata address, which is asked last for credentials, counts as absent.
const METADATA_TIMEOUT: Duration = Duration::from_secs(1);

/// How long before their end credentials are not used any more.
const SPARE: Duration = Duration::from_secs(10);

/// The chain, with a memory.
#[derive(Debug)]
pub(super) struct CredentialsChain {
    settings: CredentialsSettings,
    sources: Vec<(Place, SharedCredentialsProvider)>,
    turn: tokio::sync::Mutex<()>,
    last: Mutex<Option<Result<Credentials, (Instant, CredentialsFailure)>>>,
}

impl CredentialsChain {
    pub(super) fn new(settings: CredentialsSettings, config: &ProviderConfig) -> Self {
        let mut profile = ProfileFileCredentialsProvider::builder().configure(config);
        if let Some(name) = &settings.profile {
            profile = profile.profile_name(name);
        }
        let metadata = imds::Client::builder()
            .configure(config)
            .connect_timeout(METADATA_TIMEOUT)
            .read_timeout(METADATA_TIMEOUT)
            .max_attempts(1)
            .build();
        let mut sources = Vec::new();
        if !settings.skips_environment {
            let environment = SharedCredentialsProvider::new(EnvironmentVariableCredentialsProvider::new());
            sources.push((Place::Environment, environment));
        }
        let web_identity = WebIdentityTokenCredentialsProvider::builder().configure(config).build();
        let container = EcsCredentialsProvider::builder().configure(config).build();
        let instance = ImdsCredentialsProvider::builder().configure(config).imds_client(metadata).build();
        sources.push((Place::Profile, SharedCredentialsProvider::new(profile.build())));
        sources.push((Place::WebIdentity, SharedCredentialsProvider::new(web_identity)));
        sources.push((Place::Container, SharedCredentialsProvider::new(container)));
        sources.push((Place::Instance, SharedCredentialsProvider::new(instance)));
        Self { settings, sources, turn: tokio::sync::Mutex::default(), last: Mutex::default() }
    }

    /// Returns the credentials. Waiting for them is part of no call: a command may ask a person something.
    ///
    /// # Errors
    /// Why there are none.
    pub(super) async fn load(&self) -> Result<Credentials, CredentialsFailure> {
        // One walks the chain, the others wait for what it finds.
        let _turn = self.turn.lock().await;
        if let Some(known) = self.recall() {
            return known;
        }
        let found = self.walk().await;
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(found.clone().map_err(|failure| (Instant::now(), failure)));
        found
    }

    fn recall(&self) -> Option<Result<Credentials, CredentialsFailure>> {
        match self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()? {
            Ok(credentials) => {
                let is_over = credentials.expiry().is_some_and(|end| end <= SystemTime::now() + SPARE);
                (!is_over).then_some(Ok(credentials))
            }
            Err((when, failure)) => (when.elapsed() < FAILURE_REMEMBERED).then_some(Err(failure)),
        }
    }

    /// Returns when the credentials end that were found.
    pub(super) fn end(&self) -> Option<Timestamp> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let end = last?.ok()?.expiry()?;
        Timestamp::try_from(end).ok()
    }

    async fn walk(&self) -> Result<Credentials, CredentialsFailure> {
        let Self { settings, sources, .. } = self;
        if let Some(failure) = CredentialsFailure::foresee(settings) {
            return Err(failure);
        }
        for (place, source) in sources {
            let attempt = Attempt { place: *place, settings };
            match tokio::time::timeout(settings.patience, source.provide_credentials()).await {
                Ok(Ok(credentials)) => return Ok(credentials),
                Ok(Err(error)) if attempt.is_empty(&error) => {}
                Ok(Err(error)) => return Err(attempt.explain(&error)),
                Err(_) => return Err(attempt.explain_silence()),
            }
        }
        Err(CredentialsFailure::Missing)
    }
}

impl ProvideCredentials for CredentialsChain {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async { self.load().await.map_err(CredentialsFailure::into_error) })
    }
}

/// The chain as the SDK takes it. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct SharedChain(pub(super) std::sync::Arc<CredentialsChain>);

impl ProvideCredentials for SharedChain {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.0.provide_credentials()
    }
}
