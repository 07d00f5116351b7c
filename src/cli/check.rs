//! `sso-doctor check`.

use std::fmt::Write;

use anyhow::Context;

use super::{
    CANNOT_TELL,
    arguments::Options,
    catalog, linear,
    output::{complain, deliver_result, print},
    setup::{self, Setup},
};
use crate::{
    case::Case,
    report::{Format, TEXT},
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
    // Between the results of other formats no line may stand that is none of theirs.
    let tell: fn(&str) -> anyhow::Result<()> = if *format == TEXT {
        |line| print(&format!("{line}\n")).map(drop)
    } else {
        |line| {
            complain(line);
            Ok(())
        }
    };
    let facts = if options.linear {
        runtime.block_on(linear::gather_aloud(&setup.session, &cases, &judge, &catalog, tell))?
    } else {
        runtime.block_on(setup.session.gather(&cases, setup::now()))
    };
    // Calls that hang are not waited for.
    runtime.shutdown_background();
    let mut worst = 0;
    let mut output = String::new();
    for (index, case) in cases.iter().enumerate() {
        let diagnosis = judge(case, &facts, &catalog);
        worst = worst.max(diagnosis.exit_status());
        if index > 0 && !format.is_one_line {
            output.push('\n');
        }
        output.push_str(&(format.write)(&diagnosis, setup::glyphs(options), setup::paint(options)));
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
