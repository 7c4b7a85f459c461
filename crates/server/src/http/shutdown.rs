//! Stopping: first say no to the load balancer, then finish what was begun, then go.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::app::App;

/// The longest that open requests are waited for.
const GRACE: Duration = Duration::from_secs(30);

/// Serves until SIGTERM or SIGINT and the last answer, or until the grace is over.
pub(super) async fn serve(listener: TcpListener, router: Router, app: App) -> io::Result<()> {
    let (mut terminate, mut interrupt) =
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let (stop, mut stopped) = watch::channel(false);
    let told_to_stop = async move {
        let drain = tokio::select! {
            _ = terminate.recv() => Duration::from_secs(app.config().server.drain_seconds),
            // Someone at a keyboard does not want to wait.
            _ = interrupt.recv() => Duration::ZERO,
        };
        app.drain();
        tracing::info!(seconds = drain.as_secs(), "draining");
        tokio::select! {
            () = tokio::time::sleep(drain) => {}
            _ = interrupt.recv() => {}
        }
        let _nobody_waits = stop.send(true);
    };
    let listener = listener.tap_io(|stream| {
        let _merely_slower = stream.set_nodelay(true);
    });
    let finished =
        axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
            .with_graceful_shutdown(told_to_stop);
    within_grace(finished.into_future(), async move {
        let _sender_gone = stopped.wait_for(|stopped| *stopped).await;
        tokio::time::sleep(GRACE).await;
    })
    .await
}

async fn within_grace(
    finished: impl Future<Output = io::Result<()>>,
    over: impl Future<Output = ()>,
) -> io::Result<()> {
    tokio::select! {
        result = finished => result,
        () = over => Ok(()),
    }
}
