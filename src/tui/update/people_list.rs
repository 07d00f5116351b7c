//! The list of people: asking about all of them, moving in it, opening one of them, writing it.

use std::sync::Arc;

use jiff::Timestamp;

use super::{batch, copy, diagnosis};
use crate::{
    case::{Case, TypedUser, UserList},
    facts::Facts,
    recording::Recording,
    report::{
        FORMATS, Format, Glyphs, Paint,
        list::{CSV_HEADER, write_csv_row, write_markdown_table, write_summary, write_table},
    },
    saml::HandedOver,
    sources::demo,
    symptoms::recognize_told,
    tui::{
        action::Action,
        message::Effect,
        model::{Batch, Layer, ListFormat, Model, Origin, PeopleList, Progress, move_place},
        theme::Tone,
    },
};

/// Begins to ask about everybody on a list.
pub(super) fn begin_list(model: &mut Model, list: UserList) -> Vec<Effect> {
    let Some(app) = model.chosen_app().cloned() else { return Vec::new() };
    let settings = diagnosis::choose_settings(model);
    // What somebody's browser sent is that person's alone.
    let handed_over = Arc::new(HandedOver { capture: None, ..HandedOver::clone(&model.handed_over) });
    let is_sample = model.sample;
    let build_case = |user: TypedUser| {
        let saw = recognize_told(&demo::list_seen(&user)).filter(|_| is_sample);
        let case = Case {
            start_url: saw.as_ref().and_then(|saw| saw.start_url.clone()),
            typed_region: saw.as_ref().and_then(|saw| saw.typed_region.clone()),
            typed_user: None,
            user,
            saw,
            handed_over: handed_over.clone(),
            app: app.clone(),
            settings: settings.clone(),
        };
        if is_sample { demo::complete_case(case) } else { case }
    };
    let cases = list.users.into_iter().map(build_case).collect();
    ask_about(model, cases, list.places, Origin::of(is_sample))
}

/// Asks about everybody on the list again.
pub(super) fn ask_again(model: &mut Model) -> Vec<Effect> {
    let Some(list) = &model.people_list else { return Vec::new() };
    let (cases, places, origin) = (list.batch.cases.clone(), list.places.clone(), list.batch.origin);
    ask_about(model, cases, places, origin)
}

fn ask_about(model: &mut Model, cases: Vec<Case>, places: Vec<usize>, origin: Origin) -> Vec<Effect> {
    diagnosis::cancel_diagnosis(model);
    batch::stop(model);
    let known = Facts::new(Timestamp::UNIX_EPOCH);
    let number = show_new_list(model, cases.clone(), places, origin, Arc::new(known.clone()), Progress::Running);
    vec![Effect::Start { number, cases, sample: origin.is_sample(), known: Box::new(known) }]
}

/// Shows everybody of a recording.
pub(super) fn show_recorded_list(model: &mut Model, cases: Vec<Case>, facts: Arc<Facts>) {
    let origin = Origin::Recording(facts.now);
    let places = (0..cases.len()).collect();
    let number = show_new_list(model, cases, places, origin, facts, Progress::Complete);
    batch::finish(model, number);
}

fn show_new_list(
    model: &mut Model,
    cases: Vec<Case>,
    places: Vec<usize>,
    origin: Origin,
    facts: Arc<Facts>,
    progress: Progress,
) -> u64 {
    model.last_number += 1;
    let number = model.last_number;
    let rows = vec![None; cases.len()];
    let batch = Batch { number, cases, origin, progress, facts };
    model.people_list = Some(PeopleList { batch, places, rows, marked: None });
    model.layers = vec![Layer::PeopleList];
    number
}

/// Shows the list again, over what is shown.
pub(super) fn show_list(model: &mut Model) {
    model.close_layers();
    model.layers.push(Layer::PeopleList);
}

/// Stops asking; once that is over, closes the page.
pub(super) fn go_back(model: &mut Model) -> Vec<Effect> {
    if model.people_list.as_ref().is_some_and(PeopleList::is_running) {
        batch::stop(model);
        return vec![Effect::Stop];
    }
    model.layers.pop();
    if model.layers.is_empty() && model.shown.is_none() {
        model.layers.push(Layer::Form);
    }
    Vec::new()
}

/// Marks another row.
pub(super) fn move_mark(model: &mut Model, action: Action, window_rows: usize) {
    let Some(list) = &mut model.people_list else { return };
    let order = list.order_places();
    let here = list.marked_place().and_then(|marked| order.iter().position(|place| *place == marked)).unwrap_or(0);
    list.marked = order.get(move_place(here, action, order.len(), window_rows.saturating_sub(4))).copied();
}

/// Shows the diagnosis of the marked row, from what was learned about all.
pub(super) fn open_marked_row(model: &mut Model) -> Vec<Effect> {
    let Some(list) = &model.people_list else { return Vec::new() };
    let Some(place) = list.marked_place().filter(|place| list.row(*place).is_some()) else { return Vec::new() };
    let Some(case) = list.case(place).cloned() else { return Vec::new() };
    let (origin, facts) = (list.batch.origin, list.batch.facts.clone());
    diagnosis::show_finished(model, case, origin, facts)
}

/// Copies what is the matter with whom.
pub(super) fn copy_summary(model: &Model) -> Vec<Effect> {
    let Some(list) = &model.people_list else { return Vec::new() };
    copy::copy_text("The summary", write_summary(&list.list_rows()).join("\n") + "\n")
}

/// Writes the list to a file.
pub(super) fn write_list(model: &mut Model, format: ListFormat) -> Vec<Effect> {
    let Some(list) = &model.people_list else { return Vec::new() };
    let rows = list.list_rows();
    let (contents, extension) = match format {
        ListFormat::Table => (write_table(&rows, false, Glyphs::Unicode), "txt"),
        ListFormat::Csv => match rows.iter().map(write_csv_row).collect::<anyhow::Result<String>>() {
            Ok(lines) => (CSV_HEADER.to_owned() + &lines, "csv"),
            Err(error) => {
                model.say(format!("Not written: {error}"), Tone::Bad);
                return Vec::new();
            }
        },
        ListFormat::Markdown => {
            (write_markdown_table(&rows, false) + "\n" + &write_each(model, list, "markdown"), "md")
        }
        ListFormat::Json => (write_each(model, list, "json"), "json"),
    };
    vec![Effect::Write { name: format!("{}.{extension}", name_file(list)), contents }]
}

/// Returns everybody's report, in the order of the list.
fn write_each(model: &Model, list: &PeopleList, format: &str) -> String {
    let Some(format) = FORMATS.iter().find(|known: &&Format| known.id == format) else { return String::new() };
    let app = &model.app;
    let cases = (0..list.places.len()).filter_map(|place| list.case(place));
    let reports = cases
        .map(|case| (format.write)(&(app.judge)(case, &list.batch.facts, &app.catalog), Glyphs::Unicode, Paint::Plain));
    reports.collect::<Vec<_>>().join(if format.is_one_line { "" } else { "\n" })
}

/// Writes what was told and learned of everybody.
pub(super) fn write_recording(model: &mut Model) -> Vec<Effect> {
    let Some(list) = &model.people_list else { return Vec::new() };
    let Some(recording) = Recording::new(&list.batch.cases, &list.batch.facts) else { return Vec::new() };
    match recording.write(model.app.redacts) {
        Ok(contents) => vec![Effect::Write { name: format!("{}.recording.json", name_file(list)), contents }],
        Err(error) => {
            model.say(format!("Not written: {error}"), Tone::Bad);
            Vec::new()
        }
    }
}

fn name_file(list: &PeopleList) -> String {
    format!("sso-doctor-list-{}", list.batch.facts.now.strftime("%Y%m%dT%H%M%SZ"))
}
