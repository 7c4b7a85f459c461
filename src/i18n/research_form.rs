//! What the form of a protocol says.

use super::account_messages::texts;

texts! {
    /// The form of a protocol.
    ProtocolTexts {
        /// Heading.
        title,
        /// How it works.
        lead,
        /// It is locked.
        locked,
        /// Nothing is missing.
        complete,
        /// Several things are missing.
        lacks,
        /// One thing is missing.
        lacks_one,
        /// Problem.
        missing,
        /// Problem.
        twice,
        /// Problem.
        unknown,
        /// Problem.
        out_of_bounds,
        /// Problem.
        too_few,
        /// Problem.
        not_one,
        /// Problem.
        not_every,
        /// Problem.
        ends_before,
        /// Problem.
        known_harm,
        /// Problem.
        does_not_fit,
        /// Problem.
        one_length,
        /// Problem.
        no_early_look,
        /// What was typed cannot be read.
        unreadable,
        /// Group.
        g_question,
        /// What it is.
        g_question_hint,
        /// Group.
        g_arms,
        /// What it is.
        g_arms_hint,
        /// Group.
        g_people,
        /// What it is.
        g_people_hint,
        /// Group.
        g_messages,
        /// What it is.
        g_messages_hint,
        /// Group.
        g_outcomes,
        /// What it is.
        g_outcomes_hint,
        /// Group.
        g_power,
        /// What it is.
        g_power_hint,
        /// Group.
        g_analysis,
        /// What it is.
        g_analysis_hint,
        /// Group.
        g_public,
        /// What it is.
        g_public_hint,
        /// Group.
        g_report,
        /// What it is.
        g_report_hint,
        /// Group.
        g_file,
        /// What it is.
        g_file_hint,
        /// List.
        arms,
        /// One of them.
        arm,
        /// Adds one.
        add_arm,
        /// Field.
        name_da,
        /// Field.
        name_en,
        /// Field.
        description,
        /// What it means.
        description_hint,
        /// Field.
        weight,
        /// What it means.
        weight_hint,
        /// Field.
        key,
        /// How to write it.
        key_hint,
        /// Field.
        control,
        /// What it shows.
        settings,
        /// Removes a row.
        remove,
        /// Before a published harm.
        harm_note,
        /// Opens what is published.
        harm,
        /// What it means.
        harm_hint,
        /// Field.
        harm_da,
        /// Field.
        harm_en,
        /// Field.
        harm_source,
        /// What it means.
        harm_source_hint,
        /// Heading.
        combine,
        /// What it does.
        combine_hint,
        /// Too little is chosen.
        combine_none,
        /// So many arms.
        combine_count,
        /// Makes them.
        combine_make,
        /// What the design does.
        saturation_note,
        /// List.
        shares,
        /// Field.
        surface,
        /// What it means.
        surface_hint,
        /// List.
        strata,
        /// What it means.
        strata_hint,
        /// List.
        covariates,
        /// What it means.
        covariates_hint,
        /// List.
        eligibility,
        /// What it means.
        eligibility_hint,
        /// One of them.
        condition,
        /// Adds one.
        add_condition,
        /// List.
        still,
        /// What it means.
        still_hint,
        /// List.
        lasting,
        /// What it means.
        lasting_hint,
        /// One of the messages.
        message,
        /// Adds one.
        add_message,
        /// Field.
        message_what,
        /// What it means.
        message_what_hint,
        /// What the days mean.
        message_days_hint,
        /// List.
        message_arms,
        /// What it means.
        message_arms_hint,
        /// List.
        channels,
        /// What it means.
        channels_hint,
        /// List.
        message_still,
        /// What it means.
        message_still_hint,
        /// What it means that something lasts.
        message_lasting_hint,
        /// Field.
        values,
        /// How to write it.
        values_hint,
        /// Field.
        least,
        /// Field.
        most,
        /// List.
        outcomes,
        /// One of them.
        outcome,
        /// Adds one.
        add_outcome,
        /// Field.
        variable,
        /// What it means.
        variable_hint,
        /// Field.
        role,
        /// Field.
        measure,
        /// Field.
        after_days,
        /// Field.
        what,
        /// List.
        follow_up,
        /// What it means.
        follow_up_hint,
        /// Adds one.
        add_follow_up,
        /// Heading.
        plan,
        /// What it does.
        plan_hint,
        /// Asks.
        plan_units,
        /// Asks.
        plan_effect,
        /// It cannot be asked yet.
        plan_lacks,
        /// No answer: heading.
        plan_failed,
        /// The answer.
        plan_answer,
        /// What a difference of shares is counted in.
        plan_points,
        /// The same of means.
        plan_deviations,
        /// The same of times.
        plan_rate,
        /// Takes the number over.
        plan_take,
        /// What the axes of the power are.
        plan_curve_text,
        /// What the axes of the smallest effect are.
        plan_effect_text,
        /// Column.
        plan_column_units,
        /// Column, and title of its chart.
        plan_column_power,
        /// Column, and title of its chart.
        plan_column_effect,
        /// No effect is large enough.
        plan_none,
        /// Stores.
        save,
        /// Under way.
        saving,
        /// Stored.
        saved,
        /// Not stored yet.
        changed,
        /// All is stored.
        unchanged,
        /// Something cannot be read.
        unread,
        /// Not stored: heading.
        not_saved,
        /// Somebody else was first: heading.
        conflict,
        /// What to do.
        conflict_text,
        /// Saves a file.
        download_mine,
        /// Takes the newest.
        take_theirs,
        /// Saves a file.
        download,
        /// Field.
        import,
        /// What it does.
        import_hint,
        /// It cannot be read.
        import_failed,
    }
}
