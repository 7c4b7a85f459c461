//! The card of a model as rows and sentences: everything in it is read from the model's file.

use jobnet_api::profiling::evaluate::{Evaluation, GroupErrors, Interval};
use jobnet_api::profiling::fact::Fact;
use jobnet_api::profiling::form::Question;
use jobnet_api::profiling::model::{Kind, Model, Source};
use jobnet_api::profiling::profile::Factor;
use jobnet_charts::calibration::{CalibrationGroup, CalibrationSpec};

use crate::chart::LineTexts;
use crate::i18n::{Language, fill};

use super::result_model::factor_name;
use super::steps_model::QUESTIONS;

/// The name of a model among the others.
pub(super) fn name(model: &Model, language: Language) -> &'static str {
    let t = language.card();
    let has_origin = model.factors().contains(&Factor::Fact(Fact::Origin));
    match model.kind {
        Kind::Tree { .. } => t.tree,
        Kind::Logistic(_) if has_origin => t.logistic_origin,
        Kind::Logistic(_) => t.logistic,
    }
}

/// What it was made from.
pub(super) fn source(model: &Model, language: Language) -> [String; 2] {
    let t = language.card();
    let source = match model.data.source {
        Source::Synthetic => t.synthetic,
        Source::Reconstruction => t.reconstruction,
        Source::Registers => t.registers,
    };
    let count = |number: u32| language.integer(number.into());
    let people = match (model.data.people, model.data.events) {
        (Some(people), Some(events)) => {
            fill(t.people, &[("people", &count(people)), ("events", &count(events))])
        }
        _ => t.people_unknown.to_owned(),
    };
    [source.to_owned(), people]
}

/// What a model looks at and what it does not: every question and every fact is in one of the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variables {
    pub(super) used: Vec<&'static str>,
    pub(super) unused: Vec<&'static str>,
    /// How many of the numbered questions are not used.
    pub(super) unused_questions: usize,
}

/// The variables of a model.
pub(super) fn variables(model: &Model, language: Language) -> Variables {
    let looks_at = model.factors();
    let all = Question::ALL.map(Factor::Answer).into_iter().chain(Fact::ALL.map(Factor::Fact));
    let (used, unused): (Vec<_>, Vec<_>) = all.partition(|factor| looks_at.contains(factor));
    let beginning = |question: Question| question.asked_after().map_or(question, |(q, _)| q);
    let used_questions = Question::ALL.into_iter().filter(|question| {
        let is_numbered = question.asked_after().is_none();
        let is_used = |factor: &Factor| {
            matches!(factor, Factor::Answer(other) if beginning(*other) == *question)
        };
        is_numbered && looks_at.iter().any(is_used)
    });
    Variables {
        unused_questions: QUESTIONS - used_questions.count(),
        used: used.into_iter().map(|factor| factor_name(factor, language)).collect(),
        unused: unused.into_iter().map(|factor| factor_name(factor, language)).collect(),
    }
}

/// A share as people of a hundred, with a decimal where it is small.
pub(super) fn people(share: f64, language: Language) -> String {
    let hundredths = (share * 10_000.0).round() as i64;
    if hundredths.abs() >= 1_000 {
        language.integer((share * 100.0).round() as i64)
    } else {
        let text = language.hundredths((share * 1_000.0).round() as i64 * 10);
        text.strip_suffix('0').map(str::to_owned).unwrap_or(text)
    }
}

/// An interval as people of a hundred.
fn between(interval: Interval, language: Language) -> String {
    let (low, high) = (people(interval.low, language), people(interval.high, language));
    let range = fill(language.card().between, &[("low", &low), ("high", &high)]);
    format!("{} ({range})", people(interval.estimate, language))
}

/// How good it is, in sentences.
pub(super) fn accuracy(evaluation: &Evaluation, language: Language) -> Vec<String> {
    let t = language.card();
    let decimals = |number: f64| language.hundredths((number * 100.0).round() as i64);
    let auc = evaluation.auc;
    let slope = evaluation.calibration_slope;
    let count = |number: u32| language.integer(number.into());
    vec![
        fill(
            t.accuracy_how,
            &[("people", &count(evaluation.people)), ("folds", &count(evaluation.folds.into()))],
        ),
        fill(
            t.auc,
            &[
                ("of", &people(auc.estimate, language)),
                ("low", &people(auc.low, language)),
                ("high", &people(auc.high, language)),
            ],
        ),
        fill(t.brier, &[("brier", &thousandths(evaluation.brier, language))]),
        fill(
            t.slope,
            &[
                ("slope", &decimals(slope.estimate)),
                ("low", &decimals(slope.low)),
                ("high", &decimals(slope.high)),
            ],
        ),
    ]
}

/// Three decimals.
fn thousandths(number: f64, language: Language) -> String {
    let thousandths = (number * 1_000.0).round() as i64;
    let two = language.hundredths(thousandths / 10);
    format!("{two}{}", (thousandths % 10).abs())
}

/// The plot of calibration, with its table.
pub(super) fn calibration(
    evaluation: &Evaluation,
    language: Language,
) -> (CalibrationSpec, LineTexts) {
    let t = language.card();
    let groups = evaluation.tenths.iter().map(|tenth| CalibrationGroup {
        predicted: tenth.expected,
        observed: tenth.observed.estimate,
        low: tenth.observed.low,
        high: tenth.observed.high,
    });
    let rows = evaluation.tenths.iter().map(|tenth| {
        vec![
            language.integer(tenth.people.into()),
            people(tenth.expected, language),
            between(tenth.observed, language),
        ]
    });
    let spec = CalibrationSpec {
        groups: groups.collect(),
        observed: t.observed.to_owned(),
        predicted: t.predicted.to_owned(),
    };
    let texts = LineTexts {
        title: t.calibration.to_owned(),
        takeaway: t.calibration_text.to_owned(),
        columns: [t.h_people, t.h_said, t.h_went].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    };
    (spec, texts)
}

/// A table: headers and rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) columns: Vec<&'static str>,
    pub(super) rows: Vec<Vec<String>>,
}

/// What limits would do.
pub(super) fn cut_offs(evaluation: &Evaluation, language: Language) -> Table {
    let t = language.card();
    let rows = evaluation.cut_offs.iter().map(|cut_off| {
        vec![
            people(cut_off.at, language),
            people(cut_off.flagged, language),
            between(cut_off.sensitivity, language),
            between(cut_off.specificity, language),
        ]
    });
    Table { columns: vec![t.h_from, t.h_flagged, t.h_found, t.h_left], rows: rows.collect() }
}

/// Errors in each group.
pub(super) fn groups(evaluation: &Evaluation, language: Language) -> Table {
    let t = language.card();
    let none = || "–".to_owned();
    let rows = evaluation.groups.iter().map(|group| {
        let of = |interval: Option<Interval>| {
            interval.map_or_else(none, |interval| between(interval, language))
        };
        vec![
            group_name(group, language),
            language.integer(group.people.into()),
            of(group.false_positive),
            of(group.false_negative),
            between(group.calibration_gap, language),
        ]
    });
    let columns = vec![t.h_group, t.h_people, t.h_false_positive, t.h_false_negative, t.h_gap];
    Table { columns, rows: rows.collect() }
}

fn group_name(group: &GroupErrors, language: Language) -> String {
    let t = language.card();
    match (group.by.as_str(), group.group.as_str()) {
        ("sex", "men") => t.men.to_owned(),
        ("sex", "women") => t.women.to_owned(),
        ("age", ages) => fill(t.ages, &[("ages", ages)]),
        ("origin", "danish") => t.danish.to_owned(),
        ("origin", "western") => t.western.to_owned(),
        ("origin", "non_western") => t.non_western.to_owned(),
        // A table of somebody else's may have other groups.
        (_, other) => other.to_owned(),
    }
}

/// What origin adds: the model with it and the one without, both from their own evaluation.
pub(super) fn origin_cost(models: &[&Model], language: Language) -> Option<String> {
    let auc = |has_origin: bool| {
        let wanted = |model: &&&Model| {
            let is_logistic = matches!(model.kind, Kind::Logistic(_));
            is_logistic && model.factors().contains(&Factor::Fact(Fact::Origin)) == has_origin
        };
        let evaluation = models.iter().find(wanted)?.evaluation.as_ref()?;
        Some(language.hundredths((evaluation.auc.estimate * 10_000.0).round() as i64))
    };
    let (with, without) = (auc(true)?, auc(false)?);
    Some(fill(language.card().origin_cost, &[("with", &with), ("without", &without)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jobnet_api::profiling::shipped;

    const DA: Language = Language::Danish;

    fn model(key: &str) -> &'static Model {
        &shipped::model(key).unwrap().model
    }

    #[test]
    fn every_variable_is_named_once_for_every_model() {
        for sealed in shipped::models() {
            let told = variables(&sealed.model, DA);
            let all = told.used.len() + told.unused.len();
            assert_eq!(all, Question::ALL.len() + Fact::ALL.len(), "{}", sealed.model.key);
        }
    }

    /// As the facts about the Danish model say: nine of ten questions are not used.
    #[test]
    fn the_tree_uses_one_question_of_ten() {
        let told = variables(model("tree-reconstruction"), DA);
        assert_eq!(told.unused_questions, 9);
        assert_eq!(told.used.len(), 4);
        assert_eq!(model("tree-reconstruction").evaluation, None);
    }

    #[test]
    fn shares_are_told_as_people() {
        assert_eq!(people(0.780_372, DA), "78");
        assert_eq!(people(0.0416, DA), "4,2");
        assert_eq!(people(0.003_642, DA), "0,4");
        assert_eq!(people(-0.012, DA), "−1,2");
        assert_eq!(thousandths(0.037_334, DA), "0,037");
    }

    #[test]
    fn the_model_that_is_used_tells_how_good_it_is_and_what_leaving_origin_out_costs() {
        let evaluation = model("logistic").evaluation.as_ref().unwrap();
        let said = accuracy(evaluation, DA);
        assert!(said.iter().all(|sentence| !sentence.contains('{')), "{said:?}");
        let (spec, texts) = calibration(evaluation, DA);
        assert_eq!((spec.groups.len(), texts.rows.len()), (10, 10));
        for table in [cut_offs(evaluation, DA), groups(evaluation, DA)] {
            assert!(!table.rows.is_empty());
            assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        }
        let both = [model("logistic"), model("logistic-with-origin")];
        assert!(origin_cost(&both, DA).unwrap().contains(','));
        assert_eq!(origin_cost(&both[..1], DA), None);
    }

    #[test]
    fn no_group_of_a_delivered_model_is_without_words() {
        for sealed in shipped::models() {
            for group in sealed.model.evaluation.iter().flat_map(|e| &e.groups) {
                let name = group_name(group, DA);
                assert!(name != group.group || group.by == "age", "{group:?}");
            }
        }
    }
}
