//! Names like the one that was typed.

use crate::{domain::User, facts::NameList, intake::TypedUser, port::UserPages};

/// How many pages of users are read for suggestions. A directory can have two thousand of them; this many take a
/// second or two, and the finding says how many users were read.
pub(super) const PAGES_READ: usize = 10;

/// How many names are suggested.
const SUGGESTED: usize = 5;

/// The least similarity (Jaro-Winkler, 0 to 1) of a suggestion: a typo or two, or two letters swapped.
const LEAST_SIMILARITY: f64 = 0.88;

/// The names of these users that are close to what was typed.
pub(super) fn names(typed: &TypedUser, pages: &UserPages) -> NameList {
    let wanted = typed.as_str().to_lowercase();
    let mut scored: Vec<(f64, &str)> = pages
        .users
        .iter()
        .filter_map(|user| Some((similarity(&wanted, user), user.user_name.as_deref()?)))
        .filter(|(similarity, _)| *similarity >= LEAST_SIMILARITY)
        .collect();
    scored.sort_by(|(one, one_name), (other, other_name)| other.total_cmp(one).then(one_name.cmp(other_name)));
    NameList {
        close: scored.into_iter().take(SUGGESTED).map(|(_, name)| name.to_owned()).collect(),
        has_exact: pages.users.iter().any(|user| has_exactly(typed.as_str(), user)),
        read: pages.users.len(),
        complete: pages.complete,
    }
}

fn similarity(wanted: &str, user: &User) -> f64 {
    let names = user.user_name.iter().chain(&user.display_name).chain(&user.emails).map(|name| name.to_lowercase());
    let local = |name: &str| name.split('@').next().unwrap_or_default().to_owned();
    names
        .map(|name| {
            let whole = strsim::jaro_winkler(wanted, &name);
            // A name without a domain is compared with names that have one.
            if wanted.contains('@') { whole } else { whole.max(strsim::jaro_winkler(wanted, &local(&name))) }
        })
        .fold(0.0, f64::max)
}

fn has_exactly(typed: &str, user: &User) -> bool {
    let lower = typed.to_lowercase();
    let equal = |name: &String| *name == typed || *name == lower;
    user.user_name.as_ref().is_some_and(equal) || user.emails.iter().any(equal)
}
