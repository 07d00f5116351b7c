//! From facts to findings. Pure: the same facts give the same findings for ever.

use crate::{diagnosis::Diagnosis, facts::Facts, intake::Case, words::Words};

/// Judges what is known so far. Checks whose facts are missing are running.
#[must_use]
pub fn diagnose(case: &Case, facts: &Facts, _words: &Words) -> Diagnosis {
    Diagnosis {
        user: case.user.as_str().to_owned(),
        app: case.profile.id.clone(),
        app_name: case.profile.name.clone(),
        at: facts.now,
        verdict: None,
        tell_user: None,
        checks: Vec::new(),
        not_covered: Vec::new(),
        context: Vec::new(),
        instances: Vec::new(),
        suggestions: Vec::new(),
        calls: 0,
    }
}
