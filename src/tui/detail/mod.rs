//! The lines of the detail pane. They are made when what they show changes and kept with the model, so that
//! scrolling through thousands of groups draws only what is seen.

mod check;
mod page;

use ratatui::text::Line;

use self::page::Page;
use super::model::{Run, Setup, Subject};

/// The finished lines, and what they were made from.
#[derive(Debug, Clone, Default)]
pub struct Detail {
    made_from: Option<Source>,
    lines: Vec<Line<'static>>,
    unfolded_at: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Source {
    subject: Subject,
    columns: u16,
    unfolded: bool,
    /// True where the verdict is not seen in full elsewhere.
    repeats_verdict: bool,
    /// Tenths of a second, where the lines show how long calls have been under way.
    moment: Option<u128>,
}

impl Detail {
    /// All lines, from the top.
    #[must_use]
    pub fn lines(&self) -> &[Line<'static>] {
        &self.lines
    }

    /// The line at which begins what was unfolded.
    #[must_use]
    pub fn unfolded_at(&self) -> Option<usize> {
        self.unfolded_at
    }

    /// Forgets the lines: what they were made from has changed.
    pub fn forget(&mut self) {
        self.made_from = None;
    }
}

/// Makes the lines anew if they are not those of this moment.
pub(super) fn refresh(setup: &Setup, run: &mut Run, columns: u16, repeats_verdict: bool) {
    let has_moving_time = |check| run.unfolded && Run::slowest_call(check).is_some();
    let waits = run.marked().is_some_and(|check| check.status.is_none() || has_moving_time(check));
    let source = Source {
        subject: run.subject,
        columns,
        unfolded: run.unfolded,
        repeats_verdict,
        moment: waits.then_some(run.elapsed.as_millis() / 100),
    };
    if run.detail.made_from.as_ref() != Some(&source) {
        let (lines, unfolded_at) = lines(setup, run, &source);
        run.detail = Detail { made_from: Some(source), lines, unfolded_at };
    }
}

fn lines(setup: &Setup, run: &Run, source: &Source) -> (Vec<Line<'static>>, Option<usize>) {
    let mut page = Page::new(setup.theme, usize::from(source.columns));
    match (run.subject, run.marked()) {
        (Subject::NotCovered, _) => not_covered(run, &mut page),
        (Subject::Check(_), Some(check)) => check::write(setup, run, check, source.repeats_verdict, &mut page),
        (Subject::Check(_), None) => {}
    }
    page.finish()
}

fn not_covered(run: &Run, page: &mut Page) {
    page.text("No API shows these. The most frequent cause comes first.");
    for (number, item) in run.diagnosis.not_covered.iter().enumerate() {
        page.blank();
        page.hanging_strong(&format!("{}. ", number + 1), &item.title);
        page.hanging("   ", &item.look);
    }
}
