//! `sso-doctor [USER]...`: the terminal app.

use std::{io::IsTerminal, path::PathBuf, sync::Arc, time::Duration};

use anyhow::Context;

use super::{
    arguments::{Options, Output, Wanted},
    check,
    output::{fit_terminal, print_text},
    record,
    setup::{self, ProfileSwitch, Setup},
};
use crate::{
    case::{App, Settings, config},
    report::{self, Paint, TEXT},
    sources::{aws, demo},
    tui::{self, AppContext, Keymap, Launch, Theme, model::Run},
};

/// How long the sample organization takes for an answer, so that people see the checks move.
const SAMPLE_DELAY: Duration = Duration::from_millis(350);

/// Opens the app, or does the same as `check` where standard output is no terminal, or one that can only print lines.
pub(super) fn run_screen(users: Vec<String>, options: &Options) -> anyhow::Result<u8> {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if options.linear || is_dumb || !std::io::stdout().is_terminal() {
        let output = if users.len() > 1 { Output::Table } else { Output::Report(&TEXT) };
        return check::run_check(&Wanted { users, ..Wanted::default() }, output, options);
    }
    let runtime = tokio::runtime::Runtime::new().context("the program could not start")?;
    let setup = Setup::new(options, Some(SAMPLE_DELAY), &runtime)?;
    let demo = setup::build_sample_session(Some(SAMPLE_DELAY), options.time_for_a_diagnosis())?;
    // A list of the people in a directory is the opposite of hidden names.
    let lists_people = !options.redact;
    let settings = Arc::new(Settings { lists_people, ..Settings::clone(&setup.settings) });
    let launch = Launch {
        users,
        start_url: options.start_url.clone(),
        typed_region: options.typed_region.clone(),
        typed_user: options.typed_user.clone(),
        saw: setup.saw.clone(),
        aws: setup.session.clone(),
        connect: Box::new(ProfileSwitch::new(options, &setup, settings.clone())),
        sample: demo,
        fetch: setup.fetch.clone(),
        // One that was deleted takes no file, and the app says so and writes elsewhere.
        report_dir: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
    };
    let app = AppContext {
        theme: Theme {
            ascii: options.ascii,
            color: setup::wants_color(options, true),
            reduced_motion: options.reduced_motion || setup.config.reduced_motion,
        },
        keymap: read_keymap()?,
        catalog: Arc::new(setup::read_catalog()?),
        settings,
        sample_settings: Arc::new(Settings {
            lists_people,
            ..setup::build_sample_settings(None, setup.settings.attempts.clone())
        }),
        apps: list_apps(&setup.app)?,
        aws_profiles: runtime.block_on(aws::list_profiles()),
        sample_users: demo::sample_users()?,
        judge: setup::choose_judge(options)?,
        redacts: options.redact,
        timeout: options.time_for_a_diagnosis(),
        watch: options.watch.map(Duration::from_secs),
        handed_over: setup.handed_over.clone(),
    };
    let last = {
        let _inside = runtime.enter();
        tui::run(app, &launch)?
    };
    // Calls that hang are not waited for.
    runtime.shutdown_background();
    let Some(Run { case, facts, diagnosis, .. }) = last else { return Ok(0) };
    if let Some(path) = &options.record {
        let facts = report::narrow_facts(&case, &facts);
        record::write_recording(path, &[case], &facts, options)?;
    }
    let words = match &diagnosis.verdict {
        Some(_) => report::write_verdict(&diagnosis, setup::choose_glyphs(options), Paint::Plain),
        None => format!("The diagnosis of {} was not finished.\n", diagnosis.user),
    };
    // Where the window was closed nobody reads it.
    drop(print_text(&fit_terminal(&words)));
    Ok(diagnosis.exit_status())
}

/// Returns the applications to choose from: the one that was asked for first, then the built-in ones.
fn list_apps(asked_for: &Arc<App>) -> anyhow::Result<Vec<Arc<App>>> {
    let mut apps = vec![asked_for.clone()];
    for name in App::built_in_names() {
        if name != asked_for.id {
            apps.push(Arc::new(App::load(name)?));
        }
    }
    Ok(apps)
}

/// Returns the built-in keys with the person's own over them.
fn read_keymap() -> anyhow::Result<Keymap> {
    let Some(path) = config::find_directory().map(|directory| directory.join("keymap.toml")) else {
        return Ok(Keymap::built_in()?);
    };
    match config::read_if_there(&path)? {
        Some(own) => Keymap::with_overrides(&own).with_context(|| config::show_path(&path)),
        None => Ok(Keymap::built_in()?),
    }
}
