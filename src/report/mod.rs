//! Findings in words: the diagnosis, and the reports that show it.

mod compose;
mod conclusion;
pub mod diagnosis;
mod evidence;
mod first_block;
mod format;
mod glyph;
mod json;
mod markdown;
mod note;
mod person;
pub mod policy;
mod redact;
mod support;
mod text;
mod typing;

use std::sync::Arc;

use self::diagnosis::Diagnosis;
use crate::{
    case::Case,
    catalog::Catalog,
    facts::{Call, Facts},
};

pub use self::{
    compose::diagnose,
    format::{FORMATS, Format, NOTE, TEXT},
    glyph::{Glyphs, Paint},
    json::json,
    markdown::markdown,
    redact::Redactor,
    text::{text, verdict},
};

/// Something that judges and puts into words: [`diagnose`] itself, or what hides names in its result.
pub type Judge = Arc<dyn Fn(&Case, &Facts, &Catalog) -> Diagnosis + Send + Sync>;

/// Returns "12 requests to AWS".
fn requests(diagnosis: &Diagnosis) -> String {
    crate::text::count(usize::try_from(diagnosis.calls).unwrap_or(usize::MAX), "request to AWS", "requests to AWS")
}

/// One call of the evidence in a line: what, where, how it ended, how long it took, and AWS's id of it.
fn evidence_line(call: &Call) -> String {
    let place = format!("{} in {}", call.operation().action(), crate::text::clean(call.region().as_str()));
    let Some(end) = &call.end else {
        return format!("{place}: still running");
    };
    let line = format!("{place}: {}, {} ms", end.outcome.word(), end.elapsed_ms);
    match &end.request_id {
        Some(id) => format!("{line}, request {}", crate::text::clean(id)),
        None => line,
    }
}
