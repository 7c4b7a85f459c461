//! The trace of a simulation. No arithmetic: it only names what went into a figure.

use crate::book::Book;
use crate::rates::MonthRate;
use crate::simulate::{Outcome, Plan, SimulatedMonth};
use crate::trace::{Figure, Input, Quantity, Rule};
use crate::tracer::Tracer;
use crate::units::{Hours, Month};

pub(super) fn month(
    tracer: &mut Tracer,
    book: &Book,
    simulated: &SimulatedMonth,
    rate: Option<&MonthRate>,
    hours_before: Hours,
    available: Hours,
) {
    let month = simulated.month;
    let applied = simulated.karens.filter(|karens| karens.amount.is_some());
    let month_hours = Input::hours(Quantity::MonthHours, book.month_hours.value);
    let mut inputs = Vec::with_capacity(7);
    inputs.extend([
        month_hours,
        Input::hours(Quantity::WorkHours, simulated.work_hours).of(month),
        Input::hours(Quantity::MinimumHours, book.minimum_hours.value),
        Input::hours(Quantity::RemainingHours, available).of(month),
    ]);
    if simulated.holiday_hours > Hours::ZERO {
        inputs.push(Input::hours(Quantity::HolidayHours, simulated.holiday_hours).of(month));
    }
    if simulated.quarantine_hours > Hours::ZERO {
        inputs.push(Input::hours(Quantity::QuarantineHours, simulated.quarantine_hours).of(month));
    }
    if applied.is_some() {
        inputs.push(Input::hours(Quantity::DayHours, book.day_hours.value));
    }
    let rows = [book.month_hours.row, book.minimum_hours.row, book.day_hours.row];
    let deducted = applied.is_some() || simulated.holiday_hours > Hours::ZERO;
    let rows = if deducted { &rows[..] } else { &rows[..2] };
    tracer.step(Figure::PlannedPayableHours(month), Rule::SimulationMonth, rows, inputs);

    let payable = Input::hours(Quantity::PayableHours, simulated.payable_hours).of(month);
    let mut inputs = Vec::with_capacity(8);
    inputs.extend([payable, month_hours]);
    if let Some(rate) = rate {
        rate.explain(month, simulated.payable_hours, hours_before, &mut inputs);
    }
    if let Some(amount) = applied.and_then(|karens| karens.amount) {
        inputs.push(Input::money(Quantity::DayAmount, amount).of(month));
    }
    let rule = if rate.is_some() { Rule::PayoutGross } else { Rule::RateUnknown };
    let rows = rate.into_iter().flat_map(MonthRate::rows).chain([book.month_hours.row]);
    tracer.step_of(Figure::PlannedGross(month), rule, rows, inputs);
    tracer.rounded(simulated.gross);

    if let Some(karens) = simulated.karens {
        let mut inputs = vec![
            Input::month(Quantity::WindowFrom, karens.window_from),
            Input::month(Quantity::WindowTo, karens.window_to),
            Input::hours(Quantity::WorkHours, karens.work_hours),
            Input::hours(Quantity::ThresholdHours, karens.threshold_hours),
        ];
        let rows = [book.karens_threshold.row, book.karens_months.row, book.day_hours.row];
        if let Some(amount) = karens.amount {
            inputs.push(Input::hours(Quantity::DayHours, book.day_hours.value));
            inputs.push(month_hours);
            inputs.push(Input::money(Quantity::DayAmount, amount));
            tracer.step(Figure::PlannedKarens(month), Rule::KarensDay, &rows, inputs);
        } else {
            let figure = Figure::PlannedKarens(month);
            tracer.step(figure, Rule::KarensState, &rows[..2], inputs);
        }
    }
}

pub(super) fn outcome(
    tracer: &mut Tracer,
    book: &Book,
    plan: &Plan,
    months: &[SimulatedMonth],
    outcome: &Outcome,
) {
    let mut planned = vec![
        Input::date(Quantity::PlanFrom, plan.from),
        Input::hours(Quantity::WeeklyHours, plan.weekly_hours),
        Input::count(Quantity::Weeks, plan.weeks.into()),
    ];
    planned.extend(plan.part_time_from.map(|from| Input::month(Quantity::PartTimeFrom, from)));
    let with_plan = |more: &[Input]| [&planned[..], more].concat();
    let work = months.iter().map(|month| month.work_hours).sum();

    let weeks = months.iter().any(|month| month.supplementary_weeks > 0).then(|| {
        let used = match outcome.supplementary_weeks_used {
            Some(weeks) => Input::count(Quantity::WeeksUsed, weeks.into()),
            None => Input::unknown(Quantity::WeeksUsed),
        };
        [used, Input::count(Quantity::WeeksLimit, book.supplementary_weeks.value.into())]
    });
    let more: Vec<Input> = months
        .first()
        .map(|first| Input::month(Quantity::FirstMonth, first.month))
        .into_iter()
        .chain([
            Input::hours(Quantity::PaidHours, outcome.paid_hours_total),
            Input::hours(Quantity::EntitledHours, book.entitled_hours.value),
            Input::hours(Quantity::ExtensionHoursUsed, outcome.extension_hours_used),
            Input::count(Quantity::Days, outcome.karens_days.into()),
        ])
        .chain(weeks.into_iter().flatten())
        .collect();
    let rows = [book.entitled_hours.row, book.frame_months.row, book.extension_limit.row];
    tracer.step(Figure::OutcomeEnd, Rule::SimulationEnd, &rows, with_plan(&more));

    let more = [
        Input::hours(Quantity::WorkHours, work),
        Input::count(Quantity::HoursPerWorkHour, book.hours_per_work_hour.value.into()),
        Input::hours(Quantity::ExtensionLimitHours, book.extension_limit.value),
    ];
    let rows = [book.hours_per_work_hour.row, book.extension_limit.row];
    tracer.step(Figure::OutcomeExtension, Rule::SimulationExtension, &rows, with_plan(&more));

    let ends = months.iter().filter_map(|month| Some((month.month, month.karens?)));
    let windows = |month: Month| Input::month(Quantity::WindowTo, month).of(month);
    let more: Vec<Input> = ends.map(|(month, _)| windows(month)).collect();
    let rows = [book.karens_threshold.row, book.karens_months.row];
    let inputs = with_plan(&more);
    tracer.step(Figure::OutcomeKarensDays, Rule::SimulationKarens, &rows, inputs.clone());
    tracer.step(Figure::OutcomeKarensAvoided, Rule::SimulationKarens, &rows, inputs);

    let more = [Input::hours(Quantity::RequiredHours, book.required_hours.value)];
    let rows = [book.required_hours.row];
    let rule = Rule::SimulationRequalification;
    tracer.step(Figure::OutcomeRequalified, rule, &rows, with_plan(&more));

    let paid = months
        .iter()
        .filter_map(|month| Some(Input::money(Quantity::GrossTotal, month.gross?).of(month.month)));
    let rows = [book.month_hours.row];
    tracer.step(Figure::OutcomeGross, Rule::SimulationGross, &rows, paid.collect());
    let mut amounts = months.iter().filter_map(|month| month.gross);
    tracer.rounded(amounts.find(|gross| gross.hundredths() % 100 != 0));
}

/// What else than months is in doubt.
#[derive(Clone, Copy)]
pub(super) struct InDoubt {
    /// The end: it would be another month if karens days were used up.
    pub(super) end: bool,
    /// A new period: older hours would count if months away made its window longer.
    pub(super) window: bool,
    /// Everything: the hours of the period are not confirmed.
    pub(super) period: bool,
}

/// Marks what hangs on something the sources leave open: used hours converted to part time, a rate
/// carried into another year, karens days that may be used up, benefit beside work when the weeks of
/// it may be used up, the hours of a period that are not confirmed.
pub(super) fn doubts(
    tracer: &mut Tracer,
    plan: &Plan,
    months: &[SimulatedMonth],
    outcome: &Outcome,
    in_doubt: InDoubt,
) {
    let carried = |at: Month| {
        let at = months.binary_search_by_key(&at, |month| month.month);
        at.is_ok_and(|at| months[at].rate_carried_forward)
    };
    let any_carried = months.iter().any(|month| month.rate_carried_forward);
    // From the earlier of the two months on nothing is sure.
    let from = [plan.part_time_from, outcome.supplementary_limit_month].into_iter().flatten().min();
    let open = |at: Month| in_doubt.period || from.is_some_and(|from| at >= from);
    let any_open = in_doubt.period || months.last().is_some_and(|month| open(month.month));
    tracer.unconfirm(|figure| match figure {
        Figure::PlannedGross(month) => open(month) || carried(month),
        Figure::PlannedPayableHours(month) | Figure::PlannedKarens(month) => open(month),
        Figure::OutcomeGross => any_open || any_carried || in_doubt.end,
        Figure::OutcomeEnd => any_open || in_doubt.end,
        Figure::OutcomeRequalified => any_open || in_doubt.window,
        Figure::OutcomeExtension | Figure::OutcomeKarensDays | Figure::OutcomeKarensAvoided => {
            any_open
        }
        _ => false,
    });
}
