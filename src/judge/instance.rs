//! Is there a usable Identity Center instance, and where?

use super::Finding;
use crate::{
    cause::Cause,
    diagnosis::CheckId,
    domain::{Instance, NetworkRestriction},
    facts::{Facts, Obstacle, ObstacleKind, Slot},
    intake::Case,
    operation::Operation,
    reading::{
        Reading,
        instances::{self, Choice},
        reach::Grantors,
    },
    text,
    words::{Blank, Situation},
};

pub(super) fn judge(case: &Case, facts: &Facts, choice: &Slot<Choice>) -> Finding {
    match choice {
        Slot::NotAsked => Finding::running(),
        Slot::Blocked(obstacle) => unseen(facts, obstacle),
        Slot::Seen(Choice::Missing) => missing(case, facts),
        Slot::Seen(Choice::One(instance, why)) => one(case, facts, instance, why),
        Slot::Seen(Choice::AnyOf(candidates)) => any_of(case, facts, candidates),
    }
}

/// Several come into question: what holds for all of them can be said, and nothing else.
fn any_of(case: &Case, facts: &Facts, candidates: &[&Instance]) -> Finding {
    let findings: Vec<Finding> =
        candidates.iter().map(|instance| one(case, facts, instance, "one of several")).collect();
    let Some(first) = findings.first() else {
        return Finding::running();
    };
    if findings.iter().any(|finding| finding.status.is_none()) {
        return Finding::running();
    }
    if findings.iter().all(|finding| (finding.status, finding.cause) == (first.status, first.cause)) {
        return first.clone();
    }
    Finding::of_gap(&instances::doubt(case, facts, candidates))
}

fn unseen(facts: &Facts, obstacle: &Obstacle) -> Finding {
    let finding = Finding::unknown(obstacle.clone());
    match facts.instances().first() {
        Some(instance) => finding.when(Situation::InstanceSeen).with(Blank::Instance, instance.arn.as_str()),
        None => finding,
    }
}

fn missing(case: &Case, facts: &Facts) -> Finding {
    let asked = facts.searches.iter().filter(|search| search.answer.seen().is_some());
    let regions: Vec<&str> = asked.filter(|search| !search.all_regions).map(|search| search.region.as_str()).collect();
    let visible: Vec<&str> = facts.instances().iter().map(|instance| instance.arn.as_str()).collect();
    let found = match (&case.settings.instance, visible.as_slice()) {
        (Some(_), [_, ..]) => format!("visible instances: {}", visible.join(", ")),
        _ => format!(
            "no instance; Regions asked: {}",
            if regions.is_empty() { "all".to_owned() } else { regions.join(", ") }
        ),
    };
    let expected = match &case.settings.instance {
        Some(named) => format!("the instance {}", named.value),
        None => "an IAM Identity Center instance that these credentials can see".to_owned(),
    };
    Finding::fail(Cause::InstanceMissing).expected_found(expected, found)
}

fn one(case: &Case, facts: &Facts, instance: &Instance, why: &str) -> Finding {
    if let Some(status) = instance.status.as_deref().filter(|_| !instance.may_be_active()) {
        return not_active(instance, status);
    }
    let detail = facts.details.get(&instance.arn).unwrap_or(&Slot::NotAsked);
    let detail = match detail {
        Slot::Seen(detail) => detail,
        Slot::Blocked(Obstacle { kind: ObstacleKind::KeyUnusable(reason), message, .. }) => {
            return key_unusable(reason, message);
        }
        gap => return Finding::of_gap(gap),
    };
    match detail.status.as_deref().or(instance.status.as_deref()) {
        Some("ACTIVE") => {}
        Some(status) => return not_active(instance, status),
        None => {
            let message = "AWS does not say whether the instance is active";
            let obstacle = Obstacle::new(ObstacleKind::Malformed, Operation::DescribeInstance, message);
            return Finding::unknown(obstacle.about(&instance.region, instance.arn.as_str()));
        }
    }
    if detail.encryption_status.as_deref() == Some("UPDATE_FAILED") {
        return key_unusable("UPDATE_FAILED", "the encryption status of the instance is UPDATE_FAILED");
    }
    if let Some(network) = &detail.network {
        match is_exempt(&Reading::new(case, facts, instance), network) {
            Slot::Seen(true) => {}
            Slot::Seen(false) => return network_restricted(network),
            Slot::NotAsked => return Finding::behind(CheckId::Application),
            Slot::Blocked(_) => return Finding::waits_on(CheckId::Application),
        }
    }
    let configured = case.settings.region.as_ref().map(|region| &region.value);
    let elsewhere = match configured {
        Some(region) if *region != instance.region => {
            format!(" (your configuration says {region}, which is all right)")
        }
        _ => String::new(),
    };
    let is_partial = case.settings.instance.is_none() && instances::search_ended(case, facts).obstacle().is_some();
    let unseen = is_partial.then(|| {
        format!("not seen: {}; an instance there would not be taken instead of this one", unseen_regions(facts))
    });
    Finding::pass(format!("{} in {}, {why}{elsewhere}", instance.arn.instance_id(), instance.region))
        .expected_found("an ACTIVE instance", format!("{} is ACTIVE in {}", instance.arn, instance.region))
        .note(unseen)
}

/// Returns true, when the restriction does not hold for the application that lets the user in.
fn is_exempt(reading: &Reading, network: &NetworkRestriction) -> Slot<bool> {
    if network.excluded_applications.is_empty() {
        return Slot::Seen(false);
    }
    reading.profile_applications.as_ref().and_then(|all| {
        let grantors = Grantors::new(&reading.reaches(), all);
        grantors.agree(|set| set.iter().any(|application| network.excludes(&application.arn)))
    })
}

fn network_restricted(network: &NetworkRestriction) -> Finding {
    let vpcs = if network.source_vpcs.is_empty() {
        "any VPC of the organization".to_owned()
    } else {
        network.source_vpcs.join(", ")
    };
    let networks = if network.source_ips.is_empty() {
        format!("the VPC endpoints of {vpcs}")
    } else {
        format!("the VPC endpoints of {vpcs}; the addresses {}", network.source_ips.join(", "))
    };
    Finding::warn(Cause::NetworkRestricted)
        .expected_found("sign-in from every network", format!("sign-in only from {}", text::paragraph(&networks)))
        .with(Blank::Networks, networks)
}

/// The Regions whose instances could not be listed.
fn unseen_regions(facts: &Facts) -> String {
    let unseen = facts.searches.iter().filter(|search| !search.all_regions && search.answer.obstacle().is_some());
    text::clean(&unseen.map(|search| search.region.as_str()).collect::<Vec<_>>().join(", "))
}

fn not_active(instance: &Instance, status: &str) -> Finding {
    Finding::fail(Cause::InstanceNotActive)
        .expected_found("status ACTIVE", format!("{} has the status {}", instance.arn, text::clean(status)))
        .with(Blank::InstanceStatus, status)
}

/// The instance's key failed, in the details or in another call.
pub(super) fn key_unusable(reason: &str, message: &str) -> Finding {
    let message = if message.is_empty() { reason } else { message };
    Finding::fail(Cause::InstanceKeyUnusable)
        .expected_found(
            "a KMS key that IAM Identity Center can use",
            format!("{}: {}", text::clean(reason), text::clean(message)),
        )
        .with(Blank::Obstacle, format!("{reason}: {message}"))
}
