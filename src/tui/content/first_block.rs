//! The first block answers the call: what is the matter, what to say, what to do, and how the checks stand.

use ratatui::text::Line;

use super::{
    actions::is_available,
    card::{Room, build_card_lines},
    checks::strip::build_strip_lines,
    seen::{build_question_lines, build_told_lines},
    verdict::build_verdict_lines,
    writer::{LineWriter, build_rule},
};
use crate::{
    report::diagnosis::Verdict,
    tui::{
        action::Action,
        measure::wrap_text,
        model::{Model, Run},
        theme::Tone,
    },
};

/// Longer lines are hard to read aloud.
const LONGEST_LINE: usize = 100;
/// From so many lines on there is room for the sentence that says what is the matter, beside what to say.
const HIGH: u16 = 30;
/// What is cut to make room has so many lines.
const CUT: usize = 2;

/// The lines of the block.
pub(crate) struct FirstBlock {
    pub(crate) lines: Vec<Line<'static>>,
    /// True if they say in a sentence what is the matter.
    pub(crate) says_headline: bool,
}

/// Returns the block for so many columns, in the fullest form that takes no more than so many lines.
pub(crate) fn build_first_block(model: &Model, run: &Run, columns: u16, most: usize) -> FirstBlock {
    let ample = build_block_for(Room::Ample, model, run, columns);
    if ample.lines.len() <= most { ample } else { build_block_for(Room::Tight, model, run, columns) }
}

/// Returns what is left of the block while somebody reads a detail that needs the lines.
pub(crate) fn build_folded_block(model: &Model, run: &Run, columns: u16) -> FirstBlock {
    let mut lines = build_verdict_lines(&model.app, run, columns, false);
    lines.extend(build_strip_lines(model.app.theme, run, columns));
    FirstBlock { lines, says_headline: false }
}

fn build_block_for(room: Room, model: &Model, run: &Run, columns: u16) -> FirstBlock {
    let verdict = run.diagnosis.verdict.as_ref();
    let with_headline = verdict.is_none() || room == Room::Ample && model.size.height >= HIGH;
    let mut lines = build_verdict_lines(&model.app, run, columns, with_headline);
    if let Some(verdict) = verdict {
        lines.extend(build_told_lines(model.app.theme, run, columns));
        lines.extend(build_say_lines(model, verdict, columns));
        lines.extend(build_do_lines(room, model, verdict, columns));
        lines.extend(build_question_lines(model.app.theme, run, columns));
    }
    lines.extend(build_card_lines(&model.app, run, columns, room));
    lines.extend(build_strip_lines(model.app.theme, run, columns));
    FirstBlock { lines, says_headline: with_headline }
}

/// Returns the words to read to the caller.
fn build_say_lines(model: &Model, verdict: &Verdict, columns: u16) -> Vec<Line<'static>> {
    let remark = name_key(model, Action::CopySay, "copies");
    let mut lines = vec![build_rule(model.app.theme, columns, "Say to the caller", &remark, false)];
    let room = usize::from(columns).saturating_sub(5).min(LONGEST_LINE);
    let words = format!("\"{}\"", verdict.say);
    for (number, line) in wrap_text(&words, room).into_iter().enumerate() {
        // The words stand under each other, the quotation mark before them.
        let indent = if number == 0 { "  " } else { "   " };
        lines.push(model.app.theme.style_text(Tone::Strong, format!("{indent}{line}")).into());
    }
    lines
}

fn build_do_lines(room: Room, model: &Model, verdict: &Verdict, columns: u16) -> Vec<Line<'static>> {
    let theme = model.app.theme;
    let remark = name_key(model, Action::CopyNote, "copies the note");
    let mut lines = vec![build_rule(theme, columns, "Do", &remark, false)];
    let wide = usize::from(columns).saturating_sub(4).min(LONGEST_LINE);
    let mut writer = LineWriter::new(theme, wide);
    if let Some(owner) = verdict.acts_first {
        writer.add_text(Tone::Strong, owner.queue());
    }
    let mut wrapped = wrap_text(&verdict.instruction, wide);
    if room == Room::Tight && wrapped.len() > CUT {
        let rest = wrapped.split_off(CUT - 1).join(" ");
        wrapped.push(theme.cut_text(&rest, wide));
    }
    for line in &wrapped {
        writer.add_text(Tone::Plain, line);
    }
    for mut line in writer.lines {
        line.spans.insert(0, theme.style_text(Tone::Plain, "  "));
        lines.push(line);
    }
    lines
}

/// Returns "y copies", where that key works.
fn name_key(model: &Model, action: Action, does: &str) -> String {
    let key = model.app.keymap.key_to_show(action, false).filter(|_| is_available(model, action));
    key.map_or_else(String::new, |key| format!("{key} {does}"))
}
