//! The people who may be meant: a row each, and how far they were read.

use ratatui::text::{Line, Span};

use super::writer::build_rule;
use crate::{
    report::diagnosis::PersonChoice,
    text,
    tui::{
        measure::{measure_width, pad_text},
        model::{Model, PeopleReading, Run},
        theme::{Glyph, Theme, Tone},
    },
};

/// How wide the bar is.
const BAR: usize = 16;

/// Returns how far the users were read, as a bar and in words.
pub(crate) fn describe_reading(theme: Theme, reading: &PeopleReading) -> String {
    let done = reading.measure_share_of(BAR);
    let bar = [theme.glyph(Glyph::THUMB).repeat(done), theme.glyph(Glyph::BAR_LEFT).repeat(BAR - done)].concat();
    format!("{bar} {}", reading.describe())
}

/// Returns the title of the list of people that a diagnosis has found.
pub(crate) fn title_people_found(model: &Model, run: &Run) -> String {
    let theme = model.app.theme;
    if run.is_reading_people() {
        return format!("Called so {}", describe_reading(theme, &run.reading));
    }
    let index = model.directories.of(run.origin.is_sample());
    let read = text::count(index.count(), "user was read", "users were read");
    let more = if index.is_complete() { "" } else { "; there are more" };
    format!("Who is meant? {read}{more}")
}

/// Returns what tells a person from others of the same name.
pub(crate) fn describe_person(theme: Theme, person: &PersonChoice) -> String {
    let mut parts = vec![person.user_name.as_str(), person.directory.as_str()];
    parts.extend((person.enabled == Some(false)).then_some("disabled"));
    parts.join(&theme.separator())
}

/// Returns the rule over the people who are called like what stands in the form, of whom so many are seen.
pub(crate) fn build_typed_people_rule(model: &Model, columns: u16, visible: usize) -> Line<'static> {
    let index = model.directories.of(model.sample);
    let read = text::count(index.count(), "user", "users");
    let so_far = if index.is_complete() { "" } else { " read so far" };
    let count = model.form.people.len();
    let remark = match model.form.person {
        Some(place) => format!("{} of {count}", place + 1),
        None if count > visible => format!("{} more below", count - visible),
        None => String::new(),
    };
    build_rule(model.app.theme, columns, &format!("Called so, of {read}{so_far}"), &remark, false)
}

/// Returns a row for each person who is called like what stands in the form.
pub(crate) fn build_typed_people_lines(model: &Model, columns: u16) -> Vec<Line<'static>> {
    let theme = model.app.theme;
    let people = &model.form.people;
    let columns = usize::from(columns).saturating_sub(4);
    let widest = people.iter().map(|person| measure_width(&person.display_name)).fold(0, usize::max).min(columns / 2);
    let mut lines = Vec::new();
    for (place, person) in people.iter().enumerate() {
        let is_marked = model.form.person == Some(place);
        let sign = if is_marked { theme.glyph(Glyph::MARKER) } else { " " };
        let name = pad_text(&theme.cut_text(&person.display_name, widest), widest);
        let rest = theme.cut_text(&describe_person(theme, person), columns.saturating_sub(widest + 2));
        let tone = if is_marked { Tone::Strong } else { Tone::Plain };
        let spans: Vec<Span> =
            vec![theme.style_text(tone, format!("{sign} {name}")), theme.style_text(Tone::Quiet, format!("  {rest}"))];
        lines.push(Line::from(spans));
    }
    lines
}
