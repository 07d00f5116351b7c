//! The IAM policy that an administrator of an application needs: to set it up, and for the fixes that this program
//! suggests.

use std::collections::BTreeSet;

use serde_json::json;

use crate::{
    case::{AdminStatement, App},
    catalog::{Catalog, Cause},
};

/// Returns the policy, ready to attach: what the application's profile lists, and what the fixes need beyond that.
#[must_use]
pub fn write_admin_policy(app: &App, catalog: &Catalog) -> String {
    let mut statements: Vec<_> = app.admin.iter().map(write_statement).collect();
    let listed: BTreeSet<&str> =
        app.admin.iter().flat_map(|statement| &statement.actions).map(String::as_str).collect();
    let further: Vec<String> = list_needs(catalog).into_iter().filter(|need| !listed.contains(need.as_str())).collect();
    if !further.is_empty() {
        statements.push(json!({ "Sid": "FurtherFixes", "Effect": "Allow", "Action": further, "Resource": "*" }));
    }
    format!("{:#}", json!({ "Version": "2012-10-17", "Statement": statements }))
}

/// Returns the ids of the statements that only consoles need: no command of a fix does.
#[must_use]
pub fn list_console_only(app: &App) -> Vec<&str> {
    app.admin.iter().filter(|statement| statement.console_only).map(|statement| statement.id.as_str()).collect()
}

fn write_statement(statement: &AdminStatement) -> serde_json::Value {
    let resources = if statement.resources.is_empty() { json!("*") } else { json!(statement.resources) };
    json!({ "Sid": statement.id, "Effect": "Allow", "Action": statement.actions, "Resource": resources })
}

/// Returns the actions that the commands of the fixes need.
fn list_needs(catalog: &Catalog) -> BTreeSet<String> {
    let entries = Cause::ALL.iter().filter_map(|cause| catalog.entry_of(*cause));
    let needs = entries.flat_map(|entry| entry.explain_by_names().1).flat_map(|fix| fix.needs);
    // A need that the case names, such as the action that was denied, is no action yet.
    needs.filter(|need| need.contains(':') && !need.contains('<')).collect()
}
