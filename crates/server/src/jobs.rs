//! What the server does by itself: keeping the caseload's figures current, enrolling in trials who
//! need not sign in for it, and forgetting what is old in the record and of profiles, and who asked how often. Safe to run at several servers at
//! once.

use std::time::{Duration, Instant};

use tokio::task::JoinHandle;

use crate::app::App;
use crate::problem::Failure;
use crate::trials::TrialError;
use crate::{caseload, dispatch, profiles, record};

/// How soon a new import or a new day is noticed.
const PAUSE: Duration = Duration::from_secs(10);
/// How often it is looked who is to be enrolled.
const ENROLMENT: Duration = Duration::from_hours(1);
/// How often the record is looked through for what is old.
const RETENTION: Duration = Duration::from_hours(24);

/// Starts the jobs; they run until the task is aborted.
pub fn start(app: &App) -> JoinHandle<()> {
    tokio::spawn(run(app.clone()))
}

async fn run(app: App) {
    let mut retained: Option<Instant> = None;
    let mut enrolled: Option<Instant> = None;
    loop {
        match refresh(&app).await {
            Ok(0) => {}
            Ok(citizens) => tracing::info!(citizens, "the caseload is current"),
            Err(error) => tracing::warn!(%error, "the caseload could not be brought up to date"),
        }
        if enrolled.is_none_or(|last| last.elapsed() >= ENROLMENT) {
            enrolled = Some(Instant::now());
            match enrol(&app).await {
                Ok(0) => {}
                Ok(citizens) => tracing::info!(citizens, "citizens were enrolled in trials"),
                Err(error) => {
                    app.metrics().count_trial_failure();
                    tracing::warn!(%error, "not everyone was enrolled in trials");
                }
            }
        }
        if retained.is_none_or(|last| last.elapsed() >= RETENTION) {
            retained = Some(Instant::now());
            match record::expire(app.database(), app.config().record.keep_days, app.clock().now())
                .await
            {
                Ok(expired) if expired.rows > 0 => {
                    tracing::info!(rows = expired.rows, "old entries of the record were deleted");
                }
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "old entries of the record remain"),
            }
            let keep_days = app.config().profiling.keep_days;
            match profiles::expire(app.database(), keep_days, app.clock().now()).await {
                Ok(0) => {}
                Ok(rows) => tracing::info!(rows, "what is old of profiles was deleted"),
                Err(error) => tracing::warn!(%error, "what is old of profiles remains"),
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

async fn enrol(app: &App) -> Result<u64, TrialError> {
    let today = app.today(app.population().await?);
    let mut enrolled = 0;
    for trial in app.trials().now(app.database(), app.keys()).await? {
        enrolled += dispatch::enrol(app.database(), &trial, today, app.clock().now()).await?;
    }
    Ok(enrolled)
}

async fn refresh(app: &App) -> Result<u64, Failure> {
    let today = app.today(app.population().await?);
    caseload::refresh(app.database(), today, app.clock().now()).await
}
