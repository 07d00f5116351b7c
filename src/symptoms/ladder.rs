//! Between which stages each cause bites, which check decides it, and what to ask. All of it is data: `assets/ladder.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;
use wildmatch::WildMatch;

use super::{catalogue::Symptoms, stage::Stage};
use crate::{catalog::Cause, checks::CheckId};

/// The first and the last stage at which a cause bites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    from: Stage,
    to: Stage,
}

impl Range {
    pub(super) fn holds(self, stage: Stage) -> bool {
        self.from <= stage && stage <= self.to
    }

    /// Returns true for a stage that is only reached when the cause does not hold.
    pub(super) fn ends_before(self, stage: Stage) -> bool {
        self.to < stage
    }

    /// Returns true where the sign-in did not come so far.
    pub(super) fn begins_behind(self, stage: Stage) -> bool {
        stage < self.from
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LadderFile {
    ranges: Vec<RangeEntry>,
    deciders: Vec<Decider>,
    questions: Vec<Question>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RangeEntry {
    from: Stage,
    to: Stage,
    causes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decider {
    check: String,
    causes: Vec<String>,
}

/// A question to the agent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    pub(super) ask: String,
    about: Vec<String>,
    pub(super) unless: Option<Told>,
}

/// What was told already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Told {
    /// The start URL that was typed.
    StartUrl,
    /// The Region that was typed.
    Region,
    /// The user name that was typed.
    Name,
}

impl Question {
    pub(super) fn is_about(&self, cause: Cause) -> bool {
        is_named(&self.about, cause)
    }
}

static LADDER: LazyLock<LadderFile> = LazyLock::new(read_built_in);

#[expect(clippy::expect_used, reason = "the file is built in, and the tests read it")]
fn read_built_in() -> LadderFile {
    toml::from_str(include_str!("../../assets/ladder.toml")).expect("the built-in ladder can be read")
}

fn is_named(patterns: &[String], cause: Cause) -> bool {
    patterns.iter().any(|pattern| WildMatch::new(pattern).matches(cause.code()))
}

/// What the ladder says of each cause, looked up once.
static PLACES: LazyLock<BTreeMap<Cause, Place>> =
    LazyLock::new(|| Cause::ALL.iter().map(|cause| (*cause, Place::new(*cause))).collect());

struct Place {
    range: Option<Range>,
    check: Option<&'static str>,
}

impl Place {
    fn new(cause: Cause) -> Self {
        let ranges = LADDER.ranges.iter().find(|entry| is_named(&entry.causes, cause));
        let range = ranges.map(|entry| Range { from: entry.from, to: entry.to }).or_else(|| find_range_in_texts(cause));
        let decider = LADDER.deciders.iter().find(|decider| is_named(&decider.causes, cause));
        Self { range, check: decider.map(|decider| decider.check.as_str()) }
    }
}

fn find_range_in_texts(cause: Cause) -> Option<Range> {
    let naming = Symptoms::built_in().entries().iter().filter(|symptom| symptom.candidates.contains(&cause));
    let stages = || naming.clone().map(|symptom| symptom.stage).filter(|stage| stage.is_rung());
    Some(Range { from: stages().min()?, to: stages().max()? })
}

/// Returns between which stages a cause bites: as the ladder says, else at the stages of the texts that name it. `None`
/// where only administrators' screens name it.
pub(super) fn find_range(cause: Cause) -> Option<Range> {
    PLACES.get(&cause)?.range
}

/// Returns the id of the check that decides a cause; `None` for what no check shows.
pub(super) fn find_deciding_check(cause: Cause) -> Option<&'static str> {
    PLACES.get(&cause)?.check
}

/// Returns true for the causes that no check finds.
pub(crate) fn is_only_told(cause: Cause) -> bool {
    cause == Cause::SsoMisconfigured || find_deciding_check(cause).is_none()
}

pub(super) fn questions() -> &'static [Question] {
    &LADDER.questions
}

/// Returns the check of that id, where this program has it.
pub(super) fn find_check(id: &str) -> Option<CheckId> {
    CheckId::ALL.into_iter().find(|check| check.id() == id)
}
