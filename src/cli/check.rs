//! `sso-doctor check`.

use std::{fmt::Write, io::IsTerminal};

use anyhow::Context;

use super::{
    CANNOT_TELL,
    arguments::Options,
    catalog,
    output::{complain, deliver_result, fit_terminal, is_longer_than_terminal, print},
    setup::{self, Setup},
};
use crate::{
    case::Case,
    report::{self, Format, TEXT},
    sources::demo::{self, SampleUser},
};

/// `sso-doctor check USER...`.
pub(super) fn check(users: &[String], format: &Format, options: &Options) -> anyhow::Result<u8> {
    if users.is_empty() {
        return without_user(options);
    }
    // A panic becomes a finding of its check. Its message could carry a name, so only its place is told.
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        tracing::error!(place, "panic");
        complain(&format!("internal error at {place}"));
    }));
    let runtime = tokio::runtime::Runtime::new().context("the program could not start")?;
    let setup = Setup::new(options, None, &runtime)?;
    let catalog = catalog()?;
    let judge = setup::judge(options)?;
    let cases: Vec<Case> = users.iter().map(|user| setup.case(user, options)).collect::<anyhow::Result<_>>()?;
    let facts = runtime.block_on(setup.session.gather(&cases, setup::now()));
    // Calls that hang are not waited for.
    runtime.shutdown_background();
    let is_read_by_a_person = *format == TEXT && std::io::stdout().is_terminal();
    let mut worst = 0;
    let mut output = String::new();
    for (index, case) in cases.iter().enumerate() {
        let diagnosis = judge(case, &facts, &catalog);
        worst = worst.max(diagnosis.exit_status());
        if index > 0 && !format.is_one_line {
            output.push('\n');
        }
        let (glyphs, paint) = (setup::glyphs(options), setup::paint(options));
        output.push_str(&(format.write)(&diagnosis, glyphs, paint));
        if is_read_by_a_person {
            output = fit_terminal(&output);
            // Whoever scrolled past it reads it again where the cursor is.
            if cases.len() == 1 && is_longer_than_terminal(&output) {
                output.push('\n');
                output.push_str(&fit_terminal(&report::verdict(&diagnosis, glyphs, paint)));
            }
        }
    }
    deliver_result(&output, worst)
}

fn without_user(options: &Options) -> anyhow::Result<u8> {
    if !options.demo {
        complain(
            "error: say who cannot sign in: sso-doctor check USER\nTry it without an AWS account: sso-doctor --demo",
        );
        return Ok(CANNOT_TELL);
    }
    let mut list =
        String::from("The sample organization has these users. Diagnose one with: sso-doctor --demo USER\n\n");
    for SampleUser { name, shows, .. } in demo::sample_users()? {
        writeln!(list, "  {name:<28}  {shows}")?;
    }
    print(&list)
}
