//! `sso-doctor check`.

use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use anyhow::Context;
use tokio::runtime::Runtime;

use super::{
    arguments::{Options, Output, Wanted},
    linear::Narrator,
    output::{CANNOT_TELL, print_error, print_text, write_part},
    people, record,
    results::Results,
    setup::{self, Setup},
    watch,
};
use crate::{
    case::{Case, TypedUser, UserList},
    facts::{Event, Facts},
    report::diagnosis::Diagnosis,
    sources::demo::{self, SampleUser},
};

/// From so many people on, `--linear` tells a line for each of them, and not for each of their checks.
const MANY: usize = 10;

/// Runs `sso-doctor check USER...`.
pub(super) fn run_check(wanted: &Wanted, output: Output, options: &Options) -> anyhow::Result<u8> {
    if wanted.users.is_empty() && wanted.from.is_none() && wanted.group.is_none() {
        return list_sample_users(options);
    }
    // A panic becomes a finding of its check. Its message could carry a name, so only its place is told.
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        tracing::error!(place, "panic");
        print_error(&format!("internal error at {place}"));
    }));
    let runtime = Runtime::new().context("the program could not start")?;
    let setup = Setup::new(options, None, &runtime)?;
    let catalog = setup::read_catalog()?;
    let judge = setup::choose_judge(options)?;
    let began = Instant::now();
    let (list, known) = list_people(wanted, &setup, &runtime, options)?;
    let people = UserList::new(list);
    let cases: Vec<Case> = people.users.iter().map(|user| setup.build_case(user.clone(), options)).collect();
    let judge_case = |case: &Case, facts: &Facts| judge(case, facts, &catalog);
    if let Some(seconds) = options.watch {
        let watched = watch::Watched { session: &setup.session, cases: &cases, judge: &judge_case, write: &write_part };
        let time = options.timeout.map(Duration::from_secs);
        return watched.watch(&runtime, Duration::from_secs(seconds), time, options.strict);
    }
    let mut results = Results::new(people.places, cases.len(), output, options);
    // Between the results of other formats no line may stand that is none of theirs.
    let tell: fn(&str) -> anyhow::Result<()> = if results.is_text() {
        |line| print_text(&format!("{line}\n")).map(drop)
    } else {
        |line| {
            print_error(line);
            Ok(())
        }
    };
    let mut narrator = (options.linear && cases.len() < MANY).then(|| Narrator::new(tell));
    let session = match &wanted.group {
        Some(_) => setup.session.with_less_time(began.elapsed()),
        None => setup.session.clone(),
    };
    let facts = runtime.block_on(session.gather(&cases, known, |facts, event| {
        if let Some(narrator) = &mut narrator {
            let diagnoses: Vec<Diagnosis> = cases.iter().map(|case| judge_case(case, facts)).collect();
            narrator.tell_changes(&diagnoses)?;
        } else if let (Some(Event::Settled(place)), true) = (event, cases.len() > 1)
            && let Some(case) = cases.get(*place)
        {
            let diagnosis = judge_case(case, facts);
            results.take_in_if_certain(*place, &diagnosis)?;
            if options.linear && results.has(*place) && !results.is_text() {
                let words = diagnosis.verdict.map_or_else(String::new, |verdict| verdict.headline);
                tell(&format!("{}: {words}", diagnosis.user))?;
            }
        }
        anyhow::Ok(())
    }))?;
    narrator.map_or(Ok(()), |narrator| narrator.end())?;
    // Calls that hang are not waited for.
    runtime.shutdown_background();
    for (place, case) in cases.iter().enumerate() {
        if !results.has(place) {
            results.take_in(place, &judge_case(case, &facts))?;
        }
    }
    if let Some(path) = &options.record {
        record::write_recording(path, &cases, &facts, options)?;
    }
    results.finish()
}

/// Returns everybody who is to be diagnosed, in the order in which they were named, and what was learned on the way.
fn list_people(
    wanted: &Wanted,
    setup: &Setup,
    runtime: &Runtime,
    options: &Options,
) -> anyhow::Result<(Vec<TypedUser>, Facts)> {
    let mut known = Facts::new(setup::read_clock());
    let mut list = people::read_words(&wanted.users)?;
    if let Some(path) = &wanted.from {
        list.extend(people::read_file(path)?);
    }
    if let Some(group) = &wanted.group {
        let case = setup.build_case(TypedUser::nobody(group), options);
        let (members, learned) = runtime.block_on(setup.session.list_group(&case, group, known))?;
        list.extend(members.iter().map(TypedUser::of_id));
        known = learned;
    }
    Ok((list, known))
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
