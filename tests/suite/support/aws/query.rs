//! The answers of STS and IAM, as XML.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use sso_doctor::{domain::Role, sources::demo::Organization};

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
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": role.trusted_services.iter().map(|service| json!({
            "Effect": "Allow", "Principal": { "Service": service }, "Action": "sts:AssumeRole"
        })).collect::<Vec<_>>(),
    });
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

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
