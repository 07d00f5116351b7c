//! What has changed between two diagnoses of the same person.

use super::diagnosis::{Diagnosis, Status};

/// Returns each check and the verdict that are not as before, in a line each; without an earlier diagnosis, what is not
/// right.
#[must_use]
pub fn list_changes(before: Option<&Diagnosis>, now: &Diagnosis) -> Vec<String> {
    let mut changes = Vec::new();
    let word = |status: Option<Status>| status.map_or("running", Status::word);
    for check in &now.checks {
        let earlier = before.map(|before| before.check(check.id).map(|check| (check.status, check.cause)));
        let is_right = matches!(check.status, Some(Status::Pass | Status::Skipped));
        match earlier {
            None if is_right => {}
            None => changes.push(format!("{}: {}. {}", check.id.title(), word(check.status), check.summary)),
            Some(earlier) if earlier == Some((check.status, check.cause)) => {}
            Some(earlier) => {
                let was = earlier.map_or("absent", |(status, _)| word(status));
                changes.push(format!("{}: {was} -> {}. {}", check.id.title(), word(check.status), check.summary));
            }
        }
    }
    let verdict = |diagnosis: &Diagnosis| diagnosis.verdict.as_ref().map(|verdict| (verdict.status, verdict.cause));
    if before.map(verdict) != Some(verdict(now))
        && let Some(verdict) = &now.verdict
    {
        changes.push(format!("{}: {}", verdict.status.word().to_uppercase(), verdict.headline));
    }
    changes
}
