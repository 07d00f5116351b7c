//! The last line: the keys that do something now, the least important dropped first; or a word about the last key.

use ratatui::{Frame, layout::Rect, text::Line};

use super::paint;
use crate::tui::{
    action::Action,
    layout::{self, Shape},
    measure,
    model::Model,
    theme::Tone,
    update::{available, label},
};

pub(super) fn draw(model: &Model, frame: &mut Frame, area: Rect) {
    let theme = model.setup.theme;
    let area = paint::inset(area);
    let columns = usize::from(area.width);
    if let Some(notice) = &model.notice {
        let text = measure::cut(&notice.text, columns, theme.ellipsis());
        frame.render_widget(paint::span(theme, notice.tone, text), area);
        return;
    }
    let mut spans = Vec::new();
    let mut used = 0;
    for (key, label) in hints(model) {
        let wide = measure::width(&key) + 1 + measure::width(label) + 2;
        if used + wide > columns + 2 {
            break;
        }
        used += wide;
        spans.push(paint::span(theme, Tone::Accent, key));
        spans.push(paint::span(theme, Tone::Plain, format!(" {label}  ")));
    }
    frame.render_widget(Line::from(spans), area);
}

/// Keys and words of what works now, the most important first. Where one pane hides the others, that is the
/// way to them.
pub(super) fn hints(model: &Model) -> impl Iterator<Item = (String, &'static str)> {
    let single = model.layers.is_empty() && layout::shape(model.size) == Shape::Single;
    let first = single.then_some(&Action::NextPane);
    let rest = Action::ALL.iter().filter(move |action| Some(*action) != first);
    first.into_iter().chain(rest).filter_map(|action| {
        let key = model.setup.keymap.key_of(*action, model.typing())?;
        available(model, *action).then(|| (key.to_string(), label(model, *action)))
    })
}
