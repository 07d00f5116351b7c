//! `sso-doctor access`.

use anyhow::Context;

use super::{
    arguments::{AccessFormat, Options},
    output::{CANNOT_TELL, fit_terminal, write_part},
    setup::{self, Setup},
};
use crate::{
    case::TypedUser,
    report::{find_own_name, survey_access},
    sources::demo,
};

/// Who is looked up where the credentials do not tell a name: nobody, which shows whether one may look.
const NOBODY: &str = "sso-doctor-access";

/// Runs `sso-doctor access`: every call of a diagnosis is tried, on the operator's own user where that is known.
pub(super) fn run_access(format: AccessFormat, options: &Options) -> anyhow::Result<u8> {
    let runtime = tokio::runtime::Runtime::new().context("the program could not start")?;
    let setup = Setup::new(options, None, &runtime)?;
    let catalog = setup::read_catalog()?;
    let judge = setup::choose_judge(options)?;
    let stranger = setup.build_case(TypedUser::parse(NOBODY)?, options);
    let known = runtime.block_on(setup.session.identify(&stranger, setup::read_clock()));
    let own = if options.demo {
        demo::sample_users()?.into_iter().next().map(|user| user.name)
    } else {
        find_own_name(&stranger, &known)
    };
    let case = match own.map(|name| TypedUser::parse(&name)) {
        Some(Ok(name)) => setup.build_case(name, options),
        _ => stranger,
    };
    let gathered = setup.session.gather(std::slice::from_ref(&case), known, |_, _| Ok::<(), anyhow::Error>(()));
    let facts = runtime.block_on(gathered)?;
    let session_ends = setup.session.session_end();
    runtime.shutdown_background();
    let report = survey_access(&case, &facts, session_ends);
    let diagnosis = judge(&case, &facts, &catalog);
    let output = match format {
        AccessFormat::Text => fit_terminal(&report.write_text(&diagnosis)?),
        AccessFormat::Json => report.write_json(&diagnosis),
    };
    let was_told = write_part(&output)?;
    Ok(if was_told && report.sees_enough() { 0 } else { CANNOT_TELL })
}
