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
    errors::{describe_innermost, describe_refusal, find_in_chain, means_ended, read_refusal, remove_secrets},
    refused::find_flaw,
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
    last: Mutex<Option<(Instant, CredentialsFailure)>>,
}

/// Why there are no credentials.
#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum CredentialsFailure {
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

    async fn load_credentials(&self) -> provider::Result {
        // One walks the chain, the others wait for what it finds.
        let _turn = self.turn.lock().await;
        if let Some(failure) = self.recall_failure() {
            return Err(failure.into_error());
        }
        self.chain.provide_credentials().await.map_err(|error| {
            let failure = CredentialsFailure::from_error(&error);
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), failure.clone()));
            failure.into_error()
        })
    }

    fn recall_failure(&self) -> Option<CredentialsFailure> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        last.filter(|(when, _)| when.elapsed() < FAILURE_REMEMBERED).map(|(_, failure)| failure)
    }
}

impl ProvideCredentials for Credentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.load_credentials())
    }
}

/// What comes before the SDK's own words about a profile.
const ABOUT_A_PROFILE: &str = "ProfileFile provider could not be built: ";

impl CredentialsFailure {
    /// Reads an error of the chain. What it is not sure of counts as a session that has ended, because an absent file of
    /// a session and a failed refresh have types that the SDK keeps to itself.
    pub(super) fn from_error(error: &CredentialsError) -> Self {
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
            CredentialsError::InvalidConfiguration(_) => Self::from_source(describe_bad_settings(error)),
            CredentialsError::ProviderTimedOut(late) => {
                let seconds = late.timeout_duration().as_secs();
                Self::from_source(format!("whatever hands out your credentials did not do so within {seconds} seconds"))
            }
            _ => read_connection_failure(error)
                .or_else(|| read_role_failure::<AssumeRoleError>(error))
                .or_else(|| read_role_failure::<AssumeRoleWithWebIdentityError>(error))
                .unwrap_or(Self::Ended),
        }
    }

    fn from_source(message: String) -> Self {
        Self::Unusable { flaw: CredentialsFlaw::Source, message }
    }

    /// Returns the error for the SDK, without the chain's own details, which name files and may carry parts of what
    /// they hold.
    fn into_error(self) -> CredentialsError {
        match self {
            Self::Missing => CredentialsError::not_loaded(self),
            Self::Ended => CredentialsError::provider_error(self),
            Self::Unusable { .. } => CredentialsError::invalid_configuration(self),
        }
    }
}

/// Returns what is wrong with the settings: about a profile the SDK's words name the profile and the key, never a
/// value.
fn describe_bad_settings(error: &CredentialsError) -> String {
    let words = error.source().map(ToString::to_string);
    match words.as_deref().and_then(|words| words.strip_prefix(ABOUT_A_PROFILE)) {
        Some(words) => format!("the AWS profile cannot be used: {words}"),
        None => "the settings of your credentials are not valid".to_owned(),
    }
}

/// Returns why a role was not handed out, when STS was asked for one.
fn read_role_failure<E: ProvideErrorMetadata + Error + 'static>(
    error: &CredentialsError,
) -> Option<CredentialsFailure> {
    let Some(service) = find_in_chain::<SdkError<E, HttpResponse>>(error)?.as_service_error() else {
        return Some(CredentialsFailure::from_source(
            "the role could not be assumed: STS gave no usable answer".to_owned(),
        ));
    };
    let (code, words) = read_refusal(service);
    if means_ended(code) {
        return Some(CredentialsFailure::Ended);
    }
    let message = format!("the role could not be assumed: {}", describe_refusal(code, &remove_secrets(words)));
    Some(CredentialsFailure::Unusable { flaw: find_flaw(code, words).unwrap_or(CredentialsFlaw::Source), message })
}

/// Returns that nobody was reached, when the connection to whoever hands out credentials failed.
fn read_connection_failure(error: &CredentialsError) -> Option<CredentialsFailure> {
    let connection = find_in_chain::<ConnectorError>(error)?;
    Some(CredentialsFailure::from_source(format!(
        "whatever hands out your credentials cannot be reached: {}",
        describe_innermost(connection)
    )))
}
