//! Nothing is ever written, provably: what is called is one list, and the policy allows just that list.

use std::{collections::BTreeSet, sync::Arc};

use crate::support::{
    aws::{Ledger, Plan},
    doctor::{self, diagnose},
    program::Program,
    scenario::{self, Scenario},
};
use futures::{StreamExt, stream};
use serde_json::Value;
use sso_doctor::{
    facts::{Facts, FailureKind, Operation},
    gather::Session,
};

#[tokio::test]
async fn nothing_outside_the_list_is_called_and_everything_on_it_is() {
    let on_the_wire = scenario::of_checks().into_iter().filter(|scenario| !scenario.meets(&FailureKind::TimedOut));
    let ledgers: Vec<Ledger> = stream::iter(on_the_wire).map(asked_by).buffer_unordered(16).collect().await;
    let unexpected: Vec<&str> = ledgers.iter().flat_map(Ledger::unexpected).collect();
    assert_eq!(unexpected, Vec::<&str>::new());
    let never: Vec<Operation> = Operation::ALL
        .into_iter()
        .filter(|operation| ledgers.iter().all(|ledger| ledger.calls_of(*operation) == 0))
        .collect();
    assert_eq!(never, []);
}

async fn asked_by(scenario: Scenario) -> Ledger {
    let server = Plan::new(scenario.organization()).start().await;
    let (aws, case) = (doctor::aws_at(server.url(), doctor::PATIENT), scenario.told.case());
    diagnose(&aws, &case, scenario::now()).await;
    // Not every scenario has the group.
    let session = Session::new(Arc::new(aws), doctor::PATIENT, doctor::follow_ups());
    drop(session.list_group(&case, "Kiro-Developers", Facts::new(scenario::now())).await);
    server.ledger()
}

#[test]
fn every_name_on_the_list_is_one_of_reading() {
    for operation in Operation::ALL {
        let name = operation.action().split(':').nth(1).unwrap();
        assert!(["Get", "List", "Describe", "Lookup", "Simulate"].iter().any(|verb| name.starts_with(verb)), "{name}");
    }
}

#[test]
fn the_policy_allows_the_list_and_nothing_else() {
    let run = Program::new().run(&["policy"]);
    assert_eq!(run.status, 0);
    let policy: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(policy["Version"], "2012-10-17");
    let statements = policy["Statement"].as_array().unwrap();
    assert!(statements.iter().all(|statement| statement["Effect"] == "Allow"));

    let optional: BTreeSet<&str> = actions_of(Operation::is_optional);
    let needed: BTreeSet<&str> = actions_of(|operation| !operation.is_optional());
    let (of_optional, of_needed): (Vec<&Value>, Vec<&Value>) =
        statements.iter().partition(|statement| actions_in(statement).iter().any(|action| optional.contains(action)));
    assert_eq!(of_optional.iter().flat_map(|statement| actions_in(statement)).collect::<BTreeSet<_>>(), optional);
    assert_eq!(of_needed.iter().flat_map(|statement| actions_in(statement)).collect::<BTreeSet<_>>(), needed);
    let listed: usize = statements.iter().map(|statement| actions_in(statement).len()).sum();
    assert_eq!(listed, Operation::ALL.len());
}

/// Only what AWS cannot confine to a resource is allowed on all of them.
#[test]
fn the_policy_names_resources_wherever_aws_takes_some() {
    let run = Program::new().run(&["policy"]);
    let policy: Value = serde_json::from_str(&run.stdout).unwrap();
    let statements = policy["Statement"].as_array().unwrap();
    let everywhere = statements.iter().filter(|statement| statement["Resource"].to_string().contains("\"*\""));
    let everywhere: BTreeSet<&str> = everywhere.flat_map(actions_in).collect();
    assert_eq!(everywhere, BTreeSet::from(["cloudtrail:LookupEvents", "sso:ListInstances", "sts:GetCallerIdentity"]));
}

fn actions_of(wanted: impl Fn(Operation) -> bool) -> BTreeSet<&'static str> {
    Operation::ALL.into_iter().filter(|operation| wanted(*operation)).map(Operation::action).collect()
}

fn actions_in(statement: &Value) -> Vec<&str> {
    statement["Action"].as_array().unwrap().iter().map(|action| action.as_str().unwrap()).collect()
}
