//! The first line: program, application and user; at the right, where they are.

use ratatui::text::Line;

use crate::{
    report::diagnosis::ContextKind,
    text,
    tui::{
        measure::measure_width,
        model::{Layer, Model, Origin, Run, Shape},
        theme::Tone,
    },
};

/// Returns the line for so many columns.
pub(crate) fn build_header_line(model: &Model, columns: u16) -> Line<'static> {
    let theme = model.app.theme;
    let separator = theme.separator();
    let columns = usize::from(columns);
    let mut left = vec!["sso-doctor".to_owned()];
    left.extend(name_application_and_user(model));
    let mut right = name_places(model);
    let fits = |left: &[String], right: &[String]| {
        measure_width(&left.join(&separator)) + measure_width(&right.join(&separator)) + 2 <= columns
    };
    // What cannot be shown whole is not shown: a cut account number is worse than none. Where the user is looked for
    // is worth more than the program's name, the user more than all.
    while right.len() > 2 && !fits(&left, &right) {
        right.pop();
    }
    if left.len() > 2 && !fits(&left, &right) {
        left.remove(0);
    }
    while !fits(&left, &right) && right.pop().is_some() {}
    while left.len() > 1 && measure_width(&left.join(&separator)) > columns {
        left.remove(0);
    }
    let left = theme.cut_text(&left.join(&separator), columns);
    let right = right.join(&separator);
    let gap = columns.saturating_sub(measure_width(&left) + measure_width(&right));
    Line::from(vec![
        theme.style_text(Tone::Strong, left),
        theme.style_text(Tone::Plain, " ".repeat(gap)),
        theme.style_text(Tone::Quiet, right),
    ])
}

/// Returns the diagnosis that the line is about; an open form is about the next one.
fn find_run(model: &Model) -> Option<&Run> {
    model.run().filter(|_| !model.layers.iter().any(|layer| matches!(layer, Layer::Form)))
}

fn name_application_and_user(model: &Model) -> Vec<String> {
    match find_run(model) {
        // Where it cannot be scrolled out of sight, the first block names the user.
        Some(run) if model.shape() != Shape::Column => vec![text::clean(&run.case.app.name)],
        Some(run) => vec![text::clean(&run.case.app.name), run.diagnosis.user.clone()],
        None => model.chosen_app().map(|profile| text::clean(&profile.name)).into_iter().collect(),
    }
}

/// Returns where the answers come from that are shown, or will be.
fn find_origin(model: &Model, run: Option<&Run>) -> Origin {
    match (model.covering_layer(), &model.people_list, &model.comparison) {
        (Some(Layer::PeopleList), Some(list), _) => list.batch.origin,
        (Some(Layer::Comparison(_)), _, Some(comparison)) => comparison.batch.origin,
        _ => run.map_or(Origin::of(model.sample), |run| run.origin),
    }
}

/// Returns the Region and account that were used; before that is known, what the settings say.
fn name_places(model: &Model) -> Vec<String> {
    let run = find_run(model);
    let origin = find_origin(model, run);
    let settings = if origin.is_sample() { &model.app.sample_settings } else { &model.app.settings };
    let used = |kind| {
        let line = run?.diagnosis.context.iter().find(|line| line.kind == kind)?;
        Some(line.value.clone())
    };
    let region = used(ContextKind::InstanceRegion)
        .or_else(|| used(ContextKind::RegionAsked).filter(|_| settings.region.is_some()))
        .or_else(|| model.instance.as_ref().map(|_| "the instance chosen before".to_owned()))
        .or_else(|| settings.region.as_ref().map(|region| text::clean(region.value.as_str())));
    // The diagnosis may have a placeholder for it, so that the screen can be shown in public.
    let profile = used(ContextKind::AwsProfile)
        .or_else(|| settings.aws_profile.as_ref().map(|profile| text::clean(&profile.value)))
        .map(|profile| format!("profile {profile}"));
    let mut places = Vec::new();
    match origin {
        Origin::Aws => {}
        Origin::Sample => places.push("sample organization".to_owned()),
        Origin::Recording(at) => places.push(format!("recording of {}", at.strftime("%Y-%m-%d %H:%M UTC"))),
    }
    places.extend(region);
    places.extend(used(ContextKind::Account).or(profile));
    places
}
