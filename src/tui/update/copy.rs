//! What goes to the clipboard.

use crate::tui::{
    action::Action,
    content::{actions::is_available, note::write_note},
    message::{Effect, Reached},
    model::Model,
    theme::Tone,
};

/// Copies what to say to the caller.
pub(super) fn copy_say(model: &Model) -> Vec<Effect> {
    let Some(verdict) = model.run().and_then(|run| run.diagnosis.verdict.as_ref()) else { return Vec::new() };
    copy_text("What to say", verdict.say.clone())
}

/// Copies the finding of the marked check.
pub(super) fn copy_finding(model: &Model) -> Vec<Effect> {
    let Some(check) = model.run().and_then(|run| run.marked_check()) else { return Vec::new() };
    copy_text("The finding", format!("{}: {}", check.id.title(), check.summary))
}

/// Copies the note for a ticket.
pub(super) fn copy_note(model: &Model) -> Vec<Effect> {
    let Some(run) = model.run() else { return Vec::new() };
    copy_text("The ticket note", write_note(run))
}

/// Copies a text.
pub(super) fn copy_text(what: &'static str, text: impl Into<String>) -> Vec<Effect> {
    vec![Effect::Copy { what, text: text.into() }]
}

/// Says how far a text came. No terminal answers whether it took one, so there is always another way.
pub(super) fn tell_how_far(model: &mut Model, what: &str, reached: Reached) {
    let key = model.app.keymap.key_to_show(Action::ViewNote, false).filter(|_| is_available(model, Action::ViewNote));
    let message = match (reached, key) {
        (Reached::Clipboard, _) => format!("{what} is on the clipboard."),
        (Reached::Terminal, Some(key)) => {
            format!("{what} was sent to the terminal's clipboard. If nothing arrives, {key} shows the note.")
        }
        (Reached::Terminal, None) => format!("{what} was sent to the terminal's clipboard."),
    };
    model.say(message, Tone::Good);
}
