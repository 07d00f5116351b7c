//! Small lists: opening one, moving in it, and taking a row.

use super::{comparison, copy, diagnosis, new_form, people_list, profile};
use crate::{
    case::{Case, TypedUser},
    domain::InstanceArn,
    recording::Recording,
    report::{FORMATS, Format, Glyphs, Paint, diagnosis::Diagnosis, narrow_facts},
    text,
    tui::{
        action::Action,
        content::people::{describe_person, title_people_found},
        message::Effect,
        model::{Choice, Layer, List, ListFormat, ListRow, Model, Run, Scroll, move_place},
        theme::Tone,
    },
};

fn open_list(model: &mut Model, title: impl Into<String>, rows: Vec<ListRow>, in_use: Option<usize>) {
    if !rows.is_empty() {
        let marked = in_use.unwrap_or(0);
        model.layers.push(Layer::List(List { title: title.into(), rows, marked, is_of_people: false }));
    }
}

fn build_row(label: impl Into<String>, remark: impl Into<String>, choice: Choice) -> ListRow {
    ListRow { label: label.into(), remark: remark.into(), choice }
}

fn describe_use(is_used: bool) -> &'static str {
    if is_used { "in use" } else { "" }
}

/// Offers how to write what is shown: the list of people, or a report.
pub(super) fn open_formats(model: &mut Model) {
    if let Some(Layer::PeopleList) = model.top_layer() {
        let formats = ListFormat::ALL.into_iter();
        let rows = formats.map(|(format, title, purpose)| build_row(title, purpose, Choice::WriteList(format)));
        let rows = rows.collect();
        return open_list(model, "Write the list to a file", rows, None);
    }
    let rows =
        FORMATS.iter().rev().map(|format| build_row(format.title, format.purpose, Choice::Write(format))).collect();
    open_list(model, "Write the report to a file", rows, None);
}

/// Shows who may be meant: those who are called so, else names like the one that was typed.
pub(super) fn open_suggestions(model: &mut Model) {
    let Some(run) = model.run() else { return };
    if !run.reading.people.is_empty() {
        return open_people_found(model);
    }
    let users = run.list_meant_users().into_iter();
    let rows = users.map(|(name, remark)| build_row(name, remark, Choice::User(name.to_owned()))).collect();
    open_list(model, "Did you mean", rows, None);
}

/// Shows those who are called like the one who was typed.
pub(super) fn open_people_found(model: &mut Model) {
    if let Some(list) = build_people_found(model, 0) {
        model.layers.push(Layer::List(list));
    }
}

/// Brings the list of people on top up to date, when there is one.
pub(super) fn refresh_people(model: &mut Model) -> bool {
    let Some(Layer::List(List { marked, is_of_people: true, .. })) = model.top_layer() else { return false };
    let fresh = build_people_found(model, *marked);
    if let (Some(Layer::List(list)), Some(fresh)) = (model.layers.last_mut(), fresh) {
        *list = fresh;
    }
    true
}

fn build_people_found(model: &Model, marked: usize) -> Option<List> {
    let run = model.run()?;
    let mut rows = Vec::new();
    for person in &run.reading.people {
        let choice = Choice::User(person.user_name.clone());
        rows.push(build_row(person.display_name.as_str(), describe_person(model.app.theme, person), choice));
    }
    (!rows.is_empty()).then(|| List { title: title_people_found(model, run), rows, marked, is_of_people: true })
}

pub(super) fn open_people(model: &mut Model) {
    let runs = model.runs.iter().enumerate();
    let rows =
        runs.map(|(place, run)| build_row(model.label_run(run), run.describe_outcome(), Choice::Show(place))).collect();
    open_list(model, "Users so far", rows, model.shown);
}

pub(super) fn open_instances(model: &mut Model) {
    let Some(run) = model.run() else { return };
    let instances = &run.diagnosis.instances;
    let marked = instances.iter().position(|instance| instance.used);
    let mut rows = Vec::new();
    for instance in instances {
        let choice = Choice::Instance(InstanceArn::new(instance.arn.as_str()));
        rows.push(build_row(instance.label.as_str(), describe_use(instance.used), choice));
    }
    open_list(model, "Identity Center instance", rows, marked);
}

pub(super) fn open_profiles(model: &mut Model) {
    let used = model.app.settings.aws_profile.as_ref().map(|profile| profile.value.as_str());
    let profiles = &model.app.aws_profiles;
    let marked = profiles.iter().position(|profile| Some(profile.as_str()) == used);
    let mut rows = Vec::new();
    for profile in profiles {
        let remark = describe_use(Some(profile.as_str()) == used);
        rows.push(build_row(text::clean(profile), remark, Choice::AwsProfile(profile.clone())));
    }
    open_list(model, "AWS profile", rows, marked);
}

pub(super) fn open_applications(model: &mut Model) {
    let used = model.run().map(|run| &run.case.app.id);
    let apps = &model.app.apps;
    let marked = apps.iter().position(|app| Some(&app.id) == used);
    let mut rows = Vec::new();
    for app in apps {
        let choice = Choice::Application(app.clone());
        rows.push(build_row(app.name.as_str(), describe_use(Some(&app.id) == used), choice));
    }
    open_list(model, "Application", rows, marked);
}

/// Copies the command of the first fix. Where only a later one has a command, the person says that it is meant.
pub(super) fn copy_command(model: &mut Model) -> Vec<Effect> {
    let fixes = model.run().map_or(&[][..], Run::fixes);
    if let Some(command) = fixes.first().and_then(|fix| fix.command.as_deref()) {
        return copy::copy_text("The command", command);
    }
    let mut rows = Vec::new();
    for fix in fixes {
        if let Some(command) = &fix.command {
            rows.push(build_row(fix.title.as_str(), command.as_str(), Choice::Copy(command.clone())));
        }
    }
    open_list(model, "The first fix has no command. Copy that of another?", rows, None);
    Vec::new()
}

/// Marks another row.
pub(super) fn move_mark(list: &mut List, action: Action, window_rows: usize) {
    list.marked = move_place(list.marked, action, list.rows.len(), window_rows.saturating_sub(4));
}

/// Takes the marked row of the list on top.
pub(super) fn take_marked_row(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::List(list)) = model.layers.pop() else { return Vec::new() };
    let Some(row) = list.rows.into_iter().nth(list.marked) else { return Vec::new() };
    match row.choice {
        Choice::Show(place) => show_earlier_run(model, place),
        Choice::User(name) => match TypedUser::parse(&name) {
            Ok(user) => diagnose_changed(model, |case| case.user = user),
            Err(_) => Vec::new(),
        },
        Choice::Instance(arn) => {
            model.instance = Some(arn);
            let settings = diagnosis::choose_settings(model);
            diagnose_changed(model, |case| case.settings = settings)
        }
        Choice::Application(app) => {
            if let Some(place) = model.app.apps.iter().position(|known| known.id == app.id) {
                model.form.application = place;
            }
            diagnose_changed(model, |case| case.app = app)
        }
        Choice::AwsProfile(profile) => profile::choose_profile(model, profile),
        Choice::Copy(command) => copy::copy_text("The command", command),
        Choice::Write(format) => write_report(model, format),
        Choice::WriteList(format) => people_list::write_list(model, format),
        Choice::Compare(cases, origin) => comparison::begin_comparison(model, *cases, origin),
        Choice::CompareTyped(case) => {
            new_form::open_form_to_compare(model, case);
            Vec::new()
        }
    }
}

/// Diagnoses the shown case again with a change.
fn diagnose_changed(model: &mut Model, change: impl FnOnce(&mut Case)) -> Vec<Effect> {
    let Some(run) = model.run() else { return Vec::new() };
    let (mut case, origin) = (run.case.clone(), run.origin);
    change(&mut case);
    diagnosis::begin_diagnosis(model, case, origin)
}

/// Shows an earlier diagnosis. One that runs is stopped: nobody would see its end.
fn show_earlier_run(model: &mut Model, place: usize) -> Vec<Effect> {
    if model.shown == Some(place) {
        model.close_layers();
        return Vec::new();
    }
    let effects = diagnosis::cancel_diagnosis(model);
    model.shown = Some(place);
    model.layers.clear();
    if model.run().is_some_and(Run::cannot_start) {
        model.layers.push(Layer::CannotStart(Scroll::default()));
    }
    effects
}

/// Writes what was told and learned of the shown user.
pub(super) fn write_recording(model: &mut Model) -> Vec<Effect> {
    let Some(run) = model.run() else { return Vec::new() };
    let facts = narrow_facts(&run.case, &run.facts);
    let recording = Recording::new(std::slice::from_ref(&run.case), &facts);
    let Some(written) = recording.map(|recording| recording.write(model.app.redacts)) else { return Vec::new() };
    match written {
        Ok(contents) => {
            vec![Effect::Write { name: format!("{}.recording.json", name_report(&run.diagnosis)), contents }]
        }
        Err(error) => {
            model.say(format!("Not written: {error}"), Tone::Bad);
            Vec::new()
        }
    }
}

fn write_report(model: &Model, format: &Format) -> Vec<Effect> {
    let Some(run) = model.run() else { return Vec::new() };
    let diagnosis = &run.diagnosis;
    let contents = (format.write)(diagnosis, Glyphs::Unicode, Paint::Plain);
    vec![Effect::Write { name: format!("{}.{}", name_report(diagnosis), format.extension), contents }]
}

fn name_report(diagnosis: &Diagnosis) -> String {
    let letters = diagnosis.user.chars().take(64);
    let user: String = letters
        .map(|letter| if letter.is_ascii_alphanumeric() || matches!(letter, '.' | '@' | '_') { letter } else { '-' })
        .collect();
    format!("sso-doctor-{user}-{}", diagnosis.at.strftime("%Y%m%dT%H%M%SZ"))
}
