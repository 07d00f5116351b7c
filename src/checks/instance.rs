//! Is there a usable Identity Center instance, and where?

use super::{Check, CheckId, CheckInput, Finding, Findings, Presence, find_chosen};
use crate::{
    analysis::{
        CaseView,
        consensus::find_consensus,
        instances::{self, Choice},
        regions,
    },
    case::Case,
    catalog::{Cause, Condition, Placeholder},
    domain::{Instance, NetworkRestriction, Region},
    facts::{Facts, Failure, FailureKind, Known, Operation},
    text,
};

pub(super) const CHECK: Check = Check {
    id: CheckId::Instance,
    title: "Identity Center",
    label: "Identity Center",
    question: "Is there a usable Identity Center instance, and where?",
    rests_on: &[Operation::ListInstances, Operation::DescribeInstance],
    after: &[],
    presence: Presence::Always,
    judge: |input, _: &Findings| judge(input),
};

pub(super) fn judge(input: &CheckInput) -> Finding {
    let (case, facts) = (input.case, input.facts);
    match input.choice {
        Known::Pending => Finding::running(),
        Known::Failed(failure) => judge_failed_search(facts, failure),
        Known::Value(Choice::Missing) => judge_missing(case, facts),
        Known::Value(Choice::One(instance, why)) => judge_one(case, facts, instance, why),
        Known::Value(Choice::AnyOf(candidates)) => judge_candidates(case, facts, candidates),
    }
}

/// Several come into question: what holds for all of them can be said, and nothing else.
fn judge_candidates(case: &Case, facts: &Facts, candidates: &[&Instance]) -> Finding {
    let judge = |instance: &&Instance| judge_one(case, facts, instance, "one of several");
    if candidates.iter().any(|instance| judge(instance).is_running()) {
        return Finding::running();
    }
    find_consensus(candidates, judge, Finding::agrees_with)
        .unwrap_or_else(|| Finding::of_missing(&instances::find_missing_answer(case, facts, candidates)))
}

fn judge_failed_search(facts: &Facts, failure: &Failure) -> Finding {
    let finding = Finding::unknown(failure.clone());
    match facts.instances().first() {
        Some(instance) => {
            finding.with_condition(Condition::InstanceFound).with_value(Placeholder::Instance, instance.arn.as_str())
        }
        None => finding,
    }
}

fn judge_missing(case: &Case, facts: &Facts) -> Finding {
    let mut regions = instances::list_regions_to_search(case);
    regions.retain(|region| facts.get(instances::query_region(region.clone())).value().is_some());
    let regions: Vec<&str> = regions.iter().map(Region::as_str).collect();
    let visible: Vec<&str> = facts.instances().iter().map(|instance| instance.arn.as_str()).collect();
    let found = match (&case.settings.instance, visible.as_slice()) {
        (Some(_), [_, ..]) => format!("visible instances: {}", visible.join(", ")),
        _ if regions.is_empty() => "no instance; Regions asked: all".to_owned(),
        _ => format!("no instance; Regions asked: {}", regions.join(", ")),
    };
    let expected = match &case.settings.instance {
        Some(named) => format!("the instance {}", named.value),
        None => "an IAM Identity Center instance that these credentials can see".to_owned(),
    };
    Finding::fail(Cause::InstanceMissing).expected_found(expected, found)
}

fn judge_one(case: &Case, facts: &Facts, instance: &Instance, why: &str) -> Finding {
    if let Some(status) = instance.status.as_deref().filter(|_| !instance.may_be_active()) {
        return fail_for_inactive(instance, status);
    }
    let detail = match regions::describe_instance(facts, instance) {
        Known::Value(detail) => detail,
        Known::Failed(Failure { kind: FailureKind::KeyUnusable(reason), message, .. }) => {
            return fail_for_unusable_key(&reason, &message);
        }
        missing => return Finding::of_missing(&missing),
    };
    match detail.status.as_deref().or(instance.status.as_deref()) {
        Some("ACTIVE") => {}
        Some(status) => return fail_for_inactive(instance, status),
        None => {
            let message = "AWS does not say whether the instance is active";
            let failure = Failure::new(FailureKind::Malformed, Operation::DescribeInstance, message);
            return Finding::unknown(failure.about(&instance.region, instance.arn.as_str()));
        }
    }
    if detail.encryption_status.as_deref() == Some("UPDATE_FAILED") {
        return fail_for_unusable_key("UPDATE_FAILED", "the encryption status of the instance is UPDATE_FAILED");
    }
    if let Some(network) = &detail.network {
        match is_exempt(&CaseView::new(case, facts, instance), network) {
            Known::Value(true) => {}
            Known::Value(false) => return warn_of_restricted_network(network),
            Known::Pending => return Finding::behind(CheckId::Application),
            Known::Failed(_) => return Finding::waits_on(CheckId::Application),
        }
    }
    let configured = case.settings.region.as_ref().map(|region| &region.value);
    let elsewhere = match configured {
        Some(region) if *region != instance.region => {
            format!(" (your configuration says {region}, which is all right)")
        }
        _ => String::new(),
    };
    let is_partial = case.settings.instance.is_none() && instances::search_ended(case, facts).failure().is_some();
    let failed = is_partial.then(|| {
        format!(
            "not seen: {}; an instance there would not be taken instead of this one",
            list_failed_regions(case, facts)
        )
    });
    let name = instance.name.as_deref().map_or_else(|| instance.arn.instance_id().to_owned(), text::clean);
    Finding::pass(format!("{name} in {}, {why}{elsewhere}", instance.region))
        .expected_found("an ACTIVE instance", format!("{} is ACTIVE in {}", instance.arn, instance.region))
        .with_note(failed)
}

/// Returns true when the restriction does not hold for the application that lets the user in.
fn is_exempt(view: &CaseView, network: &NetworkRestriction) -> Known<bool> {
    if network.excluded_applications.is_empty() {
        return Known::Value(false);
    }
    view.entitlements.as_ref().and_then(|_| {
        view.find_granting_sets().find_consensus(|set| set.iter().any(|application| network.excludes(&application.arn)))
    })
}

fn warn_of_restricted_network(network: &NetworkRestriction) -> Finding {
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
        .with_value(Placeholder::Networks, networks)
}

/// Returns the Regions whose instances could not be listed.
fn list_failed_regions(case: &Case, facts: &Facts) -> String {
    let mut regions = instances::list_regions_to_search(case);
    regions.retain(|region| facts.get(instances::query_region(region.clone())).failure().is_some());
    text::clean(&regions.iter().map(Region::as_str).collect::<Vec<_>>().join(", "))
}

fn fail_for_inactive(instance: &Instance, status: &str) -> Finding {
    Finding::fail(Cause::InstanceNotActive)
        .expected_found("status ACTIVE", format!("{} has the status {}", instance.arn, text::clean(status)))
        .with_value(Placeholder::InstanceStatus, status)
}

/// Returns the finding where the instance's key failed, in the details or in another call.
pub(super) fn fail_for_unusable_key(reason: &str, message: &str) -> Finding {
    let message = if message.is_empty() { reason } else { message };
    Finding::fail(Cause::InstanceKeyUnusable)
        .expected_found(
            "a KMS key that IAM Identity Center can use",
            format!("{}: {}", text::clean(reason), text::clean(message)),
        )
        .with_value(Placeholder::Failure, format!("{reason}: {message}"))
}

/// Returns the KMS key of the instance that is judged, where its details name one.
pub(super) fn find_key<'a>(input: &CheckInput<'a>) -> Option<&'a str> {
    let instance = find_chosen(input.choice)?;
    regions::describe_instance(input.facts, instance).value()?.key.as_deref()
}

/// A denial by KMS is about the instance's key, which the instance's details name where the message does not.
pub(super) fn name_denied_key(input: &CheckInput, failure: &Failure) -> Option<Failure> {
    let instance = find_chosen(input.choice)?;
    let is_named = failure.resource.as_ref().is_some_and(|resource| resource.contains(":kms:"));
    if failure.kind != FailureKind::KeyDenied || failure.region.as_ref() != Some(&instance.region) || is_named {
        return None;
    }
    let resource = find_key(input).unwrap_or("the instance's KMS key");
    Some(Failure { resource: Some(resource.to_owned()), ..failure.clone() })
}
