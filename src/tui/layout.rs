//! Where things are on the diagnosis screen.

use ratatui::layout::{Rect, Size};

use super::{
    model::{Model, Pane, Run},
    view::{card, verdict},
};

/// How much fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A single line.
    Line,
    /// One pane at a time.
    Single,
    /// All panes, one below the other.
    Stacked,
    /// Verdict, card and rows on the left, the detail on the right.
    Columns,
}

/// The shape for a size.
#[must_use]
pub fn shape(size: Size) -> Shape {
    match (size.width, size.height) {
        (..24, _) | (_, ..6) => Shape::Line,
        (..60, _) | (_, ..16) => Shape::Single,
        (..100, _) => Shape::Stacked,
        _ => Shape::Columns,
    }
}

/// The parts; one that is not shown has no size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    /// Program, application, user, and where they are.
    pub header: Rect,
    /// The verdict.
    pub verdict: Rect,
    /// What to tell the user.
    pub card: Rect,
    /// The eight rows under their rule.
    pub checks: Rect,
    /// Between the columns.
    pub divider: Rect,
    /// The detail under its rule.
    pub detail: Rect,
    /// The keys.
    pub footer: Rect,
}

const ROWS: u16 = 8;
/// The rows, and the rule above them.
const CHECKS: u16 = ROWS + 1;
/// A rule, and enough lines to see what it is about, where all rows are seen.
const LEAST_DETAIL: u16 = 3;

/// ```text
/// header                                header
/// verdict                               verdict │ detail
/// card                                  card    │
/// checks                                checks  │
/// detail                                        │
/// footer                                footer
/// ```
#[must_use]
pub fn areas(model: &Model, run: &Run, area: Rect) -> Areas {
    let line = |y: u16| Rect { y, height: 1.min(area.height), ..area };
    let header = line(area.y);
    let footer = last_line(area);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
    let areas = Areas { header, footer, ..Areas::default() };
    match shape(area.as_size()) {
        Shape::Line => Areas { verdict: line(area.y), ..Areas::default() },
        Shape::Single => match model.focus {
            // The card follows the verdict on one page.
            Pane::Verdict => Areas { verdict: body, ..areas },
            Pane::Checks => Areas { checks: body, ..areas },
            Pane::Detail => Areas { detail: body, ..areas },
        },
        Shape::Stacked => stacked(model, run, body, areas),
        Shape::Columns => {
            let left = Rect { width: (body.width * 9 / 20).clamp(54, 84), ..body };
            let divider = Rect { x: left.right(), width: 1, ..body };
            let detail = Rect { x: divider.right(), width: body.width.saturating_sub(left.width + 1), ..body };
            Areas { divider, detail, ..upper(model, run, left, 0, areas) }
        }
    }
}

fn stacked(model: &Model, run: &Run, body: Rect, areas: Areas) -> Areas {
    let areas = upper(model, run, body, LEAST_DETAIL, areas);
    let below = |rows: u16| {
        let y = areas.checks.y + rows;
        Rect { y, height: body.bottom().saturating_sub(y), ..body }
    };
    let mut rows = areas.checks.height.min(CHECKS);
    if areas.checks.height < CHECKS + LEAST_DETAIL {
        rows = rows.min(ROWS);
    }
    if model.focus == Pane::Detail {
        // Who reads a long detail gets as many lines of the rows as it needs: of these, the marked one stays.
        let free = areas.checks.height.saturating_sub(height(run.detail.lines().len() + 1));
        rows = free.max(run.marked().map_or(0, |_| 1)).min(rows);
    }
    Areas { checks: Rect { height: rows, ..areas.checks }, detail: below(rows), ..areas }
}

/// Verdict and card, and the rest for the rows and what is below them. Where lines are few, first the card becomes
/// shorter, then the rule over the rows goes, then what is below them, at last the end of the verdict.
fn upper(model: &Model, run: &Run, body: Rect, below: u16, areas: Areas) -> Areas {
    let verdict = height(verdict::lines(&model.setup, run, body.width).len());
    let card = height(card::lines(&model.setup, run, body.width).len());
    let short_card = height(card::short_lines(&model.setup, run, body.width).len());
    let fits = |verdict: u16, card: u16, rest: u16| verdict + card + rest <= body.height;
    let card = if fits(verdict, card, CHECKS + below) { card } else { short_card };
    let verdict = verdict.min(body.height.saturating_sub(card + ROWS).max(2));
    let (verdict, rest) = split(body, verdict);
    let (card, checks) = split(rest, card);
    Areas { verdict, card, checks, ..areas }
}

fn height(lines: usize) -> u16 {
    u16::try_from(lines).unwrap_or(u16::MAX)
}

fn split(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    (Rect { height, ..area }, Rect { y: area.y + height, height: area.height - height, ..area })
}

/// The columns and lines of the detail pane, without its rule and margins.
#[must_use]
pub fn detail_page(model: &Model, run: &Run) -> Size {
    let full = Rect::from(model.size);
    let detail = areas(model, run, full).detail;
    // Where it is not shown, its lines are kept as for the whole width.
    let detail = if detail.is_empty() { full } else { detail };
    Size { width: detail.width.saturating_sub(2), height: detail.height.saturating_sub(1) }
}

/// True if the verdict stands in full beside the detail, so that the detail need not repeat it.
#[must_use]
pub fn shows_whole_verdict(model: &Model, run: &Run) -> bool {
    let area = areas(model, run, Rect::from(model.size)).verdict;
    let lines = verdict::lines(&model.setup, run, area.width).len();
    matches!(shape(model.size), Shape::Stacked | Shape::Columns) && usize::from(area.height) >= lines
}

/// The last line of an area.
#[must_use]
pub fn last_line(area: Rect) -> Rect {
    Rect { y: area.bottom().saturating_sub(1).max(area.y), height: 1.min(area.height), ..area }
}
