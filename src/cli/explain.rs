//! `sso-doctor explain`.

use std::fmt::Write;

use super::{
    CANNOT_TELL, catalog,
    output::{complain, print},
};
use crate::{
    catalog::{Catalog, Cause, Glossary, Term},
    text,
};

/// `word` is the code of a cause, or a word of the glossary, which may have several words.
pub(super) fn explain(word: &str) -> anyhow::Result<u8> {
    let catalog = catalog()?;
    let glossary = Glossary::built_in()?;
    if word.trim().is_empty() {
        return print(&list(&catalog, &glossary)?);
    }
    if let Some(cause) = Cause::from_code(word.trim()) {
        return print(&one(&catalog, cause)?);
    }
    if let Some(term) = glossary.find(word) {
        return print(&explain_term(term));
    }
    complain(&format!(
        "error: `{}` is no cause and no word of the glossary{}",
        text::clean(word),
        suggestion(word, &glossary)
    ));
    Ok(CANNOT_TELL)
}

fn suggestion(word: &str, glossary: &Glossary) -> String {
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

fn list(catalog: &Catalog, glossary: &Glossary) -> Result<String, std::fmt::Error> {
    let mut out = String::from("Causes:\n");
    for cause in Cause::ALL {
        if let Some(entry) = catalog.of(*cause) {
            let (headline, _) = entry.explained();
            writeln!(out, "  {:<36}  {headline}", cause.code())?;
        }
    }
    let words: Vec<&str> = glossary.terms().iter().map(|term| term.word.as_str()).collect();
    writeln!(out, "\nWords: {}", words.join(", "))?;
    Ok(out)
}

fn one(catalog: &Catalog, cause: Cause) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    let Some(entry) = catalog.of(cause) else {
        return Ok(out);
    };
    let (headline, fixes) = entry.explained();
    let (title, say) = entry.explained_to_people();
    writeln!(out, "{}: {title}\n", cause.code())?;
    writeln!(out, "{headline}\n")?;
    writeln!(out, "{}\n", entry.meaning())?;
    writeln!(out, "Say to the caller: \"{say}\"\n")?;
    writeln!(out, "Who acts: {}", entry.owner().title())?;
    for fix in fixes {
        writeln!(out, "\n{} ({})", fix.title, fix.owner.title())?;
        for (number, step) in fix.steps.iter().enumerate() {
            writeln!(out, "  {}. {step}", number + 1)?;
        }
        if let Some(command) = fix.command {
            writeln!(out, "  $ {command}")?;
        }
        if let Some(console) = fix.console {
            writeln!(out, "  {console}")?;
        }
        if !fix.needs.is_empty() {
            writeln!(out, "  Needs {}", fix.needs.join(", "))?;
        }
    }
    Ok(out)
}
