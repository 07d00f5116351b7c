//! The answers of IAM Identity Center, as JSON.

use serde_json::{Value, json};
use sso_doctor::{
    domain::{Application, ApplicationArn, Instance, InstanceArn, InstanceDetail, InstanceRegion, Principal},
    facts::ALL_REGIONS,
    sources::demo::{Organization, Reply},
};

use super::{paging::Page, request::WireRequest};

pub fn list_instances(organization: &Organization, request: &WireRequest, page: &Page) -> Value {
    let instances = organization.list_instances(&request.region, request.text("/RegionScope") == ALL_REGIONS);
    page.of("Instances", instances.iter().map(instance).collect())
}

pub fn describe_instance(organization: &Organization, request: &WireRequest) -> Reply<Value> {
    let arn = InstanceArn::new(request.text("/InstanceArn"));
    let detail = organization.describe_instance(&request.region, &arn)?;
    Ok(described(&arn, &detail))
}

pub fn list_applications(organization: &Organization, request: &WireRequest, page: &Page) -> Reply<Value> {
    let arn = InstanceArn::new(request.text("/InstanceArn"));
    let account = request.text("/Filter/ApplicationAccount");
    let account = (!account.is_empty()).then(|| sso_doctor::domain::AccountId::new(account));
    let applications = organization.list_applications(&request.region, &arn, account.as_ref())?;
    let (applications, next) = page.cut(applications);
    Ok(Page::listed("Applications", applications.iter().map(|known| application(&arn, known)).collect(), next))
}

pub fn list_application_assignments(organization: &Organization, request: &WireRequest, page: &Page) -> Reply<Value> {
    let arn = ApplicationArn::new(request.text("/ApplicationArn"));
    let assignments = organization.list_assignments(&request.region, &arn)?;
    let shown = |principal: &Principal| {
        let kind = if matches!(principal, Principal::User(_)) { "USER" } else { "GROUP" };
        json!({ "ApplicationArn": arn, "PrincipalId": principal.id(), "PrincipalType": kind })
    };
    Ok(page.of("ApplicationAssignments", assignments.iter().map(shown).collect()))
}

pub fn get_application_assignment_configuration(organization: &Organization, request: &WireRequest) -> Reply<Value> {
    let arn = ApplicationArn::new(request.text("/ApplicationArn"));
    let required = organization.requires_assignment(&request.region, &arn)?;
    Ok(json!({ "AssignmentRequired": required }))
}

fn instance(known: &Instance) -> Value {
    let mut shown = json!({
        "InstanceArn": known.arn,
        "IdentityStoreId": known.identity_store,
        "CreatedDate": 1_577_836_800.5,
        "Status": known.status,
        "PrimaryRegion": known.region,
        "Regions": known.regions.iter().map(region).collect::<Vec<_>>(),
    });
    if let Some(owner) = &known.owner {
        shown["OwnerAccountId"] = json!(owner);
    }
    if let Some(name) = &known.name {
        shown["Name"] = json!(name);
    }
    shown
}

fn described(arn: &InstanceArn, detail: &InstanceDetail) -> Value {
    let kind = if detail.key.is_some() { "CUSTOMER_MANAGED_KEY" } else { "AWS_OWNED_KMS_KEY" };
    let mut encryption = json!({ "KeyType": kind });
    if let Some(key) = &detail.key {
        encryption["KmsKeyArn"] = json!(key);
    }
    if let Some(status) = &detail.encryption_status {
        encryption["EncryptionStatus"] = json!(status);
    }
    let mut shown = json!({
        "InstanceArn": arn,
        "CreatedDate": 1_577_836_800.5,
        "Regions": detail.regions.iter().map(region).collect::<Vec<_>>(),
        "EncryptionConfigurationDetails": encryption,
    });
    if let Some(status) = &detail.status {
        shown["Status"] = json!(status);
    }
    if let Some(primary) = &detail.primary_region {
        shown["PrimaryRegion"] = json!(primary);
    }
    if let Some(network) = &detail.network {
        shown["NetworkConfigurationDetails"] = json!({
            "VpceAccessRequired": true,
            "RestrictSourceVpcs": network.source_vpcs,
            "AllowSourceIps": network.source_ips,
            "ExcludeApplicationArns": network.excluded_applications,
        });
    }
    shown
}

fn region(known: &InstanceRegion) -> Value {
    let status = if known.active == Some(true) { "ACTIVE" } else { "ADDING" };
    json!({ "RegionName": known.name, "Status": status, "AddedDate": 1_577_836_800.0, "IsPrimaryRegion": known.primary })
}

fn application(instance: &InstanceArn, known: &Application) -> Value {
    let mut shown = json!({
        "ApplicationArn": known.arn,
        "Name": known.name,
        "InstanceArn": instance,
        "PortalOptions": { "Visibility": "ENABLED", "SignInOptions": { "Origin": "IDENTITY_CENTER" } },
        "CreatedDate": 1_577_836_800.0,
    });
    if let Some(provider) = &known.provider {
        shown["ApplicationProviderArn"] = json!(provider);
    }
    if let Some(account) = &known.account {
        shown["ApplicationAccount"] = json!(account);
    }
    if let Some(region) = &known.created_from {
        shown["CreatedFrom"] = json!(region);
    }
    if let Some(enabled) = known.enabled {
        shown["Status"] = json!(if enabled { "ENABLED" } else { "DISABLED" });
    }
    shown
}
