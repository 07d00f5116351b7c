//! The service behind wiremock.

use std::{sync::Arc, time::Duration};

use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use super::{
    request::WireRequest,
    response::{Reaction, WireResponse},
    service::Service,
};

/// Longer than any test waits.
const FOR_EVER: Duration = Duration::from_hours(1);

struct Answering(Arc<Service>);

impl Respond for Answering {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let header = |name: &str| Some(request.headers.get(name)?.to_str().ok()?.to_owned());
        match self.0.react(&WireRequest::read(header, &request.body)) {
            Reaction::Answer(response) => template(response),
            Reaction::Hang => ResponseTemplate::new(200).set_delay(FOR_EVER),
            Reaction::Reset | Reaction::DropHalfWay(_) => unreachable!("wiremock cannot do this: use the socket"),
        }
    }
}

fn template(response: WireResponse) -> ResponseTemplate {
    let mut template = ResponseTemplate::new(response.status)
        .set_body_raw(response.body, response.content_type)
        .set_delay(response.delay);
    for (name, value) in response.headers {
        template = template.insert_header(name, value.as_str());
    }
    template
}

/// A server that answers until it is dropped.
pub struct HttpServer {
    pub url: String,
    server: Option<MockServer>,
}

impl Drop for HttpServer {
    /// Dropping a `MockServer` waits for a lock, and a tokio task that has used up its share of time would wait for
    /// ever: another thread may wait.
    fn drop(&mut self) {
        let server = self.server.take();
        std::thread::spawn(move || drop(server));
    }
}

/// Starts a server.
pub async fn start(service: Arc<Service>) -> HttpServer {
    let server = MockServer::builder().disable_request_recording().start().await;
    Mock::given(any()).respond_with(Answering(service)).mount(&server).await;
    HttpServer { url: server.uri(), server: Some(server) }
}
