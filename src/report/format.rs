//! The one list of report formats: the command line and the terminal app both offer it.

use super::{Glyphs, Paint, json, markdown, text};
use crate::report::diagnosis::Diagnosis;

/// A way to write a diagnosis.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// The name on the command line.
    pub id: &'static str,
    /// What it is for, in two or three words.
    pub purpose: &'static str,
    /// The ending of a file in this format.
    pub extension: &'static str,
    /// True if one diagnosis is one line, so that nothing may stand between two of them.
    pub is_one_line: bool,
    /// Writes the diagnosis, with the end of its last line.
    pub write: fn(&Diagnosis, Glyphs, Paint) -> String,
}

/// Every format; the first one is what `check` prints.
pub const FORMATS: &[Format] = &[
    Format { id: "text", purpose: "For people", extension: "txt", is_one_line: false, write: text::text },
    Format {
        id: "json",
        purpose: "For programs: one object a user, each on one line",
        extension: "json",
        is_one_line: true,
        write: |diagnosis, _, _| json::json(diagnosis) + "\n",
    },
    Format {
        id: "markdown",
        purpose: "For tickets",
        extension: "md",
        is_one_line: false,
        write: |diagnosis, _, _| markdown::markdown(diagnosis),
    },
];

impl Format {
    /// Returns the format of that name, when there is one.
    #[must_use]
    pub fn by_id(id: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.id == id)
    }
}
