//! A page of wrapped lines.

use ratatui::text::{Line, Span};

use crate::tui::{
    measure,
    theme::{Glyph, Theme, Tone},
};

/// Lines of at most so many columns, written from the top.
pub(super) struct Page {
    theme: Theme,
    columns: usize,
    lines: Vec<Line<'static>>,
    unfolded_at: Option<usize>,
}

impl Page {
    pub(super) fn new(theme: Theme, columns: usize) -> Self {
        Self { theme, columns, lines: Vec::new(), unfolded_at: None }
    }

    /// The lines, and where among them begins what was unfolded.
    pub(super) fn finish(self) -> (Vec<Line<'static>>, Option<usize>) {
        (self.lines, self.unfolded_at)
    }

    /// What is unfolded begins with the next heading.
    pub(super) fn begin_unfolded(&mut self) {
        self.unfolded_at = Some(self.lines.len() + usize::from(!self.lines.is_empty()));
    }

    fn span(&self, tone: Tone, text: impl Into<String>) -> Span<'static> {
        Span::styled(text.into(), self.theme.style(tone))
    }

    /// An empty line between two things: none at the top.
    pub(super) fn blank(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
    }

    /// A heading, with an empty line before it.
    pub(super) fn heading(&mut self, text: &str) {
        self.blank();
        self.toned(Tone::Strong, text);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.toned(Tone::Plain, text);
    }

    pub(super) fn toned(&mut self, tone: Tone, text: &str) {
        self.put("", Tone::Plain, text, tone);
    }

    /// A paragraph beside a prefix: its further lines are indented as far.
    pub(super) fn hanging(&mut self, prefix: &str, text: &str) {
        self.put(prefix, Tone::Quiet, text, Tone::Plain);
    }

    pub(super) fn hanging_strong(&mut self, prefix: &str, text: &str) {
        self.put(prefix, Tone::Strong, text, Tone::Strong);
    }

    pub(super) fn bullet(&mut self, text: &str) {
        let prefix = format!("{} ", self.theme.glyph(Glyph::Bullet));
        self.hanging(&prefix, text);
    }

    /// A prefix in one tone, a paragraph beside it in another; below it, where it takes half of the page.
    pub(super) fn put(&mut self, prefix: &str, prefix_tone: Tone, text: &str, tone: Tone) {
        let mut prefix = prefix.to_owned();
        let mut indent = measure::width(&prefix);
        if indent > self.columns / 2 {
            for line in measure::wrap(prefix.trim_end(), self.columns) {
                self.lines.push(Line::from(self.span(prefix_tone, line)));
            }
            indent = 2.min(self.columns / 2);
            prefix = " ".repeat(indent);
        }
        for line in measure::wrap(text, self.columns.saturating_sub(indent)) {
            let mut spans = Vec::with_capacity(2);
            if indent > 0 {
                spans.push(self.span(prefix_tone, std::mem::replace(&mut prefix, " ".repeat(indent))));
            }
            spans.push(self.span(tone, line));
            self.lines.push(Line::from(spans));
        }
    }

    /// Two texts side by side, or one below the other where there is no room.
    pub(super) fn beside(&mut self, left: (&str, &str), right: (&str, &str)) {
        self.blank();
        let Some((left_columns, right_columns)) = columns_for(left.1, right.1, self.columns) else {
            for (label, text) in [left, right] {
                self.put(&format!("{label:<10}"), Tone::Quiet, text, Tone::Plain);
            }
            return;
        };
        let row = |page: &Self, left: &str, right: &str, tone| {
            let left = measure::pad(left, left_columns + GAP);
            Line::from(vec![page.span(tone, left), page.span(tone, right)])
        };
        let heading = row(self, left.0, right.0, Tone::Quiet);
        self.lines.push(heading);
        let mut lefts = measure::wrap(left.1, left_columns).into_iter();
        let mut rights = measure::wrap(right.1, right_columns).into_iter();
        loop {
            let (left, right) = (lefts.next(), rights.next());
            if left.is_none() && right.is_none() {
                break;
            }
            let line = row(self, &left.unwrap_or_default(), &right.unwrap_or_default(), Tone::Plain);
            self.lines.push(line);
        }
    }
}

/// Between two texts side by side.
const GAP: usize = 3;

/// How wide two texts stand side by side: half of the page each, but one whose longest word, mostly an id, needs
/// more takes it from the other. None where that leaves no room.
fn columns_for(left: &str, right: &str, columns: usize) -> Option<(usize, usize)> {
    const NARROW: usize = 42;
    const LEAST: usize = 16;
    if columns < NARROW {
        return None;
    }
    let longest = |text: &str| text.split(' ').map(measure::width).max().unwrap_or_default().max(LEAST);
    let room = columns - GAP;
    let (least, most) = (longest(left), room.checked_sub(longest(right))?);
    (least <= most).then(|| (room / 2).clamp(least, most)).map(|left| (left, room - left))
}
