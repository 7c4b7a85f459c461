//! What the checklist says. It is in none of the first file's texts: only a later file reaches it.

use jobnet_checklist::item::{Evidence, Item, Phase, Sign};
use jobnet_checklist::mark::Reason;

use super::account_messages::texts;
use super::{Language, da, en};

/// What is said of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemText {
    /// What to do.
    pub title: &'static str,
    /// How.
    pub how: &'static str,
    /// Why.
    pub why: &'static str,
}

impl Language {
    /// The checklist.
    pub const fn checklist(self) -> &'static ChecklistTexts {
        match self {
            Self::Danish => &da::CHECKLIST,
            Self::English => &en::CHECKLIST,
        }
    }

    /// What is said of an item.
    pub const fn checklist_item(self, item: Item) -> ItemText {
        match self {
            Self::Danish => da::checklist_item(item),
            Self::English => en::checklist_item(item),
        }
    }
}

impl ChecklistTexts {
    /// The name of a phase.
    pub const fn phase(&self, phase: Phase) -> &'static str {
        match phase {
            Phase::Start => self.phase_start,
            Phase::Search => self.phase_search,
            Phase::Widen => self.phase_widen,
            Phase::Review => self.phase_review,
        }
    }

    /// What is known of whether it helps.
    pub const fn evidence(&self, evidence: Evidence) -> &'static str {
        match evidence {
            Evidence::Law => self.evidence_law,
            Evidence::Right => self.evidence_right,
            Evidence::PersonalHours => self.evidence_hours,
            Evidence::WiderSearch => self.evidence_wider,
            Evidence::OnlineAdvice => self.evidence_online,
            Evidence::GoodTalk => self.evidence_talk,
            Evidence::Advice => self.evidence_advice,
        }
    }

    /// What shows that an item is done.
    pub const fn sign(&self, sign: Sign) -> &'static str {
        match sign {
            Sign::ACv => self.sign_cv,
            Sign::AnApplication => self.sign_application,
            Sign::RecentApplications => self.sign_applications,
            Sign::ATalk => self.sign_talk,
            Sign::TheForm => self.sign_form,
            Sign::AMeasure => self.sign_measure,
            Sign::WorkBeside => self.sign_work,
        }
    }

    /// Why an item is not for her.
    pub const fn reason(&self, reason: Reason) -> &'static str {
        match reason {
            Reason::HasJob => self.reason_job,
            Reason::Otherwise => self.reason_otherwise,
            Reason::NotMyTrade => self.reason_trade,
            Reason::Health => self.reason_health,
            Reason::Other => self.reason_other,
        }
    }
}

texts! {
    /// The checklist.
    ChecklistTexts {
        /// Heading, and name of the page.
        title,
        /// What it is, and whose.
        lead,
        /// While it is fetched.
        loading,
        /// It could not be fetched.
        failed,
        /// Fetches it again.
        retry,
        /// How far she is: `{done}`, `{of}`.
        progress,
        /// Heading: what has changed.
        news,
        /// Since when: `{day}`.
        news_since,
        /// Phase.
        phase_start,
        /// Phase.
        phase_search,
        /// Phase.
        phase_widen,
        /// Phase.
        phase_review,
        /// The phase she is in.
        phase_now,
        /// Heading of what comes up later.
        ahead,
        /// Status.
        open,
        /// Status.
        overdue,
        /// Status.
        done,
        /// Status: the registers show it.
        seen_done,
        /// Status.
        not_for_me,
        /// Status: `{day}`.
        later,
        /// Status: it does not come up yet.
        not_yet,
        /// By when, by a rule: `{day}`.
        due_rule,
        /// By when, as advice: `{day}`.
        due_advice,
        /// How long it takes: `{minutes}`.
        minutes,
        /// It stands here because of her profile.
        for_profile,
        /// Heading: how.
        how,
        /// Heading: why.
        why,
        /// Marks it as done.
        mark_done,
        /// Takes that back.
        mark_open,
        /// Opens the choice of a reason.
        mark_not,
        /// Puts it off for a week.
        mark_later,
        /// Why it is not for her.
        ask_reason,
        /// Reason.
        reason_job,
        /// Reason.
        reason_otherwise,
        /// Reason.
        reason_trade,
        /// Reason.
        reason_health,
        /// Reason.
        reason_other,
        /// Label of the note.
        note,
        /// What the note is.
        note_hint,
        /// Stores the note.
        note_save,
        /// What goes with the item: more about it.
        more,
        /// State of a change.
        saving,
        /// State of a change.
        saved,
        /// State of a change: it waits for a connection.
        waiting,
        /// State of a change: the server refused it.
        refused,
        /// Sends it again.
        send_again,
        /// Known.
        evidence_law,
        /// Known.
        evidence_right,
        /// Known.
        evidence_hours,
        /// Known.
        evidence_wider,
        /// Known.
        evidence_online,
        /// Known.
        evidence_talk,
        /// Known.
        evidence_advice,
        /// What shows that it is done.
        sign_cv,
        /// What shows that it is done.
        sign_application,
        /// What shows that it is done.
        sign_applications,
        /// What shows that it is done.
        sign_talk,
        /// What shows that it is done.
        sign_form,
        /// What shows that it is done.
        sign_measure,
        /// What shows that it is done.
        sign_work,
        /// Link.
        go_hours,
        /// Link.
        go_profile,
        /// Link.
        go_rights,
        /// Link.
        go_jobnet,
        /// Heading: who sees it.
        sharing,
        /// She does not share it.
        sharing_off,
        /// She does.
        sharing_on,
        /// Shares it.
        share,
        /// Stops that.
        unshare,
        /// It could not be changed.
        sharing_failed,
        /// Heading for her caseworker.
        shared_title,
        /// What a shared list is, for her caseworker.
        shared_lead,
        /// While it is fetched for her caseworker.
        shared_loading,
        /// She has stopped sharing it.
        shared_no_longer,
        /// How far the citizen is: `{done}`, `{of}`.
        shared_progress,
        /// Status, for her caseworker.
        shared_not,
        /// Status, for her caseworker: `{day}`.
        shared_later,
    }
}
