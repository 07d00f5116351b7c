//! The answers of STS and IAM, as XML.

use std::fmt::Write;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use sso_doctor::{
    domain::{Role, SimulatedAction},
    sources::demo::Organization,
};

use super::{
    request::WireRequest,
    response::{WireError, WireResponse},
};

pub fn get_caller_identity(organization: &Organization, request_id: &str) -> WireResponse {
    let caller = organization.caller();
    let (account, arn) = (&caller.account, escape(&caller.arn));
    WireResponse::xml(
        200,
        format!(
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
             <Arn>{arn}</Arn><UserId>AROAEXAMPLE:you</UserId><Account>{account}</Account></GetCallerIdentityResult>\
             <ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
        ),
    )
}

pub fn get_role(organization: &Organization, request: &WireRequest, request_id: &str) -> WireResponse {
    let name = request.text("/RoleName");
    match organization.find_role(name) {
        None => WireError::new(404, "NoSuchEntity", "The role cannot be found.").to_xml(request_id),
        Some(role) => {
            let account = organization.caller().account.as_str();
            WireResponse::xml(200, role_document(name, account, &role, request_id))
        }
    }
}

fn role_document(name: &str, account: &str, role: &Role, request_id: &str) -> String {
    let mut trusted: Vec<Value> = role.trusted_services.iter().map(|service| json!({ "Service": service })).collect();
    if trusted.is_empty() {
        trusted.push(json!({ "AWS": format!("arn:aws:iam::{account}:root") }));
    }
    let allow = |principal: Value| json!({ "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole" });
    let statements: Vec<Value> = trusted.into_iter().map(allow).collect();
    let policy = json!({ "Version": "2012-10-17", "Statement": statements });
    let policy = utf8_percent_encode(&policy.to_string(), NON_ALPHANUMERIC).to_string();
    let (name, path) = (escape(name), escape(&role.path));
    format!(
        "<GetRoleResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><GetRoleResult><Role>\
         <Path>{path}</Path><RoleName>{name}</RoleName><RoleId>AROAEXAMPLE</RoleId>\
         <Arn>arn:aws:iam::{account}:role{path}{name}</Arn><CreateDate>2024-01-02T03:04:05Z</CreateDate>\
         <AssumeRolePolicyDocument>{policy}</AssumeRolePolicyDocument><MaxSessionDuration>3600</MaxSessionDuration>\
         <RoleLastUsed><LastUsedDate>2026-11-20T10:00:00Z</LastUsedDate><Region>us-east-1</Region></RoleLastUsed>\
         </Role></GetRoleResult><ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata>\
         </GetRoleResponse>"
    )
}

/// Answers a page of at most so many results; the marker is where it begins.
pub fn simulate_principal_policy(
    organization: &Organization,
    request: &WireRequest,
    page_size: usize,
    request_id: &str,
) -> WireResponse {
    let actions: Vec<String> = (1..100)
        .map(|number| request.text(&format!("/ActionNames.member.{number}")).to_owned())
        .take_while(|action| !action.is_empty())
        .collect();
    let Some(results) = organization.simulate_actions(request.text("/PolicySourceArn"), &actions) else {
        return WireError::new(404, "NoSuchEntity", "The role cannot be found.").to_xml(request_id);
    };
    let start: usize = request.text("/Marker").parse().unwrap_or(0);
    let end = results.len().min(start + page_size);
    let resource = escape(request.text("/ResourceArns.member.1"));
    let mut members = String::new();
    for SimulatedAction { action, allowed } in &results[start..end] {
        let (decision, missing) = match allowed {
            Some(true) => ("allowed", ""),
            Some(false) => ("implicitDeny", ""),
            None => ("implicitDeny", "<member>aws:RequestedRegion</member>"),
        };
        write!(
            members,
            "<member><EvalActionName>{action}</EvalActionName><EvalResourceName>{resource}</EvalResourceName>\
             <EvalDecision>{decision}</EvalDecision><MatchedStatements/><MissingContextValues/>\
             <ResourceSpecificResults><member><EvalResourceName>{resource}</EvalResourceName>\
             <EvalResourceDecision>{decision}</EvalResourceDecision><MatchedStatements/>\
             <MissingContextValues>{missing}</MissingContextValues></member></ResourceSpecificResults></member>"
        )
        .unwrap();
    }
    let is_truncated = end < results.len();
    let marker = if is_truncated { format!("<Marker>{end}</Marker>") } else { String::new() };
    WireResponse::xml(
        200,
        format!(
            "<SimulatePrincipalPolicyResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
             <SimulatePrincipalPolicyResult><IsTruncated>{is_truncated}</IsTruncated>{marker}\
             <EvaluationResults>{members}</EvaluationResults></SimulatePrincipalPolicyResult><ResponseMetadata>\
             <RequestId>{request_id}</RequestId></ResponseMetadata></SimulatePrincipalPolicyResponse>"
        ),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
