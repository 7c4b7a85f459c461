//! What the pages say of messages that are sent: those of a trial, for researchers, and the outbox, for
//! administrators. Only the researchers' file reaches them, but for the way to the outbox.

use super::account_messages::texts;
use super::{Language, da, en};

impl Language {
    /// What a trial sends.
    pub const fn post(self) -> &'static PostTexts {
        match self {
            Self::Danish => &da::POST,
            Self::English => &en::POST,
        }
    }

    /// The outbox.
    pub const fn outbox(self) -> &'static OutboxTexts {
        match self {
            Self::Danish => &da::OUTBOX,
            Self::English => &en::OUTBOX,
        }
    }
}

texts! {
    /// What a trial sends, when, and what became of it.
    PostTexts {
        /// Name of the part, and heading.
        title,
        /// What is here.
        lead,
        /// On its way.
        loading,
        /// They did not come: heading.
        failed,
        /// Asks once more.
        again,
        /// The trial sends nothing.
        none,
        /// Heading: stop.
        stop,
        /// What stopping does.
        stop_text,
        /// Stops.
        stop_now,
        /// It is stopped: heading.
        stopped,
        /// What that means.
        stopped_text,
        /// The way to go on.
        to_steps,
        /// It is neither running nor paused.
        not_running,
        /// Heading: how messages look.
        looks,
        /// To whom they go here.
        looks_lead,
        /// Button: in English.
        english,
        /// Choice: whose messages.
        arm,
        /// Choice: everyone's.
        all_arms,
        /// The arm gets nothing.
        arm_none,
        /// Whose it is: `{arms}`.
        for_arms,
        /// Channel.
        email,
        /// Channel.
        digital_post,
        /// Channel.
        letter,
        /// Channel.
        sms,
        /// What is seen before it is opened.
        subject,
        /// What stands in the window of the envelope.
        window,
        /// Name of a frame: `{subject}`.
        frame,
        /// Opens the same as text.
        as_text,
        /// Leads to the file.
        pdf,
        /// Heading: calendar.
        calendar,
        /// How to read it.
        calendar_lead,
        /// Nothing is planned.
        calendar_none,
        /// The trial is paused.
        calendar_paused,
        /// Only some days are shown.
        calendar_some,
        /// Columns: heading.
        by_month,
        /// Columns: `{planned}`, `{expected}`.
        by_month_text,
        /// Column: month.
        month,
        /// Column: how many.
        citizens,
        /// Column: day.
        day,
        /// Column: step.
        step,
        /// Column: arm.
        column_arm,
        /// Column: channel.
        channel,
        /// A number that is planned: `{count}`.
        is_planned,
        /// A number that is expected: `{count}`.
        is_expected,
        /// Heading: what became of them.
        fates,
        /// How to read it.
        fates_lead,
        /// Column: when.
        when,
        /// When: `{days}`.
        after_days,
        /// When: at once.
        at_once,
        /// When: the day after.
        next_day,
        /// When: `{days}`, not before the end.
        after_end,
        /// Column: planned.
        planned,
        /// Column: in the queue.
        waiting,
        /// Column: sent.
        sent,
        /// Column: delivered.
        delivered,
        /// Column: came back.
        returned,
        /// Column: opened.
        opened,
        /// Column: could not be sent.
        dead,
        /// Column: in doubt.
        doubtful,
        /// Column: withheld.
        withheld,
        /// Reason.
        objected,
        /// Reason.
        died,
        /// Reason.
        protected,
        /// Reason.
        recovered,
        /// Reason.
        exempt,
        /// Reason.
        no_email,
        /// Reason.
        no_address,
        /// Reason.
        no_mobile,
        /// Reason.
        unwanted,
        /// Reason.
        closed,
        /// Reason.
        forgotten,
        /// Reason.
        unknown,
    }
}

texts! {
    /// The outbox.
    OutboxTexts {
        /// Heading, and the way to it.
        title,
        /// What is here.
        lead,
        /// The way to it.
        open,
        /// On its way.
        loading,
        /// Asks once more.
        again,
        /// Nothing was ever planned.
        none,
        /// Heading: how many are how far.
        counts,
        /// Column: state.
        state,
        /// Column: all channels.
        all,
        /// State.
        waiting,
        /// State.
        claimed,
        /// State.
        handing_over,
        /// State.
        in_doubt,
        /// State.
        sent,
        /// State.
        withdrawn,
        /// State.
        dead,
        /// State.
        unknown,
        /// Heading: those that cannot be sent.
        dead_title,
        /// What to do with them.
        dead_lead,
        /// There are none.
        dead_none,
        /// Heading: those in doubt.
        doubt_title,
        /// Why they are not sent again.
        doubt_lead,
        /// There are none.
        doubt_none,
        /// Only so many are shown: `{most}`.
        most,
        /// Column: message.
        message,
        /// Column: trial and step.
        origin,
        /// Column: reason.
        reason,
        /// No reason is known.
        no_reason,
        /// A reason, and what a technician wants to know of it: `{reason}`, `{detail}`.
        reason_detail,
        /// Why: made for another channel.
        trouble_wrong_channel,
        /// Why: her address cannot be used.
        trouble_bad_address,
        /// Why: it cannot be made.
        trouble_not_made,
        /// Why: refused for good.
        trouble_refused,
        /// Why: not now.
        trouble_put_off,
        /// Why: nobody there.
        trouble_unreachable,
        /// Why: no clear answer.
        trouble_no_answer,
        /// Why: a folder cannot be used.
        trouble_folder,
        /// Why: another server had it.
        trouble_overtaken,
        /// Why: never delivered.
        trouble_not_delivered,
        /// Why: it cannot be found out.
        trouble_nobody_knows,
        /// Why: the log does not tell.
        trouble_log,
        /// Why: none of these.
        trouble_other,
        /// Column: attempts.
        attempts,
        /// Column: when it was handed over.
        handed,
        /// It never was.
        never,
        /// Tries again.
        retry,
        /// The same for who cannot see the row: `{id}`.
        retry_name,
        /// It is being asked.
        retrying,
        /// It is in the queue again: `{id}`.
        retried,
        /// That did not work: heading.
        retry_failed,
        /// Why: it may have left.
        retry_doubtful,
    }
}
