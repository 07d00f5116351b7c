//! The page on which a file to open is named: a list of people, or a recording.

use std::sync::Arc;

use crossterm::event::Event;
use tui_input::{InputRequest, backend::crossterm::to_input_request};

use super::{batch, diagnosis, people_list};
use crate::{
    case::UserList,
    recording::Recording,
    tui::{
        keymap::Key,
        message::{Effect, OpenedFile},
        model::{FilePage, Layer, Model, Origin, can_be_typed, keep_visible},
    },
};

/// No path is longer.
const LONGEST_PATH: usize = 4_000;

/// Opens the page.
pub(super) fn open_page(model: &mut Model) {
    model.file_page = FilePage::default();
    model.layers.push(Layer::File);
}

/// Closes the page. What is still being read is not taken in.
pub(super) fn close_page(model: &mut Model) {
    model.file_page = FilePage::default();
    model.layers.retain(|layer| *layer != Layer::File);
}

/// Takes in a key that is no action: it types.
pub(super) fn edit_path(model: &mut Model, key: Key) {
    let request = to_input_request(&Event::Key(key.event()));
    let is_invisible = matches!(request, Some(InputRequest::InsertChar(letter)) if !can_be_typed(letter));
    if let (Some(request), false) = (request, is_invisible) {
        model.file_page.problem = None;
        model.file_page.input.handle(request);
    }
}

/// Puts a pasted path where the cursor is. Files that are dropped on a terminal come in quotes.
pub(super) fn paste_path(model: &mut Model, text: &str) {
    model.file_page.problem = None;
    for letter in keep_visible(text).trim().trim_matches(['\'', '"']).chars().take(LONGEST_PATH) {
        model.file_page.input.handle(InputRequest::InsertChar(letter));
    }
}

/// Begins to read the file.
pub(super) fn submit_page(model: &mut Model) -> Vec<Effect> {
    let path = model.file_page.input.value().trim().to_owned();
    if path.is_empty() {
        model.file_page.problem = Some("Enter the path of a file.".to_owned());
        return Vec::new();
    }
    model.last_number += 1;
    let number = model.last_number;
    model.file_page.problem = None;
    model.file_page.reading = Some(number);
    vec![Effect::OpenFile { number, path }]
}

/// Takes in what was in the file, or why it could not be opened.
pub(super) fn take_in(model: &mut Model, number: u64, opened: Result<OpenedFile, String>) -> Vec<Effect> {
    if model.file_page.reading != Some(number) {
        return Vec::new();
    }
    model.file_page.reading = None;
    match opened {
        Err(reason) => {
            model.file_page.problem = Some(reason);
            Vec::new()
        }
        Ok(OpenedFile::People(people)) => {
            close_page(model);
            people_list::begin_list(model, UserList::new(people))
        }
        Ok(OpenedFile::Recording(recording)) => {
            close_page(model);
            show_recording(model, &recording)
        }
    }
}

/// Shows what was recorded: one person's diagnosis, or a list.
fn show_recording(model: &mut Model, recording: &Recording) -> Vec<Effect> {
    let effects = diagnosis::cancel_diagnosis(model);
    batch::stop(model);
    let facts = Arc::new(recording.facts().clone());
    let mut cases = recording.list_cases();
    match cases.pop() {
        Some(only) if cases.is_empty() => {
            let origin = Origin::Recording(facts.now);
            drop(diagnosis::show_finished(model, only, origin, facts));
        }
        Some(last) => {
            cases.push(last);
            people_list::show_recorded_list(model, cases, facts);
        }
        None => {}
    }
    effects
}
