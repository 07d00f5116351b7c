//! The forms of an access portal's start URL.
//!
//! Source: "Customizing the AWS access portal URL" and "Using the AWS access portal" in the IAM Identity Center User
//! Guide. Other partitions have further forms; a host of AWS in an unknown form is [`StartUrl::Unknown`].

use url::Url;

use crate::{domain::Region, text};

/// The domains that AWS serves portals from.
const AWS_DOMAINS: [&str; 6] =
    ["awsapps.com", "awsapps.cn", "amazonaws.com", "amazonaws.com.cn", "amazonaws.eu", "app.aws"];

/// What a start URL names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StartUrl {
    /// `view.awsapps.com`: AWS Builder ID, the individual way in.
    BuilderId,
    /// No URL, or not one of AWS.
    Malformed,
    /// `d-….awsapps.com`: an identity store.
    IdentityStore(String),
    /// `<alias>.awsapps.com`: an alias, which no API shows.
    Alias(String),
    /// An instance, `ssoins-…`; some forms carry a Region.
    Instance {
        /// The instance's id.
        id: String,
        /// The Region in the URL.
        region: Option<Region>,
    },
    /// A host of AWS in a form that this program does not know.
    Unknown {
        /// True if it is under `awsapps.com`, which serves the primary Region only.
        awsapps: bool,
    },
}

impl StartUrl {
    /// Reads what somebody typed or pasted: without a scheme, with `http:`, with a path or a fragment behind, or only the
    /// id of an identity store or an instance.
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let typed = keep_visible(typed);
        if typed.contains(char::is_whitespace) {
            return Self::Malformed;
        }
        if let Some(bare) = Self::from_id(&typed) {
            return bare;
        }
        let with_scheme = if has_scheme(&typed) { typed } else { format!("https://{typed}") };
        let Ok(url) = Url::parse(&with_scheme) else {
            return Self::Malformed;
        };
        let Some(host) = url.host_str().map(|host| host.trim_end_matches('.').to_ascii_lowercase()) else {
            return Self::Malformed;
        };
        let Some((before, domain)) = split_domain(&host).filter(|_| matches!(url.scheme(), "http" | "https")) else {
            return Self::Malformed;
        };
        let labels: Vec<&str> = before.split('.').filter(|label| !label.is_empty()).collect();
        let awsapps = domain == "awsapps.com";
        match (domain, labels.as_slice()) {
            ("awsapps.com", ["view"]) => Self::BuilderId,
            ("awsapps.com", [store]) if store.starts_with("d-") => Self::IdentityStore((*store).to_owned()),
            ("awsapps.com", [alias]) => Self::Alias((*alias).to_owned()),
            ("amazonaws.com", [id, region, "portal"]) | ("app.aws", [id, "portal", region])
                if id.starts_with("ssoins-") =>
            {
                Self::Instance { id: (*id).to_owned(), region: Some(Region::new(*region)) }
            }
            ("amazonaws.com", ["identitycenter"]) => match first_segment(&url) {
                Some(id) if id.starts_with("ssoins-") => Self::Instance { id, region: None },
                _ => Self::Unknown { awsapps },
            },
            _ => Self::Unknown { awsapps },
        }
    }

    /// Returns what a bare id stands for.
    fn from_id(typed: &str) -> Option<Self> {
        let id = typed.to_ascii_lowercase();
        let is_rest = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if id.strip_prefix("d-").is_some_and(is_rest) {
            return Some(Self::IdentityStore(id));
        }
        id.strip_prefix("ssoins-").is_some_and(is_rest).then_some(Self::Instance { id, region: None })
    }

    /// Returns the whole address, when less was typed and it is clear what that stands for.
    #[must_use]
    pub fn complete(typed: &str) -> Option<String> {
        let typed = keep_visible(typed);
        match Self::from_id(&typed) {
            Some(Self::IdentityStore(store)) => Some(format!("https://{store}.awsapps.com/start")),
            Some(Self::Instance { id, .. }) => Some(format!("https://identitycenter.amazonaws.com/{id}")),
            _ if has_scheme(&typed) || Self::parse(&typed) == Self::Malformed => None,
            _ => Some(format!("https://{typed}")),
        }
    }

    /// Returns true, when the URL works in the instance's primary Region only.
    #[must_use]
    pub fn needs_primary_region(&self) -> bool {
        matches!(self, Self::IdentityStore(_) | Self::Alias(_) | Self::Unknown { awsapps: true })
    }
}

fn keep_visible(typed: &str) -> String {
    let visible: String = typed.chars().filter(|&character| !text::is_invisible(character)).collect();
    visible.trim().to_owned()
}

fn has_scheme(typed: &str) -> bool {
    typed.split_once("://").is_some_and(|(scheme, _)| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Returns what stands before AWS's domain in a host, and that domain.
fn split_domain(host: &str) -> Option<(&str, &'static str)> {
    AWS_DOMAINS.into_iter().find_map(|domain| {
        let before = host.strip_suffix(domain)?;
        (before.is_empty() || before.ends_with('.')).then_some((before, domain))
    })
}

fn first_segment(url: &Url) -> Option<String> {
    url.path_segments()?.find(|segment| !segment.is_empty()).map(str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_form_is_read_however_it_was_pasted() {
        let store = StartUrl::IdentityStore("d-1234567890".to_owned());
        for typed in [
            "https://d-1234567890.awsapps.com/start",
            "https://d-1234567890.awsapps.com/start/",
            "https://d-1234567890.awsapps.com/start#/",
            " http://D-1234567890.awsapps.com/start/#/?tab=applications ",
            "d-1234567890.awsapps.com/start",
            "\u{200b}d-1234567890.awsapps.com.",
            " D-1234567890 ",
        ] {
            assert_eq!(StartUrl::parse(typed), store, "{typed:?}");
        }
        let id = "ssoins-1111222233334444".to_owned();
        let in_region = StartUrl::Instance { id: id.clone(), region: Some(Region::new("eu-west-1")) };
        assert_eq!(StartUrl::parse("https://ssoins-1111222233334444.eu-west-1.portal.amazonaws.com"), in_region);
        assert_eq!(StartUrl::parse("https://ssoins-1111222233334444.portal.eu-west-1.app.aws/"), in_region);
        let anywhere = StartUrl::Instance { id, region: None };
        assert_eq!(StartUrl::parse("https://identitycenter.amazonaws.com/ssoins-1111222233334444"), anywhere);
        assert_eq!(StartUrl::parse("https://corp.awsapps.com/start"), StartUrl::Alias("corp".to_owned()));
        assert_eq!(StartUrl::parse("view.awsapps.com/start"), StartUrl::BuilderId);
    }

    #[test]
    fn what_is_not_a_whole_address_stands_for_one() {
        let complete = |typed| StartUrl::complete(typed);
        assert_eq!(complete("d-1234567890").unwrap(), "https://d-1234567890.awsapps.com/start");
        assert_eq!(complete("d-1234567890.awsapps.com/start").unwrap(), "https://d-1234567890.awsapps.com/start");
        let instance = "https://identitycenter.amazonaws.com/ssoins-1111222233334444";
        assert_eq!(complete("ssoins-1111222233334444").unwrap(), instance);
        assert_eq!(StartUrl::parse("ssoins-1111222233334444"), StartUrl::parse(instance));
        for typed in ["http://d-1234567890.awsapps.com/start", "corp", "d-", "two words"] {
            assert_eq!(complete(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_host_that_only_looks_like_aws_is_malformed() {
        for typed in [
            "corp",
            "https://",
            "https://awsapps.com.evil.example/start",
            "https://evilawsapps.com",
            "ftp://corp.awsapps.com",
            "two words",
            "https://d-1234567890.awsapps.com/start https://other.example",
            "d-1234567890.awsapps.com/start\u{a0}#/",
            "https://corp.example/start",
        ] {
            assert_eq!(StartUrl::parse(typed), StartUrl::Malformed, "{typed:?}");
        }
    }

    #[test]
    fn an_unknown_form_of_aws_is_neither_right_nor_wrong() {
        assert_eq!(
            StartUrl::parse("https://start.us-gov-home.awsapps.com/directory/d-1"),
            StartUrl::Unknown { awsapps: true }
        );
        assert_eq!(
            StartUrl::parse("https://start.home.awsapps.cn/directory/d-1"),
            StartUrl::Unknown { awsapps: false }
        );
        assert_eq!(StartUrl::parse("https://eu-west-1.signin.amazonaws.com"), StartUrl::Unknown { awsapps: false });
    }
}
