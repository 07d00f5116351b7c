//! One thing that may be known: pending, a value, or failed.

use serde::{Deserialize, Serialize};

use super::Failure;

/// What is known of one thing. What failed is neither true nor false, so there is no way to read it as either.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known<T> {
    /// Nobody has asked yet, or the answer is still on its way.
    #[default]
    Pending,
    /// The source answered this.
    Value(T),
    /// The source was asked, and gave no usable answer.
    Failed(Failure),
}

impl<T> Known<T> {
    /// Returns the same, borrowed.
    pub fn as_ref(&self) -> Known<&T> {
        match self {
            Self::Pending => Known::Pending,
            Self::Value(value) => Known::Value(value),
            Self::Failed(failure) => Known::Failed(failure.clone()),
        }
    }

    /// Returns another value in the same state.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Known<U> {
        self.and_then(|value| Known::Value(change(value)))
    }

    /// Returns what follows from the value; without it, what is in the way stays in the way.
    pub fn and_then<U>(self, next: impl FnOnce(T) -> Known<U>) -> Known<U> {
        match self {
            Self::Pending => Known::Pending,
            Self::Value(value) => next(value),
            Self::Failed(failure) => Known::Failed(failure),
        }
    }

    /// Returns the value, when there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Pending | Self::Failed(_) => None,
        }
    }

    /// Returns the failure, when it failed.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed(failure) => Some(failure),
            Self::Pending | Self::Value(_) => None,
        }
    }

    /// Returns the same with another failure.
    #[must_use]
    pub fn map_failure(self, change: impl FnOnce(Failure) -> Failure) -> Self {
        match self {
            Self::Failed(failure) => Self::Failed(change(failure)),
            other => other,
        }
    }

    /// Returns true until there is a value or a failure.
    pub fn is_pending(&self) -> bool {
        matches!(self, Self::Pending)
    }
}

impl<T> From<Result<T, Failure>> for Known<T> {
    fn from(answer: Result<T, Failure>) -> Self {
        match answer {
            Ok(value) => Self::Value(value),
            Err(failure) => Self::Failed(failure),
        }
    }
}
