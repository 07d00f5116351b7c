//! A list of people: how many have which cause, a row a person, and below them what to do about the marked one's cause.

use ratatui::{
    style::Modifier,
    text::{Line, Span},
};

use super::writer::{LineWriter, build_rule};
use crate::{
    catalog::Owner,
    report::{
        diagnosis::VerdictStatus,
        list::{PersonRow, write_cause, write_counts},
    },
    text,
    tui::{
        measure::{measure_width, pad_text, wrap_text},
        model::{Model, PeopleList, Progress},
        theme::{Glyph, Theme, Tone},
    },
};

/// How wide the bar is.
const BAR: usize = 16;
/// From so many columns on the names that people read have room.
const WIDE: usize = 100;
/// The widest word for who acts.
const OWNER: usize = 14;

/// Returns what is the matter with most of them, or how far the asking is.
pub(crate) fn build_people_list_top(model: &Model, columns: u16) -> Vec<Line<'static>> {
    let Some(list) = &model.people_list else { return Vec::new() };
    let theme = model.app.theme;
    let columns = usize::from(columns).saturating_sub(4).max(1);
    let mut lines = Vec::new();
    if list.is_running() {
        let progress = describe_progress(theme, list);
        lines.push(theme.style_text(Tone::Plain, theme.cut_text(&format!("  {progress}"), columns + 2)).into());
    } else {
        let counts = write_counts(&list.list_rows());
        let last = counts.len().saturating_sub(1);
        for (place, count) in counts.iter().enumerate() {
            let tone = if place < last { Tone::Strong } else { Tone::Plain };
            lines.extend(
                wrap_text(count, columns)
                    .into_iter()
                    .map(|line| Line::from(theme.style_text(tone, format!("  {line}")))),
            );
        }
    }
    if list.batch.progress == Progress::Cancelled {
        let words = "  Stopped: who was not reached is not certain.";
        lines.push(theme.style_text(Tone::Unclear, theme.cut_text(words, columns + 2)).into());
    }
    lines
}

fn describe_progress(theme: Theme, list: &PeopleList) -> String {
    let rows = list.list_rows();
    let (done, all) = (rows.len(), list.places.len().max(1));
    let cells = done * BAR / all;
    let bar = [theme.glyph(Glyph::THUMB).repeat(cells), theme.glyph(Glyph::BAR_LEFT).repeat(BAR - cells)].concat();
    let has_cause = |row: &&PersonRow| matches!(row.status, VerdictStatus::Problem | VerdictStatus::Suspect);
    let with_cause = rows.iter().filter(has_cause).count();
    format!("{bar} {done} of {}, {with_cause} with a cause", text::count(all, "person", "people"))
}

/// Returns the rule over the rows, of which so many are seen.
pub(crate) fn build_people_list_rule(model: &Model, columns: u16, visible: usize) -> Line<'static> {
    let Some(list) = &model.people_list else { return Line::default() };
    let order = list.order_places();
    let here = list.marked_place().and_then(|marked| order.iter().position(|place| *place == marked));
    let title = if list.is_running() { "People, as they were named" } else { "People, problems first" };
    let remark = match here {
        Some(here) if order.len() > visible => format!("{} of {}", here + 1, order.len()),
        _ => String::new(),
    };
    build_rule(model.app.theme, columns, title, &remark, true)
}

/// Returns a line for each person, and which of them is marked.
pub(crate) fn build_people_list_rows(model: &Model, columns: u16) -> (Vec<Line<'static>>, Option<usize>) {
    let Some(list) = &model.people_list else { return (Vec::new(), None) };
    let columns = usize::from(columns);
    let order = list.order_places();
    let marked = list.marked_place();
    let rows = list.list_rows();
    let widest = |cell: fn(&PersonRow) -> &str| rows.iter().map(|row| measure_width(cell(row))).fold(0, usize::max);
    let users = list.batch.cases.iter().map(|case| measure_width(case.user.as_str())).fold(0, usize::max);
    let name =
        if columns < WIDE { 0 } else { widest(|row| row.display_name.as_deref().unwrap_or("")).min(columns / 5) };
    let title = widest(|row| &row.title).min(columns / 3);
    let taken = 4 + name + title + OWNER + 6;
    let user = users.min(columns.saturating_sub(taken).max(columns / 3));
    let widths = Widths { user, name, title };
    let lines = order.iter().map(|place| build_row(model.app.theme, list, *place, marked == Some(*place), widths));
    (lines.collect(), marked.and_then(|marked| order.iter().position(|place| *place == marked)))
}

/// How wide the cells are; without room for it a name has no cell.
#[derive(Clone, Copy)]
struct Widths {
    user: usize,
    name: usize,
    title: usize,
}

fn build_row(theme: Theme, list: &PeopleList, place: usize, is_marked: bool, widths: Widths) -> Line<'static> {
    let marker = if is_marked { theme.glyph(Glyph::MARKER) } else { " " };
    let cell = |text: &str, wide: usize| pad_text(&theme.cut_text(text, wide), wide);
    let row = list.row(place);
    let typed = list.case(place).map_or("", |case| case.user.as_str());
    let shown = row.map_or_else(|| text::clean(typed), |row| row.user.clone());
    let mut user = theme.style_text(if is_marked { Tone::Strong } else { Tone::Plain }, cell(&shown, widths.user));
    if is_marked {
        user.style = user.style.add_modifier(Modifier::REVERSED);
    }
    let mark = match row {
        Some(row) => theme.style_text(row.status.into(), theme.verdict_glyphs(row.status).0),
        None => theme.style_text(Tone::Quiet, theme.glyph(Glyph::SEPARATOR)),
    };
    let mut spans: Vec<Span> = vec![theme.style_text(Tone::Strong, format!("{marker} ")), mark, " ".into(), user];
    let Some(row) = row else {
        spans.push(theme.style_text(Tone::Quiet, "  not answered yet"));
        return Line::from(spans);
    };
    if widths.name > 0 {
        let name = cell(row.display_name.as_deref().unwrap_or(""), widths.name);
        spans.push(theme.style_text(Tone::Plain, format!("  {name}")));
    }
    spans.push(theme.style_text(row.status.into(), format!("  {}", cell(&row.title, widths.title))));
    spans.push(theme.style_text(Tone::Quiet, format!("  {}", row.owner.map_or("", Owner::word))));
    Line::from(spans)
}

/// Returns the rule and the lines about the cause of the marked row: who acts, one fix for what is one fault, and whose
/// it is.
pub(crate) fn build_marked_cause(model: &Model, columns: u16) -> Option<(Line<'static>, Vec<Line<'static>>)> {
    let list = model.people_list.as_ref()?;
    let row = list.row(list.marked_place()?)?;
    let theme = model.app.theme;
    let mut writer = LineWriter::new(theme, usize::from(columns).saturating_sub(4));
    writer.add_text(Tone::Plain, &row.headline);
    for line in write_cause(&list.list_rows(), row).iter().skip(1) {
        writer.add_text(Tone::Plain, line.trim());
    }
    let owner = row.owner.map_or_else(String::new, |owner| owner.queue().to_owned());
    Some((build_rule(theme, columns, &row.title, &owner, false), writer.lines))
}
