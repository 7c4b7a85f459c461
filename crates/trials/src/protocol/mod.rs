//! A trial as data: the whole protocol, as one readable file and as what is locked at registration.
//!
//! Numbers are whole (shares in per mille), so that the file has one canonical form and one hash.
//! The field names follow the items of CONSORT 2025 (Hopewell et al., PLoS Med 22:e1004587) that
//! they answer. It must not know which facts, surfaces and settings a server can serve: that is
//! [`check::Catalogue`].

pub mod check;
pub mod digest;
mod dispatch;
pub mod eligible;
mod key;
pub mod life;
mod measure;
mod named;
mod words;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use digest::Digest;
pub use dispatch::{Channel, Dispatch};
pub use key::{BadKey, Key};
pub use measure::{
    Analysis, FollowUp, Interim, Measure, Multiplicity, Outcome, OutcomeRole, Power,
};
pub use words::{Bilingual, PublicWords, Statements};

/// The protocol of one trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Protocol {
    /// Its name in addresses, files and the ledger.
    pub key: Key,
    /// What citizens are told (item 1a, and the right to know).
    pub public: PublicWords,
    /// What is asked, for researchers (items 6 and 7).
    pub question: String,
    /// The rest of what a report must say (items 5 to 8, 15, 20, 21c).
    pub statements: Statements,
    /// What is drawn by lot (items 9 and 17b).
    pub unit: Unit,
    /// How arms relate to each other (item 9).
    pub design: Design,
    /// How the lots are drawn (item 17).
    pub allocation: Allocation,
    /// What is compared (item 13).
    pub arms: Vec<Arm>,
    /// Facts within whose values the arms are balanced (item 17b); their order is that of the
    /// stratum's name.
    #[serde(default)]
    pub strata: Vec<String>,
    /// Who may be in it: all of these hold (item 12a).
    #[serde(default)]
    pub eligibility: Vec<Condition>,
    /// What enrols her.
    pub enrolment: Enrolment,
    /// Where the arm shows.
    pub surface: String,
    /// The first day someone may be enrolled (item 23a).
    pub starts: NaiveDate,
    /// The last day someone may be enrolled.
    pub ends: NaiveDate,
    /// The control arm gets an intervention later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delayed: Option<DelayedControl>,
    /// What is sent to whom after enrolment (item 13).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dispatch: Vec<Dispatch>,
    /// What happens after enrolment (item 23a).
    #[serde(default)]
    pub follow_up: Vec<FollowUp>,
    /// What is measured (items 14 and 15).
    pub outcomes: Vec<Outcome>,
    /// The planned analysis (item 21).
    pub analysis: Analysis,
    /// The sample size with its assumptions (item 16a).
    pub power: Power,
    /// Looks before the end (item 16b).
    #[serde(default)]
    pub interim: Interim,
    /// Whether she may know of it while it runs.
    pub disclosure: Disclosure,
}

/// What is drawn by lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// One citizen.
    Citizen,
    /// All citizens of a caseworker.
    Caseworker,
    /// All citizens of a job centre.
    JobCentre,
}

/// How arms relate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "type", deny_unknown_fields)]
pub enum Design {
    /// Side by side.
    Parallel {},
    /// Every combination of the values of the arms' settings; the settings are the factors.
    Factorial {},
    /// Two stages (Crépon et al., QJE 128, 2013): first the share treated is drawn for each value
    /// of a fact, then who is treated within it. Shows what spills over to the untreated.
    Saturation {
        /// The fact whose values get a share each, such as the job centre.
        within: String,
        /// The shares and how often each is drawn.
        shares: Vec<Share>,
    },
}

/// A share treated, of a saturation design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// So many of a thousand get another arm than the control.
    pub treated_per_mille: u16,
    /// Its weight among the shares.
    pub weight: u16,
}

/// How lots are drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "type", deny_unknown_fields)]
pub enum Allocation {
    /// Randomly permuted blocks in each stratum; the size of each block is drawn too.
    Blocks {
        /// How often the whole set of weights may be in a block, such as 1 and 2.
        multiples: Vec<u8>,
    },
    /// A keyed hash of the unit: for large open trials. Not balanced within strata.
    Keyed {},
}

/// One arm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TrialArm))]
#[serde(deny_unknown_fields)]
pub struct Arm {
    /// Its name in the ledger.
    pub key: Key,
    /// Its name for people.
    pub name: Bilingual,
    /// What is done, so that it could be done again (item 13).
    pub description: String,
    /// Its share of the units, relative to the other arms.
    pub weight: u16,
    /// Whether the others are compared with it.
    #[serde(default)]
    pub control: bool,
    /// What the surface shows: setting → value.
    pub settings: BTreeMap<String, String>,
    /// A published harm of this very intervention. Such an arm may be looked at, never started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_harm: Option<KnownHarm>,
}

/// A harm that was found before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KnownHarm {
    /// What was found.
    pub found: Bilingual,
    /// Where it is published.
    pub source: String,
}

/// A condition on a fact of the citizen. A fact that is unknown does not meet it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "is", deny_unknown_fields)]
pub enum Condition {
    /// Its value is one of these.
    OneOf {
        /// The fact.
        fact: String,
        /// The values.
        values: Vec<String>,
    },
    /// It is a number within these bounds, both included.
    Between {
        /// The fact.
        fact: String,
        /// The least, if there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least: Option<i64>,
        /// The most, if there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<i64>,
    },
}

/// What enrols a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Enrolment {
    /// Her first answer after she has signed in.
    SignIn,
    /// She comes to the surface: she opens it, or does what brings it forth.
    FirstUse,
    /// She is registered as unemployed, whether she signs in or not.
    Registration,
    /// She has been on sick leave for four weeks without a break, whether she signs in or not.
    SickLeave,
}

/// A wait-list: units of the control arm get an intervention later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DelayedControl {
    /// The arm whose settings they get then.
    pub then: Key,
    /// What ends the wait.
    pub trigger: Trigger,
}

/// What ends the wait of a wait-list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "type", deny_unknown_fields)]
pub enum Trigger {
    /// So many days after she was enrolled, if all of these hold then: such as still being sick.
    Days {
        /// Days.
        after: u16,
        /// What must hold.
        #[serde(default, deserialize_with = "named::read")]
        still: Vec<Condition>,
    },
    /// The trial has closed.
    Closed {},
    /// The trial has closed, and so many days have passed since the day on which she would have
    /// had it in the other arm, and all of it holds then. Never by the calendar alone.
    ClosedStill {
        /// Days after that day.
        after: u16,
        /// What must hold.
        #[serde(default, deserialize_with = "named::read")]
        still: Vec<Condition>,
        /// Facts that count the days of something, such as a sick leave: it must have gone on
        /// without a break since she was enrolled.
        #[serde(default)]
        lasting: Vec<String>,
    },
}

/// Whether she may know of it while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Disclosure {
    /// She sees it among her data from the start.
    Open,
    /// Knowing of it would undo the comparison: she sees it after it has ended.
    Withheld,
}

impl Protocol {
    /// The arm the others are compared with.
    pub fn control(&self) -> Option<&Arm> {
        self.arms.iter().find(|arm| arm.control)
    }

    /// The arm with this key.
    pub fn arm(&self, key: &Key) -> Option<&Arm> {
        self.arms.iter().find(|arm| arm.key == *key)
    }

    /// Weights of the arms, in the protocol's order.
    pub fn weights(&self) -> Vec<u16> {
        self.arms.iter().map(|arm| arm.weight).collect()
    }
}

impl Condition {
    /// The fact it is about.
    pub fn fact(&self) -> &str {
        match self {
            Self::OneOf { fact, .. } | Self::Between { fact, .. } => fact,
        }
    }
}
