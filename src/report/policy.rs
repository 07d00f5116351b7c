//! The read-only IAM policy that an operator needs, made from the list of operations.
//!
//! Resources are as tight as works for an instance that is not known yet. Source: the Service Authorization Reference:
//! `sso:ListInstances` and `sts:GetCallerIdentity` take no resource; the identity store, its users, groups and
//! memberships have ARNs of `identitystore`; instances and applications have ARNs of `sso`. Whether policies allow
//! something is asked of a role or user, whose name is not known yet.

use serde_json::{Value, json};

use crate::{case::App, facts::Operation};

/// What whoever attaches the policy has to know, which JSON has no place for.
pub const POLICY_REMARK: &str = "Remark: the last statement (cloudtrail:LookupEvents) is optional. It shows the user's last \
                                 sign-in attempts, and opens the whole event history of the account: CloudTrail takes no \
                                 narrower permission. Leave the statement out if that is too much.";

/// Returns the policy that these applications need, ready to attach.
#[must_use]
pub fn write_policy(apps: &[App]) -> String {
    let without_resource = vec![Operation::GetCallerIdentity.action(), Operation::ListInstances.action()];
    let mut with_instance = list_actions("sso:", false);
    with_instance.retain(|action| *action != Operation::ListInstances.action());
    let mut roles = Vec::new();
    for role in apps.iter().flat_map(|app| &app.service_linked_roles) {
        roles.push(format!("arn:*:iam::*:role{}{}", role.path(), role.name));
        // A role of that name that somebody made has another path, and finding it is the point.
        roles.push(format!("arn:*:iam::*:role/{}", role.name));
    }
    roles.sort();
    roles.dedup();
    let directory = json!([
        "arn:*:identitystore::*:identitystore/*",
        "arn:*:identitystore:::user/*",
        "arn:*:identitystore:::group/*",
        "arn:*:identitystore:::membership/*"
    ]);
    let instance = json!(["arn:*:sso:::instance/*", "arn:*:sso::*:application/*/*"]);
    let principals = json!(["arn:*:iam::*:role/*", "arn:*:iam::*:user/*"]);
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [
            allow("WhoAndWhere", &without_resource, &json!("*")),
            allow("InstanceAndApplications", &with_instance, &instance),
            allow("Directory", &list_actions("identitystore:", false), &directory),
            allow("ServiceLinkedRoles", &list_actions("iam:", false), &json!(roles)),
            allow("OptionalNamesAndSuggestions", &list_actions("identitystore:", true), &directory),
            allow("OptionalWhetherYouCouldDoTheFixes", &list_actions("iam:", true), &principals),
            allow("OptionalSignInAttemptsOpensWholeEventHistory", &list_actions("cloudtrail:", true), &json!("*")),
        ],
    });
    format!("{policy:#}")
}

/// Returns the actions of a service that a check needs, or those that only add details.
fn list_actions(service: &str, optional: bool) -> Vec<&'static str> {
    let operations = Operation::ALL.into_iter().filter(|operation| operation.is_optional() == optional);
    operations.map(Operation::action).filter(|action| action.starts_with(service)).collect()
}

fn allow(id: &str, actions: &[&str], resources: &Value) -> Value {
    json!({ "Sid": id, "Effect": "Allow", "Action": actions, "Resource": resources })
}
