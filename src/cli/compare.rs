//! `sso-doctor compare`.

use std::sync::Arc;

use anyhow::Context;

use super::{
    arguments::{ComparisonFormat, Options},
    output::{CANNOT_TELL, print_error, write_part},
    people,
    setup::{self, Setup},
};
use crate::{
    case::{AttemptsMode, Case, Settings},
    facts::Facts,
    report::compare::{compare, write_comparison, write_comparison_json, write_comparison_markdown},
};

/// Compares somebody who cannot sign in with somebody who can. Returns the exit status of the first one's verdict.
pub(super) fn run_compare(people: [&String; 2], format: ComparisonFormat, options: &Options) -> anyhow::Result<u8> {
    if let Some(reason) = options.explain_unused("they go with `check`") {
        print_error(&reason);
        return Ok(CANNOT_TELL);
    }
    let runtime = tokio::runtime::Runtime::new().context("the program could not start")?;
    let setup = Setup::new(options, None, &runtime)?;
    let catalog = setup::read_catalog()?;
    let judge = setup::choose_judge(options)?;
    let [failing, working] = people.map(|person| people::read_words(std::slice::from_ref(person)));
    let case = |user| {
        let case = setup.build_case(user, options);
        let mut settings = Settings { names_all_groups: true, ..Settings::clone(&case.settings) };
        // What happened to one of them is no difference between them, unless that is asked for.
        if options.attempts.is_none() {
            settings.attempts.mode = AttemptsMode::Never;
        }
        Case { settings: Arc::new(settings), ..case }
    };
    let cases: Vec<Case> = failing?.into_iter().chain(working?).map(case).collect();
    let [failing, working] = cases.as_slice() else { return Ok(CANNOT_TELL) };
    let known = Facts::new(setup::read_clock());
    let facts = runtime.block_on(setup.session.gather(&cases, known, |_, _| anyhow::Ok(())))?;
    runtime.shutdown_background();
    let diagnoses = [failing, working].map(|case| judge(case, &facts, &catalog));
    let [first, second] = &diagnoses;
    let comparison = compare([failing, working], [first, second], &facts, options.redact);
    let text = match format {
        ComparisonFormat::Text => write_comparison(&comparison, setup::choose_glyphs(options)),
        ComparisonFormat::Json => write_comparison_json(&comparison)?,
        ComparisonFormat::Markdown => write_comparison_markdown(&comparison),
    };
    Ok(if write_part(&text)? { first.exit_status() } else { CANNOT_TELL })
}
