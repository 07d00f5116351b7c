//! The page for what the identity provider's side handed over: typing, pasting, reading.

use std::sync::Arc;

use crossterm::event::Event;
use tui_input::{InputRequest, backend::crossterm::to_input_request};

use super::diagnosis;
use crate::{
    case::Case,
    saml::HandedOver,
    tui::{
        keymap::Key,
        message::Effect,
        model::{HandOver, Item, Layer, Model, can_be_typed, keep_visible, step_around},
        theme::Tone,
    },
};

/// No path is longer; what is pasted beyond that is the text itself.
const LONGEST_PATH: usize = 400;

/// What the text itself begins with, or has in it, whatever its length.
const MARKS_OF_TEXT: [&str; 3] = ["SAMLResponse", "-----BEGIN", "<"];

/// Opens the page, or closes it.
pub(super) fn toggle_page(model: &mut Model) {
    if matches!(model.top_layer(), Some(Layer::HandOver)) {
        return close_page(model);
    }
    model.hand_over = HandOver::default();
    model.layers.push(Layer::HandOver);
}

/// Closes the page. What is still being read is not taken in.
pub(super) fn close_page(model: &mut Model) {
    model.hand_over = HandOver::default();
    model.layers.retain(|layer| *layer != Layer::HandOver);
}

/// Takes in a key that is no action: it types.
pub(super) fn edit_field(model: &mut Model, key: Key) {
    let request = to_input_request(&Event::Key(key.event()));
    let invisible = matches!(request, Some(InputRequest::InsertChar(letter)) if !can_be_typed(letter));
    if let (Some(request), false, Some(input)) = (request, invisible, model.hand_over.input_mut()) {
        input.handle(request);
    }
}

/// Puts a pasted path where the cursor is; anything else is taken as the text itself.
pub(super) fn paste_text(model: &mut Model, text: &str) {
    let is_path = text.trim().lines().count() <= 1
        && text.chars().count() <= LONGEST_PATH
        && !MARKS_OF_TEXT.iter().any(|mark| text.contains(mark))
        && !text.trim_start().starts_with(['{', '[']);
    if !is_path {
        return model.hand_over.set_pasted(text.to_owned());
    }
    if let Some(input) = model.hand_over.input_mut() {
        // Files that are dropped on a terminal come in quotes.
        for letter in keep_visible(text).trim().trim_matches(['\'', '"']).chars() {
            input.handle(InputRequest::InsertChar(letter));
        }
    }
}

/// Goes to the next or the previous field.
pub(super) fn step(model: &mut Model, forward: bool) {
    let next = step_around(model.hand_over.item as usize, forward, Item::ALL.len());
    if let Some(item) = Item::ALL.get(next) {
        model.hand_over.item = *item;
    }
}

/// Begins to read what was entered.
pub(super) fn submit_page(model: &mut Model) -> Vec<Effect> {
    let Some(places) = model.hand_over.list_places() else {
        model.hand_over.problem = Some("Enter a path, or paste the text itself.".to_owned());
        return Vec::new();
    };
    model.last_number += 1;
    let number = model.last_number;
    model.hand_over.problem = None;
    model.hand_over.reading = Some(number);
    vec![Effect::ReadHandedOver { number, places: Box::new(places), sample: model.sample }]
}

/// Takes in what was read: for the diagnosis that is shown, which is begun anew, or for the one that is about to begin.
pub(super) fn take_in(model: &mut Model, number: u64, read: Result<HandedOver, String>) -> Vec<Effect> {
    if model.hand_over.reading != Some(number) {
        return Vec::new();
    }
    model.hand_over.reading = None;
    let handed_over = match read {
        Ok(handed_over) => handed_over,
        Err(reason) => {
            model.hand_over.problem = Some(reason);
            return Vec::new();
        }
    };
    model.handed_over = Arc::new(handed_over.or(&model.handed_over));
    let has_capture = handed_over.capture.is_some();
    close_page(model);
    model.say(if has_capture { "Read. Delete this capture now" } else { "Read" }, Tone::Good);
    if model.top_layer().is_some() {
        return Vec::new();
    }
    let Some((case, origin)) = model.run().map(|run| (run.case.clone(), run.origin)) else { return Vec::new() };
    let handed_over = Arc::new(handed_over.or(&case.handed_over));
    diagnosis::begin_diagnosis(model, Case { handed_over, ..case }, origin)
}

/// Forgets the last caller's capture; the files that hold for everybody stay.
pub(super) fn forget_capture(model: &mut Model) {
    model.handed_over = Arc::new(HandedOver { capture: None, ..HandedOver::clone(&model.handed_over) });
}

/// Begins with what the organization has that is asked next: the sample organization has an identity provider of its own.
pub(super) fn change_organization(model: &mut Model) {
    model.handed_over = if model.sample { Arc::default() } else { model.app.handed_over.clone() };
}
