//! Never a wrong answer: every operation, every way to go wrong on the wire, and people whose verdict is known.
//!
//! Whatever goes wrong, the verdict is the true one, or `inconclusive` with the obstacle named. The matrix is generated
//! from [`Operation::ALL`] and [`WireFault::all`]; what is left out of it says why.

use std::sync::LazyLock;

use crate::support::{
    aws::{Plan, WireFault},
    doctor::{self, diagnose},
    scenario::{Told, case_of, now},
};
use futures::{StreamExt, stream};
use rstest::rstest;
use serde_json::Value;
use sso_doctor::{
    case::{AttemptsMode, Case},
    catalog::Cause,
    checks::{CheckId, Status},
    domain::UserId,
    facts::{Answer, Event, GetUserId, Operation},
    report::{
        self, Glyphs, Paint,
        diagnosis::{Diagnosis, VerdictStatus},
    },
    sources::demo::{Organization, Sample},
};

/// Nobody comes from outside, so that the source of the other members is asked for, too.
const COMPANY: &str = r#"
    users = [{ name = "healthy@corp.example" }, { name = "colleague@corp.example" }, { name = "outside@corp.example" }]
    groups = [
        { name = "Kiro-Developers", members = ["healthy@corp.example", "colleague@corp.example"] },
        { name = "Sales", members = ["outside@corp.example"] },
    ]
    events = [
        { name = "UserAuthentication", user = "healthy@corp.example", minutes-ago = 20, workflow = "w" },
        { name = "CreateToken", user = "healthy@corp.example", minutes-ago = 19, grant = "authorization_code" },
        { name = "UserAuthentication", user = "colleague@corp.example", minutes-ago = 2 },
    ]
"#;

static ORGANIZATION: LazyLock<Organization> = LazyLock::new(|| Organization::parse(COMPANY, now()).unwrap());

/// Somebody, and the truth about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Person {
    name: &'static str,
    verdict: VerdictStatus,
    cause: Option<Cause>,
}

impl Person {
    /// What CloudTrail keeps is looked at as well.
    fn case(self) -> Case {
        Told { user: self.name.to_owned(), attempts: AttemptsMode::Auto, ..Told::default() }.case()
    }
}

const HEALTHY: Person = Person { name: "healthy@corp.example", verdict: VerdictStatus::Healthy, cause: None };
const OUTSIDE: Person =
    Person { name: "outside@corp.example", verdict: VerdictStatus::Problem, cause: Some(Cause::NotInEntitledGroup) };
const UNKNOWN: Person =
    Person { name: "helthy@corp.example", verdict: VerdictStatus::Problem, cause: Some(Cause::UserNotFound) };

/// One cell of the matrix.
#[derive(Debug, Clone)]
struct Cell {
    operation: Operation,
    fault: WireFault,
    person: Person,
}

impl Cell {
    /// What no program could know, because nothing else contradicts it.
    fn is_the_truth_for_all_we_can_see(&self) -> bool {
        let Self { operation, fault, person } = self;
        // Well-formed, and nobody else knows: there is no such role; the assigned group has been deleted.
        let is_believed = match operation {
            Operation::GetRole => true,
            Operation::DescribeGroup => *person == OUTSIDE,
            _ => false,
        };
        // Thousands of pages are the deadline's business: see `tests/faults_of_the_program.rs`.
        (is_believed && *fault == WireFault::NotFound) || *fault == WireFault::EndlessTokens
    }

    /// The verdict of a key that Identity Center cannot use is true as well: the fault is just that.
    fn shows_the_key(&self, diagnosis: &Diagnosis) -> bool {
        let verdict = diagnosis.verdict.as_ref().map(|verdict| verdict.cause);
        matches!(self.fault, WireFault::KeyUnusable(_)) && verdict == Some(Some(Cause::InstanceKeyUnusable))
    }

    async fn tried(self) -> Option<String> {
        let diagnosis = self.diagnose().await;
        self.objection(&diagnosis).map(|objection| format!("{self:?}: {objection}"))
    }

    async fn diagnose(&self) -> Diagnosis {
        let server = Plan::new(ORGANIZATION.clone()).fault(self.operation, self.fault.clone()).start().await;
        let patience = if self.fault == WireFault::NeverAnswers { doctor::IMPATIENT } else { doctor::PATIENT };
        diagnose(&doctor::aws_at(server.url(), patience), &self.person.case(), now()).await
    }

    /// What is wrong with a diagnosis, if anything.
    fn objection(&self, diagnosis: &Diagnosis) -> Option<String> {
        let Some(verdict) = &diagnosis.verdict else {
            return Some("there is no verdict".to_owned());
        };
        if let Err(error) = well_formed(diagnosis) {
            return Some(error);
        }
        if (verdict.status, verdict.cause) == (self.person.verdict, self.person.cause) || self.shows_the_key(diagnosis)
        {
            return None;
        }
        // Without names the lack of access is proven, and its explanation is not.
        let hangs_on_names =
            (self.operation, self.person.cause) == (Operation::DescribeGroup, Some(Cause::NotInEntitledGroup));
        if hangs_on_names && verdict.cause == Some(Cause::NoAccessPath) {
            return None;
        }
        if self.operation.is_optional() {
            return Some(format!("an optional call changed the verdict to {verdict:?}"));
        }
        if verdict.status != VerdictStatus::Inconclusive {
            return Some(format!("the verdict is wrong: {verdict:?}"));
        }
        let names_the_call =
            |text: &Option<String>| text.as_deref().is_some_and(|text| text.contains(self.operation.action()));
        // A lie shows in what contradicts it, and that may be another call.
        let names_the_call = |text: &Option<String>| self.fault == WireFault::Lie || names_the_call(text);
        let unknown = diagnosis.checks.iter().filter(|check| check.status == Some(Status::Unknown));
        let is_named = unknown.clone().any(|check| names_the_call(&check.found));
        (!is_named)
            .then(|| format!("nobody names the call: {:?}", unknown.map(|check| &check.found).collect::<Vec<_>>()))
    }
}

/// Every face can show it, and the JSON is what the contract says.
fn well_formed(diagnosis: &Diagnosis) -> Result<(), String> {
    let text = report::write_text(diagnosis, Glyphs::Unicode, Paint::Plain);
    let markdown = report::write_markdown(diagnosis);
    if text.is_empty() || markdown.is_empty() {
        return Err("a face is empty".to_owned());
    }
    let json: Value = serde_json::from_str(&report::write_json(diagnosis)).map_err(|error| error.to_string())?;
    let checks = json["checks"].as_array().map(Vec::as_slice).unwrap_or_default();
    let ids: Vec<&str> = checks.iter().filter_map(|check| check["id"].as_str()).collect();
    let of_contract = |id: &CheckId| id.is_always_present() || ids.contains(&id.id());
    let expected: Vec<&str> = CheckId::ALL.into_iter().filter(of_contract).map(CheckId::id).collect();
    if ids != expected {
        return Err(format!("the checks are {ids:?}"));
    }
    for check in checks {
        let has_cause = check["cause"].is_string();
        let needs_cause = matches!(check["status"].as_str(), Some("fail" | "warn" | "unknown"));
        if has_cause != needs_cause || (check["status"] == "fail" && check["fixes"] == Value::Array(Vec::new())) {
            return Err(format!("not a check of the contract: {check}"));
        }
    }
    Ok(())
}

/// All operations and faults that can hit one person's diagnosis, each on a server of its own.
#[rstest]
#[tokio::test]
async fn no_fault_leads_to_a_wrong_answer(#[values(HEALTHY, OUTSIDE, UNKNOWN)] person: Person) {
    // Without a fault the truth comes out, and tells which calls a fault can hit.
    let server = Plan::new(ORGANIZATION.clone()).start().await;
    let diagnosis = diagnose(&doctor::aws_at(server.url(), doctor::PATIENT), &person.case(), now()).await;
    let verdict = diagnosis.verdict.unwrap();
    assert_eq!((verdict.status, verdict.cause), (person.verdict, person.cause));
    let ledger = server.ledger();

    let cells = Operation::ALL
        .into_iter()
        .filter(|operation| ledger.calls_of(*operation) > 0)
        .flat_map(|operation| WireFault::all().into_iter().map(move |fault| Cell { operation, fault, person }))
        .filter(|cell| !cell.is_the_truth_for_all_we_can_see());
    let tried: Vec<Option<String>> = stream::iter(cells).map(Cell::tried).buffer_unordered(40).collect().await;
    let objections: Vec<String> = tried.into_iter().flatten().collect();
    assert!(objections.is_empty(), "{objections:#?}");
}

/// A look-up that leads to somebody else's account, which exists and is healthy: nothing of it says anything about the
/// person who was asked about.
#[tokio::test]
async fn somebody_elses_account_is_not_taken_for_the_users() {
    let mut facts = doctor::gather(&Sample::new(ORGANIZATION.clone(), None), &[case_of(HEALTHY.name)], now()).await;
    let case = case_of(OUTSIDE.name);
    let lookups: Vec<(GetUserId, UserId)> = facts
        .all::<GetUserId>()
        .filter_map(|(query, found)| Some((query.clone(), found.value().copied()?.clone()?)))
        .collect();
    for (lookup, id) in lookups {
        for key in case.user.lookups() {
            let query = GetUserId { key, ..lookup.clone() }.into();
            facts.apply(Event::Answered(query, Ok(Answer::GetUserId(Some(id.clone())))));
        }
    }
    let verdict = doctor::judge(&case, &facts).verdict.unwrap();
    assert_eq!((verdict.status, verdict.cause), (VerdictStatus::Inconclusive, Some(Cause::Unreachable)));
    assert_eq!(verdict.check, Some(CheckId::User));
}
