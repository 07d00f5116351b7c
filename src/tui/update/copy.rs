//! What goes to the clipboard.

use crate::{
    report,
    tui::{action::Action, content::actions::is_available, message::Effect, model::Model, theme::Tone},
};

/// Copies the finding of the marked check.
pub(super) fn copy_finding(model: &mut Model) -> Vec<Effect> {
    let Some(check) = model.run().and_then(|run| run.marked_check()) else { return Vec::new() };
    let finding = format!("{}: {}", check.id.title(), check.summary);
    copy_text(model, "The finding", finding)
}

/// Copies the whole diagnosis as text.
pub(super) fn copy_note(model: &mut Model) -> Vec<Effect> {
    let Some(run) = model.run() else { return Vec::new() };
    let note = report::write_text(&run.diagnosis, report::Glyphs::Unicode, report::Paint::Plain);
    copy_text(model, "The ticket note", note)
}

/// Copies a text. No terminal answers whether it took it, so there is always another way.
pub(super) fn copy_text(model: &mut Model, what: &str, text: String) -> Vec<Effect> {
    let key = model.app.keymap.key_to_show(Action::Write, false).filter(|_| is_available(model, Action::Write));
    let sent = format!("{what} was sent to the clipboard.");
    let message = match key {
        Some(key) => format!("{sent} Not on your clipboard? {key} writes a file."),
        None => sent,
    };
    model.say(message, Tone::Good);
    vec![Effect::Copy(text)]
}
