//! “Sådan er tallet regnet”: the trace of a figure, ready to be shown.
//!
//! It puts the data of the trace into words and order; it computes nothing.

use jobnet_rules::law::FIRST_DAY;
use jobnet_rules::trace::{self, Input, Rule, Status, TraceStep};
use jobnet_rules::units::Money;

use crate::i18n::{Language, fill};

use super::figure::{Figure, Piece};

/// One figure explained.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Name of the figure.
    pub name: &'static str,
    /// The figure itself, where the page shows it.
    pub value: Option<String>,
    /// What the rule does.
    pub rule: &'static str,
    /// The rule, for the link to its explanation.
    pub key: Rule,
    /// What went in.
    pub inputs: Vec<InputRow>,
    /// Reference to the law, in Danish; empty for a reported fact.
    pub law: String,
    /// From when the numbers of law hold, if the day is known.
    pub valid_from: Option<String>,
    /// How sure the least sure number of law is.
    pub status: Status,
}

/// One input, or the same input of several months.
#[derive(Clone, Debug, PartialEq)]
pub struct InputRow {
    /// What it measures.
    pub label: &'static str,
    /// Its value, if it is not of months.
    pub value: Option<String>,
    /// Month and value, oldest first.
    pub months: Vec<(String, String)>,
}

/// The steps behind some figures, in the order of the figures; a figure without a trace has none.
pub fn explain(trace: &[TraceStep], figures: &[Figure], language: Language) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for figure in figures {
        let of_figure = trace.iter().filter(|step| step.figure == figure.path);
        for step in of_figure {
            let value = Some(figure.value.show(language));
            let found = words(step, value, language);
            if !steps.contains(&found) {
                steps.push(found);
            }
        }
    }
    steps
}

/// How sure the least sure number behind a figure is.
pub fn status_of(trace: &[TraceStep], figure: trace::Figure) -> Status {
    trace
        .iter()
        .filter(|step| step.figure == figure)
        .map(|step| step.status)
        .max()
        .unwrap_or(Status::Confirmed)
}

/// What stands after a figure that rests on a number no source confirmed.
pub fn unsure(trace: &[TraceStep], figure: trace::Figure, language: Language) -> Option<String> {
    (status_of(trace, figure) == Status::Unconfirmed)
        .then(|| format!(" ({})", language.account().page.not_confirmed))
}

/// A sentence as text, as it stands on the page: a figure that is not confirmed says so.
pub fn said(line: &[Piece], trace: &[TraceStep], language: Language) -> String {
    let say = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone().into_owned(),
        Piece::Figure(figure) => {
            let unsure = unsure(trace, figure.path, language).unwrap_or_default();
            figure.value.show(language) + &unsure
        }
    };
    line.iter().map(say).collect()
}

fn words(step: &TraceStep, value: Option<String>, language: Language) -> Step {
    let valid_from = language.account().explain.valid_from;
    let known = step.valid_from.filter(|day| *day != FIRST_DAY);
    Step {
        name: language.figure(step.figure),
        value,
        rule: language.rule(step.rule),
        key: step.rule,
        inputs: inputs(&step.inputs, language),
        law: step.law.clone().into_owned(),
        valid_from: known.map(|day| fill(valid_from, &[("day", &language.date(day))])),
        status: step.status,
    }
}

fn inputs(inputs: &[Input], language: Language) -> Vec<InputRow> {
    let mut rows: Vec<InputRow> = Vec::new();
    for input in inputs {
        let label = language.quantity(input.quantity);
        let value = show(input.value, language);
        let Some(month) = input.month else {
            rows.push(InputRow { label, value: Some(value), months: Vec::new() });
            continue;
        };
        // A month that is its own value is said once.
        let value = if input.value == trace::Value::Month(month) { String::new() } else { value };
        let month = (Language::capital(&language.month(month)), value);
        match rows.iter_mut().find(|row| row.label == label && row.value.is_none()) {
            Some(row) => row.months.push(month),
            None => rows.push(InputRow { label, value: None, months: vec![month] }),
        }
    }
    rows
}

/// An input in the words of a language. Amounts keep their øre here.
fn show(value: trace::Value, language: Language) -> String {
    use trace::Value;
    let texts = language.account();
    match value {
        Value::Hours(hours) => language.hours(hours),
        Value::Money(money) => exact_kroner(money, language),
        Value::Count(count) => language.integer(count),
        Value::Percent(percent) => {
            let share = match percent % 100 {
                0 => language.integer(percent / 100),
                _ => language.hundredths(percent),
            };
            fill(texts.explain.percent, &[("share", &share)])
        }
        Value::Month(month) => language.month(month),
        Value::Date(day) => language.date(day),
        Value::Away(away) => language.away(away).to_owned(),
        Value::Flag(true) => texts.explain.yes.to_owned(),
        Value::Flag(false) => texts.explain.no.to_owned(),
        Value::Unknown => texts.page.not_known.to_owned(),
    }
}

/// Kroner with their øre, if they have any.
pub fn exact_kroner(money: Money, language: Language) -> String {
    if money.hundredths() % 100 == 0 {
        language.kroner(money)
    } else {
        language.kroner_and_ore(money)
    }
}

#[cfg(test)]
mod tests {
    use super::super::figure::{figure, fill};
    use super::*;
    use jobnet_rules::trace::{Figure as Path, Quantity};
    use jobnet_rules::units::Hours;

    fn step(inputs: &[&str]) -> TraceStep {
        TraceStep {
            figure: Path::UsedHours,
            rule: Rule::PeriodConsumption,
            law: "§ 55".into(),
            valid_from: None,
            inputs: inputs.iter().map(|input| input.parse().unwrap()).collect(),
            status: Status::Derived,
        }
    }

    #[test]
    fn inputs_of_months_are_gathered_and_unknown_is_not_zero() {
        let step = step(&[
            "paid_hours[2026-03]=110.33",
            "month_hours=160.33",
            "paid_hours[2026-04]=unknown",
        ]);
        let figure = Figure::new(Path::UsedHours, Hours::from_hundredths(11_033));
        let steps = explain(&[step], &[figure], Language::Danish);
        assert_eq!(steps.len(), 1);
        assert_eq!(steps[0].value.as_deref(), Some("110,33"));
        let expected = [
            ("Marts\u{a0}2026".to_owned(), "110,33".to_owned()),
            ("April\u{a0}2026".to_owned(), "ukendt".to_owned()),
        ];
        assert_eq!(steps[0].inputs[0].months, expected);
        assert_eq!(steps[0].inputs[1].value.as_deref(), Some("160,33"));
    }

    #[test]
    fn a_share_is_written_in_words_and_ore_only_where_there_are_any() {
        let show = |text: &str| {
            let input: Input = text.parse().unwrap();
            assert_ne!(input.quantity, Quantity::Away);
            super::show(input.value, Language::Danish)
        };
        assert_eq!(show("deduction_percent=65.00"), "65 procent");
        assert_eq!(show("monthly_rate=22041.00"), "22.041\u{a0}kr.");
        assert_eq!(show("ceiling=18734.85"), "18.734,85\u{a0}kr.");
    }

    #[test]
    fn a_sentence_says_which_of_its_figures_is_not_confirmed() {
        let mut unsure = step(&[]);
        unsure.status = Status::Unconfirmed;
        let hours = |path| figure(path, Hours::from_hundredths(11_033));
        let fillings = [("sure", hours(Path::RemainingHours)), ("unsure", hours(Path::UsedHours))];
        let line = fill("Du har {unsure} af {sure} timer.", &fillings);
        assert_eq!(
            said(&line, &[unsure], Language::Danish),
            "Du har 110,33 (ikke bekræftet) af 110,33 timer."
        );
        assert_eq!(said(&line, &[], Language::Danish), "Du har 110,33 af 110,33 timer.");
    }

    #[test]
    fn a_number_is_said_to_hold_from_a_day_only_where_the_day_is_known() {
        let from = |day: &str| {
            let step = TraceStep { valid_from: Some(day.parse().unwrap()), ..step(&[]) };
            words(&step, None, Language::Danish).valid_from.map(|told| told.replace('\u{a0}', " "))
        };
        assert_eq!(from("2017-06-30").as_deref(), Some("Gælder fra 30. juni 2017."));
        assert_eq!(from("2017-07-01"), None, "where the facts know no day");
        assert_eq!(from("2017-07-02").as_deref(), Some("Gælder fra 2. juli 2017."));
    }

    #[test]
    fn the_least_sure_number_decides() {
        let mut unsure = step(&[]);
        unsure.status = Status::Unconfirmed;
        assert_eq!(status_of(&[step(&[]), unsure], Path::UsedHours), Status::Unconfirmed);
        assert_eq!(status_of(&[], Path::UsedHours), Status::Confirmed);
    }
}
