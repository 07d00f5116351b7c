//! What the user saw: from a text to how far the sign-in got, and from there, with what the checks found, to a cause.
//!
//! Two pure steps: [`recognize()`] makes of what was pasted the texts that are known, and `combine` makes of those and of the
//! checks the candidates, the questions, and what becomes of the verdict. The checks know nothing of it.

mod address;
mod ask;
mod catalogue;
mod close;
mod combine;
mod exact;
mod exclude;
mod ladder;
mod normalize;
mod rank;
mod recognize;
mod stage;

pub use self::{
    catalogue::{Confidence, Matching, Symptom, Symptoms},
    close::narrow,
    recognize::{recognize, recognize_told, take_known},
    stage::Stage,
};
pub(crate) use self::{
    combine::{Candidate, Combined, Decision, State, combine, list_candidates},
    exclude::Checked,
    ladder::is_only_told,
};
