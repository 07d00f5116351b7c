//! One broken thing shows one row: what only suffers from the operator's credentials, or from the instance's key,
//! waits on the check that says so.

use super::{Finding, instance};
use crate::{
    diagnosis::{CheckId, Status},
    facts::{Obstacle, ObstacleKind},
};

/// Lets the findings of all eight checks, in display order, wait on the one that names their common cause.
pub(super) fn show_root_causes(all: &mut [Finding; 8]) {
    let lacks_credentials = |finding: &Finding| finding.obstacle.as_ref().is_some_and(Obstacle::is_credentials);
    let [access, ..] = all;
    if access.status == Some(Status::Unknown) && lacks_credentials(access) {
        wait_on(all, CheckId::Access, lacks_credentials);
    }
    let Some((reason, message)) = all.iter().find_map(unusable_key) else {
        return;
    };
    let [_, instance, ..] = all;
    if instance.status != Some(Status::Fail) {
        *instance = instance::key_unusable(&reason, &message);
    }
    wait_on(all, CheckId::Instance, |finding| unusable_key(finding).is_some());
}

/// The reason and the message, if a finding suffers from a KMS key that cannot be used.
fn unusable_key(finding: &Finding) -> Option<(String, String)> {
    let obstacle = finding.obstacle.as_ref()?;
    match &obstacle.kind {
        ObstacleKind::KeyUnusable(reason) => Some((reason.clone(), obstacle.message.clone())),
        _ => None,
    }
}

/// Whatever suffers, and whatever waits on that, waits on the root.
fn wait_on(all: &mut [Finding; 8], root: CheckId, suffers: impl Fn(&Finding) -> bool) {
    let mut behind = Vec::new();
    // Twice, because `region` may wait on `application`, which comes after it.
    for _ in 0..2 {
        for (finding, check) in all.iter_mut().zip(CheckId::ALL).filter(|(_, check)| *check != root) {
            if suffers(finding) || finding.waits_on.is_some_and(|first| behind.contains(&first)) {
                *finding = Finding::waits_on(root);
                behind.push(check);
            }
        }
    }
}
