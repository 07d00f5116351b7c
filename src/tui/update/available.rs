//! Which actions mean something now. The loop, the footer and the help ask here.

use super::movement;
use crate::tui::{
    action::Action,
    model::{Layer, Model, Pane, Progress, Run, Subject},
    view::page::Page,
};

/// True if the action does something in this moment.
#[must_use]
pub fn available(model: &Model, action: Action) -> bool {
    available_on(model, model.top(), action)
}

/// True if the action does something while this lies on top.
#[must_use]
pub fn available_on(model: &Model, top: Option<&Layer>, action: Action) -> bool {
    let moves = action.moves();
    match (top, action) {
        (_, Action::Suspend) => model.setup.can_suspend,
        (_, Action::Quit | Action::Help | Action::Redraw)
        | (Some(Layer::CannotStart), Action::Back | Action::Confirm) => true,
        (Some(Layer::Form), Action::Back) => model.shown.is_some(),
        (Some(Layer::Form), Action::Down | Action::Up) => !model.offers().is_empty() || model.form.unfolded,
        (Some(Layer::Form), Action::People) => !model.runs.is_empty(),
        (Some(Layer::Form), _) => matches!(action, Action::Confirm | Action::NextPane | Action::PreviousPane),
        (Some(Layer::List(_) | Layer::Help(_)), _) => moves || matches!(action, Action::Confirm | Action::Back),
        (Some(Layer::CannotStart), _) if moves => Page::of(model, top).is_some_and(|page| page.places() > 1),
        (top, _) => model.run().is_some_and(|run| {
            on_diagnosis(model, run, action) && (top.is_none() || !moves && !is_about_a_check(action))
        }),
    }
}

/// True if closing what lies on top stops the diagnosis. Once there is a verdict, who reads the detail only leaves it.
pub(super) fn cancels(model: &Model) -> bool {
    let reads = model.focus == Pane::Detail;
    model.run().is_some_and(|run| run.progress == Progress::Running && !(reads && run.completes()))
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

fn on_diagnosis(model: &Model, run: &Run, action: Action) -> bool {
    let marked = run.marked();
    match action {
        Action::Confirm => model.focus != Pane::Detail,
        Action::Back => cancels(model) || model.focus == Pane::Detail,
        Action::CopyCommand => run.commands().next().is_some(),
        Action::Cause => match &run.diagnosis.verdict {
            Some(verdict) => verdict.check.is_some_and(|check| run.subject != Subject::Check(check)),
            None => run.progress == Progress::Running && !run.follows,
        },
        Action::CopyFinding => marked.is_some_and(|check| check.status.is_some()),
        // A report without a verdict would keep no promise.
        Action::CopyNote | Action::Write => run.diagnosis.verdict.is_some(),
        Action::NotCovered => !run.diagnosis.not_covered.is_empty(),
        Action::Evidence => marked.is_some_and(|check| !check.evidence.is_empty() || !check.routes.is_empty()),
        Action::DidYouMean => !run.diagnosis.suggestions.is_empty(),
        Action::People => model.runs.len() > 1,
        Action::Instances => run.diagnosis.instances.len() > 1,
        Action::Applications => model.setup.profiles.len() > 1,
        Action::Sample => !model.setup.settings.demo && (model.sample || run.cannot_start()),
        _ => true,
    }
}

/// The footer's words for an action, in this moment.
#[must_use]
pub fn label(model: &Model, action: Action) -> &'static str {
    let not_covered = model.run().is_some_and(|run| run.subject == Subject::NotCovered);
    match (action, model.top()) {
        (Action::Confirm, Some(Layer::Form)) => "diagnose",
        (Action::Confirm, Some(Layer::List(_))) => "choose",
        (Action::Confirm, Some(Layer::CannotStart)) => "show the checks",
        (Action::Confirm | Action::Help, Some(Layer::Help(_))) => "close",
        (Action::Again, Some(Layer::CannotStart)) => "try again",
        (Action::Back, None) if cancels(model) => "cancel",
        (Action::Back, None) => "back",
        (Action::NextPane, Some(Layer::Form)) if !model.form.unfolded => "what was typed",
        (Action::NextPane, Some(Layer::Form)) => "next field",
        (Action::PreviousPane, Some(Layer::Form)) => "previous field",
        (Action::NextPane, None) => match movement::next_pane(model, true) {
            Pane::Verdict => "verdict",
            Pane::Checks => "checks",
            Pane::Detail => "detail",
        },
        (Action::Sample, _) if model.sample => "back to AWS",
        (Action::NotCovered, None) if not_covered => "checks",
        _ => action.label(),
    }
}
