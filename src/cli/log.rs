//! The log, to a file and only when asked for. It tells which calls were made and how they ended; it knows no names,
//! no credentials and no answers.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, OnceLock},
};

use anyhow::Context;
use tracing_subscriber::{filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

use super::output::print_error;
use crate::case::config::show_path;

/// What first came in the way of writing to the log.
static FAILURE: OnceLock<String> = OnceLock::new();

/// Begins to log to the end of a file. Only this program's own events are written: those of libraries may carry what
/// they send and receive.
pub(super) fn begin_logging(path: &Path) -> anyhow::Result<()> {
    let file = OpenOptions::new().create(true).append(true).open(path);
    let file = file.with_context(|| format!("the log {} cannot be written", show_path(path)))?;
    let log = Mutex::new(LogFile { path: path.to_owned(), file });
    let layer = tracing_subscriber::fmt::layer().with_writer(log).with_ansi(false).with_target(false);
    let ours = Targets::new().with_target("sso_doctor", tracing::Level::DEBUG);
    tracing_subscriber::registry().with(layer).with(ours).try_init().context("the log could not begin")
}

/// Says once, at the end of the run, that something is missing in the log.
pub(super) fn warn_if_incomplete() {
    if let Some(failure) = FAILURE.get() {
        print_error(&format!("warning: {failure}"));
    }
}

/// A file that may become full. The diagnosis does not depend on it, so the failure is kept for the end: told at
/// once, it would be told for every line, and over the screen.
struct LogFile {
    path: PathBuf,
    file: File,
}

impl Write for LogFile {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if let Err(error) = self.file.write_all(line) {
            FAILURE.get_or_init(|| format!("the log {} is not complete: {error}", show_path(&self.path)));
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
