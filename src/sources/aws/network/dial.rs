//! Opens one connection: the name, the address, the proxy, TLS. Each step that can fail says so by itself.

use std::{future::Future, io, net::SocketAddr, pin::Pin, sync::Arc, time::Duration};

use hyper::{Uri, header::HeaderValue};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use rustls::{ClientConfig, pki_types::ServerName};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::{
    link::{Link, Stream},
    problem::{CONNECT_TIMEOUT, DialError, Place, Problem, read_io_error},
    trust::{Trust, find_untrusted},
    tunnel::dig_tunnel,
};

/// How long the addresses of one family are tried before those of the other are tried as well.
const HEAD_START: Duration = Duration::from_millis(250);

/// What opens connections.
pub(super) struct Dialer {
    tls: TlsConnector,
    tls_to_proxy: TlsConnector,
    proxies: Matcher,
}

impl Dialer {
    pub(super) fn new(trust: &Trust) -> Result<Self, rustls::Error> {
        let config = trust.configure()?;
        let with_protocols = |protocols: &[&[u8]]| {
            let mut config = ClientConfig::clone(&config);
            config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
            TlsConnector::from(Arc::new(config))
        };
        Ok(Self {
            tls: with_protocols(&[b"h2", b"http/1.1"]),
            tls_to_proxy: with_protocols(&[b"http/1.1"]),
            proxies: Matcher::from_env(),
        })
    }

    /// Returns what an HTTP proxy wants to see with every request, when there is one on the way.
    pub(super) fn find_proxy_password(&self, address: &Uri) -> Option<HeaderValue> {
        self.proxies.intercept(address)?.basic_auth().cloned()
    }

    /// Opens a connection to where that address is.
    pub(super) async fn dial(&self, address: &Uri) -> Result<Link, DialError> {
        let is_https = address.scheme_str() == Some("https");
        let place = Place {
            host: address.host().unwrap_or_default().trim_matches(['[', ']']).to_owned(),
            port: address.port_u16().unwrap_or(if is_https { 443 } else { 80 }),
            is_proxy: false,
        };
        let (stream, is_proxied) = match self.proxies.intercept(address) {
            Some(proxy) => {
                let (stream, proxy_place) = self.dial_proxy(&proxy).await?;
                if is_https {
                    let dug = dig_tunnel(stream, &place.host, place.port, proxy.basic_auth());
                    (limit(&proxy_place, dug).await?, false)
                } else {
                    (stream, true)
                }
            }
            None => (limit(&place, connect(&place)).await?, false),
        };
        if !is_https {
            return Ok(Link { stream, is_proxied, is_http2: false });
        }
        let stream = limit(&place, shake_hands(&self.tls, &place, stream)).await?;
        let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
        Ok(Link { stream: Box::new(stream), is_proxied: false, is_http2 })
    }

    async fn dial_proxy(&self, proxy: &Intercept) -> Result<(Box<dyn Stream>, Place), DialError> {
        let is_https = proxy.uri().scheme_str() == Some("https");
        let place = Place {
            host: proxy.uri().host().unwrap_or_default().trim_matches(['[', ']']).to_owned(),
            port: proxy.uri().port_u16().unwrap_or(if is_https { 443 } else { 80 }),
            is_proxy: true,
        };
        let stream = limit(&place, connect(&place)).await?;
        if !is_https {
            return Ok((stream, place));
        }
        let stream = limit(&place, shake_hands(&self.tls_to_proxy, &place, stream)).await?;
        Ok((Box::new(stream), place))
    }
}

/// Waits for a step, for as long as a connection may take.
async fn limit<T>(place: &Place, step: impl Future<Output = Result<T, Problem>>) -> Result<T, DialError> {
    let done = tokio::time::timeout(CONNECT_TIMEOUT, step).await;
    done.unwrap_or(Err(Problem::TimedOut(CONNECT_TIMEOUT)))
        .map_err(|problem| DialError { place: place.clone(), problem })
}

/// Connects to whichever address of the host takes the connection first.
async fn connect(place: &Place) -> Result<Box<dyn Stream>, Problem> {
    let found = tokio::net::lookup_host((place.host.as_str(), place.port)).await;
    let addresses: Vec<SocketAddr> = found.map_err(|error| Problem::Name(error.to_string()))?.collect();
    let Some(first) = addresses.first() else {
        return Err(Problem::Name("it has no address".to_owned()));
    };
    let (preferred, other): (Vec<SocketAddr>, Vec<SocketAddr>) =
        addresses.iter().partition(|address| address.is_ipv6() == first.is_ipv6());
    let stream = if other.is_empty() {
        connect_to_any(&preferred).await
    } else {
        let later = async {
            tokio::time::sleep(HEAD_START).await;
            connect_to_any(&other).await
        };
        // The first that stands counts; where one family fails, the other one decides.
        let both = futures::future::select_ok([
            Box::pin(connect_to_any(&preferred)) as Pin<Box<dyn Future<Output = io::Result<TcpStream>> + Send>>,
            Box::pin(later),
        ]);
        both.await.map(|(stream, _)| stream)
    };
    let stream = stream.map_err(|error| read_io_error(&error))?;
    stream.set_nodelay(true).map_err(|error| read_io_error(&error))?;
    Ok(Box::new(stream))
}

async fn connect_to_any(addresses: &[SocketAddr]) -> io::Result<TcpStream> {
    TcpStream::connect(addresses).await
}

async fn shake_hands(
    tls: &TlsConnector,
    place: &Place,
    stream: Box<dyn Stream>,
) -> Result<tokio_rustls::client::TlsStream<Box<dyn Stream>>, Problem> {
    let name = ServerName::try_from(place.host.clone()).map_err(|error| Problem::Tls(error.to_string()))?;
    tls.connect(name, stream).await.map_err(|error| match find_untrusted(&error) {
        Some(untrusted) => Problem::Untrusted(untrusted),
        None if error.kind() == io::ErrorKind::InvalidData => Problem::Tls(error.to_string()),
        None => read_io_error(&error),
    })
}
