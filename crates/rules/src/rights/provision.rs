//! Rights and duties as dated rows: `data/provisions.csv`. A change of law is a change there.
//!
//! They are apart from [`crate::law`], for the page that makes an account need not carry them. They
//! say what holds on a day, not to whom it has happened.

use chrono::NaiveDate;

use crate::case::Scheme;
use crate::keys::keyed_enum;
use crate::law;
use crate::trace::Status;

use super::Basis;

keyed_enum! {
    /// A right or a duty.
    pub enum Provision {
        /// Register as unemployed on the first day.
        Registration = "registration",
        /// Write down what she applies for (joblog).
        JobLog = "job_log",
        /// Look at suggested jobs every so many days.
        JobSuggestions = "job_suggestions",
        /// Be able to take a job.
        Availability = "availability",
        /// Report sickness by so many days.
        ReportSickness = "report_sickness",
        /// Report holiday and other absence.
        ReportAbsence = "report_absence",
        /// So many talks with the fund within so many months, for most.
        FundTalks = "fund_talks",
        /// So many talks with the municipality within so many months, for most.
        MunicipalityTalks = "municipality_talks",
        /// So many offers within so many months, for most.
        Offer = "offer",
        /// More talks on request after so many months.
        MoreTalks = "more_talks",
        /// A talk with fund and municipality together after so many months.
        JointTalk = "joint_talk",
        /// The fund pays so many days of a sickness; then the municipality.
        SickPayFromFund = "sick_pay_from_fund",
        /// After so many weeks of sickness within so many months the municipality looks again.
        SickPayReview = "sick_pay_review",
        /// No benefit from a talk missed until a new contact.
        MissedTalk = "missed_talk",
        /// Leaving a job because of violence is no reason for karantæne.
        Violence = "violence",
        /// To complain of a decision.
        Complaint = "complaint",
        /// To take part up to so many hours a week (arbejdspligt).
        WorkDuty = "work_duty",
    }
}

/// Who decides, and so whose rules hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authority {
    /// The unemployment fund: dagpenge.
    Fund,
    /// The municipality: social assistance.
    Municipality,
}

impl Authority {
    /// Who decides on a benefit.
    pub const fn of(scheme: Scheme) -> Self {
        match scheme {
            Scheme::Dagpenge | Scheme::Graduate => Self::Fund,
            Scheme::SocialAssistance => Self::Municipality,
        }
    }
}

/// A right or duty and the days on which it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvisionRow {
    /// Which.
    pub provision: Provision,
    /// Whose members or citizens it holds for.
    pub who: Authority,
    /// How many talks, offers, days, weeks or hours, if the law has a number.
    pub value: Option<u32>,
    /// Within how many months, if it says so.
    pub within: Option<u32>,
    /// First day in force.
    pub valid_from: NaiveDate,
    /// Last day in force; `None` while no end is known.
    pub valid_to: Option<NaiveDate>,
    /// Reference to the law, in Danish; may be empty.
    pub legal_ref: &'static str,
    /// Where it was read.
    pub source: &'static str,
    /// How sure it is.
    pub status: Status,
}

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => panic!("data/provisions.csv has a day that does not exist"),
    }
}

include!(concat!(env!("OUT_DIR"), "/provision_rows.rs"));

/// Every row, in the order of the file.
pub fn rows() -> &'static [ProvisionRow] {
    ROWS
}

/// The row in force on a day; `None` if none is known for it.
pub fn provision(of: Provision, who: Authority, on: NaiveDate) -> Option<&'static ProvisionRow> {
    ROWS.iter()
        .filter(|row| row.provision == of && row.who == who && row.valid_from <= on)
        .find(|row| row.valid_to.is_none_or(|last| on <= last))
}

impl From<&ProvisionRow> for Basis {
    fn from(row: &ProvisionRow) -> Self {
        Self {
            rule: row.provision.key().to_owned(),
            law: row.legal_ref.to_owned(),
            source: row.source.to_owned(),
            valid_from: Some(row.valid_from),
            status: row.status,
        }
    }
}

impl From<&law::Row> for Basis {
    fn from(row: &law::Row) -> Self {
        Self {
            rule: row.key.key().to_owned(),
            law: row.legal_ref.to_owned(),
            source: row.source.to_owned(),
            valid_from: Some(row.valid_from),
            status: row.status,
        }
    }
}
