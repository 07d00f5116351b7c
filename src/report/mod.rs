//! Findings in words: the diagnosis, and the reports that show it.

mod compose;
pub mod diagnosis;
mod evidence;
mod format;
mod glyph;
mod json;
mod markdown;
mod policy;
mod redact;
mod text;

use std::sync::Arc;

use self::diagnosis::Diagnosis;
use crate::{case::Case, catalog::Catalog, facts::Facts};

pub(crate) use self::text::write_fix_steps;
pub use self::{
    compose::diagnose,
    format::{FORMATS, Format, TEXT},
    glyph::{Glyphs, Paint},
    json::write_json,
    markdown::write_markdown,
    policy::write_policy,
    redact::Redactor,
    text::{write_text, write_verdict},
};

/// Something that judges and puts into words: [`diagnose`] itself, or what hides names in its result.
pub type Judge = Arc<dyn Fn(&Case, &Facts, &Catalog) -> Diagnosis + Send + Sync>;
