//! The catalogue of words: what a cause means, who fixes it, and how.
//!
//! The words are data (`assets/causes.toml`); an organization can put its own over them. They carry named blanks,
//! `{user}`, which judging fills.

mod blank;
mod template;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

pub use self::blank::Blank;
pub(crate) use self::template::{Filling, console_domain, console_link};
use self::template::{Template, one_line};
use crate::{
    cause::Cause,
    diagnosis::{Fix, Owner},
    malformed::Malformed,
};

/// The words of every cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    entries: BTreeMap<Cause, Entry>,
}

/// The words of one cause.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// One sentence that can be read out.
    pub(crate) headline: Template,
    /// What it means, for somebody who has never heard of it.
    pub(crate) meaning: String,
    /// Who acts.
    pub(crate) owner: Owner,
    /// What to do, the first choice first.
    #[serde(default)]
    pub(crate) fixes: Vec<FixWords>,
}

/// The words of one fix.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixWords {
    /// Offered only in this situation.
    when: Option<Situation>,
    /// Offered once for each thing that is wrong: each role that is missing.
    #[serde(default)]
    each: bool,
    title: Template,
    /// Who does it, where that is not the cause's owner.
    owner: Option<Owner>,
    #[serde(default)]
    steps: Vec<Template>,
    command: Option<Template>,
    console: Option<Template>,
    #[serde(default)]
    needs: Vec<Template>,
}

/// What decides between fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Situation {
    /// The user or group comes from an external identity provider.
    External,
    /// The user or group was made in the directory.
    Local,
    /// Where the user or group comes from was not read.
    SourceUnread,
    /// Subscribing gives the licence and makes the assignment.
    Subscription,
    /// An AWS profile is in use.
    AwsProfile,
    /// No AWS profile is in use.
    NoAwsProfile,
    /// The KMS key is what was denied.
    KeyDenied,
    /// IAM denied the call itself.
    CallDenied,
    /// AWS does not take the access key and its secret.
    KeysRefused,
    /// This machine's clock and AWS's differ too much.
    ClockWrong,
    /// Requests arrive at AWS without their signature.
    SignatureLost,
    /// The way to the credentials fails.
    SourceFails,
    /// One instance was seen, but not every Region answered.
    InstanceSeen,
}

/// Why words cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    /// The file does not say what it must say.
    #[error("the words in {file} are not usable: {source}")]
    Malformed {
        /// The file.
        file: String,
        /// Line, key and what was expected.
        source: Malformed,
    },
    /// A cause has no words.
    #[error("the words in {file} lack the cause `{code}`")]
    Incomplete {
        /// The file.
        file: String,
        /// The cause's code.
        code: &'static str,
    },
}

/// An organization's own words: what is absent stays as it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Override {
    headline: Option<Template>,
    meaning: Option<String>,
    owner: Option<Owner>,
    fixes: Option<Vec<FixWords>>,
}

impl Words {
    /// The built-in words.
    ///
    /// # Errors
    /// If a cause lacks its entry or a blank is misspelt; a test holds that this cannot happen.
    pub fn built_in() -> Result<Self, WordsError> {
        let file = "assets/causes.toml";
        let entries: BTreeMap<Cause, Entry> = parse(include_str!("../assets/causes.toml"), file)?;
        match Cause::ALL.iter().find(|cause| !entries.contains_key(cause)) {
            Some(cause) => Err(WordsError::Incomplete { file: file.to_owned(), code: cause.code() }),
            None => Ok(Self { entries }),
        }
    }

    /// Puts an organization's words over these; `file` is only named in errors.
    ///
    /// # Errors
    /// If the text is not TOML, names an unknown cause, key or blank.
    pub fn override_with(&mut self, text: &str, file: &str) -> Result<(), WordsError> {
        let overrides: BTreeMap<Cause, Override> = parse(text, file)?;
        for (cause, own) in overrides {
            if let Some(entry) = self.entries.get_mut(&cause) {
                entry.headline = own.headline.unwrap_or_else(|| entry.headline.clone());
                entry.meaning = own.meaning.unwrap_or_else(|| entry.meaning.clone());
                entry.owner = own.owner.unwrap_or(entry.owner);
                entry.fixes = own.fixes.unwrap_or_else(|| entry.fixes.clone());
            }
        }
        Ok(())
    }

    /// The words of a cause.
    #[must_use]
    pub fn of(&self, cause: Cause) -> Option<&Entry> {
        self.entries.get(&cause)
    }
}

fn parse<T: serde::de::DeserializeOwned>(text: &str, file: &str) -> Result<T, WordsError> {
    toml::from_str(text)
        .map_err(|error| WordsError::Malformed { file: file.to_owned(), source: Malformed::new(text, &error) })
}

impl Entry {
    /// What the cause means.
    #[must_use]
    pub fn meaning(&self) -> String {
        one_line(&self.meaning)
    }

    /// Who acts.
    #[must_use]
    pub fn owner(&self) -> Owner {
        self.owner
    }

    /// The headline and fixes with every blank told by its name, for `sso-doctor explain`.
    #[must_use]
    pub fn explained(&self) -> (String, Vec<Fix>) {
        let filling = Filling::names();
        let fixes = self.fixes.iter().map(|fix| fix.fill(&filling, self.owner)).collect();
        (self.headline.text(&filling), fixes)
    }

    /// The headline of a case.
    pub(crate) fn headline(&self, filling: &Filling) -> String {
        self.headline.text(filling)
    }

    /// The fixes of a case: those that fit the situations, the repeated ones once for each of `each`.
    pub(crate) fn fixes(&self, filling: &Filling, situations: &BTreeSet<Situation>, each: &[Filling]) -> Vec<Fix> {
        let fitting = self.fixes.iter().filter(|fix| fix.when.is_none_or(|when| situations.contains(&when)));
        fitting
            .flat_map(|fix| {
                let fillings: Vec<&Filling> = if fix.each { each.iter().collect() } else { vec![filling] };
                fillings.into_iter().map(|filling| fix.fill(filling, self.owner)).collect::<Vec<_>>()
            })
            .collect()
    }
}

impl FixWords {
    fn fill(&self, filling: &Filling, owner: Owner) -> Fix {
        Fix {
            title: self.title.text(filling),
            owner: self.owner.unwrap_or(owner),
            steps: self.steps.iter().filter_map(|step| step.sentence(filling)).collect(),
            command: self.command.as_ref().and_then(|command| command.command(filling)),
            console: self.console.as_ref().and_then(|console| console.link(filling)),
            needs: self.needs.iter().map(|need| need.text(filling)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_words_and_every_fix_has_steps() {
        let words = Words::built_in().unwrap();
        for cause in Cause::ALL {
            let entry = words.of(*cause).unwrap();
            let (headline, fixes) = entry.explained();
            assert!(!headline.is_empty() && !entry.meaning().is_empty() && !fixes.is_empty(), "{}", cause.code());
            assert!(fixes.iter().all(|fix| !fix.steps.is_empty()), "{}: a fix without steps", cause.code());
        }
    }

    #[test]
    fn an_organization_puts_its_own_words_over_some() {
        let mut words = Words::built_in().unwrap();
        let own = "[user-disabled]\nheadline = \"Open a ticket with the service desk for {user}.\"";
        words.override_with(own, "causes.toml").unwrap();
        let entry = words.of(Cause::UserDisabled).unwrap();
        let mut filling = Filling::default();
        filling.set(Blank::User, "ana");
        assert_eq!(entry.headline(&filling), "Open a ticket with the service desk for ana.");
        assert_eq!(entry.owner(), Owner::IdentityAdmin);
    }

    #[test]
    fn a_misspelt_word_is_named() {
        let mut words = Words::built_in().unwrap();
        let mut error = |own| words.override_with(own, "causes.toml").unwrap_err().to_string();
        assert!(error("[user-disabled]\nheadline = \"{usr}\"").contains("there is no blank `{usr}`"));
        assert!(error("[user-gone]\nheadline = \"\"").contains("user-gone"));
        assert!(error("[user-disabled]\nheadlin = \"\"").contains("headlin"));
    }

    #[test]
    fn a_command_without_one_of_its_values_is_not_shown() {
        let words = Words::built_in().unwrap();
        let entry = words.of(Cause::NotInEntitledGroup).unwrap();
        let mut filling = Filling::default();
        for blank in Blank::ALL {
            filling.set(*blank, format!("{} it's", blank.code()));
        }
        let situations = BTreeSet::from([Situation::Local]);
        let command = |filling: &Filling| entry.fixes(filling, &situations, &[]).first().unwrap().command.clone();
        assert_eq!(
            command(&filling).unwrap(),
            "aws identitystore create-group-membership --identity-store-id \"identity_store it's\" \
             --group-id \"group_id it's\" --member-id UserId=\"user_id it's\" --region \"region it's\""
        );
        let without_region = Filling::default().over(&Filling::default());
        assert_eq!(command(&without_region), None);
    }
}
