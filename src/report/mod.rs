//! Findings in words: the diagnosis, and the reports that show it.

mod access;
mod admin;
mod attempts;
mod changes;
pub mod compare;
mod compose;
mod conclusion;
mod conditions;
pub mod diagnosis;
mod evidence;
mod first_block;
mod fix_steps;
mod format;
mod glyph;
mod json;
pub mod list;
mod markdown;
mod note;
mod operator;
mod people;
mod person;
mod policy;
mod redact;
mod rights;
pub mod saw;
mod saw_json;
mod saw_text;
mod saw_words;
mod sign_ins;
mod support;
mod text;
mod typing;

use std::sync::Arc;

use self::{diagnosis::Diagnosis, rights::Rights};
use crate::{
    analysis::instances,
    case::Case,
    catalog::Catalog,
    checks,
    facts::{Facts, Query},
};

pub use self::{
    access::{AccessReport, Relation, find_own_name, survey_access},
    admin::{list_console_only, write_admin_policy},
    changes::list_changes,
    compose::diagnose,
    format::{FORMATS, Format, MARKDOWN, NOTE, TEXT},
    glyph::{Glyphs, Paint},
    json::write_json,
    markdown::write_markdown,
    operator::{OperatorLine, describe_operator},
    people::PeopleIndex,
    policy::{POLICY_REMARK, write_policy},
    redact::Redactor,
    saw_words::describe_saw,
    text::{write_text, write_verdict},
};
pub(crate) use self::{fix_steps::write_fix_steps, saw_text::write_saw};

/// Something that judges and puts into words: [`diagnose`] itself, or what hides names in its result.
pub type Judge = Arc<dyn Fn(&Case, &Facts, &Catalog) -> Diagnosis + Send + Sync>;

/// Returns true if the sign-in attempts of a case are to be looked at, once everything else has been answered.
#[must_use]
pub fn wants_attempts(case: &Case, facts: &Facts) -> bool {
    checks::wants_attempts(case, facts)
}

/// Returns the facts of a run without what was learned about single other people, for a recording of this case alone.
#[must_use]
pub fn narrow_facts(case: &Case, facts: &Facts) -> Facts {
    evidence::Scope::new(case, facts, None, true).narrow_facts()
}

/// Returns what to ask IAM next, so that each fix that is known so far can say whether the operator could do it.
#[must_use]
pub fn plan_rights(case: &Case, facts: &Facts, catalog: &Catalog) -> Vec<Query> {
    let choice = instances::choose_instance(case, facts);
    let rights = checks::find_chosen(&choice).and_then(|instance| Rights::find(case, facts, instance));
    rights.map_or_else(Vec::new, |rights| rights.plan_queries(&diagnose(case, facts, catalog).checks))
}
