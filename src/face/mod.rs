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
    let place = match &call.region {
        Some(region) => format!("{} in {}", call.operation.action(), crate::text::clean(region.as_str())),
        None => call.operation.action().to_owned(),
    };
    let Some(end) = &call.end else {
        return format!("{place}: still running");
    };
    let line = format!("{place}: {}, {} ms", end.outcome.word(), end.elapsed_ms);
    match &end.request_id {
        Some(id) => format!("{line}, request {}", crate::text::clean(id)),
        None => line,
    }
}
