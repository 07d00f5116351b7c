//! What holds for every organization, and for every part of it that can be seen.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::LazyLock,
    time::Duration,
};

use crate::support::{
    cases::cases,
    decorator::{Asked, Decorator},
    doctor,
    generated::world,
    scenario::{self, Scenario, now},
};
use proptest::{collection::vec, prelude::*, sample::select};
use sso_doctor::{
    case::Case,
    catalog::Cause,
    checks::{CheckId, Status},
    domain::LookupKey,
    facts::{CredentialsFlaw, Event, Facts, FailureKind, GetUserId, Operation},
    report::diagnosis::{Check, Diagnosis, VerdictStatus},
    sources::{
        Source,
        demo::{Organization, OrganizationFile, Sample, UserEntry},
    },
};
use tokio::runtime::Runtime;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

fn sample(file: &OrganizationFile) -> Sample {
    Sample::new(Organization::new(file, now()).unwrap(), None)
}

fn diagnose(source: &dyn Source, case: &Case) -> Diagnosis {
    RUNTIME.block_on(doctor::diagnose(source, case, now()))
}

fn events(source: &dyn Source, case: &Case) -> Vec<Event> {
    RUNTIME.block_on(doctor::events(source, std::slice::from_ref(case), now()))
}

fn judge<'a>(case: &Case, learned: impl IntoIterator<Item = &'a Event>) -> Diagnosis {
    let mut facts = Facts::new(now());
    for event in learned {
        facts.apply(event.clone());
    }
    doctor::judge(case, &facts)
}

/// The ways in which an answer can be missing. An unusable key is no missing answer, but a fact.
fn obstacle() -> impl Strategy<Value = FailureKind> {
    select(vec![
        FailureKind::Denied,
        FailureKind::KeyDenied,
        FailureKind::CredentialsExpired,
        FailureKind::CredentialsUnusable(CredentialsFlaw::Keys),
        FailureKind::Throttled,
        FailureKind::TimedOut,
        FailureKind::Unreachable,
        FailureKind::Rejected,
        FailureKind::Malformed,
        FailureKind::Contradiction,
        FailureKind::Internal,
    ])
}

/// Takes away every answer whose place among 64 is set, optional ones aside.
fn blocks(asked: &Asked, mask: u64, kind: &FailureKind) -> Option<FailureKind> {
    (is_masked(asked, mask) && !asked.operation.is_optional()).then(|| missing(asked, kind))
}

fn is_masked(asked: &Asked, mask: u64) -> bool {
    let mut hasher = DefaultHasher::new();
    (asked.operation, &asked.region, &asked.about).hash(&mut hasher);
    mask >> (hasher.finish() % 64) & 1 == 1
}

/// True for the causes of a user whom nothing lets in.
fn is_of_a_path(cause: Cause) -> bool {
    use Cause::{AssignmentOrphaned, GroupNotAssigned, NoAccessPath, NotInEntitledGroup, UserNotAssigned};
    matches!(cause, AssignmentOrphaned | GroupNotAssigned | NoAccessPath | NotInEntitledGroup | UserNotAssigned)
}

/// A denied listing means "ask differently": what is listed then is the caller's own applications, and these are judged,
/// though another account may have more. So a listing that is missing is not denied here.
fn missing(asked: &Asked, kind: &FailureKind) -> FailureKind {
    let is_denial = matches!(kind, FailureKind::Denied | FailureKind::KeyDenied);
    if is_denial && asked.operation == Operation::ListApplications { FailureKind::Unreachable } else { kind.clone() }
}

/// Some answers missing, from nearly none to nearly all.
fn mask() -> impl Strategy<Value = u64> {
    prop_oneof![
        (0..64_u32, 0..64_u32).prop_map(|(one, other)| 1 << one | 1 << other),
        (any::<u64>(), any::<u64>(), any::<u64>()).prop_map(|(one, other, third)| one & other & third),
        any::<u64>(),
    ]
}

/// Every `pass` and every `fail` of `part` stands in `whole`, too.
fn stands(part: &Diagnosis, whole: &Diagnosis) -> Result<(), TestCaseError> {
    for (seen, truth) in part.checks.iter().zip(&whole.checks) {
        // A member account is denied what it may not list, and that is an answer, too: one that `access` cannot foresee.
        let denied = truth.id == CheckId::Access && truth.cause == Some(Cause::PermissionMissing);
        // Where the other members of the granting groups come from is an optional fact, also where it is not known which
        // groups these are.
        let compared = truth.cause == Some(Cause::IdentitySourceMismatch);
        let same = match seen.status {
            Some(Status::Pass) if denied || compared => true,
            Some(Status::Pass) => truth.status == seen.status,
            // Names that are missing cost the explanation of a lack that is proven.
            Some(Status::Fail) if seen.cause == Some(Cause::NoAccessPath) => {
                whole.checks.iter().filter_map(|check| check.cause).any(is_of_a_path)
            }
            Some(Status::Fail) => (truth.status, truth.cause) == (seen.status, seen.cause),
            _ => true,
        };
        prop_assert!(same, "said: {}\ntrue: {}", in_short(seen), in_short(truth));
    }
    let is_problem = |diagnosis: &Diagnosis| {
        diagnosis.verdict.as_ref().is_some_and(|verdict| verdict.status == VerdictStatus::Problem)
    };
    prop_assert!(!is_problem(part) || is_problem(whole));
    Ok(())
}

/// The same for every scenario that somebody wrote down, with every operation missing in turn. That a key is unusable,
/// or that answers contradict each other, may show in one call alone, and a call that is missing cannot show it.
#[test]
fn a_scenario_without_one_answer_says_nothing_else() {
    let shows_in_one_call = |scenario: &Scenario| {
        [FailureKind::KeyUnusable("KMS_DISABLED".to_owned()), FailureKind::Contradiction]
            .iter()
            .any(|kind| scenario.meets(kind))
    };
    for scenario in scenario::of_checks().into_iter().filter(|scenario| !shows_in_one_call(scenario)) {
        let case = scenario.told.case();
        let organization = scenario.organization();
        let source = Decorator::delaying(Sample::new(organization.clone(), None), Duration::ZERO);
        let facts = RUNTIME.block_on(doctor::gather(&source, std::slice::from_ref(&case), now()));
        let whole = doctor::judge(&case, &facts);
        // Whether somebody else still exists is an optional fact, though it is asked like the user.
        let found = facts.all::<GetUserId>().filter_map(|(_, found)| found.value().copied()?.as_ref());
        let by_id = case.user.lookups().into_iter().filter(|key| matches!(key, LookupKey::Id(_)));
        let own: Vec<String> = found.map(ToString::to_string).chain(by_id.map(|key| key.value().to_owned())).collect();
        let is_needed = |asked: &Asked| asked.operation != Operation::DescribeUser || own.contains(&asked.about);
        // Where nothing is taken away, the same is said.
        let taken: Vec<Asked> = source.asked().into_iter().filter(is_needed).collect();
        let needed = Operation::ALL
            .into_iter()
            .filter(|operation| !operation.is_optional() && taken.iter().any(|asked| asked.operation == *operation));
        for (operation, kind) in needed.flat_map(|operation| {
            [FailureKind::Unreachable, FailureKind::KeyDenied, FailureKind::CredentialsExpired]
                .map(|kind| (operation, kind))
        }) {
            let sample = Sample::new(organization.clone(), None);
            let blocks =
                |asked: &Asked| (asked.operation == operation && is_needed(asked)).then(|| missing(asked, &kind));
            let part = diagnose(&Decorator::blocking(sample, blocks), &case);
            stands(&part, &whole).unwrap_or_else(|error| panic!("{} {operation:?} {kind:?}: {error}", scenario.name));
        }
    }
}

fn check(diagnosis: &Diagnosis, id: CheckId) -> &Check {
    diagnosis.checks.iter().find(|check| check.id == id).unwrap()
}

fn in_short(check: &Check) -> String {
    let Check { id, status, cause, summary, found, .. } = check;
    format!("{id:?} {status:?} {cause:?}: {summary} ({found:?})")
}

proptest! {
    #![proptest_config(cases())]

    /// Soundness: what is said while answers are missing is what would have been said with all of them.
    #[test]
    fn what_is_said_of_a_part_holds_for_the_whole((file, told) in world(), mask in mask(), kind in obstacle()) {
        let case = told.case();
        let whole = diagnose(&sample(&file), &case);
        let part = diagnose(&Decorator::blocking(sample(&file), |asked: &Asked| blocks(asked, mask, &kind)), &case);
        stands(&part, &whole)?;
    }

    /// Optional answers cost a detail: without them the verdict is of the same kind, and no check is left open. Only the
    /// one warning that rests on them alone can go missing, and a user whose name has another letter case, whom no
    /// look-up finds: that the list could not be read is said then.
    #[test]
    fn optional_answers_decide_no_verdict((file, told) in world(), kind in obstacle()) {
        let case = told.case();
        let whole = diagnose(&sample(&file), &case);
        let blocks = |asked: &Asked| asked.operation.is_optional().then(|| kind.clone());
        let part = diagnose(&Decorator::blocking(sample(&file), blocks), &case);
        let [seen, truth] = [&part, &whole].map(|diagnosis| check(diagnosis, CheckId::User));
        if seen.cause == Some(Cause::UserNotFound) && truth.cause != seen.cause {
            let is_said = seen.notes.iter().any(|note| note.contains("listing users was not possible"));
            let differs = |user: &UserEntry| user.name != told.user && user.name.to_lowercase() == told.user;
            prop_assert!(is_said && file.users.iter().any(differs), "{}\n{}", in_short(seen), in_short(truth));
            return Ok(());
        }
        for (seen, truth) in part.checks.iter().zip(&whole.checks) {
            let is_unknown = |check: &Check| check.status == Some(Status::Unknown);
            prop_assert_eq!(is_unknown(seen), is_unknown(truth), "{}\n{}", in_short(seen), in_short(truth));
        }
        let rests_on_them = whole.checks.iter().any(|check| check.cause == Some(Cause::IdentitySourceMismatch));
        let status = |diagnosis: &Diagnosis| diagnosis.verdict.as_ref().map(|verdict| verdict.status);
        prop_assert!(status(&part) == status(&whole) || rests_on_them, "{:?} {:?}", part.verdict, whole.verdict);
    }

    /// A cause that is named while names are missing is the one that would have been named with all of them; where they
    /// decide it, none is named. The listing of users is left alone: it can find who is written in another letter case.
    #[test]
    fn a_cause_named_without_names_is_the_true_one((file, told) in world(), mask in mask(), kind in obstacle()) {
        let case = told.case();
        let whole = diagnose(&sample(&file), &case);
        let blocks = |asked: &Asked| {
            (asked.operation.is_optional() && asked.operation != Operation::ListUsers && is_masked(asked, mask)).then(|| kind.clone())
        };
        let part = diagnose(&Decorator::blocking(sample(&file), blocks), &case);
        let causes = |diagnosis: &Diagnosis| {
            let failed = diagnosis.checks.iter().filter(|check| check.status == Some(Status::Fail));
            failed.filter_map(|check| check.cause).collect::<Vec<Cause>>()
        };
        let (named, truth) = (causes(&part), causes(&whole));
        let fits = |cause: &Cause| truth.contains(cause) || *cause == Cause::NoAccessPath && truth.iter().copied().any(is_of_a_path);
        prop_assert!(named.iter().all(fits), "named: {:?}, true: {:?}", named, truth);
        prop_assert_eq!(named.len(), truth.len());
    }

    /// The screen judges again with every fact, and what it has once said stays.
    #[test]
    fn what_is_said_early_stays((file, told) in world(), cuts in vec(any::<prop::sample::Index>(), 4)) {
        let case = told.case();
        let all = events(&sample(&file), &case);
        let whole = judge(&case, &all);
        for cut in cuts {
            let early = judge(&case, &all[..cut.index(all.len())]);
            stands(&early, &whole)?;
            let turns = |(seen, truth): (&Check, &Check)| {
                seen.status == Some(Status::Skipped) && truth.status == Some(Status::Fail)
            };
            prop_assert!(!early.checks.iter().zip(&whole.checks).any(turns), "{early:#?}\n{whole:#?}");
        }
    }

    /// Facts in any order, or only some of them, are judged without a panic (which would show as an internal error).
    #[test]
    fn any_facts_can_be_judged((file, told) in world(), order in vec(any::<prop::sample::Index>(), 0..60)) {
        let case = told.case();
        let all = events(&sample(&file), &case);
        let diagnosis = judge(&case, order.iter().map(|index| index.get(&all)));
        let internal = diagnosis.checks.iter().filter(|check| check.cause == Some(Cause::InternalError));
        let closed = order.iter().any(|index| index.index(all.len()) == all.len() - 1);
        prop_assert!(closed || internal.count() == 0);
    }

    /// A gathering that ended has a verdict.
    #[test]
    fn every_gathering_ends_in_a_verdict((file, told) in world(), mask in mask(), kind in obstacle()) {
        let port = Decorator::blocking(sample(&file), |asked: &Asked| blocks(asked, mask, &kind));
        let diagnosis = diagnose(&port, &told.case());
        prop_assert!(diagnosis.verdict.is_some());
        let internal = diagnosis.checks.iter().find(|check| check.cause == Some(Cause::InternalError));
        prop_assert!(kind == FailureKind::Internal || internal.is_none(), "{:#?}", internal);
    }
}
