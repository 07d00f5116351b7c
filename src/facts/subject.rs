//! What a query's parameters say about what it concerns.

use jiff::Timestamp;

use crate::domain::{
    AccountId, ApplicationArn, GroupId, IdentityStoreId, InstanceArn, LookupKey, PageToken, Region, SignInEventName,
    UserId,
};

/// Stands for a listing that covers all Regions.
pub const ALL_REGIONS: &str = "ALL_REGIONS";

/// A parameter of a query.
pub(super) trait Subject {
    /// Returns what the query concerns, when the parameter tells it.
    fn subject(&self) -> Option<&str>;
}

macro_rules! named_by_their_text {
    ($($type:ty),+) => {$(
        impl Subject for $type {
            fn subject(&self) -> Option<&str> {
                Some(self.as_str())
            }
        }
    )+};
}

named_by_their_text!(AccountId, ApplicationArn, GroupId, IdentityStoreId, InstanceArn, String, UserId);

impl Subject for Region {
    fn subject(&self) -> Option<&str> {
        None
    }
}

impl Subject for PageToken {
    fn subject(&self) -> Option<&str> {
        None
    }
}

impl Subject for Timestamp {
    fn subject(&self) -> Option<&str> {
        None
    }
}

impl Subject for SignInEventName {
    fn subject(&self) -> Option<&str> {
        Some(self.as_str())
    }
}

/// What is to be done is not what it is about.
impl Subject for Vec<String> {
    fn subject(&self) -> Option<&str> {
        None
    }
}

impl Subject for bool {
    fn subject(&self) -> Option<&str> {
        self.then_some(ALL_REGIONS)
    }
}

impl Subject for LookupKey {
    fn subject(&self) -> Option<&str> {
        Some(self.value())
    }
}

impl<T: Subject> Subject for Option<T> {
    fn subject(&self) -> Option<&str> {
        self.as_ref().and_then(Subject::subject)
    }
}
