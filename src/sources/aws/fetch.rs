//! An address that somebody named, fetched with the HTTP client that asks AWS: through the same proxy, trusting the same
//! certificates. Nothing of the operator's credentials is sent.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::{body::SdkBody, byte_stream::ByteStream};
use futures::{FutureExt, future::BoxFuture};
use url::Url;

use super::{LazyAws, errors::describe_innermost, network::Network};
use crate::sources::{Fetch, FetchError};

/// How many redirects are followed.
const REDIRECTS: usize = 5;

impl Fetch for LazyAws {
    fn fetch<'a>(&'a self, url: &'a Url, most_bytes: usize) -> BoxFuture<'a, Result<Vec<u8>, FetchError>> {
        async move {
            let network = self.network().map_err(|error| FetchError::Unreached(error.to_string()))?;
            fetch(network, url.clone(), most_bytes).await
        }
        .boxed()
    }
}

async fn fetch(network: &Network, mut url: Url, most_bytes: usize) -> Result<Vec<u8>, FetchError> {
    for _ in 0..=REDIRECTS {
        match ask_once(network, &url, most_bytes).await? {
            Reply::Document(bytes) => return Ok(bytes),
            Reply::Redirect(next) => url = next,
        }
    }
    Err(FetchError::Unreached(format!("it redirects more than {REDIRECTS} times")))
}

enum Reply {
    Document(Vec<u8>),
    Redirect(Url),
}

async fn ask_once(network: &Network, url: &Url, most_bytes: usize) -> Result<Reply, FetchError> {
    let unreached = |reason: String| FetchError::Unreached(reason);
    let mut request = HttpRequest::new(SdkBody::empty());
    request.set_uri(url.as_str()).map_err(|error| unreached(describe_innermost(&error)))?;
    request.headers_mut().insert("accept", "application/samlmetadata+xml, application/xml, */*");
    request.headers_mut().insert("user-agent", concat!("sso-doctor/", env!("CARGO_PKG_VERSION")));
    let response = network.send(request).await.map_err(|error| unreached(describe_innermost(&error)))?;
    let status = response.status().as_u16();
    if matches!(status, 301 | 302 | 303 | 307 | 308) {
        let next = response.headers().get("location").and_then(|location| url.join(location).ok());
        let next = next.ok_or_else(|| unreached(format!("HTTP {status}, which leads nowhere")))?;
        return if next.scheme() == "https" { Ok(Reply::Redirect(next)) } else { Err(FetchError::LeavesHttps) };
    }
    if status != 200 {
        return Err(unreached(format!("HTTP {status}")));
    }
    let mut body = ByteStream::new(response.into_body());
    let mut bytes = Vec::new();
    while bytes.len() < most_bytes {
        let Some(chunk) = body.next().await else { break };
        let chunk = chunk.map_err(|error| unreached(describe_innermost(&error)))?;
        bytes.extend_from_slice(&chunk);
    }
    bytes.truncate(most_bytes);
    Ok(Reply::Document(bytes))
}
