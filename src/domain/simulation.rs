//! What IAM says of an action that nobody tries.

use serde::{Deserialize, Serialize};

/// Whether somebody's policies allow an action, as IAM simulates it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimulatedAction {
    /// The IAM action, such as `sso:UpdateApplication`.
    pub action: String,
    /// True if the policies allow it; `None` where that hangs on something that only a real request has.
    pub allowed: Option<bool>,
}
