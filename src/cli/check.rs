//! `sso-doctor check`.

use std::{fmt::Write, io::IsTerminal};

use anyhow::Context;

use super::{
    arguments::Options,
    linear::Narrator,
    output::{
        CANNOT_TELL, CAUSE_FOUND, fit_terminal, is_longer_than_terminal, print_diagnoses, print_error, print_text,
    },
    setup::{self, Setup},
};
use crate::{
    case::Case,
    report::{self, Format, TEXT, diagnosis::Diagnosis},
    sources::demo::{self, SampleUser},
};

/// Runs `sso-doctor check USER...`.
pub(super) fn run_check(users: &[String], format: &Format, options: &Options) -> anyhow::Result<u8> {
    if users.is_empty() {
        return list_sample_users(options);
    }
    // A panic becomes a finding of its check. Its message could carry a name, so only its place is told.
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        tracing::error!(place, "panic");
        print_error(&format!("internal error at {place}"));
    }));
    let runtime = tokio::runtime::Runtime::new().context("the program could not start")?;
    let setup = Setup::new(options, None, &runtime)?;
    let catalog = setup::read_catalog()?;
    let judge = setup::choose_judge(options)?;
    let cases: Vec<Case> = users.iter().map(|user| setup.build_case(user, options)).collect::<anyhow::Result<_>>()?;
    // Between the results of other formats no line may stand that is none of theirs.
    let tell: fn(&str) -> anyhow::Result<()> = if *format == TEXT {
        |line| print_text(&format!("{line}\n")).map(drop)
    } else {
        |line| {
            print_error(line);
            Ok(())
        }
    };
    let mut narrator = options.linear.then(|| Narrator::new(tell));
    let facts = runtime.block_on(setup.session.gather(&cases, setup::read_clock(), |facts| {
        let Some(narrator) = &mut narrator else { return Ok(()) };
        let diagnoses: Vec<Diagnosis> = cases.iter().map(|case| judge(case, facts, &catalog)).collect();
        narrator.tell_changes(&diagnoses)
    }))?;
    narrator.map_or(Ok(()), |narrator| narrator.end())?;
    // Calls that hang are not waited for.
    runtime.shutdown_background();
    let is_read_by_a_person = *format == TEXT && std::io::stdout().is_terminal();
    let mut statuses = Vec::new();
    let mut output = String::new();
    for (index, case) in cases.iter().enumerate() {
        let diagnosis = judge(case, &facts, &catalog);
        if cases.len() == 1 && diagnosis.people.len() > 1 {
            list_people(&diagnosis);
            // A script gets its object all the same.
            if !format.is_one_line {
                return Ok(CANNOT_TELL);
            }
        }
        statuses.push(diagnosis.exit_status());
        if index > 0 && !format.is_one_line {
            output.push('\n');
        }
        let (glyphs, paint) = (setup::choose_glyphs(options), setup::choose_paint(options));
        output.push_str(&(format.write)(&diagnosis, glyphs, paint));
        if is_read_by_a_person {
            output = fit_terminal(&output);
            // Whoever scrolled past it reads it again where the cursor is.
            if cases.len() == 1 && is_longer_than_terminal(&output) {
                output.push('\n');
                output.push_str(&fit_terminal(&report::write_verdict(&diagnosis, glyphs, paint)));
            }
        }
    }
    print_diagnoses(&output, combine_statuses(&statuses, options.strict))
}

/// Returns the exit status of several users: a cause is not hidden by somebody who could not be judged, unless that is
/// asked for.
fn combine_statuses(statuses: &[u8], strict: bool) -> u8 {
    let order = if strict { [CANNOT_TELL, CAUSE_FOUND] } else { [CAUSE_FOUND, CANNOT_TELL] };
    order.into_iter().find(|status| statuses.contains(status)).unwrap_or(0)
}

/// Lists on standard error whom a name could mean: a diagnosis of one of them would be a guess.
fn list_people(diagnosis: &Diagnosis) {
    let mut lines = format!("{} could be several people. Diagnose one of them by user name:\n", diagnosis.user);
    for person in &diagnosis.people {
        lines.push_str("\n  ");
        lines.push_str(&[&person.user_name, "  ", &person.describe()].concat());
    }
    print_error(&lines);
}

fn list_sample_users(options: &Options) -> anyhow::Result<u8> {
    if !options.demo {
        print_error(
            "error: say who cannot sign in: sso-doctor check USER\nTry it without an AWS account: sso-doctor --demo",
        );
        return Ok(CANNOT_TELL);
    }
    let mut list =
        String::from("The sample organization has these users. Diagnose one with: sso-doctor --demo USER\n\n");
    for SampleUser { name, shows, .. } in demo::sample_users()? {
        writeln!(list, "  {name:<28}  {shows}")?;
    }
    print_text(&list)
}
