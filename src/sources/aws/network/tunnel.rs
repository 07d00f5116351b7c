//! A tunnel through an HTTP proxy: `CONNECT`, and its answer.

use hyper::header::HeaderValue;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{
    link::Stream,
    problem::{Problem, read_io_error},
};

/// The longest answer to `CONNECT` that is read.
const LONGEST: usize = 16 * 1024;

/// Asks the proxy at the other end of a stream for a way to a host.
pub(super) async fn dig_tunnel(
    mut stream: Box<dyn Stream>,
    host: &str,
    port: u16,
    password: Option<&HeaderValue>,
) -> Result<Box<dyn Stream>, Problem> {
    let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    let target = format!("{host}:{port}");
    let mut request = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n").into_bytes();
    if let Some(password) = password {
        request.extend_from_slice(b"Proxy-Authorization: ");
        request.extend_from_slice(password.as_bytes());
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    stream.write_all(&request).await.map_err(|error| read_io_error(&error))?;
    stream.flush().await.map_err(|error| read_io_error(&error))?;
    let answer = read_head(&mut stream).await?;
    match read_status(&answer).ok_or(Problem::NoProxy)? {
        200..300 => Ok(stream),
        status => Err(Problem::ProxyRefused { target, status, hint: explain_status(status) }),
    }
}

/// Reads up to the empty line. A byte at a time: what follows belongs to the tunnel.
async fn read_head(stream: &mut Box<dyn Stream>) -> Result<Vec<u8>, Problem> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() > LONGEST {
            return Err(Problem::NoProxy);
        }
        head.push(stream.read_u8().await.map_err(|error| read_io_error(&error))?);
    }
    Ok(head)
}

fn read_status(head: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(head).ok()?.lines().next()?;
    let mut words = line.split_ascii_whitespace();
    words.next().filter(|version| version.starts_with("HTTP/"))?;
    words.next()?.parse().ok()
}

fn explain_status(status: u16) -> &'static str {
    match status {
        407 => ", it wants a user name and a password: http://USER:PASSWORD@HOST:PORT",
        403 => ", it does not allow that address",
        502..=504 => ", it cannot reach that address",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::read_status;

    #[test]
    fn only_http_has_a_status() {
        assert_eq!(read_status(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"), Some(407));
        assert_eq!(read_status(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), None);
        assert_eq!(read_status(b"\r\n\r\n"), None);
    }
}
