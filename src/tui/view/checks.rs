//! The eight rows: glyph and word, title, the finding in one line, the time it took.

mod state;

use ratatui::{
    Frame,
    layout::Rect,
    style::Modifier,
    text::{Line, Span},
};

use self::state::State;
use super::paint;
use crate::{
    diagnosis::{Check, Status},
    text,
    tui::{
        measure,
        model::{Model, Pane, Progress, Run, Subject},
        theme::{Glyph, Theme, Tone},
    },
};

const WORD: usize = 10;
const TITLE: usize = 15;
const TIME: usize = 8;
const INDENT: usize = 4;
/// A finding has at most so many lines of its own: the detail has all of it.
const MOST_BELOW: usize = 3;
/// Under so many columns all findings go below the titles, if lines are free.
const LEAST_BESIDE: usize = 24;
/// Under so many columns the findings are worth more than the times.
const NARROW: usize = 50;

pub(super) fn draw(model: &Model, run: &Run, frame: &mut Frame, area: Rect) {
    let checks = &run.diagnosis.checks;
    let count = checks.len();
    let mut rest = area;
    if usize::from(area.height) > count {
        let focused = model.focus != Pane::Detail;
        let calls = text::count(run.diagnosis.calls as usize, "call", "calls");
        let more = if run.completes() { ", names still coming" } else { "" };
        let done = format!("{} of {count}, {calls}{more}", run.settled());
        paint::lines(frame, area, &[paint::rule(&model.setup, area.width, "Checks", &done, focused)]);
        rest = Rect { y: area.y + 1, height: area.height - 1, ..area };
    }
    let marked = checks.iter().position(|check| run.subject == Subject::Check(check.id)).unwrap_or_default();
    let visible = usize::from(rest.height);
    let first = (marked + 1).saturating_sub(visible.max(1));
    let rows: Vec<Row> =
        checks.iter().skip(first).take(visible).map(|check| Row::of(model, run, check, area)).collect();
    let most = if run.progress == Progress::Running { 1 } else { MOST_BELOW };
    let below = below(&rows, visible, most);
    let lines = rows.iter().zip(below).flat_map(|(row, below)| row.lines(model.setup.theme, below));
    paint::lines(frame, rest, &lines.collect::<Vec<_>>());
}

/// How many lines each row has below itself for its finding: where that does not fit beside the title and lines are
/// free, one for each row, what is not as it should be first; then all that it needs.
fn below(rows: &[Row], lines: usize, most: usize) -> Vec<usize> {
    let mut free = lines.saturating_sub(rows.len());
    let mut below = vec![0; rows.len()];
    for most in [1, most] {
        for calm in [false, true] {
            for (row, below) in rows.iter().zip(&mut below).filter(|(row, _)| row.is_calm == calm && !row.fits()) {
                let more = row.wrapped().len().min(most).saturating_sub(*below).min(free);
                *below += more;
                free -= more;
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

    /// Where little room is beside the titles, all findings go below: rows would move while they settle.
    fn fits(&self) -> bool {
        let finding = measure::width(&self.state.finding);
        finding == 0 || finding <= self.beside() && self.beside() >= LEAST_BESIDE
    }

    /// The finding on lines of its own.
    fn wrapped(&self) -> Vec<String> {
        measure::wrap(&self.state.finding, self.columns.saturating_sub(INDENT))
    }

    /// The same in so many lines; the last one says if something is left out.
    fn below(&self, lines: usize, theme: Theme) -> Vec<String> {
        let mut finding = self.wrapped();
        let rest = finding.split_off(lines.saturating_sub(1).min(finding.len())).join(" ");
        if lines > 0 {
            finding.push(measure::cut(&rest, self.columns.saturating_sub(INDENT), theme.ellipsis()));
        }
        finding
    }

    fn lines(&self, theme: Theme, below: usize) -> Vec<Line<'static>> {
        let State { glyph, word, tone, .. } = self.state;
        let text_tone = if self.is_marked { Tone::Strong } else { self.state.text_tone };
        let title = measure::cut(self.title, self.columns.saturating_sub(INDENT + WORD), theme.ellipsis());
        let title = measure::pad(&title, TITLE);
        let title = if self.is_marked {
            reversed(paint::span(theme, Tone::Strong, title))
        } else {
            paint::span(theme, Tone::Plain, title)
        };
        // Where there is no room at all, the detail has the finding.
        let room = if below > 0 || self.beside() < 8 { 0 } else { self.beside() };
        let finding = measure::cut(&self.state.finding, room, theme.ellipsis());
        let time = if self.time_columns() == 0 { String::new() } else { format!("{:>TIME$}", self.state.time) };
        let mut lines = vec![Line::from(vec![
            paint::span(theme, Tone::Strong, format!("{} ", self.sign)),
            paint::span(theme, tone, format!("{glyph} {}", measure::pad(word, WORD))),
            title,
            paint::span(theme, text_tone, measure::pad(&finding, self.beside())),
            paint::span(theme, Tone::Quiet, time),
        ])];
        lines.extend(
            self.below(below, theme)
                .into_iter()
                .map(|finding| Line::from(vec![Span::raw(" ".repeat(INDENT)), paint::span(theme, text_tone, finding)])),
        );
        lines
    }
}

fn reversed(span: Span<'static>) -> Span<'static> {
    let style = span.style.add_modifier(Modifier::REVERSED);
    span.style(style)
}
