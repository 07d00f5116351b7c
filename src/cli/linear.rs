//! `--linear`: what happens while a diagnosis runs, a line for each change.

use std::collections::BTreeMap;

use crate::report::diagnosis::Diagnosis;

/// Tells each check that settles, or changes.
pub(super) struct Narrator {
    tell: fn(&str) -> anyhow::Result<()>,
    /// For each user the checks that were told, with the word that was told last.
    told: Vec<BTreeMap<&'static str, &'static str>>,
}

impl Narrator {
    /// Returns one that has told nothing yet, and tells by this function.
    pub(super) fn new(tell: fn(&str) -> anyhow::Result<()>) -> Self {
        Self { tell, told: Vec::new() }
    }

    /// Tells what has changed: at first who is diagnosed, then each check that has another state than was told.
    pub(super) fn tell_changes(&mut self, diagnoses: &[Diagnosis]) -> anyhow::Result<()> {
        if self.told.is_empty() {
            for diagnosis in diagnoses {
                (self.tell)(&format!("Diagnosing {}.", diagnosis.user))?;
            }
            self.told.resize(diagnoses.len(), BTreeMap::new());
        }
        for (diagnosis, told) in diagnoses.iter().zip(&mut self.told) {
            let before = if diagnoses.len() > 1 { format!("{}, ", diagnosis.user) } else { String::new() };
            for check in &diagnosis.checks {
                let Some(status) = check.status else { continue };
                let word = status.word();
                if told.insert(check.id.title(), word) != Some(word) {
                    (self.tell)(&format!("{before}{}: {word}", check.id.title()))?;
                }
            }
            // What the other checks say stands, while sign-in attempts are looked at.
            if let Some(verdict) = &diagnosis.verdict
                && diagnosis.is_looking_at_attempts()
            {
                let word = verdict.status.word();
                if told.insert("verdict", word) != Some(word) {
                    (self.tell)(&format!("{before}{}: {}", word.to_uppercase(), verdict.headline))?;
                }
            }
        }
        Ok(())
    }

    /// Tells that nothing follows.
    pub(super) fn end(&self) -> anyhow::Result<()> {
        (self.tell)("")
    }
}
