//! Does what the identity provider sends fit this Identity Center?
//!
//! The rows of the table stand in [`ROWS`], in their order. What needs the instance or the directory waits for it; the
//! rest is judged from what was handed over alone.

mod addresses;
mod certificates;
mod material;
mod metadata;
mod name;
mod response;

use self::material::{Material, Row};
use super::{Check, CheckId, CheckInput, Finding, Findings, Presence, Status};
use crate::{
    catalog::{Condition, Placeholder},
    facts::Operation,
};

pub(super) const CHECK: Check = Check {
    id: CheckId::Sso,
    title: "SAML",
    label: "SAML",
    question: "Does what the identity provider sends fit this Identity Center?",
    rests_on: &[Operation::DescribeInstance, Operation::GetUserId, Operation::DescribeUser],
    after: &[],
    presence: Presence::When(|input, _| !input.case.handed_over.is_empty()),
    judge: |input, _: &Findings| judge(input),
};

/// What a row says, and what it remarks.
type JudgeRow = fn(&Material, &mut Vec<String>) -> Row;

/// The rows, in the order in which the first one that holds is the cause.
const ROWS: [JudgeRow; 19] = [
    metadata::judge_usable,
    response::judge_status,
    addresses::judge_federation,
    addresses::judge_recipient,
    addresses::judge_audience,
    response::judge_shape,
    response::judge_signed,
    certificates::judge_known,
    name::judge_format,
    name::judge_owner,
    response::judge_window,
    response::judge_size,
    certificates::judge_expired,
    certificates::judge_ending,
    certificates::judge_weak,
    metadata::judge_issuer,
    metadata::judge_valid_until,
    metadata::judge_signed_requests,
    response::judge_request,
];

/// What is compared of a response; all of it together rules SAML out.
const COMPARED: [&str; 4] = ["audience", "recipient", "certificate", "NameID"];

fn judge(input: &CheckInput) -> Finding {
    let material = Material::new(input);
    let mut notes = material.list_notes();
    let rows: Vec<Row> = ROWS.iter().map(|judge| judge(&material, &mut notes)).collect();
    let fits: Vec<&str> = rows.iter().filter_map(Row::fits).collect();
    let mut finding = decide(&material, rows, &fits);
    if !finding.is_running() {
        finding.notes.extend(notes);
        finding.notes.extend(material.ask_to_delete());
    }
    finding
}

/// A failure comes first, then what is not known yet, then what could not be seen, then a warning. A failure that stands
/// behind what is not known yet waits for that: it may not be the first one.
fn decide(material: &Material, rows: Vec<Row>, fits: &[&'static str]) -> Finding {
    let is_failed = |row: &Row| row.status() == Some(Status::Fail);
    let first_pending = rows.iter().position(|row| matches!(row, Row::Pending(_))).filter(|_| material.is_open());
    let first_failed = rows.iter().position(is_failed);
    if let Some(place) = first_pending
        && first_failed.is_none_or(|failed| place < failed)
    {
        return match rows.into_iter().nth(place) {
            Some(Row::Pending(Some(check))) => Finding::behind(check),
            _ => Finding::running(),
        };
    }
    let mut found = Vec::new();
    let (mut pending, mut unknown, mut waiting) = (None, None, None);
    for row in rows {
        match row {
            Row::Found(finding) => found.push(*finding),
            Row::Pending(behind) => pending = pending.or(Some(behind)),
            Row::Unknown(finding) => unknown = unknown.or(Some(*finding)),
            Row::Waits(check) => waiting = waiting.or(Some(check)),
            Row::Fits(_) | Row::Silent => {}
        }
    }
    // Stable: within each kind the order of the rows stays.
    found.sort_by_key(|finding| finding.status() != Some(Status::Fail));
    let also = |decisive: usize| -> Vec<String> {
        found.iter().skip(decisive).filter_map(|other| Some(format!("also: {}", other.found.as_ref()?))).collect()
    };
    let first = found.first().cloned();
    match first {
        Some(failed) if failed.status() == Some(Status::Fail) => Finding { notes: also(1), ..failed },
        _ if pending.is_some() => match pending.flatten() {
            Some(check) => Finding::behind(check),
            None => Finding::running(),
        },
        first => match (unknown, first, waiting) {
            (Some(unknown), ..) => Finding { notes: also(0), ..unknown },
            (None, Some(warned), _) => Finding { notes: also(1), ..warned },
            (None, None, Some(check)) => Finding::waits_on(check),
            (None, None, None) => pass(material, fits),
        },
    }
}

/// Returns the finding where nothing is wrong: it says what was compared, and what could not be.
fn pass(material: &Material, fits: &[&'static str]) -> Finding {
    let (found, rests_on): (String, &'static [Operation]) = match &material.handed.capture {
        Some(capture) => (material.describe_response(capture), CHECK.rests_on),
        None => (material.describe_files(), &[]),
    };
    let open: Vec<&str> = COMPARED.into_iter().filter(|part| !fits.contains(part)).collect();
    let compared: Vec<&str> = COMPARED.into_iter().filter(|part| fits.contains(part)).collect();
    let all_fit = format!("{} fit", join_words(&compared));
    let summary = match (compared.as_slice(), open.as_slice()) {
        ([], _) => "nothing wrong in what was handed over; without a response nothing was compared".to_owned(),
        (_, []) => all_fit.clone(),
        _ => format!("{all_fit}; not compared: {}", open.join(", ")),
    };
    let mut finding = Finding::pass(summary).expected_found("what this Identity Center takes", found);
    finding.rests_on = Some(rests_on);
    if !compared.is_empty() {
        finding.values.set(Placeholder::Fits, all_fit);
        finding.conditions.insert(if open.is_empty() { Condition::SamlFits } else { Condition::SamlFitsInPart });
    }
    finding
}

/// Returns "audience, recipient and certificate".
fn join_words(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
