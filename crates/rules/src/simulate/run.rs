//! One month after the other: what a month pays, and what is left after it.
//!
//! Every month is computed anew from the list of months before it by the functions of
//! [`crate::evaluate`], then joins the list as if it had been settled: so simulating in one step or
//! month by month gives the same.

use std::collections::BTreeMap;

use crate::account::PayoutReason;
use crate::book::Book;
use crate::case::{Case, CaseMonth, Insurance};
use crate::employment_account::{Balance, oldest_expired};
use crate::history::History;
use crate::karens::whole_day_amount;
use crate::law::{Key, row_or_earlier};
use crate::payout::payable;
use crate::period::{Consumption, frame_end, lengthening_months};
use crate::rates::MonthRate;
use crate::sanctions::served_in_month;
use crate::simulate::explain;
use crate::simulate::karens_day::{KarensDay, KarensMonth};
use crate::simulate::plan::{Schedule, weeks_begun};
use crate::simulate::{Plan, SimulatedMonth, SimulationEnd};
use crate::trace::Value;
use crate::tracer::Tracer;
use crate::units::{Hours, Money, Month, div_half_up, product};

/// The state of a simulation between two months.
pub(crate) struct Run<'a> {
    /// Without its months; the hours of karantæne left are those left after the last month played.
    case: Case,
    book: Book,
    placed: Month,
    schedule: Schedule,
    part_time_from: Option<Month>,
    /// Count karens days as used up, which the sources leave open.
    karens_uses_up: bool,
    counting: Vec<CaseMonth>,
    /// Months given but not settled: what is known of them is kept.
    known: BTreeMap<Month, &'a CaseMonth>,
}

/// What is left before or after a month.
struct Standing {
    used: Hours,
    remaining: Hours,
    extension_used: Hours,
    extension_available: Hours,
    work_hours: Hours,
    frame_ends: Month,
    requalified: bool,
}

impl<'a> Run<'a> {
    /// Ready for the first month; `None` without a placement or a law.
    pub(crate) fn of(case: &'a Case, plan: &Plan) -> Option<Self> {
        let history = History::of(case);
        let placed = history.placed?;
        let last_settled = history.last_settled();
        let open = |month: &CaseMonth| {
            month.month >= placed && last_settled.is_none_or(|last| month.month > last)
        };
        Some(Self {
            book: Book::of(case, case.insurance)?,
            placed,
            schedule: Schedule::of(plan),
            part_time_from: plan.part_time_from,
            karens_uses_up: false,
            counting: history.counting.iter().map(|month| (*month).clone()).collect(),
            known: case
                .months
                .iter()
                .filter(|month| open(month))
                .map(|month| (month.month, month))
                .collect(),
            case: Case { months: Vec::new(), ..case.clone() },
        })
    }

    /// The same with karens days used up, to tell whether it matters.
    pub(crate) fn with_karens_used_up(mut self) -> Self {
        self.karens_uses_up = true;
        self
    }

    /// The first month to play: the one after the last settled, not before the placement.
    fn first_month(&self) -> Month {
        let next = self.counting.last().map(|month| month.month.plus(1));
        next.unwrap_or_else(|| Month::of(self.case.as_of).max(self.placed))
    }

    /// Plays every month to the end of the right.
    pub(crate) fn finish(
        mut self,
        mut tracer: Option<&mut Tracer>,
    ) -> (Vec<SimulatedMonth>, Option<Month>, SimulationEnd) {
        let mut months = Vec::new();
        let mut month = self.first_month();
        loop {
            self.change_insurance(month);
            let before = self.standing(month);
            if let Some(end) = self.end(&before, month) {
                let frame_passed = end == SimulationEnd::Frame && months.is_empty();
                let last = months.last().map(|month: &SimulatedMonth| month.month);
                let ends = if frame_passed { Some(before.frame_ends) } else { last };
                return (months, ends, end);
            }
            months.push(self.play(month, &before, tracer.as_deref_mut()));
            month = month.plus(1);
        }
    }

    /// What is left, by the settled months, in a month.
    fn standing(&self, month: Month) -> Standing {
        let book = &self.book;
        let used = Consumption::of(&self.counting, book.entitled_hours.value);
        let expired = oldest_expired(month, &book.account_months);
        let per_hour = book.hours_per_work_hour.value;
        let balance = Balance::of(&self.counting, used.extension_used, per_hour, expired);
        let away = lengthening_months(&self.counting, book.frame_lengthening.value);
        let frame_months = book.frame_months.value.saturating_add(away);
        let placed_on = self.case.placed_on.unwrap_or(self.case.as_of);
        Standing {
            used: used.used,
            remaining: book.entitled_hours.value - used.used,
            extension_used: used.extension_used,
            extension_available: balance.extension_available(book, used.extension_used),
            work_hours: balance.work_hours(),
            frame_ends: Month::of(frame_end(placed_on, frame_months)),
            requalified: balance.work_hours() >= book.required_hours.value,
        }
    }

    fn last_extension_month(&self, standing: &Standing) -> Month {
        standing.frame_ends.plus(self.book.extension_frame_months.value)
    }

    /// What has ended the right before a month, if anything has. The account is usable only when
    /// the hours are exhausted, not when the frame has ended with hours left.
    fn end(&self, before: &Standing, month: Month) -> Option<SimulationEnd> {
        let hours_left = before.remaining > Hours::ZERO;
        if hours_left && month <= before.frame_ends {
            None
        } else if before.requalified {
            Some(SimulationEnd::NewPeriod)
        } else if hours_left {
            Some(SimulationEnd::Frame)
        } else if before.extension_available == Hours::ZERO {
            let used = before.extension_used > Hours::ZERO;
            Some(if used { SimulationEnd::Extension } else { SimulationEnd::Hours })
        } else if month > self.last_extension_month(before) {
            Some(SimulationEnd::ExtensionFrame)
        } else {
            None
        }
    }

    /// From the planned month on, everything is measured in part-time months. The sources do not
    /// say how used hours, or those of karantæne left, are converted; here a full month stays one.
    fn change_insurance(&mut self, month: Month) {
        let due = self.part_time_from.is_some_and(|from| month >= from);
        if !due || self.case.insurance == Insurance::PartTime {
            return;
        }
        let Some(book) = Book::of(&self.case, Insurance::PartTime) else { return };
        let from = self.part_time_from.unwrap_or(month);
        let (full, part) = (self.book.month_hours.value, book.month_hours.value);
        let convert = |hours: Hours| {
            let converted = product(hours.hundredths(), part.hundredths());
            Hours::from_hundredths(div_half_up(converted, full.hundredths()))
        };
        for month in self.counting.iter_mut().filter(|month| month.month < from) {
            month.paid_hours = month.paid_hours.map(convert);
            month.quarantine_hours = convert(month.quarantine_hours);
        }
        // What the months before could not serve of their own is among it.
        self.case.quarantine_left_hours = self.case.quarantine_left_hours.map(convert);
        self.case.monthly_rate = self.case.monthly_rate.map(|rate| self.part_time_rate(rate));
        self.case.insurance = Insurance::PartTime;
        self.book = book;
    }

    /// Her own rate as the highest part-time rate is to the highest full-time rate, whole kroner.
    fn part_time_rate(&self, rate: Money) -> Money {
        let maximum = |key| match row_or_earlier(key, self.case.as_of).map(|row| row.value) {
            Some(Value::Money(money)) => money.hundredths(),
            _ => 1,
        };
        let krone = 100;
        let kroner = div_half_up(
            product(rate.hundredths(), maximum(Key::RateMaximumPartTime)),
            maximum(Key::RateMaximumFullTime).saturating_mul(krone),
        );
        Money::from_hundredths(kroner.saturating_mul(krone))
    }

    /// One month: paid, consumed, settled.
    fn play(
        &mut self,
        month: Month,
        before: &Standing,
        tracer: Option<&mut Tracer>,
    ) -> SimulatedMonth {
        let known = self.known.get(&month).copied();
        let known_work = known.and_then(|known| known.work_hours).unwrap_or_default();
        let work = known_work + self.schedule.work_hours(month);
        let days = self.schedule.holidays_in(month);
        let day_hours = self.book.day_hours.value;
        let holiday = Hours::from_hundredths(day_hours.hundredths().saturating_mul(days));
        let away = known.and_then(|known| known.away);
        self.counting.push(CaseMonth {
            work_hours: Some(work),
            subsidised_hours: known.map(|known| known.subsidised_hours).unwrap_or_default(),
            away,
            settled: true,
            ..CaseMonth::empty(month)
        });

        let full = payable(&self.book, work, holiday);
        let full = if away.is_some() { Hours::ZERO } else { full };
        let owed = self.case.quarantine_left_hours.unwrap_or_default()
            + known.map(|known| known.quarantine_hours).unwrap_or_default();
        let served = served_in_month(full, owed);
        let available = self.available(before, month);
        let rate = MonthRate::carried(&self.case, self.case.insurance, month);
        let hours_before = self.paid_so_far();
        let day_amount = rate.map(|(rate, _)| {
            whole_day_amount(rate.after(hours_before), day_hours, self.book.month_hours.value)
        });
        let benefit = (full - served).min(available);
        let instead =
            served > Hours::ZERO || known.is_some_and(|known| known.subsidised_hours > Hours::ZERO);
        let karens = KarensDay::of(
            &self.counting,
            self.placed,
            &self.book,
            KarensMonth { benefit, instead, amount: day_amount },
        );
        let deducted = if karens.deducted > Hours::ZERO {
            payable(&self.book, work, holiday + karens.deducted)
        } else {
            full
        };
        let served = served.min(deducted).min(available);
        self.case.quarantine_left_hours = Some(owed - served);
        let paid = (deducted - served).min(available - served);
        let gross = rate.map(|(rate, _)| {
            let amount = karens.karens.and_then(|karens| karens.amount).unwrap_or_default();
            let month_hours = self.book.month_hours.value;
            (rate.gross(paid + karens.deducted, hours_before, month_hours) - amount).or_zero()
        });
        if let Some(entry) = self.counting.last_mut() {
            entry.paid_hours = Some(paid);
            // Neither paid nor worked, but gone: the same as hours of karantæne.
            let used_up = if self.karens_uses_up { karens.deducted } else { Hours::ZERO };
            entry.quarantine_hours = served + used_up.min(available - served - paid);
        }

        let after = self.standing(month);
        let simulated = SimulatedMonth {
            month,
            work_hours: work,
            holiday_hours: holiday,
            away,
            quarantine_hours: served,
            payable_hours: paid,
            from_extension: (after.extension_used - before.extension_used).min(paid),
            supplementary_weeks: self.weeks_beside_work(month, known_work, paid),
            gross: if paid == Hours::ZERO { Some(Money::ZERO) } else { gross },
            rate_carried_forward: rate.is_some_and(|(_, carried)| carried),
            reason: if paid > Hours::ZERO {
                gross.is_none().then_some(PayoutReason::RateUnknown)
            } else {
                let below_minimum = away.is_none() && served == Hours::ZERO;
                below_minimum.then_some(PayoutReason::BelowMinimum)
            },
            used_hours: after.used,
            remaining_hours: after.remaining,
            account_work_hours: after.work_hours,
            extension_hours_available: after.extension_available,
            extension_hours_used: after.extension_used,
            karens: karens.karens,
            requalified: after.requalified,
        };
        if let Some(tracer) = tracer {
            let rate = rate.map(|(rate, _)| rate);
            explain::month(tracer, &self.book, &simulated, rate.as_ref(), hours_before, available);
        }
        simulated
    }

    /// Hours that can still be consumed in a month: of the period while its frame lasts and, when
    /// they end in this month, of the account, unless a new period can begin.
    fn available(&self, before: &Standing, month: Month) -> Hours {
        let in_frame = month <= before.frame_ends;
        let ordinary = if in_frame { before.remaining } else { Hours::ZERO };
        let extension_open = (in_frame || before.remaining == Hours::ZERO)
            && month <= self.last_extension_month(before)
            && !before.requalified;
        let extension = if extension_open { before.extension_available } else { Hours::ZERO };
        ordinary + extension
    }

    /// Weeks of benefit beside work. Of work that is reported but not settled only the month is
    /// known: every week that begins in it may be one.
    fn weeks_beside_work(&self, month: Month, known_work: Hours, paid: Hours) -> u32 {
        if paid == Hours::ZERO {
            return 0;
        }
        let planned = self.schedule.reduced_weeks(month, self.book.week_hours.value);
        if known_work > Hours::ZERO { planned.max(weeks_begun(month)) } else { planned }
    }

    /// Hours paid in the months before the last one, for the steps of a rate.
    fn paid_so_far(&self) -> Hours {
        let before = self.counting.split_last().map_or(&[][..], |(_, before)| before);
        before.iter().filter_map(|month| month.paid_hours).sum()
    }
}
