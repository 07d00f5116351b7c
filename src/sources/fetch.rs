//! Fetching an address that somebody named.

use std::fmt;

use futures::{FutureExt, future::BoxFuture};
use url::Url;

/// Somebody who fetches a document over https.
pub trait Fetch: fmt::Debug + Send + Sync {
    /// Returns what an address answers, cut after so many bytes.
    fn fetch<'a>(&'a self, url: &'a Url, most_bytes: usize) -> BoxFuture<'a, Result<Vec<u8>, FetchError>>;
}

/// Why an address gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// It could not be reached, or answered with something else.
    #[error("{0}")]
    Unreached(String),
    /// It leads out of https.
    #[error("it redirects to an address without https")]
    LeavesHttps,
}

/// Whoever has no network: the sample organization.
#[derive(Debug, Clone, Copy)]
pub struct NoNetwork;

impl Fetch for NoNetwork {
    fn fetch<'a>(&'a self, _url: &'a Url, _most_bytes: usize) -> BoxFuture<'a, Result<Vec<u8>, FetchError>> {
        async { Err(FetchError::Unreached("the sample organization has no network".to_owned())) }.boxed()
    }
}
