//! The read-only IAM policy that an operator needs, made from the list of operations.
//!
//! Resources are as tight as works for an instance that is not known yet. Source: the Service Authorization Reference:
//! `sso:ListInstances` and `sts:GetCallerIdentity` take no resource; the identity store, its users, groups and
//! memberships have ARNs of `identitystore`; instances and applications have ARNs of `sso`.

use serde_json::{Value, json};

use crate::{case::App, facts::Operation};

/// The policy, ready to attach.
#[must_use]
pub fn policy(profiles: &[App]) -> String {
    let statement = |id: &str, operations: Vec<Operation>, resources: Value| {
        let actions: Vec<&str> = operations.into_iter().map(Operation::action).collect();
        json!({ "Sid": id, "Effect": "Allow", "Action": actions, "Resource": resources })
    };
    let of_service = |prefix: &'static str, optional: bool| {
        let fits =
            move |operation: &Operation| operation.action().starts_with(prefix) && operation.is_optional() == optional;
        Operation::ALL.iter().copied().filter(fits)
    };
    let without_resource = vec![Operation::GetCallerIdentity, Operation::ListInstances];
    let with_instance = of_service("sso:", false).filter(|operation| *operation != Operation::ListInstances).collect();
    let mut roles: Vec<String> = profiles
        .iter()
        .flat_map(|profile| &profile.service_linked_roles)
        .map(|role| format!("arn:*:iam::*:role{}{}", role.path(), role.name))
        .collect();
    // A role of that name that somebody made has another path, and finding it is the point.
    let by_name = profiles.iter().flat_map(|profile| &profile.service_linked_roles);
    roles.extend(by_name.map(|role| format!("arn:*:iam::*:role/{}", role.name)));
    roles.sort();
    roles.dedup();
    let directory = json!([
        "arn:*:identitystore::*:identitystore/*",
        "arn:*:identitystore:::user/*",
        "arn:*:identitystore:::group/*",
        "arn:*:identitystore:::membership/*"
    ]);
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [
            statement("WhoAndWhere", without_resource, json!("*")),
            statement("InstanceAndApplications", with_instance, json!(["arn:*:sso:::instance/*", "arn:*:sso::*:application/*/*"])),
            statement("Directory", of_service("identitystore:", false).collect(), directory.clone()),
            statement("ServiceLinkedRoles", of_service("iam:", false).collect(), json!(roles)),
            statement("OptionalNamesAndSuggestions", of_service("identitystore:", true).collect(), directory),
        ],
    });
    format!("{policy:#}")
}
