//! Social assistance (kontanthjælp) from 1 July 2025: reduced by the kroner earned, never by hours.
//!
//! 65 % of the earnings above a free amount is deducted from the level's rate; earnings and benefit
//! together stay under a share of the highest dagpenge. Both free amounts and shares are those of
//! the political agreement; the final wording is not confirmed, and says so in every trace.
//!
//! **Source**: lov 1655 af 30/12/2024; lov om aktiv socialpolitik § 31.

use crate::account::{Payout, PayoutReason, SocialAssistanceMonth};
use crate::case::{Case, CaseMonth, RateLevel};
use crate::history::History;
use crate::law::{Fact, Key, Percent, Row, fact};
use crate::trace::{Figure, Input, Quantity, Rule};
use crate::tracer::Tracer;
use crate::units::{Money, div_half_up, product};

/// A whole, in hundredths of a percent.
const WHOLE: i64 = 10_000;

/// The numbers of law for one level in one month.
struct Terms {
    free: Fact<Money>,
    deducted: Fact<Percent>,
    ceiling: Option<(Fact<Percent>, Fact<Money>)>,
}

impl Terms {
    fn of(level: RateLevel, month: &CaseMonth) -> Option<Self> {
        let day = month.month.first_day();
        let (free, ceiling) = match level {
            RateLevel::Minimum | RateLevel::Basic => {
                (Key::SocialAssistanceFreeAmountLow, Some(Key::SocialAssistanceCeilingPercentLow))
            }
            RateLevel::Increased => (
                Key::SocialAssistanceFreeAmountIncreased,
                Some(Key::SocialAssistanceCeilingPercentIncreased),
            ),
            RateLevel::LivingAtHome => (Key::SocialAssistanceFreeAmountLivingAtHome, None),
        };
        let ceiling = match ceiling {
            Some(key) => Some((fact(key, day)?, fact(Key::RateMaximumFullTime, day)?)),
            None => None,
        };
        let deducted = fact(Key::SocialAssistanceDeductionPercent, day)?;
        Some(Self { free: fact(free, day)?, deducted, ceiling })
    }

    /// 65 % of what is earned above the free amount, half up to øre.
    fn deduction(&self, earned: Money) -> Money {
        let above = (earned - self.free.value).or_zero();
        share(above, self.deducted.value)
    }

    fn ceiling_amount(&self) -> Option<Money> {
        self.ceiling.map(|(percent, maximum)| share(maximum.value, percent.value))
    }
}

fn share(amount: Money, percent: Percent) -> Money {
    Money::from_hundredths(div_half_up(product(amount.hundredths(), percent.0), WHOLE))
}

/// The level's rate: her own if known, otherwise the table's. A rate for those who live at home
/// and the rates from 2026 are not known.
fn rate(case: &Case, month: &CaseMonth) -> Option<(Money, Option<&'static Row>)> {
    if let Some(own) = case.monthly_rate {
        return Some((own, None));
    }
    let key = match case.rate_level? {
        RateLevel::Minimum => Key::SocialAssistanceRateMinimum,
        RateLevel::Basic => Key::SocialAssistanceRateBasic,
        RateLevel::Increased => Key::SocialAssistanceRateIncreased,
        RateLevel::LivingAtHome => return None,
    };
    let rate = fact::<Money>(key, month.month.first_day())?;
    Some((rate.value, Some(rate.row)))
}

/// Benefit and deduction of every month given, and what each pays.
pub(crate) fn social_assistance(
    case: &Case,
    history: &History<'_>,
    tracer: &mut Tracer,
) -> (Vec<SocialAssistanceMonth>, Vec<Payout>) {
    history.all.iter().map(|month| one_month(case, month, tracer)).unzip()
}

fn one_month(
    case: &Case,
    month: &CaseMonth,
    tracer: &mut Tracer,
) -> (SocialAssistanceMonth, Payout) {
    let terms = case.rate_level.and_then(|level| Terms::of(level, month));
    // Without a rule for the month (before July 2025) no rate of it is used either.
    let rate = terms.as_ref().and_then(|_| rate(case, month));
    let deduction = terms.as_ref().zip(month.earned).map(|(terms, earned)| terms.deduction(earned));
    let benefit = terms.as_ref().zip(rate).zip(month.earned).zip(deduction).map(
        |(((terms, (rate, _)), earned), deduction)| {
            let benefit = (rate - deduction).or_zero();
            terms
                .ceiling_amount()
                .map_or(benefit, |ceiling| benefit.min((ceiling - earned).or_zero()))
        },
    );
    trace(month, terms.as_ref(), rate, deduction, tracer);

    let reason = match (benefit, rate, month.earned) {
        (Some(_), ..) => None,
        (None, None, _) => Some(PayoutReason::RateUnknown),
        (None, Some(_), _) => Some(PayoutReason::EarningsUnknown),
    };
    let rate = rate.map(|(rate, _)| rate);
    let (month, earned) = (month.month, month.earned);
    tracer.copy_step(Figure::SocialBenefit(month), Figure::Gross(month));
    (
        SocialAssistanceMonth { month, earned, rate, deduction, benefit },
        Payout { month, payable_hours: None, gross: benefit, reason },
    )
}

fn trace(
    month: &CaseMonth,
    terms: Option<&Terms>,
    rate: Option<(Money, Option<&'static Row>)>,
    deduction: Option<Money>,
    tracer: &mut Tracer,
) {
    let earned = match month.earned {
        Some(earned) => Input::money(Quantity::Earned, earned),
        None => Input::unknown(Quantity::Earned),
    }
    .of(month.month);
    let level = Figure::SocialRate(month.month);
    let (deducted, benefit) =
        (Figure::SocialDeduction(month.month), Figure::SocialBenefit(month.month));
    let Some(terms) = terms else {
        let unknown = Input::unknown(Quantity::Rate).of(month.month);
        tracer.step(level, Rule::RateUnknown, &[], vec![unknown]);
        tracer.step(deducted, Rule::RateUnknown, &[], vec![earned]);
        tracer.step(benefit, Rule::RateUnknown, &[], vec![earned]);
        return;
    };

    let rate_input = match rate {
        Some((rate, _)) => Input::money(Quantity::Rate, rate),
        None => Input::unknown(Quantity::Rate),
    };
    let rate_row = rate.and_then(|(_, row)| row);
    let rule = if rate.is_some() { Rule::SocialAssistanceRate } else { Rule::RateUnknown };
    tracer.step_of(level, rule, rate_row.into_iter(), vec![rate_input.of(month.month)]);

    let inputs = vec![
        earned,
        Input::money(Quantity::FreeAmount, terms.free.value),
        Input::percent(Quantity::DeductionPercent, terms.deducted.value.0),
    ];
    let rows = [terms.deducted.row, terms.free.row];
    tracer.step(deducted, Rule::SocialAssistanceDeduction, &rows, inputs);

    let mut inputs = vec![rate_input];
    inputs.push(match deduction {
        Some(deduction) => Input::money(Quantity::Deduction, deduction),
        None => Input::unknown(Quantity::Deduction),
    });
    inputs.push(earned);
    let mut rows = vec![terms.deducted.row, terms.free.row];
    rows.extend(rate_row);
    if let (Some((percent, maximum)), Some(ceiling)) = (terms.ceiling, terms.ceiling_amount()) {
        inputs.extend([
            Input::percent(Quantity::CeilingPercent, percent.value.0),
            Input::money(Quantity::MaximumBenefit, maximum.value),
            Input::money(Quantity::Ceiling, ceiling),
        ]);
        rows.extend([percent.row, maximum.row]);
    }
    let rule = if rate.is_some() { Rule::SocialAssistanceBenefit } else { Rule::RateUnknown };
    tracer.step(benefit, rule, &rows, inputs);
}
