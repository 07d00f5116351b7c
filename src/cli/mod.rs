//! The commands.

mod arguments;
mod check;
mod explain;
mod linear;
mod log;
mod output;
mod screen;
mod setup;

use std::{io::ErrorKind, process::ExitCode};

use clap::{CommandFactory, Parser};

pub use self::arguments::Arguments;
use self::{
    arguments::Command,
    output::{complain, print},
};
use crate::{case::App, catalog::Catalog, report::policy, text};

/// It could not be told, wrong usage, or an internal error.
pub(crate) const CANNOT_TELL: u8 = 2;

/// Runs the program.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return ExitCode::from(answer_without_running(error)),
    };
    let status = match dispatch(arguments) {
        Ok(status) => status,
        Err(error) => {
            complain(&format!("error: {}", text::paragraph(&explain_error(&error))));
            CANNOT_TELL
        }
    };
    log::complain_if_incomplete();
    ExitCode::from(status)
}

/// Prints the help or the version that was asked for, or what is wrong with the command line; returns the exit status.
fn answer_without_running(error: clap::Error) -> u8 {
    let is_wrong_usage = error.use_stderr();
    // The message repeats what was typed, so it is the one about what can be shown of that.
    let shown = std::env::args_os().map(|argument| text::clean(&argument.to_string_lossy()));
    let printed = Arguments::try_parse_from(shown).err().unwrap_or(error).print();
    match printed {
        _ if is_wrong_usage => CANNOT_TELL,
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(&format!("error: standard output could not be written: {error}"));
            CANNOT_TELL
        }
        _ => 0,
    }
}

/// The links of an error, the outermost first, each once.
fn explain_error(error: &anyhow::Error) -> String {
    let mut links: Vec<String> = Vec::new();
    for link in error.chain().map(ToString::to_string) {
        if !links.iter().any(|known| known.contains(&link)) {
            links.push(link);
        }
    }
    links.join(": ")
}

fn dispatch(arguments: Arguments) -> anyhow::Result<u8> {
    match arguments.command {
        None => screen::open(arguments.user, &arguments.options),
        Some(Command::Check { users, format, options }) => check::check(&users, format, &options),
        Some(Command::Explain { cause }) => explain::explain(cause.as_deref()),
        Some(Command::Policy) => {
            let names = App::built_in_names();
            let profiles: Result<Vec<App>, _> = names.into_iter().map(App::load).collect();
            print(&format!("{}\n", policy::policy(&profiles?)))
        }
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "sso-doctor", &mut script);
            print(&String::from_utf8_lossy(&script))
        }
    }
}

/// The built-in words with the organization's own over them.
pub(crate) fn catalog() -> anyhow::Result<Catalog> {
    let mut catalog = Catalog::built_in()?;
    if let Some(path) = crate::case::config::directory().map(|directory| directory.join("causes.toml"))
        && let Some(text) = crate::case::config::read_if_there(&path)?
    {
        catalog.override_with(&text, &crate::case::config::shown(&path))?;
    }
    Ok(catalog)
}
