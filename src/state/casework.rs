//! What a caseworker has before her. Names and search texts are personal: they are never in an
//! address, and here only until somebody else signs in.

use std::sync::Arc;

use jobnet_api::account::AccountAnswer;
use jobnet_api::casework::{Caseload, CaseloadQuery, CitizenCard};
use jobnet_api::unblinding::Unblinding;

use crate::platform::beat::Reading;

/// Her list as she left it, so that the way back from a citizen leads to the same place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// What she asks for.
    pub query: CaseloadQuery,
    /// The last answer.
    pub answer: Option<Arc<Caseload>>,
    /// The citizen she opened last.
    pub opened: Option<String>,
}

/// The citizen she looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// Who the citizen is.
    pub card: CitizenCard,
    /// The citizen's account.
    pub answer: Arc<AccountAnswer>,
    /// What the citizen is shown, if the caseworker has asked for it, with a reason.
    pub unblinding: Option<Unblinding>,
    /// When the answer came.
    pub heard: Reading,
}

/// How long one look counts for the citizen's other pages, **milliseconds**: a talk goes to and fro
/// between them. A page that is opened later asks anew, so that it is recorded, and a citizen who is
/// not hers any more, or a guest's access that has ended, is noticed.
const LOOK_LASTS: i64 = 5 * 60 * 1000;

impl Visit {
    /// Whether it is this citizen's, and another of her pages may be shown without asking anew. Of
    /// the two clocks the one that went further is believed.
    pub fn counts_for(&self, citizen: &str, now: Reading) -> bool {
        self.card.citizen == citizen && lasts(self.heard, now)
    }
}

fn lasts(heard: Reading, now: Reading) -> bool {
    let passed = (now.steady - heard.steady).max(now.wall - heard.wall);
    passed < LOOK_LASTS
}

/// A request for guest access as typed so far.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct GuestDraft {
    /// The CPR number as typed.
    pub cpr: String,
    /// Why.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_look_counts_for_five_minutes_by_either_clock() {
        const HEARD: Reading = Reading { steady: 5_000, wall: 1_795_000_000_000 };
        const FIVE: i64 = 300_000;
        for (steady, wall, expected) in [
            (0, 0, true),
            (FIVE - 1, FIVE - 1, true),
            (FIVE, FIVE, false),
            // The computer slept; its clock was set back, or forward.
            (1, FIVE, false),
            (FIVE, -FIVE, false),
            (1, 100 * FIVE, false),
            (1, -FIVE, true),
        ] {
            let now = Reading { steady: HEARD.steady + steady, wall: HEARD.wall + wall };
            assert_eq!(lasts(HEARD, now), expected, "{steady} {wall}");
        }
    }
}
