//! What the program has to know about Kiro or another application, as data.
//!
//! Two are built in (`assets/apps`); `--app FILE` takes another.

use std::path::Path;

use serde::{Deserialize, Serialize};
use wildmatch::WildMatchPattern;

use super::malformed::Malformed;
use crate::{
    domain::{Application, Region},
    text,
};

/// One application behind Identity Center.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct App {
    /// The name on the command line and in JSON.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// How the application that carries the assignments is recognised.
    #[serde(rename = "profile")]
    pub entitlement: Marks,
    /// How the application that the sign-in itself uses is recognised; absent where there is none.
    pub sign_in: Option<Marks>,
    /// Name patterns of applications that carry the same provider and are another product's.
    #[serde(default)]
    pub other_names: Vec<String>,
    /// Name patterns of groups that are meant to grant access, letter case aside.
    #[serde(default)]
    pub entitled_groups: Vec<String>,
    /// Identity Center Regions that the application works with; empty where nobody lists them.
    #[serde(default)]
    pub identity_center_regions: Vec<Region>,
    /// Regions that the application can be set up in; empty where nobody lists them.
    #[serde(default, rename = "profile-regions")]
    pub entitlement_regions: Vec<Region>,
    /// True if subscribing a user or group in the application's console also assigns the application.
    #[serde(default)]
    pub subscribing_assigns: bool,
    /// What the user chooses on the sign-in page.
    pub choose: String,
    /// The console page on which the application is set up and users are subscribed.
    pub console: String,
    /// The roles that the application needs in the account that owns it.
    #[serde(default)]
    pub service_linked_roles: Vec<ServiceLinkedRole>,
    /// What an administrator is allowed who sets the application up and gives people access, a statement a purpose.
    #[serde(default)]
    pub admin: Vec<AdminStatement>,
    /// What no API shows, the most frequent cause first.
    #[serde(default)]
    pub not_covered: Vec<NotCovered>,
}

/// Name patterns and provider ARNs of an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Marks {
    /// Patterns of the name, with `*` and `?`, letter case aside.
    #[serde(default)]
    pub names: Vec<String>,
    /// ARNs of the provider.
    #[serde(default)]
    pub providers: Vec<String>,
}

/// A role that a service creates for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ServiceLinkedRole {
    /// The role's name.
    pub name: String,
    /// The service that it trusts, such as `q.amazonaws.com`.
    pub service: String,
}

impl ServiceLinkedRole {
    /// Returns the path that IAM gives every service-linked role.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/aws-service-role/{}/", self.service)
    }
}

/// A statement of the policy for administrators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AdminStatement {
    /// Its id in the policy, which tells the purpose: letters and digits.
    pub id: String,
    /// True if only consoles need it.
    #[serde(default)]
    pub console_only: bool,
    /// The actions.
    pub actions: Vec<String>,
    /// What they are allowed on; everything, where nothing is listed.
    #[serde(default)]
    pub resources: Vec<String>,
}

/// Something to look at by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NotCovered {
    /// What it is.
    pub title: String,
    /// Where to look.
    pub look: String,
    /// The id of the check that covers it, where there was something to judge.
    pub covered_by: Option<String>,
}

/// Which part a registered application plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It carries the assignments.
    Entitlement,
    /// The sign-in page uses it.
    SignIn,
}

/// Why an application profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Neither a built-in name nor a file.
    #[error("there is no application profile `{0}`: use one of {known}, or a TOML file", known = App::built_in_names().join(", "))]
    Unknown(String),
    /// The file cannot be read.
    #[error("the application profile {file} cannot be read: {source}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// The file does not say what a profile must say.
    #[error("the application profile {file} is not usable: {source}")]
    Malformed {
        /// The file.
        file: String,
        /// Line, key and what was expected.
        source: Malformed,
    },
}

const BUILT_IN: [(&str, &str); 2] = [
    ("kiro", include_str!("../../assets/apps/kiro.toml")),
    ("amazon-q-developer", include_str!("../../assets/apps/amazon-q-developer.toml")),
];

impl App {
    /// Returns the names that need no file.
    #[must_use]
    pub fn built_in_names() -> Vec<&'static str> {
        BUILT_IN.iter().map(|(name, _)| *name).collect()
    }

    /// Returns a built-in profile by name, or the profile in a file.
    ///
    /// # Errors
    /// If it is neither, or the file is not a profile; an unknown key is named.
    pub fn load(name_or_file: &str) -> Result<Self, AppError> {
        if let Some((name, text)) = BUILT_IN.iter().find(|(name, _)| *name == name_or_file) {
            return Self::parse(text, name);
        }
        let path = Path::new(name_or_file);
        if !path.exists() && !name_or_file.contains(['/', '\\', '.']) {
            return Err(AppError::Unknown(text::clean(name_or_file)));
        }
        let text = std::fs::read_to_string(path)
            .map_err(|source| AppError::Unreadable { file: text::clean(name_or_file), source })?;
        Self::parse(&text, name_or_file)
    }

    /// Reads a profile from TOML; `file` is only named in errors.
    ///
    /// # Errors
    /// If the text is no profile.
    pub fn parse(text: &str, file: &str) -> Result<Self, AppError> {
        toml::from_str(text)
            .map_err(|error| AppError::Malformed { file: text::clean(file), source: Malformed::new(text, &error) })
    }

    /// Returns which part an application plays, if any. Names come before providers, and the sign-in application before
    /// the profile's, because both may carry one provider ARN (Kiro#8665).
    #[must_use]
    pub fn part_of(&self, application: &Application) -> Option<Part> {
        let named = |marks: &Marks| matches_any(&marks.names, &application.name);
        let provided = |marks: &Marks| is_provided_by(marks, application);
        let sign_in = self.sign_in.as_ref();
        if matches_any(&self.other_names, &application.name) {
            None
        } else if sign_in.is_some_and(named) {
            Some(Part::SignIn)
        } else if named(&self.entitlement) || provided(&self.entitlement) {
            Some(Part::Entitlement)
        } else if sign_in.is_some_and(provided) {
            Some(Part::SignIn)
        } else {
            None
        }
    }

    /// Returns the Region that an application's name tells, when the name ends with one of this profile's patterns and a
    /// Region where the `*` stands: `eu-central-1` of `KiroProfile-eu-central-1` and of its sign-in application.
    #[must_use]
    pub fn region_in_name(&self, application: &Application) -> Option<Region> {
        let name = application.name.to_lowercase();
        self.entitlement.names.iter().find_map(|pattern| {
            let prefix = pattern.strip_suffix('*')?.to_lowercase();
            let (_, rest) = name.rsplit_once(&prefix)?;
            Region::is_well_formed(rest).then(|| Region::new(rest))
        })
    }

    /// Returns true, when the application is one of this profile's, but AWS leaves out the name that would tell which
    /// part it plays.
    #[must_use]
    pub fn is_ambiguous(&self, application: &Application) -> bool {
        self.sign_in.is_some() && application.name.is_empty() && is_provided_by(&self.entitlement, application)
    }

    /// Returns true, when a group of that name is meant to grant access.
    #[must_use]
    pub fn is_entitled_name(&self, name: &str) -> bool {
        matches_any(&self.entitled_groups, name)
    }
}

/// Returns true when the application is of one of these providers, whatever partition it is in.
fn is_provided_by(marks: &Marks, application: &Application) -> bool {
    let Some(own) = &application.provider else {
        return false;
    };
    marks.providers.iter().any(|provider| without_partition(provider) == without_partition(own))
}

/// Returns what follows `arn:PARTITION:`, or the whole text when it is no ARN.
fn without_partition(arn: &str) -> &str {
    match arn.splitn(3, ':').collect::<Vec<_>>().as_slice() {
        ["arn", _, rest] => rest,
        _ => arn,
    }
}

fn matches_any(patterns: &[String], name: &str) -> bool {
    patterns.iter().any(|pattern| WildMatchPattern::<'*', '?'>::new_case_insensitive(pattern).matches(name))
}
