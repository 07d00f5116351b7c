//! What the program was told: the user, what that user typed, and the operator's settings.

mod app;
mod attempts;
pub mod config;
mod malformed;
mod region_names;
mod saw;
mod start_url;
mod user_list;

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

pub use self::{
    app::{AdminStatement, App, AppError, Marks, NotCovered, Part, ServiceLinkedRole},
    attempts::{AttemptedTime, AttemptedTimeError, AttemptsMode, AttemptsSettings},
    malformed::Malformed,
    region_names::{MeantRegions, is_word_of_regions, list_regions, name_of_region, read_region},
    saw::{KeyReason, Saw, SeenText},
    start_url::StartUrl,
    user_list::{LONGEST_LIST, UserList, UserListError, parse_user_list},
};
use crate::{
    domain::{InstanceArn, LookupKey, Region, UserId},
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

/// A user name, e-mail address or user id, as somebody typed it, freed of what pasting adds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TypedUser {
    text: String,
    kind: UserKind,
}

/// What a text for a user is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum UserKind {
    /// Somebody typed it: it may be a name, an address or an id.
    Typed,
    /// AWS named the user by this id.
    Id,
    /// No user can be called so.
    Nobody,
}

/// Why something typed cannot be a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TypedUserError {
    /// Nothing is left of it.
    #[error("type a user name, an e-mail address or a user id")]
    Empty,
    /// Longer than any e-mail address that Identity Center takes.
    #[error("this is too long to be a user name or an e-mail address ({TYPED_USER_LIMIT} characters at most)")]
    TooLong,
}

/// The longest user name is 128 characters, the longest e-mail address 320.
const TYPED_USER_LIMIT: usize = 320;

impl TypedUser {
    /// Reads what was typed or pasted. Of `Name <address>` it is the address; blanks, quotes around it, a `;`, `,` or `.`
    /// behind it, and a `mailto:` or `DOMAIN\` before it are dropped, and so are control and other invisible characters,
    /// but for marks inside the name. What is left is never cut further: `name@domain` stays whole.
    ///
    /// # Errors
    /// If nothing is left, or too much.
    pub fn parse(typed: &str) -> Result<Self, TypedUserError> {
        let visible = remove_what_pasting_adds(typed);
        let mut rest = trim_name(&visible);
        loop {
            let bare = without_quotes(without_name_before(trim_separators(rest)));
            let without_domain = bare.rsplit_once('\\').map_or(bare, |(_, name)| name);
            let shorter = trim_name(without_scheme(without_domain));
            if shorter.len() == rest.len() {
                break;
            }
            rest = shorter;
        }
        if rest.is_empty() {
            return Err(TypedUserError::Empty);
        }
        if rest.chars().count() > TYPED_USER_LIMIT {
            return Err(TypedUserError::TooLong);
        }
        Ok(Self { text: rest.to_owned(), kind: UserKind::Typed })
    }

    /// Returns the user whom AWS named by this id.
    #[must_use]
    pub fn of_id(id: &UserId) -> Self {
        Self { text: id.to_string(), kind: UserKind::Id }
    }

    /// Returns what stands for a line of a list that names nobody, so that the line has a result like the others.
    #[must_use]
    pub fn nobody(line: &str) -> Self {
        Self { text: line.trim().chars().take(TYPED_USER_LIMIT).collect(), kind: UserKind::Nobody }
    }

    /// Returns the normalised text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns true for a text that can be no user, whatever AWS knows.
    #[must_use]
    pub fn is_nobody(&self) -> bool {
        self.kind == UserKind::Nobody
    }

    /// Returns true for an id that AWS named the user by.
    #[must_use]
    pub fn is_id(&self) -> bool {
        self.kind == UserKind::Id
    }

    /// Returns true for a text with a blank inside and no `@`: the name of a person, by which nothing can be looked up.
    #[must_use]
    pub fn is_person_name(&self) -> bool {
        self.kind == UserKind::Typed && self.text.contains(char::is_whitespace) && !self.text.contains('@')
    }

    /// Returns the look-ups to try, the best answer first. What looks like a user id may be a user name, too; the name of
    /// a person is neither.
    #[must_use]
    pub fn lookups(&self) -> Vec<LookupKey> {
        if self.is_person_name() || self.is_nobody() {
            return Vec::new();
        }
        if self.is_id() {
            return vec![LookupKey::Id(UserId::new(self.text.as_str()))];
        }
        let lower = self.text.to_lowercase();
        let mut spellings = vec![self.text.clone()];
        if lower != self.text {
            spellings.push(lower);
        }
        let id = is_user_id(&self.text).then(|| LookupKey::Id(UserId::new(self.text.to_lowercase())));
        let mut keys: Vec<LookupKey> =
            id.into_iter().chain(spellings.iter().cloned().map(LookupKey::UserName)).collect();
        if self.text.contains('@') {
            keys.extend(spellings.into_iter().map(LookupKey::Email));
        }
        keys
    }
}

/// Drops invisible characters. A mark behind a character that is to be seen is part of the name.
fn remove_what_pasting_adds(typed: &str) -> String {
    let mut kept = String::with_capacity(typed.len());
    for character in typed.chars() {
        let is_inside = kept.ends_with(|before: char| !before.is_whitespace());
        if !text::is_invisible(character) || (is_inside && text::is_invisible_mark(character)) {
            kept.push(character);
        }
    }
    kept
}

/// Drops blanks around a name, and marks that have lost what they belonged to.
fn trim_name(name: &str) -> &str {
    name.trim_start_matches(|character: char| character.is_whitespace() || text::is_invisible(character)).trim_end()
}

/// Drops what separates addresses in a list, or ends a sentence.
fn trim_separators(typed: &str) -> &str {
    typed.trim_end_matches(|character: char| character.is_whitespace() || matches!(character, ';' | ',' | '.'))
}

/// Returns the address of `Name <address>` and of `<address>`; the name, where the brackets are empty.
fn without_name_before(typed: &str) -> &str {
    let Some((name, address)) = typed.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) else { return typed };
    // A bracket inside a word is a letter of it.
    let is_apart = name.chars().next_back().is_none_or(|before| before.is_whitespace() || QUOTES.contains(&before));
    match address.trim() {
        _ if !is_apart => typed,
        "" => name,
        address => address,
    }
}

/// The marks that mail programs and people put around a name.
const QUOTES: [char; 12] = ['"', '\'', '`', '“', '”', '„', '‘', '’', '‚', '«', '»', '´'];

/// Drops quotes that stand on both sides: one alone can be a letter of the name.
fn without_quotes(typed: &str) -> &str {
    typed.strip_prefix(QUOTES).and_then(|rest| rest.strip_suffix(QUOTES)).unwrap_or(typed)
}

fn without_scheme(typed: &str) -> &str {
    match typed.split_at_checked("mailto:".len()) {
        Some((scheme, name)) if scheme.eq_ignore_ascii_case("mailto:") => name,
        _ => typed,
    }
}

/// Returns true for a UUID, with or without the ten hexadecimal digits and the dash that Identity Center puts before
/// it.
fn is_user_id(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let uuid = match groups.as_slice() {
        [prefix, uuid @ ..] if uuid.len() == 5 && prefix.len() == 10 && is_hexadecimal(prefix) => uuid,
        uuid => uuid,
    };
    uuid.len() == 5
        && uuid.iter().zip([8, 4, 4, 4, 12]).all(|(part, length)| part.len() == length && is_hexadecimal(part))
}

fn is_hexadecimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
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
