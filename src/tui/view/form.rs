//! The intake form: one field, the others folded away until they are wanted.

use ratatui::{
    Frame,
    layout::{Position, Rect},
    style::Modifier,
    text::Line,
};
use tui_input::Input;

use super::{footer, header, paint};
use crate::{
    diagnosis::Status,
    text,
    tui::{
        action::Action,
        layout, measure,
        model::{Field, Model},
        theme::{Glyph, Tone},
    },
};

const LABEL: u16 = 15;
/// Under so many columns there is no room for sentences beside the labels.
const NARROW: u16 = 40;

pub(super) fn draw(model: &Model, frame: &mut Frame, area: Rect) {
    let theme = model.setup.theme;
    header::draw(model, frame, Rect { height: 1, ..area });
    footer::draw(model, frame, layout::last_line(area));
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
    let (tone, under) = match model.form.error {
        Some(error) => (Tone::Bad, format!("{} {}", theme.status_glyph(Status::Fail), sentence(&error.to_string()))),
        None => (Tone::Quiet, "A user name, e-mail address or user id, as the user gave it".to_owned()),
    };
    let is_worth_its_lines = model.form.error.is_some() || body.height > 8;
    let indent = usize::from(if body.width < NARROW { 2 } else { LABEL });
    let columns = usize::from(body.width).saturating_sub(indent + 1);
    let under = if is_worth_its_lines { measure::wrap(&under, columns) } else { Vec::new() };
    let mut page = Rows { frame, rest: body, above: hidden(model, under.len(), body.height) };
    if body.height > 8 {
        page.skip();
        page.line(paint::span(theme, Tone::Strong, "  Who cannot sign in?").into());
        if body.height > 16 {
            let about = "  Finds what keeps this person from signing in. It reads and changes nothing.";
            page.line(
                paint::span(theme, Tone::Quiet, measure::cut(about, usize::from(body.width), theme.ellipsis())).into(),
            );
        }
        page.skip();
    }
    field(model, &mut page, Field::User);
    for line in under {
        page.line(paint::span(theme, tone, format!("{:indent$}{line}", "")).into());
    }
    if body.height > 8 {
        page.skip();
    }
    if model.form.unfolded {
        for each in [Field::StartUrl, Field::Region, Field::Application] {
            field(model, &mut page, each);
        }
    } else {
        let key = model.setup.keymap.key_of(Action::NextPane, true).map(|key| key.to_string()).unwrap_or_default();
        let folded = format!("  {} {key}: what the user typed, and the application", theme.glyph(Glyph::Folded));
        let folded = measure::cut(&folded, usize::from(body.width), theme.ellipsis());
        page.line(paint::span(theme, Tone::Quiet, folded).into());
    }
    offered(model, &mut page);
}

/// How many lines stay out of sight above, so that in a low window the field that is typed into is seen.
fn hidden(model: &Model, under: usize, lines: u16) -> usize {
    let (heading, gap) = match lines {
        ..=8 => (0, 0),
        9..=16 => (3, 1),
        17.. => (4, 1),
    };
    let place = Field::ALL.iter().position(|field| *field == model.form.field).unwrap_or_default();
    let below_user = if place == 0 { 0 } else { under + gap };
    (heading + place + below_user + 1).saturating_sub(usize::from(lines))
}

/// An error's fragment as people read it.
fn sentence(fragment: &str) -> String {
    let mut letters = fragment.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// The lines that are still free.
struct Rows<'frame, 'buffer> {
    frame: &'frame mut Frame<'buffer>,
    rest: Rect,
    /// So many lines are left out first.
    above: usize,
}

impl Rows<'_, '_> {
    fn skip(&mut self) -> Option<Rect> {
        if self.above > 0 {
            self.above -= 1;
            return None;
        }
        if self.rest.height == 0 {
            return None;
        }
        let row = Rect { height: 1, ..self.rest };
        self.rest = Rect { y: self.rest.y + 1, height: self.rest.height - 1, ..self.rest };
        Some(row)
    }

    fn line(&mut self, line: Line<'static>) {
        if let Some(row) = self.skip() {
            self.frame.render_widget(line, row);
        }
    }
}

fn field(model: &Model, page: &mut Rows, field: Field) {
    let theme = model.setup.theme;
    let Some(row) = page.skip() else { return };
    let active = model.form.field == field;
    let marker = if active { theme.glyph(Glyph::Marker) } else { " " };
    let label = format!("{marker} {}", measure::pad(field.label(), usize::from(LABEL) - 2));
    let label = paint::span(theme, if active { Tone::Strong } else { Tone::Quiet }, label);
    page.frame.render_widget(label, Rect { width: LABEL.min(row.width), ..row });
    let value = Rect { x: row.x + LABEL.min(row.width), width: row.width.saturating_sub(LABEL + 1), ..row };
    if let Some(input) = model.form.input(field) {
        return text_field(model, page.frame, value, input, active);
    }
    let name = model.setup.profiles.get(model.form.application).map(|app| text::clean(&app.name)).unwrap_or_default();
    let columns = usize::from(value.width);
    let several = active && model.setup.profiles.len() > 1;
    let hint = Some("  (Left and Right choose another)").filter(|_| several);
    let hint = hint.filter(|hint| measure::width(&name) + measure::width(hint) <= columns).unwrap_or_default();
    let line = Line::from(vec![
        paint::span(theme, Tone::Plain, measure::cut(&name, columns, theme.ellipsis())),
        paint::span(theme, Tone::Quiet, hint),
    ]);
    page.frame.render_widget(line, value);
}

pub(super) fn text_field(model: &Model, frame: &mut Frame, area: Rect, input: &Input, active: bool) {
    if area.is_empty() {
        return;
    }
    let columns = usize::from(area.width);
    let scroll = input.visual_scroll(columns.saturating_sub(1));
    let visible = after_columns(input.value(), scroll);
    let mut shown =
        paint::span(model.setup.theme, Tone::Plain, measure::pad(&measure::cut(visible, columns, ""), columns));
    if active {
        shown.style = shown.style.add_modifier(Modifier::UNDERLINED);
        let column = input.visual_cursor().saturating_sub(scroll).min(columns.saturating_sub(1));
        let x = area.x + u16::try_from(column).unwrap_or_default();
        if model.typing() {
            frame.set_cursor_position(Position { x, y: area.y });
        }
    }
    frame.render_widget(shown, area);
}

/// The text from a column on.
fn after_columns(text: &str, columns: usize) -> &str {
    let start = text
        .char_indices()
        .find(|(start, _)| text.get(..*start).is_some_and(|before| measure::width(before) >= columns));
    start.and_then(|(start, _)| text.get(start..)).unwrap_or_default()
}

/// The users of the sample organization, or those so far.
fn offered(model: &Model, page: &mut Rows) {
    let theme = model.setup.theme;
    let users = model.offers();
    if users.is_empty() || page.rest.height < 3 {
        return;
    }
    page.skip();
    let columns = page.rest.width;
    let title = if model.sample {
        "Users of the sample organization, and what each shows"
    } else {
        "Users so far, and their verdicts"
    };
    let visible = usize::from(page.rest.height.saturating_sub(1)).max(1);
    let place = match model.form.offered {
        Some(place) => format!("{} of {}", place + 1, users.len()),
        None if users.len() > visible => format!("{} more below", users.len() - visible),
        None => String::new(),
    };
    page.line(paint::rule(&model.setup, columns, title, &place, false));
    let first = (model.form.offered.unwrap_or_default() + 1).saturating_sub(visible);
    let columns = usize::from(columns).saturating_sub(4);
    let widest = users.iter().map(|offer| measure::width(&offer.label)).max().unwrap_or_default().min(columns * 2 / 3);
    for (place, offer) in users.iter().enumerate().skip(first).take(visible) {
        let marked = model.form.offered == Some(place);
        let sign = if marked { theme.glyph(Glyph::Marker) } else { " " };
        let name = measure::pad(&measure::cut(&offer.label, widest, theme.ellipsis()), widest);
        let shows = measure::cut(&offer.user.shows, columns.saturating_sub(widest + 2), theme.ellipsis());
        page.line(Line::from(vec![
            paint::span(theme, if marked { Tone::Strong } else { Tone::Plain }, format!("{sign} {name}")),
            paint::span(theme, Tone::Quiet, format!("  {shows}")),
        ]));
    }
}
