//! Five questions about one's own account, and which answer to each is right: whether somebody
//! understands her benefits can be measured by it.
//!
//! The answers to choose from are the same for everyone, so a question gives nothing away. It must
//! not know who is asked, when, or what it is good for.
//!
//! **Source**: understanding of the rules and of one's own entitlement is the first outcome of Altmann,
//! Cairo, Mahlstedt & Sebald, “Do Job Seekers Understand the UI Benefit System (and Does It Matter)?”;
//! the wording and the choices are our own.

use serde::{Deserialize, Serialize};

use crate::account::{Account, EmploymentAccount, Karens, KarensState, Period, Requalification};
use crate::units::{Hours, Month};

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// How many hours of benefit are left of the ordinary period.
    Remaining,
    /// When the period ends if she is fully unemployed from now on.
    RunsOut,
    /// How many work hours she lacks for a new period.
    NewPeriod,
    /// Whether a day is deducted (karens).
    Karens,
    /// How many benefit hours her saved work hours can buy.
    Extension,
}

/// An answer to choose. “At most” and “within” hold what no earlier answer of the question holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// No hours.
    #[serde(rename = "none")]
    Nothing,
    /// Hours.
    #[serde(rename = "at_most_200")]
    AtMost200,
    /// Hours.
    #[serde(rename = "at_most_500")]
    AtMost500,
    /// Hours.
    #[serde(rename = "at_most_1000")]
    AtMost1000,
    /// Hours.
    #[serde(rename = "at_most_1500")]
    AtMost1500,
    /// Hours.
    #[serde(rename = "at_most_2000")]
    AtMost2000,
    /// Hours.
    #[serde(rename = "at_most_3000")]
    AtMost3000,
    /// More hours than the answer before.
    More,
    /// It has ended.
    Ended,
    /// In this month or the next six.
    WithinHalfAYear,
    /// Later, in the next twelve months.
    WithinAYear,
    /// Later, in the next 24 months.
    WithinTwoYears,
    /// Later than all of these.
    Later,
    /// No day is deducted.
    Avoided,
    /// A day is deducted.
    Applies,
    /// It depends on the months to come.
    Open,
    /// Hours are missing, so nobody can say.
    Unknown,
}

impl Question {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 5] =
        [Self::Remaining, Self::RunsOut, Self::NewPeriod, Self::Karens, Self::Extension];

    /// The answers to choose from, from the least to the most.
    pub const fn choices(self) -> &'static [Choice] {
        use Choice::*;
        match self {
            Self::Remaining => &[Nothing, AtMost1000, AtMost2000, AtMost3000, More],
            Self::RunsOut => &[Ended, WithinHalfAYear, WithinAYear, WithinTwoYears, Later],
            Self::NewPeriod => &[Nothing, AtMost500, AtMost1000, AtMost1500, More],
            Self::Karens => &[Avoided, Applies, Open, Unknown],
            Self::Extension => &[Nothing, AtMost200, AtMost1000, More],
        }
    }

    /// The right answer for an account; `None`: the account has nothing of the kind, as that of
    /// social assistance, and the question cannot be asked.
    pub fn right(self, account: &Account) -> Option<Choice> {
        Some(match self {
            Self::Remaining => self.of_hours(account.period.as_ref()?.remaining_hours),
            Self::RunsOut => runs_out(account.period.as_ref()?, Month::of(account.rules_as_of)),
            Self::NewPeriod => {
                let Requalification { missing_hours, .. } = account.requalification.as_ref()?;
                self.of_hours(*missing_hours)
            }
            Self::Karens => {
                let Karens { state, .. } = account.karens.as_ref()?;
                match state {
                    KarensState::Open => Choice::Open,
                    KarensState::Avoided => Choice::Avoided,
                    KarensState::Applies => Choice::Applies,
                    KarensState::Unknown => Choice::Unknown,
                }
            }
            Self::Extension => {
                let EmploymentAccount { extension_hours_available, .. } =
                    account.account.as_ref()?;
                self.of_hours(*extension_hours_available)
            }
        })
    }

    /// The first of its answers that holds so many hours.
    fn of_hours(self, hours: Hours) -> Choice {
        let holds = |choice: &&Choice| choice.most().is_some_and(|most| hours <= most);
        self.choices().iter().find(holds).copied().unwrap_or(Choice::More)
    }
}

impl Choice {
    /// The most hours it holds; `None`: it is no answer in hours, or it has no upper end.
    pub const fn most(self) -> Option<Hours> {
        Some(Hours::from_hundredths(match self {
            Self::Nothing => 0,
            Self::AtMost200 => 20_000,
            Self::AtMost500 => 50_000,
            Self::AtMost1000 => 100_000,
            Self::AtMost1500 => 150_000,
            Self::AtMost2000 => 200_000,
            Self::AtMost3000 => 300_000,
            _ => return None,
        }))
    }
}

fn runs_out(period: &Period, today: Month) -> Choice {
    match period.runs_out_month.map(|month| month.since(today)) {
        None | Some(..0) => Choice::Ended,
        Some(0..=6) => Choice::WithinHalfAYear,
        Some(7..=12) => Choice::WithinAYear,
        Some(13..=24) => Choice::WithinTwoYears,
        Some(25..) => Choice::Later,
    }
}

/// The right answer to every question; `None`: one of them cannot be asked about this account.
pub fn right_answers(account: &Account) -> Option<Vec<(Question, Choice)>> {
    Question::ALL.into_iter().map(|question| Some((question, question.right(account)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::evaluate;

    fn account(case: &str) -> Account {
        evaluate(&serde_json::from_str(case).unwrap()).unwrap()
    }

    /// The example of the contract: 3,577.34 hours left, until March 2028, 1,874 missing, an open
    /// window of karens, 100 hours to buy.
    fn contract() -> Account {
        account(
            r#"{ "as_of": "2026-10-11", "scheme": "dagpenge", "insurance": "full_time",
                 "placed_on": "2026-03-01",
                 "months": [
                   {"month": "2026-03", "work_hours": 50.00, "paid_hours": 110.33, "settled": true},
                   {"month": "2026-04", "work_hours": null, "paid_hours": 160.33, "settled": true} ] }"#,
        )
    }

    #[test]
    fn the_example_of_the_contract_has_these_answers() {
        use Choice::*;
        let found: Vec<_> =
            right_answers(&contract()).unwrap().into_iter().map(|(_, right)| right).collect();
        assert_eq!(found, [More, WithinTwoYears, More, Open, AtMost200]);
    }

    #[test]
    fn each_bound_belongs_to_the_smaller_answer() {
        use Choice::*;
        for (question, hundredths, expected) in [
            (Question::Remaining, 0, Nothing),
            (Question::Remaining, 1, AtMost1000),
            (Question::Remaining, 100_000, AtMost1000),
            (Question::Remaining, 100_001, AtMost2000),
            (Question::Remaining, 300_000, AtMost3000),
            (Question::Remaining, 384_800, More),
            (Question::NewPeriod, 0, Nothing),
            (Question::NewPeriod, 50_000, AtMost500),
            (Question::NewPeriod, 50_001, AtMost1000),
            (Question::NewPeriod, 150_001, More),
            (Question::Extension, 20_000, AtMost200),
            (Question::Extension, 20_001, AtMost1000),
            (Question::Extension, 192_400, More),
        ] {
            let mut account = contract();
            let hours = Hours::from_hundredths(hundredths);
            account.period.as_mut().unwrap().remaining_hours = hours;
            account.requalification.as_mut().unwrap().missing_hours = hours;
            account.account.as_mut().unwrap().extension_hours_available = hours;
            assert_eq!(question.right(&account), Some(expected), "{question:?} {hundredths}");
        }
    }

    #[test]
    fn the_end_is_told_in_months_from_now() {
        use Choice::*;
        for (month, expected) in [
            (None, Ended),
            (Some("2026-09"), Ended),
            (Some("2026-10"), WithinHalfAYear),
            (Some("2027-04"), WithinHalfAYear),
            (Some("2027-05"), WithinAYear),
            (Some("2027-10"), WithinAYear),
            (Some("2027-11"), WithinTwoYears),
            (Some("2028-10"), WithinTwoYears),
            (Some("2028-11"), Later),
        ] {
            let mut account = contract();
            account.period.as_mut().unwrap().runs_out_month =
                month.map(|month| month.parse().unwrap());
            assert_eq!(Question::RunsOut.right(&account), Some(expected), "{month:?}");
        }
    }

    #[test]
    fn every_right_answer_can_be_chosen_and_no_answer_stands_twice() {
        for question in Question::ALL {
            let mut choices = question.choices().to_vec();
            let right = question.right(&contract()).unwrap();
            assert!(choices.contains(&right), "{question:?}");
            choices.sort_unstable();
            choices.dedup();
            assert_eq!(choices.len(), question.choices().len(), "{question:?}");
        }
    }

    #[test]
    fn social_assistance_has_nothing_to_ask_about() {
        let account = account(
            r#"{ "as_of": "2026-10-11", "scheme": "social_assistance", "rate_level": "basic",
                 "months": [{"month": "2026-08", "earned": 5000, "settled": true}] }"#,
        );
        assert_eq!(right_answers(&account), None);
    }
}
