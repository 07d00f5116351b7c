//! The field "What the user saw", and the list of known texts below it.

use crate::{
    symptoms::{self, Symptoms},
    tui::{
        content::seen::list_known_texts,
        model::{Field, Model, Problem, is_anything_known},
    },
};

/// More than this, without a known text in it, is no sentence that somebody would want to see in the field.
const SENTENCE: usize = 200;

/// Takes in what was pasted: a whole log, a mail, an address. Only what is known of it is kept and shown. Returns false
/// where it is a sentence like one that is typed.
pub(super) fn paste_seen(model: &mut Model, text: &str) -> bool {
    let saw = symptoms::recognize([text]);
    if is_anything_known(&saw) {
        model.form.set_seen(Some(saw));
        model.form.problem = None;
        return true;
    }
    let is_sentence = text.chars().count() <= SENTENCE && !text.contains("://") && !text.trim().contains('\n');
    if !is_sentence {
        model.form.problem = Some(Problem::NothingKnown);
    }
    !is_sentence
}

/// Forgets what was recognised: something else stands in the field now.
pub(super) fn take_in_edit(model: &mut Model) {
    model.form.seen = None;
    model.form.known = None;
}

/// Goes down or up among the known texts; returns false where there is none in that direction.
pub(super) fn step_through_known(model: &mut Model, forward: bool) -> bool {
    if model.form.field != Field::Saw || model.form.seen.is_some() {
        return false;
    }
    let count = list_known_texts(model).len();
    model.form.known = match model.form.known {
        None if forward && count > 0 => Some(0),
        None => return false,
        Some(here) if forward => Some((here + 1).min(count.saturating_sub(1))),
        Some(here) => here.checked_sub(1),
    };
    true
}

/// Takes the marked text over into the field; returns false where none is marked.
pub(super) fn take_known(model: &mut Model) -> bool {
    let Some(marked) = model.form.known.filter(|_| model.form.field == Field::Saw) else { return false };
    let known = list_known_texts(model);
    let Some(symptom) = known.get(marked).and_then(|place| Symptoms::built_in().entries().get(*place)) else {
        return false;
    };
    model.form.set_seen(Some(symptoms::take_known(symptom)));
    true
}
