//! Reads the addresses in what was pasted. Of an address only what is named here is looked at; everything else in it, such
//! as codes and tokens, is dropped on the spot.

use std::sync::LazyLock;

use regex_lite::Regex;
use url::{Host, Url};

use super::normalize::compile;
use crate::domain::Region;

/// What an address tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ReadAddress {
    /// The start URL that was typed.
    pub(super) start_url: Option<String>,
    /// The Region that was typed.
    pub(super) typed_region: Option<String>,
    /// The Region that the directory is in.
    pub(super) directory_region: Option<Region>,
    /// A Region that the sign-in used.
    pub(super) used_region: Option<Region>,
    /// The directory.
    pub(super) directory: Option<String>,
    /// What it says besides: errors, and addresses as the catalogue writes them. To be recognised, not to be kept.
    pub(super) texts: Vec<String>,
}

/// An address with or without its scheme. What stands behind a host without a scheme is only taken with it where the host
/// is one that is known.
static ADDRESSES: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r#"(?i)\b(?:https?://[^\s"'<>`|\\]+|(?:localhost|127\.0\.0\.1):[0-9]{2,5}/[^\s"'<>`|\\]*|[a-z0-9.-]+\.(?:awsapps\.com|signin\.aws|amazonaws\.com|app\.aws)(?:[.:/?#][^\s"'<>`|\\]*)?)"#,
    )
});

/// The longest start URL and Region that are kept.
const LONGEST_URL: usize = 200;
const LONGEST_REGION: usize = 40;

/// Returns what the addresses in a cleaned text tell.
pub(super) fn read_addresses(cleaned: &str) -> Vec<ReadAddress> {
    let joined = join_wrapped(cleaned);
    let lines = joined.lines().filter(|line| may_hold_address(line));
    lines.flat_map(|line| ADDRESSES.find_iter(line)).filter_map(|found| read_address(found.as_str())).collect()
}

/// Returns true unless a line certainly has no address: most lines of a log have none, and this is quickly seen.
fn may_hold_address(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    ["://", "localhost:", "127.0.0.1:", "awsapps", "signin.aws", "amazonaws", "app.aws"]
        .iter()
        .any(|sign| lower.contains(sign))
}

/// Returns a text in which addresses that were wrapped over lines are whole again.
fn join_wrapped(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut open = false;
    for line in text.lines() {
        let first = line.split_whitespace().next().unwrap_or_default();
        let goes_on = open
            && !line.starts_with(char::is_whitespace)
            && !first.contains("://")
            && first.contains(['%', '=', '&', '/', '?']);
        if !goes_on && !joined.is_empty() {
            joined.push('\n');
        }
        joined.push_str(line);
        let last = line.split_whitespace().next_back().unwrap_or_default();
        let is_whole_line = last.len() == line.trim().len();
        open = last.contains("://") || last.contains("localhost:") || goes_on && is_whole_line;
    }
    joined
}

fn read_address(found: &str) -> Option<ReadAddress> {
    let found = found.trim_end_matches(['.', ',', ';', ')', ']', '}']);
    let url = if found.contains("://") { Url::parse(found) } else { Url::parse(&format!("https://{found}")) }.ok()?;
    let host = url.host_str()?.trim_end_matches('.').to_ascii_lowercase();
    let mut read = ReadAddress::default();
    if is_this_machine(&url) {
        read.read_callback(&url);
    } else {
        read.read_host(&host, &url);
    }
    for (key, value) in url.query_pairs().chain(fragment_pairs(&url)) {
        match &*key {
            "error" => {
                read.texts.push(format!("error={value}"));
                read.texts.push(format!("\"error\":\"{value}\""));
            }
            "error_description" => read.texts.push(value.into_owned()),
            _ => {}
        }
    }
    (read != ReadAddress::default()).then_some(read)
}

/// Returns what stands behind the `#` of an address, where that is written like a query.
fn fragment_pairs(url: &Url) -> url::form_urlencoded::Parse<'_> {
    let fragment = url.fragment().unwrap_or_default();
    let query = fragment.split_once('?').map_or(fragment, |(_, query)| query);
    url::form_urlencoded::parse(query.as_bytes())
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl ReadAddress {
    /// Reads the address that the browser calls back to: it holds what was typed, and which button was pressed.
    fn read_callback(&mut self, url: &Url) {
        let mut option = None;
        let mut has_code = false;
        for (key, value) in url.query_pairs() {
            match &*key {
                "login_option" => option = Some(value.to_ascii_lowercase()),
                "issuer_url" => self.start_url = keep_start_url(&value),
                "idc_region" => self.typed_region = keep_region(&value),
                "code" => has_code = true,
                _ => {}
            }
        }
        match option.as_deref() {
            Some("awsidc") => self.texts.push("/signin/callback?login_option=awsidc".to_owned()),
            Some(individual) if !individual.trim().is_empty() => {
                self.texts.push(format!("login_option={individual}"));
                self.texts.push(OTHER_OPTION.to_owned());
            }
            _ => {}
        }
        if url.path() == "/oauth/callback" && has_code {
            self.texts.push("http://localhost:3128/oauth/callback?code=".to_owned());
        }
    }

    /// Reads a host of AWS.
    fn read_host(&mut self, host: &str, url: &Url) {
        let labels: Vec<&str> = host.split('.').collect();
        let region = |label: &str| Region::is_well_formed(label).then(|| Region::new(label));
        match labels.as_slice() {
            [name, "awsapps", "com"] => {
                if is_directory(name) {
                    self.directory = Some((*name).to_owned());
                }
                if url.path().trim_end_matches('/') == "/start/user-consent/authorize.html" {
                    let named = url.query_pairs().find(|(key, _)| key == "region");
                    self.directory_region = named.and_then(|(_, value)| region(&value));
                    self.texts.push("/start/user-consent/authorize.html?".to_owned());
                }
            }
            [place, "signin", "aws"] | [place, "signin", "aws", "amazon", "com"] => {
                self.directory_region = region(place);
                if self.directory_region.is_some() {
                    self.texts.push(".signin.aws/platform/login".to_owned());
                }
            }
            ["oidc", place, "amazonaws", "com"] | ["portal", "sso", place, "amazonaws", "com"] => {
                self.used_region = region(place);
            }
            _ => {}
        }
        self.directory = self
            .directory
            .take()
            .or_else(|| labels.iter().find(|name| is_directory(name)).map(|name| (*name).to_owned()));
    }
}

/// What the catalogue calls a way of signing in that it does not name.
pub(super) const OTHER_OPTION: &str = "login_option=";

fn is_directory(label: &str) -> bool {
    label.strip_prefix("d-").is_some_and(|id| id.len() == 10 && id.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Returns scheme, host and path of a start URL as it was typed; a user, a query and a fragment in it are dropped. What is
/// no address is kept as the mistake that it is, where it is short and holds nothing but what an address is made of.
fn keep_start_url(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let shown = match Url::parse(typed) {
        Ok(mut url) if url.has_host() => {
            url.set_query(None);
            url.set_fragment(None);
            // It has a host, so that both can be taken away.
            let _: Result<(), ()> = url.set_username("");
            let _: Result<(), ()> = url.set_password(None);
            url.to_string()
        }
        _ => {
            let bare = typed.split(['?', '#']).next().unwrap_or_default();
            bare.rsplit('@').next().unwrap_or_default().to_owned()
        }
    };
    let is_plain = shown.chars().all(|character| character.is_ascii_graphic());
    (!shown.is_empty() && shown.len() <= LONGEST_URL && is_plain).then_some(shown)
}

fn keep_region(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let is_plain = typed.chars().all(|character| character.is_alphanumeric() || " -_().,".contains(character));
    (!typed.is_empty() && typed.chars().count() <= LONGEST_REGION && is_plain).then(|| typed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pasted: &str) -> ReadAddress {
        read_addresses(pasted).into_iter().next().unwrap_or_default()
    }

    #[test]
    fn the_callback_holds_what_was_typed_and_nothing_else_is_kept() {
        let read = read(
            "http://localhost:3128/signin/callback?login_option=awsidc&issuer_url=https%3A%2F%2Fd-1234567890.awsapps.com%2Fstart%3Fcode%3DSECRET%23x&idc_region=us-east-1&state=SECRET&code=SECRET",
        );
        assert_eq!(read.start_url.as_deref(), Some("https://d-1234567890.awsapps.com/start"));
        assert_eq!(read.typed_region.as_deref(), Some("us-east-1"));
        assert!(!format!("{read:?}").contains("SECRET"));
    }

    #[test]
    fn an_address_wrapped_over_lines_is_read_whole() {
        let read = read(
            "see http://localhost:3128/signin/callback?login_option=awsidc&issuer_url=https%3A%2F%2Fd-12345678\n90.awsapps.com%2Fstart&idc_region=eu-west-1 please",
        );
        assert_eq!(read.start_url.as_deref(), Some("https://d-1234567890.awsapps.com/start"));
    }

    #[test]
    fn hosts_hold_a_region_or_the_directory() {
        let region = |name: &str| Some(Region::new(name));
        let consent =
            read("https://d-1234567890.awsapps.com/start/user-consent/authorize.html?clientId=x&region=us-west-2");
        assert_eq!(consent.directory_region, region("us-west-2"));
        assert_eq!(consent.directory.as_deref(), Some("d-1234567890"));
        assert_eq!(read("us-west-2.signin.aws.amazon.com/platform/login").directory_region, region("us-west-2"));
        assert_eq!(read("https://eu-west-1.signin.aws/platform/x").directory_region, region("eu-west-1"));
        assert_eq!(read("POST https://oidc.eu-west-1.amazonaws.com/token").used_region, region("eu-west-1"));
        assert_eq!(read("portal.sso.eu-west-1.amazonaws.com").used_region, region("eu-west-1"));
        assert_eq!(read("https://example.com/?region=eu-west-1&code=x"), ReadAddress::default());
    }

    #[test]
    fn errors_in_an_address_are_texts() {
        let read =
            read("https://127.0.0.1:5123/oauth/callback?error=access_denied&error_description=User+said+no&state=x");
        assert_eq!(read.texts, ["error=access_denied", "\"error\":\"access_denied\"", "User said no"]);
    }
}
