//! Finds why somebody cannot sign in to Kiro, or another application behind AWS IAM Identity Center.
//!
//! Data flows one way. Each module may use those below it, and a test holds that:
//!
//! ```text
//! cli, tui     the two ways in
//! recording    a run as a file: what was told and learned, with or without names
//! report       findings in words: the diagnosis; text, JSON, Markdown; redaction; the IAM policy
//! symptoms     what the user saw: the known texts, the ladder of stages; what it does to the verdict; pure
//! checks       one file a check, and one list of them; pure
//! gather       asking, as early and as concurrently as the answers allow
//! analysis     what the facts say, before anybody judges; pure
//! sources      who answers: AWS, the sample organization
//! facts        the one list of what can be asked, and the store of what was answered
//! catalog      the causes; what they mean and how they are fixed
//! case         what we were told: the user, what the user typed, the application, settings
//! saml         what the identity provider's side hands over, read into plain values; pure
//! domain, text the nouns of Identity Center; how foreign text becomes safe to show
//! ```
//!
//! `ARCHITECTURE.md` has the whole map, the invariants, and where the ideas live.

mod analysis;
pub mod case;
pub mod catalog;
pub mod checks;
pub mod cli;
pub mod domain;
pub mod facts;
pub mod gather;
pub mod recording;
pub mod report;
pub mod saml;
pub mod sources;
pub mod symptoms;
pub mod text;
pub mod tui;
