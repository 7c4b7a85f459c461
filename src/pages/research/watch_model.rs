//! How a trial goes, as rows and sentences. There is no outcome in it.

use chrono::{Days, NaiveDate};
use jobnet_api::trial::{EnrolmentDay, SampleRatio, Watch};

use crate::i18n::{Language, fill};

use super::numbers_model::decimal;
use super::plan_model::place;

/// From this standardised difference on, in either direction, a difference is pointed out
/// (Austin, Statistics in Medicine 28 (2009) 3083).
pub const NOTABLE: f64 = 0.1;

/// Enrolment as a line: days since the first one, and all who were enrolled by then.
pub fn cumulated(days: &[EnrolmentDay]) -> Vec<(f64, f64)> {
    let Some(first) = days.first() else { return Vec::new() };
    let mut sum = 0;
    let mut points = Vec::new();
    for one in days {
        // Flat until the day itself.
        let number = (one.day - first.day).num_days();
        let number = u64::try_from(number).unwrap_or_default();
        if number > 0 {
            points.push((place(number), place(sum)));
        }
        sum += one.units;
        points.push((place(number + 1), place(sum)));
    }
    points.insert(0, (0.0, 0.0));
    points
}

/// Enrolment as rows: day, units on it, units by then; newest first.
pub fn enrolment_rows(days: &[EnrolmentDay], language: Language) -> Vec<Vec<String>> {
    let count = |units: u64| language.integer(i64::try_from(units).unwrap_or(i64::MAX));
    let mut sum = 0;
    let mut rows: Vec<_> = days
        .iter()
        .map(|one| {
            sum += one.units;
            vec![language.date(one.day), count(one.units), count(sum)]
        })
        .collect();
    rows.reverse();
    rows
}

/// When the plan is reached if it goes on as in the last `window` days; `None`: nobody was enrolled in
/// them, or it is reached.
pub fn reached_on(
    days: &[EnrolmentDay],
    planned: u32,
    today: NaiveDate,
    window: u64,
) -> Option<NaiveDate> {
    let from = today.checked_sub_days(Days::new(window))?;
    let recent: u64 = days.iter().filter(|one| one.day > from).map(|one| one.units).sum();
    let all: u64 = days.iter().map(|one| one.units).sum();
    let lacking = u64::from(planned).checked_sub(all).filter(|lacking| *lacking > 0)?;
    let needed =
        lacking.checked_mul(window)?.checked_next_multiple_of(recent)?.checked_div(recent)?;
    today.checked_add_days(Days::new(needed))
}

/// Whether the arms have the sizes they should, in words.
pub fn ratio_words(ratio: Option<&SampleRatio>, language: Language) -> String {
    let t = language.research().watch;
    let Some(ratio) = ratio else { return t.ratio_none.to_owned() };
    let comma = language == Language::Danish;
    let sentence = if ratio.alarm { t.ratio_alarm } else { t.ratio_fine };
    let p = if ratio.p < 0.001 {
        format!("< {}", decimal(0.001, 3, comma))
    } else {
        decimal(ratio.p, 3, comma)
    };
    let e = if ratio.e_value < 1e6 {
        decimal(ratio.e_value, 2, comma)
    } else {
        "> 10\u{2076}".to_owned()
    };
    fill(
        sentence,
        &[
            ("chi", &decimal(ratio.chi_square, 2, comma)),
            ("df", &ratio.degrees_of_freedom.to_string()),
            ("p", &p),
            ("how", if ratio.exact { t.ratio_exact } else { t.ratio_approximate }),
            ("e", &e),
        ],
    )
}

/// A reason for exclusion in words.
pub fn reason(code: &str, language: Language) -> String {
    let t = language.research().watch;
    let word = |fact: &str| language.word(fact).map_or_else(|| fact.to_owned(), str::to_owned);
    match code.split_once(':') {
        Some(("unmet", fact)) => fill(t.unmet, &[("fact", &word(fact))]),
        Some(("unknown", fact)) => fill(t.unknown, &[("fact", &word(fact))]),
        _ => code.to_owned(),
    }
}

/// A row of the table of balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Fact and value, arm, in the arm, in the control, standardised difference.
    pub cells: [String; 5],
    /// Whether the difference is pointed out.
    pub is_notable: bool,
}

/// The rows of the table of balance.
pub fn balance(watch: &Watch, language: Language) -> Vec<Balance> {
    let t = language.research().watch;
    let comma = language == Language::Danish;
    let word = |word: &str| language.word(word).map_or_else(|| word.to_owned(), str::to_owned);
    let name = |key: &jobnet_api::trials::protocol::Key| {
        let arm = watch.arms.iter().find(|arm| arm.arm == *key);
        let named = arm.map(|arm| if comma { &arm.name.da } else { &arm.name.en });
        named.map_or_else(|| key.to_string(), Clone::clone)
    };
    let row = |row: &jobnet_api::trial::BalanceRow| {
        let figure = |value: f64| match row.value {
            Some(_) => format!("{} %", decimal(value * 100.0, 1, comma)),
            None => decimal(value, 1, comma),
        };
        let fact = match &row.value {
            Some(value) => format!("{}: {}", word(&row.fact), word(value)),
            None => fill(t.mean, &[("fact", &word(&row.fact))]),
        };
        let difference =
            row.difference.map_or_else(|| t.no_spread.to_owned(), |d| decimal(d, 2, comma));
        Balance {
            cells: [fact, name(&row.arm), figure(row.in_arm), figure(row.in_control), difference],
            is_notable: row.difference.is_some_and(|difference| difference.abs() >= NOTABLE),
        }
    };
    watch.balance.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: &str, units: u64) -> EnrolmentDay {
        EnrolmentDay { day: day.parse().unwrap(), units }
    }

    #[test]
    fn days_without_any_are_flat() {
        let days = [day("2026-12-01", 4), day("2026-12-04", 6)];
        let points = cumulated(&days);
        assert_eq!(points, [(0.0, 0.0), (1.0, 4.0), (3.0, 4.0), (4.0, 10.0)]);
        let rows = enrolment_rows(&days, Language::Danish);
        assert_eq!(rows[0], ["4.\u{a0}december\u{a0}2026", "6", "10"]);
        assert!(cumulated(&[]).is_empty());
    }

    #[test]
    fn the_day_the_plan_is_reached_follows_from_the_last_days() {
        let days = [day("2026-11-01", 100), day("2026-12-01", 10), day("2026-12-03", 4)];
        let today = "2026-12-03".parse().unwrap();
        // 14 in seven days: 86 more take 43.
        assert_eq!(reached_on(&days, 200, today, 7), Some("2027-01-15".parse().unwrap()));
        assert_eq!(reached_on(&days, 114, today, 7), None);
        assert_eq!(reached_on(&days[..1], 200, today, 7), None);
    }

    #[test]
    fn an_alarm_is_said_in_words() {
        let ratio = SampleRatio {
            chi_square: 30.25,
            degrees_of_freedom: 1,
            p: 3.8e-8,
            exact: true,
            e_value: 2e7,
            alarm: true,
        };
        for language in Language::ALL {
            let t = language.research().watch;
            let said = ratio_words(Some(&ratio), language);
            assert!(!said.contains('{'), "{said}");
            assert_ne!(said, ratio_words(Some(&SampleRatio { alarm: false, ..ratio }), language));
            assert_eq!(ratio_words(None, language), t.ratio_none);
        }
        assert!(ratio_words(Some(&ratio), Language::Danish).contains("30,25"));
    }

    #[test]
    fn reasons_name_the_fact() {
        assert_ne!(reason("unmet:age", Language::Danish), reason("unknown:age", Language::Danish));
        assert!(!reason("unmet:age", Language::English).contains("unmet"));
    }
}
