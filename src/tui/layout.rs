//! Where things are on the diagnosis screen.

use ratatui::layout::{Constraint, Layout, Rect, Size};

use super::{
    content::{
        column::build_column,
        first_block::{FirstBlock, build_first_block, build_folded_block},
    },
    model::{Model, Pane, Run, Shape},
};

/// What the first block leaves to the rows, however long it is.
const LEAST_BELOW: u16 = 4;
/// A rule, and enough lines to see what it is about, where all rows are seen.
const LEAST_DETAIL: u16 = 3;

/// The panes between header and footer.
#[derive(Clone, Copy, Default)]
pub(super) struct Panes {
    /// What answers the call.
    pub(super) block: Rect,
    /// The rows of the checks under their rule.
    pub(super) checks: Rect,
    /// Between the columns.
    pub(super) divider: Rect,
    /// The detail under its rule.
    pub(super) detail: Rect,
}

/// Returns the first line of a window, what is below it, and the last line.
pub(super) fn split_window(window: Rect) -> [Rect; 3] {
    Layout::vertical([Constraint::Length(1), Constraint::Fill(1), Constraint::Length(1)]).areas(window)
}

/// Returns the area without a column at either side.
pub(super) fn inset(area: Rect) -> Rect {
    Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(2), ..area }
}

/// Returns the first block as it is shown in this body: whoever reads a detail that does not fit below it gets its lines,
/// and what to say is one key away.
pub(super) fn build_block(model: &Model, run: &Run, body: Rect) -> FirstBlock {
    let most = body.height.saturating_sub(LEAST_BELOW);
    let block = build_first_block(model, run, body.width, usize::from(most));
    let detail = run.detail.lines.len() + 2;
    let is_crowded = block.lines.len() + detail > usize::from(body.height);
    if model.shape() == Shape::Stacked && model.focus == Pane::Detail && is_crowded {
        return build_folded_block(model, run, body.width);
    }
    block
}

/// Returns where the panes are, where all of them fit.
///
/// ```text
/// block        block
/// checks       checks │ detail
/// detail              │
/// ```
pub(super) fn place_panes(model: &Model, run: &Run, body: Rect) -> Panes {
    let block = count_lines(build_block(model, run, body).lines.len()).min(body.height.saturating_sub(LEAST_BELOW));
    if model.shape() == Shape::SideBySide {
        let [block, below] = stack(body, [block]);
        let left = (body.width * 9 / 20).clamp(50, 70);
        let [checks, divider, detail] =
            Layout::horizontal([Constraint::Length(left), Constraint::Length(1), Constraint::Fill(1)]).areas(below);
        return Panes { block, checks, divider, detail };
    }
    let rest = body.height - block;
    let rows = count_lines(run.diagnosis.checks.len());
    let mut checks = rest.min(rows + 1);
    if rest < rows + 1 + LEAST_DETAIL {
        checks = checks.min(rows);
    }
    if model.focus == Pane::Detail {
        // Who reads a long detail gets as many lines of the rows as it needs: of these, the marked one stays.
        let free = rest.saturating_sub(count_lines(run.detail.lines.len() + 1));
        checks = free.max(run.marked_check().map_or(0, |_| 1)).min(checks);
    }
    let [block, checks, detail] = stack(body, [block, checks]);
    Panes { block, checks, detail, ..Panes::default() }
}

/// Returns areas of these heights, and what is left below them.
fn stack<const HEIGHTS: usize, const AREAS: usize>(area: Rect, heights: [u16; HEIGHTS]) -> [Rect; AREAS] {
    let lengths = heights.into_iter().map(Constraint::Length);
    Layout::vertical(lengths.chain([Constraint::Fill(1)])).areas(area)
}

fn count_lines(lines: usize) -> u16 {
    u16::try_from(lines).unwrap_or(u16::MAX)
}

/// What of the detail, or of the column that it ends, is seen.
pub(super) struct DetailFrame {
    /// How wide its lines are.
    pub(super) columns: u16,
    /// How many lines are seen at once.
    pub(super) visible: usize,
    /// How many lines of the column come before it.
    pub(super) above: usize,
    /// True if the verdict is not seen in full beside it.
    pub(super) repeats_verdict: bool,
}

/// Returns what of the detail can be seen in this window.
pub(super) fn frame_detail(model: &Model, run: &Run) -> DetailFrame {
    let [_, body, _] = split_window(Rect::from(model.size));
    if matches!(model.shape(), Shape::Tiny | Shape::Column) {
        let columns = column_width(model.size);
        let column = build_column(model, run, columns);
        let (above, repeats_verdict) = (column.above_detail.len(), !column.says_headline);
        let (columns, visible) = (columns.saturating_sub(2), usize::from(body.height));
        return DetailFrame { columns, visible, above, repeats_verdict };
    }
    let panes = place_panes(model, run, body);
    let block = build_block(model, run, body);
    DetailFrame {
        columns: inset(panes.detail).width,
        visible: usize::from(panes.detail.height.saturating_sub(1)),
        above: 0,
        repeats_verdict: !block.says_headline || usize::from(panes.block.height) < block.lines.len(),
    }
}

/// Returns how wide the column is: beside it is a scrollbar.
pub(super) fn column_width(window: Size) -> u16 {
    window.width.saturating_sub(1)
}
