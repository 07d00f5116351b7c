//! What the user saw, as the JSON contract has it.

use serde::Serialize;

use super::saw::SawReport;
use crate::symptoms::Stage;

#[derive(Serialize)]
pub(super) struct SawJson<'a> {
    recognised: Vec<Recognised<'a>>,
    stage: Option<&'static str>,
    typed: Typed<'a>,
    request_ids: &'a [String],
    candidates: Vec<Candidate<'a>>,
    ask: &'a [String],
}

#[derive(Serialize)]
struct Recognised<'a> {
    id: &'a str,
    text: &'a str,
    r#where: &'a str,
    stage: &'static str,
    exact: bool,
}

#[derive(Serialize)]
struct Typed<'a> {
    start_url: Option<&'a str>,
    region: Option<&'a str>,
}

#[derive(Serialize)]
struct Candidate<'a> {
    cause: &'static str,
    state: &'static str,
    why: &'a str,
    owner: &'static str,
    first_action: &'a str,
}

impl<'a> SawJson<'a> {
    pub(super) fn new(saw: &'a SawReport) -> Self {
        let recognised = saw.recognised.iter().map(|text| Recognised {
            id: &text.id,
            text: &text.text,
            r#where: &text.place,
            stage: text.stage.word(),
            exact: text.exact,
        });
        let candidates = saw.candidates.iter().map(|candidate| Candidate {
            cause: candidate.cause.code(),
            state: candidate.state.word(),
            why: &candidate.why,
            owner: candidate.owner.word(),
            first_action: &candidate.first_action,
        });
        Self {
            recognised: recognised.collect(),
            stage: saw.stage.map(Stage::word),
            typed: Typed { start_url: saw.start_url.as_deref(), region: saw.typed_region.as_deref() },
            request_ids: &saw.request_ids,
            candidates: candidates.collect(),
            ask: &saw.ask,
        }
    }
}
