//! What the AWS module makes of answers that the SDK's types do not tell whole.

use crate::support::{
    aws::{Plan, WireFault},
    doctor,
    scenario::{case_of, now, smallest},
};
use rstest::rstest;
use serde_json::{Value, json};
use sso_doctor::{
    domain::NetworkRestriction,
    facts::Facts,
    operation::Operation,
    sample::{DEFAULT_USER, Organization},
};

const VPC: &str = "arn:aws:ec2:us-east-1:111122223333:vpc/vpc-0a1b2c3d4e5f60718";

async fn facts_behind(plan: Plan) -> Facts {
    let server = plan.start().await;
    let aws = doctor::aws_at(server.url(), doctor::PATIENT);
    doctor::gather(&aws, &[case_of(DEFAULT_USER)], now()).await.remove(0)
}

fn network(facts: &Facts) -> Option<NetworkRestriction> {
    facts.details.values().next().unwrap().seen().unwrap().network.clone()
}

#[tokio::test]
async fn an_instance_tells_from_which_networks_it_admits_sign_in() {
    let organization = r#"
        [[instances]]
        network = { vpce-access-required = true, restrict-source-vpcs = ["VPC"], allow-source-ips = ["203.0.113.0/24"], exclude-applications = ["Wiki", "arn:aws:sso::111122223333:application/*"] }
        [[applications]]
        name = "Wiki"
    "#;
    let organization = Organization::parse(&organization.replace("VPC", VPC), now()).unwrap();
    let network = network(&facts_behind(Plan::new(organization)).await).unwrap();
    assert_eq!((network.source_vpcs, network.source_ips), (vec![VPC.to_owned()], vec!["203.0.113.0/24".to_owned()]));
    let [wiki, all] = network.excluded_applications.as_slice() else { panic!("{:?}", network.excluded_applications) };
    assert!(wiki.contains("/apl-") && all.ends_with("application/*"), "{wiki} {all}");
}

#[rstest]
#[case::not_said(json!(null), None)]
#[case::not_required(json!({ "VpceAccessRequired": false, "RestrictSourceVpcs": [VPC] }), None)]
#[case::not_told_whether(json!({ "RestrictSourceVpcs": [VPC] }), None)]
#[case::no_boolean(json!({ "VpceAccessRequired": "true", "RestrictSourceVpcs": [VPC] }), None)]
#[case::no_object(json!(["VpceAccessRequired"]), None)]
#[case::lists_left_out(json!({ "VpceAccessRequired": true }), Some(vec![]))]
#[case::no_list(json!({ "VpceAccessRequired": true, "RestrictSourceVpcs": VPC }), Some(vec![]))]
#[case::no_texts(json!({ "VpceAccessRequired": true, "RestrictSourceVpcs": [VPC, 7] }), Some(vec![]))]
#[case::one(json!({ "VpceAccessRequired": true, "RestrictSourceVpcs": [VPC], "AllowSourceIps": 7 }), Some(vec![VPC]))]
#[tokio::test]
async fn a_restriction_counts_where_it_is_said(#[case] details: Value, #[case] vpcs: Option<Vec<&str>>) {
    let fault = WireFault::Field("NetworkConfigurationDetails", details);
    let facts = facts_behind(Plan::new(smallest()).fault(Operation::DescribeInstance, fault)).await;
    let expected = vpcs.map(|vpcs| NetworkRestriction {
        source_vpcs: vpcs.into_iter().map(ToOwned::to_owned).collect(),
        ..NetworkRestriction::default()
    });
    assert_eq!(network(&facts), expected);
}
