//! What was really paid for a month, and what may set it apart from what the rules make of it.
//!
//! It computes nothing of law: it adds up what was reported, and names facts that stand beside it.

use chrono::NaiveDate;
use jobnet_api::account::{AccountAnswer, BenefitKind, Payment};
use jobnet_rules::account::Payout;
use jobnet_rules::case::{Away, CaseMonth, Scheme};
use jobnet_rules::karens::months_with_day;
use jobnet_rules::trace::{self, Figure as Path, Input, Quantity, Rule, Status, TraceStep};
use jobnet_rules::units::{Hours, Money, Month};

use crate::i18n::{Language, fill as words};

use super::figure::{Figure, Fill, Line, Piece, Value, and_list, fill, word};

/// What her authority paid for a settled month: a fund its benefit and holiday benefit together, a
/// municipality its social assistance. A part that was not reported makes the sum unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paid {
    /// Benefit hours.
    pub hours: Option<Figure>,
    /// Kroner before tax.
    pub gross: Option<Figure>,
    /// The day from which the figures stand.
    pub as_of: NaiveDate,
}

/// What was paid for a month; nothing while it is not settled or no payment was reported.
pub fn paid(answer: &AccountAnswer, month: Month) -> Option<Paid> {
    let payments = payments(answer, month);
    if !payments.clone().all(|payment| payment.settled) {
        return None;
    }
    let hours: Option<Hours> = payments.clone().map(|payment| payment.paid_hours).sum();
    let gross: Option<Money> = payments.clone().map(|payment| payment.gross).sum();
    Some(Paid {
        hours: hours.map(|hours| Figure::new(Path::PaidHours(month), hours)),
        gross: gross.map(|gross| Figure::new(Path::PaidGross(month), gross)),
        as_of: payments.map(|payment| payment.as_of).max()?,
    })
}

/// The payments for a month by the authority that the account is with.
fn payments(answer: &AccountAnswer, month: Month) -> impl Iterator<Item = &Payment> + Clone {
    let by_municipality = answer.case.scheme == Scheme::SocialAssistance;
    answer.payments.iter().filter(move |payment| {
        payment.month == month && by_municipality == (payment.kind == BenefitKind::SocialAssistance)
    })
}

impl Paid {
    /// Who reported it, and when.
    pub fn source(&self, answer: &AccountAnswer, language: Language) -> String {
        let day = language.date(self.as_of);
        let values = [("authority", answer.authority.as_str()), ("day", &day)];
        words(language.account().months.source_paid, &values)
    }
}

/// What the rules give for her hours of work without deductions where that is not what was paid, and
/// what may be why.
pub fn difference(
    answer: &AccountAnswer,
    facts: &CaseMonth,
    by_rules: &Payout,
    paid: &Paid,
    language: Language,
) -> Option<Line> {
    let texts = language.account().months;
    let month = facts.month;
    let hours = Figure::new(Path::PayableHours(month), by_rules.payable_hours?);
    let gross = by_rules.gross.map(|gross| Figure::new(Path::Gross(month), gross));
    let same = |paid: Option<Figure>, other: Option<Figure>| {
        paid.zip(other).is_none_or(|(paid, other)| is_same(paid.value, other.value))
    };
    if same(paid.hours, Some(hours)) && same(paid.gross, gross) {
        return None;
    }
    let hours = ("hours", Fill::Figure(hours));
    let mut line = match gross {
        Some(gross) => fill(texts.differs, &[hours, ("gross", Fill::Figure(gross))]),
        None => fill(texts.differs_hours, &[hours]),
    };
    line.push(Piece::Text(". ".into()));
    let reasons = reasons(answer, facts, language);
    line.extend(if reasons.is_empty() {
        fill(texts.because_unknown, &[])
    } else {
        fill(texts.because, &[("reasons", word(and_list(&reasons, language)))])
    });
    Some(line)
}

/// Whether two figures tell the same. Less than a krone is a rounding, not a difference.
pub fn is_same(one: Value, other: Value) -> bool {
    match (one, other) {
        (Value::Money(one), Value::Money(other)) => {
            one.hundredths().abs_diff(other.hundredths()) < 100
        }
        _ => one == other,
    }
}

/// Facts of a month that can take hours from a payment.
fn reasons(answer: &AccountAnswer, facts: &CaseMonth, language: Language) -> Vec<String> {
    let texts = language.account().months;
    let month = facts.month;
    let (first, last) = (month.first_day(), month.last_day());
    let mut reasons = Vec::new();
    let mut say = |is_so: bool, reason: &str| {
        let known = reasons.iter().any(|known| known == reason);
        reasons.extend((is_so && !known).then(|| reason.to_owned()));
    };
    say(months_with_day(&answer.case).contains(&month), texts.because_karens);
    let quarantine = facts.quarantine_hours > Hours::ZERO;
    say(quarantine, texts.because_quarantine);
    let decided = |day| first <= day && day <= last;
    let sanction = answer.sanctions.iter().any(|sanction| decided(sanction.decided_on));
    say(sanction && !quarantine, texts.because_sanction);
    let holiday = payments(answer, month).any(|paid| paid.kind == BenefitKind::Holiday);
    say(holiday, texts.because_holiday);
    for spell in &answer.spells {
        let reason = match spell.kind {
            Away::Sickness => texts.because_sickness,
            Away::ParentalLeave => texts.because_leave,
            Away::Care => texts.because_care,
        };
        say(spell.from <= last && spell.to.is_none_or(|to| to >= first), reason);
    }
    let begun = answer.registered_on.into_iter().chain(answer.case.placed_on);
    if let Some(day) = begun.filter(|day| decided(*day) && *day > first).max() {
        let day = language.date(day);
        say(true, &words(texts.because_start, &[("day", &day)]));
    }
    reasons
}

/// The trace of an account with what was paid.
pub fn trace(answer: &AccountAnswer) -> Vec<TraceStep> {
    let mut trace = answer.account.trace.clone();
    let mut months: Vec<Month> = answer.payments.iter().map(|payment| payment.month).collect();
    months.dedup();
    for month in months {
        for figure in [Path::PaidHours(month), Path::PaidGross(month)] {
            trace.push(TraceStep {
                figure,
                rule: Rule::PaymentReported,
                law: "".into(),
                valid_from: None,
                inputs: payments(answer, month).flat_map(|paid| inputs(figure, paid)).collect(),
                status: Status::Confirmed,
            });
        }
    }
    trace
}

fn inputs(figure: Path, payment: &Payment) -> [Input; 2] {
    let holiday = payment.kind == BenefitKind::Holiday;
    let (quantity, value) = match (figure, holiday) {
        (Path::PaidHours(_), false) => {
            (Quantity::PaidHours, payment.paid_hours.map(trace::Value::Hours))
        }
        (Path::PaidHours(_), true) => {
            (Quantity::HolidayHours, payment.paid_hours.map(trace::Value::Hours))
        }
        (_, false) => (Quantity::PaidGross, payment.gross.map(trace::Value::Money)),
        (_, true) => (Quantity::HolidayGross, payment.gross.map(trace::Value::Money)),
    };
    let input = |quantity, value| Input { quantity, month: None, value };
    [
        input(quantity, value.unwrap_or(trace::Value::Unknown)),
        input(Quantity::StatedOn, trace::Value::Date(payment.as_of)),
    ]
}

#[cfg(test)]
mod tests {
    use jobnet_api::account::{AccountFacts, Sanction, SanctionKind, Spell};
    use jobnet_charts::spec::BenefitMark;

    use super::super::explain_model::explain;
    use super::super::fixtures::{answer, day, with_payment};
    use super::super::months_model::rows;
    use super::super::tests::{four_months, said, told_of_october};
    use super::super::timeline_model::timeline;
    use super::super::words_model::{Topic, statement};
    use super::*;

    #[test]
    fn what_was_paid_is_said_and_what_the_rules_give_stands_beside_it() {
        // No work in four months: a karens day of 7.40 hours is taken from the last.
        let told = told_of_october("0", "152.93", "21023.70");
        assert_eq!(
            told,
            [
                "For oktober 2026 har du fået 21.024 kr. før skat. Det er for 152,93 timer.",
                "Reglerne giver 22.041 kr. for 160,33 timer, hvis intet bliver trukket fra. \
                 Forskellen kan skyldes en dag med karens."
            ]
        );
    }

    #[test]
    fn every_fact_that_can_take_hours_from_a_payment_is_named() {
        let case = four_months(["37.01", "37", "37", "37"]);
        let reasons = |change: &dyn Fn(&mut AccountFacts)| {
            let mut answer = with_payment(answer(&case), "2026-10", Some("60"), None);
            change(&mut answer.facts);
            let row = rows(&answer, Language::Danish).pop().unwrap();
            let said = said(&row.differs.unwrap());
            said.rsplit_once(". ").unwrap().1.to_owned()
        };
        let spell = |kind, to: Option<&'static str>| {
            move |facts: &mut AccountFacts| {
                facts.spells.push(Spell { kind, from: day("2026-09-20"), to: to.map(day) });
            }
        };
        assert_eq!(reasons(&|_| {}), "Vi kan ikke se, hvad forskellen skyldes");
        assert_eq!(
            reasons(&|facts| facts.case.months[3].quarantine_hours = Hours::from_hundredths(2_000)),
            "Forskellen kan skyldes karantæne"
        );
        assert_eq!(reasons(&spell(Away::Sickness, None)), "Forskellen kan skyldes sygdom");
        assert_eq!(
            reasons(&spell(Away::Care, Some("2026-10-01"))),
            "Forskellen kan skyldes pasning af en pårørende"
        );
        assert_eq!(
            reasons(&spell(Away::Sickness, Some("2026-09-30"))),
            "Vi kan ikke se, hvad forskellen skyldes",
            "a spell that was over before the month"
        );
        assert_eq!(
            reasons(&|facts| {
                facts.payments[0].kind = BenefitKind::Holiday;
                facts.sanctions.push(Sanction {
                    kind: SanctionKind::Exclusion,
                    decided_on: day("2026-10-31"),
                    hours: None,
                    served_hours: Hours::ZERO,
                });
            }),
            "Forskellen kan skyldes en sanktion og ferie"
        );
    }

    #[test]
    fn two_kinds_of_benefit_are_one_payment_and_both_are_told() {
        let mut answer = answer(&four_months(["0", "0", "0", "0"]));
        for (hours, gross) in [("100", "13747.27"), ("52.93", "7276.43")] {
            answer = with_payment(answer, "2026-10", Some(hours), Some(gross));
        }
        answer.facts.payments[1].kind = BenefitKind::Holiday;
        let row = rows(&answer, Language::Danish).pop().unwrap();
        assert_eq!(row.gross.unwrap().value, Value::Money("21023.70".parse().unwrap()));
        let steps = explain(&trace(&answer), &[row.gross.unwrap()], Language::Danish);
        let inputs = steps[0].inputs.iter().map(|input| input.value.clone().unwrap());
        let inputs: Vec<_> = inputs.map(|value| value.replace('\u{a0}', " ")).collect();
        assert_eq!(
            inputs,
            ["13.747,27 kr.", "14. november 2026", "7.276,43 kr.", "14. november 2026"]
        );
        answer.facts.payments[1].gross = None;
        let row = rows(&answer, Language::Danish).pop().unwrap();
        assert_eq!(row.gross, None, "a part that is not known makes the sum unknown");
        assert_eq!(row.gross_text(Language::Danish), "ukendt");
    }

    #[test]
    fn what_another_authority_paid_or_is_not_settled_is_not_her_benefit() {
        let october = "2026-10".parse().unwrap();
        let mut answer = answer(&four_months(["0", "0", "0", "0"]));
        answer = with_payment(answer, "2026-10", None, Some("7205"));
        answer.facts.payments[0].kind = BenefitKind::SocialAssistance;
        assert_eq!(paid(&answer, october), None, "the municipality's kroner are not the fund's");
        answer = with_payment(answer, "2026-10", Some("160.33"), Some("22041"));
        assert_eq!(paid(&answer, october).unwrap().gross.unwrap().value.raw(), "22041.00");
        answer = with_payment(answer, "2026-10", Some("7.40"), Some("1017.30"));
        answer.facts.payments[2].settled = false;
        assert_eq!(paid(&answer, october), None, "a part of the month is not settled");
    }

    #[test]
    fn less_than_a_krone_is_no_difference_and_a_payment_without_hours_is_a_payment() {
        let told = |hours, gross| {
            let answer = answer(&four_months(["0", "0", "0", "0"]));
            let answer = with_payment(answer, "2026-10", hours, gross);
            let statement = statement(&answer, Topic::Payout, None, Language::Danish).unwrap();
            statement.answer.iter().map(said).collect::<Vec<_>>()
        };
        assert_eq!(told(Some("160.33"), Some("22040.01")).len(), 1);
        assert_eq!(told(Some("160.33"), Some("22040.00")).len(), 2);
        assert_eq!(
            told(None, Some("22041")),
            ["For oktober 2026 har du fået 22.041 kr. før skat. Vi kender ikke timerne."]
        );
        assert_eq!(
            told(None, None),
            ["For oktober 2026 har du fået en udbetaling. Vi kender ikke hele beløbet."]
        );
    }

    #[test]
    fn a_settled_month_shows_what_was_paid_and_an_unsettled_one_what_the_rules_give() {
        let case = four_months(["0", "0", "0", "0"]).replacen(
            r#""2026-10", "work_hours": 0, "paid_hours": 100, "settled": true"#,
            r#""2026-10", "work_hours": 0, "settled": false"#,
            1,
        );
        let answer = with_payment(answer(&case), "2026-08", Some("160.33"), Some("22041"));
        let answer = with_payment(answer, "2026-09", Some("60.00"), Some("8248.36"));
        let model = timeline(&answer, day("2026-11-11"), Language::Danish);
        let drawn: Vec<_> = model.spec.months.iter().take(4).map(|month| month.benefit).collect();
        assert_eq!(
            drawn,
            [
                BenefitMark::Absent,
                BenefitMark::Known(22_041.0),
                BenefitMark::Known(8_248.36),
                BenefitMark::Provisional(22_041.0),
            ]
        );
        let row = &model.table.rows[2];
        assert_eq!(row.cells[1].as_ref().unwrap().hundredths, Some(6_000));
        assert_eq!(
            row.source.replace('\u{a0}', " "),
            "Udbetaling oplyst af Demokassen 14. november 2026"
        );
        assert!(row.sentence.contains("8.248\u{a0}kr. udbetalt før skat"), "{}", row.sentence);
        assert!(row.sentence.contains("giver 22.041"), "{}", row.sentence);
        assert_eq!(rows(&answer, Language::Danish)[0].gross_text(Language::Danish), "ikke oplyst");
        let first = &model.table.rows[0];
        assert!(first.sentence.contains("har ikke oplyst en udbetaling"), "{}", first.sentence);
    }
}
