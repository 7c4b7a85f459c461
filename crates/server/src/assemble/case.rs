//! From rows of registers to the case that the rules read. Sums and translations only: what the
//! sums mean is for the rules to say.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use jobnet_api::account::Spell;
use jobnet_rules::absence::{self, Absence};
use jobnet_rules::case::{Away, Case, CaseMonth, GraduateFacts, Insurance, Scheme};
use jobnet_rules::duties;
use jobnet_rules::quarantine::{self, Decision};
use jobnet_rules::sanctions::SanctionKind;
use jobnet_rules::units::{Hours, Money, Month};

use super::records::{Facts, Records, Sanctioned, WorkKind};

/// The case of a citizen as of a day.
pub(super) fn case(records: &Records, facts: &Facts, spells: &[Spell], as_of: NaiveDate) -> Case {
    let scheme = facts.scheme;
    let graduate = (scheme == Scheme::Graduate).then(|| GraduateFacts {
        provider: facts.provider.unwrap_or(false),
        birth_date: facts.birth_date,
    });
    let insurance = facts.insurance.unwrap_or(Insurance::FullTime);
    let months = months(records, scheme, &away_months(spells, facts, insurance, as_of), as_of);
    let case = Case {
        as_of,
        scheme,
        insurance,
        placed_on: facts.placed_on,
        monthly_rate: facts.monthly_rate,
        supplementary_weeks_used: facts.supplementary_weeks_used,
        quarantine_left_hours: None,
        graduate,
        rate_level: facts.rate_level,
        months,
    };
    let quarantine_left_hours = quarantine::left_to_simulate(&case, &decisions(records));
    Case { quarantine_left_hours, ..case }
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

/// The decisions on karantæne whose hours the register gives, oldest first.
pub(super) fn decisions(records: &Records) -> Vec<Decision> {
    let mut decisions: Vec<_> = records.sanctions.iter().filter_map(decision).collect();
    decisions.sort_by_key(|decision| decision.decided_on);
    decisions
}

/// The decision of a row; `None`: it is not on karantæne, or the register does not give its hours.
pub(super) fn decision(row: &Sanctioned) -> Option<Decision> {
    let hours = row.hours.filter(|_| row.kind == SanctionKind::Quarantine)?;
    Some(Decision { decided_on: row.decided_on, hours, told: row.served_hours })
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

    use super::super::records::{Benefit, Work};
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
    fn what_is_served_of_quarantine_is_what_both_registers_know() {
        let decided = |kind, on: &str, of: Option<Hours>, told: Option<&str>| Sanctioned {
            kind,
            decided_on: day(on),
            hours: of,
            served_hours: told.and_then(hours),
            valid_from: day("2026-01-01"),
        };
        let served = |month, served, settled| Benefit {
            quarantine_hours: hours(served),
            ..benefit(month, BenefitKind::Dagpenge, None, settled)
        };
        // April is not settled: the simulation plays it. February is before the decisions.
        let records = Records {
            sanctions: vec![
                decided(SanctionKind::Quarantine, "2026-04-20", hours("10"), Some("10")),
                decided(SanctionKind::WorkRequirement, "2026-03-21", hours("300"), None),
                decided(SanctionKind::Quarantine, "2026-03-20", hours("111"), Some("37")),
                decided(SanctionKind::Quarantine, "2026-03-22", None, None),
            ],
            benefits: vec![
                served("2026-02", "90", true),
                served("2026-03", "37", true),
                served("2026-04", "20", false),
            ],
            ..Records::default()
        };
        let facts = Facts {
            municipality: None,
            fund: None,
            scheme: Scheme::Dagpenge,
            insurance: None,
            rate_level: None,
            monthly_rate: None,
            supplementary_weeks_used: None,
            provider: None,
            birth_date: day("1990-01-01"),
            placed_on: Some(day("2026-03-01")),
            registered_on: None,
            cv_since: None,
        };
        let case = case(&records, &facts, &[], day("2026-04-25"));
        // Of 121 hours March served 37, and 20 stand with April.
        assert_eq!(case.quarantine_left_hours, hours("64"));
        let shown = super::super::sanctions(&records, &case);
        let shown: Vec<_> =
            shown.iter().map(|row| (row.decided_on, Some(row.served_hours))).collect();
        assert_eq!(
            shown,
            [
                (day("2026-03-20"), hours("57")),
                (day("2026-03-21"), hours("0")),
                (day("2026-03-22"), hours("0")),
                (day("2026-04-20"), hours("10")),
            ]
        );
        let unplaced = Facts { placed_on: None, ..facts };
        let unplaced = super::case(&records, &unplaced, &[], day("2026-04-25"));
        assert_eq!(unplaced.quarantine_left_hours, None, "nothing to simulate");
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
