//! A server behind TLS, and behind a network: every byte takes half a round trip, and a connection takes one before the
//! first of them is sent.

use std::{
    path::PathBuf,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, copy_bidirectional, duplex, split},
    net::{TcpListener, TcpStream},
    sync::mpsc::unbounded_channel,
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

/// Who issues the certificates of these servers.
pub const ISSUER: &str = "Example Corp TLS Inspection";

/// A certificate authority of a company, its certificate in a file, and a key for `localhost` that it vouches for.
pub struct Authority {
    directory: TempDir,
    server: Arc<ServerConfig>,
}

impl Authority {
    pub fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut of_authority = CertificateParams::default();
        of_authority.distinguished_name.push(DnType::CommonName, ISSUER);
        of_authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = of_authority.self_signed(&key).unwrap();
        let issuer = Issuer::new(of_authority, key);
        let server_key = KeyPair::generate().unwrap();
        let of_server = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let for_server = of_server.signed_by(&server_key, &issuer).unwrap();
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("bundle.pem"), certificate.pem()).unwrap();
        let chain: Vec<CertificateDer> = vec![for_server.der().clone()];
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(server_key.serialize_der()));
        let server = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        Self { directory, server: Arc::new(server) }
    }

    /// The file that `AWS_CA_BUNDLE` may name.
    pub fn bundle(&self) -> PathBuf {
        self.directory.path().join("bundle.pem")
    }
}

/// A server behind TLS; it stops when dropped.
pub struct TlsServer {
    pub port: u16,
    seen: Arc<Seen>,
    accepting: JoinHandle<()>,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    late: AtomicUsize,
    /// When the first answer left.
    answered: OnceLock<Instant>,
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl TlsServer {
    /// Starts one in front of a server that speaks plain HTTP.
    pub async fn start(authority: &Authority, behind: &str, round_trip: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (acceptor, behind) = (TlsAcceptor::from(authority.server.clone()), behind.replace("http://", ""));
        let seen = Arc::new(Seen::default());
        let watching = Arc::clone(&seen);
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                watching.connections.fetch_add(1, Ordering::Relaxed);
                let (acceptor, behind, seen) = (acceptor.clone(), behind.clone(), Arc::clone(&watching));
                tokio::spawn(async move { serve(stream, acceptor, &behind, round_trip, seen).await });
            }
        });
        Self { port, seen, accepting }
    }

    /// How many connections were opened.
    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::Relaxed)
    }

    /// How many connections were opened after the first answer by a request that waited for them: it comes together
    /// with the end of the handshake.
    pub fn late_connections(&self) -> usize {
        self.seen.late.load(Ordering::Relaxed)
    }
}

/// Serves one connection.
async fn serve(stream: TcpStream, acceptor: TlsAcceptor, behind: &str, round_trip: Duration, seen: Arc<Seen>) {
    let is_after_first_answer = seen.answered.get().is_some();
    let Ok(mut near) = acceptor.accept(cross_network(stream, round_trip)).await else { return };
    let is_open = Instant::now();
    let mut far = TcpStream::connect(behind).await.unwrap();
    let mut first = vec![0; 1 << 16];
    let Ok(count) = near.read(&mut first).await else { return };
    if count > 0 && is_after_first_answer && is_open.elapsed() < round_trip / 10 {
        seen.late.fetch_add(1, Ordering::Relaxed);
    }
    far.write_all(&first[..count]).await.unwrap();
    let count = far.read(&mut first).await.unwrap();
    seen.answered.get_or_init(Instant::now);
    near.write_all(&first[..count]).await.unwrap();
    drop(copy_bidirectional(&mut near, &mut far).await);
}

/// Returns the far end of a network at whose near end the stream is.
fn cross_network(stream: TcpStream, round_trip: Duration) -> DuplexStream {
    stream.set_nodelay(true).unwrap();
    let (far, here) = duplex(1 << 20);
    let (from_client, to_client) = stream.into_split();
    let (from_server, to_server) = split(here);
    // What opens a connection crosses the network twice before anything else does.
    let opened = Instant::now() + round_trip;
    tokio::spawn(delay(from_client, to_server, round_trip / 2, opened));
    tokio::spawn(delay(from_server, to_client, round_trip / 2, Instant::now()));
    far
}

/// Passes bytes on after a while, in order.
async fn delay(
    mut from: impl AsyncRead + Unpin + Send + 'static,
    mut to: impl AsyncWrite + Unpin,
    way: Duration,
    not_before: Instant,
) {
    let (sender, mut receiver) = unbounded_channel::<(Instant, Vec<u8>)>();
    tokio::spawn(async move {
        let mut buffer = vec![0; 1 << 16];
        while let Ok(count) = from.read(&mut buffer).await {
            let arrives = Instant::now().max(not_before) + way;
            if count == 0 || sender.send((arrives, buffer[..count].to_vec())).is_err() {
                break;
            }
        }
    });
    while let Some((arrives, bytes)) = receiver.recv().await {
        tokio::time::sleep_until(arrives.into()).await;
        if to.write_all(&bytes).await.is_err() || to.flush().await.is_err() {
            break;
        }
    }
    drop(to.shutdown().await);
}
