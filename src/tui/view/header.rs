//! The first line: program, application and user; at the right, where they are.

use ratatui::{Frame, layout::Rect, text::Line};

use super::paint;
use crate::{
    diagnosis::ContextKind,
    text,
    tui::{
        measure,
        model::{Layer, Model},
        theme::{Glyph, Tone},
    },
};

pub(super) fn draw(model: &Model, frame: &mut Frame, area: Rect) {
    let theme = model.setup.theme;
    let separator = format!(" {} ", theme.glyph(Glyph::Separator));
    let mut left = vec!["sso-doctor".to_owned()];
    left.extend(subject(model));
    let mut right = places(model);
    let columns = usize::from(area.width).saturating_sub(2);
    let fits = |left: &[String], right: &[String]| {
        measure::width(&left.join(&separator)) + measure::width(&right.join(&separator)) + 2 <= columns
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
    while left.len() > 1 && measure::width(&left.join(&separator)) > columns {
        left.remove(0);
    }
    let left = measure::cut(&left.join(&separator), columns, theme.ellipsis());
    let right = right.join(&separator);
    let gap = columns.saturating_sub(measure::width(&left) + measure::width(&right));
    let line = Line::from(vec![
        paint::span(theme, Tone::Strong, left),
        paint::span(theme, Tone::Plain, " ".repeat(gap)),
        paint::span(theme, Tone::Quiet, right),
    ]);
    frame.render_widget(line, paint::inset(area));
}

fn shows_form(model: &Model) -> bool {
    model.layers.contains(&Layer::Form)
}

fn subject(model: &Model) -> Vec<String> {
    let run = model.run().filter(|_| !shows_form(model));
    match run {
        Some(run) => vec![text::clean(&run.case.profile.name), run.diagnosis.user.clone()],
        None => {
            model.setup.profiles.get(model.form.application).map(|app| text::clean(&app.name)).into_iter().collect()
        }
    }
}

/// The Region and account that were used; before that is known, what the settings say.
fn places(model: &Model) -> Vec<String> {
    let run = model.run().filter(|_| !shows_form(model));
    let sample = run.map_or(model.sample, |run| run.sample);
    let mut places: Vec<String> = sample.then(|| "sample organization".to_owned()).into_iter().collect();
    let settings = if sample { &model.setup.sample_settings } else { &model.setup.settings };
    let used = |kind| {
        let line = run?.diagnosis.context.iter().find(|line| line.kind == kind)?;
        Some(line.value.clone())
    };
    let region = used(ContextKind::InstanceRegion)
        .or_else(|| used(ContextKind::RegionAsked))
        .or_else(|| model.instance.as_ref().map(|_| "the instance chosen before".to_owned()))
        .or_else(|| settings.region.as_ref().map(|region| text::clean(region.value.as_str())));
    // The diagnosis may have a placeholder for it, so that the screen can be shown in public.
    let of_settings = || settings.profile.as_ref().map(|profile| text::clean(&profile.value));
    let profile = used(ContextKind::AwsProfile).or_else(of_settings).map(|profile| format!("profile {profile}"));
    places.extend(region);
    places.extend(used(ContextKind::Account).or(profile));
    places
}
