//! Just enough HTTP to talk to our own server on loopback.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// The body of a `GET` on `127.0.0.1`.
///
/// # Errors
/// Nobody answers, or the answer is not a success.
pub(crate) fn get(port: u16, path: &str) -> Result<String> {
    send(port, "GET", path, "", "").map(|answer| answer.body)
}

/// The same with the cookie of a session.
///
/// # Errors
/// As [`get`].
pub(crate) fn get_as(port: u16, path: &str, cookie: &str) -> Result<String> {
    send(port, "GET", path, &format!("Cookie: {cookie}\r\n"), "").map(|answer| answer.body)
}

/// A `POST` of JSON on `127.0.0.1`, with the cookie of a session or an empty one.
///
/// # Errors
/// Nobody answers, or the answer is not a success.
pub(crate) fn post(port: u16, path: &str, cookie: &str, body: &str) -> Result<Answer> {
    let length = body.len();
    // The key counts only where the route asks for one.
    let headers = format!(
        "Content-Type: application/json\r\nContent-Length: {length}\r\nCookie: {cookie}\r\n\
         Idempotency-Key: once\r\n"
    );
    send(port, "POST", path, &headers, body)
}

/// What was answered.
pub(crate) struct Answer {
    head: String,
    /// The body.
    pub(crate) body: String,
}

impl Answer {
    /// The cookie that it sets, as it is sent back.
    pub(crate) fn cookie(&self) -> Option<&str> {
        let line = self.head.lines().find_map(|line| line.strip_prefix("set-cookie: "))?;
        line.split(';').next()
    }
}

fn send(port: u16, method: &str, path: &str, headers: &str, body: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).context("nobody listens")?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    // 1.0: the body ends with the connection, never in chunks.
    write!(stream, "{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n{body}")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").context("not an HTTP answer")?;
    match head.split_whitespace().nth(1) {
        Some(status) if status.starts_with('2') => {
            Ok(Answer { head: head.to_owned(), body: body.to_owned() })
        }
        status => bail!("{path} answered {}", status.unwrap_or("nothing")),
    }
}

/// Waits until the server says that it can answer.
///
/// # Errors
/// It does not within the time.
pub(crate) fn wait_until_ready(port: u16, at_most: Duration) -> Result<()> {
    let begun = Instant::now();
    loop {
        match get(port, "/readyz") {
            Ok(_) => return Ok(()),
            Err(error) if begun.elapsed() > at_most => {
                return Err(error).context("the server did not become ready");
            }
            Err(_) => std::thread::sleep(Duration::from_millis(50)),
        }
    }
}
