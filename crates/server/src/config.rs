//! The configuration: defaults < TOML file < `JOBNET__SECTION__KEY` environment < flags. An unknown
//! key or an impossible combination is an error at start, not a surprise later.

mod oidc;
mod outbox;
mod profiling;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::session::{LEAST_IDLE_SECONDS, Lifetimes, role_of_key};

pub use oidc::{ClaimNames, LONGEST_KEYS_SECONDS, OidcConfig};
pub use outbox::{BadOutbox, EmailConfig, LettersConfig, OutboxConfig, PostConfig};
pub use profiling::{BadProfiling, ProfilingConfig};

/// Everything that can be configured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The database.
    pub database: DatabaseConfig,
    /// Listening and answering.
    pub server: ServerConfig,
    /// The address for whoever operates the server.
    pub admin: AdminConfig,
    /// Logging.
    pub log: LogConfig,
    /// The record of who looked at whose data.
    pub record: RecordConfig,
    /// The keys of CPR numbers.
    pub keys: KeysConfig,
    /// How long sessions last.
    pub sessions: Lifetimes,
    /// How often someone may ask.
    pub limits: LimitsConfig,
    /// Signing in through a provider; without it there is none.
    pub oidc: Option<OidcConfig>,
    /// Profiles: on which law, and how long they are kept.
    pub profiling: ProfilingConfig,
    /// Messages to citizens: when and how they leave.
    pub outbox: OutboxConfig,
}

/// The database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DatabaseConfig {
    /// `sqlite:PATH` or `postgres://…`.
    pub url: String,
    /// Connections for reading (PostgreSQL: in all).
    pub connections: u32,
}

/// Listening and answering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServerConfig {
    /// Address and port.
    pub listen: SocketAddr,
    /// Folder of the built app.
    pub dist: PathBuf,
    /// Where citizens find the app, such as `https://example.org`. With `https` the cookie is a
    /// `__Host-` one and browsers are told to stay on https.
    pub public_url: Option<String>,
    /// Proxies of ours, as addresses or networks: what they write into `X-Forwarded-For` is
    /// believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Allow signing in as a demo identity.
    pub demo: bool,
    /// The day that counts as today.
    pub today: Option<NaiveDate>,
    /// At which time the clock of a demo begins, to go on from there; else it is the system's.
    pub now: Option<DateTime<Utc>>,
    /// How long `/readyz` says no before connections are no longer accepted.
    pub drain_seconds: u64,
    /// The longest a request may take.
    pub timeout_seconds: u64,
    /// The longest that a connection may be open without a whole head of a request: at its
    /// beginning, and in HTTP/1 from one request to the next. An HTTP/2 connection that has asked
    /// once stays open as long as its other end answers.
    pub header_seconds: u64,
    /// The largest request body.
    pub body_limit_bytes: usize,
}

/// The address for whoever operates the server, apart from the one that citizens reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AdminConfig {
    /// Answer `/metrics` there.
    pub metrics: bool,
    /// The address.
    pub listen: SocketAddr,
}

/// Logging: one JSON object a line on standard output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogConfig {
    /// Filter, such as `info` or `jobnet_server=debug,info`.
    pub filter: String,
}

/// The record of who looked at whose data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RecordConfig {
    /// How many days an entry is kept.
    pub keep_days: u32,
}

/// The keys of CPR numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KeysConfig {
    /// File with the keys; without it the one beside the database.
    pub file: Option<PathBuf>,
    /// The keys themselves, in place of a file: for the environment.
    pub ring: Option<String>,
}

/// How often someone may ask; 0: as often as she likes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitsConfig {
    /// API requests of one session, and of all who are not signed in at one address.
    pub requests_per_minute: u32,
    /// Sign-ins that begin at one address: an office has one address, and all of it may come at
    /// eight o'clock.
    pub sign_ins_per_minute: u32,
    /// Look-ups by CPR number of one session.
    pub lookups_per_minute: u32,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self { requests_per_minute: 600, sign_ins_per_minute: 120, lookups_per_minute: 20 }
    }
}

impl Default for DatabaseConfig {
    fn default() -> Self {
        Self { url: "sqlite:jobnet.db".to_owned(), connections: 8 }
    }
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            dist: PathBuf::from("dist"),
            public_url: None,
            trusted_proxies: Vec::new(),
            demo: false,
            today: None,
            now: None,
            drain_seconds: 5,
            timeout_seconds: 10,
            header_seconds: 75,
            body_limit_bytes: 64 * 1024,
        }
    }
}

impl Default for AdminConfig {
    fn default() -> Self {
        Self { metrics: false, listen: SocketAddr::from(([127, 0, 0, 1], 9464)) }
    }
}

impl Default for RecordConfig {
    fn default() -> Self {
        // Five years: what STAR's requirements for logging name as the least.
        Self { keep_days: 1827 }
    }
}

impl Default for LogConfig {
    fn default() -> Self {
        Self { filter: "info".to_owned() }
    }
}

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file, a key or a value is wrong.
    #[error("the configuration cannot be read: {0}")]
    Unreadable(#[from] Box<figment::Error>),
    /// The demo sign-in lets anyone in.
    #[error(
        "--demo lets anyone in without a password, so it listens on a loopback address only, not \
         on {0}"
    )]
    DemoInTheOpen(SocketAddr),
    /// A clock that is not the system's outside a demo.
    #[error("--now moves the clock of a demo only: add --demo, or leave it out")]
    NowOutsideDemo,
    /// The demo sign-in behind a public name.
    #[error("--demo cannot have a public address, but server.public_url is {0}")]
    DemoWithPublicUrl(String),
    /// A public address of another kind.
    #[error("server.public_url must begin with https:// or http://, but is {0}")]
    PublicUrl(String),
    /// The provider's address is missing or open to everyone on the way.
    #[error(
        "oidc.issuer must be an https:// address (http:// on a loopback address), but is “{0}”"
    )]
    Issuer(String),
    /// Our own address is open to everyone on the way.
    #[error(
        "signing in through a provider needs an https:// server.public_url, unless the server \
         listens on a loopback address"
    )]
    OidcInTheOpen,
    /// Keys that are believed for ever, or never.
    #[error("oidc.keys_seconds must be 1 to {LONGEST_KEYS_SECONDS}, but is {0}")]
    KeysSeconds(u32),
    /// A role that is none.
    #[error("oidc.roles: there is no role “{0}”")]
    NoRole(String),
    /// Sessions that end before anyone can use them.
    #[error(
        "outside a demo sessions.idle_seconds and sessions.caseworker_idle_seconds must be at \
         least {LEAST_IDLE_SECONDS}, and sessions.longest_seconds no less than either"
    )]
    Lifetimes,
    /// Profiles have no law to rest on, or are kept for no time at all.
    #[error(transparent)]
    Profiling(#[from] BadProfiling),
    /// Messages cannot be sent like this.
    #[error(transparent)]
    Outbox(#[from] BadOutbox),
    /// No connection at all.
    #[error("database.connections must be at least 1")]
    NoConnections,
}

impl Config {
    /// Reads the configuration. `file` must exist if given; `jobnet.toml` is read if it exists.
    /// `flags` holds what the command line sets, by dotted key.
    ///
    /// # Errors
    /// When a file is missing or malformed, a key is unknown, or the whole is not allowed.
    pub fn load(file: Option<&Path>, flags: Figment) -> Result<Self, ConfigError> {
        let toml = match file {
            Some(file) => Toml::file_exact(file),
            None => Toml::file("jobnet.toml"),
        };
        let figment = Figment::from(Serialized::defaults(Self::default()));
        let figment = match file {
            Some(path) if !path.is_file() => {
                let message = format!("there is no file {}", path.display());
                return Err(ConfigError::Unreadable(Box::new(figment::Error::from(message))));
            }
            _ => figment.merge(toml),
        };
        let config: Self = figment
            .merge(Env::prefixed("JOBNET__").split("__"))
            .merge(flags)
            .extract()
            .map_err(Box::new)?;
        config.check()?;
        Ok(config)
    }

    /// Whether citizens reach the app over https.
    pub fn is_https(&self) -> bool {
        self.server.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// The address of the app: the public one, else the one it listens on.
    pub fn base_url(&self) -> String {
        let listen = || format!("http://{}", self.server.listen);
        let url = self.server.public_url.clone().unwrap_or_else(listen);
        url.trim_end_matches('/').to_owned()
    }

    /// The configuration without secrets, to be printed.
    pub fn redacted(&self) -> Self {
        let mut copy = self.clone();
        copy.database.url = redact_url(&copy.database.url);
        if let Some(oidc) = &mut copy.oidc {
            oidc.client_secret = oidc.client_secret.take().map(|_| "…".to_owned());
        }
        copy.keys.ring = copy.keys.ring.map(|_| "…".to_owned());
        copy.outbox.redact();
        copy
    }

    fn check_oidc(&self, oidc: &OidcConfig) -> Result<(), ConfigError> {
        let is_near = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"]
            .iter()
            .any(|start| oidc.issuer.starts_with(start));
        if !is_near && !oidc.issuer.starts_with("https://") {
            return Err(ConfigError::Issuer(oidc.issuer.clone()));
        }
        if !self.is_https() && !self.server.listen.ip().is_loopback() {
            return Err(ConfigError::OidcInTheOpen);
        }
        if !(1..=LONGEST_KEYS_SECONDS).contains(&oidc.keys_seconds) {
            return Err(ConfigError::KeysSeconds(oidc.keys_seconds));
        }
        match oidc.roles.values().find(|key| role_of_key(key).is_none()) {
            Some(key) => Err(ConfigError::NoRole(key.clone())),
            None => Ok(()),
        }
    }

    fn check(&self) -> Result<(), ConfigError> {
        if self.database.connections == 0 {
            return Err(ConfigError::NoConnections);
        }
        let server = &self.server;
        if server.demo && !server.listen.ip().is_loopback() {
            return Err(ConfigError::DemoInTheOpen(server.listen));
        }
        if server.now.is_some() && !server.demo {
            return Err(ConfigError::NowOutsideDemo);
        }
        if !server.demo && !self.sessions.are_usable() {
            return Err(ConfigError::Lifetimes);
        }
        if let Some(oidc) = &self.oidc {
            self.check_oidc(oidc)?;
        }
        self.profiling.check()?;
        self.outbox.check()?;
        match &server.public_url {
            Some(url) if server.demo => Err(ConfigError::DemoWithPublicUrl(url.clone())),
            Some(url) if !url.starts_with("https://") && !url.starts_with("http://") => {
                Err(ConfigError::PublicUrl(url.clone()))
            }
            _ => Ok(()),
        }
    }
}

/// Hides user, password and parameters of a database address.
fn redact_url(url: &str) -> String {
    let url = url.split_once('?').map_or_else(|| url.to_owned(), |(url, _)| format!("{url}?…"));
    match url.split_once("://").map(|(scheme, rest)| (scheme, rest.rsplit_once('@'))) {
        Some((scheme, Some((_, host)))) => format!("{scheme}://…@{host}"),
        _ => url,
    }
}

#[cfg(test)]
mod tests;
