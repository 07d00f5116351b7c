//! The Regions that an instance can be used in, and the start URL that leads there.

use crate::{
    case::Case,
    domain::{Instance, InstanceDetail, InstanceRegion, Region},
    facts::{DescribeInstance, Facts, Known},
    text,
};

/// The Regions that an instance can be used in.
pub(crate) struct ActiveRegions {
    /// All of them. The primary one of an active instance is among them, also where AWS leaves its status out.
    pub active: Vec<Region>,
    /// Others, whose status AWS leaves out.
    pub unreported: Vec<Region>,
    /// The primary one.
    pub primary: Region,
}

/// Returns what an instance says about itself.
pub(crate) fn describe_instance<'a>(facts: &'a Facts, instance: &Instance) -> Known<&'a InstanceDetail> {
    facts.get(DescribeInstance { region: instance.region.clone(), instance: instance.arn.clone() })
}

/// Returns the Regions from the instance's details, or, where those are missing, from the list of instances, when that
/// has them.
pub(crate) fn find_active_regions(facts: &Facts, instance: &Instance) -> Known<ActiveRegions> {
    match describe_instance(facts, instance) {
        Known::Value(InstanceDetail { regions, primary_region, .. }) => {
            let regions = if regions.is_empty() { &instance.regions } else { regions };
            Known::Value(ActiveRegions::new(instance, regions, primary_region.as_ref()))
        }
        _ if !instance.regions.is_empty() => Known::Value(ActiveRegions::new(instance, &instance.regions, None)),
        missing => missing.map(|_| ActiveRegions::new(instance, &[], None)),
    }
}

/// Returns the primary Region, as far as it is known.
pub(crate) fn find_primary_region(facts: &Facts, instance: &Instance) -> Region {
    match find_active_regions(facts, instance) {
        Known::Value(regions) => regions.primary,
        Known::Pending | Known::Failed(_) => instance.region.clone(),
    }
}

impl ActiveRegions {
    fn new(instance: &Instance, regions: &[InstanceRegion], primary: Option<&Region>) -> Self {
        let marked = regions.iter().find(|region| region.primary).map(|region| &region.name);
        let primary = primary.or(marked).unwrap_or(&instance.region).clone();
        let mut active: Vec<Region> = Vec::new();
        let mut unreported = Vec::new();
        for region in regions {
            match region.active {
                Some(true) => active.push(region.name.clone()),
                None if region.primary => active.push(region.name.clone()),
                None => unreported.push(region.name.clone()),
                Some(false) => {}
            }
        }
        if regions.is_empty() {
            active.push(primary.clone());
        }
        Self { active, unreported, primary }
    }
}

/// Returns the start URL to give to the user, where this partition's form is known.
pub(crate) fn build_start_url(case: &Case, instance: &Instance) -> Option<String> {
    if instance.arn.partition() != "aws" {
        return None;
    }
    let name = case.settings.alias().unwrap_or_else(|| instance.identity_store.to_string());
    Some(format!("https://{}.awsapps.com/start", text::clean(&name)))
}
