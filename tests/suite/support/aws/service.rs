//! One request in, one reaction out: the same for both servers.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use sso_doctor::{
    domain::{IdentityStoreId, Region},
    facts::{FailureKind, Operation},
    sources::demo::{Fault, Organization, Reply},
};

use super::{
    cloudtrail,
    fault::{self, WireFault},
    identity_store,
    ledger::Ledger,
    paging::Page,
    query,
    request::WireRequest,
    response::{Reaction, WireError, WireResponse},
    sso_admin,
};

/// A fault, and which requests meet it.
#[derive(Debug, Clone)]
pub struct Rule {
    pub fault: WireFault,
    pub operation: Operation,
    pub region: Option<Region>,
}

/// An organization on the wire.
#[derive(Debug)]
pub struct Service {
    pub organization: Organization,
    pub rules: Vec<Rule>,
    pub page_size: usize,
    pub latency: Duration,
    /// What every answer has as its `Date`.
    pub date: String,
    pub ledger: Mutex<Ledger>,
    /// How often each request met its fault.
    pub met: Mutex<HashMap<String, usize>>,
}

impl Service {
    /// Enters a request in the ledger and answers it.
    pub fn react(&self, request: &WireRequest) -> Reaction {
        let mut reaction = self.reaction(request);
        if let Reaction::Answer(response) | Reaction::DropHalfWay(response) = &mut reaction {
            response.delay = self.latency;
            response.headers.push(("date", self.date.clone()));
        }
        let answered = matches!(reaction, Reaction::Answer(_)).then_some(self.latency);
        self.ledger.lock().unwrap().enter(&request.name, request.operation(), &request.region, answered);
        reaction
    }

    fn reaction(&self, request: &WireRequest) -> Reaction {
        let number = self.ledger.lock().unwrap().calls();
        let request_id = format!("00000000-0000-4000-a000-{number:012}");
        let Some(operation) = request.operation() else {
            let unknown = WireError::new(400, "UnknownOperationException", "This server has no such operation");
            return Reaction::Answer(unknown.to_json());
        };
        let mut response = self.answer(operation, request, &request_id);
        response.headers.push(("x-amzn-requestid", request_id.clone()));
        let Some(fault) = self.fault(operation, request) else { return Reaction::Answer(response) };
        let key = format!("{operation:?} {:?}", request.about());
        let before = {
            let mut met = self.met.lock().unwrap();
            let count = met.entry(key).or_default();
            *count += 1;
            *count - 1
        };
        let mut reaction = fault.react(request, response, before, &request_id);
        // A page of the network's own knows no id of AWS's.
        if let Reaction::Answer(response) = &mut reaction
            && response.content_type != "text/html"
            && response.headers.iter().all(|(name, _)| *name != "x-amzn-requestid")
        {
            response.headers.push(("x-amzn-requestid", request_id));
        }
        reaction
    }

    /// The fault that a request meets, from the rules or from the organization.
    fn fault(&self, operation: Operation, request: &WireRequest) -> Option<WireFault> {
        let meets = |rule: &&Rule| {
            rule.operation == operation && rule.region.as_ref().is_none_or(|region| *region == request.region)
        };
        let ruled = self.rules.iter().find(meets).map(|rule| rule.fault.clone());
        let written = || self.organization.find_fault(operation, &request.region, &request.about());
        let of = |fault: &Fault| WireFault::of(&fault.failure().kind);
        ruled.or_else(|| written().and_then(of))
    }

    fn answer(&self, operation: Operation, request: &WireRequest, request_id: &str) -> WireResponse {
        let organization = &self.organization;
        let page = Page::asked(request, self.page_size);
        let reply = match operation {
            Operation::GetCallerIdentity => return query::get_caller_identity(organization, request_id),
            Operation::GetRole => return query::get_role(organization, request, request_id),
            Operation::SimulatePrincipalPolicy => {
                return query::simulate_principal_policy(organization, request, self.page_size, request_id);
            }
            Operation::ListInstances => Ok(sso_admin::list_instances(organization, request, &page)),
            Operation::DescribeInstance => sso_admin::describe_instance(organization, request),
            Operation::ListApplications => sso_admin::list_applications(organization, request, &page),
            Operation::ListApplicationAssignments => {
                sso_admin::list_application_assignments(organization, request, &page)
            }
            Operation::GetApplicationAssignmentConfiguration => {
                sso_admin::get_application_assignment_configuration(organization, request)
            }
            Operation::GetUserId => identity_store::get_user_id(organization, request),
            Operation::DescribeUser => identity_store::describe_user(organization, request),
            Operation::ListUsers => identity_store::list_users(organization, request, &page),
            Operation::ListGroupMembershipsForMember => {
                identity_store::list_group_memberships_for_member(organization, request, &page)
            }
            Operation::ListGroupMemberships => identity_store::list_group_memberships(organization, request, &page),
            Operation::LookupEvents => Ok(cloudtrail::lookup_events(organization, request, &page)),
            Operation::DescribeGroup => identity_store::describe_group(organization, request),
            Operation::GetGroupId => identity_store::get_group_id(organization, request),
        };
        json_response(organization, reply, request, request_id)
    }
}

fn json_response(
    organization: &Organization,
    reply: Reply<serde_json::Value>,
    request: &WireRequest,
    request_id: &str,
) -> WireResponse {
    let fault = match reply {
        Ok(body) => return WireResponse::json(200, &body),
        Err(FailureKind::Denied) => WireFault::AccessDenied,
        Err(FailureKind::Contradiction) => return not_found(organization, request),
        Err(_) => WireFault::Rejected,
    };
    match fault.react(request, WireResponse::html(500), 0, request_id) {
        Reaction::Answer(response) => response,
        other => unreachable!("{other:?} for {}", fault::is_query(request)),
    }
}

/// The identity store says what it was that is not there: the store itself, or what was looked for in it.
fn not_found(organization: &Organization, request: &WireRequest) -> WireResponse {
    let error = WireError::new(400, "ResourceNotFoundException", "Not found");
    let store = IdentityStoreId::new(request.text("/IdentityStoreId"));
    let has_store = organization.list_users(&request.region, &store).is_ok();
    let looked_for = match request.operation() {
        Some(Operation::GetUserId | Operation::DescribeUser | Operation::ListGroupMembershipsForMember) => "USER",
        Some(Operation::DescribeGroup | Operation::GetGroupId | Operation::ListGroupMemberships) => "GROUP",
        _ => return error.to_json(),
    };
    error.of_type(if has_store { looked_for } else { "IDENTITY_STORE" }).to_json()
}
