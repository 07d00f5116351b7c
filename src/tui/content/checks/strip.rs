//! All checks in a line of words: which one is it?

use ratatui::text::{Line, Span};

use super::state::RowState;
use crate::{
    checks::Status,
    tui::{
        measure::measure_width,
        model::Run,
        theme::{Theme, Tone},
    },
};

/// Returns glyph and word of each check, in their order, in as many lines as it takes. The one that decides stands in
/// capitals.
pub(crate) fn build_strip_lines(theme: Theme, run: &Run, columns: u16) -> Vec<Line<'static>> {
    let deciding = run.diagnosis.verdict.as_ref().and_then(|verdict| verdict.check);
    let room = usize::from(columns).saturating_sub(1);
    let mut lines = Vec::new();
    let mut spans: Vec<Span> = Vec::new();
    let mut used = 0;
    for check in &run.diagnosis.checks {
        let RowState { glyph, tone, .. } = RowState::new(theme, run, check);
        let is_deciding = deciding == Some(check.id);
        let word = check.id.label();
        let word = if is_deciding { word.to_uppercase() } else { word.to_owned() };
        let wide = 2 + measure_width(glyph) + 1 + measure_width(&word);
        if used + wide > room && used > 0 {
            lines.push(Line::from(std::mem::take(&mut spans)));
            used = 0;
        }
        used += wide;
        let is_calm = matches!(check.status, Some(Status::Pass | Status::Skipped) | None);
        let word_tone = if is_calm && !is_deciding { Tone::Plain } else { tone };
        spans.push(theme.style_text(tone, format!("  {glyph} ")));
        spans.push(theme.style_text(word_tone, word));
    }
    lines.push(Line::from(spans));
    lines
}
