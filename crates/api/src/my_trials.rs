//! The trials a citizen is in, as she is told of them.

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_trials::protocol::life::State;
use jobnet_trials::protocol::{Bilingual, Digest, Key, Protocol, PublicWords};
use serde::{Deserialize, Serialize};

/// One trial she is in. A trial that is withheld is told of once it has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyTrial {
    /// Its key.
    pub key: Key,
    /// What it is, why, what is compared, who decided it, how to object.
    pub public: PublicWords,
    /// Where it is in its life.
    pub state: State,
    /// When a lot was drawn for her.
    #[serde(deserialize_with = "crate::instant::read")]
    pub since: DateTime<Utc>,
    /// The last day on which anyone is enrolled; what she is shown may go on until it is closed.
    #[serde(deserialize_with = "jobnet_rules::day::read")]
    pub ends: NaiveDate,
    /// The day it was closed, Danish time; `None`: it has not ended.
    #[serde(default, deserialize_with = "jobnet_rules::day::read_option")]
    pub closed_on: Option<NaiveDate>,
    /// The day she objected, Danish time: since then she gets the ordinary page.
    #[serde(default, deserialize_with = "jobnet_rules::day::read_option")]
    pub objected_on: Option<NaiveDate>,
    /// What was drawn for her, once it has ended: before, it could change what is measured.
    pub arm: Option<Bilingual>,
    /// What was found, once it is told.
    pub found: Option<Bilingual>,
    /// By what it can be proved that nobody has chosen who gets what.
    pub proof: Proof,
}

/// By what it can be proved that lots were drawn as was said before anyone was enrolled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TrialProof))]
pub struct Proof {
    /// When it was registered: since then nothing of this changes.
    #[serde(deserialize_with = "crate::instant::read")]
    pub registered_at: DateTime<Utc>,
    /// SHA-256 of the protocol's canonical form.
    pub protocol: Digest,
    /// SHA-256 of the seed from which all lots follow.
    pub seed_hash: Digest,
    /// The seed, hexadecimal, once the trial is reported.
    pub seed: Option<String>,
    /// How the lots follow from it: the version of the drawing.
    pub algorithm: String,
}

/// A trial in the register that everyone may read. Nobody is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisteredTrial {
    /// Its key.
    pub key: Key,
    /// What it is, why, what is compared, who decided it, how to object.
    pub public: PublicWords,
    /// Where it is in its life.
    pub state: State,
    /// What was found, once it is told.
    pub found: Option<Bilingual>,
    /// By what the lots can be proved.
    pub proof: Proof,
    /// The protocol as registered, once the trial is reported: with the seed, a stratum, a block and a
    /// position it gives the arm.
    pub protocol: Option<Protocol>,
}
