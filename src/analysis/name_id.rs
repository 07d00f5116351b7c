//! Whose name the identity provider sends.

use super::CaseView;
use crate::{
    case::Case,
    domain::LookupKey,
    facts::{GetUserId, Known},
};

/// Whose a name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NameOwner {
    /// The user's who was asked for.
    Asked,
    /// The user's who was asked for, letter case and blanks aside; the user name.
    AskedOtherwise(Option<String>),
    /// Another user's.
    Other,
    /// Nobody's.
    Nobody,
    /// Nobody's, as whoever was asked for by that very name.
    NobodyAsked,
    /// Not to be told before it is known who the user is.
    Unsettled,
}

/// Returns the name that the provider sends, where it can be one.
fn find_sent_name(case: &Case) -> Option<&str> {
    let response = case.handed_over.response().filter(|response| response.is_success())?;
    let name = response.assertion.as_ref()?.name_id.as_ref()?.value.as_str();
    is_address(name.trim()).then_some(name)
}

/// Returns true for `name@domain`.
pub(crate) fn is_address(name: &str) -> bool {
    let Some((local, domain)) = name.split_once('@') else { return false };
    let is_part = |part: &str| !part.is_empty() && !part.contains(|next: char| next == '@' || next.is_whitespace());
    is_part(local) && is_part(domain)
}

/// The longest user name that Identity Center has. AWS refuses to look for a longer one, which is nobody's.
const USER_NAME_LIMIT: usize = 128;

/// Returns the look-ups by which the name could be found, in their order: as it is, and in lower case.
pub(crate) fn list_keys(case: &Case) -> Vec<LookupKey> {
    let is_possible = |name: &&str| name.chars().count() <= USER_NAME_LIMIT;
    let Some(name) = find_sent_name(case).map(str::trim).filter(is_possible) else { return Vec::new() };
    let lower = name.to_lowercase();
    let mut keys = vec![LookupKey::UserName(name.to_owned())];
    if lower != name {
        keys.push(LookupKey::UserName(lower));
    }
    keys
}

/// Returns the look-up to make next, once it is known who the user is; none for a name that is the user's own.
pub(crate) fn plan_lookup(view: &CaseView) -> Option<GetUserId> {
    let name = find_sent_name(view.case)?;
    if compare_with_asked(view, name)?.is_settled() {
        return None;
    }
    for key in list_keys(view.case) {
        let query = query(view, key);
        match view.facts.get(query.clone()) {
            Known::Pending => return Some(query),
            Known::Value(None) if !is_own_otherwise(view, name) => {}
            Known::Value(_) | Known::Failed(_) => return None,
        }
    }
    None
}

/// Returns whose name the provider sends.
pub(crate) fn find_name_owner(view: &CaseView, name: &str) -> Known<NameOwner> {
    let Some(compared) = compare_with_asked(view, name) else { return Known::Pending };
    match compared {
        Compared::Own => return Known::Value(NameOwner::Asked),
        Compared::OfNobodyAsked => return Known::Value(NameOwner::NobodyAsked),
        Compared::Open => {}
    }
    let mut found = None;
    for key in list_keys(view.case) {
        match view.facts.get(query(view, key.clone())) {
            Known::Pending => return Known::Pending,
            Known::Failed(failure) => return Known::Failed(failure),
            Known::Value(Some(id)) => {
                found = Some((id, key));
                break;
            }
            Known::Value(None) if is_own_otherwise(view, name) => break,
            Known::Value(None) => {}
        }
    }
    let own_name = || view.read_user_record().value().and_then(|user| user.user_name.clone());
    Known::Value(match (&view.user, found) {
        (Known::Value(Some(asked)), Some((id, key))) if asked.id == *id => match own_name() {
            None if key.value() == name => NameOwner::Asked,
            own => NameOwner::AskedOtherwise(own),
        },
        (Known::Value(_), Some(_)) => NameOwner::Other,
        (Known::Value(_), None) if is_own_otherwise(view, name) => NameOwner::AskedOtherwise(own_name()),
        (Known::Value(_), None) => NameOwner::Nobody,
        (Known::Pending | Known::Failed(_), _) => NameOwner::Unsettled,
    })
}

fn query(view: &CaseView, key: LookupKey) -> GetUserId {
    let (region, store) = (view.instance.region.clone(), view.instance.identity_store.clone());
    GetUserId { region, store, key }
}

/// What a name is to the user who was asked for, before anything else is asked.
enum Compared {
    /// The user name, to the letter.
    Own,
    /// What was typed for somebody who is not there.
    OfNobodyAsked,
    /// To be looked up.
    Open,
}

impl Compared {
    fn is_settled(&self) -> bool {
        !matches!(self, Self::Open)
    }
}

/// Returns what the name is to the user, once it is known who that is.
fn compare_with_asked(view: &CaseView, name: &str) -> Option<Compared> {
    match &view.user {
        Known::Pending => None,
        Known::Value(None) => {
            let is_typed = view.case.user.as_str().to_lowercase() == name.trim().to_lowercase();
            Some(if is_typed { Compared::OfNobodyAsked } else { Compared::Open })
        }
        Known::Value(Some(_)) => match view.read_user_record() {
            Known::Pending => None,
            Known::Value(user) if user.user_name.as_deref() == Some(name) => Some(Compared::Own),
            Known::Value(_) | Known::Failed(_) => Some(Compared::Open),
        },
        Known::Failed(_) => Some(Compared::Open),
    }
}

/// Returns true for the user's own name, letter case and blanks aside.
fn is_own_otherwise(view: &CaseView, name: &str) -> bool {
    let record = view.read_user_record();
    let own = record.value().and_then(|user| user.user_name.as_deref());
    own.is_some_and(|own| own.trim().to_lowercase() == name.trim().to_lowercase())
}
