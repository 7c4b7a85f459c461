//! The shape of all texts: one struct for each area of the app. The account pages keep their own
//! in `account_messages.rs`.

use super::account_messages::texts;

/// Every text of one language.
#[derive(Debug)]
pub struct Messages {
    /// Header, navigation, footer, states of every page.
    pub shell: &'static ShellTexts,
    /// Signed out, and the ways in.
    pub landing: &'static LandingTexts,
    /// Who the demo identities are.
    pub identities: &'static IdentityTexts,
    /// What matters now.
    pub overview: &'static OverviewTexts,
    /// Pages of staff.
    pub staff: &'static StaffTexts,
}

texts! {
    /// Header, navigation, footer, states of every page.
    ShellTexts {
        /// Title of the window.
        title,
        /// Name of the solution.
        name,
        /// Name of the portal it belongs to.
        portal,
        /// The same as a link home.
        portal_home,
        /// Who answers for it.
        authority,
        /// In the header: that the authority is not real.
        authority_role,
        /// In the footer: who answers for what.
        authority_long,
        /// Past the header.
        skip,
        /// Opens the menu on a phone.
        menu,
        /// Closes a dialog.
        close,
        /// Name of the navigation.
        main_menu,
        /// Name of the language switch.
        language,
        /// On every page.
        all_made_up,
        /// The same in a demo, where anyone can come in as anyone. Two lines at 320 px.
        demo,
        /// Opens the list of identities.
        switch_person,
        /// Says what the list does.
        switch_hint,
        /// Ends the session.
        sign_out,
        /// Page: overview.
        overview,
        /// Page: front page.
        front_page,
        /// Page: hours and benefits.
        hours,
        /// Page: her preparation form and profile.
        profile,
        /// Page: letters and receipts.
        letters,
        /// Page: rights and duties.
        rights,
        /// Page: the checklist.
        checklist,
        /// Page: her data.
        my_data,
        /// Page: rules.
        rules,
        /// Page: the ways in.
        sign_in,
        /// Page: accessibility statement.
        accessibility,
        /// Page: privacy.
        privacy,
        /// Page: unknown address.
        not_found,
        /// What an unknown address means.
        not_found_text,
        /// The way home.
        not_found_home,
        /// Figures are on their way.
        loading,
        /// No network: heading.
        offline_title,
        /// No network: what to do.
        offline_text,
        /// No network: line over the page.
        offline_notice,
        /// The server failed: heading.
        server_title,
        /// The server failed: what to do.
        server_text,
        /// Tries again.
        retry,
    }
}

texts! {
    /// Signed out, and the ways in.
    LandingTexts {
        /// Heading.
        title,
        /// What this is, and that everyone in it is made up: two sentences.
        lead,
        /// Heading of the list.
        choose,
        /// What choosing does.
        choose_hint,
        /// Heading: citizens.
        citizens,
        /// Heading: staff.
        staff,
        /// The server does not run as a demo.
        no_ways_in,
        /// Leads to the provider.
        way_in,
        /// What happens there.
        way_in_hint,
        /// The same, in a tab of its own.
        way_in_new_tab,
    }
}

texts! {
    /// Who the demo identities are: a sentence or two each.
    IdentityTexts {
        /// `citizen-full-time`
        full_time,
        /// `citizen-part-time`
        part_time,
        /// `citizen-graduate`
        graduate,
        /// `citizen-social-assistance`
        social_assistance,
        /// `citizen-sick-listed`
        sick_listed,
        /// `citizen-new`
        new,
        /// `caseworker`
        caseworker,
        /// `caseworker-job-centre`
        job_centre,
        /// `researcher`
        researcher,
        /// `administrator`
        administrator,
    }
}

impl IdentityTexts {
    /// The text of a demo identity; a key of a newer server has none.
    pub fn of(&self, persona: &str) -> Option<&'static str> {
        Some(match persona {
            "citizen-full-time" => self.full_time,
            "citizen-part-time" => self.part_time,
            "citizen-graduate" => self.graduate,
            "citizen-social-assistance" => self.social_assistance,
            "citizen-sick-listed" => self.sick_listed,
            "citizen-new" => self.new,
            "caseworker" => self.caseworker,
            "caseworker-job-centre" => self.job_centre,
            "researcher" => self.researcher,
            "administrator" => self.administrator,
            _ => return None,
        })
    }
}

texts! {
    /// What matters now. Places hold figures of the answer and days.
    OverviewTexts {
        /// Heading.
        title,
        /// Who the figures are from, and as of when.
        source,
        /// The same before any register has said anything.
        source_none,
        /// Answer one.
        deadline,
        /// Nothing to do by a day.
        deadline_none,
        /// What that means.
        deadline_none_why,
        /// The day, with its weekday.
        deadline_day,
        /// It is today.
        today,
        /// It is tomorrow.
        tomorrow,
        /// In so many days.
        in_days,
        /// It was before today.
        overdue,
        /// A booked meeting with the fund.
        fund_meeting,
        /// A booked meeting with the job centre.
        job_centre_meeting,
        /// CV.
        cv,
        /// The card of a month.
        benefit_card,
        /// Book the first meeting.
        book_meeting,
        /// Answer two.
        payout,
        /// How much, and when it is paid.
        payout_on,
        /// How much.
        payout_amount,
        /// What it was worked out from.
        payout_why,
        /// The month is already settled.
        payout_settled_why,
        /// Too few hours left.
        payout_minimum_why,
        /// Amount not known yet.
        payout_open,
        /// Why: no hours known yet for the month.
        payout_open_why,
        /// Why: the employer has not told the hours.
        payout_unknown_why,
        /// Why: no rate known.
        payout_rate_why,
        /// Away from benefit in the month.
        payout_away,
        /// Why: ill.
        payout_sick_why,
        /// Why: parental leave or care.
        payout_leave_why,
        /// Social assistance: why.
        payout_assistance_why,
        /// Social assistance: amount not known.
        payout_assistance_open_why,
        /// Answer three.
        runs_out,
        /// The hours run out in a month.
        hours_end,
        /// Why, with the frame.
        hours_end_why,
        /// Why, when no frame is known.
        hours_end_short_why,
        /// The frame ends on a day.
        frame_ends,
        /// Why, with the hours.
        frame_ends_why,
        /// The rate falls.
        rate_step,
        /// Why.
        rate_step_why,
        /// Nothing is left, but the account can lengthen.
        nothing_left,
        /// Why.
        nothing_left_extend_why,
        /// Nothing is left at all.
        nothing_left_why,
        /// Social assistance: nothing runs out by hours.
        assistance_no_hours,
        /// Why, with the newest month.
        assistance_no_hours_why,
        /// Why, without any month.
        assistance_no_month_why,
        /// Months away moved the frame.
        frame_lengthened,
        /// The one thing to do.
        todo_deadline,
        /// A meeting with the fund.
        todo_fund_meeting,
        /// A meeting with the job centre.
        todo_job_centre_meeting,
        /// Why: fund or job centre meeting.
        todo_meeting_why,
        /// Why: CV.
        todo_cv_why,
        /// Why: card.
        todo_card_why,
        /// Why: book a meeting.
        todo_book_why,
        /// A month with unknown hours.
        todo_unknown,
        /// Why.
        todo_unknown_why,
        /// Close to the limit of karens.
        todo_karens,
        /// Why.
        todo_karens_why,
        /// Nothing has to be done.
        todo_none,
        /// What one may do then.
        todo_none_why,
        /// The same on social assistance.
        todo_none_assistance_why,
        /// Leads to the rule.
        act_rule,
        /// Leads to hours and benefits.
        act_hours,
    }
}

texts! {
    /// Pages of staff: names of pages, and what there is for those who see no person.
    StaffTexts {
        /// Heading.
        title,
        /// What an administrator may do.
        administrator,
        /// What the file holds.
        download_hint,
        /// Downloads it.
        download,
        /// Page: a caseworker's citizens.
        caseload,
        /// Page: guest access.
        guest_access,
        /// Page: one citizen.
        citizen,
        /// Page: one citizen on one page.
        talk,
        /// Page: trials.
        trials,
    }
}
