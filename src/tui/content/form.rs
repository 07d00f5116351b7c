//! The intake form: one field, the others folded away until they are wanted.

use ratatui::{
    layout::Size,
    style::Modifier,
    text::{Line, Span},
};
use tui_input::Input;

use super::writer::build_rule;
use crate::{
    case::UserList,
    checks::Status,
    report::OperatorLine,
    text,
    tui::{
        action::Action,
        measure::{cut_text, measure_width, pad_text, wrap_text},
        model::{Field, Model, Problem},
        theme::{Glyph, Tone},
    },
};

/// The columns before the values.
const LABEL: usize = 15;
/// Under so many columns there is no room for sentences beside the labels.
const NARROW: u16 = 40;
/// From so many lines on there is room to say what the program does.
const HIGH: u16 = 17;

/// The form above the users that it offers.
#[derive(Default)]
pub(crate) struct FormLines {
    pub(crate) lines: Vec<Line<'static>>,
    /// The line of the field that has the keys.
    pub(crate) active: usize,
    /// The last line about it, which in a low window is seen as well.
    pub(crate) last_about_active: usize,
    /// Where the next letter goes in that line, if it goes anywhere.
    pub(crate) cursor: Option<usize>,
}

/// Returns the form for an area of that size.
pub(crate) fn build_form_lines(model: &Model, size: Size) -> FormLines {
    let theme = model.app.theme;
    let columns = usize::from(size.width);
    let mut form = FormLines::default();
    // In place of the empty line, so that nothing moves when it is known.
    form.lines.push(match model.operator.as_ref().filter(|_| !model.sample) {
        Some(OperatorLine { text, is_bad: true }) => {
            let line = format!("  {} {text}", theme.status_glyph(Status::Fail));
            theme.style_text(Tone::Bad, theme.cut_text(&line, columns)).into()
        }
        Some(OperatorLine { text, is_bad: false }) => {
            theme.style_text(Tone::Quiet, theme.cut_text(&format!("  You: {text}"), columns)).into()
        }
        None => Line::default(),
    });
    let question = match &model.form.compares_with {
        Some(first) => format!("  With whom is {} compared? Name somebody who can sign in.", first.user.as_str()),
        None => "  Who cannot sign in?".to_owned(),
    };
    form.lines.push(theme.style_text(Tone::Strong, theme.cut_text(&question, columns)).into());
    if size.height >= HIGH {
        let about = "  Finds what keeps this person from signing in. It reads and changes nothing.";
        form.lines.push(theme.style_text(Tone::Quiet, theme.cut_text(about, columns)).into());
    }
    form.lines.push(Line::default());
    form.add_field(model, Field::User, columns);
    let (tone, under) = match model.form.problem {
        Some(problem) => (Tone::Bad, format!("{} {}", theme.status_glyph(Status::Fail), describe_problem(problem))),
        None => match &model.form.pasted {
            Some(list) => (Tone::Accent, describe_pasted(model, list)),
            None => (Tone::Quiet, "A name, a user name, an e-mail address or a user id".to_owned()),
        },
    };
    let indent = if size.width < NARROW { 2 } else { LABEL };
    for line in wrap_text(&under, columns.saturating_sub(indent + 1)) {
        form.lines.push(theme.style_text(tone, format!("{:indent$}{line}", "")).into());
    }
    if model.form.field == Field::User {
        form.last_about_active = form.lines.len() - 1;
    }
    form.lines.push(Line::default());
    if model.form.unfolded || size.height >= HIGH {
        form.lines
            .push(theme.style_text(Tone::Strong, theme.cut_text("  What stands on the user's screen", columns)).into());
        for field in Field::ON_THE_USERS_SCREEN.into_iter().chain([Field::Saw]) {
            form.add_field(model, field, columns);
        }
        form.lines.push(Line::default());
        form.add_field(model, Field::Application, columns);
    } else {
        let key = model.app.keymap.key_to_show(Action::NextPane, true);
        let key = key.map_or_else(String::new, |key| key.to_string());
        let folded = format!("  {} {key}: what the user typed, and the application", theme.glyph(Glyph::FOLDED));
        form.lines.push(theme.style_text(Tone::Quiet, theme.cut_text(&folded, columns)).into());
    }
    form
}

/// Returns why the form cannot take something, as people read it.
fn describe_problem(problem: Problem) -> String {
    let fragment = match problem {
        Problem::SeveralLines(lines) => {
            return format!(
                "{lines} lines were pasted, and this field takes one. A list of people goes into the first field."
            );
        }
        Problem::NothingKnown => {
            return "Nothing in what was pasted is known, and none of it was kept. Type what the screen says."
                .to_owned();
        }
        Problem::User(error) => error.to_string(),
    };
    let mut letters = fragment.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    format!("{}{}.", first.collect::<String>(), letters.as_str())
}

/// Returns what was pasted in place of a name, and what comes next.
fn describe_pasted(model: &Model, list: &UserList) -> String {
    let people = text::count(list.places.len(), "person was pasted", "people were pasted");
    let key = |action| model.app.keymap.key_to_show(action, true).map_or_else(String::new, |key| key.to_string());
    format!(
        "{people}. {} diagnoses them together, as a list; {} forgets them.",
        key(Action::Confirm),
        key(Action::Back)
    )
}

impl FormLines {
    fn add_field(&mut self, model: &Model, field: Field, columns: usize) {
        let theme = model.app.theme;
        let is_active = model.form.field == field;
        let marker = if is_active { theme.glyph(Glyph::MARKER) } else { " " };
        let is_narrow = columns < usize::from(NARROW);
        let name = if field == Field::Saw && is_narrow { "Saw" } else { field.label() };
        let wide = LABEL.max(measure_width(name) + 3);
        let label = format!("{marker} {}", pad_text(name, wide - 2));
        let mut spans = vec![theme.style_text(if is_active { Tone::Strong } else { Tone::Quiet }, label)];
        let room = columns.saturating_sub(wide + 1);
        match model.form.input(field) {
            Some(input) => {
                let (value, cursor) = show_input(input, room);
                let mut value = theme.style_text(Tone::Plain, value);
                if is_active {
                    value.style = value.style.add_modifier(Modifier::UNDERLINED);
                    self.cursor = Some(wide + cursor);
                }
                spans.push(value);
            }
            None => spans.extend(show_application(model, is_active, room)),
        }
        if is_active {
            (self.active, self.last_about_active) = (self.lines.len(), self.lines.len());
        }
        self.lines.push(Line::from(spans));
    }
}

/// Returns the part of a text around its cursor, and the cursor's column in it.
pub(super) fn show_input(input: &Input, columns: usize) -> (String, usize) {
    let scroll = input.visual_scroll(columns.saturating_sub(1));
    let value = input.value();
    let start = value
        .char_indices()
        .map(|(start, _)| start)
        .find(|start| value.get(..*start).is_some_and(|before| measure_width(before) >= scroll));
    let visible = start.and_then(|start| value.get(start..)).unwrap_or_default();
    let cursor = input.visual_cursor().saturating_sub(scroll).min(columns.saturating_sub(1));
    (pad_text(&cut_text(visible, columns, ""), columns), cursor)
}

fn show_application(model: &Model, is_active: bool, columns: usize) -> Vec<Span<'static>> {
    let theme = model.app.theme;
    let Some(app) = model.chosen_app() else { return Vec::new() };
    let name = text::clean(&app.name);
    let hint = "  (Left and Right choose another)";
    let fits = measure_width(&name) + measure_width(hint) <= columns;
    let mut spans = vec![theme.style_text(Tone::Plain, theme.cut_text(&name, columns))];
    if is_active && model.app.apps.len() > 1 && fits {
        spans.push(theme.style_text(Tone::Quiet, hint));
    }
    spans
}

/// Returns the rule over the offered users, of whom so many are seen.
pub(crate) fn build_offers_rule(model: &Model, columns: u16, visible: usize) -> Line<'static> {
    let count = model.list_offers().len();
    let title = if model.sample {
        "Users of the sample organization, and what each shows"
    } else {
        "Users so far, and their verdicts"
    };
    let remark = match model.form.offered {
        Some(place) => format!("{} of {count}", place + 1),
        None if count > visible => format!("{} more below", count - visible),
        None => String::new(),
    };
    build_rule(model.app.theme, columns, title, &remark, false)
}

/// Returns the users of the sample organization, or those so far.
pub(crate) fn build_offer_lines(model: &Model, columns: u16) -> Vec<Line<'static>> {
    let theme = model.app.theme;
    let offers = model.list_offers();
    let columns = usize::from(columns).saturating_sub(4);
    let widest = offers.iter().map(|offer| measure_width(&offer.label)).fold(0, usize::max).min(columns * 2 / 3);
    let mut lines = Vec::new();
    for (place, offer) in offers.iter().enumerate() {
        let is_marked = model.form.offered == Some(place);
        let sign = if is_marked { theme.glyph(Glyph::MARKER) } else { " " };
        let name = pad_text(&theme.cut_text(&offer.label, widest), widest);
        let shows = theme.cut_text(&offer.shows, columns.saturating_sub(widest + 2));
        lines.push(Line::from(vec![
            theme.style_text(if is_marked { Tone::Strong } else { Tone::Plain }, format!("{sign} {name}")),
            theme.style_text(Tone::Quiet, format!("  {shows}")),
        ]));
    }
    lines
}
