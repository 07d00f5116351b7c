//! "Tell the user to type this": start URL, Region, and what to choose.

use ratatui::text::Line;

use super::writer::build_rule;
use crate::{
    catalog::Owner,
    checks::Status,
    report::diagnosis::{Standing, TellUser},
    tui::{
        action::Action,
        measure::{measure_width, wrap_text},
        model::{AppContext, Progress, Run},
        theme::{Theme, Tone},
    },
};

const TITLE: &str = "Tell the user to type this";
const NOT_YET: &str = "not known yet";

/// How much room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// For everything.
    Ample,
    /// What to do is cut, and what to type takes as few lines as it can. What to say never is.
    Tight,
}

/// Returns true where what to type is the answer: it is the fix, or the only thing that was not looked at.
pub(crate) fn needs_card(run: &Run) -> bool {
    match (&run.diagnosis.tell_user, &run.diagnosis.verdict) {
        (Some(tell), _) => tell.standing.wants_card(),
        // What is right is not known, but the user has to type something else.
        (None, Some(verdict)) => verdict.owner == Some(Owner::User),
        (None, None) => false,
    }
}

/// Returns what to type where that is the answer or was asked for; else, where it was told and is right, that.
pub(super) fn build_card_lines(app: &AppContext, run: &Run, columns: u16, room: Room) -> Vec<Line<'static>> {
    if needs_card(run) {
        return match &run.diagnosis.tell_user {
            Some(tell) if room == Room::Ample => build_full_lines(app.theme, tell, columns),
            _ => build_short_lines(app, run, columns),
        };
    }
    let mut lines = build_right_lines(app.theme, run, columns);
    if run.shows_what_to_type {
        lines.extend(build_short_lines(app, run, columns));
    }
    lines
}

fn build_full_lines(theme: Theme, tell: &TellUser, columns: u16) -> Vec<Line<'static>> {
    let mut lines = vec![build_rule(theme, columns, TITLE, "", false)];
    let room = usize::from(columns).saturating_sub(14);
    for (label, value) in tell.list_rows() {
        let tone = if label == "Choose" { Tone::Plain } else { Tone::Strong };
        if measure_width(value) > room && !value.contains(' ') {
            // A URL is read and copied better from one line of its own.
            lines.push(theme.style_text(Tone::Quiet, format!("  {label}")).into());
            let whole = wrap_text(value, usize::from(columns).saturating_sub(4));
            lines.extend(whole.into_iter().map(|line| theme.style_text(tone, format!("  {line}")).into()));
            continue;
        }
        for (number, line) in wrap_text(value, room).into_iter().enumerate() {
            let label = if number == 0 { label } else { "" };
            let label = theme.style_text(Tone::Quiet, format!("  {label:<11}"));
            lines.push(Line::from(vec![label, theme.style_text(tone, line)]));
        }
    }
    lines
}

/// Returns the same without the rule and the labels.
fn build_short_lines(app: &AppContext, run: &Run, columns: u16) -> Vec<Line<'static>> {
    let values = match &run.diagnosis.tell_user {
        Some(tell) => {
            let values: Vec<&str> = tell.list_rows().into_iter().map(|(_, value)| value).collect();
            values.join(&app.theme.separator())
        }
        None if run.progress == Progress::Running => NOT_YET.to_owned(),
        None => explain_unknown(app, run),
    };
    let wrapped = wrap_text(&format!("{TITLE}: {values}"), usize::from(columns).saturating_sub(4));
    wrapped.into_iter().map(|line| app.theme.style_text(Tone::Plain, format!("  {line}")).into()).collect()
}

/// Returns a line that says so, where all that was told about the user's screen is right.
fn build_right_lines(theme: Theme, run: &Run, columns: u16) -> Vec<Line<'static>> {
    if run.diagnosis.tell_user.as_ref().is_none_or(|tell| tell.standing != Standing::TypedRight) {
        return Vec::new();
    }
    let words = format!("{} What the user typed is right.", theme.status_glyph(Status::Pass));
    let wrapped = wrap_text(&words, usize::from(columns).saturating_sub(4));
    wrapped.into_iter().map(|line| theme.style_text(Tone::Good, format!("  {line}")).into()).collect()
}

fn explain_unknown(app: &AppContext, run: &Run) -> String {
    match run.diagnosis.instances.len() {
        0 => "not known, because no instance was seen.".to_owned(),
        1 => "not known, because it is not clear whether the instance is the right one.".to_owned(),
        _ => {
            let unknown = "not known, because it is not clear which instance is the right one";
            match app.keymap.key_to_show(Action::Instances, false) {
                Some(key) => format!("{unknown} ({key} chooses)."),
                None => format!("{unknown}."),
            }
        }
    }
}
