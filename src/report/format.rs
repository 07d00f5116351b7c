//! The one list of report formats: the command line and the terminal app both offer it.

use super::{
    diagnosis::Diagnosis,
    glyph::{Glyphs, Paint},
    json, markdown, note, support, text,
};

/// A way to write a diagnosis.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// The name on the command line.
    pub id: &'static str,
    /// The name that people read.
    pub title: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// The ending of a file in this format.
    pub extension: &'static str,
    /// True if one diagnosis is one line, so that nothing may stand between two of them.
    pub is_one_line: bool,
    /// Writes the diagnosis, with the end of its last line.
    pub write: fn(&Diagnosis, Glyphs, Paint) -> String,
}

/// What `check` prints unless something else is asked for.
pub const TEXT: Format = Format {
    id: "text",
    title: "Full report",
    purpose: "plain text, with commands and evidence",
    extension: "txt",
    is_one_line: false,
    write: text::write_text,
};

/// What belongs into a ticket.
pub const NOTE: Format = Format {
    id: "note",
    title: "Ticket note",
    purpose: "the verdict and what to do, in six to ten lines",
    extension: "txt",
    is_one_line: false,
    write: |diagnosis, _, _| note::note(diagnosis),
};

/// What belongs into a wiki or an issue.
pub const MARKDOWN: Format = Format {
    id: "markdown",
    title: "Markdown",
    purpose: "the report, for a wiki or an issue",
    extension: "md",
    is_one_line: false,
    write: |diagnosis, _, _| markdown::write_markdown(diagnosis),
};

/// Every format.
pub const FORMATS: &[Format] = &[
    TEXT,
    NOTE,
    Format {
        id: "support",
        title: "AWS Support",
        purpose: "every call with time, Region, outcome and request id; no names of people",
        extension: "txt",
        is_one_line: false,
        write: |diagnosis, _, _| support::support(diagnosis),
    },
    Format {
        id: "json",
        title: "JSON",
        purpose: "the report, for a program",
        extension: "json",
        is_one_line: true,
        write: |diagnosis, _, _| json::write_json(diagnosis) + "\n",
    },
    MARKDOWN,
];

impl Format {
    /// Returns the format of that name, when there is one.
    #[must_use]
    pub fn by_id(id: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.id == id)
    }
}

impl Eq for Format {}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
