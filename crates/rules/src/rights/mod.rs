//! What a citizen has a right to, what she has to do and by when, and what has happened: one
//! timeline, each entry with the rule it rests on.
//!
//! Pure: it is given the case and what the registers say beside it ([`History`]), and knows neither
//! clock nor language. A rule that is not confirmed is there with its status and without a figure, so
//! that whoever shows it says “ask your fund”.

mod past;
pub mod provision;
mod timeline;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::absence::Absence;
use crate::duties::DeadlineKind;
use crate::sanctions::SanctionKind;
use crate::trace::Status;
use crate::units::{Hours, Money, Month};

pub use timeline::timeline;

/// What the registers say beside the case. The order does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The day she registered as unemployed, if known.
    pub registered_on: Option<NaiveDate>,
    /// What she has to do by which day.
    pub deadlines: Vec<(DeadlineKind, NaiveDate)>,
    /// Sickness, parental leave and care.
    pub absences: Vec<Absence>,
    /// Activities.
    pub measures: Vec<Measure>,
    /// Decisions against her.
    pub sanctions: Vec<Sanctioned>,
    /// Talks that were held or missed.
    pub talks: Vec<Talk>,
    /// The day of each application in her job log.
    pub applications: Vec<NaiveDate>,
}

/// How far an activity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MeasureStatus {
    /// It has not begun.
    Planned,
    /// She is in it.
    Ongoing,
    /// It is over.
    Completed,
    /// It was called off.
    Cancelled,
}

/// An activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What it is, as the register calls it.
    pub name: String,
    /// Who gives it.
    pub provider: Option<String>,
    /// First day.
    pub from: NaiveDate,
    /// Last day; `None`: open.
    pub to: Option<NaiveDate>,
    /// How far it is.
    pub status: MeasureStatus,
}

/// A decision against her.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sanctioned {
    /// What kind.
    pub kind: SanctionKind,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// Its hours, if the register gives them.
    pub hours: Option<Hours>,
    /// Hours of it that are served.
    pub served_hours: Hours,
}

/// A talk that was held or missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Talk {
    /// With the fund; otherwise with job centre or municipality.
    pub with_fund: bool,
    /// The day.
    pub on: NaiveDate,
    /// Held; otherwise missed.
    pub held: bool,
}

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RightsKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A booked talk with the fund.
    FundMeeting,
    /// A booked talk with job centre or municipality.
    JobCentreMeeting,
    /// The CV must be complete.
    Cv,
    /// A benefit card must be sent.
    BenefitCard,
    /// A first talk must be booked.
    BookMeeting,
    /// An activity begins.
    MeasureBegins,
    /// The municipality takes over sick pay.
    SickPayFromMunicipality,
    /// From this day she can ask for more talks.
    MoreTalks,
    /// A talk with fund and municipality together.
    JointTalk,
    /// An activity is offered by this day.
    Offer,
    /// Talks with the fund in the first months.
    FundTalks,
    /// Talks with the municipality in the first months.
    MunicipalityTalks,
    /// Write down what she applies for.
    JobLog,
    /// Look at suggested jobs.
    JobSuggestions,
    /// Be able to take a job.
    Availability,
    /// Report sickness.
    ReportSickness,
    /// Report holiday and other absence.
    ReportAbsence,
    /// The municipality looks at a long sickness again.
    SickPayReview,
    /// Leaving a job because of violence.
    Violence,
    /// To complain.
    Complaint,
    /// To take part (arbejdspligt).
    WorkDuty,
    /// She registered.
    Registered,
    /// Applications of a month.
    Applications,
    /// An activity.
    Measure,
    /// A talk was held.
    TalkHeld,
    /// A talk was missed.
    TalkMissed,
    /// Karantæne.
    Quarantine,
    /// A work requirement.
    WorkRequirement,
    /// Excluded for a time.
    Exclusion,
    /// Sickness.
    Sickness,
    /// Parental leave.
    ParentalLeave,
    /// Care of a relative.
    Care,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 32] = [
        Self::FundMeeting,
        Self::JobCentreMeeting,
        Self::Cv,
        Self::BenefitCard,
        Self::BookMeeting,
        Self::MeasureBegins,
        Self::SickPayFromMunicipality,
        Self::MoreTalks,
        Self::JointTalk,
        Self::Offer,
        Self::FundTalks,
        Self::MunicipalityTalks,
        Self::JobLog,
        Self::JobSuggestions,
        Self::Availability,
        Self::ReportSickness,
        Self::ReportAbsence,
        Self::SickPayReview,
        Self::Violence,
        Self::Complaint,
        Self::WorkDuty,
        Self::Registered,
        Self::Applications,
        Self::Measure,
        Self::TalkHeld,
        Self::TalkMissed,
        Self::Quarantine,
        Self::WorkRequirement,
        Self::Exclusion,
        Self::Sickness,
        Self::ParentalLeave,
        Self::Care,
    ];

    /// Whether it is something she has to do.
    pub const fn is_duty(self) -> bool {
        matches!(
            self,
            Self::FundMeeting
                | Self::JobCentreMeeting
                | Self::Cv
                | Self::BenefitCard
                | Self::BookMeeting
                | Self::MeasureBegins
                | Self::JobLog
                | Self::JobSuggestions
                | Self::Availability
                | Self::ReportSickness
                | Self::ReportAbsence
                | Self::WorkDuty
        )
    }
}

impl Kind {
    /// Whether it is told by the registers alone, and says nothing of the law.
    const fn is_of_registers(self) -> bool {
        matches!(
            self,
            Self::FundMeeting
                | Self::JobCentreMeeting
                | Self::MeasureBegins
                | Self::TalkHeld
                | Self::ParentalLeave
                | Self::Care
        )
    }
}

/// A row of law that an entry rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RightsBasis))]
pub struct Basis {
    /// Its key in the tables of law.
    pub rule: String,
    /// Reference to the law, in Danish; may be empty.
    pub law: String,
    /// Where it was read.
    pub source: String,
    /// First day in force.
    #[serde(default, deserialize_with = "crate::day::read_option")]
    pub valid_from: Option<NaiveDate>,
    /// How sure it is.
    pub status: Status,
}

/// What a decision costs. `None` is unknown, never nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RightsCost))]
pub struct Cost {
    /// Hours: of karantæne, or that have to be worked.
    pub hours: Option<Hours>,
    /// Of these, served or worked.
    pub done_hours: Hours,
    /// What is left.
    pub left_hours: Option<Hours>,
    /// Kroner before tax.
    pub gross: Option<Money>,
    /// Her own rate is not known: it costs at most this.
    pub is_at_most: bool,
}

/// One thing on the timeline. What is `None` is not known or does not belong to its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RightsEntry))]
pub struct Entry {
    /// Its name on her timeline: the same on every day, and no personal data.
    pub id: String,
    /// What it is about.
    pub kind: Kind,
    /// The day: last one of a deadline, first one of what lasts.
    #[serde(default, deserialize_with = "crate::day::read_option")]
    pub on: Option<NaiveDate>,
    /// The last day of what lasts.
    #[serde(default, deserialize_with = "crate::day::read_option")]
    pub to: Option<NaiveDate>,
    /// The month it is about.
    #[serde(default)]
    pub month: Option<Month>,
    /// How many: applications, talks, offers, days, weeks or hours a week.
    #[serde(default)]
    pub count: Option<u32>,
    /// Within how many months.
    #[serde(default)]
    pub within_months: Option<u32>,
    /// What the register calls it, in Danish.
    #[serde(default)]
    pub name: Option<String>,
    /// Who gives it.
    #[serde(default)]
    pub provider: Option<String>,
    /// A talk with the fund; `false`: with job centre or municipality.
    #[serde(default)]
    pub with_fund: Option<bool>,
    /// How far an activity is.
    #[serde(default)]
    pub measure: Option<MeasureStatus>,
    /// What it costs.
    #[serde(default)]
    pub cost: Option<Cost>,
    /// The rows of law.
    pub basis: Vec<Basis>,
}

impl Entry {
    fn new(kind: Kind, id: String) -> Self {
        Self {
            id,
            kind,
            on: None,
            to: None,
            month: None,
            count: None,
            within_months: None,
            name: None,
            provider: None,
            with_fund: None,
            measure: None,
            cost: None,
            basis: Vec::new(),
        }
    }

    /// What it rests on.
    pub fn ground(&self) -> Ground {
        match self.basis.as_slice() {
            [] if self.kind.is_of_registers() => Ground::Registers,
            [] => Ground::Unconfirmed,
            rows if rows.iter().any(|row| row.status == Status::Unconfirmed) => Ground::Unconfirmed,
            _ => Ground::Law,
        }
    }
}

/// What an entry rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Rows of law that are all confirmed: what it says of the law is a fact.
    Law,
    /// The registers alone: it says nothing of the law.
    Registers,
    /// A row of law that is not confirmed, or none where one is needed.
    Unconfirmed,
}

impl Ground {
    /// Whether all of it may be shown as a fact.
    pub fn is_sure(self) -> bool {
        self != Self::Unconfirmed
    }
}

/// Her timeline on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RightsTimeline))]
pub struct Timeline {
    /// The day.
    #[serde(deserialize_with = "crate::day::read")]
    pub today: NaiveDate,
    /// What has a day to come, next first.
    pub coming: Vec<Entry>,
    /// What she has to do all the time.
    pub duties: Vec<Entry>,
    /// What she has a right to all the time.
    pub rights: Vec<Entry>,
    /// What has happened, newest first.
    pub past: Vec<Entry>,
}
