//! Whether the operator could do a fix: asked once, of the right user or role, and never in the way.

use rstest::rstest;
use sso_doctor::{
    catalog::{Ability, Cause},
    checks::{CheckId, Status},
    facts::{Operation, SimulatePrincipalPolicy},
    report::{Glyphs, MARKDOWN, NOTE, Paint, TEXT, diagnosis::Diagnosis},
    sources::demo::{CallerEntry, GroupEntry, MemberEntry, Organization, OrganizationFile, Sample, UserEntry},
};

use crate::support::{
    aws::{Plan, WireFault},
    doctor::{self, diagnose},
    program::Program,
    scenario::{case_of, now},
};

const USER: &str = "outside@corp.example";
const NEEDED: &str = "identitystore:CreateGroupMembership";

/// A user in no group, with somebody else as the operator.
fn file(caller: CallerEntry) -> OrganizationFile {
    let mut file = OrganizationFile { caller, ..OrganizationFile::default() };
    file.users.push(UserEntry::named(USER.to_owned()));
    file
}

fn organization(caller: CallerEntry) -> Organization {
    Organization::new(&file(caller), now()).unwrap()
}

/// An operator who may do these, with the default role.
fn who_can(can: &[&str]) -> CallerEntry {
    CallerEntry { can: can.iter().map(|action| (*action).to_owned()).collect(), ..CallerEntry::default() }
}

fn ability(diagnosis: &Diagnosis) -> Option<Ability> {
    let fixes = diagnosis.checks.iter().flat_map(|check| &check.fixes);
    fixes.into_iter().find(|fix| !fix.needs.is_empty()).unwrap().ability.clone()
}

/// Whom IAM is asked about: roles have a path that their credentials do not tell.
#[rstest]
#[case::role("arn:aws:sts::111122223333:assumed-role/Admin/jo", "/", 1, 2)]
#[case::role_with_a_path("arn:aws:sts::111122223333:assumed-role/Admin/jo", "/it/helpdesk/", 2, 3)]
#[case::role_of_identity_center(
    "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/jo",
    "/aws-reserved/sso.amazonaws.com/",
    1,
    2
)]
#[case::role_of_an_identity_center_elsewhere(
    "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/jo",
    "/aws-reserved/sso.amazonaws.com/eu-west-1/",
    2,
    3
)]
#[case::user("arn:aws:iam::111122223333:user/it/jo", "/", 1, 2)]
#[tokio::test]
async fn iam_is_asked_about_the_operators_own_user_or_role(
    #[case] arn: &str,
    #[case] path: &str,
    #[case] simulations: usize,
    #[case] roles_read: usize,
) {
    let caller = CallerEntry { arn: Some(arn.to_owned()), role_path: Some(path.to_owned()), ..who_can(&[NEEDED]) };
    let server = Plan::new(organization(caller)).start().await;
    let diagnosis = diagnose(&doctor::aws_at(server.url(), doctor::PATIENT), &case_of(USER), now()).await;
    assert_eq!(ability(&diagnosis), Some(Ability::Allowed));
    assert_eq!(server.ledger().calls_of(Operation::SimulatePrincipalPolicy), simulations);
    assert_eq!(server.ledger().calls_of(Operation::GetRole), roles_read);
    assert_eq!(usize::try_from(diagnosis.calls).unwrap(), server.ledger().calls());
}

/// IAM knows no policies of these.
#[rstest]
#[case::root("arn:aws:iam::111122223333:root")]
#[case::federated("arn:aws:sts::111122223333:federated-user/jo")]
#[case::nonsense("arn:aws")]
#[tokio::test]
async fn nobody_else_is_asked_about(#[case] arn: &str) {
    let caller = CallerEntry { arn: Some(arn.to_owned()), ..who_can(&[NEEDED]) };
    let server = Plan::new(organization(caller)).start().await;
    let diagnosis = diagnose(&doctor::aws_at(server.url(), doctor::PATIENT), &case_of(USER), now()).await;
    assert_eq!(ability(&diagnosis), None);
    assert_eq!(server.ledger().calls_of(Operation::SimulatePrincipalPolicy), 0);
}

/// Whatever comes instead of an answer, nothing is said, and nothing else changes.
#[rstest]
#[case::denied(WireFault::AccessDenied)]
#[case::throttled(WireFault::ThrottledForEver)]
#[case::no_such_role(WireFault::NotFound)]
#[case::without_its_list(WireFault::EmptyObject)]
#[case::refused(WireFault::Rejected)]
#[tokio::test]
async fn what_cannot_be_asked_is_not_said(#[case] fault: WireFault) {
    let ask = async |plan: Plan| {
        let server = plan.start().await;
        diagnose(&doctor::aws_at(server.url(), doctor::PATIENT), &case_of(USER), now()).await
    };
    let caller = || who_can(&[NEEDED]);
    let undisturbed = ask(Plan::new(organization(caller()))).await;
    let diagnosis = ask(Plan::new(organization(caller())).fault(Operation::SimulatePrincipalPolicy, fault)).await;
    assert_eq!(ability(&diagnosis), None);
    assert_eq!(diagnosis.verdict, undisturbed.verdict);
    let access = diagnosis.check(CheckId::Access).unwrap();
    assert_eq!((access.status, access.notes.as_slice()), (Some(Status::Pass), &[][..]));
    for (check, before) in diagnosis.checks.iter().zip(&undisturbed.checks) {
        assert_eq!(
            (check.status, &check.summary, check.evidence.len()),
            (before.status, &before.summary, before.evidence.len())
        );
    }
    let text = (TEXT.write)(&diagnosis, Glyphs::Unicode, Paint::Plain);
    assert!(!text.contains("You could") && !text.contains("You cannot"), "{text}");
}

/// A fix is told in every report that tells fixes.
#[rstest]
#[case::allowed(&[NEEDED], "You could do this yourself: your policies allow it.", "Rights: whoever wrote this could do it.")]
#[case::lacking(
    &["sso:UpdateApplication"],
    "You cannot do this yourself: your policies do not allow identitystore:CreateGroupMembership. Ask the identity administrator to do it.",
    "Rights: whoever wrote this lacks identitystore:CreateGroupMembership."
)]
#[tokio::test]
async fn each_fix_says_whether_you_could_do_it(#[case] can: &[&str], #[case] told: &str, #[case] noted: &str) {
    let sample = Sample::new(organization(who_can(can)), None);
    let diagnosis = diagnose(&sample, &case_of(USER), now()).await;
    for format in [TEXT, MARKDOWN] {
        let text = (format.write)(&diagnosis, Glyphs::Unicode, Paint::Plain);
        assert!(text.replace('\\', "").contains(told), "{text}");
    }
    let note = (NOTE.write)(&diagnosis, Glyphs::Unicode, Paint::Plain);
    assert!(note.contains(noted) && note.lines().count() <= 10, "{note}");
}

/// Two actions on one thing are one question, whose answer may have pages.
#[rstest]
#[case::one_of_two(&["sso:CreateApplicationAssignment"], &[Some(Ability::Allowed), Some(Ability::Lacks(vec!["sso:DeleteApplicationAssignment".to_owned()]))])]
#[case::both(&["sso:CreateApplicationAssignment", "sso:DeleteApplicationAssignment"], &[Some(Ability::Allowed), Some(Ability::Allowed)])]
#[tokio::test]
async fn what_fixes_need_of_one_thing_is_asked_together(#[case] can: &[&str], #[case] expected: &[Option<Ability>]) {
    let mut file = file(who_can(can));
    for application in &mut file.applications {
        application.assigned_groups.clear();
        application.assigned_users = vec!["9067000000-00000000-0000-4000-a000-00000000dead".to_owned()];
    }
    let server = Plan::new(Organization::new(&file, now()).unwrap()).page_size(1).start().await;
    let diagnosis = diagnose(&doctor::aws_at(server.url(), doctor::PATIENT), &case_of(USER), now()).await;
    let fixes = diagnosis.checks.iter().flat_map(|check| &check.fixes).filter(|fix| !fix.needs.is_empty());
    assert_eq!(fixes.map(|fix| fix.ability.clone()).collect::<Vec<_>>(), expected);
    assert_eq!(server.ledger().calls_of(Operation::SimulatePrincipalPolicy), 2);
}

/// A member account may do nothing about the organization's instance, whatever its policies allow.
#[tokio::test]
async fn a_member_account_is_not_told_that_it_could() {
    let caller = CallerEntry { account: "444455556666".to_owned(), ..who_can(&[NEEDED]) };
    let mut file = file(caller);
    for application in &mut file.applications {
        application.account = Some("444455556666".to_owned());
    }
    for role in &mut file.roles {
        role.account = "444455556666".to_owned();
    }
    let sample = Sample::new(Organization::new(&file, now()).unwrap(), None);
    let facts = doctor::gather(&sample, &[case_of(USER)], now()).await;
    assert_eq!(doctor::judge(&case_of(USER), &facts).verdict.unwrap().cause, Some(Cause::NotInEntitledGroup));
    assert_eq!(facts.all::<SimulatePrincipalPolicy>().count(), 0);
}

/// What is the matter with many people is asked about once.
#[tokio::test(start_paused = true)]
async fn a_list_costs_one_question_a_cause() {
    let mut file = file(who_can(&[NEEDED]));
    let names: Vec<String> = (0..30).map(|number| format!("outside{number}@corp.example")).collect();
    file.users.extend(names.iter().cloned().map(UserEntry::named));
    let own = names.iter().step_by(2).cloned().map(MemberEntry::User).collect();
    file.groups.push(GroupEntry { members: own, ..GroupEntry::named("Kiro-Contractors".to_owned()) });
    let sample = Sample::new(Organization::new(&file, now()).unwrap(), None);
    let cases: Vec<_> = names.iter().map(|name| case_of(name)).collect();
    let facts = doctor::gather(&sample, &cases, now()).await;
    let asked: Vec<_> = facts.all::<SimulatePrincipalPolicy>().map(|(query, _)| query.actions.join(" ")).collect();
    assert_eq!(asked, [NEEDED, "sso:CreateApplicationAssignment"]);
    assert_eq!(ability(&doctor::judge(&cases[1], &facts)), Some(Ability::Allowed));
    let lacking = Ability::Lacks(vec!["sso:CreateApplicationAssignment".to_owned()]);
    assert_eq!(ability(&doctor::judge(&cases[0], &facts)), Some(lacking));
}

/// The sample organization shows both.
#[rstest]
#[case::could("kavya.rao@corp.example", true)]
#[case::could_not("dimitri.petrov@corp.example", false)]
fn the_sample_organization_shows_both(#[case] user: &str, #[case] you_can: bool) {
    let run = Program::new().run(&["check", "--demo", user, "--format", "json"]);
    let report = run.json();
    let checks = report["checks"].as_array().unwrap();
    let mut fixes = checks.iter().flat_map(|check| check["fixes"].as_array().unwrap());
    let fix = fixes.find(|fix| fix["needs"] != serde_json::json!([])).unwrap();
    assert_eq!(fix["you_can"], you_can, "{fix}");
    assert_eq!(fix["you_lack"] == fix["needs"], !you_can, "{fix}");
}
