//! What `/mine-data` says. Both languages have every text.

use super::account_messages::texts;

texts! {
    /// Who has looked at her data, and the data itself.
    MyDataTexts {
        /// Heading.
        title,
        /// What the page holds.
        lead,
        /// Heading: who has looked.
        looks,
        /// What is recorded.
        looks_lead,
        /// Heading of the chart.
        chart,
        /// Nobody has looked.
        chart_none,
        /// One look: `{month}`.
        chart_one,
        /// Looks in all, and the month with most: `{count}`, `{month}`, `{most}`.
        chart_some,
        /// Header of the months.
        month,
        /// Header of the numbers.
        count,
        /// Shows her own looks, too.
        own,
        /// No look to show.
        none,
        /// Older ones.
        more,
        /// Older ones are on their way.
        loading_more,
        /// Older ones did not come.
        failed,
        /// When: `{date}`, `{time}`.
        at,
        /// Who saw what: `{who}`, `{what}`.
        sentence,
        /// She herself.
        you,
        /// Caseworker of a fund: `{organisation}`.
        fund,
        /// Caseworker of a job centre: `{organisation}`.
        job_centre,
        /// Another citizen; never seen.
        citizen,
        /// Researcher.
        researcher,
        /// Administrator.
        administrator,
        /// The system.
        system,
        /// Category: account.
        account,
        /// Category: identity.
        identity,
        /// Category: a line of a list.
        caseload,
        /// Category: reports.
        hours_reports,
        /// Category: this record.
        access_log,
        /// Category: everything.
        all_data,
        /// Category: trials.
        my_trials,
        /// Category: her form and profile.
        profile,
        /// Category: letters.
        letters,
        /// Category: rights and duties.
        rights,
        /// Category: the checklist.
        checklist,
        /// Purpose: her own pages.
        self_service,
        /// Purpose: counselling.
        casework,
        /// Purpose: search.
        search,
        /// Purpose: guest.
        guest_access,
        /// Purpose: to see it as she does. It must not say whether she is in a trial.
        unblinding,
        /// Purpose: running the system.
        administration,
        /// Purpose: deleting.
        retention,
        /// Her reason: `{reason}`.
        reason,
        /// She was once in this caseload.
        former,
        /// The pseudonym: `{code}`.
        code,
        /// Heading: something is wrong.
        wrong,
        /// What to do.
        wrong_text,
        /// Heading: trials.
        trials,
        /// She is in none.
        trials_none,
        /// What would stand here, and her right.
        trials_rights,
        /// Heading: her data.
        take,
        /// What the files hold.
        take_text,
        /// Downloads JSON.
        json,
        /// Downloads CSV.
        csv,
        /// What the files are for.
        take_hint,
        /// Heading: what she has said.
        yours,
        /// Nothing.
        yours_none,
        /// Where the corrections stand.
        yours_corrections,
        /// Leads there.
        corrections,
    }
}
