//! Which instance is judged, where several are visible.

use std::collections::BTreeSet;

use super::{applications, consensus::find_consensus, user};
use crate::{
    case::{Case, StartUrl, TypedRegion},
    domain::{Caller, Instance, Region},
    facts::{Facts, Failure, FailureKind, GetCallerIdentity, Known, ListInstances},
};

/// The Regions that are searched one by one where asking for all at once is refused or finds nothing: those with
/// Identity Center in the partition of the configured Region.
///
/// Source: "IAM Identity Center Region availability" in the IAM Identity Center User Guide.
const REGIONS: [&str; 34] = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "af-south-1",
    "ap-east-1",
    "ap-south-1",
    "ap-south-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "sa-east-1",
    "us-gov-east-1",
    "us-gov-west-1",
    "cn-north-1",
    "cn-northwest-1",
];

/// The instance to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Choice<'a> {
    /// None is visible, and every Region answered.
    Missing,
    /// This one, for this reason.
    One(&'a Instance, &'static str),
    /// One of these; which one hangs on an answer that failed.
    AnyOf(Vec<&'a Instance>),
}

/// Returns true for an instance that the operator's choice of another one leaves out.
pub(crate) fn is_passed_over(case: &Case, instance: &Instance) -> bool {
    case.settings.instance.as_ref().is_some_and(|named| named.value != instance.arn)
}

/// Returns the Regions to search one by one, in order.
pub(crate) fn list_regions_to_search(case: &Case) -> Vec<Region> {
    let home = case.settings.home_region();
    let typed = case.typed_region();
    let meant = typed.as_ref().map(TypedRegion::regions).unwrap_or_default();
    let in_url = case.start_url.as_deref().map(StartUrl::parse).and_then(|url| match url {
        StartUrl::Instance { region, .. } => region,
        _ => None,
    });
    let told = meant.iter().chain(&in_url).filter(|region| Region::is_well_formed(region.as_str())).cloned();
    let mut known = BTreeSet::new();
    std::iter::once(home.clone())
        .chain(told)
        .chain(case.app.identity_center_regions.iter().cloned())
        .chain(REGIONS.map(Region::new))
        .filter(|region| region.partition() == home.partition() && known.insert(region.clone()))
        .collect()
}

/// Returns whose credentials ask.
pub(crate) fn find_caller<'a>(case: &Case, facts: &'a Facts) -> Known<&'a Caller> {
    facts.get(GetCallerIdentity { region: case.settings.home_region() })
}

/// Returns the query for the instances of one Region.
pub(crate) fn query_region(region: Region) -> ListInstances {
    ListInstances { region, all_regions: false }
}

/// Returns the query for the instances of all Regions at once.
pub(crate) fn query_all_regions(case: &Case) -> ListInstances {
    ListInstances { region: case.settings.home_region(), all_regions: true }
}

/// Returns true when one call for all Regions did not settle the search, so that they are asked one by one.
pub(crate) fn is_search_going_on(case: &Case, facts: &Facts) -> bool {
    match facts.get(query_all_regions(case)) {
        Known::Pending => false,
        Known::Value(found) => found.is_empty(),
        Known::Failed(failure) => failure.is_denied() || failure.kind == FailureKind::Rejected,
    }
}

/// Returns the instances that come into question, and whether the search for them has ended. A Region that did not answer may
/// hold another one, unless the operator named the instance.
fn find_candidates<'a>(case: &Case, facts: &'a Facts) -> (Vec<&'a Instance>, Known<()>) {
    let visible = facts.instances();
    let Some(named) = &case.settings.instance else {
        return (visible, search_ended(case, facts));
    };
    let found: Vec<&Instance> = visible.into_iter().filter(|instance| instance.arn == named.value).collect();
    let search = if found.is_empty() { search_ended(case, facts) } else { Known::Value(()) };
    (found, search)
}

/// Returns whether every Region answered, or what is in the way of knowing all instances.
pub(crate) fn search_ended(case: &Case, facts: &Facts) -> Known<()> {
    if !is_search_going_on(case, facts) {
        return facts.get(query_all_regions(case)).map(|_| ());
    }
    let regions = list_regions_to_search(case);
    let answers: Vec<Known<()>> =
        regions.iter().map(|region| facts.get(query_region(region.clone())).map(|_| ())).collect();
    if answers.iter().any(Known::is_pending) {
        return Known::Pending;
    }
    // A Region that does not know the credentials is not enabled, if another one knows them.
    let some_region_knows = answers
        .iter()
        .any(|answer| answer.failure().is_none_or(|failure| failure.kind != FailureKind::RegionNotEnabled));
    for (region, answer) in regions.iter().zip(answers) {
        let Known::Failed(failure) = &answer else { continue };
        let may_hold_an_instance = match failure.kind {
            FailureKind::RegionNotEnabled => !some_region_knows,
            // A Region that only the user's typing suggests, and that nobody can reach, does not exist.
            FailureKind::Unreachable | FailureKind::TimedOut => is_known_region(case, region),
            _ => true,
        };
        if may_hold_an_instance {
            return answer;
        }
    }
    Known::Value(())
}

/// Returns true when a Region is certain to exist.
fn is_known_region(case: &Case, region: &Region) -> bool {
    REGIONS.contains(&region.as_str())
        || case.app.identity_center_regions.contains(region)
        || *region == case.settings.home_region()
}

/// Returns the instance to judge: the one that holds the application; if several do, or none does, the one that holds the
/// user; else the one in the configured Region.
///
/// Where some of that failed, or a Region that did not answer may hold another instance, the answer stands
/// only if every way it could turn out gives the same one.
pub(crate) fn choose_instance<'a>(case: &Case, facts: &'a Facts) -> Known<Choice<'a>> {
    let (candidates, search) = find_candidates(case, facts);
    if search.is_pending() {
        return Known::Pending;
    }
    let failed = search.failure();
    match (candidates.as_slice(), failed) {
        ([], None) => return Known::Value(Choice::Missing),
        (found, Some(failure)) if found.is_empty() || !has_home_region_answered(case, facts) => {
            return Known::Failed(failure.clone());
        }
        ([only], None) => {
            let why = if case.settings.instance.is_some() { "the one you named" } else { "the only one visible" };
            return Known::Value(Choice::One(only, why));
        }
        _ => {}
    }
    let mut places: Vec<Option<&Instance>> = candidates.iter().copied().map(Some).collect();
    let mut holds: Vec<(Known<bool>, Known<bool>)> = candidates
        .iter()
        .map(|instance| {
            let application = applications::list_entitlements(case, facts, instance).map(|found| !found.is_empty());
            (application, user::is_known(case, facts, instance))
        })
        .collect();
    let open = holds.iter().any(|(application, user)| application.is_pending() || user.is_pending());
    if let Some(failure) = failed {
        // One that is missing comes first, so that nothing is chosen for being the first of several.
        places.insert(0, None);
        holds.insert(0, (Known::Failed(failure.clone()), Known::Failed(failure.clone())));
    }
    let chosen = find_consensus(
        list_possible_worlds(&holds),
        |world| choose_in_world(&world, &places, case),
        |(one, _), (other, _)| one == other,
    );
    if let Some((index, why)) = chosen
        && let Some(Some(instance)) = places.get(index)
    {
        return Known::Value(Choice::One(instance, why));
    }
    match failed {
        _ if open && facts.closed.is_none() => Known::Pending,
        Some(failure) => Known::Failed(failure.clone()),
        None => Known::Value(Choice::AnyOf(candidates)),
    }
}

/// Returns true when the configured Region said which instances it has, so that a missing one is in another.
fn has_home_region_answered(case: &Case, facts: &Facts) -> bool {
    let searches = [query_region(case.settings.home_region()), query_all_regions(case)];
    searches.into_iter().any(|search| facts.get(search).value().is_some())
}

/// Returns what is in the way of choosing: of the applications or of the user.
pub(crate) fn find_missing_answer(case: &Case, facts: &Facts, candidates: &[&Instance]) -> Known<()> {
    let entitlements = candidates.iter().map(|instance| applications::list_entitlements(case, facts, instance));
    let users = candidates.iter().map(|instance| user::is_known(case, facts, instance));
    let mut failures = entitlements.map(|answer| answer.map(|_| ())).chain(users.map(|answer| answer.map(|_| ())));
    let missing = failures.find(|answer| answer.failure().is_some()).unwrap_or(Known::Pending);
    missing.map_failure(Failure::of_another_instance)
}

/// Returns every way in which what is missing could turn out; none at all where that would be too many to go through.
fn list_possible_worlds(holds: &[(Known<bool>, Known<bool>)]) -> impl Iterator<Item = Vec<(bool, bool)>> {
    let unknowns =
        holds.iter().flat_map(|(application, user)| [application, user]).filter(|known| known.value().is_none());
    let worlds =
        u32::try_from(unknowns.count()).ok().filter(|unknowns| *unknowns <= 10).map_or(0, |unknowns| 1_u32 << unknowns);
    (0..worlds).map(move |bits| {
        let mut rest = bits;
        let mut value = |known: &Known<bool>| {
            known.value().copied().unwrap_or_else(|| {
                let bit = rest & 1 == 1;
                rest >>= 1;
                bit
            })
        };
        holds.iter().map(|(application, user)| (value(application), value(user))).collect()
    })
}

fn choose_in_world(world: &[(bool, bool)], places: &[Option<&Instance>], case: &Case) -> (usize, &'static str) {
    let all: Vec<usize> = (0..places.len()).collect();
    let holding = |pool: &[usize], holds: fn(&(bool, bool)) -> bool| -> Vec<usize> {
        pool.iter().copied().filter(|&index| world.get(index).is_some_and(holds)).collect()
    };
    let with_application = holding(&all, |(application, _)| *application);
    if let [only] = with_application.as_slice() {
        return (*only, "it holds the application");
    }
    let pool = if with_application.is_empty() { all } else { with_application };
    let with_user = holding(&pool, |(_, user)| *user);
    if let [only] = with_user.as_slice() {
        return (*only, "it holds the user");
    }
    let pool = if with_user.is_empty() { pool } else { with_user };
    let configured = case.settings.region.as_ref().map(|region| &region.value);
    for &index in &pool {
        if let (Some(Some(instance)), Some(region)) = (places.get(index), configured)
            && is_in_region(instance, region)
        {
            return (index, "it is in the configured Region");
        }
    }
    (pool.first().copied().unwrap_or(0), "the first of several")
}

/// Returns true when a Region is the instance's own, or one that it is active in.
fn is_in_region(instance: &Instance, region: &Region) -> bool {
    instance.region == *region
        || instance.regions.iter().any(|known| known.active == Some(true) && known.name == *region)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{App, name_of_region, test_case};

    #[test]
    fn every_region_of_a_built_in_list_has_a_name() {
        let mut listed: Vec<Region> = REGIONS.map(Region::new).into();
        for app in App::built_in_names() {
            let app = App::load(app).unwrap();
            listed.extend(app.identity_center_regions.into_iter().chain(app.entitlement_regions));
        }
        let nameless: Vec<Region> = listed.into_iter().filter(|region| name_of_region(region).is_none()).collect();
        assert_eq!(nameless, []);
    }

    #[test]
    fn the_regions_that_are_meant_are_searched_first() {
        let case = Case { typed_region: Some("Japan".to_owned()), ..test_case() };
        let searched = list_regions_to_search(&case);
        let first: Vec<&str> = searched.iter().take(3).map(Region::as_str).collect();
        assert_eq!(first, ["us-east-1", "ap-northeast-1", "ap-northeast-3"]);
    }
}
