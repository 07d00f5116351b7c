//! The page for what the identity provider's side handed over.

use ratatui::{Frame, layout::Rect};

use super::parts::draw_fields;
use crate::tui::{content::hand_over::build_hand_over_lines, model::Model};

pub(super) fn draw_hand_over(model: &Model, frame: &mut Frame, body: Rect) {
    draw_fields(model, frame, body, build_hand_over_lines(model, body.as_size()));
}
