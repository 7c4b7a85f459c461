//! “Who has looked at my data”: the record as the citizen reads it.

use chrono::{DateTime, Utc};
use jobnet_rules::units::Month;
use serde::{Deserialize, Serialize};

use crate::boot::Role;

/// How a citizen stands to who looks at her data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// It is herself.
    Herself,
    /// She belongs to the caseworker's fund or job centre.
    Caseload,
    /// She did once.
    Former,
    /// The caseworker has given a written reason (gæsteadgang).
    Guest,
    /// None of these.
    Stranger,
}

/// Why someone looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// She used her own pages.
    SelfService,
    /// To counsel her.
    Casework,
    /// To find someone among many.
    Search,
    /// As a guest, for the reason given.
    GuestAccess,
    /// To see her account as she sees it, for the reason given. Whether a trial decides what that is,
    /// is not said.
    Unblinding,
    /// To run the system.
    Administration,
    /// Deleting what need not be kept any longer.
    Retention,
}

/// What kind of data was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Hours, benefits, sickness, sanctions and meetings.
    Account,
    /// Name, birth date, fund and job centre.
    Identity,
    /// One line in a list of citizens.
    Caseload,
    /// Her reports of missing hours.
    HoursReports,
    /// This record.
    AccessLog,
    /// Everything, to take away.
    AllData,
    /// The trials she is in.
    Trials,
    /// Her checklist; another sees it only while she shares it.
    Checklist,
    /// Her answers to the preparation form, her profile and her remark on it.
    Profile,
    /// The list of letters and receipts to her.
    Letters,
    /// Her rights, duties and deadlines, with measures and job log.
    Rights,
}

/// One look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Look {
    /// Number in the record.
    pub number: i64,
    /// When.
    #[serde(deserialize_with = "crate::instant::read")]
    pub at: DateTime<Utc>,
    /// The pseudonym of who looked: the same person has the same one.
    pub by: String,
    /// Her fund or job centre.
    pub organisation: Option<String>,
    /// What she was signed in as; `None`: the system itself.
    pub role: Option<Role>,
    /// How the citizen stood to her.
    pub relation: Relation,
    /// Why.
    pub purpose: Purpose,
    /// Why, in her own words, where a reason was asked for.
    pub reason: Option<String>,
    /// What kind of data.
    pub category: Category,
}

/// How often others looked in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonthOfLooks {
    /// The month.
    pub month: Month,
    /// Looks by others than herself.
    pub looks: u32,
}

/// A part of a citizen's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessLog {
    /// Newest first.
    pub looks: Vec<Look>,
    /// Looks by others, month by month, oldest first; a month without any is left out.
    pub months: Vec<MonthOfLooks>,
    /// Ask with `before` this number for older ones; `None`: there are none.
    pub next: Option<i64>,
}
