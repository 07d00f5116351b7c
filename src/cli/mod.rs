//! The commands.

mod access;
mod arguments;
mod check;
mod compare;
mod explain;
mod linear;
mod log;
mod manual;
mod mistyped;
mod output;
mod people;
mod record;
mod results;
mod saw;
mod screen;
mod setup;
mod watch;

use std::{io::ErrorKind, process::ExitCode};

use anyhow::Context;
use clap::Parser;

pub use self::arguments::Arguments;
use self::{
    arguments::{Command, Options, Output, PolicyFor},
    output::{CANNOT_TELL, print_error, print_text},
};
use crate::{
    case::App,
    report::{self, TEXT},
    text,
};

/// Runs the program.
#[must_use]
pub fn run_program() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return ExitCode::from(explain_mistyped().unwrap_or_else(|| answer_without_running(error))),
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
        None => open_app(arguments.users, &arguments.options),
        Some(Command::Check { wanted, format, options }) => {
            let several = wanted.users.len() > 1 || wanted.from.is_some() || wanted.group.is_some();
            let usual = if several { Output::Table } else { Output::Report(&TEXT) };
            check::run_check(&wanted, format.unwrap_or(usual), &options)
        }
        Some(Command::Explain { word, seen }) => match saw::read_seen(&seen)? {
            Some(saw) => explain::explain_saw(&saw),
            None => explain::run_explain(&word.join(" ")),
        },
        Some(Command::Compare { failing, working, format, options }) => {
            compare::run_compare([&failing, &working], format, &options)
        }
        Some(Command::Replay { files, format, options }) => record::run_replay(&files, format, &options),
        Some(Command::Access { format, options }) => access::run_access(format, &options),
        Some(Command::Policy { whom: PolicyFor::Operator, .. }) => {
            let names = App::built_in_names();
            let profiles: Result<Vec<App>, _> = names.into_iter().map(App::load).collect();
            let policy = format!("{}\n", report::write_policy(&profiles?));
            // Who left before the end wants no remark either.
            if output::write_part(&policy)? {
                output::print_error(report::POLICY_REMARK);
            }
            Ok(0)
        }
        Some(Command::Policy { whom: PolicyFor::Admin, app }) => print_admin_policy(app.as_deref()),
        Some(Command::Man) => print_text(&manual::write_manual()?),
        Some(Command::Completions { shell }) => {
            let runtime = tokio::runtime::Runtime::new().context("the program could not start")?;
            print_text(&runtime.block_on(manual::write_completions(shell)))
        }
    }
}

/// Prints the policy of an application's administrator; on standard error, which statements only consoles need.
fn print_admin_policy(app: Option<&str>) -> anyhow::Result<u8> {
    let app = App::load(app.unwrap_or("kiro"))?;
    let status = print_text(&format!("{}\n", report::write_admin_policy(&app, &setup::read_catalog()?)))?;
    let console_only = report::list_console_only(&app);
    if !console_only.is_empty() {
        print_error(&format!(
            "Only the AWS consoles need these statements; the commands that this program suggests do not: {}",
            console_only.join(", ")
        ));
    }
    Ok(status)
}

/// `sso-doctor [USER]...`, unless the first word is a command with a typing error.
fn open_app(people: Vec<String>, options: &Options) -> anyhow::Result<u8> {
    if let Some(question) = people.first().and_then(|word| mistyped::ask_for_command(word)) {
        print_error(&question);
        return Ok(CANNOT_TELL);
    }
    screen::run_screen(people, options)
}

/// Asks, where the first word of a command line that cannot be understood is close to a command; returns the exit
/// status.
fn explain_mistyped() -> Option<u8> {
    let word = std::env::args_os().nth(1)?;
    print_error(&mistyped::ask_for_command(&word.to_string_lossy())?);
    Some(CANNOT_TELL)
}
