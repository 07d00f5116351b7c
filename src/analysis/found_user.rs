//! A user that was found, by the look-ups or by the listing of users.

use crate::{
    case::Case,
    domain::{LookupKey, User, UserId},
};

/// A user that was found, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundUser {
    /// The id.
    pub id: UserId,
    /// The key that leads there.
    pub key: LookupKey,
}

impl FoundUser {
    /// Returns how the user was found, when it was not by the user name as it was given.
    pub(crate) fn describe_key(&self, case: &Case, record: Option<&User>) -> Option<&'static str> {
        let given = case.user.as_str();
        let user_name = record.and_then(|user| user.user_name.as_deref());
        match &self.key {
            _ if user_name == Some(given) => None,
            LookupKey::Id(_) if case.user.lookups().contains(&self.key) => Some("by user id"),
            LookupKey::Email(_) => Some("by e-mail address"),
            LookupKey::UserName(name) if user_name.unwrap_or(name) != given => Some("in another letter case"),
            LookupKey::Id(_) | LookupKey::UserName(_) => None,
        }
    }
}
