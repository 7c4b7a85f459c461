//! From a case to an account: every rule once, in order, with its trace.
//!
//! The definitions are those of the contract (`evaluate`), rule by rule in the modules named
//! after them. A citizen of dagpenge whose day of placement is unknown gets no period, account,
//! requalification or karens: they all count from that day.

use crate::account::{Account, Supplementary};
use crate::book::Book;
use crate::case::{Case, Scheme};
use crate::check::{CaseErrors, CaseProblem, Problem};
use crate::employment_account::{self, work_input};
use crate::history::History;
use crate::period::{self, Consumption};
use crate::trace::{Figure, Input, Quantity, Rule};
use crate::tracer::Tracer;
use crate::units::Month;
use crate::{karens, law, payout, social_assistance};

/// Figures of an account that are not of one month.
const FIXED_FIGURES: usize = 24;

/// Computes one citizen's account.
///
/// # Errors
/// Every problem of the case, each with a JSON pointer and a sentence.
///
/// # Examples
/// ```
/// let case = serde_json::from_str(
///     r#"{"as_of": "2026-10-11", "scheme": "dagpenge", "placed_on": "2026-03-01",
///         "monthly_rate": 22041.00,
///         "months": [{"month": "2026-03", "work_hours": 50, "paid_hours": 110.33, "settled": true}]}"#,
/// )?;
/// let account = jobnet_rules::evaluate::evaluate(&case).unwrap();
/// assert_eq!(account.period.unwrap().remaining_hours.to_string(), "3737.67");
/// assert_eq!(account.payouts[0].gross.unwrap().to_string(), "15167.36");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn evaluate(case: &Case) -> Result<Account, CaseErrors> {
    let problems = case.check();
    if !problems.is_empty() {
        return Err(CaseErrors(problems));
    }
    let history = History::of(case);
    let mut tracer = Tracer::with_capacity(FIXED_FIGURES + 3 * history.all.len());
    let mut account = Account {
        rules_as_of: case.as_of,
        period: None,
        account: None,
        requalification: None,
        karens: None,
        supplementary: None,
        payouts: Vec::new(),
        social_assistance: None,
        unknown_hours_months: unknown_hours(&history, &mut tracer),
        trace: Vec::new(),
    };
    if case.scheme == Scheme::SocialAssistance {
        let (months, payouts) = social_assistance::social_assistance(case, &history, &mut tracer);
        account.social_assistance = Some(months);
        account.payouts = payouts;
    } else {
        let book = Book::of(case, case.insurance).ok_or_else(|| before_the_rules(case))?;
        insured(case, &history, &book, &mut account, &mut tracer);
    }
    account.trace = tracer.into_steps();
    Ok(account)
}

fn before_the_rules(case: &Case) -> CaseErrors {
    let problem = Problem::BeforeTheRules { as_of: case.as_of, first: law::FIRST_DAY };
    CaseErrors(vec![CaseProblem { pointer: "/as_of".to_owned(), problem }])
}

fn insured(
    case: &Case,
    history: &History<'_>,
    book: &Book,
    account: &mut Account,
    tracer: &mut Tracer,
) {
    if let Some(placed_on) = case.placed_on {
        let placed = Month::of(placed_on);
        let used = Consumption::of(&history.counting, book.entitled_hours.value);
        account.period = Some(period::period(history, placed_on, book, used, tracer));
        let employment = employment_account::account(history, case.as_of, book, used, tracer);
        let counted = employment.work_hours;
        account.account = Some(employment);
        account.requalification =
            Some(employment_account::requalification(history, placed, book, counted, tracer));
        employment_account::doubt_drawn(book, used, tracer);
        account.karens = Some(karens::karens(history, placed, book, tracer));
    }
    account.supplementary = Some(supplementary(case, book, tracer));
    account.payouts = payout::payouts(case, history, book, tracer);
}

/// The weeks used are what the fund reports; the rules of more weeks are in
/// `supplementary`.
fn supplementary(case: &Case, book: &Book, tracer: &mut Tracer) -> Supplementary {
    let weeks_limit = book.supplementary_weeks.value;
    let row = [book.supplementary_weeks.row];
    let limit = Input::count(Quantity::WeeksLimit, weeks_limit.into());
    let used = match case.supplementary_weeks_used {
        Some(weeks) => Input::count(Quantity::WeeksUsed, weeks.into()),
        None => Input::unknown(Quantity::WeeksUsed),
    };
    tracer.step(Figure::WeeksLimit, Rule::SupplementaryLimit, &row, vec![limit]);
    tracer.step(Figure::WeeksUsed, Rule::SupplementaryUsed, &[], vec![used]);
    Supplementary {
        weeks_limit: weeks_limit.unsigned_abs(),
        weeks_used: case.supplementary_weeks_used,
    }
}

fn unknown_hours(history: &History<'_>, tracer: &mut Tracer) -> Vec<Month> {
    let unknown = || history.counting.iter().filter(|month| month.work_hours.is_none());
    let inputs = unknown().map(|month| work_input(month)).collect();
    tracer.step(Figure::UnknownHoursMonths, Rule::UnknownHours, &[], inputs);
    unknown().map(|month| month.month).collect()
}
