//! The first answer of a page load, and signing in.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::account::AccountFacts;
use crate::arm::Arm;

/// What a signed-in user may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees her own pages.
    Citizen,
    /// Of an unemployment fund (a-kasse).
    FundCaseworker,
    /// Of a job centre.
    JobCentreCaseworker,
    /// Sets up trials; never sees a person.
    Researcher,
    /// Runs the system.
    Administrator,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// Name to show.
    pub name: String,
    /// Her pseudonym in the record: the same person has the same one.
    pub handle: String,
    /// Now, by the server: how long the session lasts must not hang on the clock of her computer.
    #[serde(deserialize_with = "crate::instant::read")]
    pub now: DateTime<Utc>,
    /// Her roles.
    pub roles: Vec<Role>,
    /// The demo identity, if she came in as one.
    pub persona: Option<String>,
    /// Of a caseworker: her fund or job centre.
    pub organisation: Option<String>,
    /// When the session ends unless she goes on.
    #[serde(deserialize_with = "crate::instant::read")]
    pub session_ends_at: DateTime<Utc>,
    /// When the session ends in any case.
    #[serde(deserialize_with = "crate::instant::read")]
    pub session_ends_at_the_latest: DateTime<Utc>,
}

/// Why a sign-in did not come about, as `problem` in the address of the page that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignInProblem {
    /// She or the provider broke it off.
    Refused,
    /// The provider is not sure enough who she is.
    Level,
    /// It took too long, was ended before, or was begun in another browser.
    Expired,
    /// The provider does not answer, or its answer cannot be trusted.
    Provider,
    /// She is known, but may be nothing here.
    NoAccess,
    /// She comes by the link of a message, and the link has ended.
    Link,
}

impl SignInProblem {
    /// As it stands in an address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Level => "level",
            Self::Expired => "expired",
            Self::Provider => "provider",
            Self::NoAccess => "no_access",
            Self::Link => "link",
        }
    }
}

/// The answer to signing out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedOut {
    /// Where the browser goes on to sign out at the provider, too.
    pub continue_at: Option<String>,
}

/// One of the demo identities. What each is about is a text of the app, found by the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Persona {
    /// Key, such as `citizen-full-time`.
    pub key: String,
    /// Name.
    pub name: String,
    /// Roles.
    pub roles: Vec<Role>,
}

/// Body of the demo sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DemoSignIn {
    /// Key of the persona.
    pub persona: String,
}

/// The first answer of a page load. Never cached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Boot {
    /// The day the server counts as today (in a demo: the day of the newest import).
    #[serde(deserialize_with = "jobnet_rules::day::read")]
    pub today: NaiveDate,
    /// Everyone in the database is made up.
    pub synthetic: bool,
    /// Where signing in at the provider begins, if there is one.
    #[serde(default)]
    pub sign_in_at: Option<String>,
    /// The ways in, when the server runs as a demo; empty otherwise.
    pub personas: Vec<Persona>,
    /// Who is signed in.
    pub me: Option<Me>,
    /// Her facts, if she is a citizen; the page lets the rules make her account of them.
    pub account: Option<AccountFacts>,
    /// What her trial lets her see first; `None`: the ordinary page.
    #[serde(default)]
    pub arm: Option<Arm>,
    /// She has a checklist.
    #[serde(default)]
    pub has_checklist: bool,
    /// A preview: the citizen is made up, and nothing that is done is noted.
    #[serde(default)]
    pub preview: bool,
}
