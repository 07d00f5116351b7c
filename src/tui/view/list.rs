//! A small list over what lies beneath.

use ratatui::{Frame, layout::Rect, style::Modifier, text::Line};

use super::paint;
use crate::tui::{
    measure,
    model::{List, Model, Row},
    theme::{Glyph, Tone},
};

/// Where the list goes: over the lower part, with the footer free.
pub(super) fn area(list: &List, area: Rect) -> Rect {
    let room = area.height.saturating_sub(2);
    let rows = u16::try_from(list.rows.len() + 2).unwrap_or(u16::MAX).min(room);
    Rect { y: area.bottom().saturating_sub(rows + 1), height: rows, ..area }
}

pub(super) fn draw(model: &Model, list: &List, frame: &mut Frame, area: Rect) {
    let theme = model.setup.theme;
    let visible = usize::from(area.height.saturating_sub(2)).max(1);
    let first = (list.marked + 1).saturating_sub(visible);
    let columns = usize::from(area.width).saturating_sub(4);
    let widest =
        |text: fn(&Row) -> &str| list.rows.iter().map(|row| measure::width(text(row))).max().unwrap_or_default();
    // The names come first; what is said about them gets a third at least, if it needs that.
    let remarks = widest(|row| &row.remark).min(columns / 3);
    let label_columns = widest(|row| &row.label).min(columns.saturating_sub(remarks + 2));
    let remark =
        if list.rows.len() > visible { format!("{} of {}", list.marked + 1, list.rows.len()) } else { String::new() };
    let mut lines = vec![paint::rule(&model.setup, area.width, list.title, &remark, true)];
    for (place, row) in list.rows.iter().enumerate().skip(first).take(visible) {
        let marked = place == list.marked;
        let sign = if marked { theme.glyph(Glyph::Marker) } else { " " };
        let label = measure::pad(&measure::cut(&row.label, label_columns, theme.ellipsis()), label_columns);
        let remark = measure::cut(&row.remark, columns.saturating_sub(label_columns + 2), theme.ellipsis());
        let mut label = paint::span(theme, if marked { Tone::Strong } else { Tone::Plain }, label);
        if marked {
            label.style = label.style.add_modifier(Modifier::REVERSED);
        }
        lines.push(Line::from(vec![
            paint::span(theme, Tone::Strong, format!("{sign} ")),
            label,
            paint::span(theme, Tone::Quiet, format!("  {remark}")),
        ]));
    }
    paint::lines(frame, area, &lines);
}
