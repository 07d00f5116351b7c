//! The checks: one file each, and one list from which order, waiting, evidence and screens follow.
//!
//! Judging is pure: the same facts give the same findings for ever, and half of the facts give half of them, with the
//! other checks still running.

mod access;
mod application;
mod assignment;
mod attempts;
mod finding;
mod groups;
mod instance;
mod names;
mod region;
mod roles;
mod root_cause;
mod sso;
mod user;

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use serde::{Deserialize, Serialize};

pub(crate) use self::finding::{Finding, Outcome};
pub use self::finding::{Route, Status};
use crate::{
    analysis::{
        CaseView,
        instances::{self, Choice},
    },
    case::{AttemptsMode, Case},
    domain::Instance,
    facts::{Facts, Failure, FailureKind, Known, Operation},
};

/// One check.
pub(crate) struct Check {
    pub id: CheckId,
    /// The title that people read, with `{app}` where the application's name belongs.
    pub title: &'static str,
    /// The same in one or two words, for a line in which all checks stand.
    pub label: &'static str,
    /// The question that it answers.
    pub question: &'static str,
    /// The operations whose answers it reads.
    pub rests_on: &'static [Operation],
    /// The checks that are judged before it, because it reads their findings; itself aside.
    pub after: &'static [CheckId],
    /// When it is in the result.
    pub presence: Presence,
    pub judge: fn(&CheckInput, &Findings) -> Finding,
}

/// When a check is in the result.
pub(crate) enum Presence {
    /// In every result.
    Always,
    /// Where there is something to judge, which the findings that come `after` may decide. Rows move where answers do.
    When(fn(&CheckInput, &Findings) -> bool),
}

impl Presence {
    fn holds(&self, input: &CheckInput, findings: &Findings) -> bool {
        match self {
            Self::Always => true,
            Self::When(applies) => applies(input, findings),
        }
    }
}

/// Declares the checks in display order. The name of a check's module is its id in the JSON contract.
macro_rules! checks {
    ($($(#[$doc:meta])* $name:ident = $module:ident;)+) => {
        /// A check, in display order.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum CheckId {
            $($(#[$doc])* $name,)+
        }

        impl CheckId {
            /// Every check, in display order.
            pub const ALL: [Self; [$(Self::$name),+].len()] = [$(Self::$name),+];

            /// Returns the id of the JSON contract.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($module),)+
                }
            }

            fn find_entry(self) -> &'static Check {
                match self {
                    $(Self::$name => &$module::CHECK,)+
                }
            }
        }

        const CHECKS: &[Check] = &[$($module::CHECK),+];
    };
}

checks! {
    /// Can the person running this tool see enough to judge?
    Access = access;
    /// Is there a usable Identity Center instance, and where?
    Instance = instance;
    /// Do the start URL and Regions fit together?
    Region = region;
    /// Does what the identity provider sends fit this Identity Center?
    Sso = sso;
    /// Is the user in this directory, under this name, enabled?
    User = user;
    /// Is the application registered, whole and enabled?
    Application = application;
    /// Is the user in a group that grants access?
    Groups = groups;
    /// Do the application's assignments reach the user?
    Assignment = assignment;
    /// Are the service-linked roles there?
    Roles = roles;
    /// How far did the user's last sign-in attempts get?
    Attempts = attempts;
}

impl CheckId {
    /// Returns the title that people read, with the application's name in it where it has a place there.
    #[must_use]
    pub fn title_for(self, app_name: &str) -> String {
        self.find_entry().title.replace("{app}", app_name)
    }

    /// Returns the title where the application's name is not at hand.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.find_entry().title.split_once(" {app}").map_or(self.find_entry().title, |(before, _)| before)
    }

    /// Returns the title in one or two words, for a line in which all checks stand.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.find_entry().label
    }

    /// Returns the question that the check answers.
    #[must_use]
    pub fn question(self) -> &'static str {
        self.find_entry().question
    }

    /// Returns true for a check that is in every result; the others are there where there is something to judge.
    #[must_use]
    pub fn is_always_present(self) -> bool {
        matches!(self.find_entry().presence, Presence::Always)
    }

    /// Returns the operations whose answers the check reads.
    #[must_use]
    pub fn rests_on(self) -> &'static [Operation] {
        self.find_entry().rests_on
    }
}

/// What a check is judged from.
pub(crate) struct CheckInput<'a> {
    pub case: &'a Case,
    pub facts: &'a Facts,
    /// Which instance is judged.
    pub choice: &'a Known<Choice<'a>>,
    /// The facts around that instance, once it is chosen.
    view: Option<CaseView<'a>>,
}

impl<'a> CheckInput<'a> {
    fn new(case: &'a Case, facts: &'a Facts, choice: &'a Known<Choice<'a>>) -> Self {
        let view = find_chosen(choice).map(|instance| CaseView::new(case, facts, instance));
        Self { case, facts, choice, view }
    }

    /// Returns the facts around the instance that is judged.
    ///
    /// # Errors
    /// If there is no such instance: with what a check says that cannot be asked without it.
    fn require_view(&self) -> Result<&CaseView<'a>, Finding> {
        match &self.view {
            Some(view) if view.instance.may_be_active() => Ok(view),
            _ if instance::judge(self).is_running() => Err(Finding::behind(CheckId::Instance)),
            _ => Err(Finding::waits_on(CheckId::Instance)),
        }
    }

    /// Returns the instances that come into question, where which one it is is not known.
    fn list_candidates(&self) -> Option<&[&'a Instance]> {
        match self.choice {
            Known::Value(Choice::AnyOf(candidates)) => Some(candidates),
            _ => None,
        }
    }
}

/// Returns the instance that is judged, once it is chosen.
pub(crate) fn find_chosen<'a>(choice: &Known<Choice<'a>>) -> Option<&'a Instance> {
    match choice {
        Known::Value(Choice::One(instance, _)) => Some(instance),
        _ => None,
    }
}

/// The findings so far, in the order in which they were judged.
pub(crate) type Findings = Vec<(CheckId, Finding)>;

/// Judges every check that has something to judge, and returns the findings in display order.
pub(crate) fn judge_checks(case: &Case, facts: &Facts, choice: &Known<Choice>) -> Findings {
    judge_these(CHECKS, &CheckInput::new(case, facts, choice))
}

/// Returns true if sign-in attempts are to be looked at, once everything else about a case has been answered.
pub(crate) fn wants_attempts(case: &Case, facts: &Facts) -> bool {
    let choice = instances::choose_instance(case, facts);
    let others = || judge_checks(case, facts, &choice);
    match case.settings.attempts.mode {
        AttemptsMode::Never => false,
        AttemptsMode::Always => true,
        AttemptsMode::Auto => others().iter().all(|(_, finding)| finding.status() != Some(Status::Fail)),
    }
}

fn judge_these(checks: &[Check], input: &CheckInput) -> Findings {
    // What happened is asked about last, and says nothing of what the others say.
    let (last, first): (Vec<&Check>, Vec<&Check>) = checks.iter().partition(|check| check.id == CheckId::Attempts);
    let mut findings = judge_in_order(first, input);
    for check in last.into_iter().filter(|check| check.presence.holds(input, &findings)).collect::<Vec<_>>() {
        let finding = settle_finding(input, check.id, judge_guarded(check, input, &findings));
        findings.push((check.id, attempts::skip_unknown(finding)));
    }
    findings
}

fn judge_in_order(checks: Vec<&Check>, input: &CheckInput) -> Findings {
    let mut findings = Findings::new();
    let mut waiting = checks;
    // Each round judges the checks whose predecessors have been judged; a test holds that the list has no circle.
    while !waiting.is_empty() {
        let open: BTreeSet<CheckId> = waiting.iter().map(|check| check.id).collect();
        let (next, later): (Vec<&Check>, Vec<&Check>) = waiting
            .into_iter()
            .partition(|check| check.after.iter().all(|first| *first == check.id || !open.contains(first)));
        if next.is_empty() {
            break;
        }
        for check in next {
            if !check.presence.holds(input, &findings) {
                continue;
            }
            let finding = settle_finding(input, check.id, judge_guarded(check, input, &findings));
            findings.push((check.id, finding));
        }
        waiting = later;
    }
    findings.sort_by_key(|(check, _)| *check);
    root_cause::show_root_causes(findings, instance::find_key(input))
}

/// Returns the finding of a check; one that panics says so, and the others go on.
fn judge_guarded(check: &Check, input: &CheckInput, findings: &Findings) -> Finding {
    let judge = AssertUnwindSafe(|| (check.judge)(input, findings));
    catch_unwind(judge).unwrap_or_else(|_| {
        Finding::unknown(Failure::without_call(FailureKind::Internal, "internal error in this check"))
    })
}

/// Returns a finding as the run as a whole makes it: closed, if nothing more will come, and with a failure that says
/// what other answers add to it.
fn settle_finding(input: &CheckInput, check: CheckId, finding: Finding) -> Finding {
    let closed = close_finding(input.facts, check, finding);
    let Some(failure) = closed.failure() else {
        return closed;
    };
    let told = tell_region_not_enabled(input, failure).or_else(|| instance::name_denied_key(input, failure));
    told.map_or(closed, Finding::unknown)
}

/// Returns what becomes of a finding when nothing more will come: what is still running met the failure that ended the asking, or waits on what did.
fn close_finding(facts: &Facts, check: CheckId, finding: Finding) -> Finding {
    match (&finding.outcome, &facts.closed) {
        (Outcome::Running { behind: Some(first) }, Some(_)) => Finding::waits_on(*first),
        (Outcome::Running { behind: None }, Some(closed)) => {
            let operation = closed.operation.or_else(|| facts.unanswered_operation(check.rests_on()));
            Finding::unknown(Failure { operation, ..closed.clone() })
        }
        _ => finding,
    }
}

/// Returns the failure that says that a Region is not enabled, when another one took the credentials: they are neither
/// missing nor expired.
fn tell_region_not_enabled(input: &CheckInput, failure: &Failure) -> Option<Failure> {
    let home = input.case.settings.home_region();
    let is_elsewhere = failure.region.as_ref().is_some_and(|region| *region != home);
    let is_known_at_home = instances::find_caller(input.case, input.facts).value().is_some();
    (failure.kind == FailureKind::RegionNotEnabled && is_elsewhere && is_known_at_home).then(|| Failure {
        kind: FailureKind::Unreachable,
        message: "the Region does not know these credentials, which another one takes: it is not enabled".to_owned(),
        ..failure.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::test_case;

    fn input_without_facts(judge: impl FnOnce(&CheckInput)) {
        let (case, facts) = (test_case(), Facts::new(jiff::Timestamp::UNIX_EPOCH));
        let choice = instances::choose_instance(&case, &facts);
        judge(&CheckInput::new(&case, &facts, &choice));
    }

    #[test]
    fn every_check_is_judged_once_and_in_display_order() {
        input_without_facts(|input| {
            let judged: Vec<CheckId> = judge_these(CHECKS, input).into_iter().map(|(check, _)| check).collect();
            let always: Vec<CheckId> = CheckId::ALL.into_iter().filter(|check| check.is_always_present()).collect();
            assert_eq!(judged, always);
        });
    }

    #[test]
    fn a_check_that_has_nothing_to_judge_is_not_there() {
        const NEVER: Check = Check { presence: Presence::When(|_, _| false), ..roles::CHECK };
        const AFTER_INSTANCE: Check = Check {
            after: &[CheckId::Instance],
            presence: Presence::When(|_, findings| findings.iter().any(|(check, _)| *check == CheckId::Instance)),
            ..user::CHECK
        };
        input_without_facts(|input| {
            let findings = judge_these(&[NEVER, AFTER_INSTANCE, instance::CHECK], input);
            let judged: Vec<CheckId> = findings.into_iter().map(|(check, _)| check).collect();
            assert_eq!(judged, [CheckId::Instance, CheckId::User]);
        });
    }

    #[test]
    fn a_check_that_panics_is_unknown_and_the_others_go_on() {
        const BROKEN: Check = Check { judge: |_, _| panic!("this check fails"), ..roles::CHECK };
        input_without_facts(|input| {
            let findings = judge_these(&[instance::CHECK, BROKEN], input);
            let status: Vec<Option<Status>> = findings.iter().map(|(_, finding)| finding.status()).collect();
            assert_eq!(status, [None, Some(Status::Unknown)]);
        });
    }
}
