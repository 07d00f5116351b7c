//! Do the start URL and Region that the user typed, the instance's Regions and the application's Region fit together?

use std::collections::BTreeSet;

use super::Finding;
use crate::{
    cause::Cause,
    diagnosis::{CheckId, Status},
    domain::{Application, Instance, InstanceDetail, InstanceRegion, Region},
    facts::{Facts, Obstacle, ObstacleKind, Slot},
    intake::Case,
    operation::Operation,
    reading::{Reading, reach::Grantors},
    start_url::StartUrl,
    text,
    words::Blank,
};

/// What the typed start URL and Region prove by themselves, whatever instance there is.
pub(super) fn judge_typed(case: &Case) -> Option<Finding> {
    let typed = typed_url(case)?;
    let cause = match StartUrl::parse(typed) {
        StartUrl::BuilderId => Cause::StartUrlBuilderId,
        StartUrl::Malformed => Cause::StartUrlMalformed,
        _ => return None,
    };
    Some(Finding::fail(cause).expected_found("your organization's start URL", format!("typed: {}", text::clean(typed))))
}

/// What was typed, where one of these instances is the right one: it is wrong if it is for each of them.
pub(super) fn judge_for_any(case: &Case, facts: &Facts, instances: &[&Instance]) -> Option<Finding> {
    let parts: Vec<Finding> =
        instances.iter().map(|instance| judge_instance_part(&Reading::new(case, facts, instance))).collect();
    if parts.iter().any(|part| part.status.is_none()) {
        return Some(Finding::behind(CheckId::Instance));
    }
    let first = parts.first().filter(|part| part.status == Some(Status::Fail))?;
    let expected: BTreeSet<&str> = parts.iter().filter_map(|part| part.expected.as_deref()).collect();
    let expected = expected.into_iter().collect::<Vec<_>>().join(", or ");
    let agree = parts.iter().all(|part| (part.status, part.cause) == (first.status, first.cause));
    agree.then(|| Finding { expected: Some(expected), ..first.clone() })
}

/// Everything, for an instance that is known.
pub(super) fn judge(reading: &Reading, grantors: &Grantors) -> Finding {
    let instance_part = judge_instance_part(reading);
    let profile_part = judge_profile_part(reading, grantors);
    // A failure comes first, then what could not be judged, then warnings: a part that cannot be judged makes the check
    // unknown only where no other part fails.
    let mut parts = [instance_part, profile_part];
    parts.sort_by_key(|part| match part.status {
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

fn judge_instance_part(reading: &Reading) -> Finding {
    let Reading { case, facts, instance, .. } = reading;
    let url = typed_url(case).map(|typed| (typed, StartUrl::parse(typed)));
    if let Some((typed, url)) = &url
        && let Some(finding) = judge_directory(case, instance, typed, url)
    {
        return finding;
    }
    let regions = match active_regions(facts, instance) {
        Slot::Seen(regions) => regions,
        gap => return Finding::of_gap(&gap),
    };
    let in_url = url.as_ref().and_then(|(_, url)| match url {
        StartUrl::Instance { region, .. } => region.clone(),
        _ => None,
    });
    let typed_region = typed_region(case);
    let needs_primary = url.as_ref().is_some_and(|(_, url)| url.needs_primary_region());
    for typed in typed_region.iter().chain(&in_url) {
        // The Regions of an instance that is not active yet need not be either.
        let is_primary = *typed == regions.primary;
        let fits = is_primary && (needs_primary || !instance.may_be_active())
            || !needs_primary && regions.active.contains(typed);
        if !fits && !needs_primary && regions.unsaid.contains(typed) {
            let message = format!("AWS does not say whether the instance is active in {typed}");
            let obstacle = Obstacle::new(ObstacleKind::Malformed, Operation::DescribeInstance, message);
            return Finding::unknown(obstacle.about(&instance.region, instance.arn.as_str()));
        }
        if !fits {
            return region_wrong(&regions, typed, needs_primary);
        }
    }
    if let Some((typed, StartUrl::Alias(_) | StartUrl::Unknown { .. })) = &url
        && !url.as_ref().is_some_and(|(_, url)| alias_fits(case, url))
    {
        return Finding::warn(Cause::StartUrlUnverified)
            .expected_found(start_url(case, instance).unwrap_or_default(), format!("typed: {}", text::clean(typed)));
    }
    let supported = &case.profile.identity_center_regions;
    if !supported.is_empty() && !regions.active.iter().chain(&regions.unsaid).any(|region| supported.contains(region)) {
        return Finding::warn(Cause::IdentityCenterRegionUnsupported).expected_found(
            format!("one of: {}", list(supported)),
            format!("the instance's Regions: {}", list(&regions.active)),
        );
    }
    let told = if url.is_none() && typed_region.is_none() { "; you did not say what the user typed" } else { "" };
    Finding::pass(format!("sign-in Region {}{told}", regions.primary))
        .expected_found(format!("Region {}", regions.primary), format!("the instance is in {}", list(&regions.active)))
}

fn judge_directory(case: &Case, instance: &Instance, typed: &str, url: &StartUrl) -> Option<Finding> {
    let expected = match url {
        StartUrl::IdentityStore(store) if store != instance.identity_store.as_str() => {
            instance.identity_store.to_string()
        }
        StartUrl::Instance { id, .. } if id != instance.arn.instance_id() => instance.arn.instance_id().to_owned(),
        StartUrl::Alias(_) if !alias_fits(case, url) => configured_alias(case)?,
        _ => return None,
    };
    let expected = format!("a start URL of {}", text::clean(&expected));
    Some(
        Finding::fail(Cause::StartUrlOtherDirectory).expected_found(expected, format!("typed: {}", text::clean(typed))),
    )
}

/// True if the URL is the alias that the operator configured.
fn alias_fits(case: &Case, url: &StartUrl) -> bool {
    matches!((configured_alias(case), url), (Some(configured), StartUrl::Alias(typed)) if configured == *typed)
}

/// The configured alias, which may be written as a URL or as the bare name. A URL without an alias configures none.
fn configured_alias(case: &Case) -> Option<String> {
    let configured = case.settings.alias_url.as_deref()?;
    match StartUrl::parse(configured) {
        StartUrl::Alias(alias) => Some(alias),
        StartUrl::Malformed => Some(configured.trim().to_ascii_lowercase()),
        _ => None,
    }
}

fn region_wrong(regions: &ActiveRegions, typed: &Region, needs_primary: bool) -> Finding {
    let expected = if needs_primary {
        format!("{}, the primary Region, which an awsapps.com start URL needs", regions.primary)
    } else {
        format!("one of the instance's Regions: {}", list(&regions.active))
    };
    Finding::fail(Cause::RegionTypedWrong)
        .expected_found(expected, format!("typed: {}", text::clean(typed.as_str())))
        .with(Blank::TypedRegion, typed.as_str())
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

/// The Region of the application's profile: only for what grants access, or for all where nothing does.
fn judge_profile_part(reading: &Reading, grantors: &Grantors) -> Finding {
    let profile = &reading.case.profile;
    let supported = &profile.profile_regions;
    if supported.is_empty() {
        return Finding::pass(String::new());
    }
    let applications = match &reading.profile_applications {
        Slot::Seen(applications) if !applications.is_empty() => applications,
        Slot::NotAsked => return Finding::behind(CheckId::Application),
        Slot::Seen(_) | Slot::Blocked(_) => return Finding::waits_on(CheckId::Application),
    };
    let outside = |application: &Application| match profile.region_in_name(application) {
        Some(region) if supported.contains(&region) => Outside::No,
        Some(region) if application.created_from.as_ref() == Some(&region) => Outside::Proven,
        Some(_) => Outside::Named,
        None => Outside::No,
    };
    // The least sure one counts: one profile in a supported Region is enough.
    let least_sure =
        |set: &[&Application]| set.iter().map(|application| outside(application)).min_by_key(|outside| *outside as u8);
    let unsaid = applications.iter().find(|application| application.created_from.is_none());
    let unsaid =
        unsaid.map(|application| format!("AWS does not say where {} was created", text::clean(application.label())));
    let cause = Cause::ProfileRegionUnsupported;
    let finding = match grantors.agree(least_sure) {
        Slot::Seen(None | Some(Outside::No)) => return Finding::pass(String::new()).note(unsaid),
        Slot::Seen(Some(Outside::Named)) => Finding::warn(cause),
        Slot::Seen(Some(Outside::Proven)) => Finding::fail(cause),
        gap => return Finding::of_gap(&gap),
    };
    let named: Vec<(&Application, Region)> = grantors
        .members()
        .filter(|application| outside(application) != Outside::No)
        .filter_map(|application| Some((application, profile.region_in_name(application)?)))
        .collect();
    let shown: BTreeSet<String> =
        named.iter().map(|(application, region)| format!("{} is in {region}", application.label())).collect();
    let found = text::clean(&shown.into_iter().collect::<Vec<_>>().join(", "));
    let finding = finding.expected_found(format!("a profile in one of: {}", list(supported)), found);
    match named.first() {
        Some((application, region)) => {
            finding.with(Blank::Application, application.label()).with(Blank::ApplicationRegion, region.as_str())
        }
        None => finding,
    }
}

/// The Regions that an instance can be used in.
pub(super) struct ActiveRegions {
    /// All of them. The primary one of an active instance is among them, also where AWS leaves its status out.
    pub(super) active: Vec<Region>,
    /// Others, whose status AWS leaves out.
    unsaid: Vec<Region>,
    /// The primary one.
    pub(super) primary: Region,
}

/// From the instance's details, or, where those were not seen, from the list of instances if that has them.
pub(super) fn active_regions(facts: &Facts, instance: &Instance) -> Slot<ActiveRegions> {
    let detail = facts.details.get(&instance.arn).unwrap_or(&Slot::NotAsked);
    let listed = |regions: &[InstanceRegion], primary: Option<&Region>| {
        let marked = regions.iter().find(|region| region.primary).map(|region| &region.name);
        let primary = primary.or(marked).unwrap_or(&instance.region).clone();
        let with = |fits: fn(&InstanceRegion) -> bool| -> Vec<Region> {
            regions.iter().filter(|region| fits(region)).map(|region| region.name.clone()).collect()
        };
        let mut active = with(|region| region.active.unwrap_or(region.primary));
        if regions.is_empty() {
            active.push(primary.clone());
        }
        let unsaid = with(|region| region.active.is_none() && !region.primary);
        ActiveRegions { active, unsaid, primary }
    };
    match detail {
        Slot::Seen(InstanceDetail { regions, primary_region, .. }) => {
            let regions = if regions.is_empty() { &instance.regions } else { regions };
            Slot::Seen(listed(regions, primary_region.as_ref()))
        }
        _ if !instance.regions.is_empty() => Slot::Seen(listed(&instance.regions, None)),
        gap => gap.as_ref().map(|_| listed(&[], None)),
    }
}

/// The start URL to give to the user, where this partition's form is known.
pub(super) fn start_url(case: &Case, instance: &Instance) -> Option<String> {
    if instance.arn.partition() != "aws" {
        return None;
    }
    let name = configured_alias(case).unwrap_or_else(|| instance.identity_store.to_string());
    Some(format!("https://{}.awsapps.com/start", text::clean(&name)))
}

/// The typed start URL, if anything was typed.
pub(super) fn typed_url(case: &Case) -> Option<&str> {
    case.start_url.as_deref().filter(|typed| !typed.trim().is_empty())
}

/// The typed Region, without what pasting adds.
pub(super) fn typed_region(case: &Case) -> Option<Region> {
    let typed: String =
        case.typed_region.as_deref()?.chars().filter(|&character| !text::is_invisible(character)).collect();
    let typed = typed.trim().to_lowercase();
    (!typed.is_empty()).then(|| Region::new(typed))
}

fn list(regions: &[Region]) -> String {
    text::clean(&regions.iter().map(Region::as_str).collect::<Vec<_>>().join(", "))
}
