//! The made-up citizen of a preview: everything about her is written here, reckoned back from the
//! day that counts as today. What is paid to her is what the rules say.

use chrono::{DateTime, Days, NaiveDate, Utc};
use jobnet_api::account::{
    AccountFacts, BenefitKind, Deadline, DeadlineKind, Payment, Register, SourceStamp,
};
use jobnet_api::trial::Situation;
use jobnet_rules::case::{Case, CaseMonth, Insurance, Scheme};
use jobnet_rules::check::CaseErrors;
use jobnet_rules::duties;
use jobnet_rules::evaluate::evaluate;
use jobnet_rules::units::{Hours, Money, Month};

use super::situation::settled;
use crate::synthesise::DEMO_FUND;

/// Hours of work by month, in hundredths; the last one is the newest month that is settled.
const ORDINARY: [i64; 9] = [0, 3_200, 4_850, 6_000, 0, 3_700, 7_425, 5_100, 4_000];
/// The same of a citizen who is close to what is required and close to the end: repeated for
/// [`LONG`] months.
const STEADY: [i64; 3] = [4_800, 6_000, 5_400];
/// Months after which 3,848 hours are nearly used and 1,924 hours nearly worked.
const LONG: usize = 34;
/// Of [`ORDINARY`]: the month whose hours were not reported.
const UNKNOWN: usize = 7;
/// Kroner before tax for a whole month, in øre: her own rate, since that of coming years is not known.
const RATE: Money = Money::from_hundredths(2_204_100);
/// Days from today to her talk.
const TALK: u64 = 9;

/// Her facts as of a day.
///
/// # Errors
/// When the rules cannot read what is written here.
pub(super) fn facts(
    situation: Situation,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<AccountFacts, CaseErrors> {
    let newest = newest_settled(today);
    let hours = hours(situation);
    let months: Vec<CaseMonth> = (0..)
        .zip(&hours)
        .map(|(place, worked)| CaseMonth {
            work_hours: *worked,
            settled: true,
            ..CaseMonth::empty(newest.plus(place + 1 - months_of(&hours)))
        })
        .collect();
    let placed_on = newest.plus(1 - months_of(&hours)).first_day();
    let mut case = Case {
        as_of: today,
        scheme: Scheme::Dagpenge,
        insurance: Insurance::FullTime,
        placed_on: Some(placed_on),
        monthly_rate: Some(RATE),
        supplementary_weeks_used: Some(if situation == Situation::NearLimit { 28 } else { 6 }),
        quarantine_left_hours: None,
        graduate: None,
        rate_level: None,
        months,
    };
    let all: Vec<Month> = case.months.iter().map(|month| month.month).collect();
    let paid = settled(&case, &all)?;
    // A month whose hours are not known is paid as it was announced: as one without work.
    let whole = evaluate(&Case {
        months: vec![CaseMonth { settled: true, ..CaseMonth::empty(newest) }],
        ..case.clone()
    })?;
    let mut payments = Vec::with_capacity(paid.len());
    for (month, paid) in case.months.iter_mut().zip(&paid) {
        let paid = match paid.payable_hours {
            Some(_) => paid,
            None => whole.payouts.first().unwrap_or(paid),
        };
        month.paid_hours = paid.payable_hours;
        payments.push(Payment {
            month: month.month,
            kind: BenefitKind::Dagpenge,
            paid_hours: paid.payable_hours,
            gross: paid.gross,
            settled: true,
            as_of: duties::settlement_day(month.month).unwrap_or(today),
        });
    }
    let settled_on = duties::settlement_day(newest).unwrap_or(today);
    let stamp = |register| SourceStamp { register, as_of: settled_on };
    Ok(AccountFacts {
        computed_at: now,
        authority: DEMO_FUND.to_owned(),
        registered_on: Some(placed_on),
        case,
        sources: vec![stamp(Register::WorkHours), stamp(Register::Benefits)],
        payments,
        spells: Vec::new(),
        sanctions: Vec::new(),
        deadlines: deadlines(newest, today),
        reports: Vec::new(),
    })
}

/// The newest month that can be settled by this day.
pub(super) fn newest_settled(today: NaiveDate) -> Month {
    let last = Month::of(today).plus(-1);
    let is_settled = duties::settlement_day(last).is_some_and(|day| day <= today);
    if is_settled { last } else { last.plus(-1) }
}

fn hours(situation: Situation) -> Vec<Option<Hours>> {
    let known = |hundredths: i64| Some(Hours::from_hundredths(hundredths));
    let mut ordinary: Vec<_> = ORDINARY.into_iter().map(known).collect();
    match situation {
        Situation::Ordinary => ordinary,
        Situation::NoHours => vec![known(0); ORDINARY.len()],
        Situation::UnknownHours => {
            ordinary[UNKNOWN] = None;
            ordinary
        }
        Situation::NearLimit => STEADY.into_iter().cycle().take(LONG).map(known).collect(),
    }
}

/// How many months there are.
fn months_of(hours: &[Option<Hours>]) -> i32 {
    i32::try_from(hours.len()).unwrap_or_default()
}

/// The card of the first month that is not settled, and a talk.
fn deadlines(newest: Month, today: NaiveDate) -> Vec<Deadline> {
    let card = duties::card_deadline(newest.plus(1)).filter(|on| *on >= today);
    let talk = today.checked_add_days(Days::new(TALK));
    let mut deadlines: Vec<Deadline> = [
        card.map(|on| Deadline { kind: DeadlineKind::BenefitCard, on }),
        talk.map(|on| Deadline { kind: DeadlineKind::FundMeeting, on }),
    ]
    .into_iter()
    .flatten()
    .collect();
    deadlines.sort_by_key(|deadline| deadline.on);
    deadlines
}

#[cfg(test)]
mod tests {
    use jobnet_api::account::AccountAnswer;

    use super::*;

    fn account(situation: Situation, today: NaiveDate) -> AccountAnswer {
        facts(situation, today, DateTime::UNIX_EPOCH).unwrap().evaluate().unwrap()
    }

    fn whole(hours: i64) -> Hours {
        Hours::from_hundredths(hours * 100)
    }

    #[test]
    fn each_situation_is_what_it_is_called_on_every_day_of_years() {
        let first: NaiveDate = "2026-01-01".parse().unwrap();
        for today in first.iter_days().step_by(5).take(300) {
            let ordinary = account(Situation::Ordinary, today);
            let idle = account(Situation::NoHours, today);
            let unknown = account(Situation::UnknownHours, today);
            let near = account(Situation::NearLimit, today);
            for answer in [&ordinary, &idle, &unknown, &near] {
                let period = answer.account.period.as_ref().unwrap();
                assert!(period.remaining_hours > Hours::ZERO, "{today}");
                assert!(answer.payments.iter().all(|payment| payment.gross.is_some()), "{today}");
                assert!(answer.deadlines.iter().all(|deadline| deadline.on >= today), "{today}");
                assert!(answer.sources.iter().all(|stamp| stamp.as_of <= today), "{today}");
            }
            let counted = |answer: &AccountAnswer| {
                answer.account.requalification.as_ref().unwrap().counted_hours
            };
            let missing = |answer: &AccountAnswer| {
                answer.account.requalification.as_ref().unwrap().missing_hours
            };
            assert_eq!(counted(&ordinary), Hours::from_hundredths(ORDINARY.iter().sum()));
            assert_eq!(counted(&idle), Hours::ZERO, "{today}");
            assert!(ordinary.account.unknown_hours_months.is_empty(), "{today}");
            assert_eq!(unknown.account.unknown_hours_months.len(), 1, "{today}");
            assert!(missing(&near) > Hours::ZERO && missing(&near) < whole(160), "{today}");
            let left = near.account.period.as_ref().unwrap().remaining_hours;
            assert!(left < whole(2 * 160), "{today}: {left:?}");
        }
    }
}
