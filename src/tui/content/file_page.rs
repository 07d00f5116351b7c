//! The page on which a file to open is named.

use ratatui::{layout::Size, text::Line};

use super::form::{FormLines, show_input};
use crate::{
    checks::Status,
    tui::{
        measure::{pad_text, wrap_text},
        model::Model,
        theme::{Glyph, Tone},
    },
};

/// The columns before the path.
const LABEL: usize = 8;

/// Returns the page for an area of that size.
pub(crate) fn build_file_page_lines(model: &Model, size: Size) -> FormLines {
    let theme = model.app.theme;
    let columns = usize::from(size.width);
    let mut page = FormLines::default();
    page.lines.push(Line::default());
    page.lines.push(theme.style_text(Tone::Strong, theme.cut_text("  Which file is to be opened?", columns)).into());
    page.lines.push(Line::default());
    let (path, cursor) = show_input(&model.file_page.input, columns.saturating_sub(LABEL + 1));
    (page.active, page.last_about_active) = (page.lines.len(), page.lines.len());
    page.cursor = Some(LABEL + cursor);
    let label = format!("{} {}", theme.glyph(Glyph::MARKER), pad_text("File", LABEL - 2));
    page.lines.push(Line::from(vec![theme.style_text(Tone::Strong, label), theme.style_text(Tone::Plain, path)]));
    page.lines.push(Line::default());
    let (tone, under) = describe_state(model);
    let explained = [
        "A list of people: one user name or e-mail address a line, or CSV with a column `user`. All of them are diagnosed \
         together.",
        "A recording: what R wrote here, or what somebody else sent you. It is shown as it was. Nothing is asked, and you \
         need no AWS account.",
    ];
    for (tone, text) in std::iter::once((tone, under.as_str())).chain(explained.map(|text| (Tone::Quiet, text))) {
        for line in wrap_text(text, columns.saturating_sub(3)) {
            page.lines.push(theme.style_text(tone, format!("  {line}")).into());
        }
        page.lines.push(Line::default());
    }
    page
}

fn describe_state(model: &Model) -> (Tone, String) {
    match (&model.file_page.problem, model.file_page.reading) {
        (Some(problem), _) => (Tone::Bad, format!("{} {problem}", model.app.theme.status_glyph(Status::Fail))),
        (None, Some(_)) => (Tone::Quiet, "Reading.".to_owned()),
        (None, None) => (Tone::Quiet, "Type or paste its path, or drop the file on this window.".to_owned()),
    }
}
