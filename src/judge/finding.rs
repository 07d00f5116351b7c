//! What one check says, before it is put into words.

use std::collections::BTreeSet;

use jiff::{
    SignedDuration, SignedDurationRound, Unit,
    fmt::friendly::{Designator, Spacing, SpanPrinter},
};

use crate::{
    cause::Cause,
    diagnosis::{CheckId, Route, Status},
    facts::{CredentialsFlaw, Obstacle, ObstacleKind, Slot},
    operation::Operation,
    words::{Blank, Filling, Situation},
};

/// The result of one check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Finding {
    /// `None` while it is running.
    pub status: Option<Status>,
    /// Set for fail, warn and unknown.
    pub cause: Option<Cause>,
    /// One line for pass and skipped; a cause has its own words.
    pub summary: String,
    /// What should be.
    pub expected: Option<String>,
    /// What is.
    pub found: Option<String>,
    /// The check that comes first, of a skipped or running one.
    pub waits_on: Option<CheckId>,
    /// Ways in, and why they do or do not lead in.
    pub routes: Vec<Route>,
    /// Remarks.
    pub notes: Vec<String>,
    /// What decides between the fixes.
    pub situations: BTreeSet<Situation>,
    /// The values of this finding's blanks.
    pub filling: Filling,
    /// The values of the blanks of repeated fixes.
    pub each: Vec<Filling>,
    /// What made it unknown.
    pub obstacle: Option<Obstacle>,
}

impl Finding {
    /// Facts are still missing.
    pub(crate) fn running() -> Self {
        Self::default()
    }

    /// Facts are still missing, and an earlier check has to be answered before they can be asked for.
    pub(crate) fn behind(check: CheckId) -> Self {
        Self { waits_on: Some(check), ..Self::running() }
    }

    /// All is well, in one line.
    pub(crate) fn pass(summary: impl Into<String>) -> Self {
        Self { status: Some(Status::Pass), summary: summary.into(), ..Self::default() }
    }

    /// Sign-in cannot work like this.
    pub(crate) fn fail(cause: Cause) -> Self {
        Self { status: Some(Status::Fail), cause: Some(cause), ..Self::default() }
    }

    /// Perhaps the cause.
    pub(crate) fn warn(cause: Cause) -> Self {
        Self { status: Some(Status::Warn), cause: Some(cause), ..Self::default() }
    }

    /// Could not be seen.
    pub(crate) fn unknown(obstacle: Obstacle) -> Self {
        let cause = match obstacle.kind {
            ObstacleKind::Denied | ObstacleKind::KeyDenied => Cause::PermissionMissing,
            ObstacleKind::CredentialsMissing => Cause::CredentialsMissing,
            ObstacleKind::CredentialsExpired | ObstacleKind::RegionNotEnabled => Cause::CredentialsExpired,
            ObstacleKind::CredentialsUnusable(_) => Cause::CredentialsUnusable,
            ObstacleKind::Internal => Cause::InternalError,
            ObstacleKind::KeyUnusable(_)
            | ObstacleKind::Throttled
            | ObstacleKind::TimedOut
            | ObstacleKind::Unreachable
            | ObstacleKind::Rejected
            | ObstacleKind::Malformed
            | ObstacleKind::Contradiction => Cause::Unreachable,
        };
        let mut filling = Filling::default();
        filling.set(Blank::Action, obstacle.missing_action().unwrap_or_default());
        filling.set(Blank::Call, obstacle.operation.map(Operation::action).unwrap_or_default());
        filling.set(Blank::Obstacle, obstacle.message.clone());
        filling.set(Blank::Resource, obstacle.resource.clone().unwrap_or_default());
        if let ObstacleKind::CredentialsUnusable(CredentialsFlaw::Clock { ahead: Some(ahead) }) = obstacle.kind {
            filling.set(Blank::Clock, difference(ahead));
        }
        let situation = match &obstacle.kind {
            ObstacleKind::KeyDenied => Situation::KeyDenied,
            ObstacleKind::CredentialsUnusable(CredentialsFlaw::Keys) => Situation::KeysRefused,
            ObstacleKind::CredentialsUnusable(CredentialsFlaw::Clock { .. }) => Situation::ClockWrong,
            ObstacleKind::CredentialsUnusable(CredentialsFlaw::Signature) => Situation::SignatureLost,
            ObstacleKind::CredentialsUnusable(CredentialsFlaw::Source) => Situation::SourceFails,
            _ => Situation::CallDenied,
        };
        Self {
            status: Some(Status::Unknown),
            cause: Some(cause),
            found: Some(describe(&obstacle)),
            situations: BTreeSet::from([situation]),
            filling,
            obstacle: Some(obstacle),
            ..Self::default()
        }
    }

    /// Another check comes first.
    pub(crate) fn waits_on(check: CheckId) -> Self {
        let summary = format!("waits on: {}", check.title());
        Self { status: Some(Status::Skipped), summary, waits_on: Some(check), ..Self::default() }
    }

    /// Of a slot without a value: running, or unknown.
    pub(crate) fn of_gap<T>(slot: &Slot<T>) -> Self {
        slot.obstacle().map_or_else(Self::running, |obstacle| Self::unknown(obstacle.clone()))
    }

    /// With what should be and what is.
    pub(crate) fn expected_found(mut self, expected: impl Into<String>, found: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self.found = Some(found.into());
        self
    }

    /// With a remark, if there is one.
    pub(crate) fn note(mut self, note: Option<String>) -> Self {
        self.notes.extend(note);
        self
    }

    /// With the value of a blank.
    pub(crate) fn with(mut self, blank: Blank, value: impl Into<String>) -> Self {
        self.filling.set(blank, value);
        self
    }

    /// With a situation.
    pub(crate) fn when(mut self, situation: Situation) -> Self {
        self.situations.insert(situation);
        self
    }
}

/// "6 minutes behind" or "24 hours ahead of", of a clock that is so far ahead of another one.
fn difference(ahead: SignedDuration) -> String {
    let printer = SpanPrinter::new().designator(Designator::Verbose).spacing(Spacing::BetweenUnitsAndDesignators);
    let amount = ahead.abs();
    let rounded = amount.round(SignedDurationRound::new().smallest(Unit::Minute)).unwrap_or(amount);
    let direction = if ahead.is_negative() { "behind" } else { "ahead of" };
    format!("{} {direction}", printer.duration_to_string(&rounded))
}

/// "identitystore:GetUserId in eu-west-1 was denied: …".
fn describe(obstacle: &Obstacle) -> String {
    let resource = obstacle.resource.as_ref().filter(|resource| !resource.is_empty());
    let about = resource.map(|resource| format!(" ({resource})")).unwrap_or_default();
    let what = match &obstacle.kind {
        ObstacleKind::Denied => format!("was denied{about}"),
        ObstacleKind::KeyDenied => format!("was denied, because your credentials may not use the KMS key{about}"),
        ObstacleKind::KeyUnusable(reason) => format!("failed, because the KMS key cannot be used ({reason})"),
        ObstacleKind::CredentialsMissing | ObstacleKind::CredentialsUnusable(CredentialsFlaw::Source) => {
            "was not sent".to_owned()
        }
        ObstacleKind::CredentialsExpired | ObstacleKind::CredentialsUnusable(_) | ObstacleKind::RegionNotEnabled => {
            "was not accepted".to_owned()
        }
        ObstacleKind::Throttled => "was throttled".to_owned(),
        ObstacleKind::TimedOut => "did not answer in time".to_owned(),
        ObstacleKind::Unreachable => "failed".to_owned(),
        ObstacleKind::Rejected => "was refused as invalid".to_owned(),
        ObstacleKind::Malformed => "gave an answer that is not one".to_owned(),
        ObstacleKind::Contradiction => "contradicted an answer already seen".to_owned(),
        ObstacleKind::Internal => "met an internal error".to_owned(),
    };
    let place = obstacle.region.as_ref().map(|region| format!(" in {region}")).unwrap_or_default();
    let detail = if obstacle.message.is_empty() { String::new() } else { format!(": {}", obstacle.message) };
    let request = obstacle.request_id.as_ref().map(|id| format!(" (request {id})")).unwrap_or_default();
    match obstacle.operation {
        Some(operation) => format!("{}{place} {what}{detail}{request}", operation.action()),
        None => obstacle.message.clone(),
    }
}
