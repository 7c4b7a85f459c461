//! What every handler may use. Nothing in it matters after a restart.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use sea_orm::DbErr;

use crate::clock::Clock;
use crate::config::Config;
use crate::db::Database;
use crate::keys::Keyring;
use crate::letters::{Origin, Printer};
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::oidc::{Oidc, OidcError};
use crate::population::{self, Population};
use crate::record::Recorder;
use crate::session::Lifetimes;
use crate::site::Site;
use crate::trials::Serving;

/// How long the newest import is remembered. Importing is rare; asking on every request is not.
const POPULATION_MAX_AGE: Duration = Duration::from_secs(2);

/// The server's parts, shared by all requests.
#[derive(Clone, Debug)]
pub struct App(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    config: Config,
    database: Database,
    keys: Keyring,
    clock: Clock,
    site: Site,
    recorder: Recorder,
    limits: Limits,
    metrics: Metrics,
    oidc: Option<Oidc>,
    trials: Serving,
    printer: Printer,
    draining: AtomicBool,
    population: Mutex<Option<(Instant, Population)>>,
}

impl App {
    /// Puts the parts together and starts writing the record; wants a runtime.
    ///
    /// # Errors
    /// When an address of the provider cannot be used.
    pub fn new(
        config: Config,
        database: Database,
        keys: Keyring,
        clock: Clock,
        site: Site,
    ) -> Result<Self, OidcError> {
        let oidc =
            config.oidc.clone().map(|oidc| Oidc::new(oidc, &config.base_url())).transpose()?;
        Ok(Self(Arc::new(Parts {
            oidc,
            recorder: Recorder::start(&database),
            limits: Limits::new(&config.limits, &config.server.trusted_proxies),
            metrics: Metrics::default(),
            trials: Serving::default(),
            printer: Printer::new(Origin::of(&config)),
            config,
            database,
            keys,
            clock,
            site,
            draining: AtomicBool::new(false),
            population: Mutex::new(None),
        })))
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// How long sessions last.
    pub fn lifetimes(&self) -> &Lifetimes {
        &self.0.config.sessions
    }

    /// The database.
    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// The keys of CPR numbers.
    pub fn keys(&self) -> &Keyring {
        &self.0.keys
    }

    /// The clock of sessions and receipts.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The built app.
    pub fn site(&self) -> &Site {
        &self.0.site
    }

    /// The way into the record of who looked at whose data.
    pub fn recorder(&self) -> &Recorder {
        &self.0.recorder
    }

    /// How often someone may ask.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// What is counted for whoever operates the server.
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// The provider, if signing in goes through one.
    pub fn oidc(&self) -> Option<&Oidc> {
        self.0.oidc.as_ref()
    }

    /// The trials that decide something now.
    pub fn trials(&self) -> &Serving {
        &self.0.trials
    }

    /// What makes letters.
    pub fn printer(&self) -> &Printer {
        &self.0.printer
    }

    /// Whether the server is shutting down.
    pub fn is_draining(&self) -> bool {
        self.0.draining.load(Ordering::Relaxed)
    }

    /// From now on `/readyz` says no.
    pub fn drain(&self) {
        self.0.draining.store(true, Ordering::Relaxed);
    }

    /// What was imported last.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn population(&self) -> Result<Population, DbErr> {
        let remembered = *self.0.population.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((read, population)) = remembered
            && read.elapsed() < POPULATION_MAX_AGE
        {
            return Ok(population);
        }
        let population = population::newest(self.database()).await?;
        *self.0.population.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((Instant::now(), population));
        Ok(population)
    }

    /// Whether anyone may be a demo identity: the server runs as a demo, and everyone in the
    /// database is made up.
    pub fn is_demo_open(&self, population: Population) -> bool {
        self.config().server.demo && population.only_synthetic
    }

    /// The day that counts as today: the configured one, in a demo whose clock is the system's the
    /// day of the newest import, else that of the clock.
    pub fn today(&self, population: Population) -> NaiveDate {
        let server = &self.config().server;
        let imported = population.as_of.filter(|_| server.demo && server.now.is_none());
        server.today.or(imported).unwrap_or_else(|| self.clock().now().date_naive())
    }
}
