//! Two models on the same people: whether one tells more than the other, and how often they disagree
//! about the same person. Models that are right equally often may flag different people.
//!
//! It must not know how a model estimates.

use serde::{Deserialize, Serialize};

use crate::area::{Places, variance};
use crate::evaluate::Interval;
use crate::flags::FlagRow;
use crate::measure::{Trait, Z, whole, wilson};
use crate::model::Data;
use crate::recipe::{round, rounded_interval};

/// The shares of people whom both models flag.
const SHARES: [f64; 3] = [0.05, 0.10, 0.20];

/// Comparisons on the same people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelComparisons))]
#[serde(deny_unknown_fields)]
pub struct Comparisons {
    /// On whom.
    pub data: Data,
    /// How: models that were made from these people estimated each of them without her fold, of so
    /// many.
    pub folds: u8,
    /// Each two models once.
    pub comparisons: Vec<Comparison>,
    /// How often the models that give groups are right about these people.
    pub flaggings: Vec<Flags>,
}

/// How often a model that gives groups is right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelFlags))]
#[serde(deny_unknown_fields)]
pub struct Flags {
    /// Which.
    pub model: Compared,
    /// How often.
    pub rows: Vec<FlagRow>,
}

/// Two models on the same people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelComparison))]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// One of them.
    pub first: Compared,
    /// The other.
    pub second: Compared,
    /// The first one's area under the curve less the second one's (interval by DeLong, for the same
    /// people); `None`: one of them gives groups and no shares.
    pub auc: Option<Interval>,
    /// The first one's mean squared error less the second one's; `None`: as above.
    pub brier: Option<Interval>,
    /// About whom they disagree when they flag equally many.
    pub flagged: Vec<Flagged>,
}

/// A model that is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ComparedModel))]
#[serde(deny_unknown_fields)]
pub struct Compared {
    /// Its key.
    pub key: String,
    /// Digest of its file (SHA-256, hexadecimal).
    pub digest: String,
}

/// About whom two models disagree when they flag equally many: those whom each puts highest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelDisagreement))]
#[serde(deny_unknown_fields)]
pub struct Flagged {
    /// Which share of all each flags.
    pub flagged: f64,
    /// Of all, the share whom one flags and the other does not.
    pub differ: Interval,
    /// Of those whom one flags, the share whom the other does not; the same for both.
    pub only_by_one: Interval,
    /// In groups of people.
    pub groups: Vec<GroupFlagged>,
}

/// About whom two models disagree in a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelGroupDisagreement))]
#[serde(deny_unknown_fields)]
pub struct GroupFlagged {
    /// By what: `sex`, `age`, `origin`.
    pub by: String,
    /// Which: `women`, `30-44`.
    pub group: String,
    /// How many people.
    pub people: u32,
    /// The share whom the first flags.
    pub first: Interval,
    /// The share whom the second flags.
    pub second: Interval,
    /// The share whom one flags and the other does not.
    pub differ: Interval,
}

/// What a model says of people.
#[derive(Clone, Debug, PartialEq)]
pub enum Says {
    /// A share of each.
    Shares(Vec<f64>),
    /// Whether each is in the group that it flags.
    Groups(Vec<bool>),
}

impl Comparison {
    /// As it is written: six decimals.
    pub fn rounded(self) -> Self {
        let group = |group: GroupFlagged| GroupFlagged {
            first: rounded_interval(group.first),
            second: rounded_interval(group.second),
            differ: rounded_interval(group.differ),
            ..group
        };
        let flagged = |flagged: Flagged| Flagged {
            flagged: round(flagged.flagged, 6),
            differ: rounded_interval(flagged.differ),
            only_by_one: rounded_interval(flagged.only_by_one),
            groups: flagged.groups.into_iter().map(group).collect(),
        };
        Self {
            auc: self.auc.map(rounded_interval),
            brier: self.brier.map(rounded_interval),
            flagged: self.flagged.into_iter().map(flagged).collect(),
            ..self
        }
    }
}

impl Says {
    /// Whom it flags when it flags so many; of equal shares those that stand first. A model that gives
    /// groups flags whom it flags.
    fn flags(&self, count: usize) -> Vec<bool> {
        match self {
            Self::Groups(flags) => flags.clone(),
            Self::Shares(shares) => {
                let mut order: Vec<usize> = (0..shares.len()).collect();
                order.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]));
                let mut flags = vec![false; shares.len()];
                order.into_iter().take(count).for_each(|place| flags[place] = true);
                flags
            }
        }
    }

    /// How many it flags whatever is asked.
    fn own_count(&self) -> Option<usize> {
        match self {
            Self::Groups(flags) => Some(flags.iter().filter(|flag| **flag).count()),
            Self::Shares(_) => None,
        }
    }
}

/// Compares what two models say of the same people, in the same order. `None`: there are others of
/// one than of the other, or nobody to compare.
pub fn compare(
    first: (Compared, &Says),
    second: (Compared, &Says),
    came_true: &[bool],
    traits: &[Trait],
) -> Option<Comparison> {
    let (a, b) = (first.1, second.1);
    let people = came_true.len();
    if people == 0 || a.flags(0).len() != people || b.flags(0).len() != people {
        return None;
    }
    let (auc, brier) = match (a, b) {
        (Says::Shares(a), Says::Shares(b)) => (areas(a, b, came_true), squares(a, b, came_true)),
        _ => (None, None),
    };
    let counts = match a.own_count().or(b.own_count()) {
        Some(own) => vec![own],
        None => SHARES.map(|share| (people as f64 * share).round() as usize).to_vec(),
    };
    let flagged = counts.into_iter().filter_map(|count| flagged(a, b, count, traits));
    let flagged = flagged.collect();
    Some(Comparison { first: first.0, second: second.0, auc, brier, flagged })
}

fn areas(a: &[f64], b: &[f64], came_true: &[bool]) -> Option<Interval> {
    let events = came_true.iter().filter(|came_true| **came_true).count();
    let is_one = events < 2 || came_true.len() - events < 2;
    (!is_one).then(|| Places::new(a, came_true).less(&Places::new(b, came_true)))
}

/// The mean of the differences of squares, with the interval of a mean.
fn squares(a: &[f64], b: &[f64], came_true: &[bool]) -> Option<Interval> {
    let of = |came_true: bool, expected: f64| (expected - f64::from(u8::from(came_true))).powi(2);
    let each = a.iter().zip(b).zip(came_true);
    let differences: Vec<f64> =
        each.map(|((a, b), came_true)| of(*came_true, *a) - of(*came_true, *b)).collect();
    let n = differences.len() as f64;
    let (mean, spread) =
        (differences.iter().sum::<f64>() / n, Z * (variance(&differences) / n).sqrt());
    let interval = Interval { estimate: mean, low: mean - spread, high: mean + spread };
    spread.is_finite().then_some(interval)
}

/// `None`: nobody is flagged.
fn flagged(a: &Says, b: &Says, count: usize, traits: &[Trait]) -> Option<Flagged> {
    let (a, b) = (a.flags(count), b.flags(count));
    let all: Vec<usize> = (0..a.len()).collect();
    let share = |people: &[usize], is: &dyn Fn(usize) -> bool| {
        wilson(people.iter().filter(|place| is(**place)).count(), people.len())
    };
    let differ = |place: usize| a[place] != b[place];
    let only_one: Vec<usize> = all.iter().copied().filter(|place| a[*place]).collect();
    let groups = traits.iter().flat_map(|by| {
        by.members().into_iter().filter_map(|(name, people)| {
            Some(GroupFlagged {
                by: by.name.clone(),
                group: name.clone(),
                people: whole(people.len()),
                first: share(&people, &|place| a[place])?,
                second: share(&people, &|place| b[place])?,
                differ: share(&people, &differ)?,
            })
        })
    });
    Some(Flagged {
        flagged: only_one.len() as f64 / a.len() as f64,
        differ: share(&all, &differ)?,
        only_by_one: share(&only_one, &|place| !b[place])?,
        groups: groups.collect(),
    })
}
