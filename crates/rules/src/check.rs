//! What can be wrong with a case, each problem with the place it stands at and a sentence.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Serialize, Serializer};

use crate::case::{Case, CaseMonth, Scheme};
use crate::law;
use crate::order::sort_by;
use crate::units::{DecimalError, Hours, Money, Month, MonthError};

/// Why a value of a case cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The input is not an object, or a field has the wrong type.
    #[error("This must be {expected}, but it is {found}.")]
    WrongType {
        /// What belongs here.
        expected: &'static str,
        /// What stands here.
        found: &'static str,
    },
    /// A field that the format does not have.
    #[error("The field “{0}” is unknown.")]
    UnknownField(String),
    /// A field given more than once.
    #[error("The field “{0}” is given twice.")]
    FieldTwice(String),
    /// A field that must be there.
    #[error("The field “{0}” is missing.")]
    MissingField(&'static str),
    /// A word that is none of those allowed.
    #[error("“{found}” is not one of {allowed}.")]
    UnknownWord {
        /// What stands here.
        found: String,
        /// What may stand here.
        allowed: &'static str,
    },
    /// Not an amount of hours or kroner.
    #[error("{0}.")]
    Decimal(#[from] DecimalError),
    /// Not a month.
    #[error("{0}.")]
    Month(#[from] MonthError),
    /// Not a date.
    #[error("“{0}” is not a date (YYYY-MM-DD, years 1900 to 2200).")]
    Date(String),
    /// Not a whole number within bounds.
    #[error("{0} is not a whole number from 0 to {max}.", max = u32::MAX)]
    Whole(String),
    /// An amount below zero.
    #[error("{0} is negative; the least is 0.")]
    Negative(String),
    /// A month given more than once.
    #[error("The month {month} is given twice; it stands at {first} already.")]
    MonthTwice {
        /// The month.
        month: Month,
        /// Pointer to where it stands first.
        first: String,
    },
    /// A number larger than any real figure could be.
    #[error("{0} is too large.")]
    TooLarge(String),
    /// The day lies before the rules.
    #[error("No rule is known for {as_of}: the rules begin on {first}.")]
    BeforeTheRules {
        /// The day asked for.
        as_of: NaiveDate,
        /// The first day with rules.
        first: NaiveDate,
    },
    /// A simulation of something that cannot be simulated.
    #[error("A simulation needs unemployment insurance and a day of placement.")]
    NotSimulated,
    /// A holiday that ends before it begins.
    #[error("The holiday ends on {to}, before it begins on {from}.")]
    HolidayBackwards {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
}

/// One problem: where and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseProblem {
    /// JSON pointer (RFC 6901) to the value, such as `/months/3/paid_hours`.
    pub pointer: String,
    /// What is wrong; displays as a sentence.
    pub problem: Problem,
}

impl Serialize for CaseProblem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Wire<'a> {
            pointer: &'a str,
            problem: String,
        }
        Wire { pointer: &self.pointer, problem: self.problem.to_string() }.serialize(serializer)
    }
}

/// Every problem of a case; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseErrors(pub Vec<CaseProblem>);

impl fmt::Display for CaseErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{}: {}", problem.pointer, problem.problem)?;
        }
        Ok(())
    }
}

impl std::error::Error for CaseErrors {}

pub(crate) struct Problems(Vec<CaseProblem>);

impl Problems {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn add(&mut self, pointer: impl Into<String>, problem: Problem) {
        self.0.push(CaseProblem { pointer: pointer.into(), problem });
    }

    pub(crate) fn into_vec(self) -> Vec<CaseProblem> {
        self.0
    }
}

/// Whether a day lies in the years that months can name.
pub(crate) fn known_year(day: NaiveDate) -> bool {
    (1900..=2200).contains(&day.year())
}

impl Case {
    /// Every problem that keeps the rules from being applied; empty for a good case.
    pub fn check(&self) -> Vec<CaseProblem> {
        self.check_as(|index| index)
    }

    /// [`Case::check`] of a case some of whose months were left out: `place` gives the place that a
    /// month had.
    pub(crate) fn check_as(&self, place: impl Fn(usize) -> usize) -> Vec<CaseProblem> {
        let mut problems = Problems::new();
        if !known_year(self.as_of) {
            problems.add("/as_of", Problem::Date(self.as_of.to_string()));
        } else if self.as_of < law::FIRST_DAY && self.scheme != Scheme::SocialAssistance {
            let first = law::FIRST_DAY;
            problems.add("/as_of", Problem::BeforeTheRules { as_of: self.as_of, first });
        }
        if let Some(placed_on) = self.placed_on.filter(|day| !known_year(*day)) {
            problems.add("/placed_on", Problem::Date(placed_on.to_string()));
        }
        if let Some(rate) = self.monthly_rate {
            check_amount(&mut problems, || "/monthly_rate".to_owned(), rate.hundredths());
        }
        if let Some(left) = self.quarantine_left_hours {
            let pointer = || "/quarantine_left_hours".to_owned();
            check_amount(&mut problems, pointer, left.hundredths());
        }
        if let Some(graduate) = self.graduate.filter(|graduate| !known_year(graduate.birth_date)) {
            let birth_date = graduate.birth_date.to_string();
            problems.add("/graduate/birth_date", Problem::Date(birth_date));
        }
        for (index, month) in self.months.iter().enumerate() {
            check_month(&mut problems, place(index), month);
        }
        check_twice(&mut problems, &self.months, &place);
        problems.into_vec()
    }
}

fn check_month(problems: &mut Problems, index: usize, month: &CaseMonth) {
    if !(1900..=2200).contains(&month.month.year()) {
        let text = month.month.to_string();
        problems.add(format!("/months/{index}/month"), Problem::Date(text));
    }
    let hours = Hours::hundredths;
    let amounts = [
        ("work_hours", month.work_hours.map(hours)),
        ("subsidised_hours", Some(hours(month.subsidised_hours))),
        ("paid_hours", month.paid_hours.map(hours)),
        ("quarantine_hours", Some(hours(month.quarantine_hours))),
        ("earned", month.earned.map(Money::hundredths)),
    ];
    for (field, amount) in amounts {
        if let Some(amount) = amount {
            check_amount(problems, || format!("/months/{index}/{field}"), amount);
        }
    }
}

fn check_amount(problems: &mut Problems, pointer: impl FnOnce() -> String, hundredths: i64) {
    let text = || Hours::from_hundredths(hundredths).to_string();
    if hundredths < 0 {
        problems.add(pointer(), Problem::Negative(text()));
    } else if hundredths > crate::units::MAX_HUNDREDTHS {
        problems.add(pointer(), Problem::TooLarge(text()));
    }
}

fn check_twice(problems: &mut Problems, months: &[CaseMonth], place: &impl Fn(usize) -> usize) {
    if months.windows(2).all(|pair| pair[0].month < pair[1].month) {
        return;
    }
    let mut order: Vec<usize> = (0..months.len()).collect();
    sort_by(&mut order, |index| months[*index].month.index().into());
    let mut first = 0;
    let mut found = Vec::new();
    for position in 1..order.len() {
        if months[order[position]].month == months[order[first]].month {
            found.push((order[position], order[first]));
        } else {
            first = position;
        }
    }
    sort_by(&mut found, |(index, _)| *index as i64);
    for (index, first) in found {
        let month = months[index].month;
        let first = format!("/months/{}", place(first));
        let pointer = format!("/months/{}/month", place(index));
        problems.add(pointer, Problem::MonthTwice { month, first });
    }
}
