//! What caseworkers see: their caseload, one citizen's card, and guest access.

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_rules::account::KarensState;
use jobnet_rules::case::Scheme;
use jobnet_rules::units::{Hours, Month};
use serde::{Deserialize, Serialize};

use crate::access::Relation;
use crate::account::Deadline;

/// The most rows a page of the caseload may have.
pub const MAX_PAGE_SIZE: u32 = 100;
/// The longest search text, in characters.
pub const MAX_SEARCH_CHARS: usize = 100;
/// The longest reason for guest access, in characters; the shortest is 1.
pub const MAX_REASON_CHARS: usize = 900;
/// “About to end”: the benefit runs out in this month or one of so many after it.
pub const ENDS_SOON_MONTHS: i32 = 3;
/// “New”: registered within so many days.
pub const NEW_DAYS: u32 = 28;

/// Which citizens of a caseload; each narrows the choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseloadFilter {
    /// Her benefit runs out within [`ENDS_SOON_MONTHS`].
    BenefitEndsSoon,
    /// Her karens window ends this month or the next and is not decided yet.
    KarensAhead,
    /// She registered within [`NEW_DAYS`].
    New,
    /// She is sick today.
    SickListed,
}

/// By what a caseload is sorted; unknown comes last, and equals by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseloadSort {
    /// Surname, then given names, in the Danish order.
    #[default]
    Name,
    /// The month in which the benefit runs out.
    RunsOut,
    /// Hours missing to avoid a karens day.
    KarensMissing,
    /// The day she registered.
    RegisteredOn,
    /// Her next deadline.
    NextDeadline,
}

/// Body of a search in the caseload. In a body, not in the address: what is searched for is
/// personal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CaseloadQuery {
    /// Parts of a name, or a whole CPR number; empty: everyone.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub search: String,
    /// All of these must hold.
    #[serde(default)]
    pub filters: Vec<CaseloadFilter>,
    /// Only citizens whose caseworker she is herself.
    #[serde(default)]
    pub mine: bool,
    /// By what it is sorted.
    #[serde(default)]
    pub sort: CaseloadSort,
    /// Largest or latest first.
    #[serde(default)]
    pub descending: bool,
    /// Which page, from 1.
    #[serde(default = "first_page")]
    #[cfg_attr(feature = "openapi", schema(format = Int64, minimum = 1, maximum = 4_294_967_295_u32))]
    pub page: u32,
    /// Rows a page, 1 to [`MAX_PAGE_SIZE`].
    #[serde(default = "default_page_size")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 100))]
    pub page_size: u32,
}

impl Default for CaseloadQuery {
    /// Everyone, by name: the same as an empty body.
    fn default() -> Self {
        Self {
            search: String::new(),
            filters: Vec::new(),
            mine: false,
            sort: CaseloadSort::default(),
            descending: false,
            page: first_page(),
            page_size: default_page_size(),
        }
    }
}

const fn first_page() -> u32 {
    1
}

const fn default_page_size() -> u32 {
    50
}

/// A citizen in the caseload. Every figure is the one on her own pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseloadRow {
    /// Her id in addresses.
    pub citizen: String,
    /// Given names and surname.
    pub name: String,
    /// Born on.
    pub birth_date: NaiveDate,
    /// The benefit she is on.
    pub scheme: Scheme,
    /// Registered as unemployed on.
    pub registered_on: Option<NaiveDate>,
    /// Her caseworker, as the registers write it.
    pub caseworker: Option<String>,
    /// Hours of benefit left.
    pub remaining_hours: Option<Hours>,
    /// The month in which the benefit runs out.
    pub runs_out_month: Option<Month>,
    /// The last day of the frame.
    pub frame_ends_on: Option<NaiveDate>,
    /// Her karens window.
    pub karens_state: Option<KarensState>,
    /// The last month of her karens window.
    pub karens_window_to: Option<Month>,
    /// Hours missing to avoid a karens day.
    pub karens_missing_hours: Option<Hours>,
    /// The first day of the sickness that lasts.
    pub sick_since: Option<NaiveDate>,
    /// What she has to do next.
    pub next_deadline: Option<Deadline>,
}

/// How many citizens each filter would leave, among those that search and `mine` leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseloadCounts {
    /// Without any filter.
    pub all: u64,
    /// Of [`CaseloadFilter::BenefitEndsSoon`].
    pub benefit_ends_soon: u64,
    /// Of [`CaseloadFilter::KarensAhead`].
    pub karens_ahead: u64,
    /// Of [`CaseloadFilter::New`].
    pub new: u64,
    /// Of [`CaseloadFilter::SickListed`].
    pub sick_listed: u64,
}

/// A page of a caseload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Caseload {
    /// The citizens.
    pub rows: Vec<CaseloadRow>,
    /// How many there are on all pages together.
    pub total: u64,
    /// How many each filter would leave.
    pub counts: CaseloadCounts,
    /// Which page this is, from 1.
    pub page: u32,
    /// Rows a page.
    pub page_size: u32,
    /// The day the figures are of; `None`: they were never computed.
    pub figures_as_of: Option<NaiveDate>,
    /// Whether the figures are of today and of the newest import. If not, they are being computed
    /// anew; a citizen's own pages always are.
    pub is_current: bool,
}

/// Who a citizen is, for a caseworker who may see her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CitizenCard {
    /// Her id in addresses.
    pub citizen: String,
    /// Given names and surname.
    pub name: String,
    /// Born on.
    pub birth_date: NaiveDate,
    /// The benefit she is on.
    pub scheme: Scheme,
    /// Her fund.
    pub fund: Option<String>,
    /// Her job centre.
    pub job_centre: Option<String>,
    /// Her caseworker, as the registers write it.
    pub caseworker: Option<String>,
    /// How she stands to who asks.
    pub relation: Relation,
    /// Why a guest may see her.
    pub reason: Option<String>,
    /// Of one who was hers once, the last day of it: everything about her is as it was known then.
    pub last_day: Option<NaiveDate>,
    /// She has a checklist and lets her caseworker see it.
    pub shares_checklist: bool,
}

/// Body of a request for guest access (gæsteadgang).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewGuestAccess {
    /// Her CPR number: ten digits, a hyphen before the last four allowed.
    pub cpr: String,
    /// Why, 1 to [`MAX_REASON_CHARS`] characters; the citizen can read it.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 900))]
    pub reason: String,
}

/// Guest access that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuestAccess {
    /// The citizen's id in addresses.
    pub citizen: String,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
}
