//! Why something that was handed over cannot be read. No message repeats what it held.

/// Why something cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Nothing in it.
    #[error("it is empty; expected {0}")]
    Empty(&'static str),
    /// Not text.
    #[error("it is no text; expected {0}")]
    NotText(&'static str),
    /// Over a limit.
    #[error("{what} is larger than {limit}, which is the limit for it")]
    TooLarge {
        /// What.
        what: &'static str,
        /// The limit.
        limit: &'static str,
    },
    /// A document type.
    #[error(
        "it declares a document type (<!DOCTYPE), which SAML never does and which is refused; get it from the identity provider anew"
    )]
    DocumentType,
    /// XML that is not well-formed.
    #[error("it is no well-formed XML (line {line}, column {column}); expected {expected}")]
    NotXml {
        /// Where.
        line: u32,
        /// Where.
        column: u32,
        /// What was expected.
        expected: &'static str,
    },
    /// JSON that is not well-formed.
    #[error("it is no well-formed JSON (line {line}, column {column}); expected {expected}")]
    NotJson {
        /// Where.
        line: usize,
        /// Where.
        column: usize,
        /// What was expected.
        expected: &'static str,
    },
    /// Metadata of several entities.
    #[error(
        "it is an aggregate of {count} entities, as federations publish it; expected the metadata of the one identity provider"
    )]
    Aggregate {
        /// How many.
        count: usize,
    },
    /// Something else than was asked for.
    #[error("it is {found}; expected {expected}")]
    Other {
        /// What it is.
        found: &'static str,
        /// What was expected.
        expected: &'static str,
    },
}
