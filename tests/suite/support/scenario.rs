//! The scenario files of `tests/scenarios`: an organization, what the agent was told, and what must come out.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use super::saml::Material;
use jiff::Timestamp;
use serde::Deserialize;
use sso_doctor::{
    case::{App, AttemptsMode, AttemptsSettings, Case, Settings, SignIn, Source, Sourced, TypedUser},
    catalog::Cause,
    checks::{CheckId, Status},
    domain::{InstanceArn, Region},
    facts::FailureKind,
    report::diagnosis::VerdictStatus,
    sources::demo::{DEFAULT_REGION, DEFAULT_USER, Organization, OrganizationFile},
    symptoms,
};

/// One file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Scenario {
    /// The name of the file, without its ending.
    #[serde(skip)]
    pub name: String,
    #[serde(default)]
    pub told: Told,
    #[serde(default)]
    pub organization: OrganizationFile,
    pub expected: Expected,
}

/// What the agent was told, and the operator's settings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Told {
    pub user: String,
    /// A built-in application.
    pub app: String,
    /// An application written out here, instead.
    pub profile: Option<App>,
    pub start_url: Option<String>,
    pub typed_region: Option<String>,
    pub typed_user: Option<String>,
    /// What the user saw.
    pub saw: Vec<String>,
    pub instance: Option<String>,
    /// The configured Region.
    pub region: String,
    pub alias_url: Option<String>,
    /// What was handed over.
    pub saml: Option<Material>,
    /// When to look at sign-in attempts: here only where a file says so.
    pub attempts: AttemptsMode,
    /// When the user last tried.
    pub attempted: Option<Timestamp>,
}

impl Scenario {
    fn with_name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        let is_form_told = self.told.case().is_form_told();
        let unnamed = if is_form_told { PASS } else { NOTHING_TOLD };
        self.expected.checks.entry(CheckId::Region).or_insert(unnamed);
        self
    }

    /// The organization, ready to answer.
    pub fn organization(&self) -> Organization {
        Organization::new(&self.organization, now()).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// True if something in the organization goes wrong in this way.
    pub fn meets(&self, kind: &FailureKind) -> bool {
        self.organization.faults.iter().any(|fault| fault.failure().kind == *kind)
    }
}

impl Told {
    /// The case that a diagnosis starts from.
    pub fn case(&self) -> Case {
        let app = self.profile.clone().unwrap_or_else(|| App::load(&self.app).unwrap());
        let region = Sourced { value: Region::new(&self.region), source: Source::Flag("--region") };
        let saw = symptoms::recognize_told(&self.saw);
        let named = |arn: &String| Sourced { value: InstanceArn::new(arn), source: Source::Flag("--instance") };
        Case {
            user: TypedUser::parse(&self.user).unwrap(),
            start_url: self.start_url.clone().or_else(|| saw.as_ref()?.start_url.clone()),
            typed_region: self.typed_region.clone().or_else(|| saw.as_ref()?.typed_region.clone()),
            typed_user: self.typed_user.clone(),
            saw,
            handed_over: self.saml.as_ref().map(|saml| Arc::new(saml.read())).unwrap_or_default(),
            app: Arc::new(app),
            settings: Arc::new(Settings {
                region: Some(region),
                aws_profile: None,
                sign_in: SignIn::default(),
                instance: self.instance.as_ref().map(named),
                alias_url: self.alias_url.clone(),
                attempts: AttemptsSettings { mode: self.attempts, attempted: self.attempted, time_zone: None },
                ..Settings::default()
            }),
        }
    }
}

impl Default for Told {
    fn default() -> Self {
        Self {
            user: DEFAULT_USER.to_owned(),
            app: "kiro".to_owned(),
            profile: None,
            start_url: None,
            typed_region: None,
            typed_user: None,
            saw: Vec::new(),
            instance: None,
            region: DEFAULT_REGION.to_owned(),
            alias_url: None,
            saml: None,
            attempts: AttemptsMode::Never,
            attempted: None,
        }
    }
}

/// The check `region` of a user of whom nothing was told.
const NOTHING_TOLD: Finding = Finding { status: Status::Skipped, cause: None, waits_on: None };

/// What must come out. A check that is not named passes, or has nothing to judge.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Expected {
    pub verdict: VerdictStatus,
    pub cause: Option<Cause>,
    /// The results of checks, by their ids. Any other key is refused.
    #[serde(flatten)]
    pub checks: BTreeMap<CheckId, Finding>,
    /// Texts that a check must show: in its summary, in what was expected or found, or in its remarks.
    #[serde(default)]
    pub mentions: BTreeMap<CheckId, Vec<String>>,
    /// Texts that the lines about what was used must show.
    #[serde(default)]
    pub context: Vec<String>,
    /// True where only what the user saw speaks for the verdict.
    #[serde(default)]
    pub from_what_was_seen: bool,
    /// What is said of the first fix that needs a permission: `yes`, `no` or `unsaid`.
    pub you_can: Option<String>,
    /// The cause that must be met next.
    pub next: Option<Cause>,
    /// The candidates that must stand so: `found`, `possible`, `excluded`, `not-reached`.
    #[serde(default)]
    pub candidates: BTreeMap<Cause, String>,
    /// A text that must be said of what the user saw.
    pub remark: Option<String>,
    /// User names that must be suggested.
    #[serde(default)]
    pub suggests: Vec<String>,
}

impl Expected {
    pub fn finding(&self, check: CheckId) -> &Finding {
        self.checks.get(&check).unwrap_or(&PASS)
    }
}

/// One check's result: `pass`, `fail CAUSE`, `warn CAUSE`, `unknown CAUSE`, `skipped CHECK` or `skipped`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Finding {
    pub status: Status,
    pub cause: Option<Cause>,
    pub waits_on: Option<CheckId>,
}

const PASS: Finding = Finding { status: Status::Pass, cause: None, waits_on: None };

impl TryFrom<String> for Finding {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut words = text.split(' ');
        let word = words.next().unwrap_or_default();
        let all = [Status::Pass, Status::Warn, Status::Fail, Status::Unknown, Status::Skipped];
        let status = all.into_iter().find(|status| status.word() == word).ok_or(format!("`{word}` is no status"))?;
        let mut finding = Self { status, ..PASS };
        if let Some(detail) = words.next() {
            if status == Status::Skipped {
                finding.waits_on = CheckId::ALL.into_iter().find(|check| check.id() == detail);
            } else {
                finding.cause = Cause::from_code(detail);
            }
            if finding.waits_on.is_none() && finding.cause.is_none() {
                return Err(format!("`{detail}` is no cause of a check that ended in `{word}`"));
            }
        }
        let causeless = matches!(status, Status::Pass | Status::Skipped);
        if causeless != finding.cause.is_none() || words.next().is_some() {
            return Err(format!("`{text}`: fail, warn and unknown have one cause, pass and skipped have none"));
        }
        Ok(finding)
    }
}

/// The time at which every scenario plays.
pub fn now() -> Timestamp {
    "2026-11-21T19:00:00Z".parse().unwrap()
}

/// The smallest organization in which sign-in works.
pub fn smallest() -> Organization {
    Organization::new(&OrganizationFile::default(), now()).unwrap()
}

/// The case of a user of [`smallest`] or of another organization, about whom nothing else was told.
pub fn case_of(user: &str) -> Case {
    Told { user: user.to_owned(), ..Told::default() }.case()
}

/// Those without a text that the user saw: such a text changes no check.
pub fn of_checks() -> Vec<Scenario> {
    all().into_iter().filter(|scenario| scenario.told.saw.is_empty()).collect()
}

/// All scenarios, in the order of their names.
pub fn all() -> Vec<Scenario> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut files: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).unwrap();
            let name = path.file_stem().unwrap().to_str().unwrap();
            let scenario: Scenario = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            scenario.with_name(name)
        })
        .collect()
}
