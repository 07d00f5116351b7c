//! What one check says, before it is put into words.

use std::collections::BTreeSet;

use jiff::{
    SignedDuration, SignedDurationRound, Timestamp, Unit,
    fmt::friendly::{Designator, Spacing, SpanPrinter},
};
use serde::{Deserialize, Serialize};

use super::CheckId;
use crate::{
    catalog::{Cause, Condition, Placeholder, Values},
    facts::{ConnectionFlaw, CredentialsFlaw, Failure, FailureKind, Known, Operation},
};

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
    /// An answer that it needs failed.
    Unknown,
    /// Cannot be asked yet: another check comes first.
    Skipped,
}

impl Status {
    /// Returns the word of the JSON contract, which the other reports show too.
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

/// How a check stands, with what that needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Answers are pending; `behind` names the check that has to be answered before they can be asked for.
    Running { behind: Option<CheckId> },
    /// Its question cannot be asked, because another check comes first, or for a reason that the summary says instead.
    Skipped { waits_on: Option<CheckId>, summary: String },
    /// As it should be, in one line.
    Pass { summary: String },
    /// Perhaps the cause.
    Warn { cause: Cause },
    /// Sign-in cannot work like this.
    Fail { cause: Cause },
    /// An answer that it needs failed.
    Unknown { failure: Failure },
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

/// The result of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub outcome: Outcome,
    /// What should be.
    pub expected: Option<String>,
    /// What is.
    pub found: Option<String>,
    /// Ways in, and why they do or do not lead in.
    pub routes: Vec<Route>,
    /// Remarks.
    pub notes: Vec<String>,
    /// What decides between the fixes.
    pub conditions: BTreeSet<Condition>,
    /// The values of this finding's placeholders.
    pub values: Values,
    /// The values of the placeholders of repeated fixes.
    pub each: Vec<Values>,
    /// When to try again, where that is known.
    pub until: Option<Timestamp>,
    /// The operations that it rests on, where those are not all of its check's.
    pub rests_on: Option<&'static [Operation]>,
}

impl Finding {
    fn new(outcome: Outcome) -> Self {
        Self {
            outcome,
            expected: None,
            found: None,
            routes: Vec::new(),
            notes: Vec::new(),
            conditions: BTreeSet::new(),
            values: Values::default(),
            each: Vec::new(),
            until: None,
            rests_on: None,
        }
    }

    /// Returns the finding while answers are pending.
    pub(crate) fn running() -> Self {
        Self::new(Outcome::Running { behind: None })
    }

    /// Returns the finding while answers are pending that can only be asked for after another check is answered.
    pub(crate) fn behind(check: CheckId) -> Self {
        Self::new(Outcome::Running { behind: Some(check) })
    }

    /// Returns the finding where another check comes first.
    pub(crate) fn waits_on(check: CheckId) -> Self {
        Self::new(Outcome::Skipped { waits_on: Some(check), summary: String::new() })
    }

    /// Returns the finding that says nothing, for a reason of its own.
    pub(crate) fn skipped(summary: impl Into<String>) -> Self {
        Self::new(Outcome::Skipped { waits_on: None, summary: summary.into() })
    }

    /// Returns the finding that all is well, in one line.
    pub(crate) fn pass(summary: impl Into<String>) -> Self {
        Self::new(Outcome::Pass { summary: summary.into() })
    }

    /// Returns the finding that sign-in cannot work like this.
    pub(crate) fn fail(cause: Cause) -> Self {
        Self::new(Outcome::Fail { cause })
    }

    /// Returns the finding that this may be the cause.
    pub(crate) fn warn(cause: Cause) -> Self {
        Self::new(Outcome::Warn { cause })
    }

    /// Returns the finding where an answer failed.
    pub(crate) fn unknown(failure: Failure) -> Self {
        let mut finding = Self::running();
        finding.found = Some(failure.to_string());
        finding.explain_failure(&failure);
        finding.outcome = Outcome::Unknown { failure };
        finding
    }

    /// Returns the finding about something without a value: running, or unknown.
    pub(crate) fn of_missing<T>(known: &Known<T>) -> Self {
        known.failure().map_or_else(Self::running, |failure| Self::unknown(failure.clone()))
    }

    /// Gives the words what they need to tell which call failed, and how.
    pub(crate) fn explain_failure(&mut self, failure: &Failure) {
        self.values.set(Placeholder::Action, failure.missing_action().unwrap_or_default());
        self.values.set(Placeholder::Call, failure.operation.map(Operation::action).unwrap_or_default());
        self.values.set(Placeholder::Failure, failure.message.clone());
        self.values.set(Placeholder::Resource, failure.resource.clone().unwrap_or_default());
        if let FailureKind::CredentialsUnusable(CredentialsFlaw::Clock { ahead: Some(ahead) }) = failure.kind {
            self.values.set(Placeholder::Clock, describe_difference(ahead));
        }
        if !matches!(failure.kind, FailureKind::NotConnected(_)) {
            self.conditions.insert(Condition::NotOnYourSide);
        }
        self.conditions.insert(match &failure.kind {
            FailureKind::KeyDenied => Condition::KeyDenied,
            FailureKind::CredentialsUnusable(flaw) => find_condition(*flaw),
            FailureKind::NotConnected(ConnectionFlaw::Certificate) => Condition::CertificateUntrusted,
            FailureKind::NotConnected(ConnectionFlaw::WebPage | ConnectionFlaw::OtherCertificate) => Condition::WebPage,
            FailureKind::NotConnected(ConnectionFlaw::Proxy) => Condition::ProxyFails,
            FailureKind::NotConnected(ConnectionFlaw::Network) => Condition::NetworkFails,
            FailureKind::Throttled => Condition::Throttled,
            FailureKind::Rejected | FailureKind::Malformed | FailureKind::Contradiction => Condition::Answered,
            _ => Condition::CallDenied,
        });
    }

    /// Returns the finding with what should be and what is.
    pub(crate) fn expected_found(mut self, expected: impl Into<String>, found: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self.found = Some(found.into());
        self
    }

    /// Returns the finding with a remark, when there is one.
    pub(crate) fn with_note(mut self, note: Option<String>) -> Self {
        self.notes.extend(note);
        self
    }

    /// Returns the finding with the value of a placeholder.
    pub(crate) fn with_value(mut self, placeholder: Placeholder, value: impl Into<String>) -> Self {
        self.values.set(placeholder, value);
        self
    }

    /// Returns the finding under a condition.
    pub(crate) fn with_condition(mut self, condition: Condition) -> Self {
        self.conditions.insert(condition);
        self
    }

    /// Returns the finding with ways in.
    pub(crate) fn with_routes(mut self, routes: Vec<Route>) -> Self {
        self.routes = routes;
        self
    }

    /// Returns how the check ended, when it has.
    pub(crate) fn status(&self) -> Option<Status> {
        Some(match &self.outcome {
            Outcome::Running { .. } => return None,
            Outcome::Skipped { .. } => Status::Skipped,
            Outcome::Pass { .. } => Status::Pass,
            Outcome::Warn { .. } => Status::Warn,
            Outcome::Fail { .. } => Status::Fail,
            Outcome::Unknown { .. } => Status::Unknown,
        })
    }

    /// Returns the cause, for warn, fail and unknown.
    pub(crate) fn cause(&self) -> Option<Cause> {
        match &self.outcome {
            Outcome::Warn { cause } | Outcome::Fail { cause } => Some(*cause),
            Outcome::Unknown { failure } => Some(find_cause_of(failure)),
            Outcome::Running { .. } | Outcome::Skipped { .. } | Outcome::Pass { .. } => None,
        }
    }

    /// Returns true when both say the same: with the same status, for the same cause.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
        (self.status(), self.cause()) == (other.status(), other.cause())
    }

    /// Returns what made it unknown.
    pub(crate) fn failure(&self) -> Option<&Failure> {
        match &self.outcome {
            Outcome::Unknown { failure } => Some(failure),
            _ => None,
        }
    }

    /// Returns the check that comes first, of a skipped or running one.
    pub(crate) fn find_first_check(&self) -> Option<CheckId> {
        match &self.outcome {
            Outcome::Running { behind } => *behind,
            Outcome::Skipped { waits_on, .. } => *waits_on,
            _ => None,
        }
    }

    /// Returns true while answers are pending.
    pub(crate) fn is_running(&self) -> bool {
        matches!(self.outcome, Outcome::Running { .. })
    }
}

fn find_condition(flaw: CredentialsFlaw) -> Condition {
    match flaw {
        CredentialsFlaw::Keys => Condition::KeysRefused,
        CredentialsFlaw::Clock { .. } => Condition::ClockWrong,
        CredentialsFlaw::Signature => Condition::SignatureLost,
        CredentialsFlaw::Source => Condition::SourceFails,
        CredentialsFlaw::Mfa => Condition::MfaNeeded,
        CredentialsFlaw::SourceProfile => Condition::SourceProfileBroken,
        CredentialsFlaw::Role => Condition::RoleRefused,
        CredentialsFlaw::Process => Condition::ProcessFails,
        CredentialsFlaw::TokenFile => Condition::TokenFileFails,
        CredentialsFlaw::Container => Condition::ContainerFails,
        CredentialsFlaw::Portal => Condition::PortalFails,
    }
}

/// Returns the cause that a failure is told as.
fn find_cause_of(failure: &Failure) -> Cause {
    match failure.kind {
        FailureKind::Denied | FailureKind::KeyDenied => Cause::PermissionMissing,
        FailureKind::CredentialsMissing => Cause::CredentialsMissing,
        FailureKind::CredentialsExpired | FailureKind::RegionNotEnabled => Cause::CredentialsExpired,
        FailureKind::CredentialsUnusable(_) => Cause::CredentialsUnusable,
        FailureKind::PersonNotIdentified => Cause::PersonNotIdentified,
        FailureKind::Internal => Cause::InternalError,
        FailureKind::KeyUnusable(_)
        | FailureKind::NotConnected(_)
        | FailureKind::Throttled
        | FailureKind::TimedOut
        | FailureKind::Unreachable
        | FailureKind::Rejected
        | FailureKind::Malformed
        | FailureKind::Contradiction => Cause::Unreachable,
    }
}

/// Returns "6 minutes behind" or "24 hours ahead of", of a clock that is so far ahead of another one.
fn describe_difference(ahead: SignedDuration) -> String {
    let printer = SpanPrinter::new().designator(Designator::Verbose).spacing(Spacing::BetweenUnitsAndDesignators);
    let amount = ahead.abs();
    let rounded = amount.round(SignedDurationRound::new().smallest(Unit::Minute)).unwrap_or(amount);
    let direction = if ahead.is_negative() { "behind" } else { "ahead of" };
    format!("{} {direction}", printer.duration_to_string(&rounded))
}
