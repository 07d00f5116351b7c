//! The largest directory that Identity Center allows: 200,000 users, 100,000 groups, 7,000 applications, and somebody in
//! 1,000 groups. What a diagnosis costs hangs on what the user is in and on the applications there are, and not on how many
//! others there are.

use std::time::Duration;

use crate::support::{
    aws::Plan,
    decorator::{Asked, Decorator},
    doctor::{self, diagnose},
    scenario::{case_of, now},
};
use rstest::rstest;
use sso_doctor::{
    case::{Case, Settings},
    catalog::Cause,
    checks::{CheckId, Status},
    facts::{Answer, Event, Facts, ListUsers, Operation},
    sources::demo::{ApplicationEntry, GroupEntry, MemberEntry, Organization, OrganizationFile, Sample, UserEntry},
};

const BUSY: &str = "busy@corp.example";
const MEMBERSHIPS: usize = 1_000;
const APPLICATIONS: usize = 7_000;

/// How many others there are.
struct Others {
    users: usize,
    groups: usize,
}

const NONE: Others = Others { users: 0, groups: 0 };
const ALL: Others = Others { users: 200_000 - 1, groups: 100_000 - MEMBERSHIPS };

fn organization(others: &Others) -> Organization {
    let users = vec![UserEntry::named(BUSY.to_owned())];
    let mut file = OrganizationFile { users, ..OrganizationFile::default() };
    file.users.extend((0..others.users).map(|number| UserEntry::named(format!("user{number}@corp.example"))));
    // The groups of the default organization stay; the user is in none of them.
    file.groups.iter_mut().for_each(|group| group.members.clear());
    let joined = (0..MEMBERSHIPS).map(|number| GroupEntry {
        members: vec![MemberEntry::User(BUSY.to_owned())],
        ..GroupEntry::named(format!("Team-{number}"))
    });
    file.groups.extend(joined);
    file.groups.extend((0..others.groups).map(|number| GroupEntry::named(format!("Other-{number}"))));
    let own = file.applications.len();
    file.applications.extend(
        (own..APPLICATIONS).map(|number| ApplicationEntry { name: format!("App {number}"), ..Default::default() }),
    );
    Organization::new(&file, now()).unwrap()
}

#[tokio::test]
async fn the_size_of_the_directory_costs_nothing() {
    let mut calls = Vec::new();
    for others in [NONE, ALL] {
        let server = Plan::new(organization(&others)).start().await;
        let diagnosis = diagnose(&doctor::aws_at(server.url(), doctor::PATIENT), &case_of(BUSY), now()).await;
        assert_eq!(diagnosis.verdict.unwrap().cause, Some(Cause::NotInEntitledGroup));
        let ledger = server.ledger();
        assert_eq!(ledger.calls_of(Operation::ListApplications), APPLICATIONS / 50);
        assert_eq!(ledger.calls_of(Operation::ListGroupMembershipsForMember), MEMBERSHIPS / 100);
        assert_eq!(ledger.calls_of(Operation::DescribeGroup), 20 + 1);
        assert_eq!(ledger.calls_of(Operation::ListUsers), 0);
        calls.push(ledger.calls());
    }
    assert_eq!(calls, [183, 183]);
}

/// Names are compared as far as ten pages of them go, and the finding says how far that was.
#[tokio::test]
async fn suggestions_have_a_budget() {
    let server = Plan::new(organization(&Others { users: 20_000, groups: 0 })).start().await;
    let case = case_of("bussy@corp.example");
    let diagnosis = diagnose(&doctor::aws_at(server.url(), doctor::PATIENT), &case, now()).await;
    assert_eq!(diagnosis.suggestions, [BUSY]);
    let notes = &diagnosis.check(CheckId::User).unwrap().notes;
    assert!(notes.iter().any(|note| note.contains("users were compared; the directory has more")), "{notes:?}");
    assert!((1..=10).contains(&server.ledger().calls_of(Operation::ListUsers)));
}

/// An organization of so many users, of whom the last one is called Zoë Ångström.
fn people(count: usize) -> Organization {
    let mut file = OrganizationFile::default();
    file.users.extend((1..count - 1).map(|number| UserEntry::named(format!("user{number}@corp.example"))));
    let zoe = UserEntry { display_name: Some("Zoë Ångström".to_owned()), ..UserEntry::named("z17".to_owned()) };
    file.users.push(zoe);
    Organization::new(&file, now()).unwrap()
}

/// A person is looked for among 20,000 users: who is the last of them is found.
#[tokio::test(start_paused = true)]
async fn a_person_is_found_among_twenty_thousand() {
    let source = Decorator::delaying(Sample::new(people(20_000), None), Duration::from_millis(50));
    let diagnosis = diagnose(&source, &case_of("zoe angstrom"), now()).await;
    assert_eq!(diagnosis.found_by.as_deref(), Some("by name among 20000 users"));
    assert_eq!(diagnosis.check(CheckId::User).unwrap().cause, None);
    assert_eq!(pages_asked(&source.asked()), 200);
}

/// Where more users remain than are read, by their number or by the time that it takes, nobody is called absent, and
/// how many were read is said.
#[rstest]
#[case::by_their_number(20_200, 50, 20_000)]
#[case::by_the_time(20_000, 200, 7_500)]
#[tokio::test(start_paused = true)]
async fn a_person_beyond_the_bound_is_not_called_absent(
    #[case] users: usize,
    #[case] milliseconds_a_page: u64,
    #[case] read: usize,
) {
    let source = Decorator::delaying(Sample::new(people(users), None), Duration::from_millis(milliseconds_a_page));
    let diagnosis = diagnose(&source, &case_of("zoe angstrom"), now()).await;
    let user = diagnosis.check(CheckId::User).unwrap();
    assert_eq!(user.cause, Some(Cause::PersonNotIdentified));
    let found = user.found.as_deref().unwrap();
    assert!(found.contains(&format!("{read} users were read, and the directory has more")), "{found}");
    assert_eq!(pages_asked(&source.asked()), read / 100);
}

/// Somebody who can choose among people, as in the terminal app.
fn case_with_a_list(user: &str) -> Case {
    let case = case_of(user);
    let settings = Settings { lists_people: true, ..Settings::clone(&case.settings) };
    Case { settings: settings.into(), ..case }
}

/// Where nobody has what was typed as a user name, and people can be chosen from, everybody is read to find who is called
/// so. The verdict does not wait for that.
#[tokio::test(start_paused = true)]
async fn a_name_that_nobody_has_is_looked_for_among_people() {
    let source = Decorator::delaying(Sample::new(people(1_500), None), Duration::from_millis(50));
    let mut facts = Facts::new(now());
    let mut pages_at_verdict = None;
    for event in doctor::events(&source, &[case_with_a_list("angstrom")], now()).await {
        facts.apply(event);
        let verdict = doctor::judge(&case_with_a_list("angstrom"), &facts).verdict;
        if let (Some(verdict), None) = (verdict, pages_at_verdict) {
            assert_eq!(verdict.cause, Some(Cause::UserNotFound));
            pages_at_verdict = Some(facts.all::<ListUsers>().count());
        }
    }
    assert_eq!(pages_at_verdict, Some(10));
    assert_eq!(pages_asked(&source.asked()), 15);
}

/// The look-up by user name neither waits for pages nor needs any.
#[tokio::test(start_paused = true)]
async fn whoever_is_found_by_user_name_is_not_looked_for_among_people() {
    let source = Decorator::delaying(Sample::new(people(5_000), None), Duration::from_millis(50));
    let diagnosis = diagnose(&source, &case_with_a_list("z17"), now()).await;
    assert_eq!(diagnosis.check(CheckId::User).unwrap().status, Some(Status::Pass));
    assert!(pages_asked(&source.asked()) <= 1, "one page tells whether others come from an identity provider");
}

/// Pages that are known already are not asked for.
#[tokio::test(start_paused = true)]
async fn a_directory_that_was_read_is_not_read_again() {
    let case = case_with_a_list("zoe angstrom");
    let source = Decorator::delaying(Sample::new(people(1_000), None), Duration::from_millis(50));
    let known = doctor::gather(&source, std::slice::from_ref(&case), now()).await;
    let mut pages = Facts::new(now());
    for (query, page) in known.all::<ListUsers>() {
        let page = page.value().copied().unwrap().clone();
        pages.apply(Event::Answered(query.clone().into(), Ok(Answer::ListUsers(page))));
    }
    let source = Decorator::delaying(Sample::new(people(1_000), None), Duration::from_millis(50));
    let facts = doctor::gather_knowing(&source, std::slice::from_ref(&case), pages).await;
    assert_eq!(doctor::judge(&case, &facts).found_by.as_deref(), Some("by name among 1000 users"));
    assert_eq!(pages_asked(&source.asked()), 0);
}

fn pages_asked(asked: &[Asked]) -> usize {
    asked.iter().filter(|asked| asked.operation == Operation::ListUsers).count()
}
