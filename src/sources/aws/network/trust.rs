//! Whose certificates are believed: the system's, or those of `AWS_CA_BUNDLE` and `ca_bundle`, as in the AWS CLI.

use std::{
    error::Error,
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, OtherError, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, aws_lc_rs},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};
use x509_cert::{Certificate, der::Decode};

use crate::{case::config::show_path, text};

/// The certificates that are believed.
#[derive(Debug, Clone, Default)]
pub(in crate::sources::aws) enum Trust {
    /// Those of the system; `SSL_CERT_FILE` is one of its ways to name them.
    #[default]
    System,
    /// Those of a file, and no others.
    Bundle(Arc<RootCertStore>),
}

/// Why a file of certificates cannot be used.
#[derive(Debug, thiserror::Error)]
pub(in crate::sources::aws) enum BadBundle {
    /// It cannot be read.
    #[error("{}: {error}", show_path(path))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// There is no certificate in it.
    #[error("{}: there is no certificate in it", show_path(path))]
    Empty {
        /// The file.
        path: PathBuf,
    },
}

/// A certificate that nobody who is trusted has issued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in crate::sources::aws) struct UntrustedCertificate {
    issuer: Option<String>,
    flaw: CertificateFlaw,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum CertificateFlaw {
    UnknownIssuer,
    OtherName,
    OutOfTime,
    Other(String),
}

impl fmt::Display for UntrustedCertificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let issuer = self.issuer.as_deref().unwrap_or("not told");
        match &self.flaw {
            CertificateFlaw::UnknownIssuer => write!(
                formatter,
                "a proxy on your network inspects TLS (issuer: {issuer}): point AWS_CA_BUNDLE to your company's certificates"
            ),
            CertificateFlaw::OtherName => write!(
                formatter,
                "it is another host's, as where a network asks you to sign in first (issuer: {issuer})"
            ),
            CertificateFlaw::OutOfTime => {
                write!(formatter, "it is out of date by this machine's clock (issuer: {issuer})")
            }
            CertificateFlaw::Other(reason) => write!(formatter, "{reason} (issuer: {issuer})"),
        }
    }
}

impl UntrustedCertificate {
    /// Returns true where only the issuer is unknown, as where a proxy makes certificates of its own.
    pub(super) fn is_inspected(&self) -> bool {
        self.flaw == CertificateFlaw::UnknownIssuer
    }
}

impl Trust {
    /// Reads the certificates of a file.
    pub(in crate::sources::aws) fn read_bundle(path: &Path) -> Result<Self, BadBundle> {
        let text = std::fs::read(path).map_err(|error| BadBundle::Unreadable { path: path.to_owned(), error })?;
        let mut roots = RootCertStore::empty();
        // What is no certificate is passed over, as OpenSSL does: bundles carry comments and keys.
        let certificates: Vec<CertificateDer> = CertificateDer::pem_slice_iter(&text).filter_map(Result::ok).collect();
        let (usable, _) = roots.add_parsable_certificates(certificates);
        if usable == 0 {
            return Err(BadBundle::Empty { path: path.to_owned() });
        }
        Ok(Self::Bundle(Arc::new(roots)))
    }

    /// Returns the TLS settings. One for all connections, so that sessions are resumed.
    pub(super) fn configure(&self) -> Result<ClientConfig, rustls::Error> {
        let roots = match self {
            Self::System => {
                let mut roots = RootCertStore::empty();
                roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
                Arc::new(roots)
            }
            Self::Bundle(roots) => Arc::clone(roots),
        };
        let provider = Arc::new(aws_lc_rs::default_provider());
        // Without a single certificate nothing is trusted, which is told at the first connection.
        let inner = WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(&provider)).build().ok();
        let verifier = NamingVerifier { inner, provider: Arc::clone(&provider) };
        Ok(ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth())
    }
}

/// Verifies as rustls does, and says who issued what is not trusted.
#[derive(Debug)]
struct NamingVerifier {
    inner: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for NamingVerifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let verified = match &self.inner {
            Some(inner) => inner.verify_server_cert(certificate, between, name, ocsp, now),
            None => Err(rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer)),
        };
        verified.map_err(|error| {
            let rustls::Error::InvalidCertificate(reason) = &error else {
                return error;
            };
            let flaw = match reason {
                CertificateError::UnknownIssuer => CertificateFlaw::UnknownIssuer,
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                    CertificateFlaw::OtherName
                }
                CertificateError::Expired
                | CertificateError::ExpiredContext { .. }
                | CertificateError::NotValidYet
                | CertificateError::NotValidYetContext { .. } => CertificateFlaw::OutOfTime,
                other => CertificateFlaw::Other(text::clean(&other.to_string())),
            };
            // Who issued the last one that was sent is who made the whole chain.
            let last = between.last().unwrap_or(certificate);
            let untrusted = UntrustedCertificate { issuer: read_issuer(last), flaw };
            rustls::Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(untrusted))))
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

fn read_issuer(certificate: &CertificateDer<'_>) -> Option<String> {
    let read = Certificate::from_der(certificate.as_ref()).ok()?;
    Some(text::clean(&read.tbs_certificate.issuer.to_string())).filter(|issuer| !issuer.is_empty())
}

/// Returns what is wrong with the certificate, when that is what broke the handshake.
pub(super) fn find_untrusted(error: &io::Error) -> Option<UntrustedCertificate> {
    let inner: &(dyn Error + Send + Sync + 'static) = error.get_ref()?;
    match inner.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(CertificateError::Other(OtherError(other))) => {
            other.downcast_ref::<UntrustedCertificate>().cloned()
        }
        _ => None,
    }
}
