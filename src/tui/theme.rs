//! Glyphs and styles. Every meaning has a glyph and a word; colour only repeats it, from the terminal's own 16,
//! and never paints a background. The bright colours are left out: on solarized they are shades of the background.

use std::time::Duration;

use ratatui::style::{Color, Modifier, Style};

use crate::diagnosis::{Status, VerdictStatus};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    /// The marked row of the pane that has the keys.
    Marker,
    /// The marked row of another pane.
    QuietMarker,
    /// Something folded.
    Folded,
    /// Something unfolded.
    Unfolded,
    /// A remark.
    Bullet,
    /// Between two pieces of a line.
    Separator,
    /// A rule.
    Rule,
    /// The rule of the pane that has the keys.
    StrongRule,
    /// Between two columns.
    Column,
    /// A row that was cancelled.
    Cancelled,
    /// Grants access.
    Grants,
    /// Would grant access.
    Would,
}

impl Theme {
    /// The sign itself.
    #[must_use]
    pub fn glyph(self, glyph: Glyph) -> &'static str {
        let (utf8, ascii) = match glyph {
            Glyph::Marker => ("▶", ">"),
            Glyph::QuietMarker => ("▷", "-"),
            Glyph::Folded => ("▸", "+"),
            Glyph::Unfolded => ("▾", "-"),
            Glyph::Bullet => ("•", "*"),
            Glyph::Separator => ("·", "|"),
            Glyph::Rule => ("─", "-"),
            Glyph::StrongRule => ("━", "="),
            Glyph::Column => ("│", "|"),
            Glyph::Cancelled => ("■", "#"),
            Glyph::Grants => ("✓", "+"),
            Glyph::Would => ("✗", "x"),
        };
        if self.ascii { ascii } else { utf8 }
    }

    /// Stands for what was left out at the end of a line.
    #[must_use]
    pub fn ellipsis(self) -> &'static str {
        if self.ascii { "..." } else { "…" }
    }

    /// The sign of a status.
    #[must_use]
    pub fn status_glyph(self, status: Status) -> &'static str {
        let (utf8, ascii) = match status {
            Status::Pass => ("✓", "+"),
            Status::Warn => ("▲", "!"),
            Status::Fail => ("✗", "x"),
            Status::Unknown => ("?", "?"),
            Status::Skipped => ("○", "o"),
        };
        if self.ascii { ascii } else { utf8 }
    }

    /// The sign of a verdict, and the bar beside it.
    #[must_use]
    pub fn verdict_glyphs(self, status: VerdictStatus) -> (&'static str, &'static str) {
        let (utf8, ascii) = match status {
            VerdictStatus::Problem => (("✗", "┃"), ("x", "#")),
            VerdictStatus::Inconclusive => (("?", "┊"), ("?", "?")),
            VerdictStatus::Suspect => (("▲", "╏"), ("!", "!")),
            VerdictStatus::Healthy => (("✓", "│"), ("+", "|")),
        };
        if self.ascii { ascii } else { utf8 }
    }

    /// The sign of work going on.
    #[must_use]
    pub fn spinner(self, elapsed: Duration) -> &'static str {
        const UTF8: [&str; 8] = ["⣷", "⣯", "⣟", "⡿", "⢿", "⣻", "⣽", "⣾"];
        const ASCII: [&str; 4] = ["|", "/", "-", "\\"];
        let frames: &[&str] = if self.ascii { &ASCII } else { &UTF8 };
        let step = if self.reduced_motion { 0 } else { elapsed.as_millis() / 100 };
        let position = usize::try_from(step).unwrap_or_default() % frames.len();
        frames.get(position).copied().unwrap_or("*")
    }

    /// How a tone looks.
    #[must_use]
    pub fn style(self, tone: Tone) -> Style {
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
