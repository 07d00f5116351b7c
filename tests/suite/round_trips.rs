//! What a diagnosis costs: answers that have to be waited for one after another, and requests.
//!
//! Nothing here measures seconds. Stages are counted on a clock that stands still unless everybody waits, requests on
//! the wire.
//!
//! How the number of requests grows, for a user without access (who costs most), in pages of 100:
//!
//! | what there is more of | requests |
//! | --- | --- |
//! | groups of the user | one for each of the first 20 names, and one for each 100 memberships |
//! | assigned groups or users | one for each of the first 20, and one for each 100 |
//! | applications behind the instance | one for each page of the listing (50) |
//! | profile applications | two for each, and one for each sign-in application |
//! | instances | two for each, and one for each way to look the user up |
//! | users of the directory | none; at most ten pages of names for a user who is not found |
//! | fixes that need a permission | one for all that act on the same thing, to ask whether the operator could do them |
//! | sign-in events | for a user in whose case no check failed, three to five kinds in each Region, at most four pages each |

use std::{convert::Infallible, fmt::Write, sync::Arc, time::Duration};

use crate::support::{
    aws::{Ledger, Plan},
    decorator::Decorator,
    doctor::{self, diagnose},
    scenario::{Told, case_of, now},
};
use rstest::rstest;
use sso_doctor::{
    case::AttemptsMode,
    facts::{Event, Facts, Operation},
    gather::Session,
    report::diagnosis::VerdictStatus,
    sources::demo::{Organization, Sample},
};

/// One company for all: the directory is filled from outside, and one user was made by hand.
const COMPANY: &str = r#"
    instances = [{ external = true }]
    users = [
        { name = "granted@corp.example" },
        { name = "colleague@corp.example" },
        { name = "second.colleague@corp.example" },
        { name = "local@corp.example", external = false },
        { name = "outside@corp.example" },
    ]
    groups = [
        { name = "Kiro-Developers", members = ["granted@corp.example"] },
        { name = "Kiro-Locals", members = ["local@corp.example", "colleague@corp.example", "second.colleague@corp.example"] },
        { name = "Sales", members = ["outside@corp.example"] },
        { name = "Finance", members = ["outside@corp.example"] },
        { name = "Everybody", members = ["outside@corp.example"] },
    ]

    [[applications]]
    name = "KiroProfile-us-east-1"
    provider = "codewhisperer"
    assigned-groups = ["Kiro-Developers", "Kiro-Locals"]

    [[applications]]
    name = "Kiro Sign-In - KiroProfile-us-east-1"
    provider = "codewhisperer"
    assigned-groups = ["Kiro-Developers", "Kiro-Locals"]
"#;

const ROUND_TRIP: Duration = Duration::from_secs(1);

pub(crate) fn company() -> Organization {
    organization(COMPANY)
}

fn organization(text: &str) -> Organization {
    Organization::parse(text, now()).unwrap()
}

#[rstest]
#[case::granted_through_a_group("granted@corp.example", VerdictStatus::Healthy, 4)]
#[case::made_by_hand("local@corp.example", VerdictStatus::Suspect, 4)]
#[case::without_access("outside@corp.example", VerdictStatus::Problem, 4)]
#[case::unknown_and_suggestions_are_looked_for("outsid@corp.example", VerdictStatus::Problem, 4)]
#[tokio::test(start_paused = true)]
async fn a_diagnosis_waits_four_times(#[case] user: &str, #[case] verdict: VerdictStatus, #[case] stages: u32) {
    let start = tokio::time::Instant::now();
    let port = Decorator::delaying(Sample::new(company(), None), ROUND_TRIP);
    let diagnosis = diagnose(&port, &case_of(user), now()).await;
    assert_eq!(diagnosis.verdict.unwrap().status, verdict);
    assert_eq!(start.elapsed(), ROUND_TRIP * stages);
}

#[rstest]
#[case::granted_through_a_group("granted@corp.example")]
#[case::made_by_hand("local@corp.example")]
#[case::without_access("outside@corp.example")]
#[case::unknown("outsid@corp.example")]
#[tokio::test]
async fn a_diagnosis_sends_at_most_22_requests(#[case] user: &str) {
    let ledger = asked_on_the_wire(company(), user).await;
    assert!(ledger.calls() <= 22, "{}: {:#?}", ledger.calls(), ledger.arrivals());
}

/// What the other checks say stands after at most four answers in a row, and nothing of it waits for sign-in events.
#[rstest]
#[case::granted_through_a_group("granted@corp.example", VerdictStatus::Healthy, 3, 6)]
#[case::made_by_hand("local@corp.example", VerdictStatus::Suspect, 4, 6)]
#[case::without_access_nothing_is_looked_up("outside@corp.example", VerdictStatus::Problem, 4, 4)]
#[tokio::test(start_paused = true)]
async fn a_verdict_does_not_wait_for_sign_in_events(
    #[case] user: &str,
    #[case] verdict: VerdictStatus,
    #[case] until_verdict: u32,
    #[case] stages: u32,
) {
    let start = tokio::time::Instant::now();
    let source = Decorator::delaying(Sample::new(company(), None), ROUND_TRIP);
    let session = Session::new(Arc::new(source), Duration::from_mins(1), doctor::follow_ups());
    let case = Told { user: user.to_owned(), attempts: AttemptsMode::Auto, ..Told::default() }.case();
    let mut stood_after = None;
    let learned = |facts: &Facts, _: Option<&Event>| {
        let known = doctor::judge(&case, facts).verdict;
        if known.is_some_and(|known| known.status == verdict) {
            stood_after.get_or_insert(start.elapsed());
        }
        Ok::<(), Infallible>(())
    };
    session.gather(std::slice::from_ref(&case), Facts::new(now()), learned).await.unwrap();
    assert_eq!(stood_after, Some(ROUND_TRIP * until_verdict));
    assert_eq!(start.elapsed(), ROUND_TRIP * stages);
}

/// The look-ups of a run serve all its people: one for each kind of event.
#[tokio::test]
async fn several_users_share_the_sign_in_events() {
    let server = Plan::new(company()).start().await;
    let aws = doctor::aws_at(server.url(), doctor::PATIENT);
    let cases = ["granted@corp.example", "outside@corp.example", "local@corp.example", "colleague@corp.example"];
    let cases =
        cases.map(|user| Told { user: user.to_owned(), attempts: AttemptsMode::Auto, ..Told::default() }.case());
    doctor::gather(&aws, &cases, now()).await;
    assert_eq!(server.ledger().calls_of(Operation::LookupEvents), 5);
}

/// The AWS module adds no waiting of its own. A busy machine can only make this worse, so the best of some tries counts.
#[tokio::test]
async fn four_stages_are_four_on_the_wire() {
    let mut best = usize::MAX;
    for _ in 0..5 {
        let server = Plan::new(company()).latency(Duration::from_millis(120)).start().await;
        let aws = doctor::aws_at(server.url(), doctor::PATIENT);
        diagnose(&aws, &case_of("local@corp.example"), now()).await;
        best = best.min(server.ledger().stages());
        if best <= 4 {
            return;
        }
    }
    panic!("{best} answers were waited for one after another");
}

#[tokio::test]
async fn several_users_share_what_concerns_the_organization() {
    let server = Plan::new(company()).start().await;
    let aws = doctor::aws_at(server.url(), doctor::PATIENT);
    let cases = ["granted@corp.example", "outside@corp.example", "local@corp.example"].map(case_of);
    let facts = doctor::gather(&aws, &cases, now()).await;
    let verdicts: Vec<VerdictStatus> =
        cases.iter().map(|case| doctor::judge(case, &facts).verdict.unwrap().status).collect();
    assert_eq!(verdicts, [VerdictStatus::Healthy, VerdictStatus::Problem, VerdictStatus::Suspect]);
    let ledger = server.ledger();
    for once in [Operation::GetCallerIdentity, Operation::ListInstances, Operation::DescribeInstance] {
        assert_eq!(ledger.calls_of(once), 1, "{once:?}");
    }
    assert_eq!(ledger.calls_of(Operation::ListApplications), 1);
    assert_eq!(ledger.calls_of(Operation::GetApplicationAssignmentConfiguration), 1);
    assert_eq!(ledger.calls_of(Operation::GetRole), 2);
    assert_eq!(ledger.calls_of(Operation::ListGroupMembershipsForMember), 3);
}

/// An organization with that many of each, and a user without access.
struct Size {
    groups: usize,
    assigned: usize,
    applications: usize,
    instances: usize,
}

impl Size {
    const SMALL: Self = Self { groups: 1, assigned: 1, applications: 0, instances: 1 };

    fn organization(&self) -> Organization {
        let mut text = String::new();
        let names =
            |prefix: &str, count: usize| (0..count).map(|number| format!("{prefix}{number}")).collect::<Vec<_>>();
        writeln!(text, r#"users = [{{ name = "outside@corp.example" }}]"#).unwrap();
        for number in 0..self.instances {
            writeln!(text, "[[instances]]\nname = \"i{number}\"").unwrap();
        }
        for name in names("own", self.groups) {
            writeln!(text, "[[groups]]\nname = \"{name}\"\nmembers = [\"outside@corp.example\"]").unwrap();
        }
        for name in names("assigned", self.assigned) {
            writeln!(text, "[[groups]]\nname = \"{name}\"").unwrap();
        }
        let assigned = names("assigned", self.assigned);
        for name in ["KiroProfile-us-east-1", "Kiro Sign-In - KiroProfile-us-east-1"] {
            writeln!(text, "[[applications]]\nname = \"{name}\"\nassigned-groups = {assigned:?}").unwrap();
        }
        for name in names("Other", self.applications) {
            writeln!(text, "[[applications]]\nname = \"{name}\"").unwrap();
        }
        organization(&text)
    }
}

#[rstest]
#[case::small(Size::SMALL, 16)]
#[case::user_in_20_groups(Size { groups: 20, ..Size::SMALL }, 35)]
#[case::user_in_300_groups(Size { groups: 300, ..Size::SMALL }, 37)]
#[case::user_in_1000_groups(Size { groups: 1000, ..Size::SMALL }, 44)]
#[case::assigned_to_100_groups(Size { assigned: 100, ..Size::SMALL }, 35)]
#[case::among_1000_applications(Size { applications: 1000, ..Size::SMALL }, 36)]
#[case::behind_5_instances(Size { instances: 5, ..Size::SMALL }, 16 + 4 * 4)]
#[tokio::test]
async fn requests_grow_slowly(#[case] size: Size, #[case] calls: usize) {
    let ledger = asked_on_the_wire(size.organization(), "outside@corp.example").await;
    assert_eq!(ledger.calls(), calls);
}

async fn asked_on_the_wire(organization: Organization, user: &str) -> Ledger {
    let server = Plan::new(organization).start().await;
    let aws = doctor::aws_at(server.url(), doctor::PATIENT);
    diagnose(&aws, &case_of(user), now()).await;
    server.ledger()
}
