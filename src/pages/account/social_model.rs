//! Social assistance: benefit by kroner, month by month.
//!
//! Every figure comes from the rules, also what one thousand kroner more would do: the same case is
//! evaluated again with that pay. The rule of pay is not confirmed, and the page says so.

use jobnet_api::account::AccountAnswer;
use jobnet_rules::account::SocialAssistanceMonth;
use jobnet_rules::evaluate::evaluate;
use jobnet_rules::law::{Key, LawValue, rows as law_rows};
use jobnet_rules::order::sort_by;
use jobnet_rules::rule_225::rule_225;
use jobnet_rules::trace::{self, Figure as Path, Input, Quantity};
use jobnet_rules::units::{Hours, Money, Month};

use crate::i18n::{Language, fill as fill_words};

use super::explain_model::exact_kroner;
use super::figure::{Figure, Fill, Line, Value, figure, fill, word};
use super::paid_model::{is_same, paid};

/// The example asked for: a thousand kroner.
const MORE: Money = Money::from_hundredths(100_000);

/// The months, oldest first.
pub fn months(answer: &AccountAnswer) -> Vec<SocialAssistanceMonth> {
    let mut months = answer.account.social_assistance.clone().unwrap_or_default();
    sort_by(&mut months, |month| month.month.index().into());
    months
}

/// The newest month in sentences, the answer first.
pub fn sentences(answer: &AccountAnswer, language: Language) -> Vec<Line> {
    let texts = language.account().social;
    let newest = months(answer)
        .into_iter()
        .max_by_key(|month| (is_settled(answer, month.month), month.month));
    let Some(newest) = newest else { return Vec::new() };
    let month = ("month", word(language.month(newest.month)));
    let settled = is_settled(answer, newest.month);
    let first = match (benefit(answer, &newest), newest.earned) {
        (Some(benefit), _) => {
            let text = if settled { texts.paid } else { texts.benefit };
            fill(text, &[month, ("benefit", Fill::Figure(benefit))])
        }
        (None, _) if settled => {
            let is_paid = paid(answer, newest.month).is_some();
            fill(if is_paid { texts.paid_unknown } else { texts.not_paid }, &[month])
        }
        (None, None) => fill(texts.earned_unknown, &[month]),
        (None, Some(_)) => fill(texts.rate_unknown, &[month]),
    };
    let mut lines = vec![first];
    if let Some(earned) = newest.earned {
        lines.push(fill(texts.earned, &[("earned", word(exact_kroner(earned, language)))]));
    }
    match newest.deduction {
        Some(Money::ZERO) => lines.push(fill(texts.no_deduction, &[])),
        Some(deduction) => {
            let deduction = figure(Path::SocialDeduction(newest.month), deduction);
            lines.push(fill(texts.deduction, &[("deduction", deduction)]));
        }
        None => {}
    }
    lines.extend(difference(answer, &newest, language));
    lines
}

/// The benefit of a month: as paid once it is settled, until then by the rules.
pub fn benefit(answer: &AccountAnswer, month: &SocialAssistanceMonth) -> Option<Figure> {
    let at = month.month;
    if is_settled(answer, at) {
        return paid(answer, at)?.gross;
    }
    month.benefit.map(|benefit| Figure::new(Path::SocialBenefit(at), benefit))
}

/// What the rules give, where that is not what was paid.
pub fn difference(
    answer: &AccountAnswer,
    month: &SocialAssistanceMonth,
    language: Language,
) -> Option<Line> {
    let (shown, by_rules) = (benefit(answer, month)?, month.benefit?);
    let by_rules = Figure::new(Path::SocialBenefit(month.month), by_rules);
    let benefit = ("benefit", Fill::Figure(by_rules));
    (!is_same(shown.value, by_rules.value))
        .then(|| fill(language.account().social.differs, &[benefit]))
}

/// What a thousand kroner more would have done in the newest month with pay.
pub fn one_thousand_more(answer: &AccountAnswer, language: Language) -> Option<Line> {
    let texts = language.account().social;
    let known = months(answer).into_iter().filter(|month| month.earned.is_some());
    let before = known.max_by_key(|month| (month.earned > Some(Money::ZERO), month.month))?;
    let after = with_more_pay(answer, before.month)?;
    let month = ("month", word(language.month(before.month)));
    let kroner = |money| word(exact_kroner(money, language));
    match (before.benefit, after.benefit, before.deduction, after.deduction) {
        (Some(before), Some(after), ..) => {
            let text = if before == after { texts.more_same } else { texts.more };
            Some(fill(text, &[month, ("before", kroner(before)), ("after", kroner(after))]))
        }
        (_, _, Some(before), Some(after)) => Some(fill(
            texts.more_deduction,
            &[month, ("before", kroner(before)), ("after", kroner(after))],
        )),
        _ => None,
    }
}

/// The month as the rules have it with a thousand kroner more pay.
fn with_more_pay(answer: &AccountAnswer, month: Month) -> Option<SocialAssistanceMonth> {
    let mut case = answer.case.clone();
    let facts = case.months.iter_mut().find(|facts| facts.month == month)?;
    facts.earned = facts.earned.map(|earned| earned + MORE);
    evaluate(&case).ok()?.social_assistance?.into_iter().find(|found| found.month == month)
}

/// The rule of 225 hours, told as history, with the numbers of its last row of law and, where her
/// hours of then are known, how she stood in its last month.
pub fn history(answer: &AccountAnswer, language: Language) -> Option<String> {
    let texts = language.account().social;
    let row = law_rows(Key::Rule225RequiredHours).last()?;
    let hours = language.short_hours(Hours::of(row.value)?);
    let last = row.valid_to?;
    let day = language.date(last);
    let told = fill_words(texts.history, &[("day", &day), ("hours", &hours)]);
    Some(match own_hours(answer, Month::of(last), language) {
        Some(own) => told + " " + &own,
        None => told,
    })
}

/// Her known hours in the year that ended with a month; `None`: the hours of no month of it are known.
fn own_hours(answer: &AccountAnswer, month: Month, language: Language) -> Option<String> {
    let months = answer.case.months.iter();
    let work: Vec<_> = months.map(|month| (month.month, month.work_hours)).collect();
    let found = rule_225(&work, month).ok()?;
    let is_known = |input: &Input| {
        input.quantity == Quantity::WorkHours && matches!(input.value, trace::Value::Hours(_))
    };
    if !found.inputs.iter().any(is_known) {
        return None;
    }
    let counted = language.short_hours(found.value.counted_hours);
    let missing = language.short_hours(found.value.missing_hours);
    let month = language.month(month);
    let places = [("counted", counted.as_str()), ("month", &month), ("missing", &missing)];
    Some(fill_words(language.account().social.history_own, &places))
}

/// Whether the month is settled.
pub fn is_settled(answer: &AccountAnswer, month: Month) -> bool {
    answer.case.months.iter().any(|facts| facts.month == month && facts.settled)
}

/// The kroner of a figure.
pub fn money(figure: Figure) -> Option<Money> {
    match figure.value {
        Value::Money(money) => Some(money),
        _ => None,
    }
}

/// How a month stands.
pub fn status(
    answer: &AccountAnswer,
    month: &SocialAssistanceMonth,
    language: Language,
) -> &'static str {
    let texts = language.account().social;
    match (benefit(answer, month), month.earned) {
        (Some(_), _) if is_settled(answer, month.month) => texts.status_paid,
        (Some(_), _) => texts.status_known,
        (None, _) if is_settled(answer, month.month) => match paid(answer, month.month) {
            Some(_) => texts.status_paid_unknown,
            None => texts.status_not_paid,
        },
        (None, None) => texts.status_earned,
        (None, Some(_)) => texts.status_rate,
    }
}

#[cfg(test)]
mod tests {
    use jobnet_charts::spec::{BenefitMark, HoursMark};

    use super::super::figure::plain;
    use super::super::social_timeline::timeline;
    use super::*;
    use crate::pages::account::fixtures::{answer, with_payment};

    fn basic(months: &str) -> AccountAnswer {
        answer(&format!(
            r#"{{"as_of": "2026-02-11", "scheme": "social_assistance", "rate_level": "basic", "months": [{months}]}}"#
        ))
    }

    fn said(line: &Line) -> String {
        plain(line, Language::Danish).replace('\u{a0}', " ")
    }

    #[test]
    fn the_published_example_and_a_thousand_more() {
        // Facts: grundsats 7,205, earned 8,000 gives a deduction of 1,950 and 5,255 of help.
        let answer = basic(r#"{"month": "2025-12", "earned": 8000, "settled": false}"#);
        let lines: Vec<_> = sentences(&answer, Language::Danish).iter().map(said).collect();
        assert_eq!(lines[0], "For december 2025 er din kontanthjælp 5.255 kr. før skat.");
        assert_eq!(lines[2], "Derfor bliver 1.950 kr. trukket fra din kontanthjælp.");
        let more = said(&one_thousand_more(&answer, Language::Danish).unwrap());
        // 65 % of 1,000 is 650.
        assert!(more.contains("4.605 kr. i stedet for 5.255 kr. i kontanthjælp."), "{more}");
    }

    #[test]
    fn without_a_rate_the_deduction_still_answers() {
        let answer = basic(r#"{"month": "2026-01", "earned": 8000, "settled": false}"#);
        let lines: Vec<_> = sentences(&answer, Language::Danish).iter().map(said).collect();
        assert!(
            lines[0].starts_with("Vi viser ikke din kontanthjælp for januar 2026"),
            "{lines:?}"
        );
        let more = said(&one_thousand_more(&answer, Language::Danish).unwrap());
        assert!(more.contains("2.600 kr. i stedet for 1.950 kr. trukket fra."), "{more}");
    }

    #[test]
    fn unknown_pay_is_said_and_never_zero() {
        let answer = basic(r#"{"month": "2025-12", "settled": false}"#);
        let lines: Vec<_> = sentences(&answer, Language::Danish).iter().map(said).collect();
        assert_eq!(lines.len(), 1);
        assert!(lines[0].contains("Vi kender ikke din løn"));
        let model = timeline(&answer, answer.case.as_of, Language::Danish);
        assert_eq!(model.spec.months[0].hours, HoursMark::Unknown);
        assert_eq!(model.table.rows[0].cells[0].as_ref().unwrap().hundredths, None);
    }

    #[test]
    fn a_settled_month_says_what_was_paid_and_where_the_rules_differ() {
        let answer = basic(r#"{"month": "2025-12", "earned": 8000, "settled": true}"#);
        let told = |answer: &AccountAnswer| -> Vec<_> {
            sentences(answer, Language::Danish).iter().map(said).collect()
        };
        assert_eq!(
            told(&answer)[0],
            "For december 2025 har din kommune ikke oplyst en udbetaling."
        );
        let unknown = with_payment(answer.clone(), "2025-12", None, None);
        assert_eq!(
            told(&unknown)[0],
            "For december 2025 har du fået en udbetaling. Vi kender ikke beløbet."
        );
        let month = months(&unknown)[0].clone();
        assert_eq!(status(&unknown, &month, Language::Danish), "Udbetalt, beløbet er ukendt");
        let same = with_payment(answer.clone(), "2025-12", None, Some("5255"));
        let told_of_same = told(&same);
        assert_eq!(
            told_of_same[0],
            "For december 2025 har du fået 5.255 kr. i kontanthjælp før skat."
        );
        assert_eq!(told_of_same.len(), 3, "{told_of_same:?}");
        let other = with_payment(answer, "2025-12", None, Some("5000"));
        let last = told(&other).pop().unwrap();
        assert!(last.starts_with("Reglen om løn giver 5.255 kr."), "{last}");
        let model = timeline(&other, other.case.as_of, Language::Danish);
        assert_eq!(model.spec.months[0].benefit, BenefitMark::Known(5_000.0));
        assert!(!model.takeaway.contains("ikke bekræftet"), "{}", model.takeaway);
    }

    #[test]
    fn the_old_rule_is_history_until_june_2025() {
        let told = |months: &str| {
            history(&basic(months), Language::Danish).unwrap().replace('\u{a0}', " ")
        };
        let without = told(r#"{"month": "2025-07", "work_hours": 99, "settled": true}"#);
        assert!(
            without.starts_with("Til og med 30. juni 2025 skulle mange arbejde 225 timer"),
            "{without}"
        );
        assert!(without.ends_with("kroner, der tæller."), "no month of hers: {without}");
        // A month whose hours are unknown tells nothing of what she lacked; one without work does.
        let one = |month: &str, hours: &str| {
            told(&format!(r#"{{"month": "{month}", "work_hours": {hours}, "settled": true}}"#))
        };
        assert_eq!(one("2025-06", "null"), without);
        assert_eq!(one("2024-06", "100"), without, "the month before the year");
        let idle =
            "0 af dine timer i det år, der sluttede med juni 2025. Efter dem manglede du 225";
        assert!(one("2025-06", "0").contains(idle), "{}", one("2025-06", "0"));
        // The year that ended with June 2025 began with July 2024.
        let own = |hours: &str| {
            told(&format!(
                r#"{{"month": "2024-06", "work_hours": 50, "settled": true}},
                   {{"month": "2024-07", "work_hours": 100, "settled": true}},
                   {{"month": "2025-01", "work_hours": null, "settled": true}},
                   {{"month": "2025-06", "work_hours": {hours}, "settled": true}},
                   {{"month": "2025-07", "work_hours": 50, "settled": true}}"#
            ))
        };
        for (hours, counted, missing) in
            [("124.99", "224,99", "0,01"), ("125", "225", "0"), ("125.01", "225,01", "0")]
        {
            let expected = format!(
                "Vi kender {counted} af dine timer i det år, der sluttede med juni 2025. \
                 Efter dem manglede du {missing} timer."
            );
            let told = own(hours);
            assert!(told.ends_with(&expected), "{told}");
            assert!(told.starts_with(&without), "{told}");
        }
    }
}
