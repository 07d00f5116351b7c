//! The way to AWS: one HTTP client for all services, with the company's certificates and proxies, and connections that
//! are open before they are needed.
//!
//! ```text
//! trust   whose certificates are believed, and what is told of others
//! dial    one connection: name, address, proxy, TLS; and what failed of these
//! tunnel  through a proxy
//! link    an open connection
//! problem why there is none
//! ahead   connections that were opened before they are needed
//! ```
//!
//! The SDK has a client of its own. It does not tell which step failed, nor who issued a certificate, and it opens a
//! connection only once a request waits for it: three round trips instead of one.

mod ahead;
mod dial;
mod link;
mod problem;
mod trust;
mod tunnel;

use std::{fmt, time::Duration};

use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        http::{
            HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
            SharedHttpConnector,
        },
        orchestrator::{HttpRequest, HttpResponse},
        result::ConnectorError,
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::{body::SdkBody, retry::ErrorKind};
use hyper::{Request, Uri, header::PROXY_AUTHORIZATION};
use hyper_util::{
    client::legacy::Client,
    rt::{TokioExecutor, TokioTimer},
};

use self::{ahead::Doorway, dial::Dialer, problem::Problem};
pub(super) use self::{problem::DialError, trust::Trust};
use super::errors::find_in_chain;

/// The client. Clones share their connections.
#[derive(Clone)]
pub(super) struct Network {
    doorway: Doorway,
    client: Client<Doorway, SdkBody>,
}

impl fmt::Debug for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Network").finish_non_exhaustive()
    }
}

impl Network {
    /// Returns a client that believes these certificates and takes the proxies of the environment.
    pub(super) fn new(trust: &Trust) -> Result<Self, rustls::Error> {
        let doorway = Doorway::new(Dialer::new(trust)?);
        let client =
            Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build::<_, SdkBody>(doorway.clone());
        Ok(Self { doorway, client })
    }

    /// Opens so many connections to where that address is, for requests that are about to follow.
    pub(super) fn open_ahead(&self, address: &Uri, connections: usize) {
        self.doorway.open_ahead(address, connections);
    }

    /// Returns the client as the SDK takes it.
    pub(super) fn share(&self) -> SharedHttpClient {
        SharedHttpClient::new(self.clone())
    }

    /// Sends a request as it is.
    pub(super) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let mut request: Request<SdkBody> =
            request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
        // Where there is a tunnel the proxy was told when it was dug.
        if request.uri().scheme_str() == Some("http")
            && let Some(password) = self.doorway.dialer().find_proxy_password(request.uri())
        {
            request.headers_mut().insert(PROXY_AUTHORIZATION, password);
        }
        let response = self.client.request(request).await.map_err(|error| classify_error(error.into()))?;
        HttpResponse::try_from(response.map(SdkBody::from_body_1_x))
            .map_err(|error| ConnectorError::other(error.into(), None))
    }
}

impl HttpClient for Network {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        // How long a connection may take is the dialer's to know; what reads with a limit has a shorter one for both.
        let limit = settings.read_timeout().map(|read| read.max(settings.connect_timeout().unwrap_or_default()));
        SharedHttpConnector::new(Sender { network: self.clone(), limit })
    }
}

/// Sends for those that have the same limits.
#[derive(Debug)]
struct Sender {
    network: Network,
    limit: Option<Duration>,
}

impl HttpConnector for Sender {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (network, limit) = (self.network.clone(), self.limit);
        HttpConnectorFuture::new(async move {
            let Some(limit) = limit else {
                return network.send(request).await;
            };
            let sent = tokio::time::timeout(limit, network.send(request)).await;
            sent.unwrap_or_else(|late| Err(ConnectorError::timeout(late.into())))
        })
    }
}

/// Says of an error whether it is worth another try.
fn classify_error(error: BoxError) -> ConnectorError {
    if let Some(dial) = find_in_chain::<DialError>(error.as_ref()) {
        return match dial.problem {
            Problem::TimedOut(_) => ConnectorError::timeout(error),
            Problem::Untrusted(_) | Problem::ProxyRefused { .. } => ConnectorError::other(error, None),
            _ => ConnectorError::io(error),
        };
    }
    match find_in_chain::<hyper::Error>(error.as_ref()) {
        Some(found) if found.is_timeout() => ConnectorError::timeout(error),
        Some(found) if found.is_user() => ConnectorError::user(error),
        Some(found) if found.is_incomplete_message() => ConnectorError::other(error, Some(ErrorKind::TransientError)),
        Some(_) => ConnectorError::io(error),
        None if find_in_chain::<std::io::Error>(error.as_ref()).is_some() => ConnectorError::io(error),
        None => ConnectorError::other(error, None),
    }
}
