//! Two people side by side: the deciding difference, then everything that was compared, what differs first.

use ratatui::text::Line;

use super::writer::LineWriter;
use crate::{
    checks::Status,
    report::compare::{CheckPair, Comparison, GroupPlace, Person, Whose},
    text,
    tui::{
        measure::{measure_width, pad_text},
        model::{ComparisonPage, Model, Progress},
        theme::{Glyph, Tone},
    },
};

/// Returns the lines for so many columns.
pub(crate) fn build_comparison_lines(model: &Model, columns: u16) -> Vec<Line<'static>> {
    let Some(page) = &model.comparison else { return Vec::new() };
    let mut writer = LineWriter::new(model.app.theme, usize::from(columns).saturating_sub(4));
    match &page.comparison {
        Some(comparison) => write_comparison(&mut writer, comparison),
        None => writer.add_text(Tone::Plain, &describe_waiting(page)),
    }
    writer.lines
}

fn describe_waiting(page: &ComparisonPage) -> String {
    let names: Vec<&str> = page.batch.cases.iter().map(|case| case.user.as_str()).collect();
    let answered = page.batch.facts.calls.iter().filter(|call| call.end.is_some()).count();
    let state = if page.batch.progress == Progress::Running { "Asking about" } else { "Stopped asking about" };
    format!("{state} {}: {}.", names.join(" and "), text::count(answered, "answer so far", "answers so far"))
}

fn write_comparison(writer: &mut LineWriter, comparison: &Comparison) {
    let Comparison { failing, working, .. } = comparison;
    writer.add_text(Tone::Strong, &comparison.difference);
    writer.add_blank();
    for person in [failing, working] {
        writer.add_text(Tone::Plain, &describe_person(person));
    }
    writer.add_heading("Checks, those that differ first");
    let names = [&failing.name, &working.name];
    for pair in &comparison.checks {
        write_check(writer, pair, names);
    }
    writer.add_heading("In the directory");
    for pair in &comparison.directory {
        let tone = if pair.differs { Tone::Doubtful } else { Tone::Plain };
        let values = if pair.failing == pair.working {
            format!("{} (both)", pair.working)
        } else {
            format!("{} / {}", pair.failing, pair.working)
        };
        writer.add_text(tone, &format!("{} {}: {values}", mark_difference(pair.differs), pair.label));
    }
    write_groups(writer, comparison);
}

fn describe_person(person: &Person) -> String {
    let user = if person.name == person.user { String::new() } else { format!(" ({})", person.user) };
    format!("{}{user}: {}. {}", person.name, person.status.to_uppercase(), person.headline)
}

/// Returns what stands before what is not the same for both, so that nobody needs the colour.
fn mark_difference(differs: bool) -> &'static str {
    if differs { "!" } else { " " }
}

fn write_check(writer: &mut LineWriter, pair: &CheckPair, names: [&String; 2]) {
    let theme = writer.theme;
    let describe = |status: Option<Status>, [word, summary]: &[String; 2]| match status {
        Some(status) => format!("{} {word}: {summary}", theme.status_glyph(status)),
        None => format!("{word} {summary}"),
    };
    let [one, other] = pair.statuses;
    if !pair.differs {
        let title = format!("  {}: ", pair.title);
        return writer.add_beside(&title, Tone::Plain, &describe(one, &pair.failing), Tone::Quiet);
    }
    writer.add_text(Tone::Doubtful, &format!("! {}", pair.title));
    let widest = names.map(|name| measure_width(name)).into_iter().fold(0, usize::max);
    for (name, status, told) in [(names[0], one, &pair.failing), (names[1], other, &pair.working)] {
        let prefix = format!("    {}  ", pad_text(name, widest));
        writer.add_beside(&prefix, Tone::Plain, &describe(status, told), status.map_or(Tone::Quiet, Tone::from));
    }
}

fn write_groups(writer: &mut LineWriter, comparison: &Comparison) {
    let titles = [
        (Whose::Working, format!("Groups, only {}'s", comparison.working.name)),
        (Whose::Failing, format!("Groups, only {}'s", comparison.failing.name)),
        (Whose::Both, "Groups of both".to_owned()),
    ];
    for (whose, title) in titles {
        let groups: Vec<&GroupPlace> = comparison.groups.iter().filter(|group| group.whose == whose).collect();
        if groups.is_empty() {
            continue;
        }
        writer.add_heading(&title);
        for group in groups {
            let glyph = writer.theme.glyph(if group.grants { Glyph::GRANTS } else { Glyph::UNRELATED });
            let (grants, tone) = if group.grants { (", gives access", Tone::Good) } else { ("", Tone::Plain) };
            writer.add_text(tone, &format!("{glyph} {}{grants}", group.name));
        }
    }
    for missing in &comparison.groups_missing {
        writer.add_blank();
        writer.add_text(Tone::Unclear, &format!("Not compared: {missing}."));
    }
}
