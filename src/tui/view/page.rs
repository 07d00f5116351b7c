//! What is read as a page of its own: why nothing could start, and in a low window the verdict with the card.

use ratatui::{
    Frame,
    layout::{Rect, Size},
    text::Line,
    widgets::Clear,
};

use super::{cannot_start, card, paint, verdict};
use crate::tui::{
    action::Action,
    layout::{self, Shape},
    model::{Layer, Model, Pane, Run},
    theme::Tone,
};

/// The lines of a page, and how many of them are seen at once.
pub(in crate::tui) struct Page {
    lines: Vec<Line<'static>>,
    pub(in crate::tui) visible: usize,
}

impl Page {
    /// The page that can be turned while this lies on top.
    pub(in crate::tui) fn of(model: &Model, top: Option<&Layer>) -> Option<Self> {
        let run = model.run()?;
        match top {
            Some(Layer::CannotStart) => Some(Self::cannot_start(model, run, model.size)),
            None if layout::shape(model.size) == Shape::Single && model.focus == Pane::Verdict => {
                Some(Self::verdict(model, run, layout::areas(model, run, Rect::from(model.size)).verdict))
            }
            _ => None,
        }
    }

    pub(super) fn verdict(model: &Model, run: &Run, area: Rect) -> Self {
        let mut lines = verdict::lines(&model.setup, run, area.width);
        lines.extend(card::lines(&model.setup, run, area.width));
        Self { lines, visible: usize::from(area.height) }
    }

    /// Header and footer are no part of it.
    pub(super) fn cannot_start(model: &Model, run: &Run, window: Size) -> Self {
        let visible = usize::from(window.height.saturating_sub(2));
        Self { lines: cannot_start::lines(model, run, usize::from(window.width), visible), visible }
    }

    /// How many lines can be the first one.
    pub(in crate::tui) fn places(&self) -> usize {
        self.lines.len().saturating_sub(self.visible) + 1
    }

    /// Where there is more, the last line says so.
    pub(super) fn draw(&self, model: &Model, first: usize, frame: &mut Frame, area: Rect) {
        let first = first.min(self.places() - 1);
        paint::lines(frame, area, self.lines.iter().skip(first).take(self.visible));
        let below = self.lines.len().saturating_sub(first + self.visible);
        if below > 0 {
            let key = model.setup.keymap.key_of(Action::Down, false).map(|key| format!(" ({key})"));
            let more = format!("{} more below{}", below + 1, key.unwrap_or_default());
            let last = layout::last_line(area);
            frame.render_widget(Clear, last);
            frame.render_widget(paint::span(model.setup.theme, Tone::Quiet, more), last);
        }
    }
}
