//! `sso-doctor explain`.

use std::fmt::Write;

use super::{
    output::{CANNOT_TELL, print_error, print_text},
    setup::read_catalog,
};
use crate::{
    catalog::{Catalog, Cause},
    report::write_fix_steps,
    text,
};

pub(super) fn run_explain(code: Option<&str>) -> anyhow::Result<u8> {
    let catalog = read_catalog()?;
    let Some(code) = code else {
        return print_text(&list_causes(&catalog)?);
    };
    if let Some(cause) = Cause::from_code(code.trim()) {
        return print_text(&explain_cause(&catalog, cause)?);
    }
    print_error(&format!("error: there is no cause `{}`{}", text::clean(code), suggest_cause(code)));
    Ok(CANNOT_TELL)
}

fn suggest_cause(code: &str) -> String {
    let similarity = |cause: &Cause| strsim::jaro_winkler(cause.code(), code);
    let close = Cause::ALL.iter().max_by(|one, other| similarity(one).total_cmp(&similarity(other)));
    match close.filter(|cause| similarity(cause) > 0.8) {
        Some(cause) => format!(": did you mean `{}`?", cause.code()),
        None => "; `sso-doctor explain` lists all".to_owned(),
    }
}

fn list_causes(catalog: &Catalog) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    for cause in Cause::ALL {
        if let Some(entry) = catalog.entry_of(*cause) {
            let (headline, _) = entry.explain_by_names();
            writeln!(out, "{:<36}  {headline}", cause.code())?;
        }
    }
    Ok(out)
}

fn explain_cause(catalog: &Catalog, cause: Cause) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    let Some(entry) = catalog.entry_of(cause) else {
        return Ok(out);
    };
    let (headline, fixes) = entry.explain_by_names();
    writeln!(out, "{}\n", cause.code())?;
    writeln!(out, "{headline}\n")?;
    writeln!(out, "{}\n", entry.meaning())?;
    writeln!(out, "Who acts: {}", entry.owner().title())?;
    for fix in fixes {
        writeln!(out, "\n{} ({})", fix.title, fix.owner.title())?;
        write_fix_steps(&mut out, &fix, "  ")?;
    }
    Ok(out)
}
