//! All that fits into a very small window: one line.

use ratatui::{Frame, layout::Rect};

use super::{form, paint};
use crate::{
    text,
    tui::{
        measure,
        model::{Layer, Model, Progress, Run},
        theme::{Theme, Tone},
    },
};

pub(super) fn draw(model: &Model, frame: &mut Frame, area: Rect) {
    if area.is_empty() {
        return;
    }
    let theme = model.setup.theme;
    let (tone, words) = match (model.top(), model.run()) {
        (Some(Layer::Form), _) | (_, None) => return field(model, frame, Rect { height: 1, ..area }),
        (_, Some(run)) => diagnosis(theme, run),
    };
    let words = measure::cut(&words, usize::from(area.width), theme.ellipsis());
    frame.render_widget(paint::span(theme, tone, words), Rect { height: 1, ..area });
}

/// The field that is typed into.
fn field(model: &Model, frame: &mut Frame, area: Rect) {
    let theme = model.setup.theme;
    let form = &model.form;
    if let Some(error) = form.error {
        let words = measure::cut(&error.to_string(), usize::from(area.width), theme.ellipsis());
        return frame.render_widget(paint::span(theme, Tone::Bad, words), area);
    }
    let label = format!("{}: ", form.field.label());
    let columns = u16::try_from(measure::width(&label)).unwrap_or(u16::MAX).min(area.width);
    frame.render_widget(paint::span(theme, Tone::Quiet, label), area);
    let value = Rect { x: area.x + columns, width: area.width - columns, ..area };
    if let Some(input) = form.input(form.field) {
        return form::text_field(model, frame, value, input, true);
    }
    let name = model.setup.profiles.get(form.application).map(|app| text::clean(&app.name));
    frame.render_widget(paint::span(theme, Tone::Plain, name.unwrap_or_default()), value);
}

fn diagnosis(theme: Theme, run: &Run) -> (Tone, String) {
    let user = &run.diagnosis.user;
    match (&run.diagnosis.verdict, run.progress) {
        (Some(verdict), _) => {
            let (glyph, _) = theme.verdict_glyphs(verdict.status);
            (verdict.status.into(), format!("{glyph} {}: {}", verdict.status.word(), verdict.headline))
        }
        (None, Progress::Running) => {
            let count = run.diagnosis.checks.len();
            (Tone::Accent, format!("{} {}/{count} {user}", theme.spinner(run.elapsed), run.settled()))
        }
        (None, _) => (Tone::Quiet, format!("cancelled: {user}")),
    }
}
