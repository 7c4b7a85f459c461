//! Texts of the profile itself, of receipts, and of what she may do about it.

use super::account_messages::texts;

texts! {
    /// The page of letters and receipts.
    LetterTexts {
        /// Heading of the list.
        title,
        /// What is in it.
        lead,
        /// Nothing.
        none,
        /// A receipt of the form.
        profile,
        /// A receipt of missing hours.
        hours,
        /// When: `{date}`, `{time}`.
        at,
        /// Who wrote: `{sender}`.
        from,
        /// How it came: e-mail.
        email,
        /// How it came: Digital Post.
        digital_post,
        /// How it came: on paper.
        letter,
        /// How it came: text message.
        sms,
        /// How it came: a receipt on this page.
        receipt,
        /// She has not opened it.
        unread,
        /// She has opened all.
        unread_none,
        /// She has not opened one.
        unread_one,
        /// She has not opened some: `{count}`.
        unread_many,
        /// Label of the search.
        search,
        /// One is found.
        found_one,
        /// Some are found: `{count}`.
        found_many,
        /// None is found: `{text}`.
        found_none,
        /// Shows all again.
        all,
        /// Back to the list.
        back,
        /// There is no such letter: heading.
        missing,
        /// What that means.
        missing_text,
        /// To the profile.
        to_profile,
        /// Prints.
        print,
        /// Leads to the letter as a file.
        pdf,
    }
}

texts! {
    /// What the model says.
    ResultTexts {
        /// Of a hundred like her: `{count}`.
        share,
        /// One of a hundred.
        share_one,
        /// Fewer than one.
        share_none,
        /// More than 99.
        share_all,
        /// The rest: `{rest}`.
        rest,
        /// How sure: `{low}`, `{high}`.
        interval,
        /// Of all: `{base}`.
        base,
        /// It is about many.
        many,
        /// Kind, day and version: `{kind}`, `{day}`, `{version}`.
        made,
        /// Only the version is known: `{version}`.
        version,
        /// The model is not among those that are there now.
        made_gone,
        /// Made-up people.
        made_up,
        /// The model no longer holds.
        stale,
        /// Kind: tree.
        tree,
        /// Kind: logistic regression.
        logistic,
        /// Words: very few.
        very_few,
        /// Words: few.
        few,
        /// Words: some.
        some,
        /// Words: about half.
        half,
        /// Words: more than half.
        more,
        /// Words: most.
        most,
        /// The number is one click away.
        show_number,
        /// Group: not for long.
        group_low,
        /// Group: for long.
        group_high,
        /// A group and nothing more.
        group_only,
        /// Name of the choice of presentation.
        ways,
        /// Presentation.
        number,
        /// Presentation.
        words,
        /// Presentation.
        picture,
        /// Nothing is shown until she asks.
        ask_text,
        /// She asks.
        ask,
        /// She asks for the older ones, when the newest is none.
        ask_before,
        /// Heading of the drawing.
        chart,
        /// The marked ones.
        marked,
        /// The others.
        unmarked,
        /// Header of the table.
        what,
        /// Header of the table.
        of_hundred,
        /// Row: at least.
        row_low,
        /// Row: at most.
        row_high,
        /// Row: of all.
        row_base,
        /// Heading: no profile.
        none,
        /// What is missing: `{factors}`.
        missing,
        /// What she can do about it.
        missing_do,
        /// Out of range: `{factor}`.
        out_of_range,
        /// No law.
        no_basis,
        /// From when it is: `{date}`, `{time}`.
        of_day,
        /// Heading, for her caseworker.
        theirs,
        /// Nothing was sent; for her caseworker.
        nothing_sent,
        /// For her caseworker: how to read it.
        for_caseworker,
    }
}

texts! {
    /// What moved it.
    FactorTexts {
        /// Heading.
        title,
        /// With what it is compared.
        lead,
        /// Heading: her own expectation.
        own,
        /// That it is no fact about her.
        own_text,
        /// Heading: her answers.
        answers,
        /// Heading: registers.
        registers,
        /// It raised it a lot.
        raises_much,
        /// It raised it.
        raises,
        /// It raised it a little.
        raises_little,
        /// It lowered it a lot.
        lowers_much,
        /// It lowered it.
        lowers,
        /// It lowered it a little.
        lowers_little,
        /// It changed nothing.
        nothing,
        /// Nothing moved it.
        none,
        /// Heading: not used.
        unused,
        /// Why not.
        unused_text,
        /// The model uses them all.
        unused_none,
        /// Heading: what she can do.
        act,
        /// That nothing of it is a duty because of the profile.
        act_text,
        /// With which factors it goes together: `{names}`.
        act_for,
        /// Leads to the checklist.
        act_list,
    }
}

texts! {
    /// Her say, and what she may do.
    RightsTexts {
        /// Heading.
        title,
        /// What it is not.
        text,
        /// Heading: who sees it.
        who,
        /// Who.
        who_text,
        /// Leads to the record.
        who_link,
        /// Heading: how long.
        kept,
        /// How long: `{days}`.
        kept_days,
        /// Until she deletes it.
        kept_text,
        /// Heading: she disagrees.
        contest,
        /// What she can do.
        contest_text,
        /// Label of her remark.
        remark,
        /// How much: `{max}`.
        remark_hint,
        /// Stores it.
        save,
        /// Under way.
        saving,
        /// Stored.
        saved,
        /// Another one was stored meanwhile.
        changed,
        /// Not stored.
        failed,
        /// Too long.
        too_long,
        /// Nothing written.
        empty,
        /// Deletes the remark.
        take_back,
        /// In front of it: `{day}`.
        hers,
        /// In front of the facts that she says are wrong.
        said_wrong,
        /// The same, for her caseworker: `{day}`.
        theirs,
        /// There is none, for her caseworker.
        theirs_none,
        /// Where else.
        elsewhere,
        /// Heading: history.
        history,
        /// What is in it.
        history_text,
        /// Of a profile: `{date}`, `{time}`.
        history_row,
        /// Opens an older one whole: `{date}`, `{time}`.
        whole,
        /// Heading of the older ones, for a caseworker.
        theirs_before,
        /// Deletes one.
        delete,
        /// The same for screen readers: `{date}`, `{time}`.
        delete_of,
        /// Heading: delete everything.
        delete_all_title,
        /// What that does.
        delete_all_text,
        /// Deletes everything.
        delete_all,
        /// Asked before.
        sure,
        /// What cannot be undone.
        sure_text,
        /// Does it.
        sure_yes,
        /// Does not.
        sure_no,
        /// Done.
        deleted,
        /// Not done.
        not_deleted,
        /// Answers again.
        again,
        /// What that does.
        again_text,
    }
}

texts! {
    /// Other answers, tried.
    TryTexts {
        /// Heading.
        title,
        /// What it does.
        lead,
        /// Nothing is changed yet.
        begin,
        /// No answer.
        choose,
        /// Two shares: `{then}`, `{now}`, `{low}`, `{high}`.
        share,
        /// Another outcome: `{outcome}`.
        other,
        /// It would say the same.
        same,
        /// Back to her own answers.
        reset,
        /// What it does not mean.
        warning,
    }
}
