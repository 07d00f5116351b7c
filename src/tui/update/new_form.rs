//! Opening the form: empty, with the shown case in it, to compare, or for the other organization.

use super::{batch, diagnosis, hand_over};
use crate::{
    case::{Case, Source},
    tui::{
        message::Effect,
        model::{Field, Form, Layer, Model},
        theme::Tone,
    },
};

/// Opens an empty form; the application stays. An instance was chosen for one user: for the next it could be the
/// wrong one, without a word.
pub(super) fn open_form(model: &mut Model) {
    model.instance = None;
    hand_over::forget_capture(model);
    model.form = Form { application: model.form.application, ..Form::default() };
    model.close_layers();
    model.layers.push(Layer::Form);
}

/// Opens the form with the shown case in it, where the start URL is typed.
pub(super) fn open_form_with_current(model: &mut Model) {
    let Some(case) = model.run().map(|run| run.case.clone()) else { return };
    open_form(model);
    let chosen = case.settings.instance.as_ref().filter(|instance| instance.source == Source::Choice);
    model.instance = chosen.map(|instance| instance.value.clone());
    model.handed_over = case.handed_over.clone();
    model.form.fill(Field::User, Some(case.user.as_str()));
    model.form.fill(Field::TypedUser, case.typed_user.as_deref());
    model.form.fill(Field::Region, case.typed_region.as_deref());
    model.form.fill(Field::StartUrl, case.start_url.as_deref());
    model.form.set_seen(case.saw);
    model.form.unfolded = true;
}

/// Goes from AWS to the sample organization, or back.
pub(super) fn switch_organization(model: &mut Model) -> Vec<Effect> {
    let effects = diagnosis::cancel_diagnosis(model);
    batch::stop(model);
    model.sample = !model.sample;
    hand_over::change_organization(model);
    open_form(model);
    let words = if model.sample { "The sample organization: nothing is asked of AWS" } else { "Back to AWS" };
    model.say(words, Tone::Accent);
    effects
}

/// Opens the form that asks whom to compare somebody with.
pub(super) fn open_form_to_compare(model: &mut Model, with: Box<Case>) {
    open_form(model);
    model.form.compares_with = Some(with);
}
