//! Which actions mean something now, and what the footer calls them. The update, the footer and the help ask here.

use super::card::needs_card;
use crate::tui::{
    action::Action,
    model::{Layer, Model, Pane, PeopleList, Progress, Run, Shape, Subject},
};

/// Returns true when the action does something in this moment.
#[must_use]
pub fn is_available(model: &Model, action: Action) -> bool {
    is_available_on(model, model.top_layer(), action)
}

/// Returns true when the action does something while this lies on top.
pub(crate) fn is_available_on(model: &Model, top: Option<&Layer>, action: Action) -> bool {
    let is_move = action.is_move();
    match (top, action) {
        (_, Action::Suspend) => model.can_suspend,
        (_, Action::Quit | Action::Help | Action::Redraw)
        | (Some(Layer::CannotStart(_) | Layer::File), Action::Back | Action::Confirm)
        | (Some(Layer::Note(_)), Action::ViewNote | Action::CopyNote)
        | (Some(Layer::Form), Action::HandOver | Action::OpenFile) => true,
        (Some(Layer::File), _) => false,
        (Some(Layer::PeopleList), _) => is_available_on_list(model, action),
        (Some(Layer::Comparison(scroll)), _) => match action {
            Action::Back | Action::Confirm => true,
            Action::CopyNote | Action::Write => model.comparison.as_ref().is_some_and(|page| page.comparison.is_some()),
            _ => is_move && scroll.can_move(),
        },
        (Some(Layer::HandOver), _) => {
            is_next(action)
                || matches!(
                    action,
                    Action::Confirm | Action::Back | Action::HandOver | Action::NextPane | Action::PreviousPane
                )
        }
        (Some(Layer::Form), Action::Back) => model.shown.is_some() || model.form.pasted.is_some(),
        (Some(Layer::Form) | None, Action::PeopleList) => model.people_list.is_some(),
        (Some(Layer::Form), Action::Down | Action::Up) => {
            !model.list_offers().is_empty() || !model.form.people.is_empty() || model.form.unfolded
        }
        (Some(Layer::Form | Layer::CannotStart(_)) | None, Action::AwsProfile) => can_change_profile(model),
        (Some(Layer::Form), Action::People) => !model.runs.is_empty(),
        (Some(Layer::Form), _) => matches!(action, Action::Confirm | Action::NextPane | Action::PreviousPane),
        (Some(Layer::List(_) | Layer::Help(_) | Layer::Note(_)), _) => {
            is_move || matches!(action, Action::Confirm | Action::Back)
        }
        (Some(Layer::CannotStart(scroll)), _) if is_move => scroll.can_move(),
        (top, _) => model.run().is_some_and(|run| {
            is_available_for_run(model, run, action) && (top.is_none() || !is_move && !is_about_a_check(action))
        }),
    }
}

/// Returns true if AWS is asked, and there is another profile to ask it with.
fn can_change_profile(model: &Model) -> bool {
    let used = model.app.settings.aws_profile.as_ref().map(|profile| &profile.value);
    let has_other = model.app.aws_profiles.iter().any(|profile| Some(profile) != used);
    !model.sample && !model.app.settings.demo && has_other
}

fn is_available_on_list(model: &Model, action: Action) -> bool {
    let Some(list) = &model.people_list else { return action == Action::Back };
    match action {
        Action::Back | Action::PeopleList | Action::AnotherUser | Action::OpenFile => true,
        Action::Confirm | Action::Compare => list.marked_place().is_some_and(|place| list.row(place).is_some()),
        Action::Again => !list.batch.origin.is_recording(),
        Action::Write | Action::Record | Action::CopyNote => !list.is_running(),
        _ => action.is_move(),
    }
}

fn is_next(action: Action) -> bool {
    matches!(action, Action::Down | Action::Up)
}

/// Returns true when closing what lies on top stops the diagnosis. Once there is a verdict, who reads the detail only
/// leaves it.
pub(crate) fn does_back_cancel(model: &Model) -> bool {
    let reads = model.focus == Pane::Detail;
    model.run().is_some_and(|run| run.progress == Progress::Running && !(reads && run.describe_completing().is_some()))
}

fn is_about_a_check(action: Action) -> bool {
    matches!(
        action,
        Action::CopyFinding
            | Action::Cause
            | Action::NotCovered
            | Action::Evidence
            | Action::DidYouMean
            | Action::NextPane
            | Action::PreviousPane
    )
}

/// Returns true for what asks AWS about the shown user again, which a recording cannot.
fn asks_again(action: Action) -> bool {
    matches!(
        action,
        Action::Again
            | Action::Watch
            | Action::WhatWasTyped
            | Action::DidYouMean
            | Action::Instances
            | Action::Applications
            | Action::HandOver
    )
}

fn is_available_for_run(model: &Model, run: &Run, action: Action) -> bool {
    let marked = run.marked_check();
    match action {
        _ if run.origin.is_recording() && asks_again(action) => false,
        Action::Confirm => model.focus != Pane::Detail,
        Action::Back => does_back_cancel(model) || model.focus == Pane::Detail || model.is_in_list(run),
        Action::CopyCommand => run.fixes().iter().any(|fix| fix.command.is_some()),
        Action::Cause => match &run.diagnosis.verdict {
            Some(verdict) => verdict.check.is_some_and(|check| run.subject != Subject::Check(check)),
            None => run.progress == Progress::Running && !run.follows,
        },
        Action::CopyFinding => marked.is_some_and(|check| check.status.is_some()),
        // A report without a verdict would keep no promise.
        Action::CopyNote | Action::ViewNote | Action::CopySay | Action::Write | Action::Compare => {
            run.diagnosis.verdict.is_some()
        }
        Action::Watch => run.is_watched || run.diagnosis.exit_status() != 0,
        Action::Record => run.diagnosis.verdict.is_some() && run.progress != Progress::Running,
        Action::WhatToType => !needs_card(run),
        Action::NotCovered => !run.diagnosis.not_covered.is_empty(),
        Action::Evidence => marked.is_some_and(|check| !check.evidence.is_empty() || !check.routes.is_empty()),
        Action::DidYouMean => !run.reading.people.is_empty() || !run.list_meant_users().is_empty(),
        Action::People => model.runs.len() > 1,
        Action::Instances => run.diagnosis.instances.len() > 1,
        Action::Applications => model.app.apps.len() > 1,
        Action::Sample => !model.app.settings.demo && (model.sample || run.cannot_start()),
        _ => true,
    }
}

/// Returns why an action does nothing in this moment; nothing is said about moves.
pub(crate) fn explain_unavailable(model: &Model, action: Action) -> Option<String> {
    let close = model.app.keymap.key_to_show(Action::Back, false).map_or_else(String::new, |key| format!(" ({key})"));
    let reason = match (model.top_layer(), action) {
        (_, action) if action.is_move() => return None,
        (_, Action::Suspend) => "No shell could continue this program: it goes on.",
        (Some(Layer::PeopleList), Action::Again) => "This is a recording: nothing can be asked again.",
        (Some(Layer::PeopleList), Action::Write | Action::Record | Action::CopyNote) => "The list is not complete yet.",
        (Some(Layer::PeopleList), Action::Confirm | Action::Compare) => "Nothing is known of this one yet.",
        (Some(Layer::Comparison(_)), Action::CopyNote | Action::Write) => "Nothing is compared yet.",
        (_, Action::PeopleList) => {
            "There is no list yet: paste several names into the form, or open a file with a name a line."
        }
        (None, action) if asks_again(action) && model.run().is_some_and(|run| run.origin.is_recording()) => {
            "This is a recording: nothing can be asked again."
        }
        (Some(Layer::Form), Action::Back) => "There is no diagnosis to go back to: Ctrl-C leaves.",
        (Some(Layer::Form), _) => "First say who cannot sign in.",
        (
            Some(
                Layer::List(_)
                | Layer::Help(_)
                | Layer::Note(_)
                | Layer::HandOver
                | Layer::File
                | Layer::PeopleList
                | Layer::Comparison(_),
            ),
            _,
        ) => {
            return Some(format!("Close this first{close}."));
        }
        (Some(Layer::CannotStart(_)), _) if is_about_a_check(action) => "Show the checks first (Enter).",
        (_, Action::Confirm) => "This is the detail already.",
        (_, Action::Back) => "Nothing lies on top: q leaves.",
        (_, Action::CopyCommand) if model.run().is_none_or(|run| run.fixes().is_empty()) => {
            "There is nothing to fix, so there is no command."
        }
        (_, Action::CopyCommand) => "This fix has no command: its steps are in the detail.",
        (_, Action::Cause) => "There is no cause to go back to, or it is marked already.",
        (_, Action::CopyFinding) => "This check has no finding yet.",
        (_, Action::CopyNote | Action::ViewNote | Action::CopySay | Action::Write | Action::Compare) => {
            "There is no verdict yet."
        }
        (_, Action::Watch) => "Nothing is wrong, so there is nothing to wait for.",
        (_, Action::Record) => "A recording is written when the diagnosis is complete.",
        (_, Action::WhatToType) => "What to type is shown already.",
        (_, Action::NotCovered) => "Nothing is left to look at.",
        (_, Action::Evidence) => "There is nothing more about this one.",
        (_, Action::DidYouMean) => "There is no name like it to choose from.",
        (_, Action::People) => "This is the only user so far.",
        (_, Action::AwsProfile) if model.sample => "The sample organization needs no AWS profile.",
        (_, Action::AwsProfile) => "There is no other AWS profile to choose.",
        (_, Action::Instances) => "There is no other instance to choose.",
        (_, Action::Applications) => "There is no other application to choose.",
        (_, Action::Sample) => "The sample organization is opened with: sso-doctor --demo",
        _ => return None,
    };
    Some(reason.to_owned())
}

/// Returns the footer's words for an action, in this moment.
#[must_use]
pub fn label_action(model: &Model, action: Action) -> &'static str {
    let not_covered = model.run().is_some_and(|run| run.subject == Subject::NotCovered);
    match (action, model.top_layer()) {
        (Action::Confirm, Some(Layer::Form)) if model.form.known.is_some() => "take",
        (Action::Confirm, Some(Layer::Form)) if model.form.pasted.is_some() => "diagnose all",
        (Action::Confirm, Some(Layer::Form)) if model.form.compares_with.is_some() => "compare",
        (Action::Confirm, Some(Layer::Form)) => "diagnose",
        (Action::Confirm, Some(Layer::HandOver)) => "read",
        (Action::Confirm, Some(Layer::File)) => "open",
        (Action::Confirm, Some(Layer::PeopleList)) => "this one",
        (Action::CopyNote, Some(Layer::PeopleList)) => "copy summary",
        (Action::CopyNote, Some(Layer::Comparison(_))) => "copy",
        (Action::Write, Some(Layer::PeopleList | Layer::Comparison(_))) => "write",
        (Action::Back, Some(Layer::PeopleList)) if model.people_list.as_ref().is_some_and(PeopleList::is_running) => {
            "stop"
        }
        (Action::Back, Some(Layer::Form)) if model.form.pasted.is_some() => "forget them",
        (Action::Confirm, Some(Layer::List(_))) => "choose",
        (Action::Confirm, Some(Layer::CannotStart(_))) => "show the checks",
        (Action::Confirm | Action::Help, Some(Layer::Help(_)))
        | (Action::Confirm | Action::ViewNote, Some(Layer::Note(_)))
        | (Action::HandOver, Some(Layer::HandOver))
        | (Action::Confirm, Some(Layer::Comparison(_)))
        | (Action::PeopleList, Some(Layer::PeopleList)) => "close",
        (Action::Again, Some(Layer::CannotStart(_))) => "try again",
        (Action::Back, None) if does_back_cancel(model) => "cancel",
        (Action::Back, None) if model.focus != Pane::Detail && model.run().is_some_and(|run| model.is_in_list(run)) => {
            "list"
        }
        (Action::Back, None) => "back",
        (Action::NextPane, Some(Layer::Form)) if !model.form.unfolded => "what was typed",
        (Action::NextPane, Some(Layer::Form | Layer::HandOver)) => "next field",
        (Action::PreviousPane, Some(Layer::Form | Layer::HandOver)) => "previous field",
        (Action::Sample, _) if model.sample => "back to AWS",
        (Action::PageDown, None) => "more",
        (Action::NotCovered, None) if not_covered => "checks",
        _ => action.label(),
    }
}

/// Returns keys and words of what works now, the most important first.
pub(crate) fn list_hints(model: &Model) -> Vec<(String, &'static str)> {
    let is_on_diagnosis = model.layers.is_empty();
    // In a column most of it is out of sight, and the way there is worth the most.
    let is_column = is_on_diagnosis && model.shape() == Shape::Column;
    let first = is_column.then_some(Action::PageDown);
    let mut hints = Vec::new();
    for action in first.into_iter().chain(Action::ALL.iter().copied()) {
        // One way to the detail is enough to name, and arrows are found without being told: they would only fill what
        // is left of the line.
        let is_found = action == Action::NextPane || action.is_move() || is_column && action == Action::Confirm;
        if is_on_diagnosis && is_found && first != Some(action)
            || action.is_for_the_terminal()
            || !is_available(model, action)
        {
            continue;
        }
        let hint = model.app.keymap.key_to_show(action, model.is_typing());
        hints.extend(hint.map(|key| (key.to_string(), label_action(model, action))));
    }
    hints
}
