//! A citizen's account with everything her pages need.

use std::ops::Deref;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use jobnet_rules::account::Account;
use jobnet_rules::case::{Away, Case};
use jobnet_rules::check::CaseErrors;
use jobnet_rules::evaluate::evaluate;
use jobnet_rules::units::{Hours, Money, Month};

pub use jobnet_rules::duties::DeadlineKind;
pub use jobnet_rules::sanctions::SanctionKind;

use crate::report::HoursReport;

/// A register that figures come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Register {
    /// eIndkomst: hours and earnings reported by employers.
    WorkHours,
    /// Ydelsesdata: benefits paid.
    Benefits,
    /// Sickness, parental leave and care.
    Sickness,
    /// Sanktionsdata.
    Sanctions,
    /// Meetings and calls.
    Meetings,
}

/// As of when a register is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceStamp {
    /// The register.
    pub register: Register,
    /// The day of the newest facts from it about this citizen.
    #[serde(deserialize_with = "jobnet_rules::day::read")]
    pub as_of: NaiveDate,
}

/// A spell of sickness, parental leave or care.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Spell {
    /// What kind.
    pub kind: Away,
    /// First day.
    #[serde(deserialize_with = "jobnet_rules::day::read")]
    pub from: NaiveDate,
    /// Last day; `None` while it lasts.
    #[serde(default, deserialize_with = "jobnet_rules::day::read_option")]
    pub to: Option<NaiveDate>,
}

impl Spell {
    /// Does it last on a day?
    pub fn lasts_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| to >= day)
    }
}

/// The kinds of benefit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BenefitKind {
    /// Unemployment benefit (dagpenge).
    Dagpenge,
    /// Social assistance (kontanthjælp).
    SocialAssistance,
    /// Holiday benefit (feriedagpenge).
    Holiday,
}

/// What was really paid for a month, as the fund or the municipality reports it; what the rules
/// make of a month stands in [`Account::payouts`] and knows no deductions (karens, quarantine, days
/// of sickness or holiday).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Payment {
    /// The month it was paid for.
    pub month: Month,
    /// What kind.
    pub kind: BenefitKind,
    /// Hours paid, if reported.
    pub paid_hours: Option<Hours>,
    /// Kroner before tax, if reported.
    pub gross: Option<Money>,
    /// Settled against eIndkomst; before that it is paid on account.
    pub settled: bool,
    /// The day from which the figures stand.
    #[serde(
        serialize_with = "jobnet_rules::day::write",
        deserialize_with = "jobnet_rules::day::read"
    )]
    pub as_of: NaiveDate,
}

/// A sanction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sanction {
    /// What kind.
    pub kind: SanctionKind,
    /// The day of the decision.
    #[serde(deserialize_with = "jobnet_rules::day::read")]
    pub decided_on: NaiveDate,
    /// Hours to serve, if the sanction is in hours.
    pub hours: Option<Hours>,
    /// Hours served.
    pub served_hours: Hours,
}

/// Something to do by a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deadline {
    /// What.
    pub kind: DeadlineKind,
    /// The last day.
    #[serde(deserialize_with = "jobnet_rules::day::read")]
    pub on: NaiveDate,
}

/// One citizen's facts, and as of when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountFacts {
    /// When the server made this answer.
    #[serde(deserialize_with = "crate::instant::read")]
    pub computed_at: DateTime<Utc>,
    /// Name of her fund (a-kasse) or, on social assistance, her municipality.
    pub authority: String,
    /// The day she registered as unemployed, if known.
    #[serde(default, deserialize_with = "jobnet_rules::day::read_option")]
    pub registered_on: Option<NaiveDate>,
    /// What the rules need to know of her.
    pub case: Case,
    /// As of when each register is known.
    pub sources: Vec<SourceStamp>,
    /// What was really paid, oldest month first.
    #[serde(default)]
    pub payments: Vec<Payment>,
    /// Sickness, parental leave and care, oldest first.
    pub spells: Vec<Spell>,
    /// Sanctions, oldest first.
    pub sanctions: Vec<Sanction>,
    /// What she has to do, next first.
    pub deadlines: Vec<Deadline>,
    /// Her own remarks: shown as remarks, never counted.
    pub reports: Vec<HoursReport>,
}

impl AccountFacts {
    /// Lets the rules make an account of the facts: the same on the server and in the page
    /// (docs/decisions/0004).
    ///
    /// # Errors
    /// The facts contradict each other; no import could have stored them.
    pub fn evaluate(self) -> Result<AccountAnswer, CaseErrors> {
        let account = evaluate(&self.case)?;
        Ok(AccountAnswer { facts: self, account })
    }
}

/// One citizen's facts and what the rules make of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountAnswer {
    /// The facts.
    #[serde(flatten)]
    pub facts: AccountFacts,
    /// What the rules make of them.
    pub account: Account,
}

impl Deref for AccountAnswer {
    type Target = AccountFacts;

    fn deref(&self) -> &AccountFacts {
        &self.facts
    }
}
