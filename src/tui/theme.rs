//! Glyphs and styles. Every meaning has a glyph and a word; colour only repeats it, from the terminal's own 16,
//! and never paints a background. The bright colours are left out: on solarized they are shades of the background.

use std::time::Duration;

use ratatui::{
    style::{Color, Modifier, Style},
    text::Span,
};

use super::measure;
use crate::{checks::Status, report::diagnosis::VerdictStatus};

/// What the terminal and the person allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// True where only ASCII may be drawn.
    pub ascii: bool,
    /// False for no colours at all.
    pub color: bool,
    /// True for nothing that spins.
    pub reduced_motion: bool,
}

/// What a piece of text is, which decides how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary text.
    Plain,
    /// Labels, and what matters less.
    Quiet,
    /// What matters more.
    Strong,
    /// As it should be.
    Good,
    /// Perhaps the cause.
    Doubtful,
    /// The cause.
    Bad,
    /// Not known.
    Unclear,
    /// Keys, and what is being worked on.
    Accent,
}

/// A sign with a UTF-8 and an ASCII form of the same width.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glyph(&'static str, &'static str);

impl Glyph {
    /// The marked row of the pane that has the keys.
    pub(crate) const MARKER: Self = Self("▶", ">");
    /// The marked row of another pane.
    pub(crate) const QUIET_MARKER: Self = Self("▷", "-");
    pub(crate) const FOLDED: Self = Self("▸", "+");
    pub(crate) const UNFOLDED: Self = Self("▾", "-");
    pub(crate) const BULLET: Self = Self("•", "*");
    /// Between two pieces of a line.
    pub(crate) const SEPARATOR: Self = Self("·", "|");
    pub(crate) const RULE: Self = Self("─", "-");
    /// The rule of the pane that has the keys.
    pub(crate) const STRONG_RULE: Self = Self("━", "=");
    /// Between two columns.
    pub(crate) const COLUMN: Self = Self("│", "|");
    /// The part of a scrollbar that is seen.
    pub(crate) const THUMB: Self = Self("█", "#");
    /// The part of a bar that is still to come.
    pub(crate) const BAR_LEFT: Self = Self("░", "-");
    pub(crate) const CANCELLED: Self = Self("■", "#");
    pub(crate) const GRANTS: Self = Self("✓", "+");
    pub(crate) const WOULD_GRANT: Self = Self("✗", "x");
    /// A group that has nothing to do with it.
    pub(crate) const UNRELATED: Self = Self("·", ".");
}

impl Theme {
    /// Returns the sign itself.
    pub(crate) fn glyph(self, Glyph(utf8, ascii): Glyph) -> &'static str {
        if self.ascii { ascii } else { utf8 }
    }

    /// Returns the text cut to so many columns; where something is lost, the end says so.
    pub(crate) fn cut_text(self, text: &str, columns: usize) -> String {
        measure::cut_text(text, columns, self.ellipsis())
    }

    /// Returns what stands for what was left out at the end of a line.
    pub(crate) fn ellipsis(self) -> &'static str {
        if self.ascii { "..." } else { "…" }
    }

    /// Returns what stands between two pieces of a line.
    pub(crate) fn separator(self) -> String {
        format!(" {} ", self.glyph(Glyph::SEPARATOR))
    }

    /// Returns the text as it looks in a tone.
    pub(crate) fn style_text(self, tone: Tone, text: impl Into<String>) -> Span<'static> {
        Span::styled(text.into(), self.style_of(tone))
    }

    /// Returns the sign of a status.
    pub(crate) fn status_glyph(self, status: Status) -> &'static str {
        let (utf8, ascii) = match status {
            Status::Pass => ("✓", "+"),
            Status::Warn => ("▲", "!"),
            Status::Fail => ("✗", "x"),
            Status::Unknown => ("?", "?"),
            Status::Skipped => ("○", "o"),
        };
        if self.ascii { ascii } else { utf8 }
    }

    /// Returns the sign of a verdict, and the bar beside it.
    pub(crate) fn verdict_glyphs(self, status: VerdictStatus) -> (&'static str, &'static str) {
        let (utf8, ascii) = match status {
            VerdictStatus::Problem => (("✗", "┃"), ("x", "#")),
            VerdictStatus::Inconclusive => (("?", "┊"), ("?", "?")),
            VerdictStatus::Suspect => (("▲", "╏"), ("!", "!")),
            VerdictStatus::Healthy => (("✓", "│"), ("+", "|")),
        };
        if self.ascii { ascii } else { utf8 }
    }

    /// Returns the sign of work going on.
    pub(crate) fn spinner_at(self, elapsed: Duration) -> &'static str {
        const UTF8: [&str; 8] = ["⣷", "⣯", "⣟", "⡿", "⢿", "⣻", "⣽", "⣾"];
        const ASCII: [&str; 4] = ["|", "/", "-", "\\"];
        let frames: &[&str] = if self.ascii { &ASCII } else { &UTF8 };
        let step = if self.reduced_motion { 0 } else { elapsed.as_millis() / 100 };
        let position = usize::try_from(step).unwrap_or_default() % frames.len();
        frames.get(position).copied().unwrap_or("*")
    }

    /// Returns how a tone looks.
    pub(crate) fn style_of(self, tone: Tone) -> Style {
        let (color, modifier) = match tone {
            Tone::Plain => (Color::Reset, Modifier::empty()),
            Tone::Quiet => (Color::Reset, Modifier::DIM),
            Tone::Strong => (Color::Reset, Modifier::BOLD),
            Tone::Good => (Color::Green, Modifier::empty()),
            Tone::Doubtful => (Color::Yellow, Modifier::BOLD),
            Tone::Bad => (Color::Red, Modifier::BOLD),
            Tone::Unclear => (Color::Magenta, Modifier::BOLD),
            Tone::Accent => (Color::Cyan, Modifier::BOLD),
        };
        let style = Style::new().add_modifier(modifier);
        if self.color && color != Color::Reset { style.fg(color) } else { style }
    }
}

impl From<Status> for Tone {
    fn from(status: Status) -> Self {
        match status {
            Status::Pass => Self::Good,
            Status::Warn => Self::Doubtful,
            Status::Fail => Self::Bad,
            Status::Unknown => Self::Unclear,
            Status::Skipped => Self::Quiet,
        }
    }
}

impl From<VerdictStatus> for Tone {
    fn from(status: VerdictStatus) -> Self {
        match status {
            VerdictStatus::Problem => Self::Bad,
            VerdictStatus::Inconclusive => Self::Unclear,
            VerdictStatus::Suspect => Self::Doubtful,
            VerdictStatus::Healthy => Self::Good,
        }
    }
}
