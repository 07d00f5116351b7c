//! What the program says: the result on standard output, everything else on standard error.

use std::io::{self, ErrorKind, Write};

use anyhow::Context;

use crate::tui::measure;

/// The exit status of a run that found a cause.
pub(super) const CAUSE_FOUND: u8 = 1;

/// The exit status of what could not be told, of wrong usage, and of an internal error.
pub(super) const CANNOT_TELL: u8 = 2;

/// Says on standard error what is wrong. Where nobody can hear it, `eprintln!` would panic.
pub(crate) fn print_error(text: &str) {
    drop(writeln!(io::stderr().lock(), "{text}"));
}

/// Returns the text with lines that are wider than the terminal broken between words, where the terminal itself would
/// break inside them. What follows stands under the beginning of the line. A command stays whole, to be copied.
pub(super) fn fit_terminal(text: &str) -> String {
    let columns = crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns).max(20));
    let mut fitting = String::new();
    for line in text.lines() {
        let words = line.trim_start();
        let indent = " ".repeat(line.len() - words.len());
        // Colours have no width, and stand in lines that fit.
        if measure::measure_width(line) <= columns || words.starts_with("$ ") || line.contains('\u{1b}') {
            fitting.push_str(line);
        } else {
            let room = columns.saturating_sub(indent.len());
            let lines = measure::wrap_text(words, room).into_iter().map(|line| format!("{indent}{line}"));
            fitting.push_str(&lines.collect::<Vec<_>>().join("\n"));
        }
        fitting.push('\n');
    }
    fitting
}

/// Returns true if a text has more lines than the terminal.
pub(super) fn is_longer_than_terminal(text: &str) -> bool {
    crossterm::terminal::size().is_ok_and(|(_, rows)| text.lines().count() >= usize::from(rows))
}

/// Writes a text to standard output. A reader who has seen enough, as `head` has, is no error.
pub(crate) fn print_text(text: &str) -> anyhow::Result<u8> {
    write_part(text).map(|_| 0)
}

/// Writes a part of a result to standard output. Returns false if its reader has left, who is then not told the rest.
pub(crate) fn write_part(text: &str) -> anyhow::Result<bool> {
    match write_to_standard_output(text) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error).context("standard output could not be written"),
    }
}

/// Writes to the descriptor itself: the standard library counts a write to one that takes none (EBADF) as done. One
/// that was closed before the start cannot be told from `>/dev/null`, because the standard library opens that in its
/// place before `main`.
#[cfg(unix)]
fn write_to_standard_output(text: &str) -> io::Result<()> {
    use std::{fs::File, os::fd::AsFd};
    let mut out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    out.write_all(text.as_bytes())
}

/// A console of Windows takes no bytes, so the standard library is what writes to it.
#[cfg(not(unix))]
fn write_to_standard_output(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}
