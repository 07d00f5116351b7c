//! The top of the first block: what is the matter in a few words, and who it is about. Its sign, its word and the bar
//! beside it are different for each kind.

use std::{collections::BTreeSet, time::Duration};

use ratatui::text::Line;

use super::people::describe_reading;
use crate::{
    facts::Call,
    report::diagnosis::Verdict,
    text,
    tui::{
        action::Action,
        measure::{measure_width, wrap_text},
        model::{AppContext, Progress, Run},
        theme::{Glyph, Theme, Tone},
        time::show_seconds,
    },
};

/// After this time without an answer it is said what is waited for.
const HANG: Duration = Duration::from_secs(3);

/// What is said beside a bar.
struct Block {
    tone: Tone,
    bar: &'static str,
    title: String,
    /// Stands below the title; may be empty.
    sentence: String,
}

/// Returns the title with the person beside it, and below it the sentence that is the matter, or how far the diagnosis is.
pub(super) fn build_verdict_lines(
    app: &AppContext,
    run: &Run,
    columns: u16,
    with_headline: bool,
) -> Vec<Line<'static>> {
    let room = usize::from(columns).saturating_sub(3);
    let block = match (&run.diagnosis.verdict, run.progress) {
        (Some(verdict), _) => describe_verdict(app.theme, verdict, with_headline),
        (None, Progress::Running) => describe_progress(app, run, room),
        (None, _) => describe_cancelled(app, run),
    };
    let found_by = run.diagnosis.found_by.as_ref().map(|way| format!("Found {way}."));
    let reading = describe_people_reading(app, run).filter(|_| run.diagnosis.verdict.is_some());
    block.build_lines(app.theme, run, room, found_by.or(reading))
}

fn describe_verdict(theme: Theme, verdict: &Verdict, with_headline: bool) -> Block {
    let (glyph, bar) = theme.verdict_glyphs(verdict.status);
    let word = verdict.status.word().to_uppercase();
    let title = verdict.title.to_uppercase();
    let separator = if title.is_empty() { String::new() } else { theme.separator() };
    Block {
        tone: verdict.status.into(),
        bar,
        title: format!("{glyph} {word}{separator}{title}"),
        sentence: if with_headline { verdict.headline.clone() } else { String::new() },
    }
}

fn describe_progress(app: &AppContext, run: &Run, room: usize) -> Block {
    let (settled, all) = (run.count_settled(), run.diagnosis.checks.len());
    let elapsed = show_seconds(run.elapsed);
    Block {
        tone: Tone::Accent,
        bar: app.theme.glyph(Glyph::COLUMN),
        title: format!("{} DIAGNOSING  {settled} of {all} checks, {elapsed}", app.theme.spinner_at(run.elapsed)),
        sentence: describe_hang(app, run)
            .or_else(|| describe_people_reading(app, run))
            .unwrap_or_else(|| describe_calls_under_way(run, room)),
    }
}

fn describe_cancelled(app: &AppContext, run: &Run) -> Block {
    let (settled, all) = (run.count_settled(), run.diagnosis.checks.len());
    let answered = format!("{settled} of {all} checks were answered.");
    Block {
        tone: Tone::Quiet,
        bar: app.theme.glyph(Glyph::COLUMN),
        title: format!("{} CANCELLED", app.theme.glyph(Glyph::CANCELLED)),
        sentence: match app.keymap.key_to_show(Action::Again, false) {
            Some(key) => format!("{answered} {key} diagnoses again."),
            None => answered,
        },
    }
}

/// Returns how far the directories were read for the person, while they are, and the key that stops it.
fn describe_people_reading(app: &AppContext, run: &Run) -> Option<String> {
    if !run.is_reading_people() {
        return None;
    }
    let progress = describe_reading(app.theme, &run.reading);
    let stops = app.keymap.key_to_show(Action::Back, false).map_or_else(String::new, |key| format!(", {key} stops"));
    Some(format!("{progress}{stops}"))
}

/// Returns what is waited for and for how long at most, when nothing has come for a while.
fn describe_hang(app: &AppContext, run: &Run) -> Option<String> {
    let open = run.facts.calls.iter().filter(|call| call.end.is_none());
    let slowest = open.min_by_key(|call| call.started_ms)?;
    let age = run.age_of(slowest);
    if age < HANG {
        return None;
    }
    let waited = format!(
        "AWS has not answered {} for {} s. It may be the network: check VPN and proxy. This goes on for {} s at most.",
        slowest.operation().action(),
        age.as_secs(),
        app.timeout.as_secs(),
    );
    Some(match app.keymap.key_to_show(Action::Back, false) {
        Some(key) => format!("{waited} {key} stops."),
        None => waited,
    })
}

/// Returns the calls under way, as many as fit into a line so that the rows below stay where they are; or what the
/// first running check waits for.
fn describe_calls_under_way(run: &Run, room: usize) -> String {
    let under_way: BTreeSet<_> =
        run.facts.calls.iter().filter(|call| call.end.is_none()).map(Call::operation).collect();
    let names: Vec<&str> = under_way.iter().map(|operation| operation.action()).collect();
    let sentences = match names.as_slice() {
        [] => {
            return match run.diagnosis.checks.iter().find(|check| check.status.is_none()) {
                Some(check) => format!("{}: {}", check.id.title(), Run::waits_for(check)),
                None => String::new(),
            };
        }
        [one] => vec![format!("Asking {one}")],
        [one, other] => vec![format!("Asking {one} and {other}"), format!("Asking {one} and 1 more")],
        [one, other, rest @ ..] => {
            let more = rest.len();
            vec![format!("Asking {one}, {other} and {more} more"), format!("Asking {one} and {} more", more + 1)]
        }
    };
    let fitting = sentences.into_iter().find(|sentence| measure_width(sentence) <= room);
    fitting.unwrap_or_else(|| format!("Asking {}", text::count(names.len(), "call", "calls")))
}

impl Block {
    fn build_lines(&self, theme: Theme, run: &Run, room: usize, remark: Option<String>) -> Vec<Line<'static>> {
        let bar = theme.style_text(self.tone, format!("{} ", self.bar));
        let user = run.diagnosis.user.clone();
        let name = run.diagnosis.display_name.as_ref();
        let person = name.map_or_else(|| user.clone(), |name| format!("{name}{}{user}", theme.separator()));
        let wide = measure_width(&self.title);
        let beside = [&person, &user].into_iter().find(|words| wide + 2 + measure_width(words) <= room);
        let mut lines = Vec::new();
        if let Some(words) = beside {
            let gap = room - wide - measure_width(words);
            lines.push(Line::from(vec![
                bar.clone(),
                theme.style_text(self.tone, self.title.clone()),
                theme.style_text(Tone::Plain, " ".repeat(gap)),
                theme.style_text(Tone::Strong, words.clone()),
            ]));
        } else {
            for (tone, piece) in [(self.tone, &self.title), (Tone::Strong, &person)] {
                let wrapped = wrap_text(piece, room).into_iter();
                lines.extend(wrapped.map(|line| Line::from(vec![bar.clone(), theme.style_text(tone, line)])));
            }
        }
        let below = [(Tone::Plain, self.sentence.clone()), (Tone::Quiet, remark.unwrap_or_default())];
        for (tone, sentence) in below.into_iter().filter(|(_, sentence)| !sentence.is_empty()) {
            let wrapped = wrap_text(&sentence, room).into_iter();
            lines.extend(wrapped.map(|line| Line::from(vec![bar.clone(), theme.style_text(tone, line)])));
        }
        lines
    }
}
