//! The service behind a bare socket: no HTTP server resets a connection on purpose, drops it half-way through an answer,
//! or accepts a request and never answers. It runs in the runtime of the test, so that both have the same share of a
//! busy machine.

use std::{collections::HashMap, future::pending, io, sync::Arc};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use super::{
    request::WireRequest,
    response::{Reaction, WireResponse},
    service::Service,
};

/// A server that answers until it is dropped.
#[derive(Debug)]
pub struct SocketServer {
    pub url: String,
    accepting: JoinHandle<()>,
}

impl Drop for SocketServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl SocketServer {
    /// Starts a server.
    pub async fn start(service: Arc<Service>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let service = Arc::clone(&service);
                tokio::spawn(async move { drop(serve(stream, &service).await) });
            }
        });
        Self { url, accepting }
    }
}

/// Serves one connection until either side closes it.
async fn serve(stream: TcpStream, service: &Service) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    while let Some(request) = read_request(&mut stream).await? {
        match service.react(&request) {
            Reaction::Answer(response) => {
                tokio::time::sleep(response.delay).await;
                stream.write_all(&bytes_of(&response)).await?;
            }
            Reaction::Reset => return stream.get_ref().set_zero_linger(),
            Reaction::DropHalfWay(response) => {
                tokio::time::sleep(response.delay).await;
                let bytes = bytes_of(&response);
                let half = bytes.len() - response.body.len() / 2;
                stream.write_all(&bytes[..half]).await?;
                return stream.shutdown().await;
            }
            Reaction::Hang => pending().await,
        }
    }
    Ok(())
}

/// One request with a body of known length; `None` at the end of the connection.
async fn read_request(stream: &mut BufReader<TcpStream>) -> io::Result<Option<WireRequest>> {
    let mut headers = HashMap::new();
    let mut line = String::new();
    if stream.read_line(&mut line).await? == 0 {
        return Ok(None);
    }
    loop {
        line.clear();
        stream.read_line(&mut line).await?;
        match line.trim_end().split_once(':') {
            Some((name, value)) => headers.insert(name.to_lowercase(), value.trim().to_owned()),
            None => break,
        };
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or_default();
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok(Some(WireRequest::read(|name| headers.get(name).cloned(), &body)))
}

fn bytes_of(response: &WireResponse) -> Vec<u8> {
    let mut head = format!(
        "HTTP/1.1 {} Answer\r\ncontent-type: {}\r\ncontent-length: {}\r\n",
        response.status,
        response.content_type,
        response.body.len()
    );
    for (name, value) in &response.headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(&response.body);
    bytes
}
