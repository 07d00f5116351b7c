//! `sso-doctor [USER]`: the terminal app.

use std::{io::IsTerminal, path::PathBuf, sync::Arc, time::Duration};

use anyhow::Context;
use tokio::sync::mpsc::UnboundedReceiver;

use super::{
    arguments::{Format, Options},
    check,
    output::print,
    setup::{self, Setup},
    catalog,
};
use crate::{
    case::{Case, config},
    gather::{Announcement, Session},
    report::{self, Glyphs, Paint},
    sources::demo::{self, SampleUser},
    tui::{self, Faces, Keymap, OfferedUser, Starter, Theme, measure},
};

/// How long the sample organization takes for an answer, so that people see the checks move.
const SAMPLE_DELAY: Duration = Duration::from_millis(350);

impl Starter for Session {
    fn start(&self, case: Case) -> UnboundedReceiver<Announcement> {
        Self::start(self, vec![case], setup::now())
    }
}

/// Opens the app, or does the same as `check` where standard output is no terminal.
pub(super) fn open(user: Option<String>, options: &Options) -> anyhow::Result<u8> {
    if !std::io::stdout().is_terminal() {
        let users: Vec<String> = user.into_iter().collect();
        return check::check(&users, Format::Text, options);
    }
    let runtime = tokio::runtime::Runtime::new().context("the program could not start")?;
    let setup = Setup::new(options, Some(SAMPLE_DELAY), &runtime)?;
    let demo = setup::sample_session(Some(SAMPLE_DELAY), Duration::from_secs(options.timeout))?;
    let faces = Faces {
        text: |diagnosis| face::text(diagnosis, Glyphs::Unicode, Paint::Plain),
        markdown: face::markdown,
        json: face::json,
    };
    let app = tui::Options {
        user,
        start_url: options.start_url.clone(),
        typed_region: options.typed_region.clone(),
        profile: setup.profile.clone(),
        settings: setup.settings.clone(),
        sample_settings: Arc::new(setup::sample_settings(None)),
        sample_users: sample::sample_users()?.into_iter().map(offered).collect(),
        words: Arc::new(words()?),
        judge: setup::judge(options)?,
        theme: Theme {
            ascii: options.ascii,
            color: setup::wants_color(options, true),
            reduced_motion: setup.config.reduced_motion,
        },
        keymap: keymap()?,
        // One that was deleted takes no file, and the app says so and writes elsewhere.
        report_dir: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
        faces,
    };
    let last = {
        let _inside = runtime.enter();
        tui::run(&app, &setup.session, &demo)?
    };
    // Calls that hang are not waited for.
    runtime.shutdown_background();
    let Some(diagnosis) = last else { return Ok(0) };
    let words = match &diagnosis.verdict {
        Some(_) => face::verdict(&diagnosis, setup::glyphs(options), Paint::Plain),
        None => format!("The diagnosis of {} was not finished.\n", diagnosis.user),
    };
    // Where the window was closed nobody reads it.
    drop(print(&fit(&words)));
    Ok(diagnosis.exit_status())
}

fn offered(user: SampleUser) -> OfferedUser {
    let SampleUser { name, shows, start_url, typed_region, .. } = user;
    OfferedUser { name, shows, start_url, typed_region }
}

/// The built-in keys with the person's own over them.
fn keymap() -> anyhow::Result<Keymap> {
    let Some(path) = config::directory().map(|directory| directory.join("keymap.toml")) else {
        return Ok(Keymap::built_in()?);
    };
    match config::read_if_there(&path)? {
        Some(own) => Keymap::with_overrides(&own).with_context(|| config::shown(&path)),
        None => Ok(Keymap::built_in()?),
    }
}

/// Breaks lines that are wider than the terminal between words, where the terminal itself would break inside them.
fn fit(text: &str) -> String {
    let columns = crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns).max(20));
    let fits = |line: &str| measure::width(line) <= columns;
    let lines =
        text.lines().flat_map(|line| if fits(line) { vec![line.to_owned()] } else { measure::wrap(line, columns) });
    lines.map(|line| line + "\n").collect()
}
