//! The attachment for a case with AWS Support: which calls were made, when, and how they ended. No names of people.

use super::{
    diagnosis::{AttemptEvent, ContextKind, Diagnosis},
    first_block::VERSION,
};
use crate::{facts::Call, text};

/// What AWS Support needs to find its own records; a profile may be called after somebody.
const SHOWN: [ContextKind; 4] =
    [ContextKind::Account, ContextKind::Instance, ContextKind::InstanceRegion, ContextKind::IdentityStore];

/// Returns the calls of a diagnosis, one a line.
pub(super) fn support(diagnosis: &Diagnosis) -> String {
    let at = diagnosis.at.strftime("%Y-%m-%d %H:%M:%S UTC");
    let mut lines = vec![format!("{VERSION}, {at}"), format!("Application: {}", diagnosis.app)];
    for line in diagnosis.context.iter().filter(|line| SHOWN.contains(&line.kind)) {
        lines.push(format!("{}: {}", line.label(), line.value));
    }
    if let Some(verdict) = &diagnosis.verdict {
        let cause = verdict.cause.map(|cause| format!(", {}", cause.code())).unwrap_or_default();
        lines.push(format!("Verdict: {}{cause}", verdict.status.word().to_uppercase()));
    }
    if let Some(saw) = &diagnosis.saw {
        lines.extend(saw.recognised.iter().map(|text| format!("Seen: \"{}\" ({})", text.text, text.place)));
        lines.extend(saw.request_ids.iter().map(|id| format!("Request id that the user saw: {id}")));
    }
    lines.push(String::new());
    lines.push("Calls, with the time they were sent by this machine's clock:".to_owned());
    let rows: Vec<[String; 5]> = diagnosis.call_list.iter().map(|call| describe(diagnosis, call)).collect();
    let width = |column: usize| rows.iter().filter_map(|row| Some(row.get(column)?.chars().count())).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2), width(3)];
    for [time, region, call, outcome, request] in &rows {
        let [of_time, of_region, of_call, of_outcome] = widths;
        lines.push(format!(
            "{time:<of_time$}  {region:<of_region$}  {call:<of_call$}  {outcome:<of_outcome$}  {request}"
        ));
    }
    let attempts = diagnosis.attempts.iter().flat_map(|attempts| &attempts.attempts);
    let events: Vec<String> = attempts.flat_map(|attempt| &attempt.events).map(describe_event).collect();
    if !events.is_empty() {
        lines.extend([String::new(), "Sign-in events in CloudTrail:".to_owned()]);
        lines.extend(events);
    }
    lines.join("\n") + "\n"
}

/// Returns time, kind, outcome and id of an event.
fn describe_event(event: &AttemptEvent) -> String {
    let outcome = event.outcome.as_deref().unwrap_or("no outcome");
    let id = event.id.as_ref().map_or_else(|| "no event id".to_owned(), |id| format!("event {id}"));
    format!("{}  {}  {outcome}  {id}", event.at.strftime("%Y-%m-%dT%H:%M:%SZ"), event.name)
}

/// Returns time, Region, operation, outcome and request id of a call.
fn describe(diagnosis: &Diagnosis, call: &Call) -> [String; 5] {
    let elapsed = std::time::Duration::from_millis(call.started_ms);
    let sent = diagnosis.at.checked_add(elapsed).unwrap_or(diagnosis.at);
    let outcome = call.end.as_ref().map_or_else(
        || "not ended".to_owned(),
        |end| {
            format!(
                "{}, {} ms, {}",
                end.outcome.word(),
                end.elapsed_ms,
                text::count(call.attempts as usize, "attempt", "attempts")
            )
        },
    );
    let request = call.end.as_ref().and_then(|end| end.request_id.as_deref());
    [
        sent.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
        text::clean(call.region().as_str()),
        call.operation().action().to_owned(),
        outcome,
        request.map_or_else(|| "no request id".to_owned(), |id| format!("request {}", text::clean(id))),
    ]
}
