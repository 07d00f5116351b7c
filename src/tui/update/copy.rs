//! What goes to the clipboard.

use super::{available, choose, notice};
use crate::tui::{action::Action, message::Effect, model::Model, theme::Tone};

/// The command of the fix; where there are several, the person chooses.
pub(super) fn command(model: &mut Model) -> Vec<Effect> {
    let commands: Vec<(String, String)> = match model.run() {
        Some(run) => run.commands().map(|(title, command)| (title.to_owned(), command.to_owned())).collect(),
        None => Vec::new(),
    };
    match commands.as_slice() {
        [] => Vec::new(),
        [(_, command)] => put(model, "The command", command.clone()),
        _ => {
            choose::open_commands(model, commands);
            Vec::new()
        }
    }
}

/// The finding of the marked check.
pub(super) fn finding(model: &mut Model) -> Vec<Effect> {
    let finding = model.run().and_then(|run| {
        let check = run.marked()?;
        Some(format!("{}: {}", check.id.title(), check.summary))
    });
    finding.map(|finding| put(model, "The finding", finding)).unwrap_or_default()
}

/// The whole diagnosis as text.
pub(super) fn note(model: &mut Model) -> Vec<Effect> {
    let note = model.run().map(|run| (model.setup.faces.text)(&run.diagnosis));
    note.map(|note| put(model, "The ticket note", note)).unwrap_or_default()
}

/// No terminal answers whether it took the text, so there is always another way.
pub(super) fn put(model: &mut Model, what: &str, text: String) -> Vec<Effect> {
    let key = model.setup.keymap.key_of(Action::Write, false);
    let other_way = key.filter(|_| available(model, Action::Write));
    let hint = other_way.map(|key| format!(" Not on your clipboard? {key} writes a file.")).unwrap_or_default();
    model.notice = Some(notice(format!("{what} was sent to the clipboard.{hint}"), Tone::Good));
    vec![Effect::Copy(text)]
}
