//! One broken thing shows one row: what only suffers from the operator's credentials, or from the instance's key,
//! waits on the check that says so.

use super::{CheckId, Finding, Findings, Status, instance};
use crate::{
    catalog::Placeholder,
    facts::{Failure, FailureKind},
};

/// Returns the findings with those waiting that suffer from a cause that another check names. `key` is the KMS key of
/// the instance, where it is known.
pub(super) fn show_root_causes(mut findings: Findings, key: Option<&str>) -> Findings {
    let access = findings.iter().find(|(check, _)| *check == CheckId::Access);
    if access.is_some_and(|(_, access)| lacks_credentials(access)) {
        findings = wait_on(findings, CheckId::Access, lacks_credentials);
    }
    let Some((reason, message)) = findings.iter().find_map(|(_, finding)| find_unusable_key(finding)) else {
        return findings;
    };
    if let Some((_, instance)) = findings.iter_mut().find(|(check, _)| *check == CheckId::Instance)
        && instance.status() != Some(Status::Fail)
    {
        *instance = instance::fail_for_unusable_key(&reason, &message);
        // A disabled key can be enabled; for the other reasons no one command helps.
        if let Some(key) = key.filter(|_| reason.to_ascii_uppercase().contains("DISABLED")) {
            instance.values.set(Placeholder::Key, key);
        }
    }
    wait_on(findings, CheckId::Instance, |finding| find_unusable_key(finding).is_some())
}

fn lacks_credentials(finding: &Finding) -> bool {
    finding.failure().is_some_and(Failure::is_credentials)
}

/// Returns the reason and the message, when a finding suffers from a KMS key that cannot be used.
fn find_unusable_key(finding: &Finding) -> Option<(String, String)> {
    let failure = finding.failure()?;
    match &failure.kind {
        FailureKind::KeyUnusable(reason) => Some((reason.clone(), failure.message.clone())),
        _ => None,
    }
}

/// Returns the findings where whatever suffers, and whatever waits on that, waits on the root.
fn wait_on(findings: Findings, root: CheckId, suffers: fn(&Finding) -> bool) -> Findings {
    let waits: Vec<bool> =
        findings.iter().map(|(check, _)| *check != root && leads_to(&findings, *check, suffers)).collect();
    let settled = findings
        .into_iter()
        .zip(waits)
        .map(|((check, finding), waits)| if waits { (check, Finding::waits_on(root)) } else { (check, finding) });
    settled.collect()
}

/// Returns true when a check suffers, or waits on one that does.
fn leads_to(findings: &Findings, check: CheckId, suffers: fn(&Finding) -> bool) -> bool {
    let mut next = Some(check);
    // A check waits on another one, so that the way is no longer than the list.
    for _ in 0..findings.len() {
        let Some((_, finding)) = findings.iter().find(|(known, _)| Some(*known) == next) else {
            return false;
        };
        if suffers(finding) {
            return true;
        }
        next = if finding.is_running() { None } else { finding.find_first_check() };
    }
    false
}
