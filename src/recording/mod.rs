//! A run as a file: what was told and what was learned, so that somebody without access to AWS comes to the same result.
//!
//! It is the store of facts with a header, and nothing else.

mod redact;

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    case::{App, AttemptsSettings, Case, Saw, Settings, Source, Sourced, TypedUser},
    domain::{InstanceArn, Region},
    facts::Facts,
    saml::HandedOver,
    text,
};

/// Grows when a recording of before cannot be read any more, or one of now could not be read before.
const SCHEMA: u64 = 1;

/// The largest file that is read: more than a thousand people take.
pub const LONGEST_FILE: u64 = 512 * 1024 * 1024;

/// A run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    schema: u64,
    /// The version of the program that made it.
    version: String,
    /// When the run began.
    at: Timestamp,
    /// True if names were replaced before it was written.
    redacted: bool,
    app: Arc<App>,
    settings: RecordedSettings,
    told: Vec<Told>,
    facts: Facts,
}

/// The operator's settings, without where each came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct RecordedSettings {
    region: Option<Region>,
    aws_profile: Option<String>,
    instance: Option<InstanceArn>,
    alias_url: Option<String>,
    attempts: AttemptsSettings,
    demo: bool,
}

/// What was told of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    user: TypedUser,
    start_url: Option<String>,
    typed_region: Option<String>,
    typed_user: Option<String>,
    saw: Option<Saw>,
    handed_over: Arc<HandedOver>,
}

/// Why a file is no recording that can be read.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// It is no JSON, or something is missing in it.
    #[error("this is no recording of sso-doctor, or a part of it is damaged: {0}")]
    Damaged(String),
    /// It was made by a newer version.
    #[error(
        "a newer version of this program made the recording (format {0}, this one reads {SCHEMA}): update sso-doctor"
    )]
    Newer(u64),
    /// It could not be written.
    #[error("the recording could not be written as JSON: {0}")]
    Unwritable(#[from] serde_json::Error),
    /// What recognises ids could not be built.
    #[error("the names could not be replaced: {0}")]
    Redaction(#[from] regex_lite::Error),
}

impl Recording {
    /// Returns the recording of a run: of all its cases, and of what was learned.
    #[must_use]
    pub fn new(cases: &[Case], facts: &Facts) -> Option<Self> {
        let first = cases.first()?;
        let Settings { region, aws_profile, instance, alias_url, attempts, demo, .. } = first.settings.as_ref();
        Some(Self {
            schema: SCHEMA,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            at: facts.now,
            redacted: false,
            app: first.app.clone(),
            settings: RecordedSettings {
                region: region.as_ref().map(|region| region.value.clone()),
                aws_profile: aws_profile.as_ref().map(|profile| profile.value.clone()),
                instance: instance.as_ref().map(|instance| instance.value.clone()),
                alias_url: alias_url.clone(),
                attempts: attempts.clone(),
                demo: *demo,
            },
            told: cases.iter().map(Told::new).collect(),
            facts: facts.clone(),
        })
    }

    /// Returns the recording as a file has it; with every person's name, e-mail address, account and directory replaced,
    /// the same way throughout, if that is wanted. Names of groups and applications stay: causes hang on them.
    ///
    /// # Errors
    /// If it cannot be written as JSON.
    pub fn write(mut self, redacts: bool) -> Result<String, RecordingError> {
        self.redacted |= redacts;
        if !redacts {
            return Ok(serde_json::to_string(&self)?);
        }
        let names = redact::list_names(&self);
        let mut written = serde_json::to_value(&self)?;
        redact::Redaction::new(names)?.redact_value(&mut written);
        Ok(serde_json::to_string(&written)?)
    }

    /// Reads the contents of a file.
    ///
    /// # Errors
    /// If that is no recording, a damaged one, or one of a newer version.
    pub fn read(contents: &str) -> Result<Self, RecordingError> {
        let damaged = |error: serde_json::Error| RecordingError::Damaged(text::clean(&error.to_string()));
        let value: Value = serde_json::from_str(contents).map_err(damaged)?;
        match value.get("schema").and_then(Value::as_u64) {
            Some(schema) if schema > SCHEMA => return Err(RecordingError::Newer(schema)),
            Some(_) => {}
            None => return Err(RecordingError::Damaged("it has no `schema`".to_owned())),
        }
        let recording: Self = serde_json::from_value(value).map_err(damaged)?;
        if recording.told.is_empty() {
            return Err(RecordingError::Damaged("it is about nobody".to_owned()));
        }
        Ok(recording)
    }

    /// Returns what was told: the cases, as they were diagnosed.
    #[must_use]
    pub fn list_cases(&self) -> Vec<Case> {
        let RecordedSettings { region, aws_profile, instance, alias_url, attempts, demo } = self.settings.clone();
        let settings = Arc::new(Settings {
            region: region.map(from_recording),
            aws_profile: aws_profile.map(from_recording),
            instance: instance.map(from_recording),
            alias_url,
            attempts,
            demo,
            ..Settings::default()
        });
        self.told.iter().map(|told| told.case(&self.app, &settings)).collect()
    }

    /// Returns what was learned.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
}

fn from_recording<T>(value: T) -> Sourced<T> {
    Sourced { value, source: Source::Recording }
}

impl Told {
    fn new(case: &Case) -> Self {
        Self {
            user: case.user.clone(),
            start_url: case.start_url.clone(),
            typed_region: case.typed_region.clone(),
            typed_user: case.typed_user.clone(),
            saw: case.saw.clone(),
            handed_over: case.handed_over.clone(),
        }
    }

    fn case(&self, app: &Arc<App>, settings: &Arc<Settings>) -> Case {
        Case {
            user: self.user.clone(),
            start_url: self.start_url.clone(),
            typed_region: self.typed_region.clone(),
            typed_user: self.typed_user.clone(),
            saw: self.saw.clone(),
            handed_over: self.handed_over.clone(),
            app: app.clone(),
            settings: settings.clone(),
        }
    }
}
