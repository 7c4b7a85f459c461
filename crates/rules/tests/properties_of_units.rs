//! What must hold for every amount of hours and every year of the calendar.

#![allow(clippy::unwrap_used)]

use chrono::{Datelike, NaiveDate};
use jobnet_rules::units::Hours;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hours_read_back_from_their_wire_form(hundredths in 0..=100_000_000_000_i64) {
        let hours = Hours::from_hundredths(hundredths);
        let text = serde_json::to_string(&hours).unwrap();
        prop_assert_eq!(serde_json::from_str::<Hours>(&text).unwrap(), hours);
        prop_assert_eq!(hours.to_string().parse::<Hours>().unwrap(), hours);
    }

    #[test]
    fn easter_lies_between_22_march_and_25_april(year in 2024..=2200_i32) {
        // Good Friday, two days before, is the only Friday of spring on which banks close.
        let closed: Vec<NaiveDate> = NaiveDate::from_ymd_opt(year, 3, 20)
            .unwrap()
            .iter_days()
            .take(35)
            .filter(|day| day.weekday() == chrono::Weekday::Fri)
            .filter(|day| !jobnet_rules::calendar::is_banking_day(*day))
            .collect();
        prop_assert_eq!(closed.len(), 1);
    }
}
