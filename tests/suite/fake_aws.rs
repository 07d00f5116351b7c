//! The fake AWS of the tests speaks the language of the real one: the SDK's own clients understand its answers.

use crate::support::{
    aws::{FakeAws, Plan, WireFault},
    scenario::smallest,
};
use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig};
use aws_credential_types::Credentials;
use aws_sdk_identitystore::types::{
    AlternateIdentifier, MemberId, UniqueAttribute, UserStatus, ValidationExceptionReason,
};
use aws_sdk_ssoadmin::types::{ApplicationStatus, InstanceStatus, PrincipalType};
use aws_smithy_types::Document;
use aws_types::request_id::RequestId;
use sso_doctor::facts::Operation;

async fn sdk(aws: &FakeAws) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::v2026_01_12())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKIAIOSFODNN7EXAMPLE", "not-a-secret", None, None, "test"))
        .retry_config(RetryConfig::disabled())
        .endpoint_url(aws.url())
        .load()
        .await
}

#[tokio::test]
async fn identity_center_answers() {
    let aws = Plan::new(smallest()).page_size(1).start().await;
    let client = aws_sdk_ssoadmin::Client::new(&sdk(&aws).await);

    let instances = client.list_instances().send().await.unwrap();
    assert!(instances.request_id().is_some());
    let instance = &instances.instances()[0];
    assert_eq!(instance.status(), Some(&InstanceStatus::Active));
    assert_eq!(instance.regions()[0].region_name(), Some("us-east-1"));

    let arn = instance.instance_arn().unwrap();
    let detail = client.describe_instance().instance_arn(arn).send().await.unwrap();
    assert_eq!(detail.encryption_configuration_details().unwrap().encryption_status().unwrap().as_str(), "ENABLED");

    let pages = client.list_applications().instance_arn(arn).into_paginator().items().send();
    let applications: Vec<_> = pages.collect::<Result<_, _>>().await.unwrap();
    assert_eq!(applications.len(), 2);
    assert_eq!(applications[0].name(), Some("KiroProfile-us-east-1"));
    assert_eq!(applications[0].status(), Some(&ApplicationStatus::Enabled));
    assert_eq!(applications[0].created_from(), Some("us-east-1"));

    let application = applications[0].application_arn().unwrap();
    let assigned = client.list_application_assignments().application_arn(application).send().await.unwrap();
    assert_eq!(*assigned.application_assignments()[0].principal_type(), PrincipalType::Group);
    let configuration =
        client.get_application_assignment_configuration().application_arn(application).send().await.unwrap();
    assert!(configuration.assignment_required());
    assert_eq!(aws.ledger().calls_of(Operation::ListApplications), 2);
}

#[tokio::test]
async fn the_identity_store_answers() {
    let aws = Plan::new(smallest()).start().await;
    let config = sdk(&aws).await;
    let instances = aws_sdk_ssoadmin::Client::new(&config).list_instances().send().await.unwrap();
    let store = instances.instances()[0].identity_store_id().unwrap();
    let client = aws_sdk_identitystore::Client::new(&config);

    let key = |value: &str| {
        let attribute = UniqueAttribute::builder()
            .attribute_path("userName")
            .attribute_value(Document::String(value.to_owned()))
            .build()
            .unwrap();
        AlternateIdentifier::UniqueAttribute(attribute)
    };
    let request = client.get_user_id().identity_store_id(store);
    let id = request.clone().alternate_identifier(key("ana@corp.example")).send().await.unwrap();
    let nobody = request.alternate_identifier(key("nobody")).send().await.unwrap_err().into_service_error();
    assert!(nobody.is_resource_not_found_exception());

    let user = client.describe_user().identity_store_id(store).user_id(id.user_id()).send().await.unwrap();
    assert_eq!(user.user_name(), Some("ana@corp.example"));
    assert_eq!(user.user_status(), Some(&UserStatus::Enabled));
    assert_eq!(user.emails()[0].value(), Some("ana@corp.example"));

    let member = MemberId::UserId(id.user_id().to_owned());
    let request = client.list_group_memberships_for_member().identity_store_id(store).member_id(member);
    let memberships = request.send().await.unwrap();
    let group = memberships.group_memberships()[0].group_id().unwrap();
    assert!(memberships.group_memberships()[0].created_at().is_some());
    let described = client.describe_group().identity_store_id(store).group_id(group).send().await.unwrap();
    assert_eq!(described.display_name(), Some("Kiro-Developers"));
    let members = client.list_group_memberships().identity_store_id(store).group_id(group).send().await.unwrap();
    assert_eq!(members.group_memberships().len(), 1);
    let users = client.list_users().identity_store_id(store).send().await.unwrap();
    assert_eq!(users.users().len(), 1);
}

#[tokio::test]
async fn sts_and_iam_answer() {
    let aws = Plan::new(smallest()).start().await;
    let config = sdk(&aws).await;
    let caller = aws_sdk_sts::Client::new(&config).get_caller_identity().send().await.unwrap();
    assert_eq!(caller.account(), Some("111122223333"));

    let iam = aws_sdk_iam::Client::new(&config);
    let answer = iam.get_role().role_name("AWSServiceRoleForAmazonQDeveloper").send().await.unwrap();
    let role = answer.role().unwrap();
    assert_eq!(role.path(), "/aws-service-role/q.amazonaws.com/");
    assert!(role.assume_role_policy_document().unwrap().contains("q%2Eamazonaws%2Ecom"));
    let missing = iam.get_role().role_name("Nothing").send().await.unwrap_err().into_service_error();
    assert!(missing.is_no_such_entity_exception());
}

#[tokio::test]
async fn errors_carry_their_reason() {
    let fault = WireFault::KeyUnusable("KMS_DISABLED".to_owned());
    let aws = Plan::new(smallest()).fault(Operation::ListUsers, fault).start().await;
    let client = aws_sdk_identitystore::Client::new(&sdk(&aws).await);
    let error = client.list_users().identity_store_id("d-1").send().await.unwrap_err().into_service_error();
    match error {
        aws_sdk_identitystore::operation::list_users::ListUsersError::ValidationException(exception) => {
            assert_eq!(exception.reason(), Some(&ValidationExceptionReason::KmsDisabled));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_bare_socket_answers_like_the_server_until_its_fault() {
    for fault in [WireFault::Reset, WireFault::DroppedHalfWay] {
        let aws = Plan::new(smallest()).fault(Operation::GetRole, fault).start().await;
        let config = sdk(&aws).await;
        let caller = aws_sdk_sts::Client::new(&config).get_caller_identity().send().await.unwrap();
        assert_eq!(caller.account(), Some("111122223333"));
        let error = aws_sdk_iam::Client::new(&config).get_role().role_name("any").send().await.unwrap_err();
        assert!(error.as_service_error().is_none(), "{error:?}");
    }
}

#[tokio::test]
async fn what_the_program_must_not_call_is_noticed() {
    let aws = Plan::new(smallest()).start().await;
    let client = aws_sdk_ssoadmin::Client::new(&sdk(&aws).await);
    client.delete_instance().instance_arn("arn:aws:sso:::instance/ssoins-1").send().await.unwrap_err();
    assert_eq!(aws.ledger().unexpected(), ["DeleteInstance"]);
}
