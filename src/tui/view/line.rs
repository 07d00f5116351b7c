//! All that fits into a very small window: one line.

use ratatui::{Frame, layout::Rect};

use super::{form, paint};
use crate::{
    text,
    tui::{
        measure,
        model::{Layer, List, Model, Progress, Run},
        theme::{Theme, Tone},
    },
};

pub(super) fn draw(model: &Model, frame: &mut Frame, area: Rect) {
    if area.is_empty() {
        return;
    }
    let theme = model.setup.theme;
    let (tone, words) = match (&model.notice, model.top(), model.run()) {
        (Some(notice), ..) => (notice.tone, notice.text.clone()),
        (_, Some(Layer::Form), _) | (.., None) => return field(model, frame, Rect { height: 1, ..area }),
        (_, Some(Layer::Help(_)), _) => (Tone::Plain, "Help: widen the window".to_owned()),
        (_, Some(Layer::List(list)), _) => (Tone::Plain, choice(list)),
        (.., Some(run)) => diagnosis(theme, run),
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

fn choice(list: &List) -> String {
    let label = list.rows.get(list.marked).map(|row| row.label.as_str()).unwrap_or_default();
    format!("{}/{} {label}", list.marked + 1, list.rows.len())
}

fn diagnosis(theme: Theme, run: &Run) -> (Tone, String) {
    let user = &run.diagnosis.user;
    let cause = run.diagnosis.verdict.as_ref().and_then(|verdict| verdict.check);
    let moved_to = run.marked().filter(|check| !run.follows && Some(check.id) != cause);
    if let Some((check, status)) = moved_to.and_then(|check| Some((check, check.status?))) {
        let glyph = theme.status_glyph(status);
        return (status.into(), format!("{glyph} {}: {}", check.id.title(), check.summary));
    }
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
