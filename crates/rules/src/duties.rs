//! Deadlines and days of payment: when a card must be sent, when benefit is paid and settled, when
//! CV and first meeting are due.
//!
//! **Source**: BEK 875 af 24/6/2025 (card, payment); lov om en aktiv beskæftigelsesindsats § 31 (CV,
//! meetings). `None` is returned for days before the law begins.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::calendar::last_banking_day;
use crate::case::Scheme;
use crate::law::{Key, fact};
use crate::units::Month;

/// What a deadline is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// A booked meeting with the fund.
    FundMeeting,
    /// A booked meeting with the job centre or municipality.
    JobCentreMeeting,
    /// The CV must be complete and searchable.
    Cv,
    /// The benefit card (dagpengekort) of a month must be sent.
    BenefitCard,
    /// Book the first meeting.
    BookMeeting,
}

/// The last day to send the benefit card (dagpengekort) of a month: one month and ten days after
/// the month has ended.
///
/// # Examples
/// ```
/// let deadline = jobnet_rules::duties::card_deadline("2026-10".parse().unwrap()).unwrap();
/// assert_eq!(deadline.to_string(), "2026-12-10");
/// ```
pub fn card_deadline(month: Month) -> Option<NaiveDate> {
    let day = month.last_day();
    let months = fact::<i32>(Key::DutyCardMonths, day)?.value;
    let days = fact::<i32>(Key::DutyCardDays, day)?.value;
    month.plus(months).last_day().checked_add_days(Days::new(u64::from(days.unsigned_abs())))
}

/// The month whose benefit card must be sent by a day at the latest.
pub fn card_month(deadline: NaiveDate) -> Option<Month> {
    let month = Month::of(deadline);
    (0..=3).map(|back| month.plus(-back)).find(|month| card_deadline(*month) == Some(deadline))
}

/// The day a month is paid, on account: its last banking day.
pub fn payout_day(month: Month) -> NaiveDate {
    last_banking_day(month)
}

/// The day from which a month can be settled against eIndkomst: the 11th of the next month.
pub fn settlement_day(month: Month) -> Option<NaiveDate> {
    let day = fact::<i32>(Key::DutySettlementDay, month.last_day())?.value;
    let first = month.plus(1).first_day();
    first.checked_add_days(Days::new(u64::from(day.unsigned_abs().saturating_sub(1))))
}

/// The last day to have a complete, searchable CV: two weeks after registration.
pub fn cv_deadline(registered_on: NaiveDate) -> Option<NaiveDate> {
    weeks_after(registered_on, Key::DutyCvWeeks)
}

/// The last day of the first meeting: two weeks after registration with the fund, one week with the
/// municipality (social assistance).
pub fn first_meeting_deadline(registered_on: NaiveDate, scheme: Scheme) -> Option<NaiveDate> {
    let weeks = match scheme {
        Scheme::Dagpenge | Scheme::Graduate => Key::DutyFundMeetingWeeks,
        Scheme::SocialAssistance => Key::DutyMunicipalityMeetingWeeks,
    };
    weeks_after(registered_on, weeks)
}

fn weeks_after(day: NaiveDate, weeks: Key) -> Option<NaiveDate> {
    let weeks = fact::<i32>(weeks, day)?.value;
    day.checked_add_days(Days::new(u64::from(weeks.unsigned_abs()) * 7))
}
