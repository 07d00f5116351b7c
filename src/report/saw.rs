//! What the user saw, in words: what was recognised, what may lie behind it, and what to ask.

use crate::{
    catalog::{Cause, Fix, Owner},
    symptoms::Stage,
};

/// What was recognised of what the user saw, and what it means beside the checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SawReport {
    /// The texts that were recognised, in the order in which they stood.
    pub recognised: Vec<RecognisedText>,
    /// How far the sign-in got; `None` where nothing tells it.
    pub stage: Option<Stage>,
    /// The start URL that an address shows the user to have typed.
    pub start_url: Option<String>,
    /// The Region that an address shows the user to have typed.
    pub typed_region: Option<String>,
    /// The request ids that were pasted.
    pub request_ids: Vec<String>,
    /// What may lie behind the texts, the likeliest first.
    pub candidates: Vec<CandidateReport>,
    /// What to ask the user, at most three questions.
    pub ask: Vec<String>,
    /// What the texts are to the verdict, in a sentence.
    pub remark: String,
    /// What tells the candidates apart.
    pub tells_apart: Option<String>,
    /// How the verdict's cause is fixed, where only what the user saw speaks for it.
    pub fixes: Vec<Fix>,
}

/// A text that was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecognisedText {
    /// Its id.
    pub id: String,
    /// The text, as it is shown on the screen.
    pub text: String,
    /// Where it is shown.
    pub place: String,
    /// How far the sign-in had come.
    pub stage: Stage,
    /// True for the very text; false for the closest one.
    pub exact: bool,
}

/// What may lie behind the texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandidateReport {
    /// The cause.
    pub cause: Cause,
    /// What it is called.
    pub title: String,
    /// How it stands.
    pub state: CandidateState,
    /// Why it stands so.
    pub why: String,
    /// What says so, in a word or two.
    pub by: String,
    /// Who acts.
    pub owner: Owner,
    /// What to do first.
    pub first_action: String,
}

/// How a candidate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CandidateState {
    /// A check fails or warns about it.
    Found,
    /// Nothing speaks against it.
    Possible,
    /// It cannot be.
    Excluded,
    /// The sign-in did not come so far.
    NotReached,
}

impl CandidateState {
    /// Returns the word of the JSON contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Possible => "possible",
            Self::Excluded => "excluded",
            Self::NotReached => "not-reached",
        }
    }
}

impl SawReport {
    /// Returns what the user saw in one line: the text that proves most, and how many more there are.
    #[must_use]
    pub fn describe(&self) -> String {
        let most = self.recognised.iter().filter(|text| text.stage.is_rung()).max_by_key(|text| text.stage);
        let Some(text) = most.or(self.recognised.first()) else {
            return "nothing that is known".to_owned();
        };
        let more = match self.recognised.len() {
            1 => String::new(),
            count => format!(", and {} more", count - 1),
        };
        let close = if text.exact { "" } else { "close to " };
        let mut shown: String = text.text.chars().take(SHOWN).collect();
        if text.text.chars().nth(SHOWN).is_some() {
            shown.push('…');
        }
        format!("{close}\"{shown}\"{more}")
    }

    /// Returns what is excluded, and by what, in one line.
    #[must_use]
    pub fn describe_excluded(&self) -> Option<String> {
        let excluded = || self.candidates.iter().filter(|candidate| candidate.state == CandidateState::Excluded);
        let first = excluded().next()?;
        let mut reasons: Vec<&str> = Vec::new();
        for candidate in excluded() {
            if !reasons.contains(&candidate.by.as_str()) {
                reasons.push(&candidate.by);
            }
        }
        let more = match excluded().count() {
            1 => String::new(),
            count => format!(" +{}", count - 1),
        };
        let shown: Vec<&str> = reasons.iter().copied().take(REASONS).collect();
        let rest = if reasons.len() > REASONS { ", …" } else { "" };
        Some(format!("{}{more}, by {}{rest}", first.title, shown.join(", ")))
    }

    /// Returns the candidates that are left behind the first one.
    pub fn list_others(&self, first: Option<Cause>) -> impl Iterator<Item = &CandidateReport> {
        let is_left =
            |candidate: &&CandidateReport| matches!(candidate.state, CandidateState::Found | CandidateState::Possible);
        self.candidates.iter().filter(is_left).filter(move |candidate| Some(candidate.cause) != first)
    }
}

/// So many characters of a text stand in one line.
const SHOWN: usize = 56;

/// So many reasons are named in one line.
const REASONS: usize = 3;
