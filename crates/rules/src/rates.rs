//! Monthly rates of dagpenge before tax, and the steps inside a period.
//!
//! A citizen's own rate, if known, is used unchanged for every month. Otherwise the table decides
//! by the month's first day: the highest rate, or a graduate's (dimittend), whose rate falls after
//! 481 paid hours (part-time 390) unless she provides for a child. The supplement of the first 481
//! hours (beskæftigelsestillæg) depends on years of membership and work that a case does not hold;
//! [`with_supplement`] gives it to those who know.
//!
//! **Source**: lov om arbejdsløshedsforsikring §§ 47–49.

use chrono::Datelike;

use crate::case::{Case, GraduateFacts, Insurance, Scheme};
use crate::law::{FIRST_DAY, Fact, Key, Row, by_insurance, fact, fact_for, row};
use crate::trace::{Input, Quantity, Status};
use crate::units::{Hours, Money, Month, div_half_up, product};

/// Where a rate comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Own,
    Maximum,
    Graduate,
}

/// A lower (or other) rate after some paid hours.
#[derive(Clone, Copy, Debug)]
struct Step {
    hours: Fact<Hours>,
    after: Fact<Money>,
    /// The row of a period from before the step was law, which it may not hold for.
    older_period: Option<&'static Row>,
}

/// The rate of one month.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MonthRate {
    source: Source,
    first: Money,
    row: Option<&'static Row>,
    step: Option<Step>,
    /// Whether she is thirty on the first of the month, where that decides.
    thirty: Option<bool>,
    /// Whether a graduate provides for a child.
    provider: Option<bool>,
}

impl MonthRate {
    /// The rate of a month by the rows in force on its first day; `None` if there is no row.
    pub(crate) fn of(case: &Case, insurance: Insurance, month: Month) -> Option<Self> {
        Self::by_rows_of(case, insurance, month, month)
    }

    /// [`MonthRate::of`] or, while the month's rows are not known, by the newest rows known back to
    /// the month of the case; whether they were carried forward goes with it.
    pub(crate) fn carried(case: &Case, insurance: Insurance, month: Month) -> Option<(Self, bool)> {
        let as_of = Month::of(case.as_of);
        let mut rows_of = month;
        loop {
            if let Some(rate) = Self::by_rows_of(case, insurance, month, rows_of) {
                return Some((rate, rows_of < month));
            }
            // Rates change with the year: the last month of the year before decides next.
            rows_of = rows_of.plus(-i32::try_from(rows_of.number()).unwrap_or(12));
            if rows_of < as_of {
                return None;
            }
        }
    }

    fn by_rows_of(case: &Case, insurance: Insurance, month: Month, rows_of: Month) -> Option<Self> {
        if let Some(first) = case.monthly_rate {
            return Some(Self {
                source: Source::Own,
                first,
                row: None,
                step: None,
                thirty: None,
                provider: None,
            });
        }
        match case.scheme {
            Scheme::Dagpenge => {
                let day = rows_of.first_day();
                let (full, part) = (Key::RateMaximumFullTime, Key::RateMaximumPartTime);
                let rate = fact_for::<Money>(insurance, full, part, day)?;
                let (first, row) = (rate.value, Some(rate.row));
                Some(Self {
                    source: Source::Maximum,
                    first,
                    row,
                    step: None,
                    thirty: None,
                    provider: None,
                })
            }
            Scheme::Graduate => Self::graduate(case, insurance, month, rows_of),
            Scheme::SocialAssistance => None,
        }
    }

    fn graduate(case: &Case, insurance: Insurance, month: Month, rows_of: Month) -> Option<Self> {
        let facts = case.graduate?;
        let day = rows_of.first_day();
        let rate = |full, part| fact_for::<Money>(insurance, full, part, day);
        if facts.provider {
            let (full, part) =
                (Key::RateGraduateProviderFullTime, Key::RateGraduateProviderPartTime);
            let rate = rate(full, part)?;
            let (first, row) = (rate.value, Some(rate.row));
            let (step, thirty, provider) = (None, None, Some(true));
            return Some(Self { source: Source::Graduate, first, row, step, thirty, provider });
        }
        let first = rate(Key::RateGraduateFirstFullTime, Key::RateGraduateFirstPartTime)?;
        let thirty = is_thirty(facts, month);
        let (full, part) = if thirty.unwrap_or(false) {
            (Key::RateGraduateThirtyFullTime, Key::RateGraduateThirtyPartTime)
        } else {
            (Key::RateGraduateUnderThirtyFullTime, Key::RateGraduateUnderThirtyPartTime)
        };
        let step_hours =
            by_insurance(insurance, Key::RateStepHoursFullTime, Key::RateStepHoursPartTime);
        let placed_on = case.placed_on.map(|day| day.max(FIRST_DAY));
        let older_period = placed_on
            .and_then(|day| row(Key::PeriodGraduateFrameMonths, day))
            .filter(|row| row.status == Status::Unconfirmed);
        // Before May 2023 there was no step; the law that made it made periods shorter, too.
        let step = rate(full, part)
            .zip(fact::<Hours>(step_hours, day))
            .map(|(after, hours)| Step { hours, after, older_period });
        Some(Self {
            source: Source::Graduate,
            first: first.value,
            row: Some(first.row),
            step,
            thirty: step.and(thirty),
            provider: Some(false),
        })
    }

    /// The hours of a month that are paid at the first rate.
    fn at_first_rate(&self, payable: Hours, hours_before: Hours) -> Hours {
        self.step.map_or(payable, |step| (step.hours.value - hours_before).or_zero().min(payable))
    }

    /// Payable hours × rate ÷ the hours of a month, rounded once, half up, to øre.
    pub(crate) fn gross(&self, payable: Hours, hours_before: Hours, month: Hours) -> Money {
        let first = self.at_first_rate(payable, hours_before);
        let after = payable - first;
        let after_rate = self.step.map_or(Money::ZERO, |step| step.after.value);
        let øre = div_half_up(
            product(first.hundredths(), self.first.hundredths())
                + product(after.hundredths(), after_rate.hundredths()),
            month.hundredths(),
        );
        Money::from_hundredths(øre)
    }

    /// The monthly rate in force after so many paid hours.
    pub(crate) fn after(&self, hours_before: Hours) -> Money {
        match self.step {
            Some(step) if hours_before >= step.hours.value => step.after.value,
            _ => self.first,
        }
    }

    /// The monthly rate before any step, and whether it is her own.
    pub(crate) fn highest(&self) -> (Money, bool) {
        (self.first, self.source == Source::Own)
    }

    /// The rows used.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &'static Row> {
        let rows = |step: Step| [Some(step.after.row), Some(step.hours.row), step.older_period];
        self.row.into_iter().chain(self.step.into_iter().flat_map(rows).flatten())
    }

    /// The inputs that explain the rate.
    pub(crate) fn explain(
        &self,
        month: Month,
        payable: Hours,
        hours_before: Hours,
        inputs: &mut Vec<Input>,
    ) {
        let quantity = match self.source {
            Source::Own => Quantity::MonthlyRate,
            Source::Maximum => Quantity::MaximumRate,
            Source::Graduate => Quantity::GraduateRate,
        };
        inputs.push(Input::money(quantity, self.first).of(month));
        inputs.extend(self.provider.map(|provider| Input::flag(Quantity::Provider, provider)));
        if let Some(step) = self.step {
            let first = self.at_first_rate(payable, hours_before);
            inputs.extend([
                Input::hours(Quantity::RateStepHours, step.hours.value),
                Input::hours(Quantity::HoursBefore, hours_before).of(month),
                Input::hours(Quantity::HoursAtFirstRate, first).of(month),
                Input::money(Quantity::GraduateRateAfterStep, step.after.value).of(month),
            ]);
        }
        inputs.extend(self.thirty.map(|thirty| Input::flag(Quantity::Thirty, thirty)));
    }
}

/// Thirty years old on the first day of the month: the sources do not say from which day of the
/// month the rate changes, so it changes with the first whole month.
fn is_thirty(facts: GraduateFacts, month: Month) -> Option<bool> {
    let day = month.first_day();
    let age = fact::<i32>(Key::RateGraduateAge, day)?.value;
    let birthday = (facts.birth_date.month(), facts.birth_date.day());
    let had_birthday = birthday <= (day.month(), day.day());
    let years = day.year() - facts.birth_date.year() - i32::from(!had_birthday);
    Some(years >= age)
}

/// The highest rate with the supplement of the first 481 hours (part-time 390), for a member with
/// four years of membership and two years of work in three; after those hours, the highest rate.
///
/// **Units**: kroner a month before tax. **Source**: § 48 stk. 8, in force from 1 May 2023.
/// `None` where no row of law is known.
pub fn with_supplement(insurance: Insurance, month: Month, hours_before: Hours) -> Option<Money> {
    let day = month.first_day();
    let rate = |full, part| Some(fact_for::<Money>(insurance, full, part, day)?.value);
    let (full, part) = (Key::RateStepHoursFullTime, Key::RateStepHoursPartTime);
    let step = fact_for::<Hours>(insurance, full, part, day)?.value;
    if hours_before < step {
        rate(Key::RateWithSupplementFullTime, Key::RateWithSupplementPartTime)
    } else {
        rate(Key::RateMaximumFullTime, Key::RateMaximumPartTime)
    }
}
