//! The user's attempts to sign in: a row each, and their steps on demand.

use crate::{
    report::diagnosis::Attempt,
    tui::{
        content::writer::LineWriter,
        model::Run,
        theme::{Glyph, Tone},
    },
};

/// So many attempts are shown.
const MOST: usize = 10;

fn list_shown(run: &Run) -> impl Iterator<Item = &Attempt> {
    run.diagnosis.attempts.iter().flat_map(|attempts| &attempts.attempts).take(MOST)
}

/// Writes when each attempt was, how far it got, its result, and from where it came.
pub(super) fn write_attempts(run: &Run, writer: &mut LineWriter) {
    if list_shown(run).next().is_none() {
        return;
    }
    writer.add_heading("Attempts, the newest first");
    for attempt in list_shown(run) {
        let from = attempt.source_ip.as_ref().map(|address| format!(", from {address}")).unwrap_or_default();
        let row = format!("{}: {}{from}", attempt.reached_words, attempt.result_words);
        writer.add_beside(&format!("{}  ", attempt.when), Tone::Quiet, &row, Tone::Plain);
    }
}

/// Writes the steps of each attempt, with the ids that AWS Support asks for.
pub(super) fn write_steps(run: &Run, writer: &mut LineWriter) {
    let sign = writer.theme.glyph(Glyph::UNFOLDED);
    for attempt in list_shown(run) {
        writer.add_heading(&format!("{sign} Steps of {}", attempt.when));
        attempt.events.iter().for_each(|event| writer.add_bullet(&event.describe(), Tone::Plain));
    }
}
