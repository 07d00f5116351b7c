//! The commands.

mod arguments;
mod check;
mod explain;
mod log;
mod screen;
mod setup;

use std::process::ExitCode;

use anyhow::Context;
use clap::{CommandFactory, Parser};

pub use self::arguments::Arguments;
use self::arguments::Command;
use crate::{app_profile::ApplicationProfile, policy, text, words::Words};

/// It could not be told, wrong usage, or an internal error.
pub(crate) const CANNOT_TELL: u8 = 2;

/// Runs the program.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { CANNOT_TELL } else { 0 };
            // The message repeats what was typed, so it is the one about what can be shown of that.
            let shown = std::env::args_os().map(|argument| text::clean(&argument.to_string_lossy()));
            drop(Arguments::try_parse_from(shown).err().unwrap_or(error).print());
            return ExitCode::from(code);
        }
    };
    match dispatch(arguments) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            complain(&format!("error: {}", text::paragraph(&explain_error(&error))));
            ExitCode::from(CANNOT_TELL)
        }
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
            let names = ApplicationProfile::built_in_names();
            let profiles: Result<Vec<ApplicationProfile>, _> =
                names.into_iter().map(ApplicationProfile::load).collect();
            print(&format!("{}\n", policy::policy(&profiles?)))
        }
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "sso-doctor", &mut script);
            print(&String::from_utf8_lossy(&script))
        }
    }
}

/// Says on standard error what is wrong. Where nobody can hear it, `eprintln!` would panic.
pub(crate) fn complain(text: &str) {
    use std::io::Write;
    drop(writeln!(std::io::stderr().lock(), "{text}"));
}

/// Writes the result to standard output. A reader who has seen enough, as `head` has, is no error.
pub(crate) fn print(text: &str) -> anyhow::Result<u8> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(error).context("the result could not be written")
        }
        _ => Ok(0),
    }
}

/// The built-in words with the organization's own over them.
pub(crate) fn words() -> anyhow::Result<Words> {
    let mut words = Words::built_in()?;
    if let Some(path) = crate::config::directory().map(|directory| directory.join("causes.toml"))
        && let Some(text) = crate::config::read_if_there(&path)?
    {
        words.override_with(&text, &crate::config::shown(&path))?;
    }
    Ok(words)
}
