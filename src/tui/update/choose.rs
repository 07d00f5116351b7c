//! Small lists: opening one, and taking a row.

use super::{copy, diagnosis};
use crate::{
    diagnosis::Diagnosis,
    domain::InstanceArn,
    intake::{Case, TypedUser},
    tui::{
        message::Effect,
        model::{Choice, Layer, List, Model, Row, Run},
    },
};

fn open(model: &mut Model, title: &'static str, rows: Vec<Row>, marked: usize) {
    if !rows.is_empty() {
        model.layers.push(Layer::List(List { title, rows, marked }));
    }
}

pub(super) fn open_reports(model: &mut Model) {
    let row = |label: &str, remark: &str, choice| Row { label: label.to_owned(), remark: remark.to_owned(), choice };
    let rows = vec![
        row("Markdown", "the report, for a wiki or an issue", Choice::WriteMarkdown),
        row("JSON", "the report, for a program", Choice::WriteJson),
        row("Ticket note", "plain text, with the commands", Choice::WriteText),
    ];
    open(model, "Write the report to a file", rows, 0);
}

pub(super) fn open_suggestions(model: &mut Model) {
    let names = model.run().map(|run| run.diagnosis.suggestions.clone()).unwrap_or_default();
    let rows =
        names.into_iter().map(|name| Row { label: name.clone(), remark: String::new(), choice: Choice::User(name) });
    let rows = rows.collect();
    open(model, "Did you mean", rows, 0);
}

pub(super) fn open_people(model: &mut Model) {
    let row = |(place, run): (usize, &Run)| Row {
        label: model.label_of(run),
        remark: run.outcome(),
        choice: Choice::Show(place),
    };
    let rows = model.runs.iter().enumerate().map(row).collect();
    open(model, "Users so far", rows, model.shown.unwrap_or_default());
}

pub(super) fn open_instances(model: &mut Model) {
    let instances = model.run().map(|run| run.diagnosis.instances.clone()).unwrap_or_default();
    let used = instances.iter().position(|instance| instance.used).unwrap_or_default();
    let rows = instances.into_iter().map(|instance| Row {
        label: instance.label,
        remark: if instance.used { "in use".to_owned() } else { String::new() },
        choice: Choice::Instance(InstanceArn::new(instance.arn)),
    });
    let rows = rows.collect();
    open(model, "Identity Center instance", rows, used);
}

pub(super) fn open_applications(model: &mut Model) {
    let used = model.run().map(|run| run.case.profile.id.clone()).unwrap_or_default();
    let profiles = model.setup.profiles.clone();
    let marked = profiles.iter().position(|profile| profile.id == used).unwrap_or_default();
    let rows = profiles.into_iter().map(|profile| Row {
        label: profile.name.clone(),
        remark: if profile.id == used { "in use".to_owned() } else { String::new() },
        choice: Choice::Application(profile),
    });
    let rows = rows.collect();
    open(model, "Application", rows, marked);
}

pub(super) fn open_commands(model: &mut Model, commands: Vec<(String, String)>) {
    let rows = commands.into_iter().map(|(title, command)| Row {
        label: title,
        remark: command.clone(),
        choice: Choice::Copy(command),
    });
    let rows = rows.collect();
    open(model, "Which command?", rows, 0);
}

/// Takes the marked row of the list on top.
pub(super) fn take(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::List(list)) = model.layers.pop() else { return Vec::new() };
    let Some(row) = list.rows.into_iter().nth(list.marked) else { return Vec::new() };
    match row.choice {
        Choice::Show(place) => show(model, place),
        Choice::User(name) => match TypedUser::parse(&name) {
            Ok(user) => changed(model, |case| case.user = user),
            Err(_) => Vec::new(),
        },
        Choice::Instance(arn) => {
            model.instance = Some(arn);
            let settings = diagnosis::settings(model);
            changed(model, |case| case.settings = settings)
        }
        Choice::Application(profile) => {
            let place = model.setup.profiles.iter().position(|known| known.id == profile.id);
            model.form.application = place.unwrap_or_default();
            changed(model, |case| case.profile = profile)
        }
        Choice::Copy(command) => copy::put(model, "The command", command),
        Choice::WriteText => write(model, "txt", model.setup.faces.text),
        Choice::WriteMarkdown => write(model, "md", model.setup.faces.markdown),
        Choice::WriteJson => write(model, "json", model.setup.faces.json),
    }
}

/// Diagnoses the shown case again with a change.
fn changed(model: &mut Model, change: impl FnOnce(&mut Case)) -> Vec<Effect> {
    match model.run().map(|run| (run.case.clone(), run.sample)) {
        Some((mut case, sample)) => {
            change(&mut case);
            diagnosis::begin(model, case, sample)
        }
        None => Vec::new(),
    }
}

/// Shows an earlier diagnosis. One that runs is stopped: nobody would see its end.
fn show(model: &mut Model, place: usize) -> Vec<Effect> {
    if model.shown == Some(place) {
        model.layers.retain(|layer| *layer == Layer::CannotStart);
        return Vec::new();
    }
    let effects = diagnosis::cancel(model);
    model.shown = Some(place);
    model.layers.clear();
    if model.run().is_some_and(Run::cannot_start) {
        model.layers.push(Layer::CannotStart);
    }
    effects
}

fn write(model: &Model, extension: &str, render: fn(&Diagnosis) -> String) -> Vec<Effect> {
    let Some(run) = model.run() else { return Vec::new() };
    let letters = run.diagnosis.user.chars().take(64);
    let user: String = letters
        .map(|letter| if letter.is_ascii_alphanumeric() || matches!(letter, '.' | '@' | '_') { letter } else { '-' })
        .collect();
    let time = run.diagnosis.at.strftime("%Y%m%dT%H%M%SZ");
    let name = format!("sso-doctor-{user}-{time}.{extension}");
    vec![Effect::Write { name, contents: render(&run.diagnosis) }]
}
