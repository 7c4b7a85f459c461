//! The rows of the register extracts, exactly as docs/data-format.md names their columns.
//!
//! A row does not hold whose it is: a [`Dossier`] is all rows of one citizen, and the id is
//! written in front of each of them.

use std::fmt::Write as _;

use chrono::NaiveDate;
use jobnet_rules::units::{Hours, Money, Month};

/// Writes itself as one field of a CSV file; what is not known is an empty field.
pub(crate) trait Field {
    /// Appends the field's text.
    fn put(&self, text: &mut String);
}

macro_rules! displayed {
    ($($type:ty),*) => { $(impl Field for $type {
        fn put(&self, text: &mut String) {
            // Writing into a `String` cannot fail.
            let _infallible = write!(text, "{self}");
        }
    })* };
}
displayed!(bool, u32, Hours, Money, Month, NaiveDate);

impl Field for &'static str {
    fn put(&self, text: &mut String) {
        text.push_str(self);
    }
}
impl Field for String {
    fn put(&self, text: &mut String) {
        text.push_str(self);
    }
}
impl<T: Field> Field for Option<T> {
    fn put(&self, text: &mut String) {
        if let Some(value) = self {
            value.put(text);
        }
    }
}

/// A row of one register.
pub(crate) trait Row {
    /// Name of the file, without `.csv`.
    const REGISTER: &'static str;
    /// Names of the columns after the citizen's id.
    const COLUMNS: &'static [&'static str];
    /// Hands over every field in the order of the columns.
    fn each(&self, put: &mut dyn FnMut(&dyn Field));
}

macro_rules! register {
    ($(#[$doc:meta])* $name:ident in $file:literal {
        $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }
        impl Row for $name {
            const REGISTER: &'static str = $file;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];
            fn each(&self, put: &mut dyn FnMut(&dyn Field)) { $(put(&self.$field);)* }
        }
    };
}

register! {
    /// A person; the id is the dossier's.
    Citizen in "citizens" {
        /// Civil registration number of the never-issued range.
        cpr: String,
        /// First name.
        first_name: &'static str,
        /// Last name.
        last_name: &'static str,
        /// Born on this day.
        birth_date: NaiveDate,
        /// Municipality of residence.
        municipality: &'static str,
        /// Unemployment fund; `None` for social assistance.
        fund: Option<&'static str>,
        /// Job centre.
        job_centre: String,
        /// `dagpenge`, `graduate` or `social_assistance`.
        scheme: &'static str,
        /// `full_time` or `part_time`.
        insurance: &'static str,
        /// Kroner a month before tax, if it is not the rate of the law.
        monthly_rate: Option<Money>,
        /// Rate level of social assistance.
        rate_level: Option<&'static str>,
        /// Provides for a child.
        provider: bool,
        /// First day of the benefit period.
        placed_on: Option<NaiveDate>,
        /// Day of the latest registration as unemployed.
        registered_on: NaiveDate,
        /// Name of the caseworker.
        caseworker: &'static str,
        /// Weeks of supplementary benefit used.
        supplementary_weeks_used: Option<u32>,
        /// Day since which her CV is there.
        cv_since: Option<NaiveDate>,
    }
}
register! {
    /// How a citizen can be reached.
    Contact in "contacts" {
        /// At `example.invalid`, which no mail server serves.
        email: String,
        /// Begins with +4500: no Danish number begins with 0.
        mobile: Option<String>,
        /// `da` or `en`.
        language: &'static str,
        /// Exempt from Digital Post.
        digital_post_exempt: bool,
        /// Name and address are protected.
        address_protected: bool,
        /// `email`, `sms` or `none`.
        notification: &'static str,
        /// Day of death.
        died_on: Option<NaiveDate>,
        /// Invented, with a house number.
        street: String,
        /// `0000`, which no town has.
        postal_code: &'static str,
        /// The town of her municipality.
        city: &'static str,
    }
}
register! {
    /// A month's work at one employer, as eIndkomst holds it.
    WorkHours in "work_hours" {
        /// The month.
        month: Month,
        /// Invented employer.
        employer: &'static str,
        /// `None`: reported, hours unknown.
        hours: Option<Hours>,
        /// `ordinary` or `subsidised`.
        kind: &'static str,
        /// Kroner before tax.
        earnings: Option<Money>,
        /// Day of the report.
        reported_on: NaiveDate,
    }
}
register! {
    /// A month's benefit.
    Benefit in "benefits" {
        /// The month.
        month: Month,
        /// `dagpenge`, `social_assistance` or `holiday`.
        kind: &'static str,
        /// Hours paid; `None` for a benefit that is not by the hour.
        paid_hours: Option<Hours>,
        /// Hours of karantæne served in the month.
        quarantine_hours: Hours,
        /// Kroner before tax.
        gross: Option<Money>,
        /// Settled against eIndkomst.
        settled: bool,
        /// The day the row is from.
        as_of: NaiveDate,
    }
}
register! {
    /// A spell of sickness, parental leave or care.
    Sickness in "sickness" {
        /// First day.
        from: NaiveDate,
        /// Last day; `None` while it lasts.
        to: Option<NaiveDate>,
        /// `sickness`, `parental_leave` or `care`.
        kind: &'static str,
    }
}
register! {
    /// An active measure.
    Measure in "measures" {
        /// What it is.
        kind: &'static str,
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: Option<NaiveDate>,
        /// Who gives it.
        provider: &'static str,
        /// `planned`, `ongoing`, `completed` or `cancelled`.
        status: &'static str,
    }
}
register! {
    /// A sanction.
    Sanction in "sanctions" {
        /// `quarantine`, `work_requirement` or `exclusion`.
        kind: &'static str,
        /// Day of the decision.
        decided_on: NaiveDate,
        /// Hours to serve, if it is in hours.
        hours: Option<Hours>,
        /// Hours served.
        served_hours: Hours,
    }
}
register! {
    /// A meeting.
    Meeting in "meetings" {
        /// `fund`, `job_centre` or `municipality`.
        with: &'static str,
        /// The day.
        on: NaiveDate,
        /// What it is about.
        kind: &'static str,
        /// Whether she came; `None` before the day.
        held: Option<bool>,
    }
}
register! {
    /// An entry of the job log.
    JobSearch in "job_search" {
        /// Day of the application.
        applied_on: NaiveDate,
        /// Title of the job.
        title: &'static str,
        /// Invented employer.
        employer: &'static str,
        /// How she applied.
        channel: &'static str,
        /// What became of it.
        status: &'static str,
    }
}

/// All register rows of one citizen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// Her id, starting with `SYN-`.
    pub id: String,
    /// Who she is.
    pub citizen: Citizen,
    /// How she can be reached.
    pub contact: Contact,
    /// Work, oldest month first.
    pub work_hours: Vec<WorkHours>,
    /// Benefits, oldest month first.
    pub benefits: Vec<Benefit>,
    /// Sickness and leave.
    pub sickness: Vec<Sickness>,
    /// Measures.
    pub measures: Vec<Measure>,
    /// Sanctions.
    pub sanctions: Vec<Sanction>,
    /// Meetings.
    pub meetings: Vec<Meeting>,
    /// Job log.
    pub job_search: Vec<JobSearch>,
    /// Rows that replaced others, as they were before: the extract that came earlier.
    pub earlier: Earlier,
    /// Not in any register: the last day of the latest spell, if it has ended.
    pub left_on: Option<NaiveDate>,
}

/// What was written before a correction, of the same keys as the rows that replaced it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Work as it was first reported.
    pub work_hours: Vec<WorkHours>,
    /// Benefits as they were before the fund settled again.
    pub benefits: Vec<Benefit>,
}

impl Dossier {
    /// A citizen without any history.
    pub(crate) fn new(id: String, citizen: Citizen, contact: Contact) -> Self {
        Self {
            id,
            citizen,
            contact,
            work_hours: Vec::new(),
            benefits: Vec::new(),
            sickness: Vec::new(),
            measures: Vec::new(),
            sanctions: Vec::new(),
            meetings: Vec::new(),
            job_search: Vec::new(),
            earlier: Earlier::default(),
            left_on: None,
        }
    }
}
