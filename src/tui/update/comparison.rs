//! Two people side by side: choosing whom to compare with, asking about both, and what differs.

use std::sync::Arc;

use jiff::Timestamp;

use super::{batch, copy, diagnosis};
use crate::{
    case::{AttemptsMode, Case, Settings},
    facts::Facts,
    report::{
        Glyphs,
        compare::{write_comparison, write_comparison_markdown},
    },
    tui::{
        message::Effect,
        model::{Batch, Choice, ComparisonPage, Layer, List, ListRow, Model, Origin, Progress, Scroll},
        theme::Tone,
    },
};

/// Offers whom to compare with: the people so far, healthy ones first, or somebody who is typed.
pub(super) fn open_choices(model: &mut Model) {
    let Some((case, origin)) = find_case_in_question(model) else { return };
    let mut rows = list_others(model, &case, origin);
    if !origin.is_recording() {
        let choice = Choice::CompareTyped(Box::new(case.clone()));
        rows.push(ListRow { label: "Somebody else".to_owned(), remark: "type a name".to_owned(), choice });
    }
    if rows.is_empty() {
        return model.say("This recording is about nobody else.", Tone::Plain);
    }
    let title = format!("Compare {} with", case.user.as_str());
    model.layers.push(Layer::List(List { title, rows, marked: 0, is_of_people: false }));
}

/// Returns the marked person of the list, where that is shown, else the one whose diagnosis is shown.
fn find_case_in_question(model: &Model) -> Option<(Case, Origin)> {
    if let (Some(Layer::PeopleList), Some(list)) = (model.top_layer(), &model.people_list) {
        return Some((list.case(list.marked_place()?)?.clone(), list.batch.origin));
    }
    model.run().map(|run| (run.case.clone(), run.origin))
}

fn list_others(model: &Model, case: &Case, origin: Origin) -> Vec<ListRow> {
    let mut others: Vec<(bool, &Case, String, String)> = Vec::new();
    for run in &model.runs {
        if run.origin == origin && run.diagnosis.verdict.is_some() {
            let is_healthy = run.diagnosis.exit_status() == 0;
            others.push((is_healthy, &run.case, run.diagnosis.user.clone(), run.describe_outcome()));
        }
    }
    if let Some(list) = model.people_list.as_ref().filter(|list| list.batch.origin == origin) {
        for (case, row) in list.batch.cases.iter().zip(&list.rows) {
            if let Some(row) = row {
                let verdict = format!("{}: {}", row.status.word().to_uppercase(), row.headline);
                others.push((row.is_healthy(), case, row.user.clone(), verdict));
            }
        }
    }
    others.sort_by_key(|(is_healthy, ..)| !is_healthy);
    let mut rows = Vec::new();
    let mut known = vec![&case.user];
    for (_, other, label, remark) in others {
        if other.app.id == case.app.id && !known.contains(&&other.user) {
            known.push(&other.user);
            let choice = Choice::Compare(Box::new([case.clone(), other.clone()]), origin);
            rows.push(ListRow { label, remark, choice });
        }
    }
    rows
}

/// Compares two people: both are asked about together, or are judged by the recording that they are in.
pub(super) fn begin_comparison(model: &mut Model, cases: [Case; 2], origin: Origin) -> Vec<Effect> {
    diagnosis::cancel_diagnosis(model);
    batch::stop(model);
    model.last_number += 1;
    let number = model.last_number;
    let recorded = model.people_list.as_ref().filter(|list| list.batch.origin == origin && origin.is_recording());
    let recorded = recorded.map(|list| list.batch.facts.clone());
    let progress = if recorded.is_some() { Progress::Complete } else { Progress::Running };
    let facts = recorded.unwrap_or_else(|| Arc::new(Facts::new(Timestamp::UNIX_EPOCH)));
    let cases: Vec<Case> = cases.into_iter().map(for_comparison).collect();
    let batch = Batch { number, cases: cases.clone(), origin, progress, facts: facts.clone() };
    model.comparison = Some(ComparisonPage { batch, comparison: None });
    model.layers.push(Layer::Comparison(Scroll::default()));
    if progress == Progress::Complete {
        batch::finish(model, number);
        return Vec::new();
    }
    vec![Effect::Start { number, cases, sample: origin.is_sample(), known: Box::new(Facts::clone(&facts)) }]
}

/// Every group gets its name. What happened to one of them is no difference between them.
fn for_comparison(case: Case) -> Case {
    let mut settings = Settings { names_all_groups: true, ..Settings::clone(&case.settings) };
    settings.attempts.mode = AttemptsMode::Never;
    Case { settings: Arc::new(settings), ..case }
}

/// Stops asking, and closes the page.
pub(super) fn go_back(model: &mut Model) -> Vec<Effect> {
    let was_running = model.comparison.as_ref().is_some_and(|page| page.batch.progress == Progress::Running);
    batch::stop(model);
    model.layers.pop();
    if was_running { vec![Effect::Stop] } else { Vec::new() }
}

/// Copies the comparison.
pub(super) fn copy_comparison(model: &Model) -> Vec<Effect> {
    let Some(comparison) = model.comparison.as_ref().and_then(|page| page.comparison.as_ref()) else {
        return Vec::new();
    };
    copy::copy_text("The comparison", write_comparison(comparison, Glyphs::Unicode))
}

/// Writes the comparison to a file.
pub(super) fn write_comparison_file(model: &Model) -> Vec<Effect> {
    let Some(page) = &model.comparison else { return Vec::new() };
    let Some(comparison) = &page.comparison else { return Vec::new() };
    let at = page.batch.facts.now.strftime("%Y%m%dT%H%M%SZ");
    vec![Effect::Write {
        name: format!("sso-doctor-comparison-{at}.md"),
        contents: write_comparison_markdown(comparison),
    }]
}
