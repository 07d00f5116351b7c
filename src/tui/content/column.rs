//! Windows under 60x20: the first block, rows and detail, one below the other in a single column that scrolls.

use std::ops::Range;

use ratatui::text::Line;

use super::{checks, detail::build_detail_rule, first_block::build_first_block};
use crate::tui::model::{Model, Run, Subject};

/// The column without the lines of the detail, which follow and are kept with the model.
pub(crate) struct Column {
    pub(crate) above_detail: Vec<Line<'static>>,
    /// The lines of the marked row.
    pub(crate) marked: Range<usize>,
    /// True if the first block says in a sentence what is the matter.
    pub(crate) says_headline: bool,
}

/// Returns the column with the rule of the detail as its last line.
pub(crate) fn build_column(model: &Model, run: &Run, columns: u16) -> Column {
    let block = build_first_block(model, run, columns, usize::MAX);
    let mut lines = block.lines;
    lines.push(checks::build_checks_rule(model, run, columns));
    let mut marked = 0..0;
    let rows = checks::build_check_rows(model, run, columns, usize::MAX);
    for (row, check) in rows.into_iter().zip(&run.diagnosis.checks) {
        let first = lines.len();
        lines.extend(row);
        if run.subject == Subject::Check(check.id) {
            marked = first..lines.len();
        }
    }
    lines.push(build_detail_rule(model, run, columns, 0, 0));
    Column { above_detail: lines, marked, says_headline: block.says_headline }
}
