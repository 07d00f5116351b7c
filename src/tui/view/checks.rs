//! The eight rows: glyph and word, title, the finding in one line, the time it took.

use ratatui::{
    Frame,
    layout::Rect,
    style::Modifier,
    text::{Line, Span},
};

use super::paint;
use crate::{
    diagnosis::{Check, Status},
    text,
    tui::{
        measure,
        model::{Model, Pane, Progress, Run, Subject},
        theme::{Glyph, Theme, Tone},
        time,
    },
};

/// After this time a row names the call that it waits for.
const SLOW_SECONDS: u64 = 2;
const WORD: usize = 10;
const TITLE: usize = 15;
const TIME: usize = 8;
const INDENT: usize = 4;
/// Under so many columns the findings are worth more than the times.
const NARROW: usize = 50;

pub(super) fn draw(model: &Model, run: &Run, frame: &mut Frame, area: Rect) {
    let checks = &run.diagnosis.checks;
    let count = checks.len();
    let mut rest = area;
    if usize::from(area.height) > count {
        let focused = model.focus != Pane::Detail;
        let done =
            format!("{} of {count}, {}", run.settled(), text::count(run.diagnosis.calls as usize, "call", "calls"));
        paint::lines(frame, area, &[paint::rule(&model.setup, area.width, "Checks", &done, focused)]);
        rest = Rect { y: area.y + 1, height: area.height - 1, ..area };
    }
    let marked = checks.iter().position(|check| run.subject == Subject::Check(check.id)).unwrap_or_default();
    let visible = usize::from(rest.height);
    let first = (marked + 1).saturating_sub(visible.max(1));
    let rows: Vec<Row> =
        checks.iter().skip(first).take(visible).map(|check| Row::of(model, run, check, area)).collect();
    let below = below(&rows, visible);
    let lines = rows.iter().zip(below).flat_map(|(row, below)| row.lines(model.setup.theme, below));
    paint::lines(frame, rest, &lines.collect::<Vec<_>>());
}

/// Which rows have their finding on a line of its own: where it does not fit beside the title and lines are free,
/// what is not as it should be first.
fn below(rows: &[Row], lines: usize) -> Vec<bool> {
    let mut free = lines.saturating_sub(rows.len());
    let mut below = vec![false; rows.len()];
    for calm in [false, true] {
        for (row, below) in rows.iter().zip(&mut below) {
            if free > 0 && row.is_calm == calm && !row.fits() {
                *below = true;
                free -= 1;
            }
        }
    }
    below
}

/// One row, before it is laid out.
struct Row {
    state: State,
    title: &'static str,
    sign: &'static str,
    is_marked: bool,
    is_calm: bool,
    columns: usize,
}

impl Row {
    fn of(model: &Model, run: &Run, check: &Check, area: Rect) -> Self {
        let theme = model.setup.theme;
        let is_marked = run.subject == Subject::Check(check.id);
        let sign = match (is_marked, model.focus) {
            (false, _) => " ",
            (true, Pane::Detail) => theme.glyph(Glyph::QuietMarker),
            (true, _) => theme.glyph(Glyph::Marker),
        };
        Self {
            state: State::of(theme, run, check),
            title: check.id.title(),
            sign,
            is_marked,
            is_calm: matches!(check.status, Some(Status::Pass | Status::Skipped)),
            columns: usize::from(area.width).saturating_sub(1),
        }
    }

    fn time_columns(&self) -> usize {
        if self.columns < NARROW { 0 } else { TIME }
    }

    /// The columns beside the title.
    fn beside(&self) -> usize {
        self.columns.saturating_sub(INDENT + WORD + TITLE + self.time_columns())
    }

    fn fits(&self) -> bool {
        measure::width(&self.state.finding) <= self.beside()
    }

    fn lines(&self, theme: Theme, below: bool) -> Vec<Line<'static>> {
        let State { glyph, word, tone, .. } = self.state;
        let text_tone = if self.is_marked { Tone::Strong } else { self.state.text_tone };
        let title = measure::pad(self.title, TITLE);
        let title = if self.is_marked {
            reversed(paint::span(theme, Tone::Strong, title))
        } else {
            paint::span(theme, Tone::Plain, title)
        };
        // Where there is no room at all, the detail has the finding.
        let room = if below || self.beside() < 8 { 0 } else { self.beside() };
        let finding = measure::cut(&self.state.finding, room, theme.ellipsis());
        let time = if self.time_columns() == 0 { String::new() } else { format!("{:>TIME$}", self.state.time) };
        let mut lines = vec![Line::from(vec![
            paint::span(theme, Tone::Strong, format!("{} ", self.sign)),
            paint::span(theme, tone, format!("{glyph} {}", measure::pad(word, WORD))),
            title,
            paint::span(theme, text_tone, measure::pad(&finding, self.beside())),
            paint::span(theme, Tone::Quiet, time),
        ])];
        if below {
            let finding = measure::cut(&self.state.finding, self.columns.saturating_sub(INDENT), theme.ellipsis());
            lines.push(Line::from(vec![Span::raw(" ".repeat(INDENT)), paint::span(theme, text_tone, finding)]));
        }
        lines
    }
}

fn reversed(span: Span<'static>) -> Span<'static> {
    let style = span.style.add_modifier(Modifier::REVERSED);
    span.style(style)
}

/// What a row shows.
struct State {
    glyph: &'static str,
    word: &'static str,
    tone: Tone,
    text_tone: Tone,
    finding: String,
    time: String,
}

impl State {
    fn of(theme: Theme, run: &Run, check: &Check) -> Self {
        match (check.status, run.progress) {
            (Some(status), _) => Self {
                glyph: theme.status_glyph(status),
                word: status.word(),
                tone: status.into(),
                text_tone: Tone::Plain,
                finding: check.summary.clone(),
                time: Run::settled_after(check).map(time::seconds).unwrap_or_default(),
            },
            (None, Progress::Cancelled) => Self {
                glyph: theme.glyph(Glyph::Cancelled),
                word: "cancelled",
                tone: Tone::Quiet,
                text_tone: Tone::Quiet,
                finding: String::new(),
                time: String::new(),
            },
            // Only what asks something moves.
            (None, _) if Run::slowest_call(check).is_none() => Self {
                glyph: theme.glyph(Glyph::Separator),
                word: "waiting",
                tone: Tone::Quiet,
                text_tone: Tone::Quiet,
                finding: check.summary.clone(),
                time: String::new(),
            },
            (None, Progress::Running | Progress::Complete) => Self {
                glyph: theme.spinner(run.elapsed),
                word: "running",
                tone: Tone::Accent,
                text_tone: Tone::Quiet,
                finding: waits_for(run, check),
                time: time::seconds(run.elapsed),
            },
        }
    }
}

/// What a running check waits for; when a call is slow or had to be sent again, that call.
fn waits_for(run: &Run, check: &Check) -> String {
    let troubled = check.evidence.iter().find(|call| call.end.is_none() && call.trouble.is_some());
    if let Some(call) = troubled {
        let trouble = call.trouble.as_deref().map(text::clean).unwrap_or_default();
        return format!("{trouble}, attempt {}: {}", call.attempts.max(1), call.operation.action());
    }
    match Run::slowest_call(check) {
        Some(call) if run.age(call).as_secs() >= SLOW_SECONDS => {
            let region = call.region.as_ref().map(|region| format!(" in {}", text::clean(region.as_str())));
            format!("slow: {}{}", call.operation.action(), region.unwrap_or_default())
        }
        _ => check.summary.clone(),
    }
}
