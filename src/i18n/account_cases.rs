//! What the pages of their own kind say: social assistance, and “what if”.

use super::account_messages::texts;

texts! {
    /// Social assistance: benefit by kroner.
    SocialTexts {
        /// Heading.
        title,
        /// Answer: the benefit of the newest month.
        benefit,
        /// Answer: what was paid for the newest month.
        paid,
        /// Answer: no payment was reported for the newest month.
        not_paid,
        /// The newest settled month: paid, and the amount is not known.
        paid_unknown,
        /// What the rule gives, beside another payment.
        differs,
        /// Answer: no rate known for the month.
        rate_unknown,
        /// Answer: pay unknown.
        earned_unknown,
        /// What she earned.
        earned,
        /// What is deducted.
        deduction,
        /// Nothing is deducted.
        no_deduction,
        /// What it means.
        means,
        /// The rule of pay is not confirmed.
        unconfirmed,
        /// Heading: one thousand more.
        more_title,
        /// What one thousand more does to the benefit.
        more,
        /// The same when it changes nothing.
        more_same,
        /// What it does to the deduction, when the rate is unknown.
        more_deduction,
        /// Only an example.
        more_note,
        /// Heading of the chart.
        chart_title,
        /// Description of the chart.
        chart_description,
        /// Upper field.
        chart_benefit,
        /// Lower field.
        chart_earned,
        /// Unit of both.
        chart_unit,
        /// Unknown pay.
        chart_unknown,
        /// Column: pay.
        earned_column,
        /// Column: rate.
        rate_column,
        /// Column: deduction.
        deduction_column,
        /// Column: benefit.
        benefit_column,
        /// A month for screen readers.
        sentence,
        /// Status: rate unknown.
        status_rate,
        /// Status: pay unknown.
        status_earned,
        /// Status: computed.
        status_known,
        /// Status: paid.
        status_paid,
        /// Status: settled, and no payment was reported.
        status_not_paid,
        /// Status: paid, and the amount is not known.
        status_paid_unknown,
        /// Caption of the table.
        caption,
        /// Source of pay.
        source_earned,
        /// The municipality decides.
        decides,
        /// Heading: history.
        history_title,
        /// The rule of 225 hours, as history.
        history,
        /// Her own hours then, where they are known.
        history_own,
    }
}

texts! {
    /// “What if”.
    WhatIfTexts {
        /// Heading.
        title,
        /// Nothing is stored or sent.
        promise,
        /// Legend of the work fields.
        work,
        /// Label: hours a week.
        hours,
        /// Name of the slider.
        hours_slider,
        /// Hint.
        hours_hint,
        /// Unit after the field.
        hours_unit,
        /// Label: weeks.
        weeks,
        /// Name of the slider.
        weeks_slider,
        /// Hint.
        weeks_hint,
        /// Unit after the field.
        weeks_unit,
        /// Label: first day.
        start,
        /// Legend of the other fields.
        more,
        /// Label: first day of a holiday.
        holiday_from,
        /// Label: last day of a holiday.
        holiday_to,
        /// Hint.
        holiday_hint,
        /// Label: part-time insured from.
        part_time,
        /// No change.
        part_time_never,
        /// Resets.
        reset,
        /// Error: hours.
        error_hours,
        /// Error: weeks.
        error_weeks,
        /// Error: holiday.
        error_holiday,
        /// Cannot be simulated.
        cannot,
        /// Answer: nothing tried yet.
        untouched,
        /// Answer: ends later.
        later,
        /// Answer: ends earlier.
        earlier,
        /// Answer: ends in the same month.
        same,
        /// Answer: nothing left.
        nothing_left,
        /// Answer: a new period can begin.
        new_period,
        /// Answer: requalified in a month.
        requalified,
        /// Answer: benefit of the first month.
        benefit,
        /// Limit of hours with payout.
        limit,
        /// Caption of the table.
        caption,
        /// Column.
        what,
        /// Column: without the plan.
        before,
        /// Column: with it.
        after,
        /// Row: benefit of a month.
        row_benefit,
        /// Row: hours of benefit of a month.
        row_hours,
        /// Row: last month with benefit.
        row_end,
        /// Row: why it ends.
        row_why,
        /// Row: extension earned.
        row_extension,
        /// Row: karens days deducted.
        row_karens,
        /// Row: karens windows with enough hours.
        row_avoided,
        /// Row: requalified.
        row_requalified,
        /// Why it ends: hours.
        by_hours,
        /// Frame.
        by_frame,
        /// Extension used.
        by_extension,
        /// Frame of the extension.
        by_extension_frame,
        /// New period.
        by_new_period,
        /// Not reached.
        not_reached,
        /// The rate of a later year is not known.
        rate_carried,
        /// The weeks of benefit beside work may be used up from a month on.
        weeks_used_up,
        /// It is not known how many of them are used.
        weeks_unknown,
        /// An estimate, and what it does not count.
        estimate,
        /// Heading of the chart.
        chart_title,
        /// Planned month in the table.
        planned,
    }
}
