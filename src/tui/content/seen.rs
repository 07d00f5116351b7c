//! What the user saw: the known texts below the field, and the lines about it in the first block and in the detail.

use ratatui::text::Line;

use super::writer::{LineWriter, build_rule};
use crate::{
    report::{
        diagnosis::Origin,
        saw::{CandidateState, SawReport},
    },
    symptoms::{Symptom, Symptoms, narrow},
    tui::{
        measure::wrap_text,
        model::{Field, Model, Run},
        theme::{Glyph, Theme, Tone},
    },
};

/// Returns the known texts that fit what stands in the field, by their places in the catalogue: grouped by where they are
/// shown, the group with the closest one first.
pub(crate) fn list_known_texts(model: &Model) -> Vec<usize> {
    let entries = Symptoms::built_in().entries();
    let places = match &model.form.seen {
        Some(saw) => {
            let seen = saw.texts.iter().filter_map(|text| entries.iter().position(|symptom| symptom.id == text.id));
            seen.collect()
        }
        None => narrow(model.form.input(Field::Saw).map_or("", |input| input.value())),
    };
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    for place in places {
        let Some(symptom) = entries.get(place) else { continue };
        match groups.iter_mut().find(|(shown, _)| *shown == symptom.place) {
            Some((_, group)) => group.push(place),
            None => groups.push((&symptom.place, vec![place])),
        }
    }
    groups.into_iter().flat_map(|(_, group)| group).collect()
}

/// The list of known texts below the form.
pub(crate) struct KnownTexts {
    pub(crate) rule: Line<'static>,
    pub(crate) lines: Vec<Line<'static>>,
    /// The line of the marked text.
    pub(crate) marked: Option<usize>,
}

/// Returns the list, while the field has the keys.
pub(crate) fn build_known_texts(model: &Model, columns: u16) -> Option<KnownTexts> {
    if model.form.field != Field::Saw {
        return None;
    }
    let theme = model.app.theme;
    let texts = list_known_texts(model);
    let mut lines = Vec::new();
    let mut marked = None;
    let mut shown_place = "";
    for (number, symptom) in texts.iter().filter_map(|place| Symptoms::built_in().entries().get(*place)).enumerate() {
        if shown_place != symptom.place {
            shown_place = &symptom.place;
            lines.push(theme.style_text(Tone::Quiet, format!("  {shown_place}")).into());
        }
        let is_marked = model.form.known == Some(number);
        if is_marked {
            marked = Some(lines.len());
        }
        lines.push(build_text_line(theme, symptom, is_marked, columns));
    }
    let title =
        if model.form.seen.is_some() { "What the user saw: recognised" } else { "What the user saw: known texts" };
    let remark = match model.form.known {
        Some(place) => format!("{} of {}", place + 1, texts.len()),
        None if texts.is_empty() => "none is like it".to_owned(),
        None => texts.len().to_string(),
    };
    Some(KnownTexts { rule: build_rule(theme, columns, title, &remark, false), lines, marked })
}

fn build_text_line(theme: Theme, symptom: &Symptom, is_marked: bool, columns: u16) -> Line<'static> {
    let sign = if is_marked { theme.glyph(Glyph::MARKER) } else { " " };
    let text = theme.cut_text(&symptom.text, usize::from(columns).saturating_sub(6));
    theme.style_text(if is_marked { Tone::Strong } else { Tone::Plain }, format!("  {sign} {text}")).into()
}

/// Returns what the user saw and what is excluded, a line each, for the first block.
pub(crate) fn build_told_lines(theme: Theme, run: &Run, columns: u16) -> Vec<Line<'static>> {
    let (Some(saw), Some(verdict)) = (&run.diagnosis.saw, &run.diagnosis.verdict) else { return Vec::new() };
    let rests_on_it = verdict.from == Origin::Saw;
    let excluded = saw.describe_excluded().filter(|_| rests_on_it).map(|excluded| format!("Excluded: {excluded}"));
    let room = usize::from(columns).saturating_sub(4);
    let lines = std::iter::once(run.diagnosis.describe_told()).flatten().chain(excluded);
    lines.map(|line| theme.style_text(Tone::Quiet, format!("  {}", theme.cut_text(&line, room))).into()).collect()
}

/// Returns the questions to ask, for the first block.
pub(crate) fn build_question_lines(theme: Theme, run: &Run, columns: u16) -> Vec<Line<'static>> {
    let room = usize::from(columns).saturating_sub(9);
    let mut lines = Vec::new();
    for question in run.diagnosis.saw.iter().filter(|_| run.diagnosis.verdict.is_some()).flat_map(|saw| &saw.ask) {
        for piece in wrap_text(question, room) {
            let label = if lines.is_empty() { "Ask" } else { "" };
            let label = theme.style_text(Tone::Strong, format!("  {label:<5}"));
            lines.push(Line::from(vec![label, theme.style_text(Tone::Plain, piece)]));
        }
    }
    lines
}

/// Writes what was recognised and what may lie behind it, for the detail.
pub(super) fn write_seen(saw: &SawReport, writer: &mut LineWriter) {
    writer.add_heading("What the user saw");
    if saw.recognised.is_empty() {
        writer.add_text(Tone::Plain, "None of the texts that are known was recognised.");
    }
    for text in &saw.recognised {
        let close = if text.exact { "" } else { " (the closest text)" };
        writer.add_bullet(&format!("\"{}\"{close}: {}", text.text, text.stage.describe()), Tone::Plain);
    }
    for id in &saw.request_ids {
        writer.add_bullet(&format!("Request id, for AWS Support: {id}"), Tone::Plain);
    }
    for candidate in &saw.candidates {
        let is_left = matches!(candidate.state, CandidateState::Found | CandidateState::Possible);
        let words = format!("{}: {}", candidate.title, candidate.why);
        writer.add_beside(
            &format!("{:<11} ", candidate.state.word()),
            Tone::Quiet,
            &words,
            if is_left { Tone::Plain } else { Tone::Quiet },
        );
        if is_left {
            writer.add_item("            ", &candidate.first_action);
        }
    }
    if let Some(words) = &saw.tells_apart {
        writer.add_item("Tells them apart  ", words);
    }
    writer.add_heading("Not covered");
}
