//! How much of karantæne is served, decision by decision, where two registers tell of it: that of
//! sanctions tells how much of a decision is served, that of benefits how much each month served.
//! Either may be ahead, and what is known of an old decision must not hide a new one.
//!
//! Decisions are gone through oldest first, each from its own month on; first the months before the
//! next decision, then the later ones:
//!
//! 1. Hours that a month served belong to the oldest decision that has hours left.
//! 2. What the register of sanctions tells beyond them was served in months that carry none, as far
//!    as they had room: a full month less work and paid hours; none in a month away.
//!
//! By hand: of 111 hours of 2023 the register has 111 as served, of 111 hours of September 2026
//! nothing, and September served 50. 2023 had room for its 111, so 222 − 111 − 50 = 61 are left.
//!
//! **Source**: lov om arbejdsløshedsforsikring § 63; VEJ 9627 af 2021.

use chrono::NaiveDate;

use crate::case::{Case, CaseMonth};
use crate::history::History;
use crate::law::{Key, fact_for};
use crate::units::{Hours, Month};

/// A decision on karantæne, as the register of sanctions has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// Its hours.
    pub hours: Hours,
    /// Hours of it that are served; `None`: the register does not tell.
    pub told: Option<Hours>,
}

/// What a month served, and what it could have served besides.
struct Slot {
    month: Month,
    served: Hours,
    room: Hours,
}

/// Hours of each decision that are served on the day of the case, by either register.
///
/// `decisions` are oldest first. What no register tells counts as not served.
pub fn served(case: &Case, decisions: &[Decision]) -> Vec<Hours> {
    let told = |decision: &Decision| decision.told.unwrap_or_default();
    let known: Vec<Decision> = decisions
        .iter()
        .map(|decision| Decision { told: Some(told(decision)), ..*decision })
        .collect();
    let slots = slots(case, &known, Month::of(case.as_of).plus(1), |_| false);
    let served = attribute(&known, slots);
    known.iter().zip(served).map(|(decision, served)| served.max(told(decision))).collect()
}

/// Hours that a simulation has to serve beside those of the months it plays, which carry
/// their own; `None`: none, or no placement to simulate from.
///
/// `decisions` are oldest first. Only what lies before the first month played is served: what the
/// register of sanctions tells beyond that is served again in the months played, and so uses up the
/// period. A month that is not settled but lies before them is neither settled nor played: its hours
/// are left, too. Where nobody tells what is served of a decision, all that the months before had
/// room for is assumed served: an old decision is not taken from the months to come.
pub fn left_to_simulate(case: &Case, decisions: &[Decision]) -> Option<Hours> {
    let history = History::of(case);
    let placed = history.placed?;
    let first = history.next_month().max(placed);
    let skipped = |month: &CaseMonth| !month.settled && (placed..first).contains(&month.month);
    let served: Hours =
        attribute(decisions, slots(case, decisions, first, skipped)).into_iter().sum();
    let decided: Hours = decisions.iter().map(|decision| decision.hours).sum();
    Some(decided - served).filter(|left| *left > Hours::ZERO)
}

/// The months from the first decision on. Those from `until` on have no room; those `skipped` served
/// nothing.
fn slots(
    case: &Case,
    decisions: &[Decision],
    until: Month,
    skipped: impl Fn(&CaseMonth) -> bool,
) -> Vec<Slot> {
    let Some(first) = decisions.first() else { return Vec::new() };
    let (full, part) = (Key::MonthHoursFullTime, Key::MonthHoursPartTime);
    let full = fact_for::<Hours>(case.insurance, full, part, case.as_of);
    let full = full.map_or(Hours::ZERO, |fact| fact.value);
    let last = case.months.iter().map(|known| known.month.plus(1)).max();
    let end = last.map_or(until, |last| last.max(until));
    let slot = |index: i32| {
        let month = Month::from_index(index);
        let known = case.months.iter().find(|known| known.month == month);
        let served = known.filter(|known| !skipped(known)).map(|known| known.quarantine_hours);
        let room = match known {
            _ if month >= until => Hours::ZERO,
            None => full,
            Some(known) => {
                let carries = known.quarantine_hours > Hours::ZERO;
                let not_paid = full - known.work_hours.unwrap_or_default();
                if carries || known.away.is_some() || skipped(known) {
                    Hours::ZERO
                } else {
                    (not_paid - known.paid_hours.unwrap_or_default()).or_zero()
                }
            }
        };
        Slot { month, served: served.unwrap_or_default(), room }
    };
    (Month::of(first.decided_on).index()..end.index()).map(slot).collect()
}

/// Hours of each decision that the months served or had room for.
fn attribute(decisions: &[Decision], mut slots: Vec<Slot>) -> Vec<Hours> {
    let months = decisions.iter().map(|decision| Month::of(decision.decided_on));
    let next = months.skip(1).map(Some).chain([None]);
    let mut all = Vec::with_capacity(decisions.len());
    for (decision, next) in decisions.iter().zip(next) {
        let from = Month::of(decision.decided_on);
        let (mut by_months, mut served) = (Hours::ZERO, Hours::ZERO);
        for before_next in [true, false] {
            let of =
                |month: Month| month >= from && next.is_none_or(|next| month < next) == before_next;
            for slot in slots.iter_mut().filter(|slot| of(slot.month)) {
                by_months += take(&mut slot.served, decision.hours - served - by_months);
            }
            let unknown = if by_months > Hours::ZERO { Hours::ZERO } else { decision.hours };
            let told = decision.told.unwrap_or(unknown).min(decision.hours);
            for slot in slots.iter_mut().filter(|slot| of(slot.month)) {
                served += take(&mut slot.room, told - served - by_months);
            }
        }
        all.push(served + by_months);
    }
    all
}

/// Takes as much of what is wanted as there is.
fn take(from: &mut Hours, wanted: Hours) -> Hours {
    let taken = (*from).min(wanted).or_zero();
    *from -= taken;
    taken
}
