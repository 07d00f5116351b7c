//! One thing that may be known: not asked yet, seen, or blocked by an obstacle.

use serde::{Deserialize, Serialize};

use super::Obstacle;

/// A fact's place. What is blocked is neither true nor false, so there is no way to read it as either.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slot<T> {
    /// Nobody has asked yet, or the answer is still on its way.
    #[default]
    NotAsked,
    /// AWS answered this.
    Seen(T),
    /// AWS was asked, and this came in the way.
    Blocked(Obstacle),
}

impl<T> Slot<T> {
    /// The same slot, borrowed.
    pub fn as_ref(&self) -> Slot<&T> {
        match self {
            Self::NotAsked => Slot::NotAsked,
            Self::Seen(value) => Slot::Seen(value),
            Self::Blocked(obstacle) => Slot::Blocked(obstacle.clone()),
        }
    }

    /// Another value in the same state.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Slot<U> {
        self.and_then(|value| Slot::Seen(change(value)))
    }

    /// What follows from the value; without it, what is in the way stays in the way.
    pub fn and_then<U>(self, next: impl FnOnce(T) -> Slot<U>) -> Slot<U> {
        match self {
            Self::NotAsked => Slot::NotAsked,
            Self::Seen(value) => next(value),
            Self::Blocked(obstacle) => Slot::Blocked(obstacle),
        }
    }

    /// The value, where it was seen.
    pub fn seen(&self) -> Option<&T> {
        match self {
            Self::Seen(value) => Some(value),
            Self::NotAsked | Self::Blocked(_) => None,
        }
    }

    /// The obstacle, where there is one.
    pub fn obstacle(&self) -> Option<&Obstacle> {
        match self {
            Self::Blocked(obstacle) => Some(obstacle),
            Self::NotAsked | Self::Seen(_) => None,
        }
    }

    /// The same slot with another obstacle.
    #[must_use]
    pub fn map_obstacle(self, change: impl FnOnce(Obstacle) -> Obstacle) -> Self {
        match self {
            Self::Blocked(obstacle) => Self::Blocked(change(obstacle)),
            other => other,
        }
    }

    /// True until AWS has answered or failed to.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::NotAsked)
    }
}

impl<T> From<Result<T, Obstacle>> for Slot<T> {
    fn from(answer: Result<T, Obstacle>) -> Self {
        match answer {
            Ok(value) => Self::Seen(value),
            Err(obstacle) => Self::Blocked(obstacle),
        }
    }
}
