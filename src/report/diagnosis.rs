//! What every report shows: the checks, the verdict, and what to do.
//!
//! All texts in here are finished and safe to show: words come from the catalogue, and what AWS or a person
//! supplied went through [`crate::text`].

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::saw::SawReport;
pub(crate) use super::sign_ins::ATTEMPTS_SHOWN;
pub use super::sign_ins::{Attempt, AttemptEvent, Attempts};
use crate::{
    catalog::Cause,
    domain::{Instance, User},
    facts::Call,
    text,
};
pub use crate::{
    catalog::{Fix, Owner},
    checks::{CheckId, Route, Status},
};

/// What the checks together say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VerdictStatus {
    /// A check failed.
    Problem,
    /// Nothing failed, something could not be seen.
    Inconclusive,
    /// Everything was seen, and something warns.
    Suspect,
    /// Everything was seen and passed.
    Healthy,
}

impl VerdictStatus {
    /// Returns the word of the JSON contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Problem => "problem",
            Self::Inconclusive => "inconclusive",
            Self::Suspect => "suspect",
            Self::Healthy => "healthy",
        }
    }
}

/// The whole result for one user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The user, as typed and normalised.
    pub user: String,
    /// The name that people read, where the directory has one.
    pub display_name: Option<String>,
    /// How the person was found, where it was not by user name: "by e-mail address", "by name among 1,200 users".
    pub found_by: Option<String>,
    /// The id of the application profile.
    pub app: String,
    /// The name of the application.
    pub app_name: String,
    /// When it began.
    pub at: Timestamp,
    /// The verdict; `None` while a check is running that it depends on.
    pub verdict: Option<Verdict>,
    /// What the user saw, where anything of it was told.
    pub saw: Option<SawReport>,
    /// What the user should type, once the instance is known.
    pub tell_user: Option<TellUser>,
    /// The checks, in display order: the eight, and those for which there is something to judge.
    pub checks: Vec<Check>,
    /// What no API shows, the most frequent cause first.
    pub not_covered: Vec<NotCovered>,
    /// Which account, instance and Region were used, and where each came from.
    pub context: Vec<ContextLine>,
    /// Instances to choose from, where several are visible.
    pub instances: Vec<InstanceChoice>,
    /// User names like the one typed, where it was not found.
    pub suggestions: Vec<String>,
    /// Those whose name was given, where a person's name was: more than one if that does not settle who it is.
    pub people: Vec<PersonChoice>,
    /// The user's attempts to sign in, where they were looked at.
    pub attempts: Option<Attempts>,
    /// Requests sent to AWS.
    pub calls: u32,
    /// The calls of this case, in the order they started.
    pub call_list: Vec<Call>,
}

/// A user whose name was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonChoice {
    /// The name that people read, or the user name where there is none.
    pub display_name: String,
    /// The name to diagnose the user by.
    pub user_name: String,
    /// The directory: the instance's name, or the identity store's id.
    pub directory: String,
    /// False for a disabled user; `None` where AWS does not say.
    pub enabled: Option<bool>,
}

impl PersonChoice {
    /// Returns the choice of a user of an instance's directory.
    pub(crate) fn new(instance: &Instance, user: &User) -> Self {
        let user_name = user.user_name.as_deref().unwrap_or_else(|| user.id.as_str());
        Self {
            display_name: text::clean(user.display_name.as_deref().unwrap_or(user_name)),
            user_name: text::clean(user_name),
            directory: text::clean(instance.name.as_deref().unwrap_or_else(|| instance.identity_store.as_str())),
            enabled: user.enabled,
        }
    }

    /// Returns what tells this person from others of the same name: name, directory, and whether they are disabled.
    #[must_use]
    pub fn describe(&self) -> String {
        let disabled = if self.enabled == Some(false) { ", disabled" } else { "" };
        [&self.display_name, ", ", &self.directory, disabled].concat()
    }
}

/// The verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Which kind.
    pub status: VerdictStatus,
    /// The one cause; `None` if healthy.
    pub cause: Option<Cause>,
    /// The check that the cause is from; `None` if healthy, and where only what the user saw speaks for it.
    pub check: Option<CheckId>,
    /// Two to five words; a report may write them in capitals.
    pub title: String,
    /// What is the matter, in one sentence.
    pub headline: String,
    /// What to read to the caller, in the first person.
    pub say: String,
    /// When to try again, where that is known.
    pub until: Option<Timestamp>,
    /// Who acts; `None` if healthy.
    pub owner: Option<Owner>,
    /// What to do first, in one or two sentences.
    pub instruction: String,
    /// Who does that: sometimes somebody else than `owner`, who then acts after that.
    pub acts_first: Option<Owner>,
    /// What it rests on.
    pub from: Origin,
    /// The cause that is met next, where what the user saw stops them before it.
    pub next: Option<Cause>,
}

/// What a verdict rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// What AWS says.
    Checks,
    /// What the user saw.
    Saw,
}

impl Origin {
    /// Returns the word of the JSON contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Checks => "checks",
            Self::Saw => "saw",
        }
    }
}

/// What to read to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TellUser {
    /// The start URL; `None` where this partition's form is not known.
    pub start_url: Option<String>,
    /// The Region.
    pub region: String,
    /// The buttons.
    pub choose: String,
    /// The user name to type into Identity Center's own page, where the user was found by another one.
    pub user_name: Option<String>,
    /// What it is to the verdict.
    pub standing: Standing,
}

impl TellUser {
    /// Returns the rows that the user is to type or choose, each with its label.
    #[must_use]
    pub fn list_rows(&self) -> Vec<(&'static str, &str)> {
        let mut rows = vec![
            ("Start URL", self.start_url.as_deref().unwrap_or("see the IAM Identity Center console, Settings")),
            ("Region", self.region.as_str()),
            ("Choose", self.choose.as_str()),
        ];
        rows.extend(self.user_name.as_deref().map(|name| ("User name", name)));
        rows
    }
}

/// What the right values for the sign-in form are to the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Typing them is what mends it.
    IsTheFix,
    /// Nothing is wrong, and nobody said what stands on the user's screen: compare.
    ToCompare,
    /// What the user typed is right.
    TypedRight,
    /// Something else is wrong.
    Aside,
}

impl Standing {
    /// Returns true where the values are to be read out: otherwise one line of them is enough.
    #[must_use]
    pub fn wants_card(self) -> bool {
        matches!(self, Self::IsTheFix | Self::ToCompare)
    }
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Which.
    pub id: CheckId,
    /// Its result; `None` while it is running.
    pub status: Option<Status>,
    /// Set for fail, warn and unknown.
    pub cause: Option<Cause>,
    /// The finding in one line; while running, what it waits for.
    pub summary: String,
    /// What should be.
    pub expected: Option<String>,
    /// What is.
    pub found: Option<String>,
    /// The check that has to be answered first.
    pub waits_on: Option<CheckId>,
    /// Ways that do or could lead to access, for the checks of groups and assignments.
    pub routes: Vec<Route>,
    /// Further remarks: details that were not read, what a warning rests on.
    pub notes: Vec<String>,
    /// What to do, the first choice first.
    pub fixes: Vec<Fix>,
    /// The calls that it rests on, those under way included.
    pub evidence: Vec<Call>,
}

/// Something to look at by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotCovered {
    /// What it is.
    pub title: String,
    /// Where to look.
    pub look: String,
}

/// What a [`ContextLine`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContextKind {
    /// The AWS profile of the operator.
    AwsProfile,
    /// The Region that was asked first.
    RegionAsked,
    /// The account of the operator.
    Account,
    /// The instance that was judged.
    Instance,
    /// The Region of that instance.
    InstanceRegion,
    /// The directory of that instance.
    IdentityStore,
}

/// One value that was used, and its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContextLine {
    /// What it is.
    pub kind: ContextKind,
    /// The value.
    pub value: String,
    /// "from `AWS_PROFILE`", "the only one visible", …
    pub source: String,
}

impl ContextLine {
    /// Returns what it is, for people.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self.kind {
            ContextKind::AwsProfile => "AWS profile",
            ContextKind::RegionAsked => "Region asked",
            ContextKind::Account => "Account",
            ContextKind::Instance => "Instance",
            ContextKind::InstanceRegion => "Instance Region",
            ContextKind::IdentityStore => "Identity store",
        }
    }
}

/// One of several instances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstanceChoice {
    /// Its ARN.
    pub arn: String,
    /// Region, identity store and name, for people.
    pub label: String,
    /// True for the one that was judged.
    pub used: bool,
}

impl Diagnosis {
    /// Returns a check by its id.
    #[must_use]
    pub fn check(&self, id: CheckId) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == id)
    }

    /// Returns true while sign-in attempts are looked at: the verdict of the other checks stands meanwhile.
    #[must_use]
    pub fn is_looking_at_attempts(&self) -> bool {
        self.check(CheckId::Attempts).is_some_and(|check| check.status.is_none())
    }

    /// The exit status of the contract: 0 healthy, 1 a cause was found, 2 something was not seen that decides.
    #[must_use]
    pub fn exit_status(&self) -> u8 {
        match self.verdict.as_ref().map(|verdict| verdict.status) {
            Some(VerdictStatus::Healthy) => 0,
            Some(VerdictStatus::Problem | VerdictStatus::Suspect) => 1,
            Some(VerdictStatus::Inconclusive) | None => 2,
        }
    }
    /// Returns "12 requests to AWS".
    pub(super) fn describe_requests(&self) -> String {
        let count = usize::try_from(self.calls).unwrap_or(usize::MAX);
        crate::text::count(count, "request to AWS", "requests to AWS")
    }
}
