//! What those who are in a trial are told and asked. It is in none of the first file's texts: only a
//! later file reaches it.

use super::account_messages::texts;
use super::{Language, da, en};

impl Language {
    /// Five questions about her own account.
    pub const fn understanding(self) -> &'static UnderstandingTexts {
        match self {
            Self::Danish => &da::UNDERSTANDING,
            Self::English => &en::UNDERSTANDING,
        }
    }

    /// The trials she is in.
    pub const fn my_trials(self) -> &'static MyTrialsTexts {
        match self {
            Self::Danish => &da::MY_TRIALS,
            Self::English => &en::MY_TRIALS,
        }
    }
}

texts! {
    /// Five questions about her own account.
    UnderstandingTexts {
        /// Heading.
        title,
        /// Why she is asked, and that she need not answer.
        lead,
        /// Shows the questions.
        begin,
        /// Skips them.
        skip,
        /// Sends her answers.
        send,
        /// They are on their way.
        sending,
        /// Question: hours left.
        remaining,
        /// Question: when they run out.
        runs_out,
        /// Question: what she lacks for a new period.
        new_period,
        /// Question: karens.
        karens,
        /// Question: what her saved hours can buy.
        extension,
        /// Choice: no hours.
        none,
        /// Choice: at most so many: `{most}`.
        at_most,
        /// Choice: `{least}`, `{most}`.
        between,
        /// Choice: `{least}`.
        more,
        /// Choice: it has run out.
        ended,
        /// Choice: soon.
        half_a_year,
        /// Choice.
        a_year,
        /// Choice.
        two_years,
        /// Choice: late.
        later,
        /// Choice: a day is not deducted.
        avoided,
        /// Choice: it is.
        applies,
        /// Choice: not decided.
        open,
        /// Choice: nobody knows.
        unknown,
        /// Choice: she does not know.
        dont_know,
        /// A question has no answer.
        incomplete,
        /// They could not be sent.
        failed,
        /// How many were right: `{count}`, `{all}`.
        result,
        /// What happens with them.
        thanks,
        /// Her answer was right: `{choice}`.
        right,
        /// It was not: `{choice}`, `{right}`.
        wrong,
        /// She did not know: `{right}`.
        told,
        /// She has skipped them.
        skipped,
    }
}

texts! {
    /// The trials she is in.
    MyTrialsTexts {
        /// They are on their way.
        loading,
        /// They did not come.
        failed,
        /// Asks again.
        retry,
        /// Why it is done.
        why,
        /// What is compared.
        compared,
        /// Who decided it.
        decided_by,
        /// Until when: `{day}`.
        until,
        /// Since when, and until when.
        when,
        /// From when on: `{day}`.
        since,
        /// It has ended: `{day}`.
        ended,
        /// How to object.
        objection,
        /// Begins to object.
        object,
        /// What happens then; whether she means it.
        object_sure,
        /// She does.
        object_yes,
        /// She does not.
        object_no,
        /// It is on its way.
        object_sending,
        /// It did not arrive.
        object_failed,
        /// She has objected: `{day}`.
        objected,
        /// What was drawn for her.
        arm,
        /// What was found.
        found,
        /// Nothing was told yet.
        not_found_yet,
        /// How the lots can be proved.
        proof,
        /// How it works.
        proof_text,
        /// How she can prove her own.
        proof_own,
        /// Where everyone reads the same: before and after the link.
        proof_register,
        /// When it was registered.
        proof_at,
        /// Fingerprint of the protocol.
        proof_protocol,
        /// Fingerprint of the seed.
        proof_seed_hash,
        /// The seed.
        proof_seed,
        /// The seed is not told yet.
        proof_not_yet,
        /// How lots follow from it.
        proof_algorithm,
    }
}
