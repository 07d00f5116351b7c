//! Names, messages and what was typed can hold anything. Nothing of it can move a cursor, forge a line, break a table or
//! run in a shell.

use std::sync::LazyLock;

use crate::support::{
    cases::cases,
    decorator::{Asked, Decorator},
    doctor,
    hostile::{hostile, world},
    scenario::now,
};
use proptest::prelude::*;
use serde_json::Value;
use sso_doctor::{
    facts::FailureKind,
    report::{self, Glyphs, Paint, diagnosis::Diagnosis},
    sources::demo::Sample,
    text,
};
use tokio::runtime::Runtime;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// Some calls are denied or fail, in words of whoever stands in between.
fn obstacle(asked: &Asked, places: &[bool], reason: &str) -> Option<FailureKind> {
    let place = usize::from(asked.operation.action().len().is_multiple_of(2)) + asked.operation.action().len() % 3;
    places[place].then(|| match place {
        0 => FailureKind::Denied,
        1 => FailureKind::KeyUnusable(reason.to_owned()),
        _ => FailureKind::Unreachable,
    })
}

fn is_safe(shown: &str, face: &str) -> Result<(), TestCaseError> {
    let foul = shown.chars().find(|&character| character != '\n' && text::is_invisible(character));
    prop_assert!(foul.is_none(), "{face}: {foul:?} in {shown:?}");
    let forged = shown.lines().find(|line| line.trim_start().starts_with("FORGED"));
    prop_assert!(forged.is_none(), "{face}: {forged:?}");
    Ok(())
}

/// Every row of the table has its three cells and no more.
fn has_a_whole_table(markdown: &str, checks: usize) -> Result<(), TestCaseError> {
    let rows: Vec<&str> = markdown.lines().filter(|line| line.starts_with("| ")).collect();
    prop_assert_eq!(rows.len(), 2 + checks, "{}", markdown);
    for row in rows {
        prop_assert_eq!(cells(row), 3, "{}", row);
    }
    Ok(())
}

/// The cells of a row: a bar that is not escaped ends one.
fn cells(row: &str) -> usize {
    let mut escaped = false;
    let mut bars = 0_usize;
    for character in row.chars() {
        match character {
            '\\' => escaped = !escaped,
            '|' if !escaped => bars += 1,
            _ => escaped = false,
        }
        if character == '|' {
            escaped = false;
        }
    }
    bars.saturating_sub(1)
}

/// A fence that a command opens is closed by nothing but its own end, so fences come in pairs.
fn has_whole_fences(markdown: &str, commands: usize) -> Result<(), TestCaseError> {
    let fences = markdown.lines().filter(|line| line.starts_with("```")).count();
    prop_assert_eq!(fences, commands * 2, "{}", markdown);
    Ok(())
}

fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| strings(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| strings(value, found)),
        _ => {}
    }
}

fn all_faces_are_safe(diagnosis: &Diagnosis) -> Result<(), TestCaseError> {
    // The first line begins with what was typed, and may begin with anything.
    let text = report::write_text(diagnosis, Glyphs::Unicode, Paint::Plain);
    is_safe(text.split_once('\n').map_or("", |(_, rest)| rest), "text")?;

    let markdown = report::write_markdown(diagnosis);
    is_safe(&markdown, "markdown")?;
    has_a_whole_table(&markdown, diagnosis.checks.len())?;
    let shown = diagnosis.checks.iter().flat_map(|check| &check.fixes).filter(|fix| fix.command.is_some());
    has_whole_fences(&markdown, shown.count())?;

    let json = report::write_json(diagnosis);
    prop_assert!(!json.contains('\n'));
    let mut shown = Vec::new();
    strings(&serde_json::from_str(&json).unwrap(), &mut shown);
    for text in shown {
        let foul = text.chars().find(|&character| text::is_invisible(character));
        prop_assert!(foul.is_none(), "{foul:?} in {text:?}");
    }
    Ok(())
}

/// A shell reads the words that the command was made of: its own, plain ones, and names whole.
fn commands_are_quoted(diagnosis: &Diagnosis, names: &[String]) -> Result<(), TestCaseError> {
    let plain =
        |word: &str| word.chars().all(|character| character.is_ascii_alphanumeric() || "-_=:/.,@".contains(character));
    let commands = diagnosis.checks.iter().flat_map(|check| &check.fixes).filter_map(|fix| fix.command.as_deref());
    for command in commands {
        let words = shlex::split(command);
        prop_assert!(words.is_some(), "{command}");
        for word in words.unwrap_or_default() {
            let is_name = names.iter().any(|name| *name == word || word.ends_with(&format!("={name}")));
            prop_assert!(plain(&word) || is_name, "{word:?} in {command}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn nothing_hostile_survives_into_a_report(
        (organization, case) in world(),
        message in hostile(),
        places in any::<[bool; 4]>(),
    ) {
        let port = Decorator::blocking(Sample::new(organization, None), |asked: &Asked| obstacle(asked, &places, &message));
        let diagnosis = RUNTIME.block_on(doctor::diagnose(&port.saying(&message), &case, now()));
        all_faces_are_safe(&diagnosis)?;
        commands_are_quoted(&diagnosis, &[case.user.as_str().to_owned()])?;
    }

    #[test]
    fn without_obstacles_neither((organization, case) in world()) {
        let diagnosis = RUNTIME.block_on(doctor::diagnose(&Sample::new(organization, None), &case, now()));
        all_faces_are_safe(&diagnosis)?;
        commands_are_quoted(&diagnosis, &[case.user.as_str().to_owned()])?;
    }

    #[test]
    fn what_is_quoted_is_one_word_of_a_shell(text in prop_oneof![hostile(), any::<String>()]) {
        if let Some(quoted) = text::quote(&text) {
            prop_assert_eq!(shlex::split(&quoted), Some(vec![text]));
        }
    }

    #[test]
    fn what_is_clean_is_one_visible_line(text in prop_oneof![hostile(), any::<String>()]) {
        let clean = text::clean(&text);
        prop_assert!(!clean.chars().any(text::is_invisible));
        prop_assert!(clean.chars().count() <= text.chars().count());
    }
}
