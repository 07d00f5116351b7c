//! The report as JSON, a public contract: fields are added, never renamed or removed, while `schema` is 1.
//!
//! It has types of its own, so that the contract does not move when a struct of the program does.

use serde::Serialize;

use super::saw_json::SawJson;
use crate::{
    catalog::{Ability, Cause, Fix, Owner},
    checks::{CheckId, Status},
    facts::Call,
    report::diagnosis::{Attempt, Attempts, Check, Diagnosis},
};

const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    schema: u32,
    version: &'static str,
    user: &'a str,
    display_name: Option<&'a str>,
    found_by: Option<&'a str>,
    app: &'a str,
    at: String,
    verdict: Option<Verdict<'a>>,
    saw: Option<SawJson<'a>>,
    tell_user: Option<TellUser<'a>>,
    checks: Vec<CheckReport<'a>>,
    not_covered: Vec<NotCovered<'a>>,
    attempts: Option<AttemptsReport<'a>>,
    calls: u32,
    context: Vec<Context<'a>>,
    suggestions: &'a [String],
}

#[derive(Serialize)]
struct Verdict<'a> {
    status: &'static str,
    cause: Option<&'static str>,
    title: &'a str,
    headline: &'a str,
    say: &'a str,
    until: Option<String>,
    owner: Option<&'static str>,
    from: &'static str,
    next: Option<&'static str>,
}

#[derive(Serialize)]
struct TellUser<'a> {
    start_url: Option<&'a str>,
    region: &'a str,
    choose: &'a str,
    user_name: Option<&'a str>,
}

#[derive(Serialize)]
struct CheckReport<'a> {
    id: &'static str,
    status: &'static str,
    cause: Option<&'static str>,
    summary: &'a str,
    expected: Option<&'a str>,
    found: Option<&'a str>,
    waits_on: Option<&'static str>,
    fixes: Vec<FixReport<'a>>,
    evidence: Vec<Evidence>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct FixReport<'a> {
    title: &'a str,
    owner: &'static str,
    steps: &'a [String],
    command: Option<&'a str>,
    console: Option<&'a str>,
    needs: &'a [String],
    you_can: Option<bool>,
    you_lack: &'a [String],
}

#[derive(Serialize)]
struct Evidence {
    call: &'static str,
    region: String,
    request_id: Option<String>,
    outcome: &'static str,
    elapsed_ms: u64,
    attempts: u32,
}

#[derive(Serialize)]
struct NotCovered<'a> {
    title: &'a str,
    look: &'a str,
}

#[derive(Serialize)]
struct AttemptsReport<'a> {
    window: WindowReport,
    newest_of_anybody: Option<String>,
    read: usize,
    complete: bool,
    attempts: Vec<AttemptReport<'a>>,
}

#[derive(Serialize)]
struct WindowReport {
    from: String,
    to: String,
}

#[derive(Serialize)]
struct AttemptReport<'a> {
    at: String,
    reached: &'static str,
    result: &'static str,
    tries: usize,
    source_ip: Option<&'a str>,
    events: Vec<EventReport<'a>>,
}

#[derive(Serialize)]
struct EventReport<'a> {
    id: Option<&'a str>,
    name: &'static str,
    at: String,
    outcome: Option<&'a str>,
}

#[derive(Serialize)]
struct Context<'a> {
    label: &'a str,
    value: &'a str,
    source: &'a str,
}

/// Returns a diagnosis as one line of JSON, without the line's end.
#[must_use]
pub fn write_json(diagnosis: &Diagnosis) -> String {
    serialize(&build_report(diagnosis))
}

#[expect(clippy::expect_used, reason = "a report holds texts, numbers, flags and lists, and these always serialize")]
fn serialize(report: &Report) -> String {
    serde_json::to_string(report).expect("a report serializes")
}

fn build_report(diagnosis: &Diagnosis) -> Report<'_> {
    Report {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        user: &diagnosis.user,
        display_name: diagnosis.display_name.as_deref(),
        found_by: diagnosis.found_by.as_deref(),
        app: &diagnosis.app,
        at: diagnosis.at.to_string(),
        verdict: diagnosis.verdict.as_ref().map(|verdict| Verdict {
            status: verdict.status.word(),
            cause: verdict.cause.map(Cause::code),
            title: &verdict.title,
            headline: &verdict.headline,
            say: &verdict.say,
            until: verdict.until.map(|until| until.to_string()),
            owner: verdict.owner.map(Owner::word),
            from: verdict.from.word(),
            next: verdict.next.map(Cause::code),
        }),
        saw: diagnosis.saw.as_ref().map(SawJson::new),
        tell_user: diagnosis.tell_user.as_ref().map(|tell| TellUser {
            start_url: tell.start_url.as_deref(),
            region: &tell.region,
            choose: &tell.choose,
            user_name: tell.user_name.as_deref(),
        }),
        checks: diagnosis.checks.iter().map(build_check).collect(),
        not_covered: diagnosis
            .not_covered
            .iter()
            .map(|item| NotCovered { title: &item.title, look: &item.look })
            .collect(),
        attempts: diagnosis.attempts.as_ref().map(build_attempts),
        calls: diagnosis.calls,
        context: diagnosis
            .context
            .iter()
            .map(|line| Context { label: line.label(), value: &line.value, source: &line.source })
            .collect(),
        suggestions: &diagnosis.suggestions,
    }
}

fn build_check(check: &Check) -> CheckReport<'_> {
    CheckReport {
        id: check.id.id(),
        status: check.status.map_or("running", Status::word),
        cause: check.cause.map(Cause::code),
        summary: &check.summary,
        expected: check.expected.as_deref(),
        found: check.found.as_deref(),
        waits_on: check.waits_on.map(CheckId::id),
        fixes: check.fixes.iter().map(build_fix).collect(),
        evidence: check.evidence.iter().filter_map(build_evidence).collect(),
        notes: &check.notes,
    }
}

fn build_attempts(attempts: &Attempts) -> AttemptsReport<'_> {
    AttemptsReport {
        window: WindowReport { from: attempts.from.to_string(), to: attempts.to.to_string() },
        newest_of_anybody: attempts.newest_of_anybody.map(|newest| newest.to_string()),
        read: attempts.read,
        complete: attempts.complete,
        attempts: attempts.attempts.iter().map(build_attempt).collect(),
    }
}

fn build_attempt(attempt: &Attempt) -> AttemptReport<'_> {
    AttemptReport {
        at: attempt.at.to_string(),
        reached: attempt.reached,
        result: attempt.result,
        tries: attempt.tries,
        source_ip: attempt.source_ip.as_deref(),
        events: attempt
            .events
            .iter()
            .map(|event| EventReport {
                id: event.id.as_deref(),
                name: event.name,
                at: event.at.to_string(),
                outcome: event.outcome.as_deref(),
            })
            .collect(),
    }
}

fn build_fix(fix: &Fix) -> FixReport<'_> {
    let (you_can, you_lack): (_, &[String]) = match &fix.ability {
        Some(Ability::Allowed) => (Some(true), &[]),
        Some(Ability::Lacks(actions)) => (Some(false), actions),
        None => (None, &[]),
    };
    FixReport {
        title: &fix.title,
        owner: fix.owner.word(),
        steps: &fix.steps,
        command: fix.command.as_deref(),
        console: fix.console.as_deref(),
        needs: &fix.needs,
        you_can,
        you_lack,
    }
}

/// Returns a call that has ended; at the end of a diagnosis all have.
fn build_evidence(call: &Call) -> Option<Evidence> {
    let end = call.end.as_ref()?;
    Some(Evidence {
        call: call.operation().action(),
        region: crate::text::clean(call.region().as_str()),
        request_id: end.request_id.as_deref().map(crate::text::clean),
        outcome: end.outcome.word(),
        elapsed_ms: end.elapsed_ms,
        attempts: call.attempts,
    })
}
