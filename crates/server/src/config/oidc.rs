//! The settings of sign-in at a provider. It does not know how signing in works.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The longest that the provider's keys may be believed, in **seconds**.
pub const LONGEST_KEYS_SECONDS: u32 = 3_600;

/// Signing in through an OpenID Connect provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OidcConfig {
    /// The provider, as it calls itself.
    pub issuer: String,
    /// Our name at the provider.
    pub client_id: String,
    /// Our secret at the provider, if it gave us one.
    pub client_secret: Option<String>,
    /// What is asked for besides `openid`.
    pub scopes: Vec<String>,
    /// The levels of assurance that are asked for, best first.
    pub requested_levels: Vec<String>,
    /// The levels of assurance that are enough.
    pub accepted_levels: Vec<String>,
    /// How long ago, in **seconds**, she may have shown the provider who she is; it must tell
    /// (`auth_time`). `None`: as long ago as the provider likes.
    pub max_age_seconds: Option<u32>,
    /// How long, in **seconds**, the provider's keys are believed after they were read, 1 to
    /// [`LONGEST_KEYS_SECONDS`]: one that it has withdrawn counts no longer than this.
    pub keys_seconds: u32,
    /// Which claim says what.
    pub claims: ClaimNames,
    /// What a value of the role claim means: `citizen`, `fund_caseworker`, `job_centre_caseworker`,
    /// `researcher` or `administrator`.
    pub roles: BTreeMap<String, String>,
}

/// Which claim of the ID token says what: a name, or a path of names with points between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClaimNames {
    /// The level of assurance.
    pub level: String,
    /// Name to show; of a caseworker as the registers write it.
    pub name: String,
    /// A citizen's CPR number; it may be missing.
    pub cpr: String,
    /// Roles, one or a list; without it she is a citizen.
    pub role: String,
    /// A caseworker's fund or job centre as the registers write it.
    pub organisation: String,
}

impl Default for OidcConfig {
    fn default() -> Self {
        let levels = ["Substantial", "High"];
        let names = levels.map(|level| format!("https://data.gov.dk/concept/core/nsis/{level}"));
        Self {
            issuer: String::new(),
            client_id: String::new(),
            client_secret: None,
            scopes: Vec::new(),
            requested_levels: Vec::new(),
            max_age_seconds: None,
            keys_seconds: LONGEST_KEYS_SECONDS,
            accepted_levels: levels.iter().map(|level| (*level).to_owned()).chain(names).collect(),
            claims: ClaimNames::default(),
            roles: BTreeMap::new(),
        }
    }
}

impl Default for ClaimNames {
    fn default() -> Self {
        Self {
            level: "acr".to_owned(),
            name: "name".to_owned(),
            cpr: "cpr".to_owned(),
            role: "roles".to_owned(),
            organisation: "organisation".to_owned(),
        }
    }
}
