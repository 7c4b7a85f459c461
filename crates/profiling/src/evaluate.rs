//! How well a model does: what stands in its file, and on its card.

use serde::{Deserialize, Serialize};

use crate::model::ModelError;

/// A number with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = NumberWithInterval))]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// The estimate.
    pub estimate: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// How well a model does on people it was not made from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelEvaluation))]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    /// How: each person was left out of the model that estimated her, in so many folds.
    pub folds: u8,
    /// How many people.
    pub people: u32,
    /// For how many it came true.
    pub events: u32,
    /// Of a person for whom it came true and one for whom it did not, how often the first has the
    /// higher estimate (area under the curve; interval by DeLong).
    pub auc: Interval,
    /// Mean squared error of the estimates (interval of a mean).
    pub brier: Interval,
    /// Log odds by which the estimates are too low on the whole; 0 is right.
    pub calibration_in_the_large: Interval,
    /// By how much they spread too little; 1 is right.
    pub calibration_slope: Interval,
    /// A tenth of the people in each, from the lowest estimates to the highest.
    pub tenths: Vec<Tenth>,
    /// What flagging everyone from a share on would do.
    pub cut_offs: Vec<CutOff>,
    /// The same for groups of people, at [`Evaluation::group_cut_off`].
    pub groups: Vec<GroupErrors>,
    /// The cut-off at which groups are compared: the base rate.
    pub group_cut_off: f64,
}

/// People with estimates of about the same size.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CalibrationTenth))]
#[serde(deny_unknown_fields)]
pub struct Tenth {
    /// How many.
    pub people: u32,
    /// Mean of their estimates.
    pub expected: f64,
    /// For which share it came true (interval by Wilson).
    pub observed: Interval,
}

/// What flagging everyone from a share on would do.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelCutOff))]
#[serde(deny_unknown_fields)]
pub struct CutOff {
    /// From which estimate on.
    pub at: f64,
    /// Which share of all would be flagged.
    pub flagged: f64,
    /// Of those for whom it came true, the share flagged.
    pub sensitivity: Interval,
    /// Of the others, the share not flagged.
    pub specificity: Interval,
}

/// How a model errs in a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelGroupErrors))]
#[serde(deny_unknown_fields)]
pub struct GroupErrors {
    /// By what: `sex`, `age`, `origin`.
    pub by: String,
    /// Which: `women`, `30-44`.
    pub group: String,
    /// How many people.
    pub people: u32,
    /// For how many it came true.
    pub events: u32,
    /// As [`Evaluation::auc`], within the group; `None`: it came true, or did not, for fewer than two.
    pub auc: Option<Interval>,
    /// As [`Evaluation::brier`], within the group.
    pub brier: Interval,
    /// Of those for whom it did not come true, the share flagged; `None`: there are none.
    pub false_positive: Option<Interval>,
    /// Of those for whom it did, the share not flagged; `None`: there are none.
    pub false_negative: Option<Interval>,
    /// Share for which it came true less the mean estimate.
    pub calibration_gap: Interval,
    /// The two errors at each of [`Evaluation::cut_offs`].
    pub cut_offs: Vec<ErrorsAt>,
}

/// How a model errs in a group at a cut-off.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelErrorsAt))]
#[serde(deny_unknown_fields)]
pub struct ErrorsAt {
    /// From which estimate on people are flagged.
    pub at: f64,
    /// As [`GroupErrors::false_positive`].
    pub false_positive: Option<Interval>,
    /// As [`GroupErrors::false_negative`].
    pub false_negative: Option<Interval>,
}

/// Whether it holds together.
pub(crate) fn check(evaluation: &Evaluation) -> Result<(), ModelError> {
    let wrong = |why: &str| Err(ModelError::Inconsistent(format!("its evaluation: {why}")));
    let is_share = |share: f64| (0.0..=1.0).contains(&share);
    let in_order = |i: &Interval| i.low <= i.estimate && i.estimate <= i.high;
    let is_measured_share = |i: &Interval| in_order(i) && is_share(i.low) && is_share(i.high);
    if evaluation.events > evaluation.people {
        return wrong("it came true for more people than there were");
    }
    let groups = &evaluation.groups;
    if groups.iter().any(|group| group.events > group.people || group.people > evaluation.people) {
        return wrong("a group is larger than all");
    }
    let people: u64 = evaluation.tenths.iter().map(|tenth| u64::from(tenth.people)).sum();
    if !evaluation.tenths.is_empty() && people != u64::from(evaluation.people) {
        return wrong("the tenths are not all of the people");
    }
    let shares = evaluation.tenths.iter().map(|tenth| tenth.expected);
    let shares = shares.chain(evaluation.cut_offs.iter().flat_map(|one| [one.at, one.flagged]));
    if !shares.chain([evaluation.group_cut_off]).all(is_share) {
        return wrong("a share is none");
    }
    let measured = evaluation.tenths.iter().map(|tenth| &tenth.observed);
    let measured =
        measured.chain(evaluation.cut_offs.iter().flat_map(|o| [&o.sensitivity, &o.specificity]));
    let of_groups = groups.iter().flat_map(|g| g.false_positive.iter().chain(&g.false_negative));
    let errors = groups.iter().flat_map(|group| &group.cut_offs);
    let of_groups = of_groups
        .chain(groups.iter().flat_map(|group| group.auc.iter().chain([&group.brier])))
        .chain(errors.flat_map(|at| at.false_positive.iter().chain(&at.false_negative)))
        .chain([&evaluation.auc, &evaluation.brier]);
    if !measured.chain(of_groups).all(is_measured_share) {
        return wrong("a measured share is none, or lies outside of its interval");
    }
    let known: Vec<f64> = evaluation.cut_offs.iter().map(|one| one.at).collect();
    if !groups.iter().all(|group| group.cut_offs.iter().map(|one| one.at).eq(known.iter().copied()))
    {
        return wrong("a group has other cut-offs than all");
    }
    let others = groups.iter().map(|group| &group.calibration_gap);
    let others =
        others.chain([&evaluation.calibration_in_the_large, &evaluation.calibration_slope]);
    if !others.into_iter().all(in_order) {
        return wrong("an estimate lies outside of its interval");
    }
    Ok(())
}
