//! What several views draw: rules, spans, lines that fit.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use crate::tui::{
    measure,
    model::{Model, Setup},
    theme::{Glyph, Theme, Tone},
};

pub(super) fn span(theme: Theme, tone: Tone, text: impl Into<String>) -> Span<'static> {
    Span::styled(text.into(), theme.style(tone))
}

/// Draws lines from the top of an area; what does not fit is left out.
pub(super) fn lines<'line>(frame: &mut Frame, area: Rect, lines: impl IntoIterator<Item = &'line Line<'static>>) {
    for (row, line) in area.rows().zip(lines) {
        frame.render_widget(line, row);
    }
}

/// A rule with a title at its left end and a remark at its right end. The pane that has the keys has a
/// stronger one.
pub(super) fn rule(setup: &Setup, columns: u16, title: &str, remark: &str, strong: bool) -> Line<'static> {
    let theme = setup.theme;
    let columns = usize::from(columns);
    let glyph = theme.glyph(if strong { Glyph::StrongRule } else { Glyph::Rule });
    let title = measure::cut(title, columns.saturating_sub(8), theme.ellipsis());
    let taken = measure::width(&title) + 4;
    let mut remark = if remark.is_empty() { String::new() } else { format!(" {remark} ") };
    if taken + measure::width(&remark) + 4 > columns {
        remark.clear();
    }
    let tail = if remark.is_empty() { 0 } else { 2 };
    let middle = columns.saturating_sub(taken + measure::width(&remark) + tail);
    let (bar, words) = if strong { (Tone::Accent, Tone::Strong) } else { (Tone::Quiet, Tone::Plain) };
    Line::from(vec![
        span(theme, bar, glyph.repeat(2)),
        span(theme, words, format!(" {title} ")),
        span(theme, bar, glyph.repeat(middle)),
        span(theme, Tone::Quiet, remark),
        span(theme, bar, glyph.repeat(tail)),
    ])
}

/// The line between two columns.
pub(super) fn column(model: &Model, frame: &mut Frame, area: Rect) {
    let theme = model.setup.theme;
    for row in area.rows() {
        frame.render_widget(span(theme, Tone::Quiet, theme.glyph(Glyph::Column)), row);
    }
}

/// The area without a column at either side.
pub(super) fn inset(area: Rect) -> Rect {
    Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(2), ..area }
}
