//! The card of a model as rows and sentences: everything in it is read from the model's file.

use jobnet_api::models::{Models, PublishedModel};
use jobnet_api::profiling::card::{Card, ErrorKind, Limit};
use jobnet_api::profiling::evaluate::{Evaluation, Interval};
use jobnet_api::profiling::fact::Fact;
use jobnet_api::profiling::model::{Kind, Model, Source};
use jobnet_api::profiling::profile::Factor;
use jobnet_charts::calibration::{CalibrationGroup, CalibrationSpec};

use super::card_tables::group_name;
use crate::chart::LineTexts;
use crate::i18n::{Language, fill};

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
pub(super) fn between(interval: Interval, language: Language) -> String {
    told(interval, language, people)
}

/// An interval, its numbers written by `written`.
pub(super) fn told(
    interval: Interval,
    language: Language,
    written: fn(f64, Language) -> String,
) -> String {
    let [estimate, low, high] =
        [interval.estimate, interval.low, interval.high].map(|one| written(one, language));
    format!("{estimate} ({})", fill(language.card().between, &[("low", &low), ("high", &high)]))
}

/// How good it is, in sentences.
pub(super) fn accuracy(evaluation: &Evaluation, language: Language) -> Vec<String> {
    let t = language.card();
    let decimals =
        |number: f64, language: Language| language.hundredths((number * 100.0).round() as i64);
    let count = |number: u32| language.integer(number.into());
    vec![
        fill(
            t.accuracy_how,
            &[("people", &count(evaluation.people)), ("folds", &count(evaluation.folds.into()))],
        ),
        with_range(t.auc, "of", evaluation.auc, language, people),
        with_range(t.brier, "brier", evaluation.brier, language, thousandths),
        with_range(t.large, "large", evaluation.calibration_in_the_large, language, decimals),
        with_range(t.slope, "slope", evaluation.calibration_slope, language, decimals),
    ]
}

/// A sentence with a number, called `name` in it, and its interval.
fn with_range(
    text: &str,
    name: &str,
    interval: Interval,
    language: Language,
    written: fn(f64, Language) -> String,
) -> String {
    let Interval { estimate, low, high } = interval;
    let [estimate, low, high] = [estimate, low, high].map(|one| written(one, language));
    fill(text, &[(name, &estimate), ("low", &low), ("high", &high)])
}

/// Three decimals.
pub(super) fn thousandths(number: f64, language: Language) -> String {
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

/// Whether the model that is used has a place for her origin.
pub(super) fn origin_known(models: &Models, language: Language) -> &'static str {
    let t = language.card();
    let used = models.models.iter().find(|published| published.model.key == models.default);
    let has_place = used.is_some_and(|used| used.card.limits.contains(&Limit::UsesOrigin {}));
    if has_place { t.origin_has_place } else { t.origin_unknown }
}

/// What origin adds to a model that has everything else; `None`: no model differs by it alone.
pub(super) fn origin_cost(card: &Card, language: Language) -> Option<String> {
    let t = language.card();
    let adds = card.origin.as_ref()?;
    let of_hundred =
        |share: f64, language: Language| language.hundredths((share * 10_000.0).round() as i64);
    let millionths =
        |number: f64, language: Language| language.integer((number * 1e6).round() as i64);
    let auc = with_range(t.origin_cost, "more", adds.auc?, language, of_hundred);
    let brier =
        adds.brier.map(|brier| with_range(t.origin_brier, "more", brier, language, millionths));
    Some(format!("{auc} {}", brier.unwrap_or_default()))
}

/// About whom a model and the others disagree when they flag equally many.
pub(super) fn disagreement(card: &Card, models: &Models, language: Language) -> Vec<String> {
    let t = language.card();
    let said = card.beside.iter().flat_map(|beside| {
        let is_other = |one: &&PublishedModel| one.digest == beside.second.digest;
        let other = models.models.iter().find(is_other);
        other.into_iter().flat_map(|other| {
            beside.flagged.iter().map(|flagged| {
                let with = [
                    ("model", name(&other.model, language)),
                    ("flagged", &people(flagged.flagged, language)),
                ];
                let text = fill(t.disagreement_text, &with);
                with_range(&text, "differ", flagged.differ, language, people)
            })
        })
    });
    said.collect()
}

/// What to keep in mind, but for what the page says elsewhere of every model of the kind.
pub(super) fn limits(card: &Card, language: Language) -> Vec<String> {
    let t = language.card();
    let said = card.limits.iter().filter_map(|limit| match limit {
        Limit::OwnExpectation { .. } => Some(t.limit_expectation.to_owned()),
        Limit::UsesOrigin {} => Some(t.limit_origin.to_owned()),
        Limit::FewPeople { by, group } => {
            Some(fill(t.limit_few, &[("group", &group_name(by, group, language))]))
        }
        Limit::Uneven { by, error, least, most } => {
            let text = match error {
                ErrorKind::FalsePositive => t.limit_flags,
                ErrorKind::FalseNegative => t.limit_misses,
            };
            let group = |group| group_name(by, group, language);
            Some(fill(text, &[("least", &group(least)), ("most", &group(most))]))
        }
        Limit::MadeUp {}
        | Limit::Reconstruction {}
        | Limit::GroupOnly {}
        | Limit::NotTriedOut {} => None,
    });
    said.collect()
}

#[cfg(test)]
pub(super) mod tests {
    use jobnet_api::profiling::card::card as make;
    use jobnet_api::profiling::shipped;

    use super::super::card_tables::{cut_offs, errors_at, flags, groups, within_groups};
    use super::*;

    const DA: Language = Language::Danish;

    fn model(key: &str) -> &'static Model {
        &shipped::model(key).unwrap().model
    }

    pub(in super::super) fn card(key: &str) -> Card {
        let (all, comparisons) = (shipped::models(), shipped::comparisons());
        make(shipped::model(key).unwrap(), all, comparisons)
    }

    fn published() -> Models {
        let models = shipped::models().iter().map(|sealed| PublishedModel {
            digest: sealed.digest.clone(),
            model: sealed.model.clone(),
            card: card(&sealed.model.key),
            watched: None,
        });
        let default = shipped::DEFAULT.to_owned();
        Models { default, legal_basis: None, models: models.collect() }
    }

    #[test]
    fn a_model_is_told_beside_the_others_with_what_to_keep_in_mind() {
        let all = published();
        for one in &all.models {
            let said = disagreement(&one.card, &all, DA);
            for other in all.models.iter().filter(|other| other.digest != one.digest) {
                let name = name(&other.model, DA);
                assert!(said.iter().any(|text| text.starts_with(name)), "{name} in {said:?}");
            }
            let limits = limits(&one.card, DA);
            assert!(limits[0] == DA.card().limit_expectation, "{limits:?}");
            assert!(said.iter().chain(&limits).all(|text| !text.contains('{')));
        }
        // The model flags the old more often wrongly than the young: it uses age.
        let old = limits(&card("logistic"), DA);
        assert!(old.iter().any(|text| text.contains("56-66 år")), "{old:?}");
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
        let tables = [
            cut_offs(evaluation, DA),
            groups(evaluation, DA),
            within_groups(evaluation, DA),
            errors_at(evaluation, |errors| errors.false_positive, DA),
            errors_at(evaluation, |errors| errors.false_negative, DA),
        ];
        for table in tables {
            assert!(!table.rows.is_empty());
            assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        }
        // At the lowest limit almost everybody is flagged, at the highest nobody.
        let flagged = errors_at(evaluation, |errors| errors.false_positive, DA);
        assert_eq!(flagged.columns.first().map(String::as_str), Some(DA.card().h_group));
        assert_eq!(flagged.columns[1], "Fra 2,0");
        assert!(flagged.rows.iter().all(|row| row[9].starts_with("0,0")), "{:?}", flagged.rows);
        let origin = origin_cost(&card("logistic"), DA).unwrap();
        assert!(origin.contains(',') && origin.contains("milliontedele"), "{origin}");
        assert_eq!(origin_cost(&card("tree-reconstruction"), DA), None);
    }

    #[test]
    fn a_model_that_gives_groups_tells_how_often_it_is_right_and_the_others_do_not() {
        let table = flags(&card("tree-reconstruction").flags, DA);
        // All, two sexes, the bands of age, three origins.
        assert!(table.rows.len() > 6 && table.rows[0][0] == DA.card().all, "{table:?}");
        assert_eq!(table.rows[0][1], DA.integer(40_000));
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        assert!(table.rows.iter().any(|row| row[0] == DA.card().non_western));
        assert!(card("logistic").flags.is_empty());
    }

    #[test]
    fn the_page_says_whether_the_model_in_use_has_a_place_for_origin() {
        let mut all = published();
        assert_eq!(origin_known(&all, DA), DA.card().origin_unknown);
        for with in ["tree-reconstruction", "logistic-with-origin"] {
            all.default = with.to_owned();
            assert_eq!(origin_known(&all, DA), DA.card().origin_has_place);
        }
    }

    #[test]
    fn no_group_of_a_delivered_model_is_without_words() {
        for sealed in shipped::models() {
            for group in sealed.model.evaluation.iter().flat_map(|e| &e.groups) {
                let name = group_name(&group.by, &group.group, DA);
                assert!(name != group.group || group.by == "age", "{group:?}");
            }
        }
    }
}
