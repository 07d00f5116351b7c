//! The answers of the Identity Store, as JSON.

use serde_json::{Value, json};
use sso_doctor::{
    domain::{Group, GroupId, IdentityStoreId, LookupKey, Member, Membership, User, UserId},
    facts::FailureKind,
    sources::demo::{Organization, Reply},
};

use super::{paging::Page, request::WireRequest};

/// Where users and groups of an external identity provider say to come from.
const ISSUER: &str = "https://scim.aws.com/11111111-2222-3333-4444-555555555555";

/// There is no such thing: an error in the form of the Identity Store.
pub const NOT_FOUND: FailureKind = FailureKind::Contradiction;

pub fn get_user_id(organization: &Organization, request: &WireRequest) -> Reply<Value> {
    let store = store_of(request);
    let value = request.text("/AlternateIdentifier/UniqueAttribute/AttributeValue").to_owned();
    let key = match request.text("/AlternateIdentifier/UniqueAttribute/AttributePath").to_lowercase().as_str() {
        "username" => LookupKey::UserName(value),
        "emails.value" => LookupKey::Email(value),
        _ => return Err(FailureKind::Rejected),
    };
    let found = organization.find_user_id(&request.region, &store, &key)?.ok_or(NOT_FOUND)?;
    Ok(json!({ "IdentityStoreId": store, "UserId": found }))
}

pub fn describe_user(organization: &Organization, request: &WireRequest) -> Reply<Value> {
    let store = store_of(request);
    let found = organization.find_user(&request.region, &store, &UserId::new(request.text("/UserId")))?;
    Ok(user(&store, &found.ok_or(NOT_FOUND)?))
}

pub fn list_users(organization: &Organization, request: &WireRequest, page: &Page) -> Reply<Value> {
    let store = store_of(request);
    let users = organization.list_users(&request.region, &store)?;
    let (users, next) = page.cut(users.iter().collect());
    Ok(Page::listed("Users", users.into_iter().map(|known| user(&store, known)).collect(), next))
}

pub fn list_group_memberships_for_member(
    organization: &Organization,
    request: &WireRequest,
    page: &Page,
) -> Reply<Value> {
    let store = store_of(request);
    let member = UserId::new(request.text("/MemberId/UserId"));
    let memberships = organization.list_memberships(&request.region, &store, &member)?;
    let shown = |known: &Membership| show_membership(&store, &member, known);
    Ok(page.of("GroupMemberships", memberships.iter().map(shown).collect()))
}

pub fn list_group_memberships(organization: &Organization, request: &WireRequest, page: &Page) -> Reply<Value> {
    let store = store_of(request);
    let group = GroupId::new(request.text("/GroupId"));
    let members = organization.list_members(&request.region, &store, &group)?;
    let shown = |known: &Member| show_membership(&store, &known.user, &known.membership);
    Ok(page.of("GroupMemberships", members.iter().map(shown).collect()))
}

pub fn get_group_id(organization: &Organization, request: &WireRequest) -> Reply<Value> {
    let store = store_of(request);
    let name = request.text("/AlternateIdentifier/UniqueAttribute/AttributeValue");
    let found = organization.find_group_id(&request.region, &store, name)?;
    Ok(json!({ "IdentityStoreId": store, "GroupId": found.ok_or(NOT_FOUND)? }))
}

pub fn describe_group(organization: &Organization, request: &WireRequest) -> Reply<Value> {
    let store = store_of(request);
    let found = organization.find_group(&request.region, &store, &GroupId::new(request.text("/GroupId")))?;
    Ok(group(&store, &found.ok_or(NOT_FOUND)?))
}

fn store_of(request: &WireRequest) -> IdentityStoreId {
    IdentityStoreId::new(request.text("/IdentityStoreId"))
}

fn show_membership(store: &IdentityStoreId, member: &UserId, known: &Membership) -> Value {
    let group = &known.group;
    let id = format!("{group}:{member}");
    let mut shown =
        json!({ "IdentityStoreId": store, "MembershipId": id, "GroupId": group, "MemberId": { "UserId": member } });
    if let Some(since) = known.since {
        shown["CreatedAt"] = json!(since.as_second());
    }
    shown
}

fn user(store: &IdentityStoreId, known: &User) -> Value {
    let mut shown = json!({ "IdentityStoreId": store, "UserId": known.id });
    if let Some(name) = &known.user_name {
        shown["UserName"] = json!(name);
    }
    if let Some(name) = &known.display_name {
        shown["DisplayName"] = json!(name);
    }
    if known.given_name.is_some() || known.family_name.is_some() {
        shown["Name"] = json!({ "GivenName": known.given_name, "FamilyName": known.family_name });
    }
    if let Some(name) = &known.nick_name {
        shown["NickName"] = json!(name);
    }
    if let Some(enabled) = known.enabled {
        shown["UserStatus"] = json!(if enabled { "ENABLED" } else { "DISABLED" });
    }
    if known.external {
        shown["ExternalIds"] = json!([{ "Issuer": ISSUER, "Id": format!("external-{}", known.id) }]);
    }
    let address =
        |(place, address): (usize, &String)| json!({ "Value": address, "Type": "work", "Primary": place == 0 });
    if !known.emails.is_empty() {
        shown["Emails"] = known.emails.iter().enumerate().map(address).collect();
    }
    shown
}

fn group(store: &IdentityStoreId, known: &Group) -> Value {
    let mut shown = json!({ "IdentityStoreId": store, "GroupId": known.id });
    if let Some(name) = &known.name {
        shown["DisplayName"] = json!(name);
    }
    if known.external {
        shown["ExternalIds"] = json!([{ "Issuer": ISSUER, "Id": format!("external-{}", known.id) }]);
    }
    shown
}
