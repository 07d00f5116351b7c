//! The page on which a file to open is named.

use ratatui::{Frame, layout::Rect};

use super::parts::draw_fields;
use crate::tui::{content::file_page::build_file_page_lines, model::Model};

pub(super) fn draw_file_page(model: &Model, frame: &mut Frame, body: Rect) {
    draw_fields(model, frame, body, build_file_page_lines(model, body.as_size()));
}
