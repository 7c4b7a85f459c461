//! Stopping: first say no to the load balancer, then finish what was begun, then go.

use std::io;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::connections;
use crate::app::App;

/// The longest that open requests are waited for.
const GRACE: Duration = Duration::from_secs(30);

/// Serves until SIGTERM or SIGINT and the last answer, or until the grace is over.
pub(super) async fn serve(listener: TcpListener, router: Router, app: App) -> io::Result<()> {
    let (mut terminate, mut interrupt) =
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let (stop, stopped) = watch::channel(false);
    let patience = Duration::from_secs(app.config().server.header_seconds.max(1));
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
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        () = connections::serve(listener, router, patience, stopped) => {}
        () = told_to_stop => {}
    }
    Ok(())
}
