//! The people of the built-in company whom one can diagnose, and what each of them shows.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    handed_over::{self, SampleFiles},
    organization::OrganizationError,
};
use crate::{
    case::{Case, TypedUser},
    catalog::Cause,
};

/// Somebody who cannot sign in, or can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SampleUser {
    /// What the helpdesk agent is told: a user name or an e-mail address.
    pub name: String,
    /// What diagnosing this user shows, in one line.
    pub shows: String,
    /// The cause that it ends in; absent for the healthy ones.
    pub cause: Option<Cause>,
    /// The start URL that this user says to have typed.
    pub start_url: Option<String>,
    /// The Region that this user says to have typed.
    pub typed_region: Option<String>,
    /// The name that this user says to have typed into Identity Center's own page.
    pub typed_user: Option<String>,
    /// What this user says to have seen.
    #[serde(default)]
    pub saw: Vec<String>,
    /// What the identity provider's side handed over for this user: files of `assets/demo/saml`.
    #[serde(default)]
    pub handed_over: SampleFiles,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleUsers {
    users: Vec<SampleUser>,
}

/// Returns the sample users, the healthy ones first.
///
/// # Errors
/// If the built-in file is broken.
pub fn sample_users() -> Result<Vec<SampleUser>, OrganizationError> {
    let file: SampleUsers = toml::from_str(include_str!("../../../assets/demo/users.toml"))?;
    Ok(file.users)
}

#[expect(clippy::expect_used, reason = "the file is built in, and the tests read it")]
fn read_built_in() -> Vec<SampleUser> {
    sample_users().expect("the built-in sample users can be read")
}

/// Returns what this user of the sample organization says to have seen.
#[must_use]
pub fn list_seen(user: &TypedUser) -> Vec<String> {
    let known = read_built_in().into_iter().find(|known| known.name == user.as_str());
    known.map(|known| known.saw).unwrap_or_default()
}

/// Returns a case of the sample organization, with what this user says to have typed where nothing else was told.
#[must_use]
pub fn complete_case(case: Case) -> Case {
    let Some(known) = read_built_in().into_iter().find(|known| known.name == case.user.as_str()) else {
        return case;
    };
    Case {
        start_url: case.start_url.or(known.start_url),
        typed_region: case.typed_region.or(known.typed_region),
        typed_user: case.typed_user.or(known.typed_user),
        handed_over: Arc::new(case.handed_over.or(&handed_over::read_files(&known.handed_over))),
        ..case
    }
}
