//! Serving: the router with its layers, listening, and shutting down without losing an answer.

pub mod admin;
mod ahead;
mod connections;
mod headers;
mod hers;
mod layers;
mod parameters;
mod shutdown;

use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::{Router, middleware};
use sea_orm::DbErr;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Database;
use crate::keys::Keyring;
use crate::oidc::OidcError;
use crate::problem::Failure;
use crate::site::{Site, SiteError};
use crate::{access, checklist, handlers, jobs, outbox, population, post};

/// Why the server stopped or never started.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The built app is missing.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// Serving failed.
    #[error("serving failed: {0}")]
    Serve(std::io::Error),
    /// The provider's addresses are wrong.
    #[error(transparent)]
    Oidc(#[from] OidcError),
    /// A channel of messages cannot be used.
    #[error(transparent)]
    Outbox(#[from] outbox::ChannelError),
    /// A moved clock where not everyone is made up.
    #[error(
        "--now moves the clock by which old entries are deleted, and the database holds extracts \
         that are not made up"
    )]
    NowBeforeRealPeople,
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
}

/// Serves until the process is told to stop, then finishes what was begun.
///
/// # Errors
/// When the app is not built, the address cannot be had, or the database fails at the end.
pub async fn serve(config: Config, database: Database, keys: Keyring) -> Result<(), ServeError> {
    if config.server.now.is_some() {
        let population = population::newest(&database).await?;
        if population.as_of.is_some() && !population.only_synthetic {
            return Err(ServeError::NowBeforeRealPeople);
        }
    }
    let site = Site::open(&config.server.dist)?;
    let address = config.server.listen;
    let listener = listen(address).await?;
    let admin = if config.admin.metrics { Some(listen(config.admin.listen).await?) } else { None };
    let address = listener.local_addr().unwrap_or(address);
    let clock = config.server.now.map_or_else(Clock::system, Clock::starting_at);
    let app = App::new(config, database.clone(), keys, clock, site)?;
    let jobs = jobs::start(&app);
    let server = &app.config().server;
    let day = match app.population().await {
        // A demo reads the registers as of its own day.
        Ok(population) if server.demo && server.now.is_none() => Some(app.today(population)),
        _ => server.today,
    };
    let office = post::office(app.config(), &database, app.keys(), app.clock().clone(), day);
    let sending = outbox::start(office, &app.config().outbox)?;
    let admin = admin.map(|listener| {
        let router = admin::router(&app);
        tokio::spawn(async move { axum::serve(listener, router).await })
    });
    tracing::info!(%address, demo = app.config().server.demo, "listening");
    shutdown::serve(listener, router(&app), app).await.map_err(ServeError::Serve)?;
    if let Some(sending) = sending {
        sending.stop().await;
    }
    // What a job has not stored it does again at the next start.
    jobs.abort();
    if let Some(admin) = admin {
        admin.abort();
    }
    database.close().await?;
    tracing::info!("stopped");
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    let listener = TcpListener::bind(address).await;
    listener.map_err(|source| ServeError::Listen { address, source })
}

/// Everything that is answered, with all layers.
pub fn router(app: &App) -> Router {
    let server = &app.config().server;
    // The app's files come compressed already; answers are worth the fastest level only.
    let compress = CompressionLayer::new().quality(CompressionLevel::Fastest);
    let (api, document) = handlers::routes().split_for_parts();
    let known = parameters::Known::of(&document);
    let inner = api
        .route_layer(middleware::from_fn_with_state(known, parameters::check))
        .route_layer(middleware::from_fn_with_state(app.clone(), access::enforce))
        .layer(compress)
        .fallback(|State(app): State<App>, request: Request| async move {
            let (path, headers) = (request.uri().path(), request.headers());
            let peer = request.extensions().get();
            match checklist::is_her_page(&app, path, headers, peer).await {
                Ok(true) => app.site().her_page(request).await,
                Ok(false) => {
                    let ahead = ahead::of(&app, path, headers, peer).await;
                    app.site().answer(request, ahead).await
                }
                Err(too_often) => access::refused(too_often),
            }
        })
        .method_not_allowed_fallback(async || Failure::of_status(StatusCode::METHOD_NOT_ALLOWED))
        .layer(middleware::from_fn_with_state(app.clone(), hers::nowhere))
        .layer(RequestBodyLimitLayer::new(server.body_limit_bytes))
        // Pages, too: some of them ask the database.
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(server.timeout_seconds),
        ))
        .layer(CsrfLayer::new().with_rejection_response(|_: ProtectionError| {
            Failure::of_status(StatusCode::FORBIDDEN).into_response()
        }))
        .layer(CatchPanicLayer::custom(layers::panicked))
        .layer(middleware::from_fn(layers::problems))
        .layer(middleware::from_fn_with_state(headers::Headers::of(app), headers::add))
        .layer(middleware::from_fn_with_state(app.clone(), layers::log))
        .with_state(app.clone());
    // Outside of the routes, which name their methods last of all.
    Router::new().fallback_service(inner).layer(middleware::map_response(hers::without_methods))
}
