//! The rows of the checks: glyph and word, title, the finding in one line, the time it took.

mod state;
pub(crate) mod strip;

use std::ops::RangeInclusive;

use ratatui::{
    style::Modifier,
    text::{Line, Span},
};

use self::state::RowState;
use super::writer::build_rule;
use crate::{
    checks::Status,
    report::diagnosis::Check,
    text,
    tui::{
        measure::{measure_width, pad_text, wrap_text},
        model::{Model, Pane, Progress, Run, Subject},
        theme::{Glyph, Theme, Tone},
    },
};

const WORD: usize = 10;
/// The titles have as many columns as the longest of them, between these.
const TITLE: RangeInclusive<usize> = 12..=20;
const TIME: usize = 8;
const INDENT: usize = 4;
/// A finding has at most so many lines of its own: the detail has all of it.
const MOST_BELOW: usize = 3;
/// Under so many columns all findings go below the titles, if lines are free.
const LEAST_BESIDE: usize = 24;

/// Returns the rule over the rows, which says how far the diagnosis is.
pub(crate) fn build_checks_rule(model: &Model, run: &Run, columns: u16) -> Line<'static> {
    let calls = text::count(run.diagnosis.calls as usize, "call", "calls");
    let more = run.describe_completing().map(|what| format!(", {what}")).unwrap_or_default();
    let done = format!("{} of {}, {calls}{more}", run.count_settled(), run.diagnosis.checks.len());
    build_rule(model.app.theme, columns, "Checks", &done, model.focus == Pane::Checks)
}

/// Returns the lines of each row, which together take no more than that many lines while there is one for each.
pub(crate) fn build_check_rows(model: &Model, run: &Run, columns: u16, lines: usize) -> Vec<Vec<Line<'static>>> {
    let rows: Vec<Row> = run.diagnosis.checks.iter().map(|check| Row::new(model, run, check, columns)).collect();
    let most = if run.progress == Progress::Running { 1 } else { MOST_BELOW };
    let below = share_free_lines(&rows, lines, most);
    rows.iter().zip(below).map(|(row, below)| row.build_lines(model.app.theme, below)).collect()
}

/// Returns how many lines each row has below itself for its finding: where that does not fit beside the title and lines
/// are free, one for each row, what is not as it should be first; then all that it needs.
fn share_free_lines(rows: &[Row], lines: usize, most: usize) -> Vec<usize> {
    let mut free = lines.saturating_sub(rows.len());
    let mut below = vec![0; rows.len()];
    for most in [1, most] {
        for calm in [false, true] {
            for (row, below) in rows.iter().zip(&mut below).filter(|(row, _)| row.is_calm == calm && !row.fits()) {
                let more = row.wrap_finding().len().min(most).saturating_sub(*below).min(free);
                *below += more;
                free -= more;
            }
        }
    }
    below
}

/// Returns how many columns the titles have, the blank behind them included.
fn measure_titles(run: &Run) -> usize {
    let widest = run.diagnosis.checks.iter().map(|check| measure_width(check.id.title())).fold(0, usize::max);
    (widest + 1).clamp(*TITLE.start(), *TITLE.end())
}

/// One row, before it is laid out.
struct Row {
    state: RowState,
    title: &'static str,
    sign: &'static str,
    is_marked: bool,
    is_calm: bool,
    columns: usize,
    title_columns: usize,
}

impl Row {
    fn new(model: &Model, run: &Run, check: &Check, columns: u16) -> Self {
        let theme = model.app.theme;
        let is_marked = run.subject == Subject::Check(check.id);
        let sign = match (is_marked, model.focus) {
            (false, _) => " ",
            (true, Pane::Detail) => theme.glyph(Glyph::QUIET_MARKER),
            (true, Pane::Checks) => theme.glyph(Glyph::MARKER),
        };
        Self {
            state: RowState::new(theme, run, check),
            title: check.id.title(),
            sign,
            is_marked,
            is_calm: matches!(check.status, Some(Status::Pass | Status::Skipped)),
            columns: usize::from(columns).saturating_sub(1),
            title_columns: measure_titles(run),
        }
    }

    fn columns_beside_title(&self) -> usize {
        self.columns.saturating_sub(INDENT + WORD + self.title_columns + TIME)
    }

    /// Where little room is beside the titles, all findings go below: rows would move while they settle.
    fn fits(&self) -> bool {
        let (finding, beside) = (measure_width(&self.state.finding), self.columns_beside_title());
        finding == 0 || finding <= beside && beside >= LEAST_BESIDE
    }

    fn wrap_finding(&self) -> Vec<String> {
        wrap_text(&self.state.finding, self.columns.saturating_sub(INDENT))
    }

    /// Returns the finding in so many lines; the last one says if something is left out.
    fn cut_finding(&self, theme: Theme, lines: usize) -> Vec<String> {
        let mut finding = self.wrap_finding();
        let rest = finding.split_off(lines.saturating_sub(1).min(finding.len())).join(" ");
        if lines > 0 {
            finding.push(theme.cut_text(&rest, self.columns.saturating_sub(INDENT)));
        }
        finding
    }

    fn build_lines(&self, theme: Theme, below: usize) -> Vec<Line<'static>> {
        let RowState { glyph, word, tone, .. } = self.state;
        let text_tone = if self.is_marked { Tone::Strong } else { self.state.text_tone };
        let title = theme.cut_text(self.title, self.columns.saturating_sub(INDENT + WORD));
        let mut title = theme
            .style_text(if self.is_marked { Tone::Strong } else { Tone::Plain }, pad_text(&title, self.title_columns));
        if self.is_marked {
            title.style = title.style.add_modifier(Modifier::REVERSED);
        }
        let beside = self.columns_beside_title();
        let finding = theme.cut_text(&self.state.finding, if below > 0 { 0 } else { beside });
        let mut lines = vec![Line::from(vec![
            theme.style_text(Tone::Strong, format!("{} ", self.sign)),
            theme.style_text(tone, format!("{glyph} {}", pad_text(word, WORD))),
            title,
            theme.style_text(text_tone, pad_text(&finding, beside)),
            theme.style_text(Tone::Quiet, format!("{:>TIME$}", self.state.time)),
        ])];
        for finding in self.cut_finding(theme, below) {
            lines.push(Line::from(vec![Span::raw(" ".repeat(INDENT)), theme.style_text(text_tone, finding)]));
        }
        lines
    }
}
