//! The report as Markdown, for tickets.

use std::fmt::Write;

use super::{evidence::describe_call, first_block, glyph::Glyphs, saw::SawReport, saw_text};
use crate::{
    catalog::Fix,
    checks::Status,
    report::diagnosis::{ATTEMPTS_SHOWN, Attempt, Check, Diagnosis, Origin},
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
    write_first_block(out, diagnosis)?;
    writeln!(out, "### Checks\n\n| Check | Status | Finding |\n| --- | --- | --- |")?;
    for check in &diagnosis.checks {
        let word = check.status.map_or("running", Status::word);
        let title = check.id.title_for(&diagnosis.app_name);
        writeln!(out, "| {} | {word} | {} |", escape(&title), escape(&check.summary))?;
    }
    writeln!(out)?;
    for check in &diagnosis.checks {
        write_details(out, diagnosis, check)?;
    }
    if let Some(saw) = &diagnosis.saw {
        write_saw(out, saw)?;
    }
    write_attempts(out, diagnosis)?;
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

/// Writes what is the matter, what to say to the caller, what to do, and what the user should type.
fn write_first_block(out: &mut String, diagnosis: &Diagnosis) -> std::fmt::Result {
    let person = escape(&first_block::describe_person(diagnosis, " · "));
    let Some(verdict) = &diagnosis.verdict else {
        return writeln!(out, "## {person}\n\nNot finished.\n");
    };
    writeln!(out, "## {}: {person}\n", escape(&first_block::shout_title(verdict, Glyphs::Unicode)))?;
    writeln!(out, "**{}**: {}\n", verdict.status.word().to_uppercase(), escape(&verdict.headline))?;
    if let Some(saw) = &diagnosis.saw {
        writeln!(out, "- {}", escape(&saw_text::describe_told(saw, verdict)))?;
        if let Some(excluded) = saw.describe_excluded().filter(|_| verdict.from == Origin::Saw) {
            writeln!(out, "- Excluded: {}", escape(&excluded))?;
        }
    }
    writeln!(out, "- Say to the caller: \"{}\"", escape(&verdict.say))?;
    let queue = verdict.acts_first.map(|owner| format!("{} ", finish_sentence(owner.queue()))).unwrap_or_default();
    writeln!(out, "- Do: {queue}{}", escape(&verdict.instruction))?;
    for question in diagnosis.saw.iter().flat_map(|saw| &saw.ask) {
        writeln!(out, "- Ask: {}", escape(question))?;
    }
    writeln!(out, "- Checks: {}", escape(&first_block::list_checks(diagnosis, Glyphs::Unicode)))?;
    let run = escape(&first_block::describe_run(diagnosis, " · "));
    writeln!(out, "- Diagnosed: {run} · {}", diagnosis.describe_requests())?;
    let Some(tell) = &diagnosis.tell_user else {
        return writeln!(out);
    };
    if !tell.standing.wants_card() {
        return writeln!(out, "- {}\n", escape(&first_block::describe_typing(tell)));
    }
    writeln!(out, "\n### Tell the user to type this\n")?;
    for (label, value) in tell.list_rows() {
        writeln!(out, "- {label}: {}", escape(value))?;
    }
    writeln!(out)
}

/// Writes what was recognised, and what may lie behind it.
fn write_saw(out: &mut String, saw: &SawReport) -> std::fmt::Result {
    writeln!(out, "### What the user saw\n")?;
    if saw.recognised.is_empty() {
        writeln!(out, "- None of the texts that are known was recognised.")?;
    }
    for text in &saw.recognised {
        let close = if text.exact { "" } else { ", as what is closest to it" };
        writeln!(out, "- \"{}\" ({}{close}): {}", escape(&text.text), escape(&text.place), text.stage.describe())?;
    }
    for id in &saw.request_ids {
        writeln!(out, "- Request id, for AWS Support: {}", escape(id))?;
    }
    if !saw.candidates.is_empty() {
        writeln!(out, "\n| Cause | State | Why | First |\n| --- | --- | --- | --- |")?;
    }
    for candidate in &saw.candidates {
        let cells = [&candidate.title, candidate.state.word(), &candidate.why, &candidate.first_action].map(escape);
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    writeln!(out)
}

fn write_attempts(out: &mut String, diagnosis: &Diagnosis) -> std::fmt::Result {
    let attempts = diagnosis.attempts.iter().flat_map(|attempts| &attempts.attempts);
    let shown: Vec<&Attempt> = attempts.take(ATTEMPTS_SHOWN).collect();
    if shown.is_empty() {
        return Ok(());
    }
    writeln!(out, "### Sign-in attempts\n\n| When | How far | Result | From |\n| --- | --- | --- | --- |")?;
    for attempt in &shown {
        let from = attempt.source_ip.as_deref().unwrap_or_default();
        let cells = [attempt.when.as_str(), attempt.reached_words, &attempt.result_words, from].map(escape);
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    writeln!(out)
}

fn finish_sentence(line: &str) -> String {
    format!("{}.", line.trim_end_matches('.'))
}

fn write_details(out: &mut String, diagnosis: &Diagnosis, check: &Check) -> std::fmt::Result {
    if !matches!(check.status, Some(Status::Fail | Status::Warn | Status::Unknown)) {
        return Ok(());
    }
    writeln!(out, "### {}\n", escape(&check.id.title_for(&diagnosis.app_name)))?;
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
    if let Some(ability) = fix.describe_ability() {
        writeln!(out, "\n{}", escape(&ability))?;
    }
    writeln!(out)
}
