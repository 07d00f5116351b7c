//! The help: every key, those that do nothing now in a quiet tone.

use ratatui::{Frame, layout::Rect, text::Line};

use super::{footer, paint};
use crate::tui::{
    action::Action,
    layout, measure,
    model::{Layer, Model},
    theme::Tone,
    update::available_on,
};

const KEYS: usize = 16;

pub(super) fn draw(model: &Model, scroll: usize, frame: &mut Frame, area: Rect) {
    let lines = lines(model);
    let visible = usize::from(area.height.saturating_sub(2));
    let scroll = scroll.min(lines.len().saturating_sub(visible));
    let below = lines.len().saturating_sub(scroll + visible);
    let remark = if below > 0 { format!("{below} more below") } else { String::new() };
    paint::lines(frame, area, &[paint::rule(&model.setup, area.width, "Keys", &remark, true)]);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
    paint::lines(frame, paint::inset(body), lines.iter().skip(scroll));
    footer::draw(model, frame, layout::last_line(area));
}

pub(in crate::tui) fn lines(model: &Model) -> Vec<Line<'static>> {
    let theme = model.setup.theme;
    let columns = usize::from(model.size.width).saturating_sub(2 + KEYS).max(1);
    let beneath = model.layers.iter().rev().find(|layer| !matches!(layer, Layer::Help(_)));
    let mut lines = Vec::new();
    for action in Action::ALL {
        let works = available_on(model, beneath, *action);
        let keys: Vec<String> = model.setup.keymap.keys(*action).iter().map(ToString::to_string).collect();
        let tone = if works { Tone::Plain } else { Tone::Quiet };
        for (number, text) in measure::wrap(action.help(), columns).into_iter().enumerate() {
            let keys = if number == 0 { keys.join(" ") } else { String::new() };
            lines.push(Line::from(vec![
                paint::span(theme, if works { Tone::Accent } else { Tone::Quiet }, measure::pad(&keys, KEYS)),
                paint::span(theme, tone, text),
            ]));
        }
    }
    lines
}
