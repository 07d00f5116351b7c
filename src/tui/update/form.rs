//! The intake form: typing, choosing, starting.

use crossterm::event::{Event, KeyCode};
use tui_input::{InputRequest, backend::crossterm::to_input_request};

use super::diagnosis;
use crate::{
    intake::{Case, Source, TypedUser},
    text,
    tui::{
        keymap::Key,
        message::Effect,
        model::{Field, Form, Layer, Model, Offer, visible},
    },
};

/// Opens an empty form; the application stays. An instance was chosen for one user: for the next it could be the
/// wrong one, without a word.
pub(super) fn open(model: &mut Model) {
    model.instance = None;
    model.form = Form { application: model.form.application, ..Form::default() };
    show(model);
}

/// Opens the form with the shown case in it, where the start URL is typed.
pub(super) fn open_with_current(model: &mut Model) {
    let Some(case) = model.run().map(|run| run.case.clone()) else { return };
    open(model);
    let chosen = case.settings.instance.as_ref().filter(|instance| instance.source == Source::Choice);
    model.instance = chosen.map(|instance| instance.value.clone());
    model.form.fill(Field::User, case.user.as_str());
    model.form.fill(Field::Region, case.typed_region.as_deref().unwrap_or_default());
    model.form.fill(Field::StartUrl, case.start_url.as_deref().unwrap_or_default());
    model.form.unfolded = true;
}

fn show(model: &mut Model) {
    model.layers.retain(|layer| *layer == Layer::CannotStart);
    model.layers.push(Layer::Form);
}

/// More than any user name or URL needs: a whole file pasted by mistake must not make the field slow.
const LONGEST_PASTE: usize = 1_000;

/// A key that is no action: it types.
pub(super) fn edit(model: &mut Model, key: Key) {
    if model.form.field == Field::Application {
        match key.code() {
            KeyCode::Left => step_application(model, false),
            KeyCode::Right | KeyCode::Char(' ') => step_application(model, true),
            _ => {}
        }
        return;
    }
    let request = to_input_request(&Event::Key(key.event()));
    let invisible = matches!(request, Some(InputRequest::InsertChar(letter)) if text::is_invisible(letter));
    if let (Some(request), false, Some(input)) = (request, invisible, model.form.input_mut()) {
        input.handle(request);
        model.form.error = None;
        model.form.offered = None;
    }
}

/// Pasted text goes where the cursor is, on one line. Of several lines the first one that says something is the user.
pub(super) fn paste(model: &mut Model, text: &str) {
    if !model.typing() {
        return;
    }
    let mut lines = text.split(['\n', '\r']).map(visible).filter(|line| !line.trim().is_empty());
    let text = match model.form.field {
        Field::User => lines.next().unwrap_or_default(),
        _ => visible(text),
    };
    if let Some(input) = model.form.input_mut() {
        for letter in text.trim().chars().take(LONGEST_PASTE) {
            input.handle(InputRequest::InsertChar(letter));
        }
        model.form.error = None;
        model.form.offered = None;
    }
}

fn step_application(model: &mut Model, forward: bool) {
    let count = model.setup.profiles.len().max(1);
    model.form.application = (model.form.application + if forward { 1 } else { count - 1 }) % count;
}

/// The next or previous field; the first time, this unfolds what lies below the user.
pub(super) fn next_field(model: &mut Model, forward: bool) {
    model.form.unfolded = true;
    let count = Field::ALL.len();
    let here = Field::ALL.iter().position(|field| *field == model.form.field).unwrap_or_default();
    let next = (here + if forward { 1 } else { count - 1 }) % count;
    model.form.field = Field::ALL.get(next).copied().unwrap_or_default();
}

/// Down and up: through the offered users on the first field, through the fields elsewhere.
pub(super) fn step(model: &mut Model, forward: bool) {
    let offers = model.offers();
    let count = offers.len();
    if model.form.field != Field::User || count == 0 {
        return next_field(model, forward);
    }
    let next = match model.form.offered {
        None if forward => 0,
        None => count - 1,
        Some(here) => (here + if forward { 1 } else { count - 1 }) % count,
    };
    let Some(Offer { user, application, .. }) = offers.into_iter().nth(next) else { return };
    let form = &mut model.form;
    form.application = application.unwrap_or(form.application);
    form.fill(Field::StartUrl, user.start_url.as_deref().unwrap_or_default());
    form.fill(Field::Region, user.typed_region.as_deref().unwrap_or_default());
    form.fill(Field::User, &user.name);
    form.unfolded = user.start_url.is_some() || user.typed_region.is_some();
    model.form.offered = Some(next);
    model.form.error = None;
}

/// Starts the diagnosis, or says under the field why it cannot.
pub(super) fn submit(model: &mut Model) -> Vec<Effect> {
    let user = match TypedUser::parse(model.form.user.value()) {
        Ok(user) => user,
        Err(error) => {
            model.form.error = Some(error);
            model.form.field = Field::User;
            return Vec::new();
        }
    };
    let Some(profile) = model.setup.profiles.get(model.form.application).cloned() else { return Vec::new() };
    let typed = |field| {
        let text = model.form.input(field)?.value().trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let case = Case {
        user,
        start_url: typed(Field::StartUrl),
        typed_region: typed(Field::Region),
        profile,
        settings: diagnosis::settings(model),
    };
    let sample = model.sample;
    let case = if sample { crate::sample::complete(case) } else { case };
    diagnosis::begin(model, case, sample)
}
