//! The card of a model: what its page says beyond the model's own file, worked out from that, the form
//! and what other models say of the same people. Nothing in it can be written by hand.
//!
//! It gives keys and numbers; it must not know how they are worded.

mod limit;

pub use limit::{ErrorKind, Limit};

use serde::{Deserialize, Serialize};

use crate::compare::{Comparison, Comparisons};
use crate::evaluate::Interval;
use crate::fact::Fact;
use crate::flags::FlagRow;
use crate::form::Question;
use crate::logistic::Logistic;
use crate::model::{Coding, Kind, Model, Variable};
use crate::profile::{Factor, Share};
use crate::score::Sealed;

/// The card of a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelCard))]
pub struct Card {
    /// Key of the model.
    pub key: String,
    /// For how many of all it comes true; `None`: it gives groups and no shares.
    pub base_rate: Option<Share>,
    /// What it looks at: what can move a result most comes first.
    pub uses: Vec<Use>,
    /// Factors that count together: what one does depends on the other.
    pub together: Vec<[Factor; 2]>,
    /// Questions of the form that it does not use.
    pub unused_questions: Vec<Question>,
    /// Facts of registers that it does not use.
    pub unused_facts: Vec<Fact>,
    /// How many of the form's main questions it uses, themselves or where they go on.
    pub questions_used: u8,
    /// How many main questions the form has.
    pub questions: u8,
    /// It beside other models, on the same people; it is the first one of each.
    pub beside: Vec<Comparison>,
    /// How often the group that it flags is right, on the people of the comparisons; empty: it gives
    /// shares.
    pub flags: Vec<FlagRow>,
    /// What origin adds, or what leaving it out costs; `None`: no other model differs by it alone.
    pub origin: Option<OriginAdds>,
    /// What to keep in mind.
    pub limits: Vec<Limit>,
}

/// A factor that a model uses.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelUse))]
pub struct Use {
    /// Which.
    pub factor: Factor,
    /// Between the lowest and the highest that it alone can do, in **log odds**; `None`: a tree has no
    /// such measure.
    pub reach: Option<f64>,
    /// The least and the most that the model has seen of a number; `None`: it is none, or any will do.
    pub range: Option<[u8; 2]>,
}

/// What origin adds to a model that has everything else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelOriginAdds))]
pub struct OriginAdds {
    /// Key of the model with it.
    pub with: String,
    /// Key of the model without it.
    pub without: String,
    /// By how much the area under the curve is larger with it.
    pub auc: Option<Interval>,
    /// By how much the mean squared error is larger with it.
    pub brier: Option<Interval>,
}

/// The card of a model among the models it is compared with.
pub fn card(sealed: &Sealed, all: &[Sealed], comparisons: &Comparisons) -> Card {
    let model = &sealed.model;
    let factors = model.factors();
    let is_used = |question: &Question| factors.contains(&Factor::Answer(*question));
    let goes_on = |question: Question| {
        Question::ALL
            .into_iter()
            .find(|next| next.asked_after().is_some_and(|(before, _)| before == question))
    };
    let main = || Question::ALL.into_iter().filter(|question| question.asked_after().is_none());
    let used =
        main().filter(|one| is_used(one) || goes_on(*one).is_some_and(|next| is_used(&next)));
    let logistic = match &model.kind {
        Kind::Logistic(logistic) => Some(logistic),
        Kind::Tree { .. } => None,
    };
    let beside: Vec<Comparison> =
        comparisons.comparisons.iter().filter_map(|one| beside(one, &sealed.digest)).collect();
    Card {
        key: model.key.clone(),
        base_rate: logistic.map(|one| crate::prepared::share(one.base_rate)),
        uses: uses(model),
        together: logistic.map(together).unwrap_or_default(),
        questions_used: used.count() as u8,
        questions: main().count() as u8,
        unused_questions: Question::ALL.into_iter().filter(|one| !is_used(one)).collect(),
        unused_facts: Fact::ALL
            .into_iter()
            .filter(|fact| !factors.contains(&Factor::Fact(*fact)))
            .collect(),
        origin: beside.iter().find_map(|one| origin_adds(model, all, one)),
        beside,
        flags: flags(comparisons, &sealed.digest),
        limits: limit::limits(model),
    }
}

fn flags(comparisons: &Comparisons, digest: &str) -> Vec<FlagRow> {
    let of = comparisons.flaggings.iter().find(|of| of.model.digest == digest);
    of.map(|of| of.rows.clone()).unwrap_or_default()
}

fn uses(model: &Model) -> Vec<Use> {
    let Kind::Logistic(logistic) = &model.kind else {
        let without = |factor| Use { factor, reach: None, range: None };
        return model.factors().into_iter().map(without).collect();
    };
    let mut first = 1;
    let of = |variable: &Variable| {
        let next = first + variable.coding.columns();
        let coefficients = &logistic.coefficients[first..next];
        first = next;
        let range = match variable.coding {
            Coding::Number { least, most, .. } | Coding::Bands { least, most, .. } => {
                Some([least, most])
            }
            _ => None,
        };
        Use { factor: variable.factor, reach: Some(reach(&variable.coding, coefficients)), range }
    };
    let mut uses: Vec<Use> = logistic.variables.iter().map(of).collect();
    uses.sort_by(|a, b| b.reach.unwrap_or(0.0).total_cmp(&a.reach.unwrap_or(0.0)));
    uses
}

fn reach(coding: &Coding, coefficients: &[f64]) -> f64 {
    let highest = || coefficients.iter().copied().fold(0.0, f64::max);
    let lowest = || coefficients.iter().copied().fold(0.0, f64::min);
    match coding {
        // Every answer that raises, against every one that lowers.
        Coding::AnyOf { .. } => coefficients.iter().map(|coefficient| coefficient.abs()).sum(),
        Coding::Number { scale, least, most, .. } => {
            let steps = f64::from(most - least) / f64::from(*scale);
            coefficients.iter().map(|coefficient| coefficient.abs() * steps).sum()
        }
        _ => highest() - lowest(),
    }
}

fn together(logistic: &Logistic) -> Vec<[Factor; 2]> {
    let factor = |column| Some(logistic.variables[logistic.owner(column)?].factor);
    let mut pairs: Vec<[Factor; 2]> = logistic
        .interactions
        .iter()
        .filter_map(|[a, b]| Some([factor(*a)?, factor(*b)?]))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// A comparison with the model of a digest as the first one.
fn beside(comparison: &Comparison, digest: &str) -> Option<Comparison> {
    if comparison.first.digest == digest {
        Some(comparison.clone())
    } else if comparison.second.digest == digest {
        Some(turned(comparison))
    } else {
        None
    }
}

/// The same with the second model as the first one.
fn turned(comparison: &Comparison) -> Comparison {
    let less = |interval: Interval| Interval {
        estimate: -interval.estimate,
        low: -interval.high,
        high: -interval.low,
    };
    let mut turned = Comparison {
        first: comparison.second.clone(),
        second: comparison.first.clone(),
        auc: comparison.auc.map(less),
        brier: comparison.brier.map(less),
        flagged: comparison.flagged.clone(),
    };
    for group in turned.flagged.iter_mut().flat_map(|flagged| &mut flagged.groups) {
        std::mem::swap(&mut group.first, &mut group.second);
    }
    turned
}

fn origin_adds(model: &Model, all: &[Sealed], beside: &Comparison) -> Option<OriginAdds> {
    let other = &all.iter().find(|other| other.digest == beside.second.digest)?.model;
    let origin = Factor::Fact(Fact::Origin);
    let rest = |model: &Model| {
        let factors = model.factors().into_iter();
        factors.filter(|factor| *factor != origin).collect::<Vec<_>>()
    };
    let uses_it = |model: &Model| model.factors().contains(&origin);
    if uses_it(model) == uses_it(other) || rest(model) != rest(other) {
        return None;
    }
    let with = if uses_it(model) { beside.clone() } else { turned(beside) };
    Some(OriginAdds {
        with: with.first.key,
        without: with.second.key,
        auc: with.auc,
        brier: with.brier,
    })
}
