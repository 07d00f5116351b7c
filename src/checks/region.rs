//! Do the start URL and Region that the user typed, the instance's Regions and the application's Region fit together?

use std::collections::BTreeSet;

use super::{Check, CheckId, CheckInput, Finding, Findings, Status, always, chosen};
use crate::{
    analysis::{CaseView, consensus::consensus, regions, regions::ActiveRegions},
    case::{Case, StartUrl},
    catalog::{Cause, Placeholder},
    domain::{Application, Instance, Region},
    facts::{Failure, FailureKind, Known, Operation},
    text,
};

pub(super) const CHECK: Check = Check {
    id: CheckId::Region,
    title: "Sign-in form",
    label: "form",
    question: "Do the start URL and Region that the user typed fit the instance and the application?",
    rests_on: &[Operation::ListInstances, Operation::DescribeInstance, Operation::ListApplications],
    after: &[],
    applies: always,
    judge: |input, _: &Findings| judge(input),
};

fn judge(input: &CheckInput) -> Finding {
    // A start URL that is nobody's comes first among the causes, whatever else is wrong or unknown.
    if let Some(typed) = judge_typed(input.case) {
        return typed;
    }
    match (input.view(), input.candidates(), chosen(input.choice)) {
        (Ok(view), _, _) => judge_view(view),
        (Err(_), Some(candidates), _) => judge_for_any(input, candidates, CheckId::Application),
        // What was typed is judged whatever else is known of the instance.
        (Err(_), None, Some(instance)) => judge_for_any(input, &[instance], CheckId::Instance),
        (Err(finding), None, None) => finding,
    }
}

/// Returns what the typed start URL proves by itself, whatever instance there is.
fn judge_typed(case: &Case) -> Option<Finding> {
    let typed = case.typed_url()?;
    let cause = match StartUrl::parse(typed) {
        StartUrl::BuilderId => Cause::StartUrlBuilderId,
        StartUrl::Malformed => Cause::StartUrlMalformed,
        _ => return None,
    };
    Some(Finding::fail(cause).expected_found("your organization's start URL", format!("typed: {}", text::clean(typed))))
}

/// Returns what was typed, where it is wrong for each of these instances; else the check waits on another one.
fn judge_for_any(input: &CheckInput, instances: &[&Instance], first: CheckId) -> Finding {
    let judge = |instance: &&Instance| judge_instance_part(&CaseView::new(input.case, input.facts, instance));
    let parts: Vec<Finding> = instances.iter().map(judge).collect();
    if parts.iter().any(Finding::is_running) {
        return Finding::behind(CheckId::Instance);
    }
    let expected: BTreeSet<&str> = parts.iter().filter_map(|part| part.expected.as_deref()).collect();
    let expected = expected.into_iter().collect::<Vec<_>>().join(", or ");
    let agree = |one: &Finding, other: &Finding| (one.status(), one.cause()) == (other.status(), other.cause());
    match consensus(instances, judge, agree) {
        Some(wrong) if wrong.status() == Some(Status::Fail) => Finding { expected: Some(expected), ..wrong },
        _ => Finding::waits_on(first),
    }
}

/// Judges everything, for an instance that is known.
fn judge_view(view: &CaseView) -> Finding {
    // A failure comes first, then what could not be judged, then warnings: a part that cannot be judged makes the check
    // unknown only where no other part fails.
    let mut parts = [judge_instance_part(view), judge_entitlement_part(view)];
    parts.sort_by_key(|part| match part.status() {
        Some(Status::Fail) => 0,
        None => 1,
        Some(Status::Unknown | Status::Skipped) => 2,
        Some(Status::Warn) => 3,
        Some(Status::Pass) => 4,
    });
    let [mut decisive, other] = parts;
    decisive.notes.extend(other.notes);
    decisive
}

fn judge_instance_part(view: &CaseView) -> Finding {
    let CaseView { case, facts, instance, .. } = view;
    let url = case.typed_url().map(|typed| (typed, StartUrl::parse(typed)));
    if let Some((typed, url)) = &url
        && let Some(finding) = judge_directory(case, instance, typed, url)
    {
        return finding;
    }
    let regions = match regions::active_regions(facts, instance) {
        Known::Value(regions) => regions,
        missing => return Finding::of_missing(&missing),
    };
    let in_url = url.as_ref().and_then(|(_, url)| match url {
        StartUrl::Instance { region, .. } => region.clone(),
        _ => None,
    });
    let typed_region = case.typed_region();
    let needs_primary = url.as_ref().is_some_and(|(_, url)| url.needs_primary_region());
    for typed in typed_region.iter().chain(&in_url) {
        // The Regions of an instance that is not active yet need not be either.
        let is_primary = *typed == regions.primary;
        let fits = is_primary && (needs_primary || !instance.may_be_active())
            || !needs_primary && regions.active.contains(typed);
        if !fits && !needs_primary && regions.unreported.contains(typed) {
            let message = format!("AWS does not say whether the instance is active in {typed}");
            let failure = Failure::new(FailureKind::Malformed, Operation::DescribeInstance, message);
            return Finding::unknown(failure.about(&instance.region, instance.arn.as_str()));
        }
        if !fits {
            return judge_wrong_region(&regions, typed, needs_primary);
        }
    }
    if let Some((typed, StartUrl::Alias(_) | StartUrl::Unknown { .. })) = &url
        && !url.as_ref().is_some_and(|(_, url)| alias_fits(case, url))
    {
        let expected = regions::start_url(case, instance).unwrap_or_else(|| "the organization's start URL".to_owned());
        return Finding::warn(Cause::StartUrlUnverified)
            .expected_found(expected, format!("typed: {}", text::clean(typed)));
    }
    let supported = &case.app.identity_center_regions;
    if !supported.is_empty()
        && !regions.active.iter().chain(&regions.unreported).any(|region| supported.contains(region))
    {
        return Finding::warn(Cause::IdentityCenterRegionUnsupported).expected_found(
            format!("one of: {}", list_regions(supported)),
            format!("the instance's Regions: {}", list_regions(&regions.active)),
        );
    }
    let told = if url.is_none() && typed_region.is_none() { "; you did not say what the user typed" } else { "" };
    Finding::pass(format!("sign-in Region {}{told}", regions.primary)).expected_found(
        format!("Region {}", regions.primary),
        format!("the instance is in {}", list_regions(&regions.active)),
    )
}

fn judge_directory(case: &Case, instance: &Instance, typed: &str, url: &StartUrl) -> Option<Finding> {
    let expected = match url {
        StartUrl::IdentityStore(store) if store != instance.identity_store.as_str() => {
            instance.identity_store.to_string()
        }
        StartUrl::Instance { id, .. } if id != instance.arn.instance_id() => instance.arn.instance_id().to_owned(),
        StartUrl::Alias(_) if !alias_fits(case, url) => case.settings.alias()?,
        _ => return None,
    };
    let expected = format!("a start URL of {}", text::clean(&expected));
    Some(
        Finding::fail(Cause::StartUrlOtherDirectory).expected_found(expected, format!("typed: {}", text::clean(typed))),
    )
}

/// Returns true when the URL is the alias that the operator configured.
fn alias_fits(case: &Case, url: &StartUrl) -> bool {
    matches!((case.settings.alias(), url), (Some(configured), StartUrl::Alias(typed)) if configured == *typed)
}

fn judge_wrong_region(regions: &ActiveRegions, typed: &Region, needs_primary: bool) -> Finding {
    let expected = if needs_primary {
        format!("{}, the primary Region, which an awsapps.com start URL needs", regions.primary)
    } else {
        format!("one of the instance's Regions: {}", list_regions(&regions.active))
    };
    Finding::fail(Cause::RegionTypedWrong)
        .expected_found(expected, format!("typed: {}", text::clean(typed.as_str())))
        .with(Placeholder::TypedRegion, typed.as_str())
}

/// How sure it is that an application's profile is in a Region that is not supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outside {
    /// Nothing says so. What `CreatedFrom` alone says is no evidence: it may be the instance's Region.
    No,
    /// The name says so.
    Named,
    /// The name and `CreatedFrom` say so.
    Proven,
}

/// Judges the Region that the application was set up in: only for what grants access, or for all where nothing does.
fn judge_entitlement_part(view: &CaseView) -> Finding {
    let app = &view.case.app;
    let supported = &app.entitlement_regions;
    if supported.is_empty() {
        return Finding::pass("");
    }
    let applications = match &view.entitlements {
        Known::Value(applications) if !applications.is_empty() => applications,
        Known::Pending => return Finding::behind(CheckId::Application),
        Known::Value(_) | Known::Failed(_) => return Finding::waits_on(CheckId::Application),
    };
    let granting = view.granting_sets();
    let outside = |application: &Application| match app.region_in_name(application) {
        Some(region) if supported.contains(&region) => Outside::No,
        Some(region) if application.created_from.as_ref() == Some(&region) => Outside::Proven,
        Some(_) => Outside::Named,
        None => Outside::No,
    };
    // The least sure one counts: one profile in a supported Region is enough.
    let least_sure =
        |set: &[&Application]| set.iter().map(|application| outside(application)).min_by_key(|outside| *outside as u8);
    let unreported = applications.iter().find(|application| application.created_from.is_none());
    let unreported = unreported
        .map(|application| format!("AWS does not say where {} was created", text::clean(application.label())));
    let cause = Cause::ProfileRegionUnsupported;
    let finding = match granting.consensus(least_sure) {
        Known::Value(None | Some(Outside::No)) => return Finding::pass("").note(unreported),
        Known::Value(Some(Outside::Named)) => Finding::warn(cause),
        Known::Value(Some(Outside::Proven)) => Finding::fail(cause),
        missing => return Finding::of_missing(&missing),
    };
    let named: Vec<(&Application, Region)> = granting
        .members()
        .filter(|application| outside(application) != Outside::No)
        .filter_map(|application| Some((application, app.region_in_name(application)?)))
        .collect();
    let shown: BTreeSet<String> =
        named.iter().map(|(application, region)| format!("{} is in {region}", application.label())).collect();
    let found = text::clean(&shown.into_iter().collect::<Vec<_>>().join(", "));
    let finding = finding.expected_found(format!("a profile in one of: {}", list_regions(supported)), found);
    match named.first() {
        Some((application, region)) => finding
            .with(Placeholder::Application, application.label())
            .with(Placeholder::ApplicationRegion, region.as_str()),
        None => finding,
    }
}

fn list_regions(regions: &[Region]) -> String {
    text::clean(&regions.iter().map(Region::as_str).collect::<Vec<_>>().join(", "))
}
