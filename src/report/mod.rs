//! The faces that need no screen: text, JSON and Markdown. They only show; nothing is decided here.

mod glyph;
mod json;
mod markdown;
mod text;

use crate::{diagnosis::Diagnosis, facts::Call};

pub use self::{
    glyph::{Glyphs, Paint},
    json::json,
    markdown::markdown,
    text::{text, verdict},
};

/// "12 requests to AWS".
fn requests(diagnosis: &Diagnosis) -> String {
    crate::text::count(usize::try_from(diagnosis.calls).unwrap_or(usize::MAX), "request to AWS", "requests to AWS")
}

/// One call of the evidence in a line: what, where, how it ended, how long it took, and AWS's id of it.
fn evidence_line(call: &Call) -> String {
    let region =
        call.region.as_ref().map(|region| format!(" in {}", crate::text::clean(region.as_str()))).unwrap_or_default();
    let end = match &call.end {
        Some(end) => {
            let request =
                end.request_id.as_ref().map(|id| format!(", request {}", crate::text::clean(id))).unwrap_or_default();
            format!("{}, {} ms{request}", end.outcome.word(), end.elapsed_ms)
        }
        None => "still running".to_owned(),
    };
    format!("{}{region}: {end}", call.operation.action())
}
