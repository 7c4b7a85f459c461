//! What somebody has typed but not sent, and the place a caseworker comes back to. It outlives the
//! page, a lost connection, the end of the session and a change of language; it is never stored
//! outside memory.

use jobnet_api::understanding::Answer;
use leptos::prelude::*;

use super::{GuestDraft, List, Visit};

/// A report of missing hours as typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportDraft {
    /// The month chosen, `YYYY-MM`.
    pub month: String,
    /// The hours as typed.
    pub hours: String,
    /// Her words.
    pub note: String,
    /// The key that makes sending again harmless; empty until it is sent the first time.
    pub idempotency_key: String,
}

/// Everything typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Drafts {
    /// “Her mangler timer”.
    pub hours_report: RwSignal<ReportDraft>,
    /// A caseworker's list.
    pub list: RwSignal<List>,
    /// The citizen a caseworker looks at.
    pub visit: RwSignal<Option<Visit>>,
    /// “Gæsteadgang”.
    pub guest: RwSignal<GuestDraft>,
    /// What she has chosen of the questions about her own account.
    pub understanding: RwSignal<Vec<Answer>>,
    /// Whether changes of her checklist, or notes she has typed, wait: its page keeps them itself.
    pub checklist: RwSignal<bool>,
    /// Whether something waits that its page keeps itself: a researcher's draft, answers of the
    /// preparation form. It forgets what it keeps when this becomes false.
    pub waits: RwSignal<bool>,
}

impl Drafts {
    /// Whether nothing is typed.
    pub fn is_empty(self) -> bool {
        self.hours_report.with(|report| *report == ReportDraft::default())
            && self.guest.with(|guest| *guest == GuestDraft::default())
            && self.understanding.with(Vec::is_empty)
            && !self.checklist.get()
            && !self.waits.get()
    }

    /// Forgets what a caseworker was shown of others; what she asked for waits.
    pub fn forget_others(self) {
        self.list.update(|list| list.answer = None);
        self.visit.set(None);
    }

    /// Forgets everything: another person signs in, or she signs out.
    pub fn clear(self) {
        self.hours_report.set(ReportDraft::default());
        self.list.set(List::default());
        self.visit.set(None);
        self.guest.set(GuestDraft::default());
        self.understanding.set(Vec::new());
        self.checklist.set(false);
        self.waits.set(false);
    }
}
