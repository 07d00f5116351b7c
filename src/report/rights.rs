//! Whether the operator could do a fix: what to ask IAM for that, and what it said.
//!
//! Each fix that names what it needs and what it acts on is asked about, those of a check together. Where IAM is not
//! asked, or gives no answer, nothing is said.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    access::{Relation, find_relation},
    diagnosis::Check,
};
use crate::{
    analysis::{instances, principal::Operator},
    case::Case,
    catalog::{Ability, Fix},
    domain::{Instance, SimulatedAction},
    facts::{Facts, Known, Query},
};

/// What the operator may do about one case.
pub(super) struct Rights<'a> {
    operator: Operator<'a>,
    is_member: bool,
}

impl<'a> Rights<'a> {
    /// Returns the rights of the operator; `None` while it is not known who that is.
    pub(super) fn find(case: &'a Case, facts: &'a Facts, instance: &Instance) -> Option<Self> {
        let operator = Operator::find(case, facts, instance)?;
        let caller = instances::find_caller(case, facts);
        let Known::Value(caller) = caller else { return None };
        Some(Self { operator, is_member: find_relation(case, facts, caller) == Relation::Member })
    }

    /// Returns what to ask next about the fixes of these checks.
    pub(super) fn plan_queries(&self, checks: &[Check]) -> Vec<Query> {
        let questions = checks.iter().flat_map(|check| self.list_questions(&check.fixes));
        questions.filter_map(|(resource, actions)| self.operator.plan_query(&actions, &resource)).collect()
    }

    /// Returns true for what was asked about the fixes of these checks.
    pub(super) fn has_asked(&self, query: &Query, checks: &[Check]) -> bool {
        let mut questions = checks.iter().flat_map(|check| self.list_questions(&check.fixes));
        questions.any(|(resource, actions)| self.operator.has_asked(query, &actions, &resource))
    }

    /// Says of each fix whether the operator could do it, where that is known.
    pub(super) fn judge_fixes(&self, fixes: &mut [Fix]) {
        for (resource, actions) in self.list_questions(fixes) {
            let Some(results) = self.operator.read_answer(&actions, &resource) else { continue };
            for fix in fixes.iter_mut().filter(|fix| fix.resource.as_ref() == Some(&resource)) {
                fix.ability = fix.list_actions().and_then(|needs| judge_needs(&needs, results));
            }
        }
    }

    /// Returns the actions that these fixes need, by what they act on.
    fn list_questions(&self, fixes: &[Fix]) -> Vec<(String, Vec<String>)> {
        let mut questions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for fix in fixes {
            let (Some(resource), Some(actions)) = (&fix.resource, fix.list_actions()) else { continue };
            // A member account may do nothing about an organization's instance, whatever its own policies allow.
            if self.is_member && !resource.contains(":iam:") {
                continue;
            }
            questions.entry(resource).or_default().extend(actions);
        }
        let own = |actions: BTreeSet<&str>| actions.into_iter().map(ToOwned::to_owned).collect();
        questions.into_iter().map(|(resource, actions)| (resource.to_owned(), own(actions))).collect()
    }
}

/// Returns whether all of these are allowed, or which are not; `None` where that is not known of one that decides.
fn judge_needs(needs: &[&str], results: &[SimulatedAction]) -> Option<Ability> {
    let find = |need: &str| {
        let result = results.iter().find(|result| result.action.eq_ignore_ascii_case(need));
        result.and_then(|result| result.allowed)
    };
    let lacking: Vec<String> =
        needs.iter().filter(|need| find(need) == Some(false)).map(|need| (*need).to_owned()).collect();
    if !lacking.is_empty() {
        return Some(Ability::Lacks(lacking));
    }
    needs.iter().all(|need| find(need) == Some(true)).then_some(Ability::Allowed)
}
