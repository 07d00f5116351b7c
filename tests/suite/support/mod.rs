//! What the tests share.

#![allow(dead_code, unreachable_pub, missing_docs, reason = "some fields are read by `Debug` alone")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail where it stands")]

pub mod aws;
pub mod cases;
pub mod comparison;
pub mod decorator;
pub mod doctor;
pub mod generated;
pub mod hostile;
pub mod plain_words;
pub mod program;
pub mod saml;
pub mod scenario;
pub mod source_tree;
pub mod tls;
