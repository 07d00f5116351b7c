//! One diagnosis: its facts, what they mean so far, and what the person looks at.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use ratatui::text::Line;

use super::{people::PeopleReading, scroll::Scroll};
use crate::{
    case::Case,
    catalog::{Cause, Fix},
    checks::{CheckId, Status},
    facts::{Call, Facts},
    report::diagnosis::{Check, Diagnosis},
};

/// One diagnosis on the screen.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is something that the person switches, apart from the others")]
pub struct Run {
    /// Tells its messages from those of others.
    pub number: u64,
    /// What is diagnosed.
    pub case: Case,
    /// Where the answers come from.
    pub origin: Origin,
    /// How far it is.
    pub progress: Progress,
    /// What was learned so far; people of one list share it.
    pub facts: Arc<Facts>,
    /// What that means.
    pub diagnosis: Diagnosis,
    /// The time since it began.
    pub elapsed: Duration,
    /// What the detail pane shows.
    pub subject: Subject,
    /// True until the person moves the selection: it follows the action by itself.
    pub follows: bool,
    /// The diagnosis of the same user before this one, until it was told what has changed.
    pub earlier: Option<Box<Diagnosis>>,
    /// True while it is begun anew each minute, until nothing is wrong.
    pub is_watched: bool,
    /// True if the evidence, and the groups beyond the first ones, are shown.
    pub unfolded: bool,
    /// True if what to type is shown where it is not the fix.
    pub shows_what_to_type: bool,
    /// The people who may be meant instead.
    pub reading: PeopleReading,
    /// How far the detail is scrolled; in a window for a single column, all of that.
    pub scroll: Scroll,
    /// The lines of the detail.
    pub detail: DetailLines,
}

/// Where answers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// AWS.
    Aws,
    /// The sample organization.
    Sample,
    /// A recording that began at this time: nothing is asked.
    Recording(Timestamp),
}

impl Origin {
    /// Returns the sample organization, or AWS.
    #[must_use]
    pub fn of(sample: bool) -> Self {
        if sample { Self::Sample } else { Self::Aws }
    }

    /// Returns true for the sample organization.
    #[must_use]
    pub fn is_sample(self) -> bool {
        self == Self::Sample
    }

    /// Returns true where nothing more can be asked.
    #[must_use]
    pub fn is_recording(self) -> bool {
        matches!(self, Self::Recording(_))
    }
}

/// The lines of the detail pane, kept until what they were made from changes.
#[derive(Debug, Clone, Default)]
pub struct DetailLines {
    /// What they were made from; `None` if that has changed.
    pub(crate) made_from: Option<DetailSource>,
    /// All of them, from the top.
    pub lines: Vec<Line<'static>>,
    /// The one at which begins what was unfolded.
    pub(crate) unfolded_at: Option<usize>,
}

/// What the lines of the detail pane were made from, besides the diagnosis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DetailSource {
    pub(crate) subject: Subject,
    pub(crate) columns: u16,
    pub(crate) unfolded: bool,
    /// True where the verdict is not seen in full elsewhere.
    pub(crate) repeats_verdict: bool,
    /// Tenths of a second, where they show how long calls have been under way.
    pub(crate) moment: Option<u128>,
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
    /// Returns the check that is marked; what is not covered belongs to none.
    pub(crate) fn marked_check(&self) -> Option<&Check> {
        match self.subject {
            Subject::Check(id) => self.diagnosis.check(id),
            Subject::NotCovered => None,
        }
    }

    /// Shows something else in the detail pane, from its top.
    pub(crate) fn show_subject(&mut self, subject: Subject) {
        if self.subject != subject {
            self.subject = subject;
            self.scroll.first = 0;
        }
    }

    /// Returns the check that the verdict is from.
    pub(crate) fn deciding_check(&self) -> Option<&Check> {
        self.diagnosis.check(self.diagnosis.verdict.as_ref()?.check?)
    }

    /// Returns the fixes that are in sight: those of the marked check, else those of the verdict's.
    pub(crate) fn fixes(&self) -> &[Fix] {
        let marked = self.marked_check().filter(|check| !check.fixes.is_empty());
        let seen = self.diagnosis.saw.as_ref().map_or(&[][..], |saw| saw.fixes.as_slice());
        marked.or_else(|| self.deciding_check()).map_or(seen, |check| check.fixes.as_slice())
    }

    /// Returns the user names that could be meant, with what tells them apart: those whose name was typed, if they are
    /// several, and names like the one that was typed.
    pub(crate) fn list_meant_users(&self) -> Vec<(&str, String)> {
        let Diagnosis { people, suggestions, .. } = &self.diagnosis;
        let mut meant = Vec::new();
        if people.len() > 1 {
            meant.extend(people.iter().map(|person| (person.user_name.as_str(), person.describe())));
        }
        for name in suggestions {
            if meant.iter().all(|(user_name, _)| user_name != name) {
                meant.push((name.as_str(), String::new()));
            }
        }
        meant
    }

    /// Returns true where nobody is found by what was typed, so that somebody who is called so may be meant.
    pub(crate) fn may_mean_others(&self) -> bool {
        let cause = self.diagnosis.check(CheckId::User).and_then(|check| check.cause);
        matches!(cause, Some(Cause::UserNotFound | Cause::PersonNotIdentified))
    }

    /// Returns true while the users of the directories are read, to find who is called so.
    pub(crate) fn is_reading_people(&self) -> bool {
        let is_open = self.diagnosis.check(CheckId::User).is_some_and(|check| check.status.is_none());
        let looks = self.may_mean_others() || is_open && self.case.user.is_person_name();
        self.progress == Progress::Running && self.reading.users_read > 0 && !self.reading.is_over && looks
    }

    /// Returns how many checks are answered.
    pub(crate) fn count_settled(&self) -> usize {
        self.diagnosis.checks.iter().filter(|check| check.status.is_some()).count()
    }

    /// Marks what happens: the first row that asks something; once there is a verdict the cause, or what is not
    /// covered.
    pub(crate) fn mark_what_happens(&mut self) {
        if !self.follows {
            return;
        }
        if let Some(verdict) = &self.diagnosis.verdict {
            return self.show_subject(verdict.check.map_or(Subject::NotCovered, Subject::Check));
        }
        let mut running = self.diagnosis.checks.iter().filter(|check| check.status.is_none());
        let first = running.clone().next();
        let asked = running.find(|check| Self::slowest_call(check).is_some());
        let running = asked.or(first).map(|check| check.id);
        if let (Progress::Running, Some(id)) = (self.progress, running) {
            self.show_subject(Subject::Check(id));
        }
    }

    /// Returns what still comes, while calls are under way that the verdict does not need.
    pub(crate) fn describe_completing(&self) -> Option<&'static str> {
        if self.progress != Progress::Running || self.diagnosis.verdict.is_none() {
            return None;
        }
        Some(if self.diagnosis.is_looking_at_attempts() {
            "sign-in attempts still coming"
        } else {
            "names still coming"
        })
    }

    /// Returns true when nothing could be diagnosed at all: a screen of its own says what to do first.
    pub(crate) fn cannot_start(&self) -> bool {
        let access = self.diagnosis.check(CheckId::Access).and_then(|check| check.cause);
        let instance = self.diagnosis.check(CheckId::Instance);
        let no_credentials =
            matches!(access, Some(Cause::CredentialsMissing | Cause::CredentialsExpired | Cause::CredentialsUnusable));
        let no_instance = instance.is_some_and(|check| check.cause == Some(Cause::InstanceMissing));
        let denied = access == Some(Cause::PermissionMissing)
            && instance.is_some_and(|check| check.status == Some(Status::Unknown));
        self.diagnosis.verdict.is_some() && (no_credentials || no_instance || denied)
    }

    /// Returns the verdict in one line, or why there is none.
    pub(crate) fn describe_outcome(&self) -> String {
        match (&self.diagnosis.verdict, self.progress) {
            (Some(verdict), _) => format!("{}: {}", verdict.status.word().to_uppercase(), verdict.headline),
            (None, Progress::Running) => "running".to_owned(),
            (None, _) => "cancelled".to_owned(),
        }
    }

    /// Returns what a check without a call under way waits for.
    pub(crate) fn waits_for(check: &Check) -> String {
        match check.waits_on {
            Some(first) => format!("waits for: {}", first.title()),
            None if check.id == CheckId::Access => "waits for the other answers".to_owned(),
            None => check.summary.clone(),
        }
    }

    /// Returns the call under way that a running check has been waiting for longest.
    pub(crate) fn slowest_call(check: &Check) -> Option<&Call> {
        check.evidence.iter().filter(|call| call.end.is_none()).min_by_key(|call| call.started_ms)
    }

    /// Returns how long a call has been under way.
    pub(crate) fn age_of(&self, call: &Call) -> Duration {
        self.elapsed.saturating_sub(Duration::from_millis(call.started_ms))
    }

    /// Returns when the last call that a check rests on ended.
    pub(crate) fn settled_after(check: &Check) -> Option<Duration> {
        let ends = check.evidence.iter().filter_map(|call| Some(call.started_ms + call.end.as_ref()?.elapsed_ms));
        ends.max().map(Duration::from_millis)
    }
}
