//! The words of a verdict that found nothing wrong (`assets/healthy.toml`).

use serde::Deserialize;

use super::{CatalogError, Condition, Values, parse_toml, template::Template};

/// The words for both situations, and what is put before their headlines where a response was judged.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct HealthyWords {
    nothing_told: Words,
    typed_right: Words,
    saml: SamlWords,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    title: Template,
    headline: Template,
    say: Template,
    #[serde(rename = "do")]
    instruction: Template,
}

/// The headline where a SAML response was judged.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SamlWords {
    all_fits: Template,
    part_fits: Template,
}

/// The words of a case in which nothing wrong was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Healthy {
    /// Two to five words.
    pub(crate) title: String,
    /// What is the matter.
    pub(crate) headline: String,
    /// What to read to the caller.
    pub(crate) say: String,
    /// What to do next.
    pub(crate) instruction: String,
}

impl HealthyWords {
    /// Returns the built-in words.
    ///
    /// # Errors
    /// If a key or placeholder is misspelt; a test holds that this cannot happen.
    pub(super) fn read_built_in() -> Result<Self, CatalogError> {
        parse_toml(include_str!("../../assets/healthy.toml"), "assets/healthy.toml")
    }

    /// Returns the words of a case.
    pub(super) fn write(&self, values: &Values, is_typing_told: bool, saml: Option<Condition>) -> Healthy {
        let Words { title, headline, say, instruction } =
            if is_typing_told { &self.typed_right } else { &self.nothing_told };
        let headline = match saml {
            Some(Condition::SamlFits) => &self.saml.all_fits,
            Some(_) => &self.saml.part_fits,
            None => headline,
        };
        Healthy {
            title: title.write_text(values),
            headline: headline.write_text(values),
            say: say.write_text(values),
            instruction: instruction.write_text(values),
        }
    }
}
