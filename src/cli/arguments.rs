//! What can be said on the command line.

use std::{path::PathBuf, time::Duration};

use clap::{
    Args, Parser, Subcommand, ValueEnum,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};

use crate::{
    case::{AttemptedTime, AttemptsMode},
    report::{FORMATS, Format},
};

/// Finds why somebody cannot sign in to Kiro, or another application behind AWS IAM Identity Center.
///
/// Somebody reports "There was an error signing you in. Please try again." Type the user's name: the program asks AWS,
/// reading only, walks its checks, and names the one cause, who fixes it, and how.
#[derive(Debug, Parser)]
#[command(
    name = "sso-doctor",
    version,
    max_term_width = 100,
    args_conflicts_with_subcommands = true,
    after_help = "Exit status: 0 nothing wrong was found; 1 a cause was found; 2 something was not seen that decides, \
                  wrong usage, or an internal error. With several users: 1 if any has a cause, else 2 if any is \
                  not certain; with --strict 2 comes first.\nTry it without an AWS account: sso-doctor --demo"
)]
pub struct Arguments {
    /// Who cannot sign in: a user name, an e-mail address or a user id; several make a list.
    #[arg(value_name = "USER")]
    pub(super) users: Vec<String>,
    #[command(flatten)]
    pub(super) options: Options,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Diagnose without a screen and print the result.
    Check {
        #[command(flatten)]
        wanted: Wanted,
        /// How to print the result: text for one user, table for several, unless you say otherwise.
        #[arg(long, value_parser = format_parser())]
        format: Option<Output>,
        #[command(flatten)]
        options: Box<Options>,
    },
    /// Diagnose recordings (--record): no AWS, no credentials, the same result as when they were made.
    Replay {
        /// The recordings.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// How to print the result: text for one user, table for several, unless you say otherwise.
        #[arg(long, value_parser = format_parser())]
        format: Option<Output>,
        #[command(flatten)]
        options: Box<Options>,
    },
    /// Say what differs between somebody who cannot sign in and somebody who can, the deciding difference first.
    Compare {
        /// Who cannot sign in.
        #[arg(value_name = "USER")]
        failing: String,
        /// Who can.
        #[arg(value_name = "WORKING_USER")]
        working: String,
        /// How to print the result.
        #[arg(long, value_enum, default_value_t = ComparisonFormat::Text)]
        format: ComparisonFormat,
        #[command(flatten)]
        options: Box<Options>,
    },
    /// Say what a cause or a word means, and how a cause is fixed; without one, list all.
    Explain {
        /// The code of a cause, such as `user-not-found`, or a word, such as `identity store`.
        word: Vec<String>,
        #[command(flatten)]
        seen: Seen,
    },
    /// Say who you are to AWS, when your session ends, and which calls work.
    Access {
        /// How to print the result.
        #[arg(long, value_enum, default_value_t = AccessFormat::Text)]
        format: AccessFormat,
        #[command(flatten)]
        options: Box<Options>,
    },
    /// Print the IAM policy that you need, ready to attach: it only reads.
    Policy {
        /// For whom: you, or an administrator of the application, who may change things.
        #[arg(long = "for", value_enum, value_name = "WHOM", default_value_t = PolicyFor::Operator)]
        whom: PolicyFor,
        /// The application of the administrator: kiro (default), amazon-q-developer, or a TOML file.
        #[arg(long, value_name = "NAME|FILE")]
        app: Option<String>,
    },
    /// Print the manual page.
    Man,
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// Who is diagnosed.
#[derive(Debug, Default, Args)]
pub(super) struct Wanted {
    /// Who cannot sign in: user names, e-mail addresses, user ids, or names.
    #[arg(value_name = "USER")]
    pub(super) users: Vec<String>,
    /// A file with one user a line, or CSV with a column `user`; `-` is standard input.
    #[arg(long, value_name = "FILE|-")]
    pub(super) from: Option<PathBuf>,
    /// All members of the group of that display name or id.
    #[arg(long, value_name = "NAME")]
    pub(super) group: Option<String>,
}

/// How a comparison is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ComparisonFormat {
    /// Plain text.
    Text,
    /// One object, for a program.
    Json,
    /// For a wiki or an issue.
    Markdown,
}

/// What the results look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Output {
    /// A report of each person.
    Report(&'static Format),
    /// A line for each person, and a summary.
    Table,
    /// A line for each person, for a spreadsheet.
    Csv,
}

/// How `access` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AccessFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Whom a policy is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PolicyFor {
    /// Whoever runs this program.
    Operator,
    /// Whoever sets the application up, and gives people access.
    Admin,
}

/// What both the screen and `check` take.
#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub(super) struct Options {
    /// The application: kiro (default), amazon-q-developer, or a TOML file.
    #[arg(long, value_name = "NAME|FILE")]
    pub(super) app: Option<String>,
    /// The AWS profile, as in the AWS CLI.
    #[arg(long, value_name = "NAME")]
    pub(super) profile: Option<String>,
    /// The Region to ask, as in the AWS CLI.
    #[arg(long, value_name = "REGION")]
    pub(super) region: Option<String>,
    /// The Identity Center instance, where several are visible.
    #[arg(long, value_name = "ARN")]
    pub(super) instance: Option<String>,
    /// The start URL that the user typed; the id in it is enough.
    #[arg(long, value_name = "URL", allow_hyphen_values = true)]
    pub(super) start_url: Option<String>,
    /// The Region that the user typed, as they say it: eu-west-1, "eu west 1", Ireland.
    #[arg(long, value_name = "REGION", allow_hyphen_values = true)]
    pub(super) typed_region: Option<String>,
    /// The user name that the user typed into Identity Center's own page; how you look the user up is not judged.
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(super) typed_user: Option<String>,
    #[command(flatten)]
    pub(super) seen: Seen,
    #[command(flatten)]
    pub(super) handed_over: HandedOverOptions,
    /// When to look at the user's last sign-in attempts: auto, if no check has failed.
    #[arg(long, value_enum, value_name = "WHEN")]
    pub(super) attempts: Option<AttemptsWhen>,
    /// When the user last tried: 10:30, 20m (ago), or 2026-11-21T10:30:00Z.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub(super) attempted: Option<AttemptedTime>,
    /// Ask the built-in sample organization instead of AWS: no credentials, no network.
    #[arg(long)]
    pub(super) demo: bool,
    /// The time for the whole diagnosis, in seconds [default: 60]; with --watch the time for the watching.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(super) timeout: Option<u64>,
    /// Ask again until nothing is wrong, every so many seconds; `check` prints a line for each change, and nothing else.
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = "60", value_parser = clap::value_parser!(u64).range(15..=86_400))]
    pub(super) watch: Option<u64>,
    /// Write what happens to a file, without names.
    #[arg(long, value_name = "FILE")]
    pub(super) log: Option<std::path::PathBuf>,
    /// Replace user names, accounts and ids by placeholders, so that a report can be posted in public; names of groups and applications stay.
    #[arg(long)]
    pub(super) redact: bool,
    /// Of several users, let one that could not be judged decide the exit status before one with a cause.
    #[arg(long)]
    pub(super) strict: bool,
    /// Leave out the healthy.
    #[arg(long)]
    pub(super) only_problems: bool,
    /// Write what was learned to a file, so that somebody else can `replay` it; with --redact, without names. The app writes it when you leave.
    #[arg(long, value_name = "FILE", conflicts_with = "watch")]
    pub(super) record: Option<PathBuf>,
    /// No screen: one line for each thing that changes, then the report; for screen readers and logs.
    #[arg(long)]
    pub(super) linear: bool,
    /// Nothing spins on the screen.
    #[arg(long)]
    pub(super) reduced_motion: bool,
    /// For which shell suggested commands are quoted; by platform.
    #[arg(long, value_enum, value_name = "SHELL")]
    pub(super) shell: Option<Shell>,
    /// Draw with ASCII characters only.
    #[arg(long)]
    pub(super) ascii: bool,
    /// When to use colours; `NO_COLOR` is honoured.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(super) color: Color,
}

/// What the user saw; `explain` takes it, too.
#[derive(Debug, Clone, Args)]
pub(super) struct Seen {
    /// What the user saw: a sentence on the screen, a line of a log, an address; can be repeated.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(super) saw: Vec<String>,
    /// A file of that: a log, an e-mail; `-` reads standard input. Of what is not recognised nothing is kept.
    #[arg(long, value_name = "FILE|-")]
    pub(super) saw_file: Option<std::path::PathBuf>,
}

/// What the identity provider's side handed over.
#[derive(Debug, Clone, Args)]
pub(super) struct HandedOverOptions {
    /// The identity provider's SAML metadata: a file, or an https address, which is fetched.
    #[arg(long, value_name = "FILE|URL")]
    pub(super) idp_metadata: Option<String>,
    /// Identity Center's own SAML metadata (console: Settings, Identity source, Manage authentication).
    #[arg(long, value_name = "FILE")]
    pub(super) sp_metadata: Option<String>,
    /// What the user's browser posted: a HAR file, a SAML-tracer export, base64, a form or XML; `-` reads standard input.
    #[arg(long, value_name = "FILE|-", allow_hyphen_values = true)]
    pub(super) saml_response: Option<String>,
    /// The certificates that Identity Center holds for the identity provider, as PEM.
    #[arg(long, value_name = "FILE")]
    pub(super) idp_certificate: Option<String>,
}

/// A kind of shell, as far as quoting goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Shell {
    /// bash, zsh, and the like.
    Posix,
    /// `PowerShell`.
    Powershell,
}

/// When to look at sign-in attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AttemptsWhen {
    /// If no check has failed: then the configuration explains nothing.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl From<AttemptsWhen> for AttemptsMode {
    fn from(when: AttemptsWhen) -> Self {
        match when {
            AttemptsWhen::Auto => Self::Auto,
            AttemptsWhen::Always => Self::Always,
            AttemptsWhen::Never => Self::Never,
        }
    }
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal that wants them.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Returns what reads the name of a format.
fn format_parser() -> impl TypedValueParser<Value = Output> {
    let names = FORMATS.iter().map(|format| PossibleValue::new(format.id).help(format.purpose));
    let lists = [
        PossibleValue::new("table").help("a line for each person, problems first, and a summary by cause"),
        PossibleValue::new("csv").help("a line for each person, for a spreadsheet"),
    ];
    PossibleValuesParser::new(names.chain(lists)).try_map(|id| match id.as_str() {
        "table" => Ok(Output::Table),
        "csv" => Ok(Output::Csv),
        id => Format::by_id(id).map(Output::Report).ok_or("there is no such format"),
    })
}

impl Options {
    /// Returns why `--record` and `--watch` do nothing where they were given and only `check` takes them; `None` where
    /// neither was.
    pub(super) fn explain_unused(&self, instead: &str) -> Option<String> {
        let option = match (&self.record, self.watch) {
            (Some(_), _) => "--record",
            (None, Some(_)) => "--watch",
            (None, None) => return None,
        };
        Some(format!("error: {option} does nothing here: {instead}"))
    }

    /// Returns the time that a diagnosis has.
    pub(super) fn time_for_a_diagnosis(&self) -> Duration {
        const USUAL: u64 = 60;
        Duration::from_secs(self.timeout.filter(|_| self.watch.is_none()).unwrap_or(USUAL))
    }
}
