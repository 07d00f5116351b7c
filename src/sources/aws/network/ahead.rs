//! Connections that are opened before a request needs them. A request that finds none opens its own.

use std::{
    collections::{HashMap, VecDeque},
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use hyper::Uri;
use hyper_util::rt::TokioIo;
use tokio::task::JoinHandle;

use super::{dial::Dialer, link::Link, problem::DialError};

/// How long an unused connection is kept: whoever is at its other end closes it some time.
const KEPT: Duration = Duration::from_secs(20);

/// A connection on its way, or open and unused.
struct Waiting {
    since: Instant,
    link: JoinHandle<Result<Link, DialError>>,
}

/// What opens connections, with those that are open already. Clones share them.
#[derive(Clone)]
pub(super) struct Doorway {
    dialer: Arc<Dialer>,
    waiting: Arc<Mutex<HashMap<String, VecDeque<Waiting>>>>,
}

/// A connection as hyper takes it.
type Opening = Pin<Box<dyn Future<Output = Result<TokioIo<Link>, DialError>> + Send>>;

impl Doorway {
    pub(super) fn new(dialer: Dialer) -> Self {
        Self { dialer: Arc::new(dialer), waiting: Arc::default() }
    }

    pub(super) fn dialer(&self) -> &Dialer {
        &self.dialer
    }

    /// Opens connections, until so many are there that no request has taken.
    pub(super) fn open_ahead(&self, address: &Uri, connections: usize) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = waiting.entry(name_origin(address)).or_default();
        queue.retain(|waiting| waiting.since.elapsed() < KEPT);
        while queue.len() < connections {
            let (dialer, address) = (Arc::clone(&self.dialer), address.clone());
            let link = tokio::spawn(async move { dialer.dial(&address).await });
            queue.push_back(Waiting { since: Instant::now(), link });
        }
    }

    fn take(&self, address: &Uri) -> Option<JoinHandle<Result<Link, DialError>>> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = waiting.get_mut(&name_origin(address))?;
        queue.retain(|waiting| waiting.since.elapsed() < KEPT);
        queue.pop_front().map(|waiting| waiting.link)
    }
}

fn name_origin(address: &Uri) -> String {
    [address.scheme_str().unwrap_or_default(), "://", address.authority().map_or("", |origin| origin.as_str())].concat()
}

impl tower_service::Service<Uri> for Doorway {
    type Response = TokioIo<Link>;
    type Error = DialError;
    type Future = Opening;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, address: Uri) -> Self::Future {
        let (dialer, opened) = (Arc::clone(&self.dialer), self.take(&address));
        Box::pin(async move {
            let link = match opened {
                // A task that ended without a result says nothing about the network.
                Some(opened) => match opened.await {
                    Ok(link) => link?,
                    Err(_) => dialer.dial(&address).await?,
                },
                None => dialer.dial(&address).await?,
            };
            Ok(TokioIo::new(link))
        })
    }
}
