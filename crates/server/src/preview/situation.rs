//! What would be paid to a demo identity if her data were different: her own months, with as few
//! changes as make the situation, and what the rules say of them.

use jobnet_api::account::{AccountFacts, BenefitKind, DeadlineKind, Payment};
use jobnet_api::trial::Situation;
use jobnet_rules::account::Payout;
use jobnet_rules::case::{Case, CaseMonth, Scheme};
use jobnet_rules::check::CaseErrors;
use jobnet_rules::duties;
use jobnet_rules::evaluate::evaluate;
use jobnet_rules::karens::months_with_day;
use jobnet_rules::units::{Hours, Money, Month};

use super::citizen::newest_settled;
use crate::synthesise::Limits;

/// She is near the limit with so many hours of her period left, or fewer: two months.
const NEAR: Hours = Hours::from_hundredths(32_000);
/// Months that are put before hers at most; a period is shorter.
const MOST_MONTHS: usize = 36;

/// Her facts in a situation. Without a settled month there is none to be unknown, and without a
/// benefit period (social assistance) no limit: then they are as they are.
pub(super) fn with(facts: AccountFacts, situation: Situation) -> Result<AccountFacts, CaseErrors> {
    match situation {
        Situation::Ordinary => Ok(facts),
        Situation::NoHours => without_hours(facts),
        Situation::UnknownHours => Ok(with_unknown(facts)),
        Situation::NearLimit => near_limit(facts),
    }
}

fn without_hours(mut facts: AccountFacts) -> Result<AccountFacts, CaseErrors> {
    let mut changed = Vec::new();
    for month in &mut facts.case.months {
        let had = month.work_hours.is_none_or(|hours| hours > Hours::ZERO)
            || month.earned.is_some_and(|earned| earned > Money::ZERO);
        if had {
            changed.push(month.month);
        }
        month.work_hours = Some(Hours::ZERO);
        month.subsidised_hours = Hours::ZERO;
        month.earned = month.earned.map(|_| Money::ZERO);
    }
    let paid = settled(&facts.case, &changed)?;
    for payment in &mut facts.payments {
        // A month that had no hours before is paid as it was.
        let by_the_rules = paid.iter().find(|paid| paid.month == payment.month);
        let Some(by_the_rules) = by_the_rules.filter(|paid| changed.contains(&paid.month)) else {
            continue;
        };
        payment.gross = by_the_rules.gross;
        payment.paid_hours = by_the_rules.payable_hours;
        let month = facts.case.months.iter_mut().find(|month| month.month == payment.month);
        if let Some(month) = month {
            month.paid_hours = by_the_rules.payable_hours;
        }
    }
    Ok(facts)
}

/// What months pay: in these, a day less where karens takes one.
pub(super) fn settled(case: &Case, changed: &[Month]) -> Result<Vec<Payout>, CaseErrors> {
    let limits = Limits::on(case.insurance, case.as_of);
    let mut paid = evaluate(case)?.payouts;
    let mut settled = case.clone();
    for month in settled.months.iter_mut().filter(|month| changed.contains(&month.month)) {
        if let Some(paid) = paid.iter().find(|paid| paid.month == month.month) {
            month.paid_hours = paid.payable_hours;
        }
    }
    let karens = months_with_day(&settled);
    // Hours that are not paid, for whatever reason, are entered as work: then the law pays the rest.
    for month in &mut settled.months {
        let is_less = changed.contains(&month.month) && karens.contains(&month.month);
        if let Some(paid) = paid.iter_mut().find(|paid| is_less && paid.month == month.month) {
            let less =
                paid.payable_hours.map(|hours| limits.payable(limits.month - hours + limits.day));
            paid.payable_hours = less;
            month.work_hours = less.map(|hours| limits.month - hours);
        }
    }
    let by_law = evaluate(&settled)?.payouts;
    for (paid, by_law) in paid.iter_mut().zip(by_law) {
        paid.gross = by_law.gross;
    }
    Ok(paid)
}

/// The newest month on benefit has no hours any more; it stays paid as it was.
fn with_unknown(mut facts: AccountFacts) -> AccountFacts {
    let known = |month: &&mut CaseMonth| {
        month.settled && month.away.is_none() && month.work_hours.is_some()
    };
    if let Some(month) = facts.case.months.iter_mut().rfind(known) {
        month.work_hours = None;
        month.earned = None;
    }
    facts
}

/// She has been on benefit for so much longer that her period is nearly used.
fn near_limit(mut facts: AccountFacts) -> Result<AccountFacts, CaseErrors> {
    let (Some(placed_on), false) =
        (facts.case.placed_on, facts.case.scheme == Scheme::SocialAssistance)
    else {
        return Ok(facts);
    };
    let newest = newest_settled(facts.case.as_of);
    let oldest = facts.case.months.iter().map(|month| month.month).min();
    let first = oldest.unwrap_or(Month::of(placed_on)).min(Month::of(placed_on));
    let whole = whole_month(&facts.case, newest)?;
    let mut added = first;
    for _ in 0..MOST_MONTHS {
        let left = evaluate(&facts.case)?.period.map(|period| period.remaining_hours);
        if left.is_none_or(|left| left <= NEAR) {
            break;
        }
        added = added.plus(-1);
        let settled = added <= newest;
        let paid_hours = whole.filter(|_| settled);
        facts.case.months.insert(0, CaseMonth { paid_hours, settled, ..CaseMonth::empty(added) });
        facts.case.placed_on = Some(added.first_day());
    }
    let is_added = |month: Month| month < first && month <= newest;
    for paid in evaluate(&facts.case)?.payouts.iter().filter(|paid| is_added(paid.month)) {
        let month = facts.case.months.iter_mut().find(|month| month.month == paid.month);
        if let Some(month) = month {
            month.paid_hours = paid.payable_hours;
        }
        facts.payments.push(Payment {
            month: paid.month,
            kind: BenefitKind::Dagpenge,
            paid_hours: paid.payable_hours,
            gross: paid.gross,
            settled: true,
            as_of: duties::settlement_day(paid.month).unwrap_or(facts.case.as_of),
        });
    }
    facts.payments.sort_by_key(|payment| payment.month);
    if added < first && facts.registered_on.is_some_and(|on| on >= placed_on) && oldest.is_none() {
        // Newly registered she no longer is.
        facts.registered_on = facts.case.placed_on;
        facts.deadlines.retain(|deadline| {
            !matches!(deadline.kind, DeadlineKind::Cv | DeadlineKind::BookMeeting)
        });
    }
    Ok(facts)
}

/// Hours paid for a month without work.
fn whole_month(case: &Case, newest: Month) -> Result<Option<Hours>, CaseErrors> {
    let idle = CaseMonth { settled: true, ..CaseMonth::empty(newest) };
    let alone = Case { months: vec![idle], placed_on: None, ..case.clone() };
    Ok(evaluate(&alone)?.payouts.first().and_then(|paid| paid.payable_hours))
}
