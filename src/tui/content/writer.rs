//! Writes wrapped lines, one below the other.

use ratatui::text::Line;

use crate::tui::{
    measure::{measure_width, pad_text, wrap_text},
    theme::{Glyph, Theme, Tone},
};

/// Between two texts side by side.
const GAP: usize = 3;

/// Lines of at most so many columns, written from the top.
pub(super) struct LineWriter {
    pub(super) theme: Theme,
    columns: usize,
    pub(super) lines: Vec<Line<'static>>,
}

impl LineWriter {
    pub(super) fn new(theme: Theme, columns: usize) -> Self {
        Self { theme, columns, lines: Vec::new() }
    }

    /// Adds an empty line between two things: none at the top.
    pub(super) fn add_blank(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
    }

    /// Adds a heading, with an empty line before it.
    pub(super) fn add_heading(&mut self, text: &str) {
        self.add_blank();
        self.add_text(Tone::Strong, text);
    }

    pub(super) fn add_text(&mut self, tone: Tone, text: &str) {
        self.add_beside("", Tone::Plain, text, tone);
    }

    /// Adds a paragraph beside a number or a label.
    pub(super) fn add_item(&mut self, prefix: &str, text: &str) {
        self.add_beside(prefix, Tone::Quiet, text, Tone::Plain);
    }

    pub(super) fn add_bullet(&mut self, text: &str, tone: Tone) {
        let prefix = format!("{} ", self.theme.glyph(Glyph::BULLET));
        self.add_beside(&prefix, Tone::Quiet, text, tone);
    }

    /// Adds a prefix in one tone and a paragraph beside it in another, whose further lines are indented as far; below
    /// the prefix, where that takes half of the line.
    pub(super) fn add_beside(&mut self, prefix: &str, prefix_tone: Tone, text: &str, tone: Tone) {
        let mut prefix = prefix.to_owned();
        let mut indent = measure_width(&prefix);
        if indent > self.columns / 2 {
            for line in wrap_text(prefix.trim_end(), self.columns) {
                self.lines.push(Line::from(self.theme.style_text(prefix_tone, line)));
            }
            indent = 2.min(self.columns / 2);
            prefix = " ".repeat(indent);
        }
        for line in wrap_text(text, self.columns.saturating_sub(indent)) {
            let mut spans = Vec::with_capacity(2);
            if indent > 0 {
                let prefix = std::mem::replace(&mut prefix, " ".repeat(indent));
                spans.push(self.theme.style_text(prefix_tone, prefix));
            }
            spans.push(self.theme.style_text(tone, line));
            self.lines.push(Line::from(spans));
        }
    }

    /// Adds two texts under their labels, side by side, or one below the other where there is no room.
    pub(super) fn add_pair(&mut self, left: (&str, &str), right: (&str, &str)) {
        self.add_blank();
        let Some((left_columns, right_columns)) = divide_columns(left.1, right.1, self.columns) else {
            self.add_item(&format!("{:<10}", left.0), left.1);
            self.add_item(&format!("{:<10}", right.0), right.1);
            return;
        };
        self.add_pair_line(left.0, right.0, left_columns, Tone::Quiet);
        let lefts = wrap_text(left.1, left_columns);
        let rights = wrap_text(right.1, right_columns);
        for number in 0..lefts.len().max(rights.len()) {
            let left = lefts.get(number).map_or("", String::as_str);
            let right = rights.get(number).map_or("", String::as_str);
            self.add_pair_line(left, right, left_columns, Tone::Plain);
        }
    }

    fn add_pair_line(&mut self, left: &str, right: &str, left_columns: usize, tone: Tone) {
        let left = self.theme.style_text(tone, pad_text(left, left_columns + GAP));
        self.lines.push(Line::from(vec![left, self.theme.style_text(tone, right)]));
    }
}

/// Returns how wide two texts stand side by side: half of the line each, but one whose longest word, mostly an id,
/// needs more takes it from the other. None when that leaves no room.
fn divide_columns(left: &str, right: &str, columns: usize) -> Option<(usize, usize)> {
    const NARROW: usize = 42;
    if columns < NARROW {
        return None;
    }
    let room = columns - GAP;
    let (least, most) = (measure_longest_word(left), room.checked_sub(measure_longest_word(right))?);
    (least <= most).then(|| (room / 2).clamp(least, most)).map(|left| (left, room - left))
}

fn measure_longest_word(text: &str) -> usize {
    const LEAST: usize = 16;
    text.split(' ').map(measure_width).fold(LEAST, usize::max)
}

/// Returns a rule with a title at its left end and a remark at its right end. The pane that has the keys has a
/// stronger one.
pub(super) fn build_rule(theme: Theme, columns: u16, title: &str, remark: &str, strong: bool) -> Line<'static> {
    let columns = usize::from(columns);
    let glyph = theme.glyph(if strong { Glyph::STRONG_RULE } else { Glyph::RULE });
    let title = theme.cut_text(title, columns.saturating_sub(8));
    let taken = measure_width(&title) + 4;
    let mut remark = if remark.is_empty() { String::new() } else { format!(" {remark} ") };
    if taken + measure_width(&remark) + 4 > columns {
        remark.clear();
    }
    let tail = if remark.is_empty() { 0 } else { 2 };
    let middle = columns.saturating_sub(taken + measure_width(&remark) + tail);
    let (bar, words) = if strong { (Tone::Accent, Tone::Strong) } else { (Tone::Quiet, Tone::Plain) };
    Line::from(vec![
        theme.style_text(bar, glyph.repeat(2)),
        theme.style_text(words, format!(" {title} ")),
        theme.style_text(bar, glyph.repeat(middle)),
        theme.style_text(Tone::Quiet, remark),
        theme.style_text(bar, glyph.repeat(tail)),
    ])
}
