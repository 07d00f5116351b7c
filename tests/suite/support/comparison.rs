//! What came out, beside what a scenario says must come out.

use sso_doctor::{
    catalog::Ability,
    report::diagnosis::{Check, Diagnosis, Origin},
};

use super::scenario::{Finding, Scenario};

/// One line for everything in which a diagnosis differs from its scenario; none if they agree.
pub fn differences(scenario: &Scenario, diagnosis: &Diagnosis) -> Vec<String> {
    let expected = &scenario.expected;
    let mut differences: Vec<String> =
        diagnosis.checks.iter().filter_map(|check| differing(expected.finding(check.id), check)).collect();
    let named = expected.checks.keys().chain(expected.mentions.keys());
    let missing = named.filter(|check| diagnosis.check(**check).is_none());
    differences.extend(missing.map(|check| format!("{} was not judged", check.id())));
    for check in &diagnosis.checks {
        let fixes: Vec<String> =
            check.fixes.iter().map(|fix| format!("{}: {}", fix.title, fix.steps.join(" "))).collect();
        let shown = format!("{} {:?} {:?} {:?} {fixes:?}", check.summary, check.expected, check.found, check.notes);
        let mentioned = expected.mentions.get(&check.id).into_iter().flatten();
        let missing = mentioned.filter(|text| !shown.contains(*text));
        differences.extend(missing.map(|text| format!("{} does not mention {text:?}: {shown}", check.id.id())));
    }
    let used: Vec<String> =
        diagnosis.context.iter().map(|line| format!("{} {} {}", line.label(), line.value, line.source)).collect();
    let missing = expected.context.iter().filter(|text| !used.iter().any(|line| line.contains(*text)));
    differences.extend(missing.map(|text| format!("nothing used is {text:?}: {used:?}")));
    let missing = expected.suggests.iter().filter(|name| !diagnosis.suggestions.contains(name));
    differences.extend(missing.map(|name| format!("{name} is not suggested")));
    differences.extend(differing_by_what_was_seen(scenario, diagnosis));
    let mut fixes = diagnosis.checks.iter().flat_map(|check| &check.fixes);
    let said = fixes.find(|fix| !fix.needs.is_empty()).map(|fix| match fix.ability {
        Some(Ability::Allowed) => "yes",
        Some(Ability::Lacks(_)) => "no",
        None => "unsaid",
    });
    if expected.you_can.is_some() && expected.you_can.as_deref() != said {
        differences.push(format!("of the operator's rights is said: {said:?}"));
    }
    let verdict = diagnosis.verdict.as_ref().map(|verdict| (verdict.status, verdict.cause));
    if verdict != Some((expected.verdict, expected.cause)) {
        differences.push(format!("the verdict is {verdict:?}"));
    }
    differences
}

fn differing_by_what_was_seen(scenario: &Scenario, diagnosis: &Diagnosis) -> Vec<String> {
    let expected = &scenario.expected;
    let mut differences = Vec::new();
    let from = if expected.from_what_was_seen { Origin::Saw } else { Origin::Checks };
    let rests_on = diagnosis.verdict.as_ref().map(|verdict| (verdict.from, verdict.next));
    if rests_on != Some((from, expected.next)) {
        differences.push(format!("the verdict rests on {rests_on:?}"));
    }
    for (cause, state) in &expected.candidates {
        let all = diagnosis.saw.iter().flat_map(|saw| &saw.candidates);
        let found = all.clone().find(|candidate| candidate.cause == *cause);
        if found.map(|candidate| candidate.state.word()) != Some(state.as_str()) {
            differences.push(format!("{} should be {state}: {found:?}", cause.code()));
        }
    }
    let remark = diagnosis.saw.as_ref().map(|saw| saw.remark.as_str()).unwrap_or_default();
    differences
        .extend(expected.remark.iter().filter(|text| !remark.contains(*text)).map(|_| format!("remark: {remark}")));
    differences
}

fn differing(expected: &Finding, check: &Check) -> Option<String> {
    let found = check.status.map(|status| Finding { status, cause: check.cause, waits_on: check.waits_on });
    let Check { summary, found: shown, .. } = check;
    (found.as_ref() != Some(expected))
        .then(|| format!("{}: expected {expected:?}, found {found:?}: {summary} {shown:?}", check.id.id()))
}
