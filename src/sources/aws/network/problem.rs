//! Why a connection was not opened.

use std::{fmt, io, time::Duration};

use super::trust::UntrustedCertificate;
use crate::facts::ConnectionFlaw;

/// Until a connection stands. A healthy one takes a tenth of it.
pub(super) const CONNECT_TIMEOUT: Duration = Duration::from_secs(4);

/// Why a connection was not opened: which host, and what is wrong.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{place} {problem}")]
pub(in crate::sources::aws) struct DialError {
    /// The host and its port.
    pub(in crate::sources::aws) place: Place,
    /// What is wrong.
    pub(in crate::sources::aws) problem: Problem,
}

impl DialError {
    /// Returns what is wrong on the operator's side; nothing, when only time ran out.
    pub(in crate::sources::aws) fn flaw(&self) -> Option<ConnectionFlaw> {
        Some(match &self.problem {
            Problem::TimedOut(_) if !self.place.is_proxy => return None,
            Problem::Untrusted(untrusted) if untrusted.is_inspected() => ConnectionFlaw::Certificate,
            Problem::Untrusted(_) => ConnectionFlaw::OtherCertificate,
            _ if self.place.is_proxy => ConnectionFlaw::Proxy,
            _ => ConnectionFlaw::Network,
        })
    }
}

/// Where a connection was to lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sources::aws) struct Place {
    pub(super) host: String,
    pub(super) port: u16,
    /// True for the proxy on the way.
    pub(in crate::sources::aws) is_proxy: bool,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let proxy = if self.is_proxy { "the proxy " } else { "" };
        write!(formatter, "{proxy}{}:{}", self.host, self.port)
    }
}

/// What is wrong with a connection.
#[derive(Debug, Clone, thiserror::Error)]
pub(in crate::sources::aws) enum Problem {
    /// The name has no address.
    #[error("cannot be found: the name does not resolve ({0})")]
    Name(String),
    /// Nobody listens there.
    #[error("refused the connection")]
    Refused,
    /// The network leads nowhere.
    #[error("cannot be reached: there is no route ({0})")]
    NoRoute(String),
    /// Nothing came back.
    #[error("did not take the connection within {} seconds", .0.as_secs())]
    TimedOut(Duration),
    /// The connection broke.
    #[error("broke the connection off ({0})")]
    Broken(String),
    /// The proxy does not let it through.
    #[error("does not lead to {target}: HTTP {status}{hint}")]
    ProxyRefused {
        /// Where to.
        target: String,
        /// What it said.
        status: u16,
        /// What that means, where it is known.
        hint: &'static str,
    },
    /// What answered speaks no HTTP proxy's language.
    #[error("does not answer as a proxy does")]
    NoProxy,
    /// The certificate is nobody's that is trusted.
    #[error("has a certificate that is not trusted: {0}")]
    Untrusted(UntrustedCertificate),
    /// TLS failed otherwise.
    #[error("does not speak TLS as expected ({0})")]
    Tls(String),
}

/// Returns what an error of the operating system says of a connection.
pub(super) fn read_io_error(error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Problem::Refused,
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable | io::ErrorKind::AddrNotAvailable => {
            Problem::NoRoute(error.to_string())
        }
        io::ErrorKind::TimedOut => Problem::TimedOut(CONNECT_TIMEOUT),
        _ => Problem::Broken(error.to_string()),
    }
}
