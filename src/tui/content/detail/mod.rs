//! The detail pane: a check, or what no API shows. Its lines are kept with the model, so that scrolling through
//! thousands of groups draws only what is seen.

mod attempts;
mod check;

use ratatui::text::Line;

use super::{
    seen::write_seen,
    writer::{LineWriter, build_rule},
};
use crate::tui::{
    measure::measure_width,
    model::{AppContext, DetailLines, DetailSource, Model, Pane, Run, Subject},
    theme::Tone,
};

/// Makes the lines anew if they are not those of this moment. `repeats_verdict` is for windows in which the verdict
/// is not seen in full elsewhere.
pub(crate) fn refresh_detail(app: &AppContext, run: &mut Run, columns: u16, repeats_verdict: bool) {
    let waits = run
        .marked_check()
        .is_some_and(|check| check.status.is_none() || run.unfolded && Run::slowest_call(check).is_some());
    let made_from = Some(DetailSource {
        subject: run.subject,
        columns,
        unfolded: run.unfolded,
        repeats_verdict,
        moment: waits.then_some(run.elapsed.as_millis() / 100),
    });
    if run.detail.made_from == made_from {
        return;
    }
    let mut writer = LineWriter::new(app.theme, usize::from(columns));
    let mut unfolded_at = None;
    match (run.subject, run.marked_check()) {
        (Subject::NotCovered, _) => write_not_covered(run, &mut writer),
        (Subject::Check(_), Some(check)) => {
            unfolded_at = check::write_check(app, run, check, repeats_verdict, &mut writer);
        }
        (Subject::Check(_), None) => {}
    }
    run.detail = DetailLines { made_from, lines: writer.lines, unfolded_at };
}

fn write_not_covered(run: &Run, writer: &mut LineWriter) {
    if let Some(saw) = &run.diagnosis.saw {
        write_seen(saw, writer);
    }
    writer.add_text(Tone::Plain, "No API shows these. The most frequent cause comes first.");
    for (number, item) in run.diagnosis.not_covered.iter().enumerate() {
        writer.add_blank();
        writer.add_beside(&format!("{}. ", number + 1), Tone::Strong, &item.title, Tone::Strong);
        writer.add_item("   ", &item.look);
    }
}

/// Returns the rule over the pane, which says how much is out of sight.
pub(crate) fn build_detail_rule(model: &Model, run: &Run, columns: u16, above: usize, below: usize) -> Line<'static> {
    let remark = match (above, below) {
        (0, 0) => String::new(),
        (0, below) => format!("{below} more below"),
        (above, 0) => format!("{above} more above"),
        (above, below) => format!("{above} above, {below} below"),
    };
    let title = match run.subject {
        // The question is there where it fits: the row says the rest.
        Subject::Check(id) if measure_width(id.title()) + measure_width(id.question()) + 28 > usize::from(columns) => {
            id.title().to_owned()
        }
        Subject::Check(id) => format!("{}: {}", id.title(), id.question()),
        Subject::NotCovered if run.diagnosis.saw.is_some() => "What the user saw, and what is not covered".to_owned(),
        Subject::NotCovered => "Not covered: look here next".to_owned(),
    };
    build_rule(model.app.theme, columns, &title, &remark, model.focus == Pane::Detail)
}
