//! What a caseworker has before her. Names and search texts are personal: they are never in an
//! address, and here only until somebody else signs in.

use std::sync::Arc;

use jobnet_api::account::AccountAnswer;
use jobnet_api::casework::{Caseload, CaseloadQuery, CitizenCard};
use jobnet_api::unblinding::Unblinding;

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
}

/// A request for guest access as typed so far.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct GuestDraft {
    /// The CPR number as typed.
    pub cpr: String,
    /// Why.
    pub reason: String,
}
