//! The report as Markdown, for tickets.

use std::fmt::Write;

use super::evidence::describe_call;
use crate::{
    catalog::Fix,
    checks::Status,
    report::diagnosis::{Check, Diagnosis},
    text::escape_markdown as escape,
};

/// Returns a diagnosis as Markdown.
#[must_use]
pub fn write_markdown(diagnosis: &Diagnosis) -> String {
    // Writing into a `String` cannot fail.
    let mut out = String::new();
    let _: std::fmt::Result = write_diagnosis(&mut out, diagnosis);
    out
}

fn write_diagnosis(out: &mut String, diagnosis: &Diagnosis) -> std::fmt::Result {
    writeln!(out, "## Sign-in of {} to {}", escape(&diagnosis.user), escape(&diagnosis.app_name))?;
    writeln!(out)?;
    if let Some(verdict) = &diagnosis.verdict {
        writeln!(out, "**{}**: {}", verdict.status.word(), escape(&verdict.headline))?;
        writeln!(out)?;
        if let Some(cause) = verdict.cause {
            writeln!(out, "- Cause: `{}`", cause.code())?;
        }
        if let Some(owner) = verdict.owner {
            writeln!(out, "- Who acts: {}", owner.title())?;
        }
        writeln!(out, "- Diagnosed: {}, with {}", diagnosis.at, diagnosis.describe_requests())?;
        writeln!(out)?;
    }
    if let Some(tell) = &diagnosis.tell_user {
        let start_url = tell.start_url.as_deref().unwrap_or("see the IAM Identity Center console, Settings");
        writeln!(out, "### Tell the user to type this\n")?;
        writeln!(out, "- Start URL: {}", escape(start_url))?;
        writeln!(out, "- Region: {}", escape(&tell.region))?;
        writeln!(out, "- Choose: {}\n", escape(&tell.choose))?;
    }
    writeln!(out, "### Checks\n\n| Check | Status | Finding |\n| --- | --- | --- |")?;
    for check in &diagnosis.checks {
        let word = check.status.map_or("running", Status::word);
        writeln!(out, "| {} | {word} | {} |", check.id.title(), escape(&check.summary))?;
    }
    writeln!(out)?;
    for check in &diagnosis.checks {
        write_details(out, check)?;
    }
    if !diagnosis.context.is_empty() {
        writeln!(out, "### Used\n")?;
        for line in &diagnosis.context {
            writeln!(out, "- {}: {} ({})", line.label(), escape(&line.value), escape(&line.source))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "### Not covered, because no API shows it\n")?;
    for item in &diagnosis.not_covered {
        writeln!(out, "- {}: {}", escape(&item.title), escape(&item.look))?;
    }
    Ok(())
}

fn write_details(out: &mut String, check: &Check) -> std::fmt::Result {
    if !matches!(check.status, Some(Status::Fail | Status::Warn | Status::Unknown)) {
        return Ok(());
    }
    writeln!(out, "### {}\n", check.id.title())?;
    for (label, text) in [("Expected", &check.expected), ("Found", &check.found)] {
        if let Some(text) = text {
            writeln!(out, "- {label}: {}", escape(text))?;
        }
    }
    for note in &check.notes {
        writeln!(out, "- Note: {}", escape(note))?;
    }
    writeln!(out)?;
    for fix in &check.fixes {
        write_fix(out, fix)?;
    }
    for call in &check.evidence {
        writeln!(out, "- Evidence: {}", escape(&describe_call(call)))?;
    }
    writeln!(out)
}

fn write_fix(out: &mut String, fix: &Fix) -> std::fmt::Result {
    writeln!(out, "**{}** ({})\n", escape(&fix.title), fix.owner.title())?;
    for (number, step) in fix.steps.iter().enumerate() {
        writeln!(out, "{}. {}", number + 1, escape(step))?;
    }
    if let Some(command) = &fix.command {
        // A fence longer than any run of backticks in the command cannot be closed by it.
        let longest = command.split(|character| character != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        writeln!(out, "\n{fence}sh\n{command}\n{fence}")?;
    }
    if let Some(console) = &fix.console {
        writeln!(out, "\n<{console}>")?;
    }
    if !fix.needs.is_empty() {
        writeln!(out, "\nNeeds {}", escape(&fix.needs.join(", ")))?;
    }
    writeln!(out)
}
