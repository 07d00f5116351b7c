//! What the user saw, as far as it was recognised. The words that were pasted are not kept: only what they turned out to
//! be.

use serde::{Deserialize, Serialize};

use crate::domain::Region;

/// What was recognised of the texts, lines and addresses that the user saw.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saw {
    /// The texts of the catalogue that were recognised, in the order in which they stood.
    pub texts: Vec<SeenText>,
    /// Texts that are close to what was said, none of them clearly the closest; by their ids.
    pub close: Vec<String>,
    /// The start URL that an address shows the user to have typed.
    pub start_url: Option<String>,
    /// The Region that an address shows the user to have typed.
    pub typed_region: Option<String>,
    /// The Region that an address shows the directory to be in.
    pub directory_region: Option<Region>,
    /// A Region that an address shows the sign-in to have used.
    pub used_region: Option<Region>,
    /// The directory whose address was seen.
    pub directory: Option<String>,
    /// The request ids, which AWS Support asks for.
    pub request_ids: Vec<String>,
    /// What the token service said of the key.
    pub key: KeyReason,
}

/// A text of the catalogue that was recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenText {
    /// Its id.
    pub id: String,
    /// True for the very text; false for the closest one.
    pub exact: bool,
}

/// What an answer of the token service says of the instance's key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyReason {
    /// Nothing.
    #[default]
    NotSaid,
    /// That it is not the key: `"reason":null`.
    RuledOut,
    /// That it cannot use the key: `"reason":"KMS_…"`.
    Unusable,
}
