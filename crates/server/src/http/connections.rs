//! Connections: taking them, and letting go of those that do not say what they want.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::{ServiceExt, service_fn};

/// Serves until told to stop, then finishes the answers that have begun.
pub(super) async fn serve(
    mut listener: TcpListener,
    router: Router,
    patience: Duration,
    stop: watch::Receiver<bool>,
) {
    let mut open = JoinSet::new();
    let mut stopped = pin!(told(stop.clone()));
    loop {
        tokio::select! {
            (stream, peer) = Listener::accept(&mut listener) => {
                open.spawn(connection(stream, peer, router.clone(), patience, stop.clone()));
            }
            () = &mut stopped => break,
            Some(_closed) = open.join_next() => {}
        }
    }
    drop(listener);
    while open.join_next().await.is_some() {}
}

async fn told(mut stop: watch::Receiver<bool>) {
    let _sender_gone = stop.wait_for(|stop| *stop).await;
}

/// One connection, HTTP/1.1 or HTTP/2. It is closed when the head of a request is not whole in time:
/// whoever sends a letter a minute holds none of our connections for long.
async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    patience: Duration,
    stop: watch::Receiver<bool>,
) {
    let _merely_slower = stream.set_nodelay(true);
    let has_asked = Arc::new(AtomicBool::new(false));
    let note = Arc::clone(&has_asked);
    let service = service_fn(move |mut request: Request<Incoming>| {
        note.store(true, Ordering::Relaxed);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(patience);
    // Of HTTP/2, whose connections live long, only those end that are dead.
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(patience)
        .keep_alive_timeout(patience);
    let service = TowerToHyperService::new(service);
    let mut serving = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let mut stopped = pin!(told(stop));
    // Until the first letters tell which HTTP it is, and in HTTP/2, no timer of the library's runs.
    let mut first = pin!(tokio::time::sleep(patience));
    let (mut is_stopping, mut is_first) = (false, true);
    loop {
        tokio::select! {
            // A connection that broke is its client's affair.
            _served = serving.as_mut() => return,
            () = &mut first, if is_first => {
                if !has_asked.load(Ordering::Relaxed) {
                    return;
                }
                is_first = false;
            }
            () = &mut stopped, if !is_stopping => {
                serving.as_mut().graceful_shutdown();
                is_stopping = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use axum::routing::{get, post};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    const PATIENCE: Duration = Duration::from_millis(400);
    const SLOW: Duration = Duration::from_millis(900);
    const ASK: &[u8] = b"GET / HTTP/1.1\r\nhost: test\r\n\r\n";

    async fn start() -> (SocketAddr, watch::Sender<bool>, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new()
            .route("/", get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.to_string()))
            .route("/slow", get(async || tokio::time::sleep(SLOW).await))
            .route("/length", post(async |body: String| body.len().to_string()));
        let (stop, stopped) = watch::channel(false);
        (address, stop, tokio::spawn(serve(listener, router, PATIENCE, stopped)))
    }

    /// What comes until the connection is closed.
    async fn rest(stream: &mut TcpStream) -> String {
        let mut text = Vec::new();
        let _reset = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut text))
            .await
            .expect("the server closes the connection");
        String::from_utf8_lossy(&text).into_owned()
    }

    #[tokio::test]
    async fn who_does_not_say_what_she_wants_is_let_go() {
        let (address, _stop, _serving) = start().await;
        for beginning in [
            &b""[..],
            b"PR",
            b"G",
            b"GET / HTTP/1.1\r\nhost: test\r\nx-slow: ",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        ] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let begun = Instant::now();
            stream.write_all(beginning).await.unwrap();
            let said = rest(&mut stream).await;
            assert!(!said.contains("200"), "{beginning:?}: {said}");
            assert!(begun.elapsed() >= PATIENCE, "{beginning:?}: not at once");
        }
    }

    #[tokio::test]
    async fn letters_that_trickle_in_win_no_time() {
        let (address, _stop, _serving) = start().await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nx-slow: ").await.unwrap();
        let begun = Instant::now();
        while stream.write_all(b"a").await.is_ok() {
            assert!(begun.elapsed() < 10 * PATIENCE, "still open");
            tokio::time::sleep(PATIENCE / 8).await;
        }
    }

    #[tokio::test]
    async fn who_has_said_it_is_waited_for_and_answered() {
        let (address, _stop, _serving) = start().await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET /slow HTTP/1.1\r\nhost: test\r\n\r\n").await.unwrap();
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.unwrap();
        assert_eq!(&answer, b"HTTP/1.1 200", "an answer may take longer");
        // A second request on the same connection; then nothing more.
        stream.write_all(ASK).await.unwrap();
        let said = rest(&mut stream).await;
        assert!(said.ends_with(&stream.local_addr().unwrap().to_string()), "{said}");
        // A body is not the head: how long it may take is for a layer of the router.
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = b"POST /length HTTP/1.1\r\nhost: test\r\ncontent-length: 2\r\n\r\na";
        stream.write_all(head).await.unwrap();
        tokio::time::sleep(2 * PATIENCE).await;
        stream.write_all(b"b").await.unwrap();
        let said = rest(&mut stream).await;
        assert!(said.starts_with("HTTP/1.1 200") && said.ends_with("\r\n\r\n2"), "{said}");
    }

    #[tokio::test]
    async fn stopping_finishes_what_was_begun_and_takes_nothing_new() {
        let (address, stop, serving) = start().await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET /slow HTTP/1.1\r\nhost: test\r\n\r\n").await.unwrap();
        let mut idle = TcpStream::connect(address).await.unwrap();
        idle.write_all(ASK).await.unwrap();
        idle.read_exact(&mut [0; 12]).await.unwrap();
        tokio::time::sleep(PATIENCE / 4).await;
        stop.send(true).unwrap();
        rest(&mut idle).await;
        let said = rest(&mut stream).await;
        assert!(said.starts_with("HTTP/1.1 200"), "{said}");
        serving.await.unwrap();
        assert!(TcpStream::connect(address).await.is_err());
    }
}
