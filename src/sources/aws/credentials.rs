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
use aws_sdk_sts::operation::{
    assume_role::AssumeRoleError, assume_role_with_web_identity::AssumeRoleWithWebIdentityError,
};
use aws_smithy_runtime_api::client::{
    orchestrator::HttpResponse,
    result::{ConnectorError, SdkError},
};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::{
    errors::{code_and_message, described, find_in_chain, has_ended, innermost, without_secrets},
    refused::flaw_of,
};
use crate::facts::CredentialsFlaw;

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
#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum Lack {
    /// None were found anywhere.
    #[error("no credentials were found")]
    Missing,
    /// There are some, and their session has ended or was never begun.
    #[error("the sign-in session is absent or has ended")]
    Ended,
    /// Some are configured, and the way to them fails.
    #[error("{message}")]
    Unusable {
        /// What is wrong.
        flaw: CredentialsFlaw,
        /// The same, in words that carry no secrets.
        message: String,
    },
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
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), lack.clone()));
            lack.error()
        })
    }

    fn remembered(&self) -> Option<Lack> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
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

/// What comes before the SDK's own words about a profile.
const ABOUT_A_PROFILE: &str = "ProfileFile provider could not be built: ";

impl Lack {
    /// Reads an error of the chain. What it is not sure of counts as a session that has ended, because an absent file of
    /// a session and a failed refresh have types that the SDK keeps to itself.
    pub(super) fn of(error: &CredentialsError) -> Self {
        if let Some(known) = find_in_chain::<Self>(error) {
            return known.clone();
        }
        // The instance metadata address is asked last, when nothing else has credentials: however it fails, there are
        // none.
        if find_in_chain::<ImdsError>(error).is_some() {
            return Self::Missing;
        }
        match error {
            CredentialsError::CredentialsNotLoaded(_) => Self::Missing,
            CredentialsError::InvalidConfiguration(_) => Self::of_source(of_configuration(error)),
            CredentialsError::ProviderTimedOut(late) => {
                let seconds = late.timeout_duration().as_secs();
                Self::of_source(format!("whatever hands out your credentials did not do so within {seconds} seconds"))
            }
            _ => of_connection(error)
                .or_else(|| of_role::<AssumeRoleError>(error))
                .or_else(|| of_role::<AssumeRoleWithWebIdentityError>(error))
                .unwrap_or(Self::Ended),
        }
    }

    fn of_source(message: String) -> Self {
        Self::Unusable { flaw: CredentialsFlaw::Source, message }
    }

    /// Without the chain's own details, which name files and may carry parts of what they hold.
    fn error(self) -> CredentialsError {
        match self {
            Self::Missing => CredentialsError::not_loaded(self),
            Self::Ended => CredentialsError::provider_error(self),
            Self::Unusable { .. } => CredentialsError::invalid_configuration(self),
        }
    }
}

/// What is wrong with the settings: about a profile the SDK's words name the profile and the key, never a value.
fn of_configuration(error: &CredentialsError) -> String {
    let words = error.source().map(ToString::to_string);
    match words.as_deref().and_then(|words| words.strip_prefix(ABOUT_A_PROFILE)) {
        Some(words) => format!("the AWS profile cannot be used: {words}"),
        None => "the settings of your credentials are not valid".to_owned(),
    }
}

/// Returns why a role was not handed out, when STS was asked for one.
fn of_role<E: ProvideErrorMetadata + Error + 'static>(error: &CredentialsError) -> Option<Lack> {
    let Some(service) = find_in_chain::<SdkError<E, HttpResponse>>(error)?.as_service_error() else {
        return Some(Lack::of_source("the role could not be assumed: STS gave no usable answer".to_owned()));
    };
    let (code, words) = code_and_message(service);
    if has_ended(code) {
        return Some(Lack::Ended);
    }
    let message = format!("the role could not be assumed: {}", described(code, &without_secrets(words)));
    Some(Lack::Unusable { flaw: flaw_of(code, words).unwrap_or(CredentialsFlaw::Source), message })
}

/// Returns that nobody was reached, when the connection to whoever hands out credentials failed.
fn of_connection(error: &CredentialsError) -> Option<Lack> {
    let connection = find_in_chain::<ConnectorError>(error)?;
    Some(Lack::of_source(format!("whatever hands out your credentials cannot be reached: {}", innermost(connection))))
}
