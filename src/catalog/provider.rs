//! Identity providers: how they are recognised, and where in their consoles things are set (`assets/providers.toml`).

use std::collections::BTreeMap;

use serde::Deserialize;
use wildmatch::WildMatchPattern;

use super::{CatalogError, Cause, Placeholder, Values, parse_toml};

/// The providers that are known, the general one last.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Providers {
    providers: Vec<Provider>,
}

/// One identity provider.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Provider {
    name: String,
    /// Patterns of its entity id; none for the general one.
    #[serde(default)]
    entity_ids: Vec<String>,
    /// Where it has what a cause is about.
    places: BTreeMap<Cause, String>,
}

impl Providers {
    /// Returns the built-in ones.
    ///
    /// # Errors
    /// If a key or a cause is misspelt; a test holds that this cannot happen.
    pub(super) fn read_built_in() -> Result<Self, CatalogError> {
        parse_toml(include_str!("../../assets/providers.toml"), "assets/providers.toml")
    }

    /// Sets name and place, as far as they are known.
    pub(super) fn name_provider(&self, entity_id: Option<&str>, cause: Option<Cause>, values: &mut Values) {
        let is_known = |provider: &&Provider| entity_id.is_some_and(|id| provider.is_named(id));
        let general = self.providers.iter().find(|provider| provider.entity_ids.is_empty());
        let known = self.providers.iter().find(is_known);
        if let Some(provider) = known.or(general) {
            values.set(Placeholder::Provider, provider.name.as_str());
        }
        let places = known.into_iter().chain(general).filter_map(|provider| provider.places.get(&cause?));
        values.set_if_known(Placeholder::Place, places.into_iter().next());
    }
}

impl Provider {
    fn is_named(&self, entity_id: &str) -> bool {
        self.entity_ids
            .iter()
            .any(|pattern| WildMatchPattern::<'*', '?'>::new_case_insensitive(pattern).matches(entity_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_recognised_by_its_entity_id() {
        let providers = Providers::read_built_in().unwrap();
        let name = |id: &str| {
            let mut values = Values::default();
            providers.name_provider(Some(id), None, &mut values);
            values.get(Placeholder::Provider).unwrap_or_default().to_owned()
        };
        assert_eq!(name("https://sts.windows.net/11111111-2222-3333-4444-555555555555/"), "Entra ID");
        assert_eq!(name("http://www.okta.com/exk1fcia6d6EMsf331d8"), "Okta");
        assert_eq!(name("https://accounts.google.com/o/saml2?idpid=C01abc"), "Google Workspace");
        assert_eq!(name("https://id.corp.example/realms/corp"), "Keycloak");
        assert_eq!(name("https://idp.corp.example"), "the identity provider");
    }

    /// Whoever acts at the provider is told where; for whom else it is, the place is not the provider's.
    #[test]
    fn every_provider_has_a_place_for_the_same_causes() {
        let providers = Providers::read_built_in().unwrap().providers;
        let general: Vec<&Cause> = providers.last().unwrap().places.keys().collect();
        assert!(general.len() >= 15, "{general:?}");
        for provider in &providers {
            assert_eq!(provider.places.keys().collect::<Vec<_>>(), general, "{}", provider.name);
            assert!(provider.places.values().all(|place| !place.is_empty() && place.chars().count() < 200));
        }
    }
}
