//! What the AWS module makes of answers that the SDK's types do not tell whole.

use crate::support::{
    aws::{Plan, WireFault},
    doctor,
    scenario::{case_of, now, smallest},
};
use jiff::SignedDuration;
use rstest::rstest;
use serde_json::{Value, json};
use sso_doctor::{
    catalog::Cause,
    checks::CheckId,
    domain::NetworkRestriction,
    facts::{DescribeInstance, Facts, Operation},
    report::diagnosis::VerdictStatus,
    sources::demo::{DEFAULT_USER, Organization},
};

const VPC: &str = "arn:aws:ec2:us-east-1:111122223333:vpc/vpc-0a1b2c3d4e5f60718";

async fn facts_behind(plan: Plan) -> Facts {
    let server = plan.start().await;
    let aws = doctor::aws_at(server.url(), doctor::PATIENT);
    doctor::gather(&aws, &[case_of(DEFAULT_USER)], now()).await
}

fn network(facts: &Facts) -> Option<NetworkRestriction> {
    facts.all::<DescribeInstance>().next().unwrap().1.value().unwrap().network.clone()
}

fn member_since(hours: i32) -> Organization {
    let groups = format!(
        r#"groups = [{{ name = "Kiro-Developers", members = [{{ user = "ana@corp.example", hours-ago = {hours} }}] }}]"#
    );
    Organization::parse(&groups, now()).unwrap()
}

/// AWS dates the membership, so its own clock tells how old it is.
#[rstest]
#[case::this_machine_is_right(0, 3, Some(Cause::MembershipRecent))]
#[case::a_day_ahead(24, 3, Some(Cause::MembershipRecent))]
#[case::a_day_behind(-24, 3, Some(Cause::MembershipRecent))]
#[case::ahead_of_an_old_one(24, 30, None)]
#[case::behind_an_old_one(-24, 30, None)]
#[tokio::test]
async fn ages_are_counted_by_the_clock_of_aws(#[case] ahead: i64, #[case] hours: i32, #[case] cause: Option<Cause>) {
    let server = Plan::new(member_since(hours)).start().await;
    let aws = doctor::aws_at(server.url(), doctor::PATIENT);
    let machine = now() + SignedDuration::from_hours(ahead);
    let diagnosis = doctor::diagnose(&aws, &case_of(DEFAULT_USER), machine).await;
    assert_eq!(diagnosis.verdict.unwrap().cause, cause);
    assert_eq!(diagnosis.at, machine);
}

/// A date that says nothing leaves this machine's clock.
#[rstest]
#[case::none("")]
#[case::no_date("yesterday, probably")]
#[case::no_day("Sat, 99 Nov 2026 19:00:00 GMT")]
#[case::far_ahead("Fri, 31 Dec 9999 23:59:59 GMT")]
#[case::further_ahead("Fri, 31 Dec 99999999999999999999 23:59:59 GMT")]
#[case::long_ago("Thu, 01 Jan 1970 00:00:00 GMT")]
#[case::negative("Thu, 01 Jan -999 00:00:00 GMT")]
#[tokio::test]
async fn a_date_that_cannot_be_true_is_ignored(#[case] date: &str) {
    let facts = facts_behind(Plan::new(member_since(3)).date(date)).await;
    assert_eq!(facts.aws_now(), now());
    assert!(facts.calls.iter().all(|call| call.end.as_ref().unwrap().aws_time.is_none()));
}

/// A page of the network's own is no answer of AWS, whatever its clock says.
#[tokio::test]
async fn a_page_of_somebody_else_dates_nothing() {
    let fault = WireFault::HtmlWithSuccess;
    let mut plan = Plan::new(smallest()).clock(now() + SignedDuration::from_hours(24));
    for operation in Operation::ALL {
        plan = plan.fault(operation, fault.clone());
    }
    assert_eq!(facts_behind(plan).await.aws_now(), now());
}

/// Somebody who was made by hand, in a group of people from the identity provider.
const MADE_BY_HAND: &str = r#"
    instances = [{ external = true }]
    users = [{ name = "ana@corp.example", external = false }, { name = "colleague@corp.example" }]
    groups = [{ name = "Kiro-Developers", members = ["ana@corp.example", "colleague@corp.example"] }]
"#;

/// AWS may answer with a page that has nothing but the token of the next one.
#[rstest]
#[case::a_page_without_members(WireFault::EmptyPages(1), 2, VerdictStatus::Suspect)]
#[case::pages_without_members(WireFault::EmptyPages(4), 5, VerdictStatus::Suspect)]
#[case::nothing_but_such_pages(WireFault::EmptyPages(5), 5, VerdictStatus::Healthy)]
#[case::the_same_page_again(WireFault::RepeatedToken, 2, VerdictStatus::Healthy)]
#[tokio::test]
async fn members_are_looked_for_on_some_pages(
    #[case] fault: WireFault,
    #[case] pages: usize,
    #[case] verdict: VerdictStatus,
) {
    let organization = Organization::parse(MADE_BY_HAND, now()).unwrap();
    let server = Plan::new(organization).fault(Operation::ListGroupMemberships, fault).start().await;
    let aws = doctor::aws_at(server.url(), doctor::PATIENT);
    let diagnosis = doctor::diagnose(&aws, &case_of(DEFAULT_USER), now()).await;
    assert_eq!(server.ledger().calls_of(Operation::ListGroupMemberships), pages);
    assert_eq!(diagnosis.verdict.as_ref().unwrap().status, verdict);
    let user = diagnosis.check(CheckId::User).unwrap();
    let says_so = user.notes.iter().any(|note| note.contains("could not be seen"));
    assert_eq!(says_so, verdict == VerdictStatus::Healthy, "{user:#?}");
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
