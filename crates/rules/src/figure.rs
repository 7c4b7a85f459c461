//! Names of figures: the path of a number in an answer.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::keys::UnknownKey;
use crate::text::push_month;
use crate::units::Month;

macro_rules! figures {
    (
        plain { $( $(#[$doc:meta])* $plain:ident = $path:literal, )+ }
        monthly { $( $(#[$mdoc:meta])* $monthly:ident = $part:literal . $field:literal, )+ }
    ) => {
        /// A figure of an [`Account`](crate::account::Account), of the payments beside it or of a
        /// [`Simulation`](crate::simulate::Simulation), named by its path in it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Figure {
            $( $(#[$doc])* $plain, )+
            $( $(#[$mdoc])* $monthly(Month), )+
        }

        impl fmt::Display for Figure {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $( Self::$plain => f.write_str($path), )+
                    $( Self::$monthly(month) => {
                        write!(f, concat!($part, ".{}.", $field), month)
                    } )+
                }
            }
        }

        impl Serialize for Figure {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let (part, month, field) = match self {
                    $( Self::$plain => return serializer.serialize_str($path), )+
                    $( Self::$monthly(month) => {
                        (concat!($part, "."), *month, concat!(".", $field))
                    } )+
                };
                let mut text = String::with_capacity(48);
                text.push_str(part);
                push_month(&mut text, month);
                text.push_str(field);
                serializer.serialize_str(&text)
            }
        }

        impl FromStr for Figure {
            type Err = UnknownKey;
            fn from_str(text: &str) -> Result<Self, UnknownKey> {
                match text {
                    $( $path => return Ok(Self::$plain), )+
                    _ => {}
                }
                let unknown = || UnknownKey(text.to_owned());
                let (part, rest) = text.split_once('.').ok_or_else(unknown)?;
                let (month, field) = rest.split_once('.').ok_or_else(unknown)?;
                let month: Month = month.parse().map_err(|_| unknown())?;
                match (part, field) {
                    $( ($part, $field) => Ok(Self::$monthly(month)), )+
                    _ => Err(unknown()),
                }
            }
        }
    };
}

figures! {
    plain {
    /// Hours of the ordinary period.
    EntitledHours = "period.entitled_hours",
    /// Hours used of it.
    UsedHours = "period.used_hours",
    /// Hours left of it.
    RemainingHours = "period.remaining_hours",
    /// Last day of the frame.
    FrameEndsOn = "period.frame_ends_on",
    /// When it runs out.
    RunsOutMonth = "period.runs_out_month",
    /// What ends it.
    EndedBy = "period.ended_by",
    /// Hours on the employment account.
    AccountWorkHours = "account.work_hours",
    /// Benefit hours they can buy.
    ExtensionHoursAvailable = "account.extension_hours_available",
    /// Benefit hours bought.
    ExtensionHoursUsed = "account.extension_hours_used",
    /// Hours a new period takes.
    RequiredHours = "requalification.required_hours",
    /// Hours that count towards it.
    CountedHours = "requalification.counted_hours",
    /// Hours missing.
    MissingHours = "requalification.missing_hours",
    /// First month that counts.
    RequalificationFrom = "requalification.window_from",
    /// Enough hours.
    RequalificationMet = "requalification.met",
    /// First month of the karens window.
    KarensFrom = "karens.window_from",
    /// Last month of the karens window.
    KarensTo = "karens.window_to",
    /// Work hours in it.
    KarensWorkHours = "karens.work_hours",
    /// Hours to exceed.
    KarensThreshold = "karens.threshold_hours",
    /// Hours missing.
    KarensMissing = "karens.missing_hours",
    /// How it stands.
    KarensState = "karens.state",
    /// Weeks allowed.
    WeeksLimit = "supplementary.weeks_limit",
    /// Weeks used.
    WeeksUsed = "supplementary.weeks_used",
    /// Months with unknown hours.
    UnknownHoursMonths = "unknown_hours_months",
    /// When the right ends with a plan.
    OutcomeEnd = "outcome.ends_month",
    /// Hours of extension earned by a plan.
    OutcomeExtension = "outcome.extension_hours_earned",
    /// Karens days with a plan.
    OutcomeKarensDays = "outcome.karens_days",
    /// Karens days that a plan avoids.
    OutcomeKarensAvoided = "outcome.karens_avoided",
    /// When a plan gives a new period.
    OutcomeRequalified = "outcome.requalified_in",
    /// What a plan pays in all.
    OutcomeGross = "outcome.gross_total",
    }
    monthly {
        /// Benefit hours of a month.
        PayableHours = "payouts"."payable_hours",
        /// What a month pays.
        Gross = "payouts"."gross",
        /// The rate of social assistance in a month.
        SocialRate = "social_assistance"."rate",
        /// What is deducted from social assistance of a month.
        SocialDeduction = "social_assistance"."deduction",
        /// Social assistance of a month.
        SocialBenefit = "social_assistance"."benefit",
        /// Benefit hours really paid for a month, as reported.
        PaidHours = "payments"."paid_hours",
        /// Kroner really paid for a month, as reported.
        PaidGross = "payments"."gross",
        /// Benefit hours of a planned month.
        PlannedPayableHours = "months"."payable_hours",
        /// What a planned month pays.
        PlannedGross = "months"."gross",
        /// Karens in a planned month.
        PlannedKarens = "months"."karens",
    }
}

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
