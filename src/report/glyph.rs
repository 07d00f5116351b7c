//! Marks and colours of the text report. A mark never stands alone: the word is always beside it.

use crossterm::style::Stylize;

use crate::{checks::Status, report::diagnosis::VerdictStatus};

/// Which marks to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    /// ✓ ✗ …
    Unicode,
    /// + x …
    Ascii,
}

impl Glyphs {
    /// Returns the mark of a check.
    #[must_use]
    pub fn status_mark(self, status: Option<Status>) -> &'static str {
        match (self, status) {
            (Self::Unicode, Some(Status::Pass)) => "✓",
            (Self::Unicode, Some(Status::Fail)) => "✗",
            (Self::Unicode, Some(Status::Skipped)) => "·",
            (Self::Unicode, None) => "…",
            (Self::Ascii, Some(Status::Pass)) => "+",
            (Self::Ascii, Some(Status::Fail)) => "x",
            (Self::Ascii, Some(Status::Skipped)) => "-",
            (Self::Ascii, None) => "~",
            (_, Some(Status::Warn)) => "!",
            (_, Some(Status::Unknown)) => "?",
        }
    }

    /// Returns the mark of a verdict.
    #[must_use]
    pub fn verdict_mark(self, status: VerdictStatus) -> &'static str {
        self.status_mark(Some(match status {
            VerdictStatus::Problem => Status::Fail,
            VerdictStatus::Suspect => Status::Warn,
            VerdictStatus::Inconclusive => Status::Unknown,
            VerdictStatus::Healthy => Status::Pass,
        }))
    }

    /// What stands between the parts of a line.
    #[must_use]
    pub fn between(self) -> &'static str {
        match self {
            Self::Unicode => " · ",
            Self::Ascii => " - ",
        }
    }
}

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// The terminal's own colours.
    Colour,
    /// None at all.
    Plain,
}

impl Paint {
    /// Returns a check's mark and word, in the colour of its status.
    #[must_use]
    pub fn paint_status(self, status: Option<Status>, text: &str) -> String {
        if self == Self::Plain {
            return text.to_owned();
        }
        match status {
            Some(Status::Pass) => text.dark_green().to_string(),
            Some(Status::Fail) => text.dark_red().bold().to_string(),
            Some(Status::Warn | Status::Unknown) => text.dark_yellow().to_string(),
            Some(Status::Skipped) | None => text.dim().to_string(),
        }
    }

    /// Returns the verdict's word, in its colour.
    #[must_use]
    pub fn paint_verdict(self, status: VerdictStatus, text: &str) -> String {
        if self == Self::Plain {
            return text.to_owned();
        }
        match status {
            VerdictStatus::Problem => text.dark_red().bold().to_string(),
            VerdictStatus::Suspect | VerdictStatus::Inconclusive => text.dark_yellow().bold().to_string(),
            VerdictStatus::Healthy => text.dark_green().bold().to_string(),
        }
    }
}
