//! From rows of registers to the case that the rules read. Sums and translations only: what the
//! sums mean is for the rules to say.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use jobnet_api::account::Spell;
use jobnet_rules::absence::{self, Absence};
use jobnet_rules::case::{Away, Case, CaseMonth, GraduateFacts, Insurance, Scheme};
use jobnet_rules::duties;
use jobnet_rules::sanctions::SanctionKind;
use jobnet_rules::units::{Hours, Money, Month};

use super::records::{Facts, Records, WorkKind};

/// The case of a citizen as of a day.
pub(super) fn case(records: &Records, facts: &Facts, spells: &[Spell], as_of: NaiveDate) -> Case {
    let scheme = facts.scheme;
    let graduate = (scheme == Scheme::Graduate).then(|| GraduateFacts {
        provider: facts.provider.unwrap_or(false),
        birth_date: facts.birth_date,
    });
    let insurance = facts.insurance.unwrap_or(Insurance::FullTime);
    let months = months(records, scheme, &away_months(spells, facts, insurance, as_of), as_of);
    Case {
        as_of,
        scheme,
        insurance,
        placed_on: facts.placed_on,
        monthly_rate: facts.monthly_rate,
        supplementary_weeks_used: facts.supplementary_weeks_used,
        quarantine_left_hours: quarantine_left(records),
        graduate,
        rate_level: facts.rate_level,
        months,
    }
}

/// What is known of one month.
#[derive(Clone, Debug, Default)]
struct Sums {
    work: Hours,
    work_is_unknown: bool,
    subsidised: Hours,
    earned: Option<Money>,
    paid: Option<Hours>,
    quarantine: Hours,
    settled: Option<bool>,
    away: Option<Away>,
}

fn months(
    records: &Records,
    scheme: Scheme,
    away: &[(Month, Away)],
    as_of: NaiveDate,
) -> Vec<CaseMonth> {
    let mut months: BTreeMap<Month, Sums> = BTreeMap::new();
    for row in &records.work {
        let sums = months.entry(row.month).or_default();
        match (row.kind, row.hours) {
            (WorkKind::Subsidised, hours) => sums.subsidised += hours.unwrap_or_default(),
            (WorkKind::Ordinary, Some(hours)) => sums.work += hours,
            // One employer's unknown hours make the month's hours unknown: unknown is not zero.
            (WorkKind::Ordinary, None) => sums.work_is_unknown = true,
        }
        if let Some(earnings) = row.earnings {
            sums.earned = Some(sums.earned.unwrap_or_default() + earnings);
        }
    }
    for row in &records.benefits {
        let sums = months.entry(row.month).or_default();
        if let Some(hours) = row.paid_hours {
            // Holiday benefit consumes the period like any other.
            sums.paid = Some(sums.paid.unwrap_or_default() + hours);
        }
        sums.quarantine += row.quarantine_hours.unwrap_or_default();
        sums.settled = Some(sums.settled.unwrap_or(true) && row.settled);
    }
    for (month, away) in away {
        months.entry(*month).or_default().away = Some(*away);
    }
    let earned_counts = scheme == Scheme::SocialAssistance;
    months
        .into_iter()
        .map(|(month, sums)| CaseMonth {
            month,
            work_hours: (!sums.work_is_unknown).then_some(sums.work),
            subsidised_hours: sums.subsidised,
            paid_hours: sums.paid,
            quarantine_hours: sums.quarantine,
            away: sums.away,
            settled: sums.settled.unwrap_or_else(|| is_past(month, as_of)),
            earned: if earned_counts { Some(sums.earned.unwrap_or_default()) } else { None },
        })
        .collect()
}

/// Hours of karantæne that no month has served yet, where the register gives the hours of a decision.
/// Served is what it says or, if that is more, what the months say: either may be ahead of the other.
fn quarantine_left(records: &Records) -> Option<Hours> {
    let in_hours = records.sanctions.iter().filter(|row| row.kind == SanctionKind::Quarantine);
    let in_hours: Vec<_> = in_hours.filter_map(|row| Some((row, row.hours?))).collect();
    let first = in_hours.iter().map(|(row, _)| Month::of(row.decided_on)).min()?;
    let decided: Hours = in_hours.iter().map(|(_, hours)| *hours).sum();
    let told: Hours = in_hours.iter().filter_map(|(row, _)| row.served_hours).sum();
    let months = records.benefits.iter().filter(|row| row.month >= first);
    let served: Hours = months.filter_map(|row| row.quarantine_hours).sum();
    Some(decided - told.max(served)).filter(|left| *left > Hours::ZERO)
}

/// Whether a month without benefit is settled: the day on which months are settled has come.
fn is_past(month: Month, as_of: NaiveDate) -> bool {
    duties::settlement_day(month).is_some_and(|settled_on| settled_on <= as_of)
}

/// The months that her spells make months away without benefit, from her placement on.
fn away_months(
    spells: &[Spell],
    facts: &Facts,
    insurance: Insurance,
    as_of: NaiveDate,
) -> Vec<(Month, Away)> {
    let Some(placed_on) = facts.placed_on else { return Vec::new() };
    let absences: Vec<Absence> = spells
        .iter()
        .map(|spell| Absence { kind: spell.kind, from: spell.from, to: spell.to })
        .collect();
    absence::away_months(&absences, placed_on, as_of, insurance)
}

#[cfg(test)]
mod tests {
    use jobnet_api::account::BenefitKind;

    use super::super::records::{Benefit, Sanctioned, Work};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn hours(text: &str) -> Option<Hours> {
        Some(text.parse().unwrap())
    }

    fn work(month: &str, kind: WorkKind, hours: Option<Hours>) -> Work {
        Work {
            month: month.parse().unwrap(),
            kind,
            hours,
            earnings: Some(Money::from_hundredths(10_000)),
            reported_on: None,
            valid_from: day("2026-01-01"),
        }
    }

    fn benefit(month: &str, kind: BenefitKind, paid: Option<Hours>, settled: bool) -> Benefit {
        Benefit {
            month: month.parse().unwrap(),
            kind,
            paid_hours: paid,
            quarantine_hours: None,
            gross: None,
            settled,
            stated_on: None,
            valid_from: day("2026-01-01"),
        }
    }

    fn check(records: &Records, as_of: &str) -> Vec<CaseMonth> {
        months(records, Scheme::Dagpenge, &[], day(as_of))
    }

    #[test]
    fn hours_of_all_employers_are_one_sum_and_subsidised_ones_are_apart() {
        let records = Records {
            work: vec![
                work("2026-03", WorkKind::Ordinary, hours("10.25")),
                work("2026-03", WorkKind::Ordinary, hours("5")),
                work("2026-03", WorkKind::Subsidised, hours("20")),
            ],
            ..Records::default()
        };
        let months = check(&records, "2026-05-01");
        assert_eq!(months[0].work_hours, hours("15.25"));
        assert_eq!(months[0].subsidised_hours, hours("20").unwrap());
    }

    #[test]
    fn one_employer_with_unknown_hours_makes_the_month_unknown() {
        let records = Records {
            work: vec![
                work("2026-03", WorkKind::Ordinary, hours("10")),
                work("2026-03", WorkKind::Ordinary, None),
                work("2026-04", WorkKind::Subsidised, None),
            ],
            ..Records::default()
        };
        let months = check(&records, "2026-06-01");
        assert_eq!(months[0].work_hours, None);
        assert_eq!(months[1].work_hours, hours("0"), "subsidised hours earn nothing");
    }

    #[test]
    fn a_month_is_settled_when_the_fund_says_so_and_otherwise_from_the_eleventh_of_the_next() {
        let records = Records {
            work: vec![work("2026-03", WorkKind::Ordinary, hours("160"))],
            benefits: vec![
                benefit("2026-04", BenefitKind::Dagpenge, hours("100"), true),
                benefit("2026-04", BenefitKind::Holiday, hours("20.33"), true),
                benefit("2026-05", BenefitKind::Dagpenge, hours("100"), false),
            ],
            ..Records::default()
        };
        let settled = |as_of: &str| -> Vec<bool> {
            check(&records, as_of).iter().map(|month| month.settled).collect()
        };
        assert_eq!(settled("2026-04-10"), [false, true, false]);
        assert_eq!(settled("2026-04-11"), [true, true, false]);
        let months = check(&records, "2026-04-11");
        assert_eq!(months[1].paid_hours, hours("120.33"), "holiday benefit consumes too");
        assert_eq!(months[0].paid_hours, None);
    }

    #[test]
    fn quarantine_that_is_left_is_what_neither_register_has_as_served() {
        let decided = |kind, on: &str, of: &str, served: Option<&str>| Sanctioned {
            kind,
            decided_on: day(on),
            hours: hours(of),
            served_hours: served.and_then(hours),
            valid_from: day("2026-01-01"),
        };
        let quarantine = |served| decided(SanctionKind::Quarantine, "2026-03-20", "111", served);
        let left = |sanctions: Vec<Sanctioned>, months: &[(&str, &str)]| {
            let month = |(month, served): &(&str, &str)| Benefit {
                quarantine_hours: hours(served),
                ..benefit(month, BenefitKind::Dagpenge, None, false)
            };
            let benefits = months.iter().map(month).collect();
            quarantine_left(&Records { sanctions, benefits, ..Records::default() })
        };
        assert_eq!(left(vec![], &[("2026-03", "20")]), None, "no decision is known");
        assert_eq!(left(vec![quarantine(None)], &[]), hours("111"));
        assert_eq!(left(vec![quarantine(Some("37"))], &[]), hours("74"));
        assert_eq!(left(vec![quarantine(Some("110.99"))], &[]), hours("0.01"));
        assert_eq!(left(vec![quarantine(Some("111"))], &[]), None);
        assert_eq!(left(vec![quarantine(Some("111.01"))], &[]), None);
        // A month that is not settled has served more than the register of sanctions knows; one from
        // before the decision served another.
        let months = [("2026-02", "90"), ("2026-03", "37"), ("2026-04", "20")];
        assert_eq!(left(vec![quarantine(Some("37"))], &months), hours("54"));
        assert_eq!(left(vec![quarantine(Some("60"))], &months), hours("51"));
        // Two decisions are one sum; without hours, or of another kind, nothing is left of it.
        let other = decided(SanctionKind::WorkRequirement, "2026-03-21", "300", None);
        let unknown = Sanctioned { hours: None, ..quarantine(None) };
        let second = decided(SanctionKind::Quarantine, "2026-04-20", "10", Some("10"));
        let all = vec![quarantine(Some("11")), second, other.clone(), unknown.clone()];
        assert_eq!(left(all, &[]), hours("100"));
        assert_eq!(left(vec![other, unknown], &[]), None);
    }

    #[test]
    fn earnings_count_for_social_assistance_only() {
        let records =
            Records { work: vec![work("2026-03", WorkKind::Ordinary, None)], ..Records::default() };
        let earned = |scheme| months(&records, scheme, &[], day("2026-05-01"))[0].earned;
        assert_eq!(earned(Scheme::SocialAssistance), Some(Money::from_hundredths(10_000)));
        assert_eq!(earned(Scheme::Dagpenge), None);
    }
}
