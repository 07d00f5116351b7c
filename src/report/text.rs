//! The text report: the first block, then what to tell the user, then the checks.

use std::fmt::Write;

use super::{
    evidence::describe_call,
    first_block,
    fix_steps::write_fix_steps,
    glyph::{Glyphs, Paint},
    saw_text,
};
use crate::{
    catalog::Fix,
    checks::Status,
    report::diagnosis::{ATTEMPTS_SHOWN, Attempt, Check, Diagnosis},
};

/// The widest title of a check, so that the findings stand in a column.
const TITLE_WIDTH: usize = 18;

/// Returns a diagnosis as text, for a terminal or a ticket.
#[must_use]
pub fn write_text(diagnosis: &Diagnosis, glyphs: Glyphs, paint: Paint) -> String {
    // Writing into a `String` cannot fail.
    let mut out = String::new();
    let _: std::fmt::Result = write_diagnosis(&mut out, diagnosis, glyphs, paint);
    out
}

/// Returns the verdict and what to tell the user: what stays on the screen when the terminal app is left.
#[must_use]
pub fn write_verdict(diagnosis: &Diagnosis, glyphs: Glyphs, paint: Paint) -> String {
    let mut out = String::new();
    let _: std::fmt::Result = write_verdict_lines(&mut out, diagnosis, glyphs, paint);
    out
}

fn write_diagnosis(out: &mut String, diagnosis: &Diagnosis, glyphs: Glyphs, paint: Paint) -> std::fmt::Result {
    write_verdict_lines(out, diagnosis, glyphs, paint)?;
    writeln!(out, "\nChecks:")?;
    for check in &diagnosis.checks {
        write_check(out, diagnosis, check, glyphs, paint)?;
    }
    if let Some(saw) = &diagnosis.saw {
        saw_text::write_saw(out, saw, diagnosis.verdict.as_ref().and_then(|verdict| verdict.cause))?;
    }
    write_attempts(out, diagnosis)?;
    if !diagnosis.context.is_empty() {
        writeln!(out, "\nUsed:")?;
        for line in &diagnosis.context {
            writeln!(out, "  {:<TITLE_WIDTH$}  {} ({})", line.label(), line.value, line.source)?;
        }
    }
    if !diagnosis.not_covered.is_empty() {
        writeln!(out, "\nNot covered, because no API shows it:")?;
        for item in &diagnosis.not_covered {
            writeln!(out, "  {}", item.title)?;
            writeln!(out, "      {}", item.look)?;
        }
    }
    writeln!(out, "\n{}, all of them reading only.", diagnosis.describe_requests())
}

/// Writes a row for each attempt to sign in.
fn write_attempts(out: &mut String, diagnosis: &Diagnosis) -> std::fmt::Result {
    let attempts = diagnosis.attempts.iter().flat_map(|attempts| &attempts.attempts);
    let shown: Vec<&Attempt> = attempts.take(ATTEMPTS_SHOWN).collect();
    if shown.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nSign-in attempts, the newest first:")?;
    let widest = |width: fn(&Attempt) -> usize| shown.iter().map(|attempt| width(attempt)).max().unwrap_or(0);
    let of_when = widest(|attempt| attempt.when.chars().count());
    let of_reached = widest(|attempt| attempt.reached_words.chars().count());
    for attempt in shown {
        let Attempt { when, reached_words, result_words, .. } = attempt;
        let from = attempt.source_ip.as_ref().map(|address| format!(", from {address}")).unwrap_or_default();
        writeln!(out, "  {when:<of_when$}  {reached_words:<of_reached$}  {result_words}{from}")?;
    }
    Ok(())
}

fn write_verdict_lines(out: &mut String, diagnosis: &Diagnosis, glyphs: Glyphs, paint: Paint) -> std::fmt::Result {
    let person = first_block::describe_person(diagnosis, glyphs.between());
    let Some(verdict) = &diagnosis.verdict else {
        writeln!(out, "{person}{}{}", glyphs.between(), diagnosis.app_name)?;
        return writeln!(out, "Not finished.");
    };
    let title = paint.paint_verdict(verdict.status, &first_block::shout_title(verdict, glyphs));
    writeln!(out, "{title}   {person}")?;
    writeln!(out, "{}: {}", verdict.status.word().to_uppercase(), verdict.headline)?;
    writeln!(out, "{}", first_block::describe_run(diagnosis, glyphs.between()))?;
    if let Some(saw) = &diagnosis.saw {
        saw_text::write_told(out, saw, verdict)?;
    }
    writeln!(out, "\nSay to the caller:\n  \"{}\"", verdict.say)?;
    // With the questions below, everything of the first block still fits a small screen.
    let gap = if diagnosis.saw.is_some() { "" } else { "\n" };
    writeln!(out, "{gap}Do:")?;
    if let Some(owner) = verdict.acts_first {
        writeln!(out, "  {}", owner.queue())?;
    }
    writeln!(out, "  {}", verdict.instruction)?;
    if let Some(saw) = &diagnosis.saw {
        saw_text::write_questions(out, saw)?;
    }
    writeln!(out, "\n{}", first_block::list_checks(diagnosis, glyphs))?;
    let Some(tell) = &diagnosis.tell_user else {
        return Ok(());
    };
    if !tell.standing.wants_card() {
        return writeln!(out, "{}", first_block::describe_typing(tell));
    }
    writeln!(out, "\nTell the user to type this:")?;
    for (label, value) in tell.list_rows() {
        writeln!(out, "  {label:<9}  {value}")?;
    }
    Ok(())
}

fn write_check(
    out: &mut String,
    diagnosis: &Diagnosis,
    check: &Check,
    glyphs: Glyphs,
    paint: Paint,
) -> std::fmt::Result {
    let word = check.status.map_or("running", Status::word);
    let mark = paint.paint_status(check.status, &format!("{} {word:<7}", glyphs.status_mark(check.status)));
    let title = check.id.title_for(&diagnosis.app_name);
    writeln!(out, "  {mark}  {title:<TITLE_WIDTH$}  {}", check.summary)?;
    let wants_details = matches!(check.status, Some(Status::Fail | Status::Warn | Status::Unknown));
    for note in &check.notes {
        writeln!(out, "      Note: {note}")?;
    }
    if !wants_details {
        return Ok(());
    }
    for (label, text) in [("Expected:", &check.expected), ("Found:", &check.found)] {
        if let Some(text) = text {
            writeln!(out, "      {label:<9} {text}")?;
        }
    }
    for fix in &check.fixes {
        write_fix(out, fix)?;
    }
    for call in &check.evidence {
        writeln!(out, "      Evidence: {}", describe_call(call))?;
    }
    Ok(())
}

fn write_fix(out: &mut String, fix: &Fix) -> std::fmt::Result {
    writeln!(out, "      Fix: {} ({})", fix.title, fix.owner.title())?;
    write_fix_steps(out, fix, "        ")
}
