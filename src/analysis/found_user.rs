//! A user that was found, by the look-ups or by the listing of users.

use crate::domain::{LookupKey, UserId};

/// A user that was found, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundUser {
    /// The id.
    pub id: UserId,
    /// The key that leads there.
    pub key: LookupKey,
}
