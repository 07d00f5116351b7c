//! What an AWS profile says: the way from it to credentials, step by step. The SDK keeps its own reading to itself, and
//! what it says of a failure does not name the step.

use aws_config::profile::{Profile, ProfileSet};

use super::environment::{Environment, FILES, find_path};
use crate::case::{SignIn, config::show_path};

/// The way from a profile to credentials: roles, the last one assumed first, and what they start from.
#[derive(Debug, Clone)]
pub(super) struct ProfilePath {
    /// The profile that is in effect.
    pub(super) name: String,
    /// The roles that are assumed on the way.
    pub(super) roles: Vec<RoleStep>,
    /// The profile that the base stands in.
    pub(super) base_profile: String,
    /// Where it begins.
    pub(super) base: Base,
}

/// A role that a profile assumes.
#[derive(Debug, Clone)]
pub(super) struct RoleStep {
    /// The profile that says so.
    pub(super) profile: String,
    /// The role.
    pub(super) arn: String,
    /// The MFA device whose code it wants.
    pub(super) mfa: Option<String>,
}

/// Where the way to credentials begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Base {
    /// The profile says nothing about credentials.
    Absent,
    /// An access key and its secret.
    Keys,
    /// A command that prints credentials.
    Process(String),
    /// A file with a token, which a role is handed out for.
    TokenFile(String),
    /// IAM Identity Center, with or without a named session.
    Sso { session: Option<String>, region: Option<String> },
    /// What `aws login` left.
    Login,
    /// `credential_source`.
    Named(String),
    /// A source profile that is nowhere, or has no credentials.
    NoSource(BrokenSource),
    /// Source profiles in a circle.
    Circle,
}

/// A `source_profile` that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BrokenSource {
    /// The profile that names it.
    pub(super) by: String,
    /// The profile that is named.
    pub(super) named: String,
    /// True if it is there, and has no credentials.
    pub(super) exists: bool,
    /// The file and the line, as they can be shown.
    pub(super) place: String,
}

impl ProfilePath {
    /// Reads the way from the profile that the files are read for.
    pub(super) fn read(files: &ProfileSet, environment: Environment<'_>) -> Self {
        let name = files.selected_profile().to_owned();
        let mut path = Self { base_profile: name.clone(), name, roles: Vec::new(), base: Base::Absent };
        let mut seen = Vec::new();
        let mut named_by: Option<String> = None;
        while let Some(profile) = files.get_profile(&path.base_profile) {
            if seen.contains(&path.base_profile) {
                path.base = Base::Circle;
                return path;
            }
            seen.push(path.base_profile.clone());
            // A source profile's own keys come before its role.
            if named_by.is_some() && has_keys(profile) {
                path.base = Base::Keys;
                return path;
            }
            let is_role = profile.get("role_arn").is_some() && profile.get("web_identity_token_file").is_none();
            if is_role && let Some(arn) = profile.get("role_arn") {
                let mfa = profile.get("mfa_serial").map(ToOwned::to_owned);
                path.roles.push(RoleStep { profile: path.base_profile.clone(), arn: arn.to_owned(), mfa });
            }
            let source = profile.get("source_profile").filter(|source| is_role && *source != path.base_profile);
            let Some(source) = source else {
                path.base = read_base(profile, environment);
                if path.base == Base::Absent
                    && let Some(by) = named_by
                {
                    path.base = path.report_source(environment, by, true);
                }
                return path;
            };
            named_by = Some(std::mem::replace(&mut path.base_profile, source.to_owned()));
        }
        if let Some(by) = named_by {
            path.base = path.report_source(environment, by, false);
        }
        path
    }

    fn report_source(&self, environment: Environment<'_>, by: String, exists: bool) -> Base {
        let place = find_line(environment, &by, "source_profile");
        Base::NoSource(BrokenSource { by, named: self.base_profile.clone(), exists, place })
    }

    /// Returns true when the profile says anything about credentials.
    pub(super) fn has_credentials(&self) -> bool {
        self.base != Base::Absent || !self.roles.is_empty()
    }

    /// Returns the first MFA device whose code is wanted on the way.
    pub(super) fn find_mfa(&self) -> Option<&RoleStep> {
        self.roles.iter().find(|role| role.mfa.is_some())
    }

    /// Returns how one signs in again, as far as the profile says.
    pub(super) fn sign_in(&self) -> SignIn {
        match &self.base {
            Base::Sso { session: Some(session), .. } => SignIn::SsoSession(session.clone()),
            Base::Sso { session: None, .. } => SignIn::SsoProfile(self.base_profile.clone()),
            Base::Login => SignIn::Login(self.base_profile.clone()),
            _ => SignIn::Elsewhere,
        }
    }
}

/// Reads what a profile begins with, in the SDK's order.
fn read_base(profile: &Profile, environment: Environment<'_>) -> Base {
    let get = |key: &str| profile.get(key).map(ToOwned::to_owned);
    if let Some(source) = get("credential_source") {
        return Base::Named(source);
    }
    if let (Some(_), Some(file)) = (get("role_arn"), get("web_identity_token_file")) {
        return Base::TokenFile(file);
    }
    let sso = ["sso_session", "sso_account_id", "sso_role_name", "sso_region", "sso_start_url"];
    if sso.into_iter().any(|key| profile.get(key).is_some()) {
        let session = get("sso_session");
        let of_session = session.as_deref().and_then(|session| find_in_session(environment, session, "sso_region"));
        return Base::Sso { session, region: get("sso_region").or(of_session) };
    }
    if profile.get("login_session").is_some() {
        return Base::Login;
    }
    if let Some(command) = get("credential_process") {
        return Base::Process(command);
    }
    if has_keys(profile) { Base::Keys } else { Base::Absent }
}

fn has_keys(profile: &Profile) -> bool {
    ["aws_access_key_id", "aws_secret_access_key"].into_iter().any(|key| profile.get(key).is_some())
}

/// Returns the file and the line in which a profile has a key: "~/.aws/config, line 3".
fn find_line(environment: Environment<'_>, profile: &str, key: &str) -> String {
    for file in FILES {
        let Some(path) = find_path(environment, file) else { continue };
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        if let Some((line, _)) = find_entry(&text, &["profile ", ""], profile, key) {
            return format!("{}, line {line}", show_path(&path));
        }
    }
    "the AWS configuration".to_owned()
}

/// Returns what a named session says under a key; the SDK shows profiles only.
fn find_in_session(environment: Environment<'_>, session: &str, key: &str) -> Option<String> {
    let [config, _] = FILES;
    let text = std::fs::read_to_string(find_path(environment, config)?).ok()?;
    find_entry(&text, &["sso-session "], session, key).map(|(_, value)| value.to_owned())
}

/// Returns the line and the value of a key in the section of that name, which one of these words may stand before.
fn find_entry<'a>(text: &'a str, kinds: &[&str], name: &str, key: &str) -> Option<(usize, &'a str)> {
    let mut is_inside = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(section) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            let mut named = kinds.iter().filter_map(|kind| section.trim().strip_prefix(kind));
            is_inside = named.any(|found| found.trim().trim_matches(['"', '\'']) == name);
        } else if is_inside
            && let Some((found, value)) = line.split_once('=')
            && found.trim().eq_ignore_ascii_case(key)
        {
            return Some((number + 1, value.trim()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::find_entry;

    #[test]
    fn the_line_of_a_key_is_found_in_its_own_section() {
        let text =
            "[default]\nsource_profile=a\n\n[profile team]\n# why\nSource_Profile = base\n[sso-session team]\nx = 1\n";
        let find = |name: &str, key: &str| find_entry(text, &["profile ", ""], name, key);
        assert_eq!(find("default", "source_profile"), Some((2, "a")));
        assert_eq!(find("team", "source_profile"), Some((6, "base")));
        assert_eq!(find("base", "source_profile"), None);
        assert_eq!(find_entry(text, &["sso-session "], "team", "x"), Some((8, "1")));
    }
}
