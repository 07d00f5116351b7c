//! What the user saw, in the text report and in `sso-doctor explain`.

use std::fmt::Write;

use super::{
    diagnosis::{Diagnosis, Origin, Verdict},
    fix_steps::write_fix_steps,
    saw::{CandidateReport, CandidateState, SawReport},
};
use crate::catalog::Cause;

/// Returns the line of the first block that says what the user saw, and what it is to the verdict.
pub(super) fn describe_told(saw: &SawReport, verdict: &Verdict) -> String {
    let told = if verdict.from == Origin::Saw { "As the user tells it" } else { "The user saw" };
    let sentence = format!("{told}: {}. {}", saw.describe(), saw.remark);
    sentence.trim_end().to_owned()
}

impl Diagnosis {
    /// Returns what the user saw, and what it is to the verdict, in one line; `None` where nothing was told.
    #[must_use]
    pub fn describe_told(&self) -> Option<String> {
        Some(describe_told(self.saw.as_ref()?, self.verdict.as_ref()?))
    }
}

/// Writes the lines of the first block below the headline.
pub(super) fn write_told(out: &mut String, saw: &SawReport, verdict: &Verdict) -> std::fmt::Result {
    writeln!(out, "{}", describe_told(saw, verdict))?;
    match saw.describe_excluded().filter(|_| verdict.from == Origin::Saw) {
        Some(excluded) => writeln!(out, "Excluded: {excluded}"),
        None => Ok(()),
    }
}

/// Writes the questions of the first block.
pub(super) fn write_questions(out: &mut String, saw: &SawReport) -> std::fmt::Result {
    for (number, question) in saw.ask.iter().enumerate() {
        let label = if number == 0 { "Ask:" } else { "" };
        writeln!(out, "{label:<4} {question}")?;
    }
    Ok(())
}

/// Writes the section with everything that was recognised.
pub(crate) fn write_saw(out: &mut String, saw: &SawReport, decided: Option<Cause>) -> std::fmt::Result {
    writeln!(out, "\nWhat the user saw:")?;
    if saw.recognised.is_empty() {
        writeln!(out, "  None of the texts that are known was recognised.")?;
    }
    for text in &saw.recognised {
        let close = if text.exact { "" } else { ", as what is closest to it" };
        writeln!(out, "  \"{}\" ({}{close})", text.text, text.place)?;
        writeln!(out, "      How far the sign-in got: {}", text.stage.describe())?;
    }
    for (label, value) in [("Start URL as typed", &saw.start_url), ("Region as typed", &saw.typed_region)] {
        if let Some(value) = value {
            writeln!(out, "  {label}: {value}")?;
        }
    }
    if !saw.request_ids.is_empty() {
        writeln!(out, "  Request ids, for AWS Support: {}", saw.request_ids.join(", "))?;
    }
    for candidate in &saw.candidates {
        write_candidate(out, candidate, saw, decided)?;
    }
    match &saw.tells_apart {
        Some(words) if saw.list_others(decided).next().is_some() => writeln!(out, "  What tells them apart: {words}"),
        _ => Ok(()),
    }
}

fn write_candidate(
    out: &mut String,
    candidate: &CandidateReport,
    saw: &SawReport,
    decided: Option<Cause>,
) -> std::fmt::Result {
    let CandidateReport { cause, title, state, why, owner, first_action, .. } = candidate;
    writeln!(out, "  {:<11}  {title} ({}): {why}", state.word(), cause.code())?;
    if decided == Some(*cause) && !saw.fixes.is_empty() {
        for fix in &saw.fixes {
            writeln!(out, "      Fix: {} ({})", fix.title, fix.owner.title())?;
            write_fix_steps(out, fix, "        ")?;
        }
        return Ok(());
    }
    match state {
        CandidateState::Found | CandidateState::Possible => {
            writeln!(out, "      First: {first_action} ({})", owner.title())
        }
        CandidateState::Excluded | CandidateState::NotReached => Ok(()),
    }
}
