//! What the program was told: the user, what that user typed, and the operator's settings.

mod app;
mod attempts;
pub mod config;
mod malformed;
mod region_names;
mod saw;
mod start_url;
mod typed_user;
mod user_list;

use std::{fmt, sync::Arc};

pub use self::{
    app::{AdminStatement, App, AppError, Marks, NotCovered, Part, ServiceLinkedRole},
    attempts::{AttemptedTime, AttemptedTimeError, AttemptsMode, AttemptsSettings},
    malformed::Malformed,
    region_names::{MeantRegions, is_word_of_regions, list_regions, name_of_region, read_region},
    saw::{KeyReason, Saw, SeenText},
    start_url::StartUrl,
    typed_user::{TypedUser, TypedUserError},
    user_list::{LONGEST_LIST, UserList, UserListError, parse_user_list},
};
use crate::{
    domain::{InstanceArn, Region},
    saml::HandedOver,
    text,
};

/// One case to diagnose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Who cannot sign in.
    pub user: TypedUser,
    /// The start URL that the user typed.
    pub start_url: Option<String>,
    /// The Region that the user typed.
    pub typed_region: Option<String>,
    /// The user name that the user typed into Identity Center's own page.
    pub typed_user: Option<String>,
    /// What the user saw, where anything of it was told.
    pub saw: Option<Saw>,
    /// What the identity provider's side handed over.
    pub handed_over: Arc<HandedOver>,
    /// The application.
    pub app: Arc<App>,
    /// The operator's settings.
    pub settings: Arc<Settings>,
}

impl Case {
    /// Returns the typed start URL, when anything was typed.
    #[must_use]
    pub fn typed_url(&self) -> Option<&str> {
        self.start_url.as_deref().filter(|typed| !typed.trim().is_empty())
    }

    /// Returns the typed Region without what pasting adds, and what it means, when anything was typed.
    #[must_use]
    pub fn typed_region(&self) -> Option<TypedRegion> {
        let visible = self.typed_region.as_deref()?.chars().filter(|&character| !text::is_invisible(character));
        let typed = visible.collect::<String>().trim().to_owned();
        if typed.is_empty() {
            return None;
        }
        // The application's own list may be newer than the list of names.
        let code = Region::new(typed.to_lowercase());
        let is_listed = self.app.identity_center_regions.contains(&code);
        let meant = if is_listed { MeantRegions::One(code) } else { read_region(&typed) };
        Some(TypedRegion { typed, meant })
    }

    /// Returns true when it was told which start URL or which Region the user typed.
    #[must_use]
    pub fn is_form_told(&self) -> bool {
        self.typed_url().is_some() || self.typed_region().is_some()
    }

    /// Returns the name that the user typed into Identity Center's own page, without what pasting adds, when anything was
    /// typed. What is too long for a name is told as it is: it is the name of nobody.
    #[must_use]
    pub fn typed_user(&self) -> Option<String> {
        let typed = self.typed_user.as_deref()?;
        match TypedUser::parse(typed) {
            Ok(user) => Some(user.as_str().to_owned()),
            Err(TypedUserError::Empty) => None,
            Err(TypedUserError::TooLong) => Some(typed.trim().to_owned()),
        }
    }
}

/// A Region as the user typed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedRegion {
    /// What was typed.
    pub typed: String,
    /// What it means.
    pub meant: MeantRegions,
}

impl TypedRegion {
    /// Returns the Regions that are meant, and what may be the code of one that is not known.
    #[must_use]
    pub fn regions(&self) -> &[Region] {
        match &self.meant {
            MeantRegions::One(region) => std::slice::from_ref(region),
            MeantRegions::Several(regions) => regions,
            MeantRegions::NearMiss { code, .. } => code.as_slice(),
            MeantRegions::Nothing => &[],
        }
    }

    /// Returns what was typed as a sentence names it: the code where one was typed, else the words.
    #[must_use]
    pub fn shown(&self) -> String {
        let code = self.typed.to_lowercase();
        if Region::is_well_formed(&code) { code } else { text::clean(&self.typed) }
    }
}

/// What holds for every case of one run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// The Region of the operator's AWS configuration.
    pub region: Option<Sourced<Region>>,
    /// The AWS profile.
    pub aws_profile: Option<Sourced<String>>,
    /// How the operator signs in to AWS again.
    pub sign_in: SignIn,
    /// The instance to use, where the operator names one.
    pub instance: Option<Sourced<InstanceArn>>,
    /// The organization's alias URL of the access portal, which no API shows.
    pub alias_url: Option<String>,
    /// When to look at sign-in attempts, and at which.
    pub attempts: AttemptsSettings,
    /// True for the sample organization.
    pub demo: bool,
    /// True where the operator can choose among people: then everybody is looked through whom a name may mean, although
    /// the verdict does not need it.
    pub lists_people: bool,
    /// True where the names of all the user's groups are wanted, also of those that let nobody in.
    pub names_all_groups: bool,
}

/// How the operator signs in to AWS again, by what is configured.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SignIn {
    /// `aws sso login --profile`, with this profile.
    SsoProfile(String),
    /// `aws sso login --sso-session`, with this session.
    SsoSession(String),
    /// `aws login --profile`, with this profile.
    Login(String),
    /// In a way of their own: with access keys, a process, a token, or nothing that is configured.
    #[default]
    Elsewhere,
}

impl Settings {
    /// Returns the Region that is asked first: the configured one, or `us-east-1`, from which every Region can be
    /// asked.
    #[must_use]
    pub fn home_region(&self) -> Region {
        self.region.as_ref().map_or_else(|| Region::new("us-east-1"), |region| region.value.clone())
    }

    /// Returns the configured alias of the access portal, which may be written as a URL or as the bare name. A URL
    /// without an alias configures none.
    #[must_use]
    pub fn alias(&self) -> Option<String> {
        let configured = self.alias_url.as_deref()?;
        match StartUrl::parse(configured) {
            StartUrl::Alias(alias) => Some(alias),
            StartUrl::Malformed => Some(configured.trim().to_ascii_lowercase()),
            _ => None,
        }
    }
}

/// A value and its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub source: Source,
}

/// Where a setting came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// An option of this run.
    Flag(&'static str),
    /// An environment variable.
    Environment(&'static str),
    /// A profile of the AWS configuration.
    AwsProfile(String),
    /// This program's `config.toml`.
    Configuration,
    /// Chosen in the terminal app.
    Choice,
    /// A recording.
    Recording,
    /// The sample organization.
    Sample,
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(formatter, "from {flag}"),
            Self::Environment(variable) => write!(formatter, "from {variable}"),
            Self::AwsProfile(profile) => write!(formatter, "from the AWS profile {}", text::clean(profile)),
            Self::Configuration => formatter.write_str("from config.toml"),
            Self::Choice => formatter.write_str("chosen here"),
            Self::Recording => formatter.write_str("from the recording"),
            Self::Sample => formatter.write_str("the sample organization"),
        }
    }
}

/// Returns a case for tests: somebody of the smallest organization, about whom nothing was told.
#[cfg(test)]
pub(crate) fn test_case() -> Case {
    Case {
        user: TypedUser::parse("ana@corp.example").unwrap(),
        start_url: None,
        typed_region: None,
        typed_user: None,
        saw: None,
        handed_over: Arc::default(),
        app: Arc::new(App::load("kiro").unwrap()),
        settings: Arc::new(Settings::default()),
    }
}
