//! What every face shows: the eight checks, the verdict, and what to do.
//!
//! All texts in here are finished and safe to show: words come from the catalogue, and what AWS or a person
//! supplied went through [`crate::text`].

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{cause::Cause, facts::Call};

/// The eight questions, in display order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckId {
    /// Can the person running this tool see enough to judge?
    Access,
    /// Is there a usable Identity Center instance, and where?
    Instance,
    /// Do the start URL and Regions fit together?
    Region,
    /// Is the user in this directory, under this name, enabled?
    User,
    /// Is the application registered, whole and enabled?
    Application,
    /// Is the user in a group that grants access?
    Groups,
    /// Do the application's assignments reach the user?
    Assignment,
    /// Are the service-linked roles there?
    Roles,
}

impl CheckId {
    /// All, in display order.
    pub const ALL: [Self; 8] = [
        Self::Access,
        Self::Instance,
        Self::Region,
        Self::User,
        Self::Application,
        Self::Groups,
        Self::Assignment,
        Self::Roles,
    ];

    /// The id of the JSON contract.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Instance => "instance",
            Self::Region => "region",
            Self::User => "user",
            Self::Application => "application",
            Self::Groups => "groups",
            Self::Assignment => "assignment",
            Self::Roles => "roles",
        }
    }

    /// The title that people read.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Access => "Your access",
            Self::Instance => "Instance",
            Self::Region => "Region and URL",
            Self::User => "User",
            Self::Application => "Application",
            Self::Groups => "Groups",
            Self::Assignment => "Assignment",
            Self::Roles => "Service roles",
        }
    }

    /// The question that the check answers.
    #[must_use]
    pub fn question(self) -> &'static str {
        match self {
            Self::Access => "Can you, with these credentials, see enough to judge?",
            Self::Instance => "Is there a usable Identity Center instance, and where?",
            Self::Region => "Do the start URL and Region that the user typed fit the instance and the application?",
            Self::User => "Is the user in this directory, under this name, enabled?",
            Self::Application => "Is the application registered, whole and enabled?",
            Self::Groups => "Is the user in a group that grants access?",
            Self::Assignment => "Do the application's assignments reach the user?",
            Self::Roles => "Are the service-linked roles in the account that owns the application?",
        }
    }
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// As it should be.
    Pass,
    /// Perhaps the cause.
    Warn,
    /// Sign-in cannot work like this.
    Fail,
    /// Could not be seen.
    Unknown,
    /// Cannot be asked yet: another check comes first.
    Skipped,
}

impl Status {
    /// The word of the JSON contract, which the other faces show too.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::Skipped => "skipped",
        }
    }
}

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
    /// The word of the JSON contract.
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

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    /// The person who cannot sign in.
    User,
    /// The person running this program.
    Operator,
    /// Who looks after users and groups.
    IdentityAdmin,
    /// Who looks after the application.
    ApplicationAdmin,
    /// Who looks after the AWS organization.
    CloudAdmin,
    /// Nobody: wait, or try again.
    Nobody,
}

impl Owner {
    /// The word of the JSON contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Operator => "operator",
            Self::IdentityAdmin => "identity-admin",
            Self::ApplicationAdmin => "application-admin",
            Self::CloudAdmin => "cloud-admin",
            Self::Nobody => "nobody",
        }
    }

    /// The words that people read, after "Who acts:".
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::User => "the user",
            Self::Operator => "you, who run this program",
            Self::IdentityAdmin => "the identity administrator",
            Self::ApplicationAdmin => "the application's administrator",
            Self::CloudAdmin => "the cloud administrator",
            Self::Nobody => "nobody; wait, or try again",
        }
    }
}

/// The whole result for one user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The user, as typed and normalised.
    pub user: String,
    /// The id of the application profile.
    pub app: String,
    /// The name of the application.
    pub app_name: String,
    /// When it began.
    pub at: Timestamp,
    /// The verdict; `None` while a check is running that it depends on.
    pub verdict: Option<Verdict>,
    /// What the user should type, once the instance is known.
    pub tell_user: Option<TellUser>,
    /// All eight checks, in display order.
    pub checks: Vec<Check>,
    /// What no API shows, the most frequent cause first.
    pub not_covered: Vec<NotCovered>,
    /// Which account, instance and Region were used, and where each came from.
    pub context: Vec<ContextLine>,
    /// Instances to choose from, where several are visible.
    pub instances: Vec<InstanceChoice>,
    /// User names like the one typed, where it was not found.
    pub suggestions: Vec<String>,
    /// Requests sent to AWS.
    pub calls: u32,
}

/// The verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Which kind.
    pub status: VerdictStatus,
    /// The one cause; `None` if healthy.
    pub cause: Option<Cause>,
    /// The check that the cause is from; `None` if healthy.
    pub check: Option<CheckId>,
    /// One sentence that can be read out.
    pub headline: String,
    /// Who acts; `None` if healthy.
    pub owner: Option<Owner>,
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

/// A group or user that grants access, or would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The name, or the id where no name was read.
    pub name: String,
    /// The id.
    pub id: String,
    /// True if it lets the user in.
    pub grants: bool,
    /// True if a fix is about it.
    pub fixed: bool,
    /// Why, or why not: "assigned, user is not a member".
    pub why: String,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// In a few words.
    pub title: String,
    /// Who does it.
    pub owner: Owner,
    /// The steps.
    pub steps: Vec<String>,
    /// A complete command, quoted for a POSIX shell.
    pub command: Option<String>,
    /// Where to do it in a console.
    pub console: Option<String>,
    /// The IAM actions that the command needs.
    pub needs: Vec<String>,
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

impl Diagnosis {
    /// A check by its id.
    #[must_use]
    pub fn check(&self, id: CheckId) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == id)
    }

    /// The exit status of the contract: 0 healthy, 1 a cause was found, 2 it could not be told.
    #[must_use]
    pub fn exit_status(&self) -> u8 {
        match self.verdict.as_ref().map(|verdict| verdict.status) {
            Some(VerdictStatus::Healthy) => 0,
            Some(VerdictStatus::Problem | VerdictStatus::Suspect) => 1,
            Some(VerdictStatus::Inconclusive) | None => 2,
        }
    }
}
