//! `sso-doctor explain`.

use std::fmt::Write;

use super::{
    CANNOT_TELL, catalog,
    output::{complain, print},
};
use crate::{
    catalog::{Catalog, Cause},
    text,
};

pub(super) fn explain(code: Option<&str>) -> anyhow::Result<u8> {
    let catalog = catalog()?;
    let Some(code) = code else {
        return print(&list(&catalog)?);
    };
    if let Some(cause) = Cause::from_code(code.trim()) {
        return print(&one(&catalog, cause)?);
    }
    complain(&format!("error: there is no cause `{}`{}", text::clean(code), suggestion(code)));
    Ok(CANNOT_TELL)
}

fn suggestion(code: &str) -> String {
    let similarity = |cause: &Cause| strsim::jaro_winkler(cause.code(), code);
    let close = Cause::ALL.iter().max_by(|one, other| similarity(one).total_cmp(&similarity(other)));
    match close.filter(|cause| similarity(cause) > 0.8) {
        Some(cause) => format!(": did you mean `{}`?", cause.code()),
        None => "; `sso-doctor explain` lists all".to_owned(),
    }
}

fn list(catalog: &Catalog) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    for cause in Cause::ALL {
        if let Some(entry) = catalog.of(*cause) {
            let (headline, _) = entry.explained();
            writeln!(out, "{:<36}  {headline}", cause.code())?;
        }
    }
    Ok(out)
}

fn one(catalog: &Catalog, cause: Cause) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    let Some(entry) = catalog.of(cause) else {
        return Ok(out);
    };
    let (headline, fixes) = entry.explained();
    writeln!(out, "{}\n", cause.code())?;
    writeln!(out, "{headline}\n")?;
    writeln!(out, "{}\n", entry.meaning())?;
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
