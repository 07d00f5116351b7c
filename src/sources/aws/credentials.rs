//! Where credentials come from: the SDK's own chain, asked once.
//!
//! Several calls start together, and each of them would walk the whole chain again after the one before it found
//! nothing. The instance metadata address may take a second to be silent, so a failure is remembered for a while.

use std::{
    error::Error,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use aws_config::{default_provider::credentials::DefaultCredentialsChain, imds::client::error::ImdsError};
use aws_credential_types::provider::{self, ProvideCredentials, error::CredentialsError, future};

/// How long a failure is remembered: longer than the calls of one diagnosis need to notice, shorter than a person
/// needs to sign in and try again.
const FAILURE_REMEMBERED: Duration = Duration::from_secs(2);

/// The chain, with a memory.
#[derive(Debug)]
pub(super) struct Credentials {
    chain: DefaultCredentialsChain,
    turn: tokio::sync::Mutex<()>,
    last: Mutex<Option<(Instant, Lack)>>,
}

/// Why there are no credentials.
#[derive(Debug, Clone, Copy)]
enum Lack {
    /// None were found anywhere.
    Missing,
    /// Some were found, and are expired or unusable.
    Unusable,
}

impl Credentials {
    pub(super) fn new(chain: DefaultCredentialsChain) -> Self {
        Self { chain, turn: tokio::sync::Mutex::default(), last: Mutex::default() }
    }

    async fn load(&self) -> provider::Result {
        // One walks the chain, the others wait for what it finds.
        let _turn = self.turn.lock().await;
        if let Some(lack) = self.remembered() {
            return Err(lack.error());
        }
        self.chain.provide_credentials().await.map_err(|error| {
            let lack = Lack::of(&error);
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), lack));
            lack.error()
        })
    }

    fn remembered(&self) -> Option<Lack> {
        let last = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.filter(|(when, _)| when.elapsed() < FAILURE_REMEMBERED).map(|(_, lack)| lack)
    }
}

impl ProvideCredentials for Credentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.load())
    }
}

impl Lack {
    fn of(error: &CredentialsError) -> Self {
        // The instance metadata address is asked last, when nothing else has credentials: however it fails, there are
        // none.
        let mut link: Option<&(dyn Error + 'static)> = Some(error);
        while let Some(error) = link {
            if error.is::<ImdsError>() {
                return Self::Missing;
            }
            link = error.source();
        }
        if matches!(error, CredentialsError::CredentialsNotLoaded(_)) { Self::Missing } else { Self::Unusable }
    }

    /// Without the chain's own details, which name files and may carry parts of what they hold.
    fn error(self) -> CredentialsError {
        match self {
            Self::Missing => CredentialsError::not_loaded("no credentials were found"),
            Self::Unusable => CredentialsError::provider_error("the sign-in session is absent or has ended"),
        }
    }
}
