//! Diagnosing again: what has changed since the last time, and asking again by itself until nothing is wrong.

use super::diagnosis;
use crate::{
    report::list_changes,
    tui::{
        message::Effect,
        model::{Model, Progress},
        theme::Tone,
    },
};

/// Watches the shown user, or no longer.
pub(super) fn toggle_watch(model: &mut Model) -> Vec<Effect> {
    let Some(run) = model.run_mut() else { return Vec::new() };
    run.is_watched = !run.is_watched;
    let (is_watched, is_over, number) = (run.is_watched, run.progress != Progress::Running, run.number);
    let words = if is_watched {
        format!("Watching: asks again every {} s until nothing is wrong", model.app.watch_pause().as_secs())
    } else {
        "No longer watching".to_owned()
    };
    model.say(words, Tone::Accent);
    if is_watched && is_over { vec![Effect::WakeUp { number }] } else { Vec::new() }
}

/// Tells what has changed since the last diagnosis of this user, and goes on watching, or ends it.
pub(super) fn take_in_result(model: &mut Model, number: u64) -> Vec<Effect> {
    let Some(run) = model.run_mut().filter(|run| run.number == number) else { return Vec::new() };
    let is_healthy = run.diagnosis.exit_status() == 0;
    let is_watched = run.is_watched;
    run.is_watched &= !is_healthy;
    let changes = run.earlier.take().map(|earlier| list_changes(Some(earlier.as_ref()), &run.diagnosis));
    if let Some(changes) = changes {
        let words = if changes.is_empty() { "Nothing has changed".to_owned() } else { changes.join("  ") };
        model.say(words, if is_healthy { Tone::Good } else { Tone::Plain });
    }
    match (is_watched, is_healthy) {
        (true, true) => vec![Effect::Bell],
        (true, false) => vec![Effect::WakeUp { number }],
        (false, _) => Vec::new(),
    }
}

/// Asks again, where the user of that diagnosis is still watched and shown.
pub(super) fn wake_up(model: &mut Model, number: u64) -> Vec<Effect> {
    let is_due = model.layers.is_empty()
        && model.run().is_some_and(|run| run.number == number && run.is_watched && run.progress != Progress::Running);
    if is_due { diagnosis::diagnose_again(model) } else { Vec::new() }
}
