//! Why there are no credentials: by the types of the SDK's errors where there are types, else by where they were looked
//! for and what the profile says of that.

use std::{error::Error, io};

use aws_config::imds::client::error::ImdsError;
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sso::operation::get_role_credentials::GetRoleCredentialsError;
use aws_sdk_sts::operation::{
    assume_role::AssumeRoleError, assume_role_with_web_identity::AssumeRoleWithWebIdentityError,
};
use aws_smithy_runtime_api::client::{
    orchestrator::HttpResponse,
    result::{ConnectorError, SdkError},
};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::{
    credentials_settings::CredentialsSettings,
    errors::{describe_innermost, describe_refusal, find_in_chain, means_ended, read_refusal, remove_secrets},
    process,
    profile::{Base, BrokenSource},
    refused::find_flaw,
};
use crate::{facts::CredentialsFlaw, text};

/// Why there are no credentials.
#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum CredentialsFailure {
    /// None were found anywhere.
    #[error("no credentials were found")]
    Missing,
    /// There are some, and their session has ended or was never begun.
    #[error("{0}")]
    Ended(String),
    /// Some are configured, and the way to them fails.
    #[error("{message}")]
    Unusable {
        /// What is wrong.
        flaw: CredentialsFlaw,
        /// The same, in words that carry no secrets.
        message: String,
    },
}

/// Where credentials were looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The environment's own keys.
    Environment,
    /// The AWS profile.
    Profile,
    /// The web identity token that the environment names.
    WebIdentity,
    /// The address that the environment names.
    Container,
    /// The instance metadata.
    Instance,
}

/// One look for credentials.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt<'a> {
    pub(super) place: Place,
    pub(super) settings: &'a CredentialsSettings,
}

const SESSION_ENDED: &str = "the sign-in session is absent or has ended";

/// What comes before the SDK's own words about a profile.
const ABOUT_A_PROFILE: &str = "ProfileFile provider could not be built: ";

/// What comes before the status of a container's answer, which the SDK tells in words alone.
const CONTAINER_STATUS: &str = "Non-success status from HTTP credential provider: StatusCode(";

impl CredentialsFailure {
    fn unusable(flaw: CredentialsFlaw, message: &str) -> Self {
        Self::Unusable { flaw, message: text::without_passwords(message) }
    }

    /// Returns what cannot work, by the profile alone.
    pub(super) fn foresee(settings: &CredentialsSettings) -> Option<Self> {
        let Base::NoSource(BrokenSource { by, named, exists, place }) = &settings.path.base else {
            return None;
        };
        let (by, named) = (text::clean(by), text::clean(named));
        let what = if *exists { "which has no credentials in it" } else { "which does not exist" };
        Some(Self::unusable(
            CredentialsFlaw::SourceProfile,
            &format!(
                "the AWS profile `{by}` takes its credentials from the profile `{named}`, {what} (source_profile in {place})"
            ),
        ))
    }

    /// Reads an error that comes back from a call: it holds one of these, or it is none of this chain's.
    pub(super) fn from_error(error: &CredentialsError) -> Self {
        if let Some(known) = find_in_chain::<Self>(error) {
            return known.clone();
        }
        match error {
            CredentialsError::CredentialsNotLoaded(_) => Self::Missing,
            _ => Self::unusable(CredentialsFlaw::Source, &describe_innermost(error)),
        }
    }

    /// Returns the error for the SDK, without the chain's own details, which name files and may carry parts of what
    /// they hold.
    pub(super) fn into_error(self) -> CredentialsError {
        match self {
            Self::Missing => CredentialsError::not_loaded(self),
            Self::Ended(_) => CredentialsError::provider_error(self),
            Self::Unusable { .. } => CredentialsError::invalid_configuration(self),
        }
    }
}

impl Attempt<'_> {
    /// Returns true when there are none here, so that the next place is looked at.
    pub(super) fn is_empty(&self, error: &CredentialsError) -> bool {
        match self.place {
            // It is asked last, when nothing else has credentials: however it fails, there are none.
            Place::Instance => true,
            Place::Profile => {
                matches!(error, CredentialsError::CredentialsNotLoaded(_)) && !self.settings.path.has_credentials()
            }
            _ => matches!(error, CredentialsError::CredentialsNotLoaded(_)),
        }
    }

    /// Returns why there are none, when whoever hands them out says nothing.
    pub(super) fn explain_silence(&self) -> CredentialsFailure {
        let seconds = self.settings.patience.as_secs();
        let message = format!("{} did not hand out any within {seconds} seconds", self.describe());
        CredentialsFailure::unusable(self.flaw(), &message)
    }

    /// Reads an error.
    pub(super) fn explain(&self, error: &CredentialsError) -> CredentialsFailure {
        if let CredentialsError::InvalidConfiguration(_) = error {
            return CredentialsFailure::unusable(CredentialsFlaw::Source, &self.describe_bad_settings(error));
        }
        if let Some(failure) = self.read_role_failure::<AssumeRoleError>(error) {
            return failure;
        }
        if let Some(failure) = self.read_role_failure::<AssumeRoleWithWebIdentityError>(error) {
            return failure;
        }
        if let Some(failure) = self.read_portal_failure(error) {
            return failure;
        }
        if let Some(connection) = find_in_chain::<ConnectorError>(error) {
            let message = format!("{} cannot be reached: {}", self.describe(), describe_innermost(connection));
            return CredentialsFailure::unusable(self.flaw(), &message);
        }
        self.explain_base(error)
    }

    /// Reads an error of what the way begins with.
    fn explain_base(&self, error: &CredentialsError) -> CredentialsFailure {
        let unusable =
            |reason: String| CredentialsFailure::unusable(self.flaw(), &format!("{}{reason}", self.describe()));
        match (self.place, &self.settings.path.base) {
            (Place::Profile, Base::Process(_)) => unusable(process::describe_end(error)),
            (Place::Profile, Base::Sso { .. } | Base::Login) if !is_about_settings(error) => {
                CredentialsFailure::Ended(SESSION_ENDED.to_owned())
            }
            (Place::Profile, Base::Named(source)) if source.eq_ignore_ascii_case("Ec2InstanceMetadata") => {
                unusable(" has none".to_owned())
            }
            _ => match find_status(error) {
                Some(status) => unusable(format!(" answered HTTP {status}")),
                None if find_in_chain::<ImdsError>(error).is_some() => unusable(" has none".to_owned()),
                None if find_in_chain::<io::Error>(error).is_some() => {
                    unusable(format!(" cannot be read: {}", describe_innermost(error)))
                }
                None if is_about_settings(error) => {
                    unusable(format!(" is not complete: {}", describe_innermost(error)))
                }
                None => unusable(" gave an answer that holds no credentials".to_owned()),
            },
        }
    }

    /// Returns why a role was not handed out, when STS was asked for one.
    fn read_role_failure<E: ProvideErrorMetadata + Error + 'static>(
        &self,
        error: &CredentialsError,
    ) -> Option<CredentialsFailure> {
        let refused = find_in_chain::<SdkError<E, HttpResponse>>(error)?;
        let path = &self.settings.path;
        let role = match path.roles.first() {
            Some(role) => {
                format!("the role {} of the AWS profile `{}`", text::clean(&role.arn), text::clean(&role.profile))
            }
            None => "the role".to_owned(),
        };
        let Some(service) = refused.as_service_error() else {
            let message = match find_in_chain::<ConnectorError>(error) {
                Some(connection) => {
                    format!("{role} could not be assumed, STS cannot be reached: {}", describe_innermost(connection))
                }
                None => format!("{role} could not be assumed: STS gave no usable answer"),
            };
            return Some(CredentialsFailure::unusable(CredentialsFlaw::Source, &message));
        };
        let (code, words) = read_refusal(service);
        if means_ended(code) {
            return Some(CredentialsFailure::Ended(format!("{role} could not be assumed: {code}")));
        }
        let said = describe_refusal(code, &remove_secrets(words));
        let is_denied = code.starts_with("AccessDenied");
        let wants_code = words.contains("MultiFactorAuthentication") || words.contains("MFA");
        if let Some(RoleWithDevice { profile, device }) = self.find_device()
            && (is_denied || wants_code)
        {
            let message = format!(
                "the AWS profile `{profile}` needs an MFA code (mfa_serial {device}), and nobody is asked for one here; {role} could not be assumed: {said}"
            );
            return Some(CredentialsFailure::unusable(CredentialsFlaw::Mfa, &message));
        }
        let flaw = match find_flaw(code, words) {
            Some(flaw) => flaw,
            None if wants_code => CredentialsFlaw::Mfa,
            None if is_denied => CredentialsFlaw::Role,
            None if code == "InvalidIdentityToken" => CredentialsFlaw::TokenFile,
            None => CredentialsFlaw::Source,
        };
        let caller = format!(" with the credentials of `{}`", text::clean(&path.base_profile));
        let by = if path.base_profile == path.name { String::new() } else { caller };
        Some(CredentialsFailure::unusable(flaw, &format!("{role} could not be assumed{by}: {said}")))
    }

    fn find_device(&self) -> Option<RoleWithDevice> {
        let role = self.settings.path.find_mfa()?;
        let device = text::clean(role.mfa.as_deref()?);
        Some(RoleWithDevice { profile: text::clean(&role.profile), device })
    }

    /// Returns why IAM Identity Center handed nothing out, when it was asked: the session is there then.
    fn read_portal_failure(&self, error: &CredentialsError) -> Option<CredentialsFailure> {
        let refused = find_in_chain::<SdkError<GetRoleCredentialsError, HttpResponse>>(error)?;
        let portal = self.describe();
        let message = match refused {
            SdkError::ServiceError(answer) => {
                let status = answer.raw().status().as_u16();
                let (code, words) = read_refusal(answer.err());
                if matches!(answer.err(), GetRoleCredentialsError::UnauthorizedException(_)) || status == 401 {
                    return Some(CredentialsFailure::Ended(SESSION_ENDED.to_owned()));
                }
                if status < 500 && status != 429 {
                    let said = if code.is_empty() { format!("HTTP {status}") } else { describe_refusal(code, words) };
                    let message = format!("{portal} does not hand out that role: {said}");
                    return Some(CredentialsFailure::unusable(CredentialsFlaw::Source, &message));
                }
                format!("{portal} answered HTTP {status}")
            }
            SdkError::TimeoutError(_) => format!("{portal} did not answer in time"),
            other => match find_in_chain::<ConnectorError>(other) {
                Some(connection) => format!("{portal} cannot be reached: {}", describe_innermost(connection)),
                None => format!("{portal} gave no usable answer"),
            },
        };
        Some(CredentialsFailure::unusable(CredentialsFlaw::Portal, &message))
    }

    /// Returns what was asked for credentials, as the subject of a sentence.
    fn describe(&self) -> String {
        let path = &self.settings.path;
        let profile = text::clean(&path.base_profile);
        match (self.place, &path.base) {
            (Place::Profile, Base::Process(command)) => {
                format!("the credential_process of the AWS profile `{profile}`, `{}`,", text::clean(command))
            }
            (Place::Profile, Base::TokenFile(file)) => {
                format!("the web identity token file {} of the AWS profile `{profile}`", text::clean(file))
            }
            (Place::WebIdentity, _) => {
                let file = self.settings.token_file.as_deref().map(text::clean).unwrap_or_default();
                format!("the web identity token file {file} (AWS_WEB_IDENTITY_TOKEN_FILE)")
            }
            (Place::Profile, Base::Sso { region, .. }) => {
                let host = CredentialsSettings::portal_host(region.as_deref());
                format!("{host}, which hands out the credentials of the AWS profile `{profile}`,")
            }
            (Place::Profile, Base::Named(source)) if source.eq_ignore_ascii_case("EcsContainer") => {
                self.describe_container()
            }
            (Place::Profile, Base::Named(source)) => {
                format!("the credential_source {} of the AWS profile `{profile}`", text::clean(source))
            }
            (Place::Profile, Base::Login) => format!("the `aws login` session of the AWS profile `{profile}`"),
            (Place::Profile, _) => format!("the AWS profile `{profile}`"),
            (Place::Container, _) => self.describe_container(),
            (Place::Environment, _) => "the environment".to_owned(),
            (Place::Instance, _) => "the instance metadata address".to_owned(),
        }
    }

    fn describe_container(&self) -> String {
        match &self.settings.container {
            Some(address) => {
                format!("the container's credentials address {}", text::clean(&text::without_password(address)))
            }
            None => "the container's credentials address, which is not configured,".to_owned(),
        }
    }

    fn flaw(&self) -> CredentialsFlaw {
        match (self.place, &self.settings.path.base) {
            (Place::Profile, Base::Process(_)) => CredentialsFlaw::Process,
            (Place::Profile, Base::TokenFile(_)) | (Place::WebIdentity, _) => CredentialsFlaw::TokenFile,
            (Place::Profile, Base::Sso { .. }) => CredentialsFlaw::Portal,
            (Place::Profile, Base::Named(source)) if source.eq_ignore_ascii_case("EcsContainer") => {
                CredentialsFlaw::Container
            }
            (Place::Container, _) => CredentialsFlaw::Container,
            _ => CredentialsFlaw::Source,
        }
    }

    /// Returns what is wrong with the settings: about a profile the SDK's words name the profile and the key, never a
    /// value.
    fn describe_bad_settings(&self, error: &CredentialsError) -> String {
        let words = error.source().map(ToString::to_string);
        match words.as_deref().and_then(|words| words.strip_prefix(ABOUT_A_PROFILE)) {
            Some(words) => format!("the AWS profile cannot be used: {words}"),
            None if self.place == Place::Container => format!("{} is not one that may be asked", self.describe()),
            None => "the settings of your credentials are not valid".to_owned(),
        }
    }
}

/// A role that wants a code, as it can be shown.
struct RoleWithDevice {
    profile: String,
    device: String,
}

/// The SDK tells of an incomplete profile as of one without credentials.
fn is_about_settings(error: &CredentialsError) -> bool {
    matches!(error, CredentialsError::CredentialsNotLoaded(_))
}

/// Returns the status of a container's answer.
fn find_status(error: &CredentialsError) -> Option<String> {
    let words = describe_innermost(error);
    let (_, rest) = words.split_once(CONTAINER_STATUS)?;
    Some(rest.chars().take_while(char::is_ascii_digit).collect())
}
