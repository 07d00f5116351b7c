//! One diagnosis: its facts, what they mean so far, and what the person looks at.

use std::time::Duration;

use crate::{
    cause::Cause,
    diagnosis::{Check, CheckId, Diagnosis, Status},
    facts::{Call, Facts},
    intake::Case,
    tui::detail::Detail,
};

/// One diagnosis on the screen.
#[derive(Debug, Clone)]
pub struct Run {
    /// Tells its messages from those of others.
    pub number: u64,
    /// What is diagnosed.
    pub case: Case,
    /// True if the sample organization is asked.
    pub sample: bool,
    /// How far it is.
    pub progress: Progress,
    /// What was learned so far.
    pub facts: Facts,
    /// What that means.
    pub diagnosis: Diagnosis,
    /// The time since it began.
    pub elapsed: Duration,
    /// What the detail pane shows.
    pub subject: Subject,
    /// True until the person moves the selection: it follows the action by itself.
    pub follows: bool,
    /// True if the evidence, and the groups beyond the first ones, are shown.
    pub unfolded: bool,
    /// The detail pane's first visible line.
    pub scroll: usize,
    /// The first visible line of what is read as a page: the verdict in a low window, or why nothing could start.
    pub page_scroll: usize,
    /// The detail pane's lines, made anew when what they show changes.
    pub detail: Detail,
}

/// How far a diagnosis is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Facts may still arrive.
    Running,
    /// The person stopped it; what ran then is not judged.
    Cancelled,
    /// All facts are in.
    Complete,
}

/// What the detail pane shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A check.
    Check(CheckId),
    /// What no API shows.
    NotCovered,
}

impl Run {
    /// The check that is marked; what is not covered belongs to none.
    #[must_use]
    pub fn marked(&self) -> Option<&Check> {
        match self.subject {
            Subject::Check(id) => self.diagnosis.check(id),
            Subject::NotCovered => None,
        }
    }

    /// Shows something else in the detail pane, from its top.
    pub fn show(&mut self, subject: Subject) {
        if self.subject != subject {
            self.subject = subject;
            self.scroll = 0;
        }
    }

    /// The commands of the marked check's fixes, with the fixes' titles.
    pub fn commands(&self) -> impl Iterator<Item = (&str, &str)> {
        let fixes = self.marked().into_iter().flat_map(|check| &check.fixes);
        fixes.filter_map(|fix| Some((fix.title.as_str(), fix.command.as_deref()?)))
    }

    /// The checks that are answered.
    #[must_use]
    pub fn settled(&self) -> usize {
        self.diagnosis.checks.iter().filter(|check| check.status.is_some()).count()
    }

    /// Marks what happens: the first row that asks something; once there is a verdict the cause, or what is not
    /// covered.
    pub fn follow(&mut self) {
        if !self.follows {
            return;
        }
        if let Some(verdict) = &self.diagnosis.verdict {
            return self.show(verdict.check.map_or(Subject::NotCovered, Subject::Check));
        }
        let mut running = self.diagnosis.checks.iter().filter(|check| check.status.is_none());
        let first = running.clone().next();
        let asked = running.find(|check| Self::slowest_call(check).is_some());
        let running = asked.or(first).map(|check| check.id);
        if let (Progress::Running, Some(id)) = (self.progress, running) {
            self.show(Subject::Check(id));
        }
    }

    /// True while calls are under way that the verdict does not need: most bring names.
    #[must_use]
    pub fn completes(&self) -> bool {
        self.progress == Progress::Running && self.diagnosis.verdict.is_some()
    }

    /// True if nothing could be diagnosed at all: a screen of its own says what to do first.
    #[must_use]
    pub fn cannot_start(&self) -> bool {
        let cause_of = |id| self.diagnosis.check(id).and_then(|check| check.cause);
        let status_of = |id| self.diagnosis.check(id).and_then(|check| check.status);
        let no_credentials = matches!(
            cause_of(CheckId::Access),
            Some(Cause::CredentialsMissing | Cause::CredentialsExpired | Cause::CredentialsUnusable)
        );
        let no_instance = cause_of(CheckId::Instance) == Some(Cause::InstanceMissing);
        let denied = cause_of(CheckId::Access) == Some(Cause::PermissionMissing)
            && status_of(CheckId::Instance) == Some(Status::Unknown);
        self.diagnosis.verdict.is_some() && (no_credentials || no_instance || denied)
    }

    /// The verdict in one line, or why there is none.
    #[must_use]
    pub fn outcome(&self) -> String {
        match (&self.diagnosis.verdict, self.progress) {
            (Some(verdict), _) => format!("{}: {}", verdict.status.word(), verdict.headline),
            (None, Progress::Running) => "running".to_owned(),
            (None, _) => "cancelled".to_owned(),
        }
    }

    /// What a check without a call under way waits for.
    #[must_use]
    pub fn waits_for(check: &Check) -> String {
        match check.waits_on {
            Some(first) => format!("waits for: {}", first.title()),
            None if check.id == CheckId::Access => "waits for the other answers".to_owned(),
            None => check.summary.clone(),
        }
    }

    /// The call under way that a running check has been waiting for longest.
    #[must_use]
    pub fn slowest_call(check: &Check) -> Option<&Call> {
        check.evidence.iter().filter(|call| call.end.is_none()).min_by_key(|call| call.started_ms)
    }

    /// How long that call has been under way.
    #[must_use]
    pub fn age(&self, call: &Call) -> Duration {
        self.elapsed.saturating_sub(Duration::from_millis(call.started_ms))
    }

    /// When the last call that a check rests on ended.
    #[must_use]
    pub fn settled_after(check: &Check) -> Option<Duration> {
        let ends = check.evidence.iter().filter_map(|call| Some(call.started_ms + call.end.as_ref()?.elapsed_ms));
        ends.max().map(Duration::from_millis)
    }
}
