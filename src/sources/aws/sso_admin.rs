//! IAM Identity Center: instances, applications, assignments.

use aws_sdk_ssoadmin::types::{
    Application as SdkApplication, ApplicationAssignment, ApplicationStatus, InstanceMetadata, InstanceStatus,
    KmsKeyStatus, ListApplicationsFilter, PrincipalType, RegionMetadata, RegionScope, RegionStatus,
};

use serde_json::Value;

use super::{
    clients::Aws,
    send::{Answered, Question, keep_nonempty},
    watch::Body,
};
use crate::{
    domain::{
        AccountId, Application, ApplicationArn, GroupId, IdentityStoreId, Instance, InstanceArn, InstanceDetail,
        InstanceRegion, NetworkRestriction, Principal, Region, UserId,
    },
    facts::{
        DescribeInstance, GetApplicationAssignmentConfiguration, ListApplicationAssignments, ListApplications,
        ListInstances,
    },
};

/// The most that a page may hold.
const PAGE: i32 = 100;

/// The same, of applications.
const APPLICATIONS_PAGE: i32 = 50;

pub(super) async fn list_instances(
    aws: &Aws,
    question: Question<'_>,
    query: &ListInstances,
) -> Answered<Vec<Instance>> {
    let ListInstances { region, all_regions } = query;
    let client = aws.clients_in(region).sso;
    let scope = all_regions.then_some(RegionScope::AllRegions);
    question
        .ask_all_pages(async |token| {
            let request =
                client.list_instances().max_results(PAGE).set_region_scope(scope.clone()).set_next_token(token);
            let response = question.send_known(|watch| request.customize().interceptor(watch).send()).await?;
            response.read(|page| {
                let instances = page.instances().iter().map(|instance| read_instance(&question, region, instance));
                Ok((instances.collect::<Answered<_>>()?, page.next_token))
            })
        })
        .await
}

fn read_instance(question: &Question, asked: &Region, instance: &InstanceMetadata) -> Answered<Instance> {
    let regions = read_regions(instance.regions());
    let marked = regions.iter().find(|region| region.primary).map(|region| region.name.clone());
    Ok(Instance {
        arn: InstanceArn::new(question.require_text(instance.instance_arn(), "InstanceArn")?),
        identity_store: IdentityStoreId::new(question.require_text(instance.identity_store_id(), "IdentityStoreId")?),
        owner: keep_nonempty(instance.owner_account_id()).map(AccountId::new),
        name: keep_nonempty(instance.name()),
        status: keep_nonempty(instance.status().map(InstanceStatus::as_str)),
        region: read_region(instance.primary_region()).or(marked).unwrap_or_else(|| asked.clone()),
        regions,
    })
}

fn read_region(region: Option<&str>) -> Option<Region> {
    keep_nonempty(region).map(Region::new)
}

fn read_regions(regions: &[RegionMetadata]) -> Vec<InstanceRegion> {
    let mut named = Vec::new();
    for region in regions {
        if let Some(name) = read_region(region.region_name()) {
            let active = region.status().map(|status| *status == RegionStatus::Active);
            named.push(InstanceRegion { name, active, primary: region.is_primary_region() });
        }
    }
    named
}

pub(super) async fn describe_instance(
    aws: &Aws,
    question: Question<'_>,
    query: &DescribeInstance,
) -> Answered<InstanceDetail> {
    let DescribeInstance { region, instance: arn } = query;
    let client = aws.clients_in(region).sso;
    let request = client.describe_instance().instance_arn(arn.as_str());
    let body = Body::default();
    let response = question.send_known(|watch| request.customize().interceptor(watch.keep_body(&body)).send()).await?;
    response.read(|detail| {
        question.require_same(detail.instance_arn(), arn.as_str(), "instance")?;
        let encryption = detail.encryption_configuration_details();
        Ok(InstanceDetail {
            status: keep_nonempty(detail.status().map(InstanceStatus::as_str)),
            primary_region: read_region(detail.primary_region()),
            regions: read_regions(detail.regions()),
            encryption_status: keep_nonempty(
                encryption.and_then(|encryption| encryption.encryption_status()).map(KmsKeyStatus::as_str),
            ),
            key: keep_nonempty(encryption.and_then(|encryption| encryption.kms_key_arn())),
            network: body.get("NetworkConfigurationDetails").and_then(read_network),
        })
    })
}

/// Returns the restriction, when there is one. What it does not tell, or tells in a form that cannot be read, is empty:
/// that sign-in is restricted is known all the same.
fn read_network(details: &Value) -> Option<NetworkRestriction> {
    let is_restricted = details.get("VpceAccessRequired")?.as_bool()?;
    is_restricted.then(|| NetworkRestriction {
        source_vpcs: read_texts(details.get("RestrictSourceVpcs")),
        source_ips: read_texts(details.get("AllowSourceIps")),
        excluded_applications: read_texts(details.get("ExcludeApplicationArns")),
    })
}

/// Returns the texts of a list, or none when one of them is no text.
fn read_texts(list: Option<&Value>) -> Vec<String> {
    let texts: Option<Vec<&str>> =
        list.and_then(Value::as_array).and_then(|list| list.iter().map(Value::as_str).collect());
    texts.into_iter().flatten().map(ToOwned::to_owned).collect()
}

pub(super) async fn list_applications(
    aws: &Aws,
    question: Question<'_>,
    query: &ListApplications,
) -> Answered<Vec<Application>> {
    let ListApplications { region, instance, account } = query;
    let client = aws.clients_in(region).sso;
    let filter =
        account.as_ref().map(|account| ListApplicationsFilter::builder().application_account(account.as_str()).build());
    question
        .ask_all_pages(async |token| {
            let request = client
                .list_applications()
                .instance_arn(instance.as_str())
                .set_filter(filter.clone())
                .max_results(APPLICATIONS_PAGE)
                .set_next_token(token);
            let response = question.send_known(|watch| request.customize().interceptor(watch).send()).await?;
            response.read(|page| {
                let listed = page.applications().iter();
                let applications = listed.map(|application| read_application(&question, instance, application));
                Ok((applications.collect::<Answered<_>>()?, page.next_token))
            })
        })
        .await
}

fn read_application(
    question: &Question,
    instance: &InstanceArn,
    application: &SdkApplication,
) -> Answered<Application> {
    question.require_same(application.instance_arn(), instance.as_str(), "instance")?;
    let enabled = match application.status() {
        Some(ApplicationStatus::Enabled) => Some(true),
        Some(ApplicationStatus::Disabled) => Some(false),
        _ => None,
    };
    Ok(Application {
        arn: ApplicationArn::new(question.require_text(application.application_arn(), "ApplicationArn")?),
        // An application without a name can still be recognised by its provider.
        name: application.name().unwrap_or_default().to_owned(),
        provider: keep_nonempty(application.application_provider_arn()),
        account: keep_nonempty(application.application_account()).map(AccountId::new),
        created_from: read_region(application.created_from()),
        enabled,
    })
}

pub(super) async fn get_application_assignment_configuration(
    aws: &Aws,
    question: Question<'_>,
    query: &GetApplicationAssignmentConfiguration,
) -> Answered<bool> {
    let GetApplicationAssignmentConfiguration { region, application } = query;
    let client = aws.clients_in(region).sso;
    let request = client.get_application_assignment_configuration().application_arn(application.as_str());
    let response = question.send_known(|watch| request.customize().interceptor(watch).send()).await?;
    response.read(|answer| Ok(answer.assignment_required()))
}

pub(super) async fn list_application_assignments(
    aws: &Aws,
    question: Question<'_>,
    query: &ListApplicationAssignments,
) -> Answered<Vec<Principal>> {
    let ListApplicationAssignments { region, application } = query;
    let client = aws.clients_in(region).sso;
    question
        .ask_all_pages(async |token| {
            let request = client
                .list_application_assignments()
                .application_arn(application.as_str())
                .max_results(PAGE)
                .set_next_token(token);
            let response = question.send_known(|watch| request.customize().interceptor(watch).send()).await?;
            response.read(|page| {
                let assignments = page.application_assignments().iter();
                let principals = assignments.map(|assignment| read_principal(&question, application, assignment));
                Ok((principals.collect::<Answered<_>>()?, page.next_token))
            })
        })
        .await
}

fn read_principal(
    question: &Question,
    application: &ApplicationArn,
    assignment: &ApplicationAssignment,
) -> Answered<Principal> {
    question.require_same(Some(assignment.application_arn()), application.as_str(), "application")?;
    let id = question.require_text(Some(assignment.principal_id()), "PrincipalId")?;
    match assignment.principal_type() {
        PrincipalType::User => Ok(Principal::User(UserId::new(id))),
        PrincipalType::Group => Ok(Principal::Group(GroupId::new(id))),
        _ => Err(question.report_malformed("the answer has a principal that is neither a user nor a group")),
    }
}
