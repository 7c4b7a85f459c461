//! Civil registration numbers that no one has or will have.
//!
//! A CPR number starts with the day of birth, DDMMYY. Here 80 is added to the month, so that it
//! reads 81–92: no date, and never issued. The rest keeps the real scheme: the seventh digit
//! says the century, the last is odd for men and even for women.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

/// Sex as the CPR number holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sex {
    /// Even numbers.
    Female,
    /// Odd numbers.
    Male,
}

/// Hands out numbers, each once.
#[derive(Default)]
pub(crate) struct Numbers {
    // Days of birth are some twenty thousand, however many citizens there are.
    used: BTreeMap<(NaiveDate, Sex), u32>,
}

impl Numbers {
    /// The next free number of a day of birth and a sex; `None` when all 2,000 are used.
    pub(crate) fn next(&mut self, born: NaiveDate, sex: Sex) -> Option<String> {
        let used = self.used.entry((born, sex)).or_default();
        if *used >= 2_000 {
            return None;
        }
        // Neighbours on a day get numbers far apart: 1,237 and 2,000 have no common factor.
        let turn = (*used * 1_237 + born.ordinal()) % 2_000;
        *used += 1;
        let first = if born.year() < 2000 { 0 } else { 4_000 };
        let serial = first + turn * 2 + u32::from(sex == Sex::Male);
        Some(format!(
            "{:02}{:02}{:02}{serial:04}",
            born.day(),
            born.month() + 80,
            born.year().rem_euclid(100)
        ))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_day_gives_two_thousand_numbers_of_each_sex_and_no_more() {
        let mut numbers = Numbers::default();
        let born = NaiveDate::from_ymd_opt(2001, 2, 3).unwrap();
        let mut seen = BTreeSet::new();
        for sex in [Sex::Female, Sex::Male] {
            for _ in 0..2_000 {
                let number = numbers.next(born, sex).unwrap();
                assert_eq!(number.len(), 10);
                assert!(number.starts_with("038201"), "{number}");
                assert!(('4'..='7').contains(&number.chars().nth(6).unwrap()), "{number}");
                assert!(seen.insert(number));
            }
            assert_eq!(numbers.next(born, sex), None);
        }
    }
}
