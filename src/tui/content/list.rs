//! A small list over what lies beneath.

use ratatui::{style::Modifier, text::Line};

use super::writer::build_rule;
use crate::tui::{
    measure::{measure_width, pad_text},
    model::{List, Model},
    theme::{Glyph, Tone},
};

/// Returns the rule over the rows, of which so many are seen.
pub(crate) fn build_list_rule(model: &Model, list: &List, columns: u16, visible: usize) -> Line<'static> {
    let count = list.rows.len();
    let remark = if count > visible { format!("{} of {count}", list.marked + 1) } else { String::new() };
    build_rule(model.app.theme, columns, &list.title, &remark, true)
}

pub(crate) fn build_list_lines(model: &Model, list: &List, columns: u16) -> Vec<Line<'static>> {
    let theme = model.app.theme;
    let columns = usize::from(columns).saturating_sub(4);
    let widest_label = list.rows.iter().map(|row| measure_width(&row.label)).fold(0, usize::max);
    let widest_remark = list.rows.iter().map(|row| measure_width(&row.remark)).fold(0, usize::max);
    // The names come first; what is said about them gets a third at least, if it needs that.
    let label_columns = widest_label.min(columns.saturating_sub(widest_remark.min(columns / 3) + 2));
    let mut lines = Vec::new();
    for (place, row) in list.rows.iter().enumerate() {
        let is_marked = place == list.marked;
        let sign = if is_marked { theme.glyph(Glyph::MARKER) } else { " " };
        let label = pad_text(&theme.cut_text(&row.label, label_columns), label_columns);
        let mut label = theme.style_text(if is_marked { Tone::Strong } else { Tone::Plain }, label);
        if is_marked {
            label.style = label.style.add_modifier(Modifier::REVERSED);
        }
        let remark = theme.cut_text(&row.remark, columns.saturating_sub(label_columns + 2));
        lines.push(Line::from(vec![
            theme.style_text(Tone::Strong, format!("{sign} ")),
            label,
            theme.style_text(Tone::Quiet, format!("  {remark}")),
        ]));
    }
    lines
}
