//! Puts what the user saw into words, and what it makes of the verdict.

use std::collections::BTreeSet;

use super::{
    conditions::list_conditions,
    diagnosis::{Check, Origin, Verdict, VerdictStatus},
    saw::{CandidateReport, CandidateState, RecognisedText, SawReport},
};
use crate::{
    case::{App, Case, Saw, Settings},
    catalog::{Catalog, Cause, Condition, Entry, Fix, Values},
    checks::CheckId,
    domain::Instance,
    facts::Facts,
    symptoms::{Candidate, Checked, Combined, Decision, State, Symptoms, combine, is_only_told, list_candidates},
    text,
};

/// What words are made of.
pub(super) struct Words<'a> {
    pub(super) app: &'a App,
    pub(super) settings: &'a Settings,
    pub(super) catalog: &'a Catalog,
    pub(super) checks: &'a [Check],
    pub(super) values: &'a Values,
}

/// Returns what the user saw in words, and the verdict as it is with it. While checks run there is no verdict.
pub(super) fn add_what_was_seen(
    words: &Words,
    case: &Case,
    facts: &Facts,
    instance: Option<&Instance>,
    verdict: Option<Verdict>,
) -> (Option<SawReport>, Option<Verdict>) {
    let Some(saw) = &case.saw else { return (None, verdict) };
    let Some(verdict) = verdict else {
        let (stage, candidates) = list_candidates(saw);
        let combined = Combined { stage, candidates, decision: Decision::AsChecked, ask: Vec::new() };
        return (Some(words.describe(saw, &combined)), None);
    };
    let checked = |check: &Check| Checked { id: check.id, status: check.status, cause: check.cause };
    let checks: Vec<Checked> = words.checks.iter().map(checked).collect();
    let combined = combine(case, saw, facts, instance, &checks);
    let mut report = words.describe(saw, &combined);
    let verdict = words.decide(&combined, verdict, &mut report);
    (Some(report), Some(verdict))
}

/// Returns what a text means by itself, without a user and without checks.
#[must_use]
pub fn describe_saw(app: &App, saw: &Saw, catalog: &Catalog) -> SawReport {
    let (stage, candidates) = list_candidates(saw);
    let settings = Settings::default();
    let words = Words { app, settings: &settings, catalog, checks: &[], values: &Values::show_names() };
    words.describe(saw, &Combined { stage, candidates, decision: Decision::AsChecked, ask: Vec::new() })
}

impl Words<'_> {
    fn describe(&self, saw: &Saw, combined: &Combined) -> SawReport {
        let symptoms = Symptoms::built_in();
        let seen = saw.texts.iter().filter_map(|seen| Some((seen.exact, symptoms.find(&seen.id)?)));
        let recognised: Vec<RecognisedText> = seen
            .clone()
            .map(|(exact, symptom)| RecognisedText {
                id: symptom.id.clone(),
                text: symptom.text.clone(),
                place: symptom.place.clone(),
                stage: symptom.stage,
                exact,
            })
            .collect();
        let leading = seen.map(|(_, symptom)| symptom).filter(|symptom| Some(symptom.stage) == combined.stage);
        let tells_apart = leading.map(|symptom| symptom.tells_apart.clone()).find(|words| !words.is_empty());
        let mut ask = combined.ask.clone();
        let close: Vec<String> = saw
            .close
            .iter()
            .filter_map(|id| symptoms.find(id))
            .map(|symptom| format!("\"{}\"", symptom.text))
            .collect();
        if recognised.is_empty() && !close.is_empty() {
            ask = vec![format!("Did the screen say {}?", close.join(", or "))];
        }
        SawReport {
            recognised,
            stage: combined.stage,
            start_url: saw.start_url.as_deref().map(text::clean),
            typed_region: saw.typed_region.as_deref().map(text::clean),
            request_ids: saw.request_ids.iter().map(|id| text::clean(id)).collect(),
            candidates: combined
                .candidates
                .iter()
                .filter_map(|candidate| self.describe_candidate(*candidate))
                .collect(),
            ask,
            remark: String::new(),
            tells_apart,
            fixes: Vec::new(),
        }
    }

    fn describe_candidate(&self, candidate: Candidate) -> Option<CandidateReport> {
        let cause = candidate.cause;
        let entry = self.catalog.entry_of(cause)?;
        let title = |check: CheckId| check.title_for(&text::clean(&self.app.name));
        let (state, why, by) = match candidate.state {
            State::Found(check) => (CandidateState::Found, format!("{} says so", title(check)), title(check)),
            State::Possible => (
                CandidateState::Possible,
                "the text names it, and no check excludes it".to_owned(),
                "the text".to_owned(),
            ),
            State::ExcludedByCheck(check) => {
                (CandidateState::Excluded, format!("{} passed", title(check)), title(check))
            }
            State::ExcludedByStage(stage) => {
                let why = format!("the sign-in got further, to {}", stage.describe());
                (CandidateState::Excluded, why, "how far the sign-in got".to_owned())
            }
            State::ExcludedByReason => {
                let why = "the answer names no reason, so it is not the key".to_owned();
                (CandidateState::Excluded, why, "the answer".to_owned())
            }
            State::NotReached(stage) => {
                let why = format!("the sign-in stopped before it, at {}", stage.describe());
                (CandidateState::NotReached, why, "how far the sign-in got".to_owned())
            }
        };
        let conditions = self.list_conditions(cause, entry);
        let fixes = entry.list_fixes(self.values, &conditions, &[]);
        Some(CandidateReport {
            cause,
            title: text::paragraph(&entry.write_case(self.values, &conditions).title),
            state,
            why,
            by,
            owner: entry.owner(),
            first_action: fixes.first().map(Fix::instruction).unwrap_or_default(),
        })
    }

    fn list_conditions(&self, cause: Cause, entry: &Entry) -> BTreeSet<Condition> {
        let mut conditions: BTreeSet<Condition> =
            list_conditions(self.app, self.settings, Some(cause), self.values).into_iter().collect();
        let is_blind = conditions.contains(&Condition::FormUnknown) && entry.has_variant(Condition::FormUnknown);
        if !is_blind {
            conditions.insert(Condition::AsTold);
        }
        // No check found it, so that nobody looked where the group comes from.
        conditions.insert(Condition::SourceUnread);
        conditions
    }

    /// Returns the verdict with what the user saw, and completes what is said of that.
    fn decide(&self, combined: &Combined, verdict: Verdict, report: &mut SawReport) -> Verdict {
        let (remark, told) = match combined.decision {
            Decision::AsChecked if report.recognised.is_empty() => ("It is none of the texts that are known.", None),
            Decision::AsChecked if combined.stage.is_none() => {
                ("By itself it does not say how far the sign-in got.", None)
            }
            Decision::AsChecked => ("Too little was seen to tell what lies behind it.", None),
            Decision::NothingFound => ("Nothing of what usually lies behind this text was found.", None),
            Decision::Fits => ("This fits what the user saw.", None),
            Decision::LaterStep => ("What the user saw comes from a later step: perhaps from another try.", None),
            Decision::Warned(cause) => ("This fits what the user saw.", self.find_warning(cause, &verdict)),
            Decision::Told(cause) => ("", self.write_verdict(VerdictStatus::Suspect, cause, None, report)),
            Decision::Stops { now, next } => ("", self.write_verdict(VerdictStatus::Problem, now, Some(next), report)),
        };
        remark.clone_into(&mut report.remark);
        if let Decision::Stops { next, .. } = combined.decision
            && let Some(entry) = self.catalog.entry_of(next)
        {
            let title = entry.write_case(self.values, &BTreeSet::new()).title;
            report.remark = format!("Next comes: {}.", text::paragraph(&title));
        }
        told.unwrap_or(verdict)
    }

    /// Returns the verdict of the check that warns of a cause, where it is not the one there is.
    fn find_warning(&self, cause: Cause, verdict: &Verdict) -> Option<Verdict> {
        if verdict.cause == Some(cause) {
            return None;
        }
        let check = self.checks.iter().find(|check| check.cause == Some(cause))?;
        let entry = self.catalog.entry_of(cause)?;
        let words = entry.write_case(
            self.values,
            &list_conditions(self.app, self.settings, Some(cause), self.values).into_iter().collect(),
        );
        let first = check.fixes.first();
        Some(Verdict {
            status: VerdictStatus::Suspect,
            cause: Some(cause),
            check: Some(check.id),
            title: text::paragraph(&words.title),
            headline: check.summary.clone(),
            say: text::paragraph(&words.say),
            until: None,
            owner: Some(entry.owner()),
            instruction: first.map(Fix::instruction).unwrap_or_default(),
            acts_first: first.map(|fix| fix.owner).or(Some(entry.owner())),
            from: Origin::Checks,
            next: None,
        })
    }

    /// Returns the verdict that rests on what the user saw.
    fn write_verdict(
        &self,
        status: VerdictStatus,
        cause: Cause,
        next: Option<Cause>,
        report: &mut SawReport,
    ) -> Option<Verdict> {
        let entry = self.catalog.entry_of(cause)?;
        let conditions = self.list_conditions(cause, entry);
        let words = entry.write_case(self.values, &conditions);
        report.fixes = entry.list_fixes(self.values, &conditions, &[]);
        let first = report.fixes.first();
        // What a check would have found is said as what it is: a guess.
        let is_own =
            is_only_told(cause) || conditions.contains(&Condition::AsTold) && entry.has_variant(Condition::AsTold);
        let headline = if is_own { words.headline } else { format!("Perhaps: {}.", words.title) };
        Some(Verdict {
            status,
            cause: Some(cause),
            check: None,
            title: text::paragraph(&words.title),
            headline: text::paragraph(&headline),
            say: text::paragraph(&words.say),
            until: None,
            owner: Some(entry.owner()),
            instruction: first.map(Fix::instruction).unwrap_or_default(),
            acts_first: first.map(|fix| fix.owner).or(Some(entry.owner())),
            from: Origin::Saw,
            next,
        })
    }
}
