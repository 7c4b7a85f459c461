//! What the page of rights and duties says. It is in none of the first file's texts: only a later
//! file reaches it.

use jobnet_rules::rights::Kind;

use super::account_messages::texts;
use super::{Language, da, en};

/// What is said of an entry. Places: `{day}`, `{month}`, `{count}`, `{within}`, `{authority}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindText {
    /// What it is.
    pub title: &'static str,
    /// What it means; only shown where the rule is confirmed.
    pub text: &'static str,
    /// What she can do; empty: nothing is needed.
    pub act: &'static str,
    /// Its name in a calendar that others may see.
    pub calendar: &'static str,
}

impl Language {
    /// The page of rights and duties.
    pub const fn rights(self) -> &'static RightsTexts {
        match self {
            Self::Danish => &da::RIGHTS,
            Self::English => &en::RIGHTS,
        }
    }

    /// What is said of an entry.
    pub const fn rights_kind(self, kind: Kind) -> KindText {
        match self {
            Self::Danish => da::rights_kind(kind),
            Self::English => en::rights_kind(kind),
        }
    }
}

texts! {
    /// The page of rights and duties.
    RightsTexts {
        /// Heading.
        title,
        /// What it is.
        lead,
        /// While it is fetched.
        loading,
        /// Heading: the next thing to do.
        next,
        /// By when: `{weekday}`, `{day}`.
        by,
        /// On which day: `{weekday}`, `{day}`.
        at,
        /// It is today.
        today,
        /// It is tomorrow.
        tomorrow,
        /// `{count}` days are left.
        days_left,
        /// Nothing has a day.
        next_none,
        /// Heading: what is coming.
        coming,
        /// Nothing is.
        coming_none,
        /// Heading: duties that always hold.
        duties,
        /// Heading: rights.
        rights,
        /// Heading: what has happened.
        past,
        /// Nothing has.
        past_none,
        /// Shows more of it.
        more,
        /// How much of it is shown: `{shown}`, `{of}`.
        shown,
        /// Heading: the calendar.
        calendar,
        /// What is in the file.
        calendar_text,
        /// Saves it.
        calendar_save,
        /// Name of the file, without its ending.
        calendar_file,
        /// What an event says beside its name: `{address}`.
        calendar_event,
        /// It could not be saved.
        calendar_failed,
        /// In front of what she can do.
        act,
        /// In front of the law: `{law}`.
        law,
        /// In front of a source that is no law: `{source}`.
        source,
        /// From when the rule holds: `{day}`.
        since,
        /// Opens the rules of the page: each with its source and its day.
        sources,
        /// To the rule in plain words.
        read,
        /// The rule is not confirmed: `{authority}`.
        ask,
        /// The fund.
        fund,
        /// The municipality.
        municipality,
        /// From a day: `{day}`.
        from,
        /// From a day to a day: `{from}`, `{to}`.
        from_to,
        /// One application: `{month}`.
        one_application,
        /// With whom.
        with_fund,
        /// With whom.
        with_job_centre,
        /// Who gives it: `{provider}`.
        provider,
        /// Kind of activity: guidance and training.
        measure_guidance,
        /// Kind of activity: practice at a company.
        measure_practice,
        /// Kind of activity: a course.
        measure_course,
        /// Kind of activity: a job with a wage subsidy.
        measure_subsidy,
        /// How far an activity is.
        measure_planned,
        /// How far an activity is.
        measure_ongoing,
        /// How far an activity is.
        measure_completed,
        /// How far an activity is.
        measure_cancelled,
        /// She is sick now.
        sick_now,
        /// Hours of karantæne: `{hours}`, `{done}`, `{left}`.
        cost_quarantine,
        /// Hours of karantæne, all served: `{hours}`.
        cost_served,
        /// In kroner: `{gross}`.
        cost_gross,
        /// In kroner at most: `{gross}`.
        cost_at_most,
        /// Hours to work: `{hours}`, `{within}`, `{done}`, `{left}`.
        cost_requirement,
        /// The same, when they are worked: `{hours}`.
        cost_met,
        /// What it costs is not known: `{authority}`.
        cost_unknown,
    }
}
