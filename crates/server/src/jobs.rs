//! What the server does by itself: keeping the caseload's figures current, planning the messages of
//! trials, forgetting what is old in the record, of guest access, of profiles and of short links, and who
//! asked how often, and noting where the record ends. Safe to run at several servers at once.

use std::time::{Duration, Instant};

use anyhow::anyhow;
use tokio::task::JoinHandle;

use crate::app::App;
use crate::dispatch::Done;
use crate::post::Tray;
use crate::problem::Failure;
use crate::{caseload, dispatch, guest, outbox, profiles, record};

/// How soon a new import or a new day is noticed.
const PAUSE: Duration = Duration::from_secs(10);
/// How often it is looked which messages of trials are due.
const DISPATCH: Duration = Duration::from_mins(10);
/// How often it is looked for what is old, and noted where the record ends.
const RETENTION: Duration = Duration::from_hours(24);

/// Starts the jobs; they run until the task is aborted.
pub fn start(app: &App) -> JoinHandle<()> {
    tokio::spawn(run(app.clone()))
}

async fn run(app: App) {
    let mut retained: Option<Instant> = None;
    let mut planned: Option<Instant> = None;
    loop {
        match refresh(&app).await {
            Ok(0) => {}
            Ok(citizens) => tracing::info!(citizens, "the caseload is current"),
            Err(error) => tracing::warn!(%error, "the caseload could not be brought up to date"),
        }
        if retained.is_none_or(|last| last.elapsed() >= RETENTION) {
            retained = Some(Instant::now());
            retain(&app).await;
        }
        if planned.is_none_or(|last| last.elapsed() >= DISPATCH) {
            planned = Some(Instant::now());
            match dispatch(&app).await {
                Ok(Done { enrolled: 0, planned: 0, withheld: 0 }) => {
                    tracing::debug!("no message of a trial is due");
                }
                Ok(done) => tracing::info!(
                    enrolled = done.enrolled,
                    planned = done.planned,
                    withheld = done.withheld,
                    "the messages of trials are planned"
                ),
                Err(error) => tracing::warn!(%error, "messages of trials could not be planned"),
            }
        }
        app.limits().forget();
        // So that signing out knows where to go on, without asking.
        if let Some(oidc) = app.oidc() {
            oidc.prepare();
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Forgets what is old, each kind for itself, and notes where the record ends.
async fn retain(app: &App) {
    let (database, now) = (app.database(), app.clock().now());
    let keep_days = app.config().record.keep_days;
    match record::expire(database, keep_days, now).await {
        Ok(expired) if expired.rows > 0 => {
            tracing::info!(rows = expired.rows, "old entries of the record were deleted");
        }
        Ok(_) => {}
        Err(error) => tracing::warn!(%error, "old entries of the record remain"),
    }
    match guest::expire(database, keep_days, now).await {
        Ok(0) => {}
        Ok(rows) => tracing::info!(rows, "old guest access was deleted"),
        Err(error) => tracing::warn!(%error, "old guest access remains"),
    }
    match profiles::expire(database, app.config().profiling.keep_days, now).await {
        Ok(0) => {}
        Ok(rows) => tracing::info!(rows, "what is old of profiles was deleted"),
        Err(error) => tracing::warn!(%error, "what is old of profiles remains"),
    }
    // What is left of a link that leads nowhere is about nobody: it is not recorded.
    match outbox::forget_ended(database, now).await {
        Ok(0) => {}
        Ok(rows) => tracing::info!(rows, "short links that have ended were deleted"),
        Err(error) => tracing::warn!(%error, "short links that have ended remain"),
    }
    // Outside the database, where whoever cuts its end off does not come.
    match record::head(database).await {
        Ok(Some(anchor)) => tracing::info!(%anchor, "the record ends here"),
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "the end of the record could not be noted"),
    }
}

/// Who is enrolled without signing in, and what is due, into the queue.
async fn dispatch(app: &App) -> anyhow::Result<Done> {
    let population = app.population().await.map_err(|failure| anyhow!("{failure}"))?;
    let (today, now) = (app.today(population), app.clock().now());
    let mut tray = Tray { now };
    Ok(dispatch::day(app.database(), app.keys(), app.trials(), today, now, &mut tray).await?)
}

async fn refresh(app: &App) -> Result<u64, Failure> {
    let today = app.today(app.population().await?);
    caseload::refresh(app.database(), today, app.clock().now()).await
}
