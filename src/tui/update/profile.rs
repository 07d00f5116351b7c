//! Choosing another AWS profile.

use std::sync::Arc;

use super::{diagnosis, new_form};
use crate::{
    case::Settings,
    text,
    tui::{
        message::Effect,
        model::{Field, Form, Layer, Model, Origin},
        theme::Tone,
    },
};

/// Asks with that profile from now on, if it can be used.
pub(super) fn choose_profile(model: &mut Model, profile: String) -> Vec<Effect> {
    diagnosis::cancel_diagnosis(model);
    vec![Effect::ChangeProfile(profile)]
}

/// Takes in the settings with the profile. What the other one showed may be another organization, and nothing of it can be
/// asked again: only what stands in the form stays.
pub(super) fn take_in(model: &mut Model, settings: Result<Arc<Settings>, String>) {
    let settings = match settings {
        Ok(settings) => settings,
        Err(reason) => return model.say(text::clean(&reason), Tone::Bad),
    };
    let is_form = matches!(model.top_layer(), Some(Layer::Form));
    let shown = model.run().filter(|run| run.origin == Origin::Aws && !is_form).map(|run| run.case.clone());
    let form = if is_form { std::mem::take(&mut model.form) } else { Form::default() };
    let name = settings.aws_profile.as_ref().map_or("default", |profile| profile.value.as_str());
    let words = format!("AWS profile {}", text::clean(name));
    model.app.settings = settings;
    model.operator = None;
    model.directories.forget_aws();
    model.runs.retain(|run| run.origin != Origin::Aws);
    model.people_list.take_if(|list| list.batch.origin == Origin::Aws);
    model.comparison.take_if(|page| page.batch.origin == Origin::Aws);
    model.shown = None;
    model.layers.clear();
    new_form::open_form(model);
    if is_form {
        model.form = form;
    }
    if let Some(case) = shown {
        model.form.fill(Field::TypedUser, case.typed_user.as_deref());
        model.form.fill(Field::Region, case.typed_region.as_deref());
        model.form.fill(Field::StartUrl, case.start_url.as_deref());
        model.form.set_seen(case.saw);
        model.form.fill(Field::User, Some(case.user.as_str()));
    }
    model.say(words, Tone::Accent);
}
