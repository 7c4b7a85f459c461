//! What the account pages say: one struct for each part, filled once per language.
//!
//! A text is a sentence with named places such as `{left}`; `pages::account::figure` puts figures
//! there, each marked with its path in the answer. The module must not know how a figure came
//! about. A missing text does not compile; tests check that both languages have the same places
//! and that the Danish prose is easy to read.

pub(crate) use jobnet_messages::texts;

use super::account_cases::{SocialTexts, WhatIfTexts};
use super::account_parts::{
    CounterTexts, ExplainTexts, HistoryTexts, MonthTexts, NewTexts, ReportTexts, SickTexts,
};
use super::{
    Language, account_cases_da, account_cases_en, account_da, account_en, account_parts_da,
    account_parts_en, english,
};

/// Every text of the account pages in one language.
#[derive(Clone, Copy, Debug)]
pub struct AccountMessages {
    /// The frame around the presentations.
    pub page: &'static PageTexts,
    /// The account in sentences.
    pub words: &'static WordTexts,
    /// The timeline and the table of months.
    pub months: &'static MonthTexts,
    /// Sickness, parental leave and care.
    pub sick: &'static SickTexts,
    /// Registered recently.
    pub new: &'static NewTexts,
    /// Social assistance.
    pub social: &'static SocialTexts,
    /// “What if”.
    pub what_if: &'static WhatIfTexts,
    /// “Sådan er tallet regnet”.
    pub explain: &'static ExplainTexts,
}

const DANISH: AccountMessages = AccountMessages {
    page: &account_da::PAGE,
    words: &account_da::WORDS,
    months: &account_parts_da::MONTHS,
    sick: &account_parts_da::SICK,
    new: &account_parts_da::NEW,
    social: &account_cases_da::SOCIAL,
    what_if: &account_cases_da::WHAT_IF,
    explain: &account_parts_da::EXPLAIN,
};

pub(super) static ENGLISH: AccountMessages = AccountMessages {
    page: &account_en::PAGE,
    words: &account_en::WORDS,
    months: &account_parts_en::MONTHS,
    sick: &account_parts_en::SICK,
    new: &account_parts_en::NEW,
    social: &account_cases_en::SOCIAL,
    what_if: &account_cases_en::WHAT_IF,
    explain: &account_parts_en::EXPLAIN,
};

/// Texts that only the other parts of the page need: nothing of the first may reach them.
macro_rules! later {
    ($($(#[$doc:meta])* $name:ident: $kind:ty = $area:ident;)*) => {
        impl Language {
            $($(#[$doc])*
            pub const fn $name(self) -> &'static $kind {
                match self {
                    Self::Danish => &account_parts_da::$area,
                    Self::English => &account_parts_en::$area,
                }
            })*
        }
    };
}

later! {
    /// “Her mangler timer”.
    report: ReportTexts = REPORT;
    /// The counters.
    counters: CounterTexts = COUNTERS;
    /// The figures as they stood on another day.
    history: HistoryTexts = HISTORY;
}

impl Language {
    /// The texts of the account pages. Inlined, so that a part of the page reaches only the texts
    /// it asks for: those of the other parts are not in the first.
    #[inline(always)]
    pub fn account(self) -> AccountMessages {
        match self {
            Self::Danish => DANISH,
            Self::English => english::there().map_or(DANISH, |english| *english.account),
        }
    }
}

texts! {
    /// The frame around the presentations.
    PageTexts {
        /// Heading of the page.
        title,
        /// Who the figures are from, and as of when.
        source,
        /// One register: who reports it and as of when.
        source_work_hours,
        /// As above.
        source_benefits,
        /// As above.
        source_sickness,
        /// As above.
        source_sanctions,
        /// As above.
        source_meetings,
        /// Rules: the day that picked them.
        source_rules,
        /// Label of the choice of presentation.
        choose,
        /// Helps to choose.
        choose_hint,
        /// Presentation: sentences.
        words,
        /// Presentation: counters.
        counters,
        /// Presentation: timeline.
        timeline,
        /// Presentation: what if.
        what_if,
        /// Amounts are before tax.
        before_tax,
        /// Opens the months as a table.
        in_a_table,
        /// The fund decides.
        fund_decides,
        /// Opens the calculation of a figure.
        how,
        /// Name of the calculation for screen readers, with the topic.
        how_of,
        /// An unknown number of hours.
        hours_unknown,
        /// An amount or date that is not known.
        not_known,
        /// Hours are hundredths, not minutes.
        hundredths,
        /// Sign that a figure rests on a number that no source confirmed.
        not_confirmed,
        /// Link to the page with every figure.
        see_all,
        /// Before the last of a list.
        and,
    }
}

texts! {
    /// The account in sentences: the answer first.
    WordTexts {
        /// Heading of the presentation.
        title,
        /// Takeaway: the hours run out first.
        ends_by_hours,
        /// Takeaway: the frame ends first.
        ends_by_frame,
        /// Takeaway, second sentence: what the account can give.
        then_extend,
        /// Takeaway: the frame has ended.
        frame_over,
        /// Takeaway: the hours are used and the account can extend.
        used_up_can_extend,
        /// Takeaway: nothing is left.
        used_up,
        /// Takeaway: no settled month yet.
        nothing_settled,
        /// Topic: hours of the period.
        period,
        /// Hours left.
        period_left,
        /// Hours used.
        period_used,
        /// What the hours mean.
        period_means,
        /// Topic: the frame.
        frame,
        /// Last day of the frame.
        frame_ends,
        /// What the frame means.
        frame_means,
        /// Topic: employment account.
        account,
        /// Hours on it.
        account_hours,
        /// Nothing on it.
        account_empty,
        /// What they can buy.
        account_buys,
        /// Extension already used.
        account_used,
        /// What the account means.
        account_means,
        /// Topic: requalification.
        requalification,
        /// Enough hours.
        requalification_met,
        /// Hours missing.
        requalification_missing,
        /// The same, told from what she has.
        requalification_earned,
        /// From when hours count.
        requalification_window,
        /// What a new period is.
        requalification_means,
        /// Topic: karens.
        karens,
        /// Hours so far, still open.
        karens_open,
        /// The same, told from what she has.
        karens_earned,
        /// The same, told from what she lacks.
        karens_lacking,
        /// Enough hours.
        karens_avoided,
        /// A day is deducted.
        karens_applies,
        /// A month has unknown hours.
        karens_unknown,
        /// The window.
        karens_window,
        /// What karens means.
        karens_means,
        /// Topic: supplementary benefit.
        supplementary,
        /// Weeks used.
        supplementary_used,
        /// Weeks not known.
        supplementary_unknown,
        /// What it means.
        supplementary_means,
        /// Topic: the newest payout.
        payout,
        /// Settled amount.
        payout_settled,
        /// Of a settled month, if the amount is not known.
        payout_settled_hours,
        /// Of a settled month, if the hours are not known.
        payout_settled_gross,
        /// Of a settled month, if neither is known.
        payout_settled_unknown,
        /// No payment was reported for a settled month.
        payout_not_paid,
        /// Amount not settled yet.
        payout_unsettled,
        /// Too few hours left.
        payout_below_minimum,
        /// Hours unknown.
        payout_hours_unknown,
        /// No rate known.
        payout_rate_unknown,
        /// What decides the amount.
        payout_means,
        /// Months with unknown hours.
        unknown_months,
        /// What to do about them.
        unknown_months_do,
    }
}
