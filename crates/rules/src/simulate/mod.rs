//! What happens if: a plan played through month by month with the rules of [`crate::evaluate`].
//!
//! It knows of plans and months, not of sliders or charts. What the sources leave open is decided
//! here and said where it is: planned hours fall on Monday to Friday; months already reported but
//! not settled keep what is known of them; a karens day is neither paid nor used up; the account
//! opens only when the period's hours are exhausted; a month whose rate is not known yet is paid
//! by the newest rate known; part-time insurance converts used hours, and those of karantæne left,
//! month for month; a week of the plan belongs to the month it begins in; of work reported but not
//! settled every week of the month may be one with benefit; benefit goes on beside work when the
//! weeks of it (supplerende dagpenge) may be used up, for weeks older than 104 no longer count. A
//! figure that hangs on karens days, a carried rate, a change to part time or those weeks has the
//! status `unconfirmed` in its trace: the end of the right only where it would be another month if
//! karens days were used up, and everything from the first month on whose weeks of work may be more
//! than the limit. So has everything where the hours of the period are not confirmed.
//!
//! Not counted are shortening, excess hours, more and new supplementary weeks, supplements of the
//! rate, work requirements and the income requirement.

mod explain;
mod karens_day;
mod plan;
mod run;
mod types;

pub use types::{
    Holiday, KarensResult, Outcome, Plan, SimulatedKarens, SimulatedMonth, Simulation,
    SimulationEnd,
};

use crate::book::Book;
use crate::case::{Case, Insurance, Scheme};
use crate::check::{CaseErrors, CaseProblem, Problem, Problems, known_year};
use crate::trace::Status;
use crate::tracer::Tracer;
use crate::units::{Hours, MAX_HUNDREDTHS, Money, Month};

/// Plays a plan from the month after the last settled one to the end of the right, beside the same
/// months without it.
///
/// # Errors
/// The problems of the case (pointers into the case) and of the plan (pointers from `/plan` on);
/// a citizen without unemployment insurance or day of placement cannot be simulated.
///
/// # Examples
/// ```
/// use jobnet_rules::simulate::{Plan, simulate};
/// let case = serde_json::from_str(
///     r#"{"as_of": "2026-10-11", "scheme": "dagpenge", "placed_on": "2026-03-01"}"#,
/// )?;
/// let plan: Plan = serde_json::from_str(
///     r#"{"from": "2026-11-02", "weekly_hours": 20, "weeks": 26}"#,
/// )?;
/// let simulation = simulate(&case, &plan).unwrap();
/// assert!(simulation.outcome.ends_month > simulation.baseline.ends_month);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn simulate(case: &Case, plan: &Plan) -> Result<Simulation, CaseErrors> {
    let mut problems = check_case(case);
    problems.extend(check_plan(plan));
    if !problems.is_empty() {
        return Err(CaseErrors(problems));
    }
    Simulator::of_checked(case)?.play_checked(plan)
}

/// A case that plans are played with, one after the other: what no plan changes is computed once.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulator {
    case: Case,
    baseline: Outcome,
}

impl Simulator {
    /// Ready for plans.
    ///
    /// # Errors
    /// The problems of the case, as [`simulate`] gives them.
    pub fn new(case: &Case) -> Result<Self, CaseErrors> {
        let problems = check_case(case);
        if problems.is_empty() { Self::of_checked(case) } else { Err(CaseErrors(problems)) }
    }

    /// Plays a plan: the same as [`simulate`].
    ///
    /// # Errors
    /// The problems of the plan, as [`simulate`] gives them.
    pub fn play(&self, plan: &Plan) -> Result<Simulation, CaseErrors> {
        let problems = check_plan(plan);
        if problems.is_empty() { self.play_checked(plan) } else { Err(CaseErrors(problems)) }
    }

    fn of_checked(case: &Case) -> Result<Self, CaseErrors> {
        let nothing = run::Run::of(case, &Plan::nothing(case.as_of)).ok_or_else(not_simulated)?;
        let (unplanned, ends, by) = nothing.finish(None);
        let book = Book::of(case, case.insurance).ok_or_else(not_simulated)?;
        Ok(Self { case: case.clone(), baseline: outcome(case, &book, &unplanned, ends, by) })
    }

    fn play_checked(&self, plan: &Plan) -> Result<Simulation, CaseErrors> {
        let case = &self.case;
        let insurance = plan.part_time_from.map_or(case.insurance, |_| Insurance::PartTime);
        let book = Book::of(case, insurance).ok_or_else(not_simulated)?;

        let mut tracer = Tracer::with_capacity(STEPS);
        let run = run::Run::of(case, plan).ok_or_else(not_simulated)?;
        let (months, ends, by) = run.finish(Some(&mut tracer));
        let outcome = outcome(case, &book, &months, ends, by);
        let end_in_doubt = outcome.karens_days > 0 && {
            let run = run::Run::of(case, plan).ok_or_else(not_simulated)?;
            let (_, other_end, _) = run.with_karens_used_up().finish(None);
            other_end != ends
        };
        // The law makes the window of a new period longer for months away; here it is not.
        let decided = outcome.requalified_in.or(months.last().map(|month| month.month));
        let window_in_doubt = case.months.iter().any(|month| month.away.is_some())
            && case.placed_on.zip(decided).is_some_and(|(placed_on, decided)| {
                decided.since(Month::of(placed_on)) >= book.requalification_months.value
            });
        let in_doubt = explain::InDoubt {
            end: end_in_doubt,
            window: window_in_doubt,
            period: book.entitled_hours.row.status == Status::Unconfirmed,
        };
        explain::outcome(&mut tracer, &book, plan, &months, &outcome);
        explain::doubts(&mut tracer, plan, &months, &outcome, in_doubt);
        let baseline = self.baseline.clone();
        Ok(Simulation { months, outcome, baseline, trace: tracer.into_steps() })
    }
}

fn not_simulated() -> CaseErrors {
    CaseErrors(vec![CaseProblem { pointer: String::new(), problem: Problem::NotSimulated }])
}

fn check_case(case: &Case) -> Vec<CaseProblem> {
    let mut problems = case.check();
    if case.scheme == Scheme::SocialAssistance || case.placed_on.is_none() {
        problems.extend(not_simulated().0);
    }
    problems
}

/// Steps of a trace of three years.
const STEPS: usize = 96;

fn check_plan(plan: &Plan) -> Vec<CaseProblem> {
    let mut problems = Problems::new();
    if !known_year(plan.from) {
        problems.add("/plan/from", Problem::Date(plan.from.to_string()));
    }
    let hours = plan.weekly_hours;
    if hours < Hours::ZERO {
        problems.add("/plan/weekly_hours", Problem::Negative(hours.to_string()));
    } else if hours.hundredths() > MAX_HUNDREDTHS {
        problems.add("/plan/weekly_hours", Problem::TooLarge(hours.to_string()));
    }
    for (index, holiday) in plan.holidays.iter().enumerate() {
        for (field, day) in [("from", holiday.from), ("to", holiday.to)] {
            if !known_year(day) {
                let pointer = format!("/plan/holidays/{index}/{field}");
                problems.add(pointer, Problem::Date(day.to_string()));
            }
        }
        if holiday.to < holiday.from {
            let problem = Problem::HolidayBackwards { from: holiday.from, to: holiday.to };
            problems.add(format!("/plan/holidays/{index}"), problem);
        }
    }
    if let Some(month) = plan.part_time_from.filter(|month| !known_year(month.first_day())) {
        problems.add("/plan/part_time_from", Problem::Date(month.to_string()));
    }
    problems.into_vec()
}

/// Weeks of supplementary benefit used in the end, and the first month with some that may be more
/// than the limit. A month in which the limit is reached is paid to its end.
fn supplementary(
    case: &Case,
    book: &Book,
    months: &[SimulatedMonth],
) -> (Option<u32>, Option<Month>) {
    let limit = book.supplementary_weeks.value.unsigned_abs();
    let mut used = case.supplementary_weeks_used;
    for month in months.iter().filter(|month| month.supplementary_weeks > 0) {
        match used {
            Some(weeks) if weeks < limit => used = Some(weeks + month.supplementary_weeks),
            _ => return (used, Some(month.month)),
        }
    }
    (used, None)
}

fn outcome(
    case: &Case,
    book: &Book,
    months: &[SimulatedMonth],
    ends_month: Option<Month>,
    ended_by: SimulationEnd,
) -> Outcome {
    let karens = |result| {
        let found = months.iter().filter(|month| month.karens.is_some_and(|k| k.result == result));
        u32::try_from(found.count()).unwrap_or(u32::MAX)
    };
    let work: Hours = months.iter().map(|month| month.work_hours).sum();
    let per_hour = i64::from(book.hours_per_work_hour.value);
    let earned = Hours::from_hundredths(work.hundredths().saturating_mul(per_hour));
    let paid_from_account = months.iter().map(|month| month.from_extension).sum();
    let unpaid = months.iter().filter(|month| month.gross.is_none()).count();
    let (supplementary_weeks_used, supplementary_limit_month) = supplementary(case, book, months);
    Outcome {
        ends_month,
        ended_by: Some(ended_by),
        extension_hours_earned: earned.min(book.extension_limit.value),
        extension_hours_used: paid_from_account,
        karens_days: karens(KarensResult::Applied) + karens(KarensResult::AppliedLate),
        karens_avoided: karens(KarensResult::Avoided),
        requalified_in: months.iter().find(|month| month.requalified).map(|month| month.month),
        supplementary_weeks_used,
        supplementary_limit_month,
        paid_hours_total: months.iter().map(|month| month.payable_hours).sum(),
        gross_total: months.iter().filter_map(|month| month.gross).sum::<Money>(),
        months_without_rate: u32::try_from(unpaid).unwrap_or(u32::MAX),
    }
}
