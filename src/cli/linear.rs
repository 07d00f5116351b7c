//! `--linear`: what happens while a diagnosis runs, a line for each change.

use super::setup;
use crate::{
    case::Case,
    catalog::Catalog,
    checks::{CheckId, Status},
    facts::Facts,
    gather::Session,
    report::{Judge, diagnosis::Diagnosis},
};

/// Asks about these cases and returns what was learned. Each check that settles, or changes, is told at once, by `tell`.
pub(super) async fn gather_aloud(
    session: &Session,
    cases: &[Case],
    judge: &Judge,
    catalog: &Catalog,
    tell: fn(&str) -> anyhow::Result<()>,
) -> anyhow::Result<Facts> {
    let now = setup::read_clock();
    let mut facts = Facts::new(now);
    let mut told: Vec<Vec<(CheckId, Status)>> = vec![Vec::new(); cases.len()];
    for case in cases {
        // The judge may have a placeholder for the name.
        tell(&format!("Diagnosing {}.", judge(case, &facts, catalog).user))?;
    }
    let mut events = session.start(cases.to_vec(), now);
    while let Some(event) = events.recv().await {
        facts.apply(event);
        for (case, told) in cases.iter().zip(&mut told) {
            let diagnosis = judge(case, &facts, catalog);
            let before = if cases.len() > 1 { format!("{}, ", diagnosis.user) } else { String::new() };
            for line in list_changes(&diagnosis, told) {
                tell(&format!("{before}{line}"))?;
            }
        }
    }
    tell("")?;
    Ok(facts)
}

/// Returns a line for each check that has another state than was told.
fn list_changes(diagnosis: &Diagnosis, told: &mut Vec<(CheckId, Status)>) -> Vec<String> {
    let mut lines = Vec::new();
    for check in &diagnosis.checks {
        let Some(status) = check.status else { continue };
        if told.contains(&(check.id, status)) {
            continue;
        }
        told.retain(|(id, _)| *id != check.id);
        told.push((check.id, status));
        lines.push(format!("{}: {}", check.id.title(), status.word()));
    }
    lines
}
