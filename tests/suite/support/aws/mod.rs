//! A fake AWS over HTTP: the real wire formats of the operations of `Operation::ALL`, answered from an
//! `Organization`. It can stand behind `AWS_ENDPOINT_URL` of the real program.
//!
//! ```text
//! socket ─► request ─► service ─► sso_admin, identity_store, cloudtrail (JSON), query (XML)
//!                         │
//!                         ├─► fault ─► lie
//!                         └─► ledger
//! ```

mod cloudtrail;
mod fault;
mod identity_store;
mod ledger;
mod lie;
mod paging;
mod query;
mod request;
mod response;
mod service;
mod socket;
mod sso_admin;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use jiff::Timestamp;
use sso_doctor::{
    domain::Region,
    facts::Operation,
    sources::demo::{Organization, OrganizationFile},
};

pub use self::{fault::WireFault, ledger::Ledger, service::Rule};
use self::{service::Service, socket::SocketServer};

/// How a fake AWS is to be.
#[derive(Debug)]
pub struct Plan {
    service: Service,
}

/// A running fake AWS; it stops when dropped.
pub struct FakeAws {
    service: Arc<Service>,
    server: SocketServer,
}

impl Plan {
    /// A server with pages as large as AWS has them, that answers at once.
    pub fn new(organization: Organization) -> Self {
        Self {
            service: Service {
                organization,
                rules: Vec::new(),
                page_size: 100,
                latency: Duration::ZERO,
                date: http_date(super::scenario::now()),
                ledger: Mutex::default(),
                met: Mutex::default(),
            },
        }
    }

    /// Its clock stands at that time, instead of at the scenarios'.
    pub fn clock(self, now: Timestamp) -> Self {
        self.date(&http_date(now))
    }

    /// Every answer has this as its date.
    pub fn date(mut self, date: &str) -> Self {
        date.clone_into(&mut self.service.date);
        self
    }

    /// Pages of at most that many.
    pub fn page_size(mut self, size: usize) -> Self {
        self.service.page_size = size;
        self
    }

    /// Every answer takes that long.
    pub fn latency(mut self, latency: Duration) -> Self {
        self.service.latency = latency;
        self
    }

    /// One operation goes wrong.
    pub fn fault(mut self, operation: Operation, fault: WireFault) -> Self {
        self.service.rules.push(Rule { fault, operation, region: None });
        self
    }

    /// One operation goes wrong in one Region.
    pub fn fault_in(mut self, region: &str, operation: Operation, fault: WireFault) -> Self {
        self.service.rules.push(Rule { fault, operation, region: Some(Region::new(region)) });
        self
    }

    /// Starts it, in the runtime of whoever starts it.
    pub async fn start(self) -> FakeAws {
        let service = Arc::new(self.service);
        let server = SocketServer::start(Arc::clone(&service)).await;
        FakeAws { service, server }
    }
}

impl FakeAws {
    /// An organization on the wire, without further ado.
    pub async fn of(file: &OrganizationFile) -> Self {
        Plan::new(Organization::new(file, super::scenario::now()).unwrap()).start().await
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.server.url
    }

    /// What was asked so far.
    pub fn ledger(&self) -> Ledger {
        self.service.ledger.lock().unwrap().clone()
    }

    /// The environment in which the AWS SDK talks to this server, and to nobody else.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let fixed = [
            ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
            ("AWS_SECRET_ACCESS_KEY", "not-a-secret"),
            ("AWS_REGION", "us-east-1"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_CONFIG_FILE", "/nonexistent/config"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent/credentials"),
        ];
        let mut environment: Vec<_> = fixed.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
        environment.push(("AWS_ENDPOINT_URL", self.server.url.clone()));
        environment
    }
}

/// A time as HTTP writes it.
fn http_date(time: Timestamp) -> String {
    time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// An address at which connections are refused.
pub async fn refused() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}
