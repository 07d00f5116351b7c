//! The detail of the marked row: of its lines, those that are seen.

use ratatui::{Frame, layout::Rect};

use super::paint;
use crate::tui::{
    measure,
    model::{Model, Pane, Run, Subject},
};

pub(super) fn draw(model: &Model, run: &Run, frame: &mut Frame, area: Rect) {
    if area.is_empty() {
        return;
    }
    let lines = run.detail.lines();
    let visible = usize::from(area.height.saturating_sub(1));
    let below = lines.len().saturating_sub(run.scroll + visible);
    let remark = match (run.scroll, below) {
        (0, 0) => String::new(),
        (0, below) => format!("{below} more below"),
        (above, 0) => format!("{above} more above"),
        (above, below) => format!("{above} above, {below} below"),
    };
    let title = match run.subject {
        // The question is there where it fits: the row says the rest.
        Subject::Check(id)
            if measure::width(id.title()) + measure::width(id.question()) + 28 > usize::from(area.width) =>
        {
            id.title().to_owned()
        }
        Subject::Check(id) => format!("{}: {}", id.title(), id.question()),
        Subject::NotCovered => "Not covered: look here next".to_owned(),
    };
    let rule = paint::rule(&model.setup, area.width, &title, &remark, model.focus == Pane::Detail);
    paint::lines(frame, area, &[rule]);
    let below_rule = Rect { y: area.y + 1, height: area.height - 1, ..area };
    paint::lines(frame, paint::inset(below_rule), lines.iter().skip(run.scroll));
}
