//! The verdict: one sentence that can be read out, and who acts. Its sign, its word and the bar beside it are
//! different for each kind.

use std::collections::BTreeSet;

use ratatui::{Frame, layout::Rect, text::Line};

use super::paint;
use crate::{
    diagnosis::{Verdict, VerdictStatus},
    text,
    tui::{
        action::Action,
        measure,
        model::{Model, Progress, Run, Setup},
        theme::{Glyph, Theme, Tone},
        time,
    },
};

pub(super) fn draw(model: &Model, run: &Run, frame: &mut Frame, area: Rect) {
    let mut lines = lines(&model.setup, run, area.width);
    let missing = lines.len() > usize::from(area.height);
    lines.truncate(usize::from(area.height));
    if let (true, Some(last)) = (missing, lines.last_mut()) {
        // The whole sentence is in the detail and in every report.
        last.push_span(paint::span(model.setup.theme, Tone::Quiet, model.setup.theme.ellipsis()));
    }
    paint::lines(frame, area, &lines);
}

pub(in crate::tui) fn lines(setup: &Setup, run: &Run, columns: u16) -> Vec<Line<'static>> {
    let block = match (&run.diagnosis.verdict, run.progress) {
        (Some(verdict), _) => judged(setup.theme, verdict),
        (None, Progress::Running) => running(setup.theme, run, usize::from(columns).saturating_sub(4)),
        (None, _) => cancelled(setup, run),
    };
    block.lines(setup.theme, usize::from(columns))
}

/// What is said beside a bar.
struct Block {
    tone: Tone,
    bar: &'static str,
    title: String,
    /// Stands beside the title where there is room, else below the sentence.
    remark: String,
    sentence: String,
}

fn judged(theme: Theme, verdict: &Verdict) -> Block {
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
        remark: verdict.owner.map(|owner| format!("Who acts: {}", owner.title())).unwrap_or_default(),
        sentence: verdict.headline.clone(),
    }
}

fn running(theme: Theme, run: &Run, room: usize) -> Block {
    let (settled, all) = (run.settled(), run.diagnosis.checks.len());
    Block {
        tone: Tone::Accent,
        bar: theme.glyph(Glyph::Column),
        title: format!("{} DIAGNOSING", theme.spinner(run.elapsed)),
        remark: format!("{settled} of {all} checks answered, {}", time::seconds(run.elapsed)),
        sentence: waiting(run, room),
    }
}

fn cancelled(setup: &Setup, run: &Run) -> Block {
    let (settled, all) = (run.settled(), run.diagnosis.checks.len());
    let again = setup.keymap.key_of(Action::Again, false);
    let hint = again.map(|key| format!(" {key} diagnoses again.")).unwrap_or_default();
    Block {
        tone: Tone::Quiet,
        bar: setup.theme.glyph(Glyph::Column),
        title: format!("{} CANCELLED", setup.theme.glyph(Glyph::Cancelled)),
        remark: String::new(),
        sentence: format!("{settled} of {all} checks were answered.{hint}"),
    }
}

/// The calls under way, as many as fit into a line so that the rows below stay where they are; or what the first
/// running check waits for.
fn waiting(run: &Run, room: usize) -> String {
    let under_way: BTreeSet<_> =
        run.facts.calls.iter().filter(|call| call.end.is_none()).map(|call| call.operation).collect();
    let names: Vec<&str> = under_way.iter().map(|operation| operation.action()).collect();
    let sentences = match names.as_slice() {
        [] => {
            let first = run.diagnosis.checks.iter().find(|check| check.status.is_none());
            return first.map(|check| format!("{}: {}", check.id.title(), Run::waits_for(check))).unwrap_or_default();
        }
        [one] => vec![format!("Asking {one}")],
        [one, other] => vec![format!("Asking {one} and {other}"), format!("Asking {one} and 1 more")],
        [one, other, rest @ ..] => {
            let more = rest.len();
            vec![format!("Asking {one}, {other} and {more} more"), format!("Asking {one} and {} more", more + 1)]
        }
    };
    let fitting = sentences.iter().find(|sentence| measure::width(sentence) <= room);
    fitting.cloned().unwrap_or_else(|| format!("Asking {}", text::count(names.len(), "call", "calls")))
}

impl Block {
    fn lines(&self, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        let room = columns.saturating_sub(4);
        let title = measure::cut(&self.title, room, theme.ellipsis());
        let beside = measure::width(&title) + 2 + measure::width(&self.remark) <= room;
        let mut lines = vec![self.line(theme, self.tone, title)];
        lines.extend(measure::wrap(&self.sentence, room).into_iter().map(|line| self.line(theme, Tone::Strong, line)));
        if !beside {
            lines.extend(measure::wrap(&self.remark, room).into_iter().map(|line| self.line(theme, Tone::Plain, line)));
        } else if let Some(first) = lines.first_mut().filter(|_| !self.remark.is_empty()) {
            first.push_span(paint::span(theme, Tone::Plain, format!("  {}", self.remark)));
        }
        lines
    }

    fn line(&self, theme: Theme, tone: Tone, text: String) -> Line<'static> {
        Line::from(vec![paint::span(theme, self.tone, format!("{} ", self.bar)), paint::span(theme, tone, text)])
    }
}
