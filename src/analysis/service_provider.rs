//! Identity Center as the service provider: the name and the addresses that it has for an identity provider.

use url::Url;

use super::regions;
use crate::{
    domain::{IdentityStoreId, Instance, Region},
    facts::{Facts, Known},
};

/// The path before an identity store's id, in the entity id.
const ENTITY_PATH: &str = "/platform/saml/";
/// The path before a tenant, in the address that responses go to.
const CONSUMER_PATH: &str = "/platform/saml/acs/";

/// The hosts of that address, behind the Region; the second one works in the primary Region only.
const CONSUMER_HOSTS: [(&str, bool); 3] =
    [(".sso.signin.aws", false), (".signin.aws.amazon.com", true), (".signin.aws", false)];
const ENTITY_HOST: &str = ".signin.aws.amazon.com";

/// Returns the entity id of an instance, which is the audience that it wants.
pub(crate) fn build_entity_id(facts: &Facts, instance: &Instance) -> Known<String> {
    regions::find_active_regions(facts, instance)
        .map(|regions| format!("https://{}{ENTITY_HOST}{ENTITY_PATH}{}", regions.primary, instance.identity_store))
}

/// An entity id of Identity Center.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EntityId {
    /// The identity store.
    pub store: IdentityStoreId,
    /// True for the host that it has in the partition `aws`.
    pub has_usual_host: bool,
}

impl EntityId {
    /// Reads one; `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (host, path) = split_url(text)?;
        let store = path.strip_prefix(ENTITY_PATH)?;
        let is_store = store
            .strip_prefix("d-")
            .is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let has_usual_host = host.strip_suffix(ENTITY_HOST).is_some_and(Region::is_well_formed);
        is_store.then(|| Self { store: IdentityStoreId::new(store), has_usual_host })
    }
}

/// An address that responses go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Consumer {
    /// Its Region, and whether it works in the primary Region only; `None` for a host of another form.
    pub place: Option<(Region, bool)>,
}

impl Consumer {
    /// Reads one; `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (host, path) = split_url(text)?;
        let tenant = path.strip_prefix(CONSUMER_PATH)?;
        if tenant.is_empty() || tenant.contains('/') {
            return None;
        }
        let place = CONSUMER_HOSTS.iter().find_map(|(suffix, is_primary_only)| {
            let region = host.strip_suffix(suffix).filter(|region| Region::is_well_formed(region))?;
            Some((Region::new(region), *is_primary_only))
        });
        Some(Self { place })
    }
}

/// Returns the tenants that a text names: the last part of addresses that responses go to.
pub(crate) fn list_tenants(text: &str) -> Vec<&str> {
    let behind = text.split(CONSUMER_PATH).skip(1);
    let tenants = behind.filter_map(|rest| {
        rest.split(|next: char| !(next.is_ascii_alphanumeric() || matches!(next, '-' | '_' | '.' | '~'))).next()
    });
    tenants.filter(|tenant| !tenant.is_empty()).collect()
}

/// Returns true for the audience, or the address, of IAM federation: another product, which is often mixed up with this.
pub(crate) fn is_of_iam_federation(text: &str) -> bool {
    if text == "urn:amazon:webservices" || text.starts_with("urn:amazon:webservices:") {
        return true;
    }
    let Some((host, path)) = split_url(text.split('#').next().unwrap_or(text)) else { return false };
    let hosts = ["signin.aws.amazon.com", "signin.amazonaws.cn", "signin.amazonaws-us-gov.com"];
    let is_host =
        hosts.iter().any(|known| host.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')));
    let path = path.trim_end_matches('/');
    is_host && (path == "/saml" || path.starts_with("/saml/acs/"))
}

/// Returns host and path of an https address, which has nothing else.
fn split_url(text: &str) -> Option<(String, &str)> {
    let rest = text.strip_prefix("https://")?;
    let (host, _) = rest.split_once('/')?;
    let path = rest.get(host.len()..)?;
    let has_more = path.contains(['?', '#']) || text.chars().any(char::is_whitespace);
    (Url::parse(text).is_ok() && !has_more && !host.contains('@')).then(|| (host.to_ascii_lowercase(), path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_look_alikes() {
        let place = |text: &str| Consumer::parse(text).and_then(|consumer| consumer.place);
        let region = || Region::new("eu-west-1");
        assert_eq!(place("https://eu-west-1.signin.aws/platform/saml/acs/t-1"), Some((region(), false)));
        assert_eq!(place("https://eu-west-1.sso.signin.aws/platform/saml/acs/t-1"), Some((region(), false)));
        assert_eq!(place("https://eu-west-1.signin.aws.amazon.com/platform/saml/acs/t-1"), Some((region(), true)));
        for other in [
            "https://eu-west-1.signin.aws.example/platform/saml/acs/t-1",
            "https://signin.aws/platform/saml/acs/t-1",
            "https://eu-west-1.signin.aws/platform/saml/acs/",
            "https://eu-west-1.signin.aws/platform/saml/acs/t-1/",
            "https://eu-west-1.signin.aws/platform/saml/acs/t-1?x",
            "http://eu-west-1.signin.aws/platform/saml/acs/t-1",
            "eu-west-1.signin.aws/platform/saml/acs/t-1",
        ] {
            assert_eq!(place(other), None, "{other}");
        }
    }

    #[test]
    fn an_entity_id_names_its_identity_store() {
        let read = |text: &str| EntityId::parse(text).map(|known| (known.store.to_string(), known.has_usual_host));
        let usual = "https://eu-west-1.signin.aws.amazon.com/platform/saml/d-1234567890";
        assert_eq!(read(usual), Some(("d-1234567890".to_owned(), true)));
        let other = "https://cn-north-1.signin.amazonaws.cn/platform/saml/d-1234567890";
        assert_eq!(read(other), Some(("d-1234567890".to_owned(), false)));
        assert_eq!(read(&format!("{usual}/")), None);
        assert_eq!(read("urn:amazon:webservices"), None);
    }

    #[test]
    fn values_of_iam_federation_are_recognised() {
        for value in [
            "https://signin.aws.amazon.com/saml",
            "https://signin.aws.amazon.com/saml#2",
            "https://eu-west-1.signin.aws.amazon.com/saml",
            "urn:amazon:webservices",
        ] {
            assert!(is_of_iam_federation(value), "{value}");
        }
        for value in [
            "https://eu-west-1.signin.aws.amazon.com/platform/saml/d-1234567890",
            "https://evilsignin.aws.amazon.com/saml",
        ] {
            assert!(!is_of_iam_federation(value), "{value}");
        }
    }

    #[test]
    fn tenants_are_found_in_a_sentence() {
        let text = "ACS Url https://eu-west-1.signin.aws/platform/saml/acs/abc-1 doesn't match \"https://x/platform/saml/acs/def\".";
        assert_eq!(list_tenants(text), ["abc-1", "def"]);
    }
}
