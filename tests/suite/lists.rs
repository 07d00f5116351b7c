//! A list of people: planned for the fewest calls, with the verdicts that a diagnosis of each alone gives.

use std::{collections::BTreeSet, io::Write, time::Duration};

use rstest::rstest;
use sso_doctor::{
    case::{Case, Settings, Source, Sourced, TypedUser},
    catalog::Cause,
    domain::InstanceArn,
    facts::{Facts, Operation},
    gather::{FollowUps, Session},
    sources::demo::{
        DatedMember, GroupEntry, MemberEntry, Organization, OrganizationFile, Sample, StatusEntry, UserEntry,
    },
};

use crate::support::{
    aws::Plan,
    decorator::{Asked, Decorator},
    doctor::{self, diagnose},
    program::Program,
    scenario::{case_of, now},
};

/// The kinds of people of [`organization`], and what is the matter with each.
const KINDS: [(&str, Option<Cause>); 7] = [
    ("granted", None),
    ("mail", None),
    ("disabled", Some(Cause::UserDisabled)),
    ("recent", Some(Cause::MembershipRecent)),
    ("elsewhere", Some(Cause::GroupNotAssigned)),
    ("alone", Some(Cause::NotInEntitledGroup)),
    ("nobody", Some(Cause::UserNotFound)),
];

/// So many people of each kind, and so many others.
fn organization(of_each: usize, others: usize) -> Organization {
    let mut file = OrganizationFile::default();
    let mut elsewhere = Vec::new();
    for number in 0..of_each {
        let name = |kind: &str| format!("{kind}{number}@corp.example");
        let mail = UserEntry { emails: Some(vec![name("mail")]), ..UserEntry::named(format!("m{number}")) };
        let disabled = UserEntry { status: StatusEntry::Disabled, ..UserEntry::named(name("disabled")) };
        let member = |name: &str| MemberEntry::User(name.to_owned());
        file.groups[0].members.extend([member(&name("granted")), member(&mail.name), member(&disabled.name)]);
        let recent = DatedMember { user: name("recent"), since: None, hours_ago: Some(1) };
        file.groups[0].members.push(MemberEntry::Dated(recent));
        elsewhere.push(member(&name("elsewhere")));
        file.users.extend([mail, disabled]);
        file.users.extend(["granted", "recent", "elsewhere", "alone"].map(|kind| UserEntry::named(name(kind))));
    }
    file.users.extend((0..others).map(|number| UserEntry::named(format!("other{number}@corp.example"))));
    file.groups.push(GroupEntry { members: elsewhere, ..GroupEntry::named("Kiro-Elsewhere".to_owned()) });
    Organization::new(&file, now()).unwrap()
}

fn people(of_each: usize) -> Vec<Case> {
    let names = (0..of_each).flat_map(|number| KINDS.map(|(kind, _)| format!("{kind}{number}@corp.example")));
    names.map(|name| case_of(&name)).collect()
}

fn count(asked: &[Asked], operation: Operation) -> usize {
    asked.iter().filter(|asked| asked.operation == operation).count()
}

/// In a small directory everybody is read at once, in a large one everybody alone: the verdicts are the same, and they are
/// those of single diagnoses.
#[rstest]
#[case::few(1, 0)]
#[case::a_list_in_a_small_directory(4, 50)]
#[case::a_list_in_a_large_directory(4, 6_000)]
#[tokio::test(start_paused = true)]
async fn a_list_gives_the_verdicts_of_single_diagnoses(#[case] of_each: usize, #[case] others: usize) {
    let sample = Sample::new(organization(of_each, others), None);
    let cases = people(of_each);
    let facts = doctor::gather(&sample, &cases, now()).await;
    for (case, (kind, cause)) in cases.iter().zip(KINDS.iter().cycle()) {
        let in_the_list = doctor::judge(case, &facts);
        assert_eq!(in_the_list.verdict.as_ref().unwrap().cause, *cause, "{kind}");
        let alone = diagnose(&sample, case, now()).await;
        let of = |diagnosis: &sso_doctor::report::diagnosis::Diagnosis| {
            diagnosis.checks.iter().map(|check| (check.id, check.status, check.cause)).collect::<Vec<_>>()
        };
        assert_eq!(of(&in_the_list), of(&alone), "{kind}");
    }
}

/// Of 210 people, 180 of whom are in the directory: 2 pages of users, 2 of the group's members, memberships only of those
/// whom the group does not let in, and look-ups only of those whom the directory does not name.
#[tokio::test(start_paused = true)]
async fn a_list_is_planned_for_the_fewest_calls() {
    let source = Decorator::delaying(Sample::new(organization(30, 0), None), Duration::from_millis(50));
    doctor::gather(&source, &people(30), now()).await;
    let asked = source.asked();
    assert_eq!(count(&asked, Operation::ListUsers), 2);
    assert_eq!(count(&asked, Operation::ListGroupMemberships), 2);
    assert_eq!(count(&asked, Operation::DescribeUser), 0);
    assert_eq!(count(&asked, Operation::ListGroupMembershipsForMember), 60);
    assert_eq!(count(&asked, Operation::GetUserId), 60, "user name and address of thirty people whom nobody knows");
}

/// A list that is short against its directory is not worth reading it.
#[tokio::test(start_paused = true)]
async fn a_large_directory_is_not_read_for_a_few() {
    let source = Decorator::delaying(Sample::new(organization(3, 20_000), None), Duration::from_millis(50));
    let others: Vec<Case> = (9_000..9_020).map(|number| case_of(&format!("other{number}@corp.example"))).collect();
    doctor::gather(&source, &others, now()).await;
    let asked = source.asked();
    assert_eq!(count(&asked, Operation::ListUsers), 3);
    assert_eq!(count(&asked, Operation::GetUserId), 20);
    assert_eq!(count(&asked, Operation::DescribeUser), 20);
}

/// With one instance named, the applications of the other are never asked for, and nobody waits for them.
#[tokio::test(start_paused = true)]
async fn a_list_behind_a_named_instance_is_told_to_the_end() {
    let file = r#"
        instances = [{ id = "ssoins-1111222233334444" }, { name = "other", id = "ssoins-5555666677778888" }]
        users = [{ name = "ana@corp.example" }, { name = "ben@corp.example" }]
    "#;
    let sample = Sample::new(Organization::parse(file, now()).unwrap(), None);
    let named = |number: usize| {
        let case = case_of(if number == 0 { "ana@corp.example" } else { "ben@corp.example" });
        let arn = InstanceArn::new("arn:aws:sso:::instance/ssoins-1111222233334444");
        let instance = Some(Sourced { value: arn, source: Source::Flag("--instance") });
        Case { settings: Settings { instance, ..Settings::clone(&case.settings) }.into(), ..case }
    };
    let cases: Vec<Case> = (0..12).map(named).collect();
    let facts = doctor::gather(&sample, &cases, now()).await;
    assert_eq!(doctor::judge(&cases[0], &facts).verdict.unwrap().cause, None);
    assert_eq!(doctor::judge(&cases[1], &facts).verdict.unwrap().cause, Some(Cause::NotInEntitledGroup));
}

/// Members of a group are diagnosed by their ids, and reported by their names.
#[tokio::test]
async fn everybody_of_a_group_is_found() {
    let server = Plan::new(organization(2, 0)).start().await;
    let aws = doctor::aws_at(server.url(), doctor::PATIENT);
    let session = Session::new(std::sync::Arc::new(aws), Duration::from_secs(20), FollowUps::none());
    let case = case_of("nobody");
    let (members, known) = session.list_group(&case, "Kiro-Elsewhere", Facts::new(now())).await.unwrap();
    let cases: Vec<Case> = members.iter().map(|id| Case { user: TypedUser::of_id(id), ..case_of("nobody") }).collect();
    let facts = session.gather(&cases, known, |_, _| Ok::<(), ()>(())).await.unwrap();
    let users: BTreeSet<String> = cases.iter().map(|case| doctor::judge(case, &facts).user).collect();
    assert_eq!(users, BTreeSet::from(["elsewhere0@corp.example".to_owned(), "elsewhere1@corp.example".to_owned()]));
    let missing = session.list_group(&case, "Kiro-Nowhere", Facts::new(now())).await.unwrap_err();
    assert!(missing.to_string().contains("no visible directory has a group `Kiro-Nowhere`"), "{missing}");
}

fn demo(arguments: &[&str]) -> crate::support::program::Run {
    Program::new().run(&[&["check", "--demo"], arguments].concat())
}

#[test]
fn several_people_are_a_table_with_a_summary() {
    let run = demo(&["ana.silva@corp.example", "felix.braun@corp.example", "ines.costa@corp.example"]);
    assert_eq!(run.status, 1);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines[0].starts_with("✗  ") && lines[2].starts_with("✓  ana.silva@corp.example"), "{}", run.stdout);
    assert!(run.stdout.contains("3 people: 2 with a cause, 0 not certain, 1 healthy."), "{}", run.stdout);
    assert!(run.stdout.contains("1 user-disabled"), "{}", run.stdout);
}

#[test]
fn a_file_may_name_somebody_twice_and_nobody() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"ana.silva@corp.example\n\n\"\"\nana.silva@corp.example\n").unwrap();
    let run = demo(&["--from", file.path().to_str().unwrap(), "--format", "csv"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], "user,display_name,status,cause,check,owner,headline");
    assert!(lines[1].starts_with("ana.silva@corp.example,Ana Silva,healthy,,,,"), "{}", run.stdout);
    assert!(lines[2].contains(",inconclusive,person-not-identified,user,operator,"), "{}", run.stdout);
    assert_eq!(lines[3], lines[1]);
}

#[test]
fn a_group_of_the_sample_organization_can_be_asked_about() {
    let run = demo(&["--group", "Kiro-Developers", "--only-problems", "--format", "json"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    for line in run.stdout.lines() {
        let report: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_ne!(report["verdict"]["status"], "healthy");
    }
    let run = demo(&["--group", "Kiro-Nowhere"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("no visible directory has a group `Kiro-Nowhere`"), "{}", run.stderr);
}

#[test]
fn a_list_that_names_nobody_is_wrong_usage() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let run = demo(&["--from", file.path().to_str().unwrap()]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("names nobody: one user a line, or CSV with a column `user`"), "{}", run.stderr);
}

#[test]
fn a_bounded_watch_ends_with_the_last_status() {
    let run = demo(&["felix.braun@corp.example", "--watch", "--timeout", "1"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stdout.contains("PROBLEM: Felix's account is disabled."), "{}", run.stdout);
}

/// Whoever listens to lines hears of each person as soon as nothing more is asked about them, and reads the table at the end.
#[test]
fn without_a_screen_a_list_tells_a_line_for_each_person() {
    let users: Vec<String> = (0..10).map(|number| format!("nobody{number}@corp.example")).collect();
    let arguments = ["check", "--demo", "--linear"].into_iter().chain(users.iter().map(String::as_str));
    let run = Program::new().run(&arguments.collect::<Vec<_>>());
    for user in &users {
        assert_eq!(run.stderr.matches(&format!("{user}: Nobody is called")).count(), 1, "{run:?}");
    }
    assert!(run.stdout.contains("10 people: 10 with a cause"), "{run:?}");
}
