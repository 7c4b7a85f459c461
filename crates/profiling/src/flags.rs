//! How well a model does that puts people into groups and gives no shares: whom it flags, and how often
//! it is right about them. Nothing here needs a share; there is no area, no Brier score and no
//! calibration of groups.

use serde::{Deserialize, Serialize};

use crate::evaluate::Interval;
use crate::measure::{Trait, whole, wilson};
use crate::recipe::{round, rounded_interval};

/// Whether somebody is flagged, with what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The model flags her.
    pub flagged: bool,
    /// It came true.
    pub came_true: bool,
}

/// How well flagging does. Intervals are Wilson's.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flagging {
    /// How many people.
    pub people: u32,
    /// For how many it came true.
    pub events: u32,
    /// The rates.
    #[serde(flatten)]
    pub rates: Rates,
    /// The same in groups of people.
    pub groups: Vec<GroupFlagging>,
}

/// The same in a group of people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupFlagging {
    /// By what.
    pub by: String,
    /// Which.
    pub group: String,
    /// How many people.
    pub people: u32,
    /// For how many it came true.
    pub events: u32,
    /// The rates.
    #[serde(flatten)]
    pub rates: Rates,
}

/// Shares of people; `None`: of nobody.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelFlagRates))]
pub struct Rates {
    /// Of all, the share flagged.
    pub flagged: f64,
    /// Of those for whom it came true, the share flagged.
    pub sensitivity: Option<Interval>,
    /// Of the others, the share not flagged.
    pub specificity: Option<Interval>,
    /// Of the others, the share flagged.
    pub false_positive: Option<Interval>,
    /// Of those for whom it came true, the share not flagged.
    pub false_negative: Option<Interval>,
    /// Of those flagged, the share for whom it came true.
    pub positive_predictive_value: Option<Interval>,
    /// Of those not flagged, the share for whom it did not.
    pub negative_predictive_value: Option<Interval>,
}

/// [`Flagging`] as it is kept: all people first, then each group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelFlagRow))]
#[serde(deny_unknown_fields)]
pub struct FlagRow {
    /// By what and which group; `None`: all.
    pub group: Option<[String; 2]>,
    /// How many people.
    pub people: u32,
    /// For how many it came true.
    pub events: u32,
    /// The rates.
    pub rates: Rates,
}

impl From<Flagging> for Vec<FlagRow> {
    fn from(flagging: Flagging) -> Self {
        let Flagging { people, events, rates, groups } = flagging;
        let groups = groups.into_iter().map(|of| FlagRow {
            group: Some([of.by, of.group]),
            people: of.people,
            events: of.events,
            rates: of.rates,
        });
        std::iter::once(FlagRow { group: None, people, events, rates }).chain(groups).collect()
    }
}

/// How well flags do. Groups of fewer than [`crate::measure::LEAST_IN_GROUP`] people are left out.
/// `None`: there is nobody.
pub fn flagging(flags: &[Flag], traits: &[Trait]) -> Option<Flagging> {
    let groups = traits.iter().flat_map(|by| {
        by.members().into_iter().map(|(name, places)| {
            let people: Vec<Flag> = places.into_iter().map(|place| flags[place]).collect();
            GroupFlagging {
                by: by.name.clone(),
                group: name.clone(),
                people: whole(people.len()),
                events: whole(events(&people)),
                rates: rates(&people),
            }
        })
    });
    (!flags.is_empty()).then(|| Flagging {
        people: whole(flags.len()),
        events: whole(events(flags)),
        rates: rates(flags),
        groups: groups.collect(),
    })
}

fn events(flags: &[Flag]) -> usize {
    flags.iter().filter(|one| one.came_true).count()
}

fn rates(flags: &[Flag]) -> Rates {
    let count = |flagged: bool, came_true: bool| {
        flags.iter().filter(|one| **one == Flag { flagged, came_true }).count()
    };
    let (hit, false_alarm) = (count(true, true), count(true, false));
    let (missed, left_alone) = (count(false, true), count(false, false));
    let share = |part: usize, rest: usize| wilson(part, part + rest).map(rounded_interval);
    Rates {
        flagged: round((hit + false_alarm) as f64 / flags.len() as f64, 6),
        sensitivity: share(hit, missed),
        specificity: share(left_alone, false_alarm),
        false_positive: share(false_alarm, left_alone),
        false_negative: share(missed, hit),
        positive_predictive_value: share(hit, false_alarm),
        negative_predictive_value: share(left_alone, missed),
    }
}
