//! The eight rows: glyph and word, title, the finding in one line, the time it took.

use ratatui::{
    Frame,
    layout::Rect,
    style::Modifier,
    text::{Line, Span},
};

use super::paint;
use crate::{
    diagnosis::Check,
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
    let each = if usize::from(rest.height) >= count * 2 && roomy(area) { 2 } else { 1 };
    let visible = (usize::from(rest.height) / each).max(1);
    let marked = checks.iter().position(|check| run.subject == Subject::Check(check.id)).unwrap_or_default();
    let first = (marked + 1).saturating_sub(visible);
    let rows = checks.iter().skip(first).take(visible).flat_map(|check| row(model, run, check, area.width, each == 2));
    paint::lines(frame, rest, &rows.collect::<Vec<_>>());
}

/// In a narrow column the finding has a line of its own.
fn roomy(area: Rect) -> bool {
    area.width < 100
}

fn row(model: &Model, run: &Run, check: &Check, columns: u16, two_lines: bool) -> Vec<Line<'static>> {
    let theme = model.setup.theme;
    let marked = run.subject == Subject::Check(check.id);
    let state = State::of(theme, run, check);
    let sign = match (marked, model.focus) {
        (false, _) => " ",
        (true, Pane::Detail) => theme.glyph(Glyph::QuietMarker),
        (true, _) => theme.glyph(Glyph::Marker),
    };
    let columns = usize::from(columns).saturating_sub(1);
    let time_columns = if columns < NARROW { 0 } else { TIME };
    let beside = columns.saturating_sub(INDENT + WORD + TITLE + time_columns);
    let title = measure::pad(check.id.title(), TITLE);
    let mut first = vec![
        paint::span(theme, Tone::Strong, format!("{sign} ")),
        paint::span(theme, state.tone, format!("{} {}", state.glyph, measure::pad(state.word, WORD))),
        if marked { reversed(paint::span(theme, Tone::Strong, title)) } else { paint::span(theme, Tone::Plain, title) },
    ];
    let time = if time_columns == 0 { String::new() } else { format!("{:>TIME$}", state.time) };
    let tone = if marked { Tone::Strong } else { state.text_tone };
    if two_lines {
        first.push(Span::raw(" ".repeat(beside)));
        first.push(paint::span(theme, Tone::Quiet, time));
        let finding = measure::cut(&state.finding, columns.saturating_sub(INDENT), theme.ellipsis());
        let second = vec![Span::raw(" ".repeat(INDENT)), paint::span(theme, tone, finding)];
        return vec![Line::from(first), Line::from(second)];
    }
    // Where the finding would have no room at all, the detail has it.
    let finding = if beside < 8 { String::new() } else { measure::cut(&state.finding, beside, theme.ellipsis()) };
    first.push(paint::span(theme, tone, measure::pad(&finding, beside)));
    first.push(paint::span(theme, Tone::Quiet, time));
    vec![Line::from(first)]
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
