//! What the server counts of itself, for whoever operates it: requests, connections, imports.
//!
//! It must not know anyone: a route is named by its template, and nothing says who asked.

use std::time::Duration;

use axum::http::Method;
use chrono::{DateTime, Utc};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use sea_orm::{EntityTrait, QueryOrder};

use crate::db::Database;
use crate::db::registers::import_runs;
use crate::trials::ratio::Alarms;
use crate::trials::{TrialError, ledger, store};

/// Upper ends of the classes of durations, in seconds. The goal for an account is 0.01.
const SECONDS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5, 10.0];
/// What an answer is counted under when no route of the API gave it.
pub const NO_ROUTE: &str = "app";

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Pool {
    pool: &'static str,
    state: &'static str,
}

/// The counts of one server.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    connections: Family<Pool, Gauge>,
    import_as_of: Gauge,
    imported_at: Gauge,
    import_rows: Family<Kind, Gauge>,
    trial_failures: Counter,
    trial_alarms: Family<OfTrial, Gauge>,
    alarms: Alarms,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    kind: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfTrial {
    trial: String,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("jobnet");
        let requests = Family::default();
        registry.register("requests", "Requests that were answered", requests.clone());
        let classes: fn() -> Histogram = || Histogram::new(SECONDS);
        let seconds = Family::new_with_constructor(classes);
        registry.register("request_seconds", "How long answers took", seconds.clone());
        let connections = Family::default();
        registry.register("connections", "Connections to the database", connections.clone());
        let (import_as_of, imported_at) = (Gauge::default(), Gauge::default());
        registry.register(
            "import_as_of_timestamp_seconds",
            "The day from which the last import counts",
            import_as_of.clone(),
        );
        registry.register(
            "import_timestamp_seconds",
            "When the last import was",
            imported_at.clone(),
        );
        let import_rows = Family::default();
        registry.register("import_rows", "Rows of the last import", import_rows.clone());
        let trial_failures = Counter::default();
        registry.register(
            "trial_failures",
            "Surfaces shown without an arm because the trials failed",
            trial_failures.clone(),
        );
        let trial_alarms = Family::default();
        registry.register(
            "trial_sample_ratio_alarm",
            "1: the arms of a trial do not have the sizes that the weights say",
            trial_alarms.clone(),
        );
        Self {
            registry,
            requests,
            seconds,
            connections,
            import_as_of,
            imported_at,
            import_rows,
            trial_failures,
            trial_alarms,
            alarms: Alarms::default(),
        }
    }
}

impl Metrics {
    /// Counts an answer under the template of its route.
    pub fn count(&self, method: &Method, route: &str, status: u16, took: Duration) {
        let route = route.to_owned();
        self.seconds.get_or_create(&Route { route: route.clone() }).observe(took.as_secs_f64());
        let answered = Answered { method: name(method), route, status };
        self.requests.get_or_create(&answered).inc();
    }

    /// Counts a first answer whose arm could not be found out.
    pub fn count_trial_failure(&self) {
        self.trial_failures.inc();
    }

    /// What is known of the alarms of trials, for whoever else tells them.
    pub fn alarms(&self) -> &Alarms {
        &self.alarms
    }

    /// Everything that was counted, as OpenMetrics text; of the last import what was known before,
    /// if the database does not answer: that is when the rest is wanted most.
    ///
    /// # Errors
    /// When the text cannot be written; a defect of this program.
    pub async fn text(
        &self,
        database: &Database,
        now: DateTime<Utc>,
    ) -> Result<String, std::fmt::Error> {
        for pool in database.pools() {
            let states = [("idle", pool.idle), ("busy", pool.open.saturating_sub(pool.idle))];
            for (state, number) in states {
                let label = Pool { pool: pool.name, state };
                self.connections.get_or_create(&label).set(i64::from(number));
            }
        }
        let newest = import_runs::Entity::find().order_by_desc(import_runs::Column::Id);
        if let Ok(Some(run)) = newest.one(database.read()).await {
            self.import_as_of.set(run.as_of.and_time(chrono::NaiveTime::MIN).and_utc().timestamp());
            self.imported_at.set(run.imported_at);
            for (kind, rows) in [("new", run.new_rows), ("changed", run.changed_rows)] {
                self.import_rows.get_or_create(&Kind { kind }).set(rows);
            }
        }
        if let Err(error) = self.look_at_trials(database, now).await {
            tracing::warn!(%error, "the sizes of the arms of trials could not be looked at");
        }
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }

    async fn look_at_trials(
        &self,
        database: &Database,
        now: DateTime<Utc>,
    ) -> Result<(), TrialError> {
        for stored in store::list(database.read()).await? {
            let enrolled = ledger::enrolled(database.read(), stored.id).await?;
            if enrolled == 0 {
                continue;
            }
            let alarms = self.alarms.of(database.read(), &stored, enrolled, now).await?;
            let trial = stored.trial.protocol().key.to_string();
            self.trial_alarms.get_or_create(&OfTrial { trial }).set(i64::from(alarms));
        }
        Ok(())
    }
}

/// Methods are told apart as far as they exist: a visitor cannot make up new lines.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
