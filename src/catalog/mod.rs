//! The catalogue of causes: what a cause means, who fixes it, and how.
//!
//! Its texts are data (`assets/causes.toml`); an organization can put its own over them. They carry named placeholders,
//! `{user}`, which judging fills.

mod cause;
mod fix;
mod glossary;
mod healthy;
mod owner;
mod placeholder;
mod provider;
mod template;
mod variant;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use self::template::{Template, join_lines};
pub(crate) use self::template::{Values, fill_console_link, find_console_domain};
pub use self::{
    cause::Cause,
    fix::{Ability, Fix},
    glossary::{Glossary, Term},
    owner::Owner,
    placeholder::Placeholder,
};
pub(crate) use self::{healthy::Healthy, variant::CaseWords};
use self::{healthy::HealthyWords, provider::Providers, variant::Variant};
use crate::case::Malformed;

/// What is said about every cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalog {
    entries: BTreeMap<Cause, Entry>,
    healthy: HealthyWords,
    providers: Providers,
}

/// What is said about one cause.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Two to five words.
    title: Template,
    /// What is the matter, in one or two short sentences.
    headline: Template,
    /// What to read to the caller.
    say: Template,
    /// What it means, for somebody who has never heard of it.
    pub(crate) meaning: String,
    /// Who acts.
    owner: Owner,
    /// Other words for a situation.
    #[serde(default)]
    variants: Vec<Variant>,
    /// What to do, the first choice first.
    #[serde(default)]
    fixes: Vec<FixTemplate>,
}

/// One fix, with placeholders.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixTemplate {
    /// Offered only in this condition.
    when: Option<Condition>,
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
    /// The ARN of what the command acts on.
    resource: Option<Template>,
}

/// What decides between fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
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
    /// The AWS profile signs in with `aws sso login --profile`.
    SsoProfile,
    /// The AWS profile signs in with `aws sso login --sso-session`.
    SsoSession,
    /// The AWS profile signs in with `aws login`.
    LoginProfile,
    /// No command that is known signs in.
    SignInElsewhere,
    /// The way to the credentials fails.
    SourceFails,
    /// A role on the way wants an MFA code.
    MfaNeeded,
    /// The source profile leads nowhere.
    SourceProfileBroken,
    /// The role on the way may not be assumed.
    RoleRefused,
    /// The command that prints credentials fails.
    ProcessFails,
    /// The web identity token cannot be used.
    TokenFileFails,
    /// The container's credentials are refused.
    ContainerFails,
    /// The portal does not answer, though the session is valid.
    PortalFails,
    /// The network does not lead to AWS.
    NetworkFails,
    /// The proxy does not.
    ProxyFails,
    /// A certificate is not trusted.
    CertificateUntrusted,
    /// A web page answers in AWS's place.
    WebPage,
    /// None of these: AWS itself was slow, or said something of no use.
    NotOnYourSide,
    /// One instance was seen, but not every Region answered.
    InstanceFound,
    /// Too many requests, also after retries.
    Throttled,
    /// AWS answered, and the answer is of no use.
    Answered,
    /// The right start URL and Region are known.
    FormKnown,
    /// The right start URL or Region is not known.
    FormUnknown,
    /// People with a name like the one that was typed were found.
    Suggested,
    /// The e-mail address was typed where the user name belongs.
    EmailTyped,
    /// Only what the user saw speaks for it.
    AsTold,
    /// The address of an identity provider's metadata did not answer.
    MetadataUnread,
    /// A response names another directory.
    OtherDirectory,
    /// The name that is sent is the user's in another spelling.
    OtherSpelling,
    /// The name that is sent is another user's.
    OtherUser,
    /// Audience, recipient, certificate and name of a response fit.
    SamlFits,
    /// What of these could be compared fits.
    SamlFitsInPart,
    /// An attempt stopped where the second factor was asked for.
    NothingGiven,
    /// A token was refused.
    TokenRefused,
}

/// Why a catalogue cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// The file does not say what it must say.
    #[error("the words in {file} are not usable: {source}")]
    Malformed {
        /// The file.
        file: String,
        /// Line, key and what was expected.
        source: Malformed,
    },
    /// A cause has no entry.
    #[error("the words in {file} lack the cause `{code}`")]
    Incomplete {
        /// The file.
        file: String,
        /// The cause's code.
        code: &'static str,
    },
}

/// An organization's own entry: what is absent stays as it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Override {
    title: Option<Template>,
    headline: Option<Template>,
    say: Option<Template>,
    meaning: Option<String>,
    owner: Option<Owner>,
    variants: Option<Vec<Variant>>,
    fixes: Option<Vec<FixTemplate>>,
}

impl Catalog {
    /// Returns the built-in catalogue.
    ///
    /// # Errors
    /// If a cause lacks its entry or a placeholder is misspelt; a test holds that this cannot happen.
    pub fn built_in() -> Result<Self, CatalogError> {
        let file = "assets/causes.toml";
        let entries: BTreeMap<Cause, Entry> = parse_toml(include_str!("../../assets/causes.toml"), file)?;
        match Cause::ALL.iter().find(|cause| !entries.contains_key(cause)) {
            Some(cause) => Err(CatalogError::Incomplete { file: file.to_owned(), code: cause.code() }),
            None => {
                Ok(Self { entries, healthy: HealthyWords::read_built_in()?, providers: Providers::read_built_in()? })
            }
        }
    }

    /// Puts an organization's own entries over these; `file` is only named in errors.
    ///
    /// # Errors
    /// If the text is not TOML, names an unknown cause, key or placeholder.
    pub fn override_with(&mut self, text: &str, file: &str) -> Result<(), CatalogError> {
        let overrides: BTreeMap<Cause, Override> = parse_toml(text, file)?;
        for (cause, own) in overrides {
            if let Some(entry) = self.entries.get_mut(&cause) {
                let says_otherwise = own.title.is_some() || own.headline.is_some() || own.say.is_some();
                entry.title = own.title.unwrap_or_else(|| entry.title.clone());
                entry.headline = own.headline.unwrap_or_else(|| entry.headline.clone());
                entry.say = own.say.unwrap_or_else(|| entry.say.clone());
                // The built-in words for a situation would hide the organization's own.
                if let Some(variants) = own.variants.or(says_otherwise.then(Vec::new)) {
                    entry.variants = variants;
                }
                entry.meaning = own.meaning.unwrap_or_else(|| entry.meaning.clone());
                entry.owner = own.owner.unwrap_or(entry.owner);
                entry.fixes = own.fixes.unwrap_or_else(|| entry.fixes.clone());
            }
        }
        Ok(())
    }

    /// The words of a verdict that found nothing wrong; `saml` says what a response showed, where one was judged.
    pub(crate) fn healthy(&self, values: &Values, is_typing_told: bool, saml: Option<Condition>) -> Healthy {
        self.healthy.write(values, is_typing_told, saml)
    }

    /// Sets what the identity provider is called, and where it has what a cause is about.
    pub(crate) fn name_provider(&self, issuer: Option<&str>, cause: Option<Cause>, values: &mut Values) {
        self.providers.name_provider(issuer, cause, values);
    }

    /// The words of a cause.
    #[must_use]
    pub fn entry_of(&self, cause: Cause) -> Option<&Entry> {
        self.entries.get(&cause)
    }
}

fn parse_toml<T: serde::de::DeserializeOwned>(text: &str, file: &str) -> Result<T, CatalogError> {
    toml::from_str(text)
        .map_err(|error| CatalogError::Malformed { file: file.to_owned(), source: Malformed::new(text, &error) })
}

impl Entry {
    /// Returns what the cause means.
    #[must_use]
    pub fn meaning(&self) -> String {
        join_lines(&self.meaning)
    }

    /// Returns who acts.
    #[must_use]
    pub fn owner(&self) -> Owner {
        self.owner
    }

    /// Returns the headline and fixes with every placeholder told by its name, for `sso-doctor explain`.
    #[must_use]
    pub fn explain_by_names(&self) -> (String, Vec<Fix>) {
        let values = Values::show_names();
        let fixes = self.fixes.iter().map(|fix| fix.fill_in(&values, self.owner)).collect();
        (self.headline.write_text(&values), fixes)
    }

    /// The title and what to say, with every placeholder told by its name, for `sso-doctor explain`.
    #[must_use]
    pub fn explain_to_people(&self) -> (String, String) {
        let words = self.write_case(&Values::show_names(), &BTreeSet::new());
        (words.title, words.say)
    }

    /// Returns true where there are other words for a situation.
    pub(crate) fn has_variant(&self, condition: Condition) -> bool {
        self.variants.iter().any(|variant| variant.when == condition)
    }

    /// Returns title, headline and what to say of a case: those of the situation, where there are any.
    pub(crate) fn write_case(&self, values: &Values, conditions: &BTreeSet<Condition>) -> CaseWords {
        let variant = self.variants.iter().find(|variant| conditions.contains(&variant.when));
        let title = variant.and_then(|variant| variant.title.as_ref()).unwrap_or(&self.title);
        let headline = variant.and_then(|variant| variant.headline.as_ref()).unwrap_or(&self.headline);
        let say = variant.and_then(|variant| variant.say.as_ref()).unwrap_or(&self.say);
        CaseWords {
            owner: variant.and_then(|variant| variant.owner).unwrap_or(self.owner),
            title: title.write_text(values),
            headline: headline.write_text(values),
            say: say.write_text(values),
        }
    }

    /// Returns the fixes of a case: those that fit the conditions, the repeated ones once for each of `each`.
    pub(crate) fn list_fixes(&self, values: &Values, conditions: &BTreeSet<Condition>, each: &[Values]) -> Vec<Fix> {
        let fitting = self.fixes.iter().filter(|fix| fix.when.is_none_or(|when| conditions.contains(&when)));
        fitting
            .flat_map(|fix| {
                let all_values: Vec<&Values> = if fix.each { each.iter().collect() } else { vec![values] };
                all_values.into_iter().map(|values| fix.fill_in(values, self.owner)).collect::<Vec<_>>()
            })
            .collect()
    }
}

impl FixTemplate {
    fn fill_in(&self, values: &Values, owner: Owner) -> Fix {
        Fix {
            title: self.title.write_text(values),
            owner: self.owner.unwrap_or(owner),
            steps: self.steps.iter().filter_map(|step| step.write_sentence(values)).collect(),
            command: self.command.as_ref().and_then(|command| command.write_command(values)),
            console: self.console.as_ref().and_then(|console| console.write_link(values)),
            needs: self.needs.iter().map(|need| need.write_text(values)).collect(),
            resource: self.resource.as_ref().and_then(|resource| resource.write_arn(values)),
            ability: None,
        }
    }
}

#[cfg(test)]
mod voice;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_words_and_every_fix_has_steps() {
        let catalog = Catalog::built_in().unwrap();
        for cause in Cause::ALL {
            let entry = catalog.entry_of(*cause).unwrap();
            let (headline, fixes) = entry.explain_by_names();
            assert!(!headline.is_empty() && !entry.meaning().is_empty() && !fixes.is_empty(), "{}", cause.code());
            assert!(fixes.iter().all(|fix| !fix.steps.is_empty()), "{}: a fix without steps", cause.code());
        }
    }

    #[test]
    fn an_organization_puts_its_own_words_over_some() {
        let mut catalog = Catalog::built_in().unwrap();
        let own = "[user-disabled]\nheadline = \"Open a ticket with the service desk for {user}.\"";
        catalog.override_with(own, "causes.toml").unwrap();
        let entry = catalog.entry_of(Cause::UserDisabled).unwrap();
        let mut values = Values::default();
        values.set(Placeholder::User, "ana");
        let headline = entry.write_case(&values, &BTreeSet::new()).headline;
        assert_eq!(headline, "Open a ticket with the service desk for ana.");
        assert_eq!(entry.owner(), Owner::IdentityAdmin);
    }

    #[test]
    fn a_misspelt_word_is_named() {
        let mut catalog = Catalog::built_in().unwrap();
        let mut error = |own| catalog.override_with(own, "causes.toml").unwrap_err().to_string();
        assert!(error("[user-disabled]\nheadline = \"{usr}\"").contains("there is no placeholder `{usr}`"));
        assert!(error("[user-gone]\nheadline = \"\"").contains("user-gone"));
        assert!(error("[user-disabled]\nheadlin = \"\"").contains("headlin"));
    }

    #[test]
    fn a_command_without_one_of_its_values_is_not_shown() {
        let catalog = Catalog::built_in().unwrap();
        let entry = catalog.entry_of(Cause::NotInEntitledGroup).unwrap();
        let mut values = Values::default();
        for placeholder in Placeholder::ALL {
            values.set(*placeholder, format!("{} it's", placeholder.code()));
        }
        let conditions = BTreeSet::from([Condition::Local]);
        let command = |values: &Values| entry.list_fixes(values, &conditions, &[]).first().unwrap().command.clone();
        assert_eq!(
            command(&values).unwrap(),
            "aws identitystore create-group-membership --identity-store-id \"identity_store it's\" \
             --group-id \"group_id it's\" --member-id UserId=\"user_id it's\" --region \"region it's\""
        );
        let without_region = Values::default().put_over(&Values::default());
        assert_eq!(command(&without_region), None);
    }
}
