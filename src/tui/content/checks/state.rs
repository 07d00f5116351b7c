//! What a row says: its sign, its word, its finding, its time.

use crate::{
    report::diagnosis::Check,
    text,
    tui::{
        model::{Progress, Run},
        theme::{Glyph, Theme, Tone},
        time::show_seconds,
    },
};

/// After this time a row names the call that it waits for.
const SLOW_SECONDS: u64 = 2;

/// What a row shows.
pub(super) struct RowState {
    pub(super) glyph: &'static str,
    pub(super) word: &'static str,
    pub(super) tone: Tone,
    pub(super) text_tone: Tone,
    pub(super) finding: String,
    pub(super) time: String,
}

impl RowState {
    pub(super) fn new(theme: Theme, run: &Run, check: &Check) -> Self {
        match (check.status, run.progress) {
            (Some(status), _) => Self {
                glyph: theme.status_glyph(status),
                word: status.word(),
                tone: status.into(),
                text_tone: Tone::Plain,
                finding: check.summary.clone(),
                time: Run::settled_after(check).map_or_else(String::new, show_seconds),
            },
            (None, Progress::Cancelled) => Self {
                glyph: theme.glyph(Glyph::CANCELLED),
                word: "cancelled",
                tone: Tone::Quiet,
                text_tone: Tone::Quiet,
                finding: String::new(),
                time: String::new(),
            },
            // Only what asks something moves.
            (None, _) if Run::slowest_call(check).is_none() => Self {
                glyph: theme.glyph(Glyph::SEPARATOR),
                word: "waiting",
                tone: Tone::Quiet,
                text_tone: Tone::Quiet,
                finding: Run::waits_for(check),
                time: String::new(),
            },
            (None, Progress::Running | Progress::Complete) => Self {
                glyph: theme.spinner_at(run.elapsed),
                word: "running",
                tone: Tone::Accent,
                text_tone: Tone::Quiet,
                finding: describe_wait(run, check),
                time: show_seconds(run.elapsed),
            },
        }
    }
}

/// Returns what a running check waits for; when a call is slow or had to be sent again, that call.
fn describe_wait(run: &Run, check: &Check) -> String {
    for call in &check.evidence {
        if let (None, Some(trouble)) = (&call.end, &call.trouble) {
            let (trouble, action) = (text::clean(trouble), call.operation().action());
            return format!("{trouble}, attempt {}: {action}", call.attempts.max(1));
        }
    }
    match Run::slowest_call(check) {
        Some(call) if run.age_of(call).as_secs() >= SLOW_SECONDS => {
            let region = text::clean(call.region().as_str());
            format!("slow: {} in {region}", call.operation().action())
        }
        _ => check.summary.clone(),
    }
}
