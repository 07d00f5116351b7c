//! The verdict: one sentence that can be read out, and who acts. Its sign, its word and the bar beside it are
//! different for each kind.

use std::collections::BTreeSet;

use ratatui::text::Line;

use crate::{
    facts::Call,
    report::diagnosis::{Verdict, VerdictStatus},
    text,
    tui::{
        action::Action,
        measure::{measure_width, wrap_text},
        model::{AppContext, Progress, Run},
        theme::{Glyph, Theme, Tone},
        time::show_seconds,
    },
};

/// What is said beside a bar.
struct Block {
    tone: Tone,
    bar: &'static str,
    title: String,
    /// Stands beside the title where there is room, else below the sentence.
    remark: String,
    sentence: String,
}

/// Returns the verdict, or how far the diagnosis is.
pub(crate) fn build_verdict_lines(app: &AppContext, run: &Run, columns: u16) -> Vec<Line<'static>> {
    let room = usize::from(columns).saturating_sub(4);
    let block = match (&run.diagnosis.verdict, run.progress) {
        (Some(verdict), _) => describe_verdict(app.theme, verdict),
        (None, Progress::Running) => describe_progress(app.theme, run, room),
        (None, _) => describe_cancelled(app, run),
    };
    block.build_lines(app.theme, room)
}

fn describe_verdict(theme: Theme, verdict: &Verdict) -> Block {
    let (glyph, bar) = theme.verdict_glyphs(verdict.status);
    let word = match verdict.status {
        VerdictStatus::Problem => "PROBLEM",
        VerdictStatus::Suspect => "SUSPECT",
        VerdictStatus::Inconclusive => "COULD NOT TELL",
        VerdictStatus::Healthy => "NOTHING WRONG FOUND",
    };
    Block {
        tone: verdict.status.into(),
        bar,
        title: format!("{glyph} {word}"),
        remark: verdict.owner.map_or_else(String::new, |owner| format!("Who acts: {}", owner.title())),
        sentence: verdict.headline.clone(),
    }
}

fn describe_progress(theme: Theme, run: &Run, room: usize) -> Block {
    let (settled, all) = (run.count_settled(), run.diagnosis.checks.len());
    Block {
        tone: Tone::Accent,
        bar: theme.glyph(Glyph::COLUMN),
        title: format!("{} DIAGNOSING", theme.spinner_at(run.elapsed)),
        remark: format!("{settled} of {all} checks answered, {}", show_seconds(run.elapsed)),
        sentence: describe_calls_under_way(run, room),
    }
}

fn describe_cancelled(app: &AppContext, run: &Run) -> Block {
    let (settled, all) = (run.count_settled(), run.diagnosis.checks.len());
    let answered = format!("{settled} of {all} checks were answered.");
    Block {
        tone: Tone::Quiet,
        bar: app.theme.glyph(Glyph::COLUMN),
        title: format!("{} CANCELLED", app.theme.glyph(Glyph::CANCELLED)),
        remark: String::new(),
        sentence: match app.keymap.key_to_show(Action::Again, false) {
            Some(key) => format!("{answered} {key} diagnoses again."),
            None => answered,
        },
    }
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
    fn build_lines(&self, theme: Theme, room: usize) -> Vec<Line<'static>> {
        let title = theme.cut_text(&self.title, room);
        let is_beside = measure_width(&title) + 2 + measure_width(&self.remark) <= room;
        let mut pieces = vec![(self.tone, title)];
        pieces.extend(wrap_text(&self.sentence, room).into_iter().map(|line| (Tone::Strong, line)));
        if !is_beside {
            pieces.extend(wrap_text(&self.remark, room).into_iter().map(|line| (Tone::Plain, line)));
        }
        let bar = theme.style_text(self.tone, format!("{} ", self.bar));
        let mut lines: Vec<Line> = pieces
            .into_iter()
            .map(|(tone, line)| Line::from(vec![bar.clone(), theme.style_text(tone, line)]))
            .collect();
        if let Some(first) = lines.first_mut().filter(|_| is_beside && !self.remark.is_empty()) {
            first.push_span(theme.style_text(Tone::Plain, format!("  {}", self.remark)));
        }
        lines
    }
}
