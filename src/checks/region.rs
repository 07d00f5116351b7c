//! Do the start URL and Region that the user typed, the instance's Regions and the application's Region fit together?

use std::collections::BTreeSet;

use super::{Check, CheckId, CheckInput, Finding, Findings, Presence, Status, find_chosen};
use crate::{
    analysis::{CaseView, consensus::find_consensus, regions, regions::ActiveRegions},
    case::{Case, MeantRegions, StartUrl, TypedRegion},
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
    presence: Presence::Always,
    judge: |input, _: &Findings| judge(input),
};

fn judge(input: &CheckInput) -> Finding {
    // A start URL that is nobody's comes first among the causes, whatever else is wrong or unknown.
    if let Some(typed) = judge_typed(input.case) {
        return typed;
    }
    match (input.require_view(), input.list_candidates(), find_chosen(input.choice)) {
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
    match find_consensus(instances, judge, Finding::agrees_with) {
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
        Some(Status::Unknown) => 2,
        Some(Status::Skipped) if part.find_first_check().is_some() => 2,
        Some(Status::Warn) => 3,
        // Nothing was told: that is said where nothing else is.
        Some(Status::Skipped) => 4,
        Some(Status::Pass) => 5,
    });
    let [mut decisive, other] = parts;
    decisive.notes.extend(other.notes);
    decisive
}

fn judge_instance_part(view: &CaseView) -> Finding {
    let mut finding = judge_form(view);
    finding.notes.extend(note_on_url(view.case));
    finding.notes.extend(note_on_region(view.case, finding.status()));
    finding
}

/// Judges what the user typed into the sign-in form, and the instance's Regions.
fn judge_form(view: &CaseView) -> Finding {
    let CaseView { case, facts, instance, .. } = view;
    let url = case.typed_url().map(|typed| (typed, StartUrl::parse(typed)));
    if let Some((typed, url)) = &url
        && let Some(finding) = judge_directory(case, instance, typed, url)
    {
        return finding;
    }
    let regions = match regions::find_active_regions(facts, instance) {
        Known::Value(regions) => regions,
        missing => return Finding::of_missing(&missing),
    };
    let needs_primary = url.as_ref().is_some_and(|(_, url)| url.needs_primary_region());
    let sign_in = SignInRegions { instance, regions: &regions, needs_primary };
    if let Some(finding) = sign_in.judge(case.typed_region().as_ref(), url.as_ref().map(|(_, url)| url)) {
        return finding;
    }
    if let Some((typed, StartUrl::Alias(_) | StartUrl::Unknown { .. })) = &url
        && !url.as_ref().is_some_and(|(_, url)| alias_fits(case, url))
    {
        let expected =
            regions::build_start_url(case, instance).unwrap_or_else(|| "the organization's start URL".to_owned());
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
    let finding = if case.is_form_told() {
        Finding::pass(format!("what was typed is right; the sign-in Region is {}", regions.primary))
    } else {
        Finding::skipped("not told: ask which start URL and Region stand on the screen")
    };
    finding.expected_found(
        format!("Region {}", regions.primary),
        format!("the instance is in {}", list_regions(&regions.active)),
    )
}

/// Returns what was taken for the start URL, where less than an address was typed.
fn note_on_url(case: &Case) -> Option<String> {
    let typed = case.typed_url()?;
    let whole = StartUrl::complete(typed)?;
    Some(format!("{} was taken as {}", text::clean(typed.trim()), text::clean(&whole)))
}

/// Returns what was taken for the Region, where it was not typed as a code.
fn note_on_region(case: &Case, status: Option<Status>) -> Option<String> {
    let typed = case.typed_region()?;
    let shown = typed.shown();
    match &typed.meant {
        MeantRegions::One(region) if shown != region.as_str() => Some(format!("{shown} was taken as {region}")),
        MeantRegions::Several(regions) => {
            let question = if status == Some(Status::Pass) { ": make sure which one stands on the screen" } else { "" };
            Some(format!("{shown} can mean {}{question}", list_regions(regions)))
        }
        _ => None,
    }
}

/// The Regions in which the sign-in works with the start URL that was typed.
struct SignInRegions<'a> {
    instance: &'a Instance,
    regions: &'a ActiveRegions,
    /// True if the start URL works in the primary Region only.
    needs_primary: bool,
}

impl SignInRegions<'_> {
    /// Returns what is wrong with the typed Region or with the one inside the start URL. A failure comes before what is
    /// not clear.
    fn judge(&self, typed: Option<&TypedRegion>, url: Option<&StartUrl>) -> Option<Finding> {
        let is_known = |typed: &TypedRegion| {
            // A code that is in no list may be the one of a new Region, in which this very instance is.
            matches!(typed.meant, MeantRegions::One(_) | MeantRegions::Several(_))
                || typed.regions().iter().any(|region| self.fits(region) || self.is_unreported(region))
        };
        if let Some(typed) = typed.filter(|typed| is_known(typed))
            && let Some(finding) = self.judge_meant(&typed.shown(), typed.regions())
        {
            return Some(finding);
        }
        if let Some(StartUrl::Instance { region: Some(region), .. }) = url
            && let Some(finding) = self.judge_meant(region.as_str(), std::slice::from_ref(region))
        {
            return Some(finding);
        }
        typed.filter(|typed| !is_known(typed)).map(|typed| self.judge_unclear(typed))
    }

    /// Returns what is wrong with Regions of which one is meant.
    fn judge_meant(&self, shown: &str, meant: &[Region]) -> Option<Finding> {
        if meant.iter().any(|region| self.fits(region)) {
            return None;
        }
        if let Some(region) = meant.iter().find(|region| self.is_unreported(region)) {
            let message = format!("AWS does not say whether the instance is active in {region}");
            let failure = Failure::new(FailureKind::Malformed, Operation::DescribeInstance, message);
            return Some(Finding::unknown(failure.about(&self.instance.region, self.instance.arn.as_str())));
        }
        let finding = Finding::fail(Cause::RegionTypedWrong);
        Some(finding.expected_found(self.describe(), typed_as(shown)).with_value(Placeholder::TypedRegion, shown))
    }

    fn judge_unclear(&self, typed: &TypedRegion) -> Finding {
        let shown = typed.shown();
        let mut found = typed_as(&shown);
        let mut suggestions = String::new();
        if let MeantRegions::NearMiss { close, .. } = &typed.meant {
            suggestions = list_regions(close);
            found = format!("{found}; did you mean {suggestions}?");
        }
        Finding::warn(Cause::RegionTypedUnclear)
            .expected_found(self.describe(), found)
            .with_value(Placeholder::TypedRegion, shown)
            .with_value(Placeholder::Suggestions, suggestions)
    }

    fn fits(&self, region: &Region) -> bool {
        let is_primary = *region == self.regions.primary;
        // The Regions of an instance that is not active yet need not be either.
        is_primary && (self.needs_primary || !self.instance.may_be_active())
            || !self.needs_primary && self.regions.active.contains(region)
    }

    fn is_unreported(&self, region: &Region) -> bool {
        !self.needs_primary && self.regions.unreported.contains(region)
    }

    fn describe(&self) -> String {
        if self.needs_primary {
            format!("{}, the primary Region, which an awsapps.com start URL needs", self.regions.primary)
        } else {
            format!("one of the instance's Regions: {}", list_regions(&self.regions.active))
        }
    }
}

fn typed_as(shown: &str) -> String {
    format!("typed: {}", text::clean(shown))
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

/// How certain it is that an application's profile is in a Region that is not supported.
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
    let granting = view.find_granting_sets();
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
    let finding = match granting.find_consensus(least_sure) {
        Known::Value(None | Some(Outside::No)) => return Finding::pass("").with_note(unreported),
        Known::Value(Some(Outside::Named)) => Finding::warn(cause),
        Known::Value(Some(Outside::Proven)) => Finding::fail(cause),
        missing => return Finding::of_missing(&missing),
    };
    let named: Vec<(&Application, Region)> = granting
        .list_members()
        .filter(|application| outside(application) != Outside::No)
        .filter_map(|application| Some((application, app.region_in_name(application)?)))
        .collect();
    let shown: BTreeSet<String> =
        named.iter().map(|(application, region)| format!("{} is in {region}", application.label())).collect();
    let found = text::clean(&shown.into_iter().collect::<Vec<_>>().join(", "));
    let finding = finding.expected_found(format!("a profile in one of: {}", list_regions(supported)), found);
    match named.first() {
        Some((application, region)) => finding
            .with_value(Placeholder::Application, application.label())
            .with_value(Placeholder::ApplicationRegion, region.as_str()),
        None => finding,
    }
}

fn list_regions(regions: &[Region]) -> String {
    text::clean(&regions.iter().map(Region::as_str).collect::<Vec<_>>().join(", "))
}
