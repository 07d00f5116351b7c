//! IAM Identity Center: instances, applications, assignments.

use aws_sdk_ssoadmin::{
    operation::{
        describe_instance::DescribeInstanceOutput,
        get_application_assignment_configuration::GetApplicationAssignmentConfigurationOutput,
        list_application_assignments::ListApplicationAssignmentsOutput, list_applications::ListApplicationsOutput,
        list_instances::ListInstancesOutput,
    },
    types::{
        Application as SdkApplication, ApplicationAssignment, ApplicationStatus, InstanceMetadata, InstanceStatus,
        KmsKeyStatus, ListApplicationsFilter, PrincipalType, RegionMetadata, RegionScope, RegionStatus,
    },
};

use serde_json::Value;

use super::{
    clients::Aws,
    send::{Answered, Question, present},
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
    let client = aws.clients(region).sso;
    let scope = all_regions.then_some(RegionScope::AllRegions);
    question
        .pages(async |token| {
            let _permit = aws.sso_permits.acquire().await;
            let request =
                client.list_instances().max_results(PAGE).set_region_scope(scope.clone()).set_next_token(token);
            let read = |page: ListInstancesOutput| {
                let instances = page.instances().iter().map(|instance| read_instance(&question, region, instance));
                Ok((instances.collect::<Answered<_>>()?, page.next_token))
            };
            question.ask_known(|watch| request.customize().interceptor(watch).send(), read).await
        })
        .await
}

fn read_instance(question: &Question, asked: &Region, instance: &InstanceMetadata) -> Answered<Instance> {
    let regions = read_regions(instance.regions());
    let marked = regions.iter().find(|region| region.primary).map(|region| region.name.clone());
    Ok(Instance {
        arn: InstanceArn::new(question.required(instance.instance_arn(), "InstanceArn")?),
        identity_store: IdentityStoreId::new(question.required(instance.identity_store_id(), "IdentityStoreId")?),
        owner: present(instance.owner_account_id()).map(AccountId::new),
        name: present(instance.name()),
        status: present(instance.status().map(InstanceStatus::as_str)),
        region: read_region(instance.primary_region()).or(marked).unwrap_or_else(|| asked.clone()),
        regions,
    })
}

fn read_region(region: Option<&str>) -> Option<Region> {
    present(region).map(Region::new)
}

fn read_regions(regions: &[RegionMetadata]) -> Vec<InstanceRegion> {
    let read = |region: &RegionMetadata| {
        Some(InstanceRegion {
            name: read_region(region.region_name())?,
            active: region.status().map(|status| *status == RegionStatus::Active),
            primary: region.is_primary_region(),
        })
    };
    regions.iter().filter_map(read).collect()
}

pub(super) async fn describe_instance(
    aws: &Aws,
    question: Question<'_>,
    query: &DescribeInstance,
) -> Answered<InstanceDetail> {
    let DescribeInstance { region, instance: arn } = query;
    let client = aws.clients(region).sso;
    let _permit = aws.sso_permits.acquire().await;
    let request = client.describe_instance().instance_arn(arn.as_str());
    let body = Body::default();
    let read = |detail: DescribeInstanceOutput| {
        question.same(detail.instance_arn(), arn.as_str(), "instance")?;
        let encryption = detail.encryption_configuration_details();
        Ok(InstanceDetail {
            status: present(detail.status().map(InstanceStatus::as_str)),
            primary_region: read_region(detail.primary_region()),
            regions: read_regions(detail.regions()),
            encryption_status: present(
                encryption.and_then(|encryption| encryption.encryption_status()).map(KmsKeyStatus::as_str),
            ),
            key: present(encryption.and_then(|encryption| encryption.kms_key_arn())),
            network: body.get("NetworkConfigurationDetails").and_then(read_network),
        })
    };
    question.ask_known(|watch| request.customize().interceptor(watch.keeping(&body)).send(), read).await
}

/// Returns the restriction, when there is one. What it does not tell, or tells in a form that cannot be read, is empty:
/// that sign-in is restricted is known all the same.
fn read_network(details: &Value) -> Option<NetworkRestriction> {
    let is_restricted = details.get("VpceAccessRequired")?.as_bool()?;
    let list = |key: &str| {
        let texts = details.get(key)?.as_array()?.iter().map(|text| text.as_str().map(ToOwned::to_owned));
        texts.collect::<Option<Vec<String>>>()
    };
    is_restricted.then(|| NetworkRestriction {
        source_vpcs: list("RestrictSourceVpcs").unwrap_or_default(),
        source_ips: list("AllowSourceIps").unwrap_or_default(),
        excluded_applications: list("ExcludeApplicationArns").unwrap_or_default(),
    })
}

pub(super) async fn list_applications(
    aws: &Aws,
    question: Question<'_>,
    query: &ListApplications,
) -> Answered<Vec<Application>> {
    let ListApplications { region, instance, account } = query;
    let client = aws.clients(region).sso;
    let filter =
        account.as_ref().map(|account| ListApplicationsFilter::builder().application_account(account.as_str()).build());
    question
        .pages(async |token| {
            let _permit = aws.sso_permits.acquire().await;
            let request = client
                .list_applications()
                .instance_arn(instance.as_str())
                .set_filter(filter.clone())
                .max_results(APPLICATIONS_PAGE)
                .set_next_token(token);
            let read = |page: ListApplicationsOutput| {
                let listed = page.applications().iter();
                let applications = listed.map(|application| read_application(&question, instance, application));
                Ok((applications.collect::<Answered<_>>()?, page.next_token))
            };
            question.ask_known(|watch| request.customize().interceptor(watch).send(), read).await
        })
        .await
}

fn read_application(
    question: &Question,
    instance: &InstanceArn,
    application: &SdkApplication,
) -> Answered<Application> {
    question.same(application.instance_arn(), instance.as_str(), "instance")?;
    let enabled = match application.status() {
        Some(ApplicationStatus::Enabled) => Some(true),
        Some(ApplicationStatus::Disabled) => Some(false),
        _ => None,
    };
    Ok(Application {
        arn: ApplicationArn::new(question.required(application.application_arn(), "ApplicationArn")?),
        // An application without a name can still be recognised by its provider.
        name: application.name().unwrap_or_default().to_owned(),
        provider: present(application.application_provider_arn()),
        account: present(application.application_account()).map(AccountId::new),
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
    let client = aws.clients(region).sso;
    let _permit = aws.sso_permits.acquire().await;
    let request = client.get_application_assignment_configuration().application_arn(application.as_str());
    let read = |answer: GetApplicationAssignmentConfigurationOutput| Ok(answer.assignment_required());
    question.ask_known(|watch| request.customize().interceptor(watch).send(), read).await
}

pub(super) async fn list_application_assignments(
    aws: &Aws,
    question: Question<'_>,
    query: &ListApplicationAssignments,
) -> Answered<Vec<Principal>> {
    let ListApplicationAssignments { region, application } = query;
    let client = aws.clients(region).sso;
    question
        .pages(async |token| {
            let _permit = aws.sso_permits.acquire().await;
            let request = client
                .list_application_assignments()
                .application_arn(application.as_str())
                .max_results(PAGE)
                .set_next_token(token);
            let read = |page: ListApplicationAssignmentsOutput| {
                let assignments = page.application_assignments().iter();
                let principals = assignments.map(|assignment| read_principal(&question, application, assignment));
                Ok((principals.collect::<Answered<_>>()?, page.next_token))
            };
            question.ask_known(|watch| request.customize().interceptor(watch).send(), read).await
        })
        .await
}

fn read_principal(
    question: &Question,
    application: &ApplicationArn,
    assignment: &ApplicationAssignment,
) -> Answered<Principal> {
    question.same(Some(assignment.application_arn()), application.as_str(), "application")?;
    let id = question.required(Some(assignment.principal_id()), "PrincipalId")?;
    match assignment.principal_type() {
        PrincipalType::User => Ok(Principal::User(UserId::new(id))),
        PrincipalType::Group => Ok(Principal::Group(GroupId::new(id))),
        _ => Err(question.malformed("the answer has a principal that is neither a user nor a group")),
    }
}
