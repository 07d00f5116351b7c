//! The help: every key, those that do nothing now in a quiet tone.

use ratatui::text::Line;

use super::{actions::is_available_on, writer::build_rule};
use crate::tui::{
    action::Action,
    measure::{pad_text, wrap_text},
    model::{Layer, Model},
    theme::Tone,
};

const KEYS: usize = 16;

pub(crate) fn build_help_rule(model: &Model, columns: u16, below: usize) -> Line<'static> {
    let remark = if below > 0 { format!("{below} more below") } else { String::new() };
    build_rule(model.app.theme, columns, "Keys", &remark, true)
}

/// Returns a line for each action, or more where it does not fit.
pub(crate) fn build_help_lines(model: &Model) -> Vec<Line<'static>> {
    let theme = model.app.theme;
    let columns = usize::from(model.size.width).saturating_sub(2 + KEYS).max(1);
    let beneath = model.layers.iter().rev().find(|layer| !matches!(layer, Layer::Help(_)));
    let mut lines = Vec::new();
    for action in Action::ALL {
        let (key_tone, tone) = if is_available_on(model, beneath, *action) {
            (Tone::Accent, Tone::Plain)
        } else {
            (Tone::Quiet, Tone::Quiet)
        };
        let keys: Vec<String> = model.app.keymap.keys_of(*action).iter().map(ToString::to_string).collect();
        let mut keys = keys.join(" ");
        for text in wrap_text(action.help(), columns) {
            let keys = pad_text(&std::mem::take(&mut keys), KEYS);
            lines.push(Line::from(vec![theme.style_text(key_tone, keys), theme.style_text(tone, text)]));
        }
    }
    lines
}
