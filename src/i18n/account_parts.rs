//! What the parts of the account pages say: timeline, months, report, and the pages of their own
//! kind. See [`super::account_messages`] for how a text is made.

use super::account_messages::texts;

texts! {
    /// The timeline and the table of months.
    MonthTexts {
        /// Heading of the timeline.
        timeline_title,
        /// Description of the timeline for screen readers.
        timeline_description,
        /// Upper field.
        benefit,
        /// Its unit.
        benefit_unit,
        /// Lower field.
        hours,
        /// Its unit.
        hours_unit,
        /// Limit of hours with payout.
        limit,
        /// Legend: limit.
        limit_short,
        /// Legend: sickness, leave, care.
        away,
        /// Legend: sanctions.
        sanctions,
        /// Legend: unknown hours.
        unknown,
        /// Legend: not settled.
        unsettled,
        /// No months to show.
        no_months,
        /// Marker: today.
        today,
        /// Marker: hours run out.
        runs_out,
        /// Its day, an estimate.
        runs_out_detail,
        /// Marker: frame ends.
        frame_ends,
        /// Note: months with unknown hours.
        note_unknown,
        /// Note: months that are not settled.
        note_unsettled,
        /// Note in every downloaded file.
        file_note,
        /// Heading of the table.
        table_title,
        /// Caption of the table.
        caption,
        /// Column: month.
        month,
        /// Column: work hours.
        work_hours,
        /// Column: benefit hours paid.
        paid_hours,
        /// Column: benefit hours by the rules.
        payable_hours,
        /// Column: amount before tax.
        gross,
        /// The same, short.
        gross_short,
        /// Column: how the month stands.
        status,
        /// Column: source.
        source,
        /// Source of a month.
        source_of,
        /// Status: settled.
        settled,
        /// Status: not settled.
        not_settled,
        /// Status: hours unknown.
        status_unknown,
        /// Status: below the minimum payout.
        below_minimum,
        /// Status: no rate known.
        rate_unknown,
        /// Status: pay not known.
        earnings_unknown,
        /// Status: quarantine hours.
        quarantine,
        /// Status: subsidised hours.
        subsidised,
        /// Away: sickness.
        sickness,
        /// Away: parental leave.
        parental_leave,
        /// Away: care.
        care,
        /// Sanction: quarantine.
        sanction_quarantine,
        /// Sanction: work requirement.
        sanction_work_requirement,
        /// Sanction: exclusion.
        sanction_exclusion,
        /// Status: settled, and no payment was reported.
        not_paid,
        /// In place of a figure: no payment was reported.
        not_reported,
        /// Status of a month that is over and of which the registers tell nothing.
        untold,
        /// Who reported a payment, and when.
        source_paid,
        /// What the rules give without deductions, beside another payment.
        differs,
        /// The same where the amount is not known.
        differs_hours,
        /// What may be why, a list of the following.
        because,
        /// Nothing is known that may be why.
        because_unknown,
        /// A karens day.
        because_karens,
        /// Karantæne.
        because_quarantine,
        /// Another sanction.
        because_sanction,
        /// Holiday.
        because_holiday,
        /// Sickness.
        because_sickness,
        /// Parental leave.
        because_leave,
        /// Care.
        because_care,
        /// Her first day.
        because_start,
        /// Nothing to say in a cell.
        none,
        /// For screen readers: hours of a month.
        sentence_hours,
        /// For screen readers: hours unknown.
        sentence_unknown,
        /// For screen readers: amount of a month.
        sentence_gross,
        /// For screen readers: amount paid for a month.
        sentence_paid,
        /// A spell with both ends.
        spell,
        /// A spell that lasts.
        spell_open,
        /// Newest months first or last.
        newest_first,
    }
}

texts! {
    /// “Her mangler timer”.
    ReportTexts {
        /// Heading.
        title,
        /// What it does and does not do.
        intro,
        /// Label: month.
        month,
        /// No month chosen yet.
        month_none,
        /// Label: hours.
        hours,
        /// Hint: hours.
        hours_hint,
        /// Label: note.
        note,
        /// Hint: note.
        note_hint,
        /// Characters left.
        note_left,
        /// Characters too many.
        note_over,
        /// Button.
        send,
        /// Button while sending.
        sending,
        /// Heading of the error summary.
        errors,
        /// Put before an error for screen readers.
        error_prefix,
        /// Error: no month.
        error_month,
        /// Error: no day, or one that is too far away (in “what if”).
        error_day,
        /// Error: not a number.
        error_hours,
        /// Error: more hours than the month has.
        error_hours_many,
        /// Error: neither hours nor note.
        error_nothing,
        /// Error: note too long.
        error_note,
        /// Could not be sent: heading.
        failed,
        /// Could not be sent: no connection.
        failed_offline,
        /// Could not be sent: the server failed.
        failed_server,
        /// Could not be sent: the session has ended.
        failed_session,
        /// Draft found: what was typed is still here.
        draft_kept,
        /// Receipt: heading.
        receipt,
        /// Receipt: who gets it.
        receipt_to,
        /// Receipt: number and time.
        receipt_number,
        /// Receipt: what now.
        receipt_next,
        /// Writes another.
        again,
        /// Heading of her remarks.
        remarks,
        /// What a remark is.
        remarks_intro,
        /// A remark with hours.
        remark_hours,
        /// A remark without hours.
        remark,
        /// When and to whom.
        remark_sent,
    }
}

texts! {
    /// The figures as they stood on another day.
    HistoryTexts {
        /// Heading.
        title,
        /// What it is for.
        intro,
        /// Label: day.
        day,
        /// Button.
        show,
        /// Button while asking.
        asking,
        /// Nothing differs.
        same,
        /// These months differ.
        differs,
        /// Nothing was known of her then.
        nothing,
        /// Could not be asked.
        failed,
        /// Error: no day, or a day to come.
        error,
        /// Column: then.
        then,
        /// Column: now.
        now,
        /// A month as it stood: hours and amount.
        cell,
        /// A month without an amount.
        cell_no_amount,
        /// A month nothing was known of.
        absent,
    }
}

texts! {
    /// Sickness, parental leave and care.
    SickTexts {
        /// Heading.
        title,
        /// Sick now.
        now,
        /// On leave now.
        now_leave,
        /// Cares for somebody now.
        now_care,
        /// What happens with the frame: moved.
        frame_moved,
        /// Not moved.
        frame_same,
        /// What happens with the karens window: it ends later.
        window_moved,
        /// Not moved.
        window_same,
        /// Why it moved.
        why,
        /// Why it did not.
        why_not,
        /// Heading of the list of spells.
        spells,
        /// Heading of the sanctions.
        sanctions,
        /// A sanction with hours.
        sanction_hours,
        /// A sanction without hours.
        sanction,
    }
}

texts! {
    /// Registered recently: what comes when.
    NewTexts {
        /// Heading.
        title,
        /// Answer first.
        intro,
        /// What comes first.
        first_month,
        /// Then.
        settled,
        /// Then.
        karens,
        /// Heading of the list.
        when,
        /// Heading of the deadlines.
        deadlines,
        /// No deadlines.
        no_deadlines,
        /// Deadline: fund meeting.
        fund_meeting,
        /// Deadline: job centre meeting.
        job_centre_meeting,
        /// Deadline: CV.
        cv,
        /// Deadline: benefit card.
        benefit_card,
        /// Deadline: book the meeting.
        book_meeting,
        /// A deadline with its day.
        deadline,
        /// The frame from the start.
        frame,
    }
}

texts! {
    /// The counters.
    CounterTexts {
        /// Heading.
        title,
        /// Karens dial in one sentence.
        karens_label,
        /// Pig in one sentence.
        account_label,
        /// Hourglass in one sentence.
        hourglass_label,
        /// Under the value of the dial.
        karens_unit,
        /// Under the value of the pig.
        account_unit,
        /// Under the value of the hourglass.
        hourglass_unit,
        /// Mark on the pig: enough for a new period.
        mark_new_period,
        /// Words at the hours left.
        left,
        /// Words at the hours used.
        used,
    }
}

texts! {
    /// “Sådan er tallet regnet”.
    ExplainTexts {
        /// Heading of the numbers that went in.
        numbers,
        /// Heading of the law.
        law,
        /// From when the numbers of the law hold.
        valid_from,
        /// Link to the rule in plain words.
        read_rule,
        /// The number follows by arithmetic from confirmed numbers.
        derived,
        /// The number is not confirmed.
        unconfirmed,
        /// The figure is a reported fact.
        reported,
        /// Yes.
        yes,
        /// No.
        no,
        /// A share of a hundred.
        percent,
        /// No calculation came with the answer.
        none,
    }
}
