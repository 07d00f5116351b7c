//! All that fits into a very small window: one line.

use ratatui::{Frame, layout::Rect};

use super::paint;
use crate::tui::{
    measure,
    model::{Layer, Model, Progress, Run},
    theme::{Theme, Tone},
};

pub(super) fn draw(model: &Model, frame: &mut Frame, area: Rect) {
    if area.is_empty() {
        return;
    }
    let theme = model.setup.theme;
    let (tone, words) = match (model.top(), model.run()) {
        (Some(Layer::Form), _) | (_, None) => (Tone::Plain, form(model)),
        (_, Some(run)) => diagnosis(theme, run),
    };
    let words = measure::cut(&words, usize::from(area.width), theme.ellipsis());
    frame.render_widget(paint::span(theme, tone, words), Rect { height: 1, ..area });
}

fn form(model: &Model) -> String {
    match model.form.error {
        Some(error) => error.to_string(),
        None => format!("User: {}", model.form.user.value()),
    }
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
