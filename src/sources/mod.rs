//! Who answers queries: AWS, and the sample organization; and who reads what was handed over.

pub mod aws;
mod call_log;
pub mod demo;
mod fetch;
pub mod handed_over;
mod text_file;

use futures::future::BoxFuture;
use jiff::Timestamp;

pub use self::{
    call_log::{EventSender, OpenCall, Wire},
    fetch::{Fetch, FetchError, NoNetwork},
    text_file::{TextFileError, name_text_file, read_text_file},
};
use crate::facts::{Answer, Failure, Query};

/// Somebody who answers. Every page of a listing is a call of its own, and each is entered in the log of events.
pub trait Source: Send + Sync {
    /// Asks one query. `Ok` with `None` inside always means "there is no such thing".
    fn ask<'a>(&'a self, query: &'a Query, events: &'a EventSender) -> BoxFuture<'a, Result<Answer, Failure>>;

    /// Returns when the credentials that were used end, where that is known.
    fn session_end(&self) -> Option<Timestamp> {
        None
    }
}
