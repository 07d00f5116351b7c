//! The commands.

mod arguments;
mod check;
mod explain;
mod log;
mod output;
mod screen;
mod setup;

use std::{io::ErrorKind, process::ExitCode};

use clap::{CommandFactory, Parser};

pub use self::arguments::Arguments;
use self::{
    arguments::Command,
    output::{CANNOT_TELL, print_error, print_text},
};
use crate::{case::App, report, text};

/// Runs the program.
#[must_use]
pub fn run_program() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return ExitCode::from(answer_without_running(error)),
    };
    let status = match run_command(arguments) {
        Ok(status) => status,
        Err(error) => {
            print_error(&format!("error: {}", text::paragraph(&explain_error(&error))));
            CANNOT_TELL
        }
    };
    log::warn_if_incomplete();
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
            print_error(&format!("error: standard output could not be written: {error}"));
            CANNOT_TELL
        }
        _ => 0,
    }
}

/// Returns the links of an error, the outermost first, each once.
fn explain_error(error: &anyhow::Error) -> String {
    let mut links: Vec<String> = Vec::new();
    for link in error.chain().map(ToString::to_string) {
        if !links.iter().any(|known| known.contains(&link)) {
            links.push(link);
        }
    }
    links.join(": ")
}

fn run_command(arguments: Arguments) -> anyhow::Result<u8> {
    match arguments.command {
        None => screen::run_screen(arguments.user, &arguments.options),
        Some(Command::Check { users, format, options }) => check::run_check(&users, format, &options),
        Some(Command::Explain { cause }) => explain::run_explain(cause.as_deref()),
        Some(Command::Policy) => {
            let names = App::built_in_names();
            let profiles: Result<Vec<App>, _> = names.into_iter().map(App::load).collect();
            print_text(&format!("{}\n", report::write_policy(&profiles?)))
        }
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "sso-doctor", &mut script);
            print_text(&String::from_utf8_lossy(&script))
        }
    }
}
