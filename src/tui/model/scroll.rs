//! How far something is scrolled, and moves among places.

use crate::tui::action::Action;

/// Of so many lines so many are seen at once, from the first one on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scroll {
    /// The first line that is seen.
    pub first: usize,
    lines: usize,
    visible: usize,
}

impl Scroll {
    /// Takes in how many lines there are, and how many of them are seen.
    pub(crate) fn fit(&mut self, lines: usize, visible: usize) {
        (self.lines, self.visible) = (lines, visible);
        self.first = self.first.min(self.last_first());
    }

    /// Returns true when not all is seen.
    pub(crate) fn can_move(self) -> bool {
        self.last_first() > 0
    }

    /// Moves as an action says.
    pub(crate) fn apply(&mut self, action: Action) {
        self.first = move_place(self.first, action, self.last_first() + 1, self.visible);
    }

    /// Moves to the top, or so far down that the line before this one is seen.
    pub(crate) fn reveal_until(&mut self, end: usize) {
        self.first = end.saturating_sub(self.visible);
    }

    fn last_first(self) -> usize {
        self.lines.saturating_sub(self.visible)
    }
}

/// Returns the place after a move among `count` places, of which `page` are seen at once.
pub(crate) fn move_place(here: usize, action: Action, count: usize, page: usize) -> usize {
    let last = count.saturating_sub(1);
    let page = page.saturating_sub(1).max(1);
    match action {
        Action::Down => (here + 1).min(last),
        Action::Up => here.saturating_sub(1),
        Action::PageDown => (here + page).min(last),
        Action::PageUp => here.saturating_sub(page),
        Action::Top => 0,
        Action::Bottom => last,
        _ => here,
    }
}

/// Returns the next place in a circle of `count`, or the previous one.
pub(crate) fn step_around(here: usize, forward: bool, count: usize) -> usize {
    let count = count.max(1);
    (here + if forward { 1 } else { count - 1 }) % count
}
