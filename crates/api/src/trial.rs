//! What researchers set up and watch: trials, their steps, their flow, and links to previews.
//!
//! The protocol's wire form is that of `jobnet-trials`, as the account's is that of the rules. It
//! must not carry what tells the arm of a citizen, or an outcome by arm before a trial is closed.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_trials::protocol::check::Finding;
use jobnet_trials::protocol::life::{Amendment, Event, Seal, State};
use jobnet_trials::protocol::{Bilingual, Key, Protocol};
use serde::{Deserialize, Serialize};

pub use crate::preview::{
    MAX_PREVIEW_HOURS, Preview, PreviewAsked, PreviewCitizen, PreviewOf, Situation,
};

/// One trial in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrialLine {
    /// Its key.
    pub key: Key,
    /// Its title.
    pub title: Bilingual,
    /// Where it is in its life.
    pub state: State,
    /// First day of enrolment.
    pub starts: NaiveDate,
    /// Last day of enrolment, as amended.
    pub ends: NaiveDate,
    /// Units enrolled.
    pub enrolled: u64,
    /// Units planned, as amended.
    pub planned: u32,
    /// The arms do not have the sizes they should: [`SampleRatio::alarm`].
    pub alarm: bool,
}

/// One trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Trial {
    /// Where it is in its life.
    pub state: State,
    /// The protocol as registered, or the draft.
    pub protocol: Protocol,
    /// What stands in the way of registering a draft; empty for every other state.
    pub findings: Vec<Finding>,
    /// What locks it.
    pub seal: Option<Seal>,
    /// What happened to it, oldest first.
    pub entries: Vec<StepTaken>,
    /// The seed, hexadecimal, once it is told.
    pub seed: Option<String>,
    /// Units enrolled.
    pub enrolled: u64,
    /// The draft's version, to be sent back with a change; a change of another version is refused.
    pub version: u32,
}

/// Something that happened to a trial, and who brought it about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepTaken {
    /// The pseudonym of who did it; [`SYSTEM`] for a command at the server.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub event: Event,
}

/// Who took a step by a command at the server's own machine.
pub const SYSTEM: &str = "system";

/// Body of a new or changed draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The whole protocol; its key cannot be changed afterwards.
    pub protocol: Protocol,
    /// The version it was made from; 0: it is new.
    #[cfg_attr(feature = "openapi", schema(format = Int64, minimum = 0, maximum = 4_294_967_295_u32))]
    pub version: u32,
}

/// Body of a step in a trial's life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "step", deny_unknown_fields)]
pub enum Step {
    /// Lock it; the server draws the seed.
    Register {},
    /// Begin it.
    Start {},
    /// Stop it for now, on all servers within a second.
    Pause {
        /// Why.
        why: String,
    },
    /// Go on.
    Resume {},
    /// End it.
    Close {
        /// Why now.
        why: String,
    },
    /// Tell what was found, and the seed.
    Report {
        /// What was found, for citizens.
        found: Bilingual,
    },
    /// Change it.
    Amend {
        /// How.
        amendment: Amendment,
    },
}

/// A trial while it runs: the flow of CONSORT 2025 (item 22) and the checks of its conduct. No
/// outcome is in it, and what stands by arm is of the units whose arm may be told: until the trial is
/// closed those in full blocks, or nobody if clusters or shares of regions are drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Watch {
    /// When it was counted.
    pub at: DateTime<Utc>,
    /// Where the trial is in its life.
    pub state: State,
    /// Units assessed.
    pub assessed: u64,
    /// Units excluded: reason (`unmet:FACT`, `unknown:FACT`) → how many.
    pub excluded: BTreeMap<String, u64>,
    /// Units enrolled whose arm is not told yet, so that the next one cannot be computed. They are in
    /// no count by arm, in the sample ratio and in the balance.
    pub held_back: u64,
    /// Arm by arm, in the protocol's order.
    pub arms: Vec<ArmFlow>,
    /// Units shown something of this trial without being assigned.
    pub exposed_unassigned: u64,
    /// How often a caseworker who gave a reason was shown the page as a unit sees it. Which unit or
    /// arm that was is not told.
    pub unblindings: u64,
    /// Day by day, days without any left out.
    pub enrolment: Vec<EnrolmentDay>,
    /// Clusters, or regions, by what was drawn for them, in the protocol's order; empty where none are
    /// drawn, and until the trial is closed.
    pub clusters: Vec<ClusterFlow>,
    /// Whether the arms have the sizes they should; counted are clusters or regions if these are drawn.
    /// `None`: of none what was drawn may be told.
    pub sample_ratio: Option<SampleRatio>,
    /// How alike the arms were at enrolment.
    pub balance: Vec<BalanceRow>,
}

/// What became of the units of one arm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ArmFlow {
    /// The arm.
    pub arm: Key,
    /// Its name.
    pub name: Bilingual,
    /// Its weight.
    pub weight: u16,
    /// Units it was drawn for.
    pub randomised: u64,
    /// Of them, shown what the arm decides.
    pub exposed: u64,
    /// Of them, not shown anything yet.
    pub unexposed: u64,
    /// Of them, shown what another arm decides, at least once.
    pub crossed_over: u64,
    /// Of them, those who have said no since: they get the ordinary page, and are analysed as drawn.
    pub objected: u64,
    /// Of them, those whose data cannot be linked any more, because they are to be forgotten.
    pub forgotten: u64,
    /// Of them, in the analysis: everyone, as drawn.
    pub analysed: u64,
}

/// Clusters for which the same was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClusterFlow {
    /// The key of the arm; of a region its share treated, in per mille.
    pub drawn: String,
    /// Its weight.
    pub weight: u16,
    /// How many.
    pub clusters: u64,
}

/// Units enrolled on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentDay {
    /// The day, Danish time.
    pub day: NaiveDate,
    /// Units.
    pub units: u64,
}

/// Whether the arms have the sizes they should.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SampleRatio {
    /// Pearson's chi-square.
    pub chi_square: f64,
    /// Its degrees of freedom.
    pub degrees_of_freedom: u32,
    /// Its p-value; exact (multinomial) if the trial is small.
    pub p: f64,
    /// Whether `p` is exact.
    pub exact: bool,
    /// The largest that the anytime-valid e-value (Lindon and Malek, 2022) has been: it may be looked at
    /// every day, and 1 / it is the p-value that holds at any time.
    pub e_value: f64,
    /// Something is wrong with the assignment: see `docs/trials.md`.
    pub alarm: bool,
}

/// How alike an arm and the control were in one value of a fact at enrolment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BalanceRow {
    /// The fact.
    pub fact: String,
    /// Its value; `None`: it is a number, of which means are compared.
    pub value: Option<String>,
    /// The arm.
    pub arm: Key,
    /// Share or mean in the arm.
    pub in_arm: f64,
    /// Share or mean in the control.
    pub in_control: f64,
    /// Standardised difference; `None`: it does not vary.
    pub difference: Option<f64>,
}
