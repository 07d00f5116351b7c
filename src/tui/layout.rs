//! Where things are on the diagnosis screen.

use ratatui::layout::{Constraint, Layout, Rect, Size};

use super::{
    content::{
        card::{build_card_lines, build_short_card_lines},
        column::build_column,
        verdict::build_verdict_lines,
    },
    model::{Model, Pane, Run, Shape},
};

/// A rule, and enough lines to see what it is about, where all rows are seen.
const LEAST_DETAIL: u16 = 3;

/// The panes between header and footer.
#[derive(Clone, Copy, Default)]
pub(super) struct Panes {
    pub(super) verdict: Rect,
    pub(super) card: Rect,
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

/// Returns where the panes are, where all of them fit.
///
/// ```text
/// verdict      verdict │ detail
/// card         card    │
/// checks       checks  │
/// detail               │
/// ```
pub(super) fn place_panes(model: &Model, run: &Run, body: Rect) -> Panes {
    if model.shape() == Shape::SideBySide {
        let left = (body.width * 9 / 20).clamp(54, 84);
        let [left, divider, detail] =
            Layout::horizontal([Constraint::Length(left), Constraint::Length(1), Constraint::Fill(1)]).areas(body);
        let (verdict, card) = measure_upper_panes(model, run, left, 0);
        let [verdict, card, checks] = stack(left, [verdict, card]);
        return Panes { verdict, card, checks, divider, detail };
    }
    let (verdict, card) = measure_upper_panes(model, run, body, LEAST_DETAIL);
    let rest = body.height - verdict - card;
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
    let [verdict, card, checks, detail] = stack(body, [verdict, card, checks]);
    Panes { verdict, card, checks, detail, ..Panes::default() }
}

/// Returns areas of these heights, and what is left below them.
fn stack<const HEIGHTS: usize, const AREAS: usize>(area: Rect, heights: [u16; HEIGHTS]) -> [Rect; AREAS] {
    let lengths = heights.into_iter().map(Constraint::Length);
    Layout::vertical(lengths.chain([Constraint::Fill(1)])).areas(area)
}

/// Returns the heights of verdict and card. Where lines are few, first the card becomes shorter, then the rule over the
/// rows goes, then what is below them, at last the end of the verdict.
fn measure_upper_panes(model: &Model, run: &Run, area: Rect, below: u16) -> (u16, u16) {
    let rows = count_lines(run.diagnosis.checks.len());
    let verdict = count_lines(build_verdict_lines(&model.app, run, area.width).len());
    let mut card = count_lines(build_card_lines(&model.app, run, area.width).len());
    if verdict + card + rows + 1 + below > area.height {
        card = count_lines(build_short_card_lines(&model.app, run, area.width).len());
    }
    let verdict = verdict.min(area.height.saturating_sub(card + rows).max(2)).min(area.height);
    (verdict, card.min(area.height - verdict))
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
        let above = build_column(model, run, columns).above_detail.len();
        let (columns, visible) = (columns.saturating_sub(2), usize::from(body.height));
        return DetailFrame { columns, visible, above, repeats_verdict: false };
    }
    let panes = place_panes(model, run, body);
    let verdict = build_verdict_lines(&model.app, run, panes.verdict.width);
    DetailFrame {
        columns: inset(panes.detail).width,
        visible: usize::from(panes.detail.height.saturating_sub(1)),
        above: 0,
        repeats_verdict: usize::from(panes.verdict.height) < verdict.len(),
    }
}

/// Returns how wide the column is: beside it is a scrollbar.
pub(super) fn column_width(window: Size) -> u16 {
    window.width.saturating_sub(1)
}
