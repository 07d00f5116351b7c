//! The help: what the marked finding means, and every key by what it is for; keys that do nothing now in a quiet tone.

use ratatui::text::Line;

use super::{
    actions::is_available_on,
    writer::{LineWriter, build_rule},
};
use crate::tui::{
    action::{Action, Task},
    measure::{pad_text, wrap_text},
    model::{Layer, Model},
    theme::Tone,
};

const KEYS: usize = 16;

pub(crate) fn build_help_rule(model: &Model, columns: u16, below: usize) -> Line<'static> {
    let remark = if below > 0 { format!("{below} more below") } else { String::new() };
    build_rule(model.app.theme, columns, "Help", &remark, true)
}

/// Returns a line for each action, or more where it does not fit.
pub(crate) fn build_help_lines(model: &Model) -> Vec<Line<'static>> {
    let theme = model.app.theme;
    let beneath = model.layers.iter().rev().find(|layer| !matches!(layer, Layer::Help(_)));
    let mut writer = LineWriter::new(theme, usize::from(model.size.width).saturating_sub(2));
    if beneath.is_none() {
        write_meaning(model, &mut writer);
    }
    let columns = usize::from(model.size.width).saturating_sub(2 + KEYS).max(1);
    for task in Task::ALL {
        writer.add_heading(task.title());
        for action in Action::ALL.iter().filter(|action| action.task() == task) {
            let (key_tone, tone) = if is_available_on(model, beneath, *action) {
                (Tone::Accent, Tone::Plain)
            } else {
                (Tone::Quiet, Tone::Quiet)
            };
            let keys: Vec<String> = model.app.keymap.keys_of(*action).iter().map(ToString::to_string).collect();
            let mut keys = keys.join(" ");
            for text in wrap_text(action.help(), columns) {
                let keys = pad_text(&std::mem::take(&mut keys), KEYS);
                writer.lines.push(Line::from(vec![theme.style_text(key_tone, keys), theme.style_text(tone, text)]));
            }
        }
    }
    writer.lines
}

/// Writes what the finding of the marked check means.
fn write_meaning(model: &Model, writer: &mut LineWriter) {
    let Some(check) = model.run().and_then(|run| run.marked_check()) else { return };
    if let Some(entry) = check.cause.and_then(|cause| model.app.catalog.entry_of(cause)) {
        writer.add_heading(&format!("What this means: {}", check.id.title()));
        writer.add_text(Tone::Plain, &entry.meaning());
    }
}
