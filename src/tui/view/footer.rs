//! The last line: the keys that do something now, the least important dropped first; or a word about the last key.

use ratatui::{Frame, layout::Rect, text::Line, widgets::Clear};

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
        // A path can be longer than a line: then the lines above give way until the next key.
        let lines = measure::wrap(&notice.text, columns);
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(area.y);
        let over = Rect { y: area.bottom().saturating_sub(height), height, ..area };
        frame.render_widget(Clear, over);
        let lines = lines.into_iter().map(|line| Line::from(paint::span(theme, notice.tone, line)));
        paint::lines(frame, over, &lines.collect::<Vec<_>>());
        return;
    }
    let mut spans = Vec::new();
    let mut used = 0;
    for (key, label) in hints(model) {
        let wide = measure::width(&key) + 1 + measure::width(label) + 2;
        if used + wide > columns + 2 {
            continue;
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
    let single = layout::shape(model.size) == Shape::Single;
    let first = (model.layers.is_empty() && single).then_some(&Action::NextPane);
    // One way to a pane is enough to name: Tab where one pane is seen, Enter and Esc elsewhere.
    let other = if single { Action::Confirm } else { Action::NextPane };
    // Arrows are found without being told, and would only fill what is left of the line.
    let is_told = move |action: Action| action != other && !action.moves();
    let on_diagnosis = model.layers.is_empty();
    let rest = Action::ALL.iter().filter(move |action| Some(*action) != first && (!on_diagnosis || is_told(**action)));
    first.into_iter().chain(rest).filter(|action| !action.is_for_the_terminal()).filter_map(|action| {
        let key = model.setup.keymap.key_of(*action, model.typing())?;
        available(model, *action).then(|| (key.to_string(), label(model, *action)))
    })
}
