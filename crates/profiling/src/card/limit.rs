//! What to keep in mind about a model: found in its file, not written.

use serde::{Deserialize, Serialize};

use crate::evaluate::{GroupErrors, Interval};
use crate::fact::Fact;
use crate::model::{Kind, Model, Source};
use crate::profile::{Factor, Ground};

/// Of fewer people on either side, a group's errors are not known well.
const ENOUGH: u32 = 100;

/// Something to keep in mind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelLimit))]
#[serde(rename_all = "snake_case", tag = "type", try_from = "Fields")]
pub enum Limit {
    /// It was made from people who do not exist.
    MadeUp {},
    /// It is a reconstruction, not the agency's own model.
    Reconstruction {},
    /// Nobody has tried it out.
    NotTriedOut {},
    /// It gives a group and no share.
    GroupOnly {},
    /// It leans on what she expects herself.
    OwnExpectation {
        /// On what.
        factors: Vec<Factor>,
    },
    /// It uses where she or her parents come from.
    UsesOrigin {},
    /// How it errs in a group is not known well.
    FewPeople {
        /// By what: `sex`, `age`, `origin`.
        by: String,
        /// Which: `women`, `30-44`.
        group: String,
    },
    /// It errs more for some than for others, by more than chance.
    Uneven {
        /// By what: `sex`, `age`, `origin`.
        by: String,
        /// In which way.
        error: ErrorKind,
        /// The group for which it errs least.
        least: String,
        /// The group for which it errs most.
        most: String,
    },
}

/// The fields of every [`Limit`]. Read so, and not by its tag, it needs a tenth of the code: a tag may
/// stand anywhere, so everything is kept until it is found.
#[derive(Deserialize)]
struct Fields {
    #[serde(rename = "type")]
    kind: LimitKind,
    factors: Option<Vec<Factor>>,
    by: Option<String>,
    group: Option<String>,
    error: Option<ErrorKind>,
    least: Option<String>,
    most: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum LimitKind {
    MadeUp,
    Reconstruction,
    NotTriedOut,
    GroupOnly,
    OwnExpectation,
    UsesOrigin,
    FewPeople,
    Uneven,
}

impl TryFrom<Fields> for Limit {
    type Error = &'static str;

    fn try_from(fields: Fields) -> Result<Self, Self::Error> {
        let Fields { kind, factors, by, group, error, least, most } = fields;
        let limit = match kind {
            LimitKind::MadeUp => Some(Self::MadeUp {}),
            LimitKind::Reconstruction => Some(Self::Reconstruction {}),
            LimitKind::NotTriedOut => Some(Self::NotTriedOut {}),
            LimitKind::GroupOnly => Some(Self::GroupOnly {}),
            LimitKind::OwnExpectation => factors.map(|factors| Self::OwnExpectation { factors }),
            LimitKind::UsesOrigin => Some(Self::UsesOrigin {}),
            LimitKind::FewPeople => by.zip(group).map(|(by, group)| Self::FewPeople { by, group }),
            LimitKind::Uneven => match (by, error, least, most) {
                (Some(by), Some(error), Some(least), Some(most)) => {
                    Some(Self::Uneven { by, error, least, most })
                }
                _ => None,
            },
        };
        limit.ok_or("a limit of a model lacks a field")
    }
}

/// How a model errs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelErrorKind))]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// It flags people for whom it does not come true.
    FalsePositive,
    /// It passes over people for whom it does.
    FalseNegative,
}

/// What to keep in mind about a model.
pub(super) fn limits(model: &Model) -> Vec<Limit> {
    let mut limits = Vec::new();
    match model.data.source {
        Source::Synthetic => limits.push(Limit::MadeUp {}),
        Source::Reconstruction => limits.push(Limit::Reconstruction {}),
        Source::Registers => {}
    }
    if matches!(model.kind, Kind::Tree { .. }) {
        limits.push(Limit::GroupOnly {});
    }
    let used = model.factors();
    let own = used.iter().copied().filter(|one| one.ground() == Ground::OwnExpectation);
    let factors: Vec<Factor> = own.collect();
    if !factors.is_empty() {
        limits.push(Limit::OwnExpectation { factors });
    }
    if used.contains(&Factor::Fact(Fact::Origin)) {
        limits.push(Limit::UsesOrigin {});
    }
    match &model.evaluation {
        None => limits.push(Limit::NotTriedOut {}),
        Some(evaluation) => limits.extend(of_groups(&evaluation.groups)),
    }
    limits
}

fn of_groups(groups: &[GroupErrors]) -> Vec<Limit> {
    let mut limits = Vec::new();
    for groups in groups.chunk_by(|a, b| a.by == b.by) {
        for (error, of) in [
            (ErrorKind::FalsePositive, (|group| group.false_positive) as fn(&GroupErrors) -> _),
            (ErrorKind::FalseNegative, |group| group.false_negative),
        ] {
            let known = || groups.iter().filter_map(|group| Some((group, of(group)?)));
            let by_estimate =
                |a: &(_, Interval), b: &(_, Interval)| a.1.estimate.total_cmp(&b.1.estimate);
            if let Some((least, low)) = known().min_by(by_estimate)
                && let Some((most, high)) = known().max_by(by_estimate)
                && low.high < high.low
            {
                let (least, most) = (least.group.clone(), most.group.clone());
                limits.push(Limit::Uneven { by: groups[0].by.clone(), error, least, most });
            }
        }
    }
    let few = groups.iter().filter(|one| one.events.min(one.people - one.events) < ENOUGH);
    limits.extend(few.map(|one| Limit::FewPeople { by: one.by.clone(), group: one.group.clone() }));
    limits
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_limit_is_read_as_it_is_written_and_not_without_a_field() {
        let name = |name: &str| name.to_owned();
        let all = [
            Limit::MadeUp {},
            Limit::Reconstruction {},
            Limit::NotTriedOut {},
            Limit::GroupOnly {},
            Limit::OwnExpectation { factors: vec![Factor::Fact(Fact::Origin)] },
            Limit::UsesOrigin {},
            Limit::FewPeople { by: name("sex"), group: name("women") },
            Limit::Uneven {
                by: name("age"),
                error: ErrorKind::FalseNegative,
                least: name("18-29"),
                most: name("56-66"),
            },
        ];
        for limit in all {
            let written = serde_json::to_value(&limit).unwrap();
            assert_eq!(serde_json::from_value::<Limit>(written.clone()).unwrap(), limit);
            for field in written.as_object().unwrap().keys() {
                let mut without = written.clone();
                without.as_object_mut().unwrap().remove(field);
                assert!(serde_json::from_value::<Limit>(without).is_err(), "{field}");
            }
        }
        assert!(serde_json::from_value::<Limit>(json!({"type": "brave"})).is_err());
    }
}
