//! The account's view-models against the contract's own example and the facts' test vectors.

use jobnet_api::account::{AccountAnswer, Spell};
use jobnet_charts::spec::{BenefitMark, HoursMark, MarkerKind};
use jobnet_rules::case::Away;
use jobnet_rules::simulate::{Plan, simulate};
use jobnet_rules::units::Hours;

use crate::i18n::Language;

use super::figure::{Line, figures, plain};
use super::fixtures::{answer, contract, day, with_payment};
use super::months_model::{WorkHours, rows};
use super::paid_model::trace;
use super::plan_timeline::{PlanTimeline, timeline_with};
use super::timeline_model::timeline;
use super::words_model::{Topic, statement, statements, takeaway, unknown_months};
use super::{counters_model, sick_model};

/// A sentence as text, its spaces plain.
pub fn said(line: &Line) -> String {
    plain(line, Language::Danish).replace('\u{a0}', " ")
}

/// The sentences of a topic.
fn told(case: &str, topic: Topic) -> Vec<String> {
    let statement = statement(&answer(case), topic, None, Language::Danish).unwrap();
    statement.answer.iter().map(said).collect()
}

/// A full-time member placed in July 2026 with work hours in four settled months.
pub fn four_months(hours: [&str; 4]) -> String {
    let months: Vec<_> = hours
        .iter()
        .zip(["07", "08", "09", "10"])
        .map(|(hours, month)| {
            format!(
                r#"{{"month": "2026-{month}", "work_hours": {hours}, "paid_hours": 100, "settled": true}}"#
            )
        })
        .collect();
    format!(
        r#"{{"as_of": "2026-11-11", "scheme": "dagpenge", "placed_on": "2026-07-01", "months": [{}]}}"#,
        months.join(",")
    )
}

#[test]
fn the_contracts_example_in_words() {
    let answer = contract();
    let first = said(&takeaway(&answer, Language::Danish).unwrap());
    assert_eq!(
        first,
        "Dine sidste timer med dagpenge bliver brugt i marts 2028, hvis du ikke arbejder. \
         Derefter kan du forlænge med 100 timer fra din konto."
    );
    let period = statement(&answer, Topic::Period, None, Language::Danish).unwrap();
    let period: Vec<_> = period.answer.iter().map(said).collect();
    assert_eq!(period, ["Du har 3.577,34 timer tilbage.", "Du har brugt 270,66 af 3.848 timer."]);
    let frame = statement(&answer, Topic::Frame, None, Language::Danish).unwrap();
    assert_eq!(said(&frame.answer[0]), "Din ramme slutter 28. februar 2029.");
    let payout = statement(&answer, Topic::Payout, None, Language::Danish).unwrap();
    assert_eq!(
        said(&payout.answer[0]),
        "For april 2026 har du fået dagpenge for 160,33 timer. Vi kender ikke beløbet."
    );
    let unknown = unknown_months(&answer, Language::Danish).unwrap();
    assert_eq!(said(&unknown[0]), "Dine timer er ukendte for april 2026. Ukendt er ikke nul.");
}

#[test]
fn a_month_without_figures_between_others_is_not_one_that_will_still_be_settled() {
    let case = four_months(["0", "0", "0", "0"]).replacen(
        r#"{"month": "2026-08", "work_hours": 0, "paid_hours": 100, "settled": true},"#,
        "",
        1,
    );
    let answer = answer(&case);
    let model = timeline(&answer, day("2026-11-11"), Language::Danish);
    let shown: Vec<_> = model.spec.months.iter().map(|month| month.settled).collect();
    assert_eq!(shown[..5], [true, true, true, true, false], "August is over, November is not");
    let told = model.table.rows[1].sentence.replace('\u{a0}', " ");
    assert_eq!(told, "August 2026: Vi har ingen tal for måneden.");
    assert_eq!(model.table.rows[1].cells[0], None);
    assert!(model.table.rows[4].sentence.contains("Ikke gjort op"));
}

#[test]
fn the_karens_limit_is_exceeded_by_a_hundredth_only() {
    let at = told(&four_months(["37", "37", "37", "37"]), Topic::Karens);
    assert_eq!(at[0], "Din a-kasse trækker en dag fra dine dagpenge.");
    assert_eq!(
        at[1],
        "Du har 148 timer fra juli 2026 til oktober 2026. Du skal have mere end 148."
    );
    let above = told(&four_months(["37", "37", "37", "37.01"]), Topic::Karens);
    assert_eq!(above[0], "Du får ikke trukket en dag. Du har arbejdet nok.");
    let unknown = told(&four_months(["37", "37", "null", "37"]), Topic::Karens);
    assert!(unknown[0].starts_with("Vi kan ikke se"), "{unknown:?}");
}

/// What is said of October 2026 with so many work hours and this payment.
pub fn told_of_october(hours: &str, paid: &str, gross: &str) -> Vec<String> {
    let answer = answer(&four_months(["0", "0", "0", hours]));
    let answer = with_payment(answer, "2026-10", Some(paid), Some(gross));
    let statement = statement(&answer, Topic::Payout, None, Language::Danish).unwrap();
    statement.answer.iter().map(said).collect()
}

#[test]
fn a_month_at_the_minimum_pays_and_a_hundredth_below_does_not() {
    let told = told_of_october("145.53", "14.80", "2034.60");
    assert_eq!(told, ["For oktober 2026 har du fået 2.035 kr. før skat. Det er for 14,80 timer."]);
    let told = told_of_october("145.54", "0", "0");
    assert!(told[0].starts_with("For oktober 2026 får du ingen dagpenge."), "{told:?}");
    assert_eq!(told.len(), 1);
}

#[test]
fn no_sentence_has_an_empty_place_and_every_figure_has_a_calculation() {
    for language in Language::ALL {
        let paid = |gross| {
            let answer = answer(&four_months(["0", "50", "null", "148.01"]));
            with_payment(answer, "2026-10", Some("8.30"), gross)
        };
        for answer in [contract(), paid(None), paid(Some("1141.00"))] {
            let trace = trace(&answer);
            for statement in statements(&answer, None, language) {
                for line in &statement.answer {
                    let text = plain(line, language);
                    assert!(!text.contains(['{', '}']) && !text.contains(".."), "{text}");
                    for figure in figures(line) {
                        let explained = trace.iter().any(|step| step.figure == figure.path);
                        assert!(explained, "{} has no calculation", figure.path);
                    }
                }
            }
        }
    }
}

#[test]
fn unknown_hours_are_never_drawn_or_written_as_zero() {
    let answer = contract();
    let rows = rows(&answer, Language::Danish);
    assert_eq!(rows[1].work, WorkHours::Unknown);
    assert_eq!(rows[1].work_text(Language::Danish), "timer ukendt");
    assert_eq!(rows[1].gross_text(Language::Danish), "ukendt");
    let model = timeline(&answer, day("2026-10-11"), Language::Danish);
    assert!(model.spec.check().is_ok());
    assert_eq!(model.spec.months[1].hours, HoursMark::Unknown);
    assert_eq!(model.spec.months[1].benefit, BenefitMark::Absent);
    assert_eq!(model.table.rows[1].cells[0].as_ref().unwrap().hundredths, None);
    assert!(model.table.rows[1].sentence.contains("Timer på arbejde er ukendte"));
}

#[test]
fn the_timeline_reaches_to_the_end_of_the_frame_and_marks_it() {
    let model = timeline(&contract(), day("2026-10-11"), Language::Danish);
    let months = &model.spec.months;
    assert_eq!(months[0].month.to_string(), "2026-03");
    assert_eq!(months.last().unwrap().month.to_string(), "2029-02");
    assert_eq!(months.len(), model.table.rows.len());
    assert_eq!(model.spec.limits[0].value, 145.53);
    let kinds: Vec<_> = model.spec.markers.iter().map(|marker| marker.kind).collect();
    assert_eq!(kinds, [MarkerKind::Today, MarkerKind::RunsOut, MarkerKind::FrameEnd]);
}

#[test]
fn planned_months_are_drawn_as_planned_and_settled_ones_stay() {
    let answer = contract();
    let plan = Plan {
        weekly_hours: Hours::from_hundredths(2_000),
        weeks: 8,
        ..Plan::nothing(day("2026-11-01"))
    };
    let simulation = simulate(&answer.case, &plan).unwrap();
    let model = timeline_with(&answer, &simulation, day("2026-10-11"), Language::Danish);
    assert!(model.spec.check().is_ok());
    assert_eq!(model.spec.months[0].hours, HoursMark::Known(50.0));
    let november = model.spec.index_of("2026-11".parse().unwrap()).unwrap();
    // 21 weekdays of four hours.
    assert_eq!(model.spec.months[november].hours, HoursMark::Planned(84.0));
    assert!(matches!(model.spec.months[november].benefit, BenefitMark::Provisional(_)));
}

#[test]
fn the_timeline_of_a_plan_is_the_same_whatever_was_tried_before_it() {
    let answer = contract();
    let (today, language) = (day("2026-10-11"), Language::Danish);
    let timeline = PlanTimeline::new(&answer, today, language);
    let mut model = timeline.own();
    for (weekly, weeks, from) in [
        (2_000, 8, "2026-11-01"),
        (2_050, 8, "2026-11-01"),
        (3_700, 104, "2026-11-01"),
        (500, 2, "2027-03-01"),
        (0, 0, "2026-11-01"),
    ] {
        let plan = Plan {
            weekly_hours: Hours::from_hundredths(weekly),
            weeks,
            ..Plan::nothing(day(from))
        };
        let simulation = simulate(&answer.case, &plan).unwrap();
        timeline.show(&mut model, &simulation, String::new());
        assert_eq!(model, timeline_with(&answer, &simulation, today, language), "{weekly} {weeks}");
    }
}

#[test]
fn a_month_of_sickness_moves_the_frame_and_pays_nothing_here() {
    let mut answer = answer(
        r#"{"as_of": "2026-10-11", "scheme": "dagpenge", "placed_on": "2026-03-01", "months": [
             {"month": "2026-03", "work_hours": 0, "paid_hours": 160.33, "settled": true},
             {"month": "2026-04", "work_hours": 0, "away": "sickness", "settled": true}]}"#,
    );
    let today = day("2026-10-11");
    let told = |answer: &AccountAnswer| -> Vec<_> {
        sick_model::sentences(answer, today, Language::Danish).iter().map(said).collect()
    };
    assert_eq!(
        told(&answer)[0],
        "Din ramme er blevet længere. Den slutter 31. marts 2029 og ikke 28. februar 2029."
    );
    let rows = rows(&answer, Language::Danish);
    assert_eq!(rows[1].gross, None, "no benefit is shown for a month without it");
    assert_eq!(rows[1].status, ["Syg", "Gjort op"]);
    let mut is_away_with = |from: &str, to: Option<&str>| {
        let (from, to) = (day(from), to.map(day));
        answer.facts.spells = vec![Spell { kind: Away::Sickness, from, to }];
        let is_away = sick_model::is_away(&answer, today);
        assert_eq!(told(&answer)[0].starts_with("Du er meldt syg siden"), is_away);
        is_away
    };
    assert!(is_away_with("2026-04-01", None), "what it does stands above her account");
    assert!(is_away_with("2026-04-01", Some("2026-12-31")), "its last day is known and ahead");
    assert!(is_away_with("2026-10-11", Some("2026-10-11")), "it is today");
    assert!(!is_away_with("2026-04-01", Some("2026-10-10")), "it stands below");
    assert!(!is_away_with("2026-10-12", None), "it has not begun");
}

#[test]
fn part_time_insurance_has_limits_of_its_own() {
    let answer = answer(
        r#"{"as_of": "2026-10-11", "scheme": "dagpenge", "insurance": "part_time",
            "placed_on": "2026-03-01", "months": [
             {"month": "2026-03", "work_hours": 0, "paid_hours": 130, "settled": true}]}"#,
    );
    let model = timeline(&answer, day("2026-10-11"), Language::Danish);
    assert_eq!(model.spec.limits[0].value, 118.0);
    let counters = counters_model::counters(&answer, None, Language::Danish);
    let labels: Vec<_> = counters.iter().map(|counter| counter.label.as_str()).collect();
    assert!(labels[0].contains("Grænsen er 97 timer"), "{labels:?}");
    assert!(labels[1].contains("1.258 timer"), "{labels:?}");
    assert!(labels[2].contains("2.990 timer tilbage"), "{labels:?}");
}
