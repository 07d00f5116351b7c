//! `check --record FILE` and `sso-doctor replay`.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Context;

use super::{
    arguments::{Options, Output},
    output::{CANNOT_TELL, print_error},
    results::Results,
    setup,
};
use crate::{
    case::{Case, config::show_path},
    facts::Facts,
    recording::{LONGEST_FILE, Recording},
    report::{TEXT, diagnosis::Diagnosis},
    sources::{name_text_file, read_text_file},
};

/// Writes a run to a file that only its owner can read: to a temporary one beside it first, so that it is whole or not
/// there.
///
/// # Errors
/// If the file cannot be written.
pub(super) fn write_recording(path: &Path, cases: &[Case], facts: &Facts, options: &Options) -> anyhow::Result<()> {
    let Some(recording) = Recording::new(cases, facts) else { return Ok(()) };
    let contents = recording.write(options.redact)?;
    let name = show_path(path);
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    // A temporary file is the owner's alone.
    let mut file = tempfile::NamedTempFile::new_in(directory).with_context(|| format!("{name} could not be made"))?;
    file.write_all(contents.as_bytes()).with_context(|| format!("{name} could not be written"))?;
    file.persist(path).with_context(|| format!("{name} could not be written"))?;
    Ok(())
}

/// Diagnoses recordings.
pub(super) fn run_replay(files: &[PathBuf], format: Option<Output>, options: &Options) -> anyhow::Result<u8> {
    if let Some(reason) = options.explain_unused("they go with `check`") {
        print_error(&reason);
        return Ok(CANNOT_TELL);
    }
    let catalog = setup::read_catalog()?;
    let judge = setup::choose_judge(options)?;
    let mut diagnoses: Vec<Diagnosis> = Vec::new();
    for path in files {
        let recording = read_recording(path)?;
        let facts = recording.facts();
        diagnoses.extend(recording.list_cases().iter().map(|case| judge(case, facts, &catalog)));
    }
    let usual = if diagnoses.len() > 1 { Output::Table } else { Output::Report(&TEXT) };
    let places = (0..diagnoses.len()).collect();
    let mut results = Results::new(places, diagnoses.len(), format.unwrap_or(usual), options);
    for (place, diagnosis) in diagnoses.iter().enumerate() {
        results.take_in(place, diagnosis)?;
    }
    results.finish()
}

fn read_recording(path: &Path) -> anyhow::Result<Recording> {
    let contents = read_text_file(path, LONGEST_FILE)?;
    Recording::read(&contents).with_context(|| name_text_file(path))
}
