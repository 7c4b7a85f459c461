//! What the other parts of the page of a trial say.

use super::account_messages::texts;

texts! {
    /// Every arm beside the others.
    VariantTexts {
        /// Heading.
        title,
        /// What they are.
        lead,
        /// Name of the group.
        tools,
        /// Toggle.
        wide,
        /// Toggle.
        dark,
        /// Toggle.
        english,
        /// Choice.
        framing,
        /// No other framing.
        as_arm,
        /// Choice.
        citizen,
        /// Choice.
        situation,
        /// Choice.
        hours,
        /// Choice.
        day,
        /// Choice.
        three_days,
        /// Choice.
        two_weeks,
        /// There are no arms.
        none,
        /// An arm shows nothing.
        nothing,
        /// On its way.
        loading,
        /// No answer: heading.
        failed,
        /// Name of a frame.
        frame,
        /// How long the link works.
        until,
        /// Copies the link.
        copy,
        /// Copied.
        copied,
        /// The browser refused.
        not_copied,
        /// Opens it.
        open,
    }
}

texts! {
    /// How a trial goes.
    WatchTexts {
        /// Heading.
        title,
        /// What it is.
        lead,
        /// No outcome is shown.
        blind,
        /// On its way.
        loading,
        /// No answer: heading.
        failed,
        /// Counts again.
        again,
        /// Heading.
        flow,
        /// Box.
        assessed,
        /// Box.
        excluded,
        /// Box.
        randomised,
        /// Units in no arm here yet: `{count}`.
        held_back,
        /// Reason.
        unmet,
        /// Reason.
        unknown,
        /// Box.
        clusters,
        /// Row.
        arm_randomised,
        /// Row.
        arm_exposed,
        /// Row.
        arm_unexposed,
        /// Row.
        arm_crossed,
        /// Row.
        arm_objected,
        /// Row.
        arm_forgotten,
        /// Row.
        arm_analysed,
        /// Heading.
        ratio,
        /// What it is.
        ratio_lead,
        /// Nobody is in it.
        ratio_none,
        /// It is.
        ratio_fine,
        /// It is not.
        ratio_alarm,
        /// How p was found.
        ratio_exact,
        /// How p was found.
        ratio_approximate,
        /// Heading.
        alarm,
        /// Title of the chart.
        enrolment,
        /// Conclusion.
        enrolment_sum,
        /// Conclusion.
        enrolment_until,
        /// Nobody is in it.
        enrolment_none,
        /// What the axes are.
        enrolment_axis,
        /// Column.
        enrolment_day,
        /// Column.
        enrolment_units,
        /// Column.
        enrolment_all,
        /// Heading.
        balance,
        /// What it is.
        balance_lead,
        /// Column.
        balance_fact,
        /// Column.
        balance_arm,
        /// Column.
        balance_in_arm,
        /// Column.
        balance_in_control,
        /// Column.
        balance_difference,
        /// A large difference.
        notable,
        /// It does not vary.
        no_spread,
        /// Of a number.
        mean,
        /// Heading.
        fidelity,
        /// The figures.
        fidelity_text,
        /// Nobody is dropped.
        fidelity_kept,
        /// How often caseworkers have seen a page as a citizen sees it.
        unblindings,
    }
}

texts! {
    /// The steps of a life of a trial.
    StepTexts {
        /// Heading.
        title,
        /// What they are.
        lead,
        /// There is none.
        none,
        /// A step is taken: heading.
        done,
        /// Step.
        register,
        /// What it does.
        register_text,
        /// Step.
        start,
        /// What it does.
        start_text,
        /// Whether it can be undone.
        start_undo,
        /// Step.
        pause,
        /// What it does.
        pause_text,
        /// Whether it can be undone.
        pause_undo,
        /// Step.
        resume,
        /// What it does.
        resume_text,
        /// Whether it can be undone.
        resume_undo,
        /// Step.
        close,
        /// What it does.
        close_text,
        /// Step.
        report,
        /// What it does.
        report_text,
        /// Step.
        amend,
        /// What it does.
        amend_text,
        /// It cannot be undone.
        for_ever,
        /// It cannot be registered yet.
        incomplete,
        /// It must be stored first.
        unsaved,
        /// Field.
        why,
        /// Field.
        found_da,
        /// Field.
        found_en,
        /// Field.
        change,
        /// Choice.
        change_ends,
        /// Choice.
        change_units,
        /// Choice.
        change_outcome,
        /// Choice.
        change_words,
        /// Field.
        to,
        /// Field.
        unblinding,
        /// Choice.
        before,
        /// Choice.
        after,
        /// What is missing.
        lacks_why,
        /// What is missing.
        lacks_found,
        /// What is missing.
        lacks_to,
        /// What is missing.
        lacks_unblinding,
        /// Takes it.
        confirm,
        /// Under way.
        taking,
        /// Does not.
        cancel,
        /// Not taken: heading.
        failed,
    }
}

texts! {
    /// What happened to a trial, and its data as files.
    RecordTexts {
        /// Heading.
        events,
        /// Nothing happened.
        no_events,
        /// When and by whom: `{day}`, `{who}`.
        by,
        /// By a command at the server.
        by_command,
        /// Event.
        registered,
        /// Event.
        started,
        /// Event.
        paused,
        /// Event.
        resumed,
        /// Event.
        closed,
        /// Event.
        reported,
        /// Event.
        amended,
        /// Amendment.
        amended_ends,
        /// Amendment.
        amended_units,
        /// Amendment.
        amended_outcome,
        /// Amendment.
        amended_words,
        /// Before unblinding.
        unseen,
        /// After unblinding.
        seen,
        /// Heading.
        seal,
        /// What it is.
        seal_text,
        /// Row.
        seal_protocol,
        /// Row.
        seal_seed,
        /// Row.
        seed,
        /// Heading.
        export,
        /// What it is.
        export_lead,
        /// What is not in it before the end.
        export_blind,
        /// Nobody is in it.
        export_draft,
        /// File.
        protocol,
        /// File.
        assignments,
        /// What it is.
        assignments_text,
        /// File.
        exposures,
        /// What it is.
        exposures_text,
        /// File.
        baseline,
        /// What it is.
        baseline_text,
        /// File.
        understanding,
        /// What it is.
        understanding_text,
        /// File.
        codebook,
        /// What it is.
        codebook_text,
    }
}
