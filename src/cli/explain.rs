//! `sso-doctor explain`.

use std::fmt::Write;

use super::{
    output::{CANNOT_TELL, CAUSE_FOUND, print_error, print_text},
    setup::read_catalog,
};
use crate::{
    case::{App, Saw},
    catalog::{Catalog, Cause, Glossary, Term},
    report::{describe_saw, write_fix_steps, write_saw},
    symptoms::{Symptom, Symptoms},
    text,
};

/// Explains a word: it is the code of a cause, or a word of the glossary, which may have several words.
pub(super) fn run_explain(word: &str) -> anyhow::Result<u8> {
    let catalog = read_catalog()?;
    let glossary = Glossary::built_in()?;
    if word.trim().is_empty() {
        return print_text(&list_all(&catalog, &glossary)?);
    }
    if let Some(cause) = Cause::from_code(word.trim()) {
        return print_text(&explain_cause(&catalog, cause)?);
    }
    if let Some(term) = glossary.find(word) {
        return print_text(&explain_term(term));
    }
    print_error(&format!(
        "error: `{}` is no cause and no word of the glossary{}",
        text::clean(word),
        suggest_word(word, &glossary)
    ));
    Ok(CANNOT_TELL)
}

/// Explains what the user saw; ends with 1 where nothing of it is known.
pub(super) fn explain_saw(saw: &Saw) -> anyhow::Result<u8> {
    let catalog = read_catalog()?;
    let app = App::load("kiro")?;
    let report = describe_saw(&app, saw, &catalog);
    let mut out = String::new();
    write_saw(&mut out, &report, None)?;
    for question in &report.ask {
        writeln!(out, "  Ask: {question}")?;
    }
    for seen in &report.recognised {
        if let Some(symptom) = Symptoms::built_in().find(&seen.id) {
            write_symptom(&mut out, symptom)?;
        }
    }
    let is_known = !report.recognised.is_empty();
    let status = print_text(out.trim_start())?;
    Ok(if is_known { status } else { CAUSE_FOUND.max(status) })
}

/// Writes what is known of a text.
fn write_symptom(out: &mut String, symptom: &Symptom) -> std::fmt::Result {
    writeln!(out, "\n\"{}\"", symptom.text)?;
    for (label, words) in [("Rules out:", &symptom.rules_out), ("Tells apart:", &symptom.tells_apart)] {
        if !words.is_empty() {
            writeln!(out, "  {label:<12} {words}")?;
        }
    }
    writeln!(out, "  {:<12} {}", "First:", symptom.first_action)?;
    let reports = match symptom.reports {
        0 => String::new(),
        count => format!("; {}", text::count(count as usize, "public report", "public reports")),
    };
    writeln!(out, "  {:<12} {}{reports}", "Known:", symptom.confidence.describe())?;
    for source in &symptom.sources {
        writeln!(out, "               {source}")?;
    }
    Ok(())
}

fn suggest_word(word: &str, glossary: &Glossary) -> String {
    let words = glossary.terms().iter().map(|term| term.word.as_str());
    let known = Cause::ALL.iter().map(|cause| cause.code()).chain(words);
    let similarity = |known: &str| strsim::jaro_winkler(known, word);
    let close = known.max_by(|one, other| similarity(one).total_cmp(&similarity(other)));
    match close.filter(|known| similarity(known) > 0.8) {
        Some(known) => format!(": did you mean `{known}`?"),
        None => "; `sso-doctor explain` lists all".to_owned(),
    }
}

fn explain_term(term: &Term) -> String {
    let also = if term.aliases.is_empty() { String::new() } else { format!(" (also: {})", term.aliases.join(", ")) };
    format!("{}{also}\n\n{}\n", term.word, term.meaning)
}

fn list_all(catalog: &Catalog, glossary: &Glossary) -> Result<String, std::fmt::Error> {
    let mut out = String::from("Causes:\n");
    for cause in Cause::ALL {
        if let Some(entry) = catalog.entry_of(*cause) {
            let (headline, _) = entry.explain_by_names();
            writeln!(out, "  {:<36}  {headline}", cause.code())?;
        }
    }
    let words: Vec<&str> = glossary.terms().iter().map(|term| term.word.as_str()).collect();
    writeln!(out, "\nWords: {}", words.join(", "))?;
    Ok(out)
}

fn explain_cause(catalog: &Catalog, cause: Cause) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    let Some(entry) = catalog.entry_of(cause) else {
        return Ok(out);
    };
    let (headline, fixes) = entry.explain_by_names();
    let (title, say) = entry.explain_to_people();
    writeln!(out, "{}: {title}\n", cause.code())?;
    writeln!(out, "{headline}\n")?;
    writeln!(out, "{}\n", entry.meaning())?;
    writeln!(out, "Say to the caller: \"{say}\"\n")?;
    writeln!(out, "Who acts: {}", entry.owner().title())?;
    for fix in fixes {
        writeln!(out, "\n{} ({})", fix.title, fix.owner.title())?;
        write_fix_steps(&mut out, &fix, "  ")?;
    }
    Ok(out)
}
