//! Under which name IAM knows the operator, and what it says of the operator's policies.
//!
//! The credentials of a role carry its name and not its path, and IAM wants both. The path of a role of IAM Identity Center
//! is known, that of another one mostly `/`; where that is wrong IAM says that there is no such role, and the role itself
//! is read.

use super::{instances, regions};
use crate::{
    case::Case,
    domain::{Caller, Instance, SimulatedAction},
    facts::{Facts, GetRole, Known, Query, SimulatePrincipalPolicy},
};

/// Who the operator is to IAM.
pub(crate) struct Operator<'a> {
    case: &'a Case,
    facts: &'a Facts,
    /// The user's ARN, or that of the role where its path is the usual one.
    usual_arn: String,
    role: Option<OwnRole<'a>>,
}

/// A role that was assumed.
struct OwnRole<'a> {
    /// `arn:aws:iam::111122223333:role`
    prefix: String,
    name: &'a str,
}

impl OwnRole<'_> {
    fn write_arn(&self, path: &str) -> String {
        [&self.prefix, path, self.name].concat()
    }
}

impl<'a> Operator<'a> {
    /// Returns who the operator is to IAM; `None` while that is not known, and for the root user and federated users, for
    /// whom IAM simulates nothing.
    pub(crate) fn find(case: &'a Case, facts: &'a Facts, instance: &Instance) -> Option<Self> {
        let Known::Value(Caller { account, arn }) = instances::find_caller(case, facts) else { return None };
        let mut parts = arn.splitn(6, ':').skip(1);
        let (partition, service, resource) = (parts.next()?, parts.next()?, parts.nth(2)?);
        let (kind, rest) = resource.split_once('/')?;
        let (usual_arn, role) = match (service, kind) {
            ("iam", "user") => (arn.clone(), None),
            ("sts", "assumed-role") => {
                let (name, _) = rest.split_once('/')?;
                let role = OwnRole { prefix: format!("arn:{partition}:iam::{account}:role"), name };
                (role.write_arn(&guess_path(name, facts, instance)), Some(role))
            }
            _ => return None,
        };
        Some(Self { case, facts, usual_arn, role })
    }

    /// Returns what to ask next about whether the policies allow these actions.
    pub(crate) fn plan_query(&self, actions: &[String], resource: &str) -> Option<Query> {
        let usual = self.simulate(actions, resource, self.usual_arn.clone());
        match self.facts.get(usual.clone()) {
            Known::Pending => Some(usual.into()),
            Known::Value(None) => match self.facts.get(self.query_role()?) {
                Known::Pending => self.query_role().map(Query::from),
                Known::Value(_) => Some(self.simulate(actions, resource, self.find_real_arn()?).into()),
                Known::Failed(_) => None,
            },
            Known::Value(Some(_)) | Known::Failed(_) => None,
        }
    }

    /// Returns what the policies make of these actions, once that is known.
    pub(crate) fn read_answer(&self, actions: &[String], resource: &str) -> Option<&'a [SimulatedAction]> {
        let read = |arn: String| self.facts.get(self.simulate(actions, resource, arn)).value().copied();
        match read(self.usual_arn.clone())? {
            Some(results) => Some(results),
            None => read(self.find_real_arn()?)?.as_deref(),
        }
    }

    /// Returns true for what was asked about these actions, and to find out about whom to ask.
    pub(crate) fn has_asked(&self, query: &Query, actions: &[String], resource: &str) -> bool {
        match query {
            Query::SimulatePrincipalPolicy(asked) => asked.actions == actions && asked.resource == resource,
            query => self.query_role().is_some_and(|role| *query == Query::from(role)),
        }
    }

    fn simulate(&self, actions: &[String], resource: &str, principal: String) -> SimulatePrincipalPolicy {
        let region = self.case.settings.home_region();
        SimulatePrincipalPolicy { region, actions: actions.to_vec(), resource: resource.to_owned(), principal }
    }

    fn query_role(&self) -> Option<GetRole> {
        let name = self.role.as_ref()?.name.to_owned();
        Some(GetRole { region: self.case.settings.home_region(), name })
    }

    /// Returns the ARN with the path that IAM tells, where that is another one than the usual.
    fn find_real_arn(&self) -> Option<String> {
        let read = self.facts.get(self.query_role()?);
        let arn = self.role.as_ref()?.write_arn(&read.value()?.as_ref()?.path);
        (arn != self.usual_arn).then_some(arn)
    }
}

/// Returns the path that a role of that name mostly has.
///
/// Source: "Referencing permission sets in resource policies" in the IAM Identity Center User Guide.
fn guess_path(name: &str, facts: &Facts, instance: &Instance) -> String {
    if !name.starts_with("AWSReservedSSO_") {
        return "/".to_owned();
    }
    let region = regions::find_primary_region(facts, instance);
    match region.as_str() {
        "us-east-1" => "/aws-reserved/sso.amazonaws.com/".to_owned(),
        region => format!("/aws-reserved/sso.amazonaws.com/{region}/"),
    }
}

/// Returns true for queries about what the operator may do: no check rests on them.
pub(crate) fn is_of_own_rights(case: &Case, query: &Query) -> bool {
    match query {
        Query::SimulatePrincipalPolicy(_) => true,
        Query::GetRole(query) => !case.app.service_linked_roles.iter().any(|role| role.name == query.name),
        _ => false,
    }
}
