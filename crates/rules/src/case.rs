//! One citizen's facts: what the registers say, before any rule is applied.
//!
//! This is the input of [`crate::evaluate::evaluate`], of `jobnet-server evaluate` and of the
//! what-if in the browser. It must not know where a fact came from.

use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::keys::UnknownKey;
use crate::units::{Hours, Money, Month};

/// The benefit a citizen is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// Unemployment insurance (dagpenge).
    Dagpenge,
    /// Unemployment insurance as a newly qualified graduate (dimittend).
    Graduate,
    /// Social assistance (kontanthjælp).
    SocialAssistance,
}

/// How a member of a fund is insured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Insurance {
    /// Full-time insured (fuldtidsforsikret).
    FullTime,
    /// Part-time insured (deltidsforsikret).
    PartTime,
}

/// Why a month was spent away without benefit; it lengthens frame and karens window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Away {
    /// Sickness beyond what the fund pays.
    Sickness,
    /// Parental leave (barsel).
    ParentalLeave,
    /// Care of a relative.
    Care,
}

impl CaseMonth {
    /// A month about which nothing is reported: no work, nothing paid, not settled.
    pub const fn empty(month: Month) -> Self {
        Self {
            month,
            work_hours: Some(Hours::ZERO),
            subsidised_hours: Hours::ZERO,
            paid_hours: None,
            quarantine_hours: Hours::ZERO,
            away: None,
            settled: false,
            earned: None,
        }
    }
}

impl Away {
    /// Its key on the wire.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sickness => "sickness",
            Self::ParentalLeave => "parental_leave",
            Self::Care => "care",
        }
    }
}

impl FromStr for Away {
    type Err = UnknownKey;
    fn from_str(text: &str) -> Result<Self, UnknownKey> {
        [Self::Sickness, Self::ParentalLeave, Self::Care]
            .into_iter()
            .find(|away| away.key() == text)
            .ok_or_else(|| UnknownKey(text.to_owned()))
    }
}

/// The rate level of social assistance from 1 July 2025.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RateLevel {
    /// Mindstesats.
    Minimum,
    /// Grundsats.
    Basic,
    /// Forhøjet sats.
    Increased,
    /// Hjemmeboende under 30.
    LivingAtHome,
}

/// What decides a graduate's rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GraduateFacts {
    /// Provides for a child (forsørger).
    pub provider: bool,
    /// Born on this day; the rate after 481 hours depends on being 30.
    #[serde(deserialize_with = "crate::day::read")]
    pub birth_date: NaiveDate,
}

/// One calendar month of one citizen, all her employers together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CaseMonth {
    /// The month.
    pub month: Month,
    /// Ordinary work hours; `None`: reported, hours unknown. Unknown is not zero.
    #[serde(default)]
    pub work_hours: Option<Hours>,
    /// Subsidised work hours: they earn nothing.
    #[serde(default)]
    pub subsidised_hours: Hours,
    /// Benefit hours paid by the fund; `None`: nothing paid, or not known.
    #[serde(default)]
    pub paid_hours: Option<Hours>,
    /// Hours of karantæne served: not paid, but consumed.
    #[serde(default)]
    pub quarantine_hours: Hours,
    /// Away without benefit.
    #[serde(default)]
    pub away: Option<Away>,
    /// Settled against eIndkomst, about the 11th of the next month.
    #[serde(default)]
    pub settled: bool,
    /// Earnings in kroner (social assistance is reduced by kroner).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earned: Option<Money>,
}

/// One citizen's facts as they stood on a day. See the field docs for what an absent value means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The day the figures are asked for: it picks the rows of law and ends the windows.
    #[serde(deserialize_with = "crate::day::read")]
    pub as_of: NaiveDate,
    /// Her benefit.
    pub scheme: Scheme,
    /// Her insurance; full-time when absent.
    #[serde(default = "full_time")]
    pub insurance: Insurance,
    /// First day of the benefit period (indplacering); absent for social assistance.
    #[serde(default, deserialize_with = "crate::day::read_option")]
    pub placed_on: Option<NaiveDate>,
    /// Her own monthly rate, if known: used unchanged for every month.
    #[serde(default)]
    pub monthly_rate: Option<Money>,
    /// Weeks of supplementary benefit used, if known.
    #[serde(default)]
    pub supplementary_weeks_used: Option<u32>,
    /// Hours of karantæne that she has still to serve beside those of the months, if known. They
    /// change no figure of what has been, but are served first in a simulation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarantine_left_hours: Option<Hours>,
    /// Facts of a graduate's rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub graduate: Option<GraduateFacts>,
    /// Rate level of social assistance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_level: Option<RateLevel>,
    /// The months known, in any order; no month twice.
    #[serde(default)]
    pub months: Vec<CaseMonth>,
}

fn full_time() -> Insurance {
    Insurance::FullTime
}
