//! What the pages of caseworkers say: one struct for each page, filled once per language. They are
//! in none of the first file's texts: only a later file reaches them.

use super::account_messages::texts;
use super::{Language, da, en};

/// Every text of the pages of caseworkers.
#[derive(Clone, Copy, Debug)]
pub struct CaseworkMessages {
    /// The list of citizens.
    pub list: &'static CaseloadTexts,
    /// One citizen, for her caseworker.
    pub visit: &'static VisitTexts,
    /// A citizen on one page, to talk over.
    pub talk: &'static TalkTexts,
    /// Guest access.
    pub guest: &'static GuestTexts,
}

impl Language {
    /// The texts of the pages of caseworkers.
    pub const fn casework(self) -> CaseworkMessages {
        match self {
            Self::Danish => da::CASEWORK,
            Self::English => en::CASEWORK,
        }
    }
}

texts! {
    /// The list of citizens.
    CaseloadTexts {
        /// Heading.
        title,
        /// Whose they are, and that looking is recorded.
        lead,
        /// The same when the organisation is not known.
        lead_plain,
        /// As of when the figures are.
        as_of,
        /// The figures were never computed.
        as_of_none,
        /// They are being computed anew.
        renewing,
        /// Label of the search.
        search,
        /// How to search.
        search_hint,
        /// Name of the group of filters.
        filters,
        /// Only those whose caseworker she is.
        mine,
        /// Filter.
        ends_soon,
        /// Filter.
        karens_ahead,
        /// Filter.
        new,
        /// Filter.
        sick,
        /// How many.
        count,
        /// One.
        count_one,
        /// Nobody fits.
        none,
        /// What to do then.
        none_text,
        /// Forgets search and filters.
        reset,
        /// The list is on its way.
        loading,
        /// The list could not be fetched; the last one stays.
        failed,
        /// Caption of the table.
        caption,
        /// Label of the choice on a phone.
        sort,
        /// Toggle on a phone.
        largest_first,
        /// Column.
        name,
        /// Under the name.
        born,
        /// Under the name.
        sick_since,
        /// Column.
        scheme,
        /// Column.
        registered,
        /// Column.
        left,
        /// Column.
        runs_out,
        /// Column.
        karens,
        /// Under the hours.
        karens_until,
        /// Enough hours.
        karens_avoided,
        /// A day is deducted.
        karens_applies,
        /// Not known.
        unknown,
        /// There is none, for screen readers.
        none_mark,
        /// Column.
        deadline,
        /// Column.
        caseworker,
        /// Benefit.
        dagpenge,
        /// Benefit.
        graduate,
        /// Benefit.
        assistance,
        /// Deadline.
        meeting_fund,
        /// Deadline.
        meeting_job_centre,
        /// Deadline.
        cv,
        /// Deadline.
        card,
        /// Deadline.
        book,
        /// Name of the paging.
        pages,
        /// Which page.
        page,
        /// The page before.
        previous,
        /// The page after.
        next,
        /// Rows a page.
        page_size,
    }
}

texts! {
    /// One citizen, for her caseworker.
    VisitTexts {
        /// Name of the banner.
        about,
        /// Whose page it is.
        whose,
        /// When she was born.
        born,
        /// Her caseworker.
        handled_by,
        /// That the look is recorded, and what she may do.
        recorded,
        /// That the citizen was hers once, and up to when.
        former,
        /// As a guest.
        guest,
        /// Back to the list.
        back,
        /// Name of the navigation.
        parts,
        /// Part.
        overview,
        /// Part.
        hours,
        /// Part.
        rights,
        /// Part.
        profile,
        /// Part.
        talk,
        /// Opens the question for a reason, and its heading.
        unblind,
        /// What it shows.
        unblind_what,
        /// Who can see that it happened.
        unblind_recorded,
        /// Leaves it.
        unblind_close,
        /// Label of the reason.
        unblind_why,
        /// Asks for it.
        unblind_go,
        /// It is on its way.
        unblind_going,
        /// It was not shown: heading.
        unblind_failed,
        /// What was done.
        unblinded,
        /// How a trial has it: `{way}`, `{side}`.
        unblinded_arm,
        /// Side: earned.
        unblinded_earned,
        /// Side: lacking.
        unblinded_lacking,
        /// What she must not say.
        unblinded_keep,
        /// No trial decides it, or it is not told.
        unblinded_none,
        /// Back to the standard presentation.
        blind_again,
        /// On its way.
        loading,
        /// Nobody, or not hers: heading.
        missing,
        /// What it means.
        missing_text,
        /// Way to guest access.
        to_guest,
        /// A page that is not for her: heading.
        refused,
        /// What it means.
        refused_text,
        /// The way home.
        home,
    }
}

texts! {
    /// A citizen on one page, to talk over.
    TalkTexts {
        /// Heading.
        title,
        /// Who the figures are from, and as of when.
        source,
        /// Prints.
        print,
        /// Heading.
        figures,
        /// Caption.
        caption,
        /// Row.
        left,
        /// Row.
        used,
        /// Row.
        runs_out,
        /// Row.
        frame,
        /// Row.
        karens,
        /// Row.
        karens_to,
        /// Row.
        account,
        /// A number of hours.
        hours_value,
        /// Heading.
        deadlines,
        /// A deadline.
        deadline,
        /// None.
        no_deadlines,
        /// Heading.
        questions,
        /// Where they come from.
        questions_from,
        /// A month with unknown hours.
        unknown,
        /// Karens can be avoided.
        karens_open,
        /// The benefit ends soon.
        ends,
        /// The frame ends soon.
        frame_ends,
        /// She is sick.
        sick,
        /// A sanction is not served.
        sanction,
        /// A deadline has passed.
        overdue,
        /// She wrote about missing hours.
        report,
        /// Nothing stands out.
        no_questions,
    }
}

texts! {
    /// Guest access.
    GuestTexts {
        /// Heading.
        title,
        /// What it is.
        lead,
        /// That it is recorded.
        recorded,
        /// Field.
        cpr,
        /// How to write it.
        cpr_hint,
        /// Field.
        reason,
        /// How much.
        reason_hint,
        /// Sends.
        send,
        /// Under way.
        sending,
        /// Not a number.
        error_cpr,
        /// Nothing written.
        error_no_reason,
        /// Too long.
        error_reason,
        /// Nobody has this number.
        nobody,
        /// Could not be sent: heading.
        failed,
        /// Given: heading.
        given,
        /// How long.
        given_until,
        /// Way to the citizen.
        see,
    }
}
