//! The report as text: the verdict first, then what to tell the user, then the checks.

use std::fmt::Write;

use super::{
    evidence::describe_call,
    glyph::{Glyphs, Paint},
};
use crate::{
    catalog::Fix,
    checks::Status,
    report::diagnosis::{Check, Diagnosis},
};

/// The widest title of a check, so that the findings stand in a column.
const TITLE_WIDTH: usize = 15;

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
        write_check(out, check, glyphs, paint)?;
    }
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

fn write_verdict_lines(out: &mut String, diagnosis: &Diagnosis, glyphs: Glyphs, paint: Paint) -> std::fmt::Result {
    let Diagnosis { user, app_name, .. } = diagnosis;
    writeln!(out, "{user} {} {app_name}", glyphs.dash_mark())?;
    writeln!(out)?;
    match &diagnosis.verdict {
        Some(verdict) => {
            let word = paint.paint_verdict(verdict.status, &verdict.status.word().to_uppercase());
            writeln!(out, "{word}: {}", verdict.headline)?;
            if let Some(owner) = verdict.owner {
                writeln!(out, "Who acts: {}", owner.title())?;
            }
            if let Some(cause) = verdict.cause {
                writeln!(out, "Cause:    {}", cause.code())?;
            }
        }
        None => writeln!(out, "Not finished.")?,
    }
    if let Some(tell) = &diagnosis.tell_user {
        writeln!(out, "\nTell the user to type this:")?;
        writeln!(
            out,
            "  Start URL  {}",
            tell.start_url.as_deref().unwrap_or("see the IAM Identity Center console, Settings")
        )?;
        writeln!(out, "  Region     {}", tell.region)?;
        writeln!(out, "  Choose     {}", tell.choose)?;
    }
    Ok(())
}

fn write_check(out: &mut String, check: &Check, glyphs: Glyphs, paint: Paint) -> std::fmt::Result {
    let word = check.status.map_or("running", Status::word);
    let mark = paint.paint_status(check.status, &format!("{} {word:<7}", glyphs.status_mark(check.status)));
    writeln!(out, "  {mark}  {:<TITLE_WIDTH$}  {}", check.id.title(), check.summary)?;
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

/// Writes how something is fixed, each line after that indent.
pub(crate) fn write_fix_steps(out: &mut String, fix: &Fix, indent: &str) -> std::fmt::Result {
    for (number, step) in fix.steps.iter().enumerate() {
        writeln!(out, "{indent}{}. {step}", number + 1)?;
    }
    if let Some(command) = &fix.command {
        writeln!(out, "{indent}$ {command}")?;
    }
    if let Some(console) = &fix.console {
        writeln!(out, "{indent}{console}")?;
    }
    if !fix.needs.is_empty() {
        writeln!(out, "{indent}Needs {}", fix.needs.join(", "))?;
    }
    Ok(())
}
