//! The last line: the keys that do something now, the least important dropped first; or a word about the last key.

use ratatui::text::Line;

use super::actions::list_hints;
use crate::tui::{
    measure::{measure_width, wrap_text},
    model::Model,
    theme::Tone,
};

/// Returns one line, or for a long word about the last key more: then the lines above give way until the next key.
pub(crate) fn build_footer_lines(model: &Model, columns: u16) -> Vec<Line<'static>> {
    let theme = model.app.theme;
    let columns = usize::from(columns);
    if let Some(notice) = &model.notice {
        let lines = wrap_text(&notice.text, columns);
        return lines.into_iter().map(|line| theme.style_text(notice.tone, line).into()).collect();
    }
    let mut spans = Vec::new();
    let mut used = 0;
    for (key, label) in list_hints(model) {
        let wide = measure_width(&key) + 1 + measure_width(label) + 2;
        if used + wide > columns + 2 {
            continue;
        }
        used += wide;
        spans.push(theme.style_text(Tone::Accent, key));
        spans.push(theme.style_text(Tone::Plain, format!(" {label}  ")));
    }
    vec![Line::from(spans)]
}
