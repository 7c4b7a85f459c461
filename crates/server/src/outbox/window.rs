//! When messages may leave: between two hours of the day in Denmark, in summer and winter time.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Europe::Copenhagen;
use serde::{Deserialize, Serialize};

/// Hours of the day in Danish time, 0 to 24: from the first until the second, which is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The first hour.
    pub from: u32,
    /// The hour at which it closes.
    pub until: u32,
}

impl Window {
    /// Whether something may leave now.
    pub fn is_open(self, now: DateTime<Utc>) -> bool {
        (self.from..self.until).contains(&now.with_timezone(&Copenhagen).hour())
    }

    /// The first moment from now on at which something may leave.
    pub fn opens(self, now: DateTime<Utc>) -> DateTime<Utc> {
        if self.is_open(now) {
            return now;
        }
        let local = now.with_timezone(&Copenhagen);
        let today = local.date_naive();
        let day = if local.hour() < self.from {
            Some(today)
        } else {
            today.checked_add_days(Days::new(1))
        };
        day.and_then(|day| begins(day, self.from)).unwrap_or(now)
    }
}

/// When an hour of a day begins; an hour that is left out in spring begins when the next one does.
fn begins(day: NaiveDate, hour: u32) -> Option<DateTime<Utc>> {
    let at = |hour| Copenhagen.from_local_datetime(&day.and_hms_opt(hour, 0, 0)?).earliest();
    let begins = at(hour).or_else(|| at(hour + 1))?;
    Some(begins.with_timezone(&Utc))
}

/// How long to wait after an attempt that failed: doubling from the first wait up to the longest,
/// half of it certain and half drawn.
pub fn backoff(first: TimeDelta, longest: TimeDelta, attempt: u32, random: u64) -> TimeDelta {
    let doubled = 1_i64.checked_shl(attempt.saturating_sub(1).min(32)).unwrap_or(i64::MAX);
    let whole = first.num_milliseconds().saturating_mul(doubled).min(longest.num_milliseconds());
    let half = whole / 2;
    let drawn = i64::try_from(random % (half.unsigned_abs() + 1)).unwrap_or(half);
    TimeDelta::milliseconds(whole - half + drawn)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Window = Window { from: 9, until: 22 };

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// What the window says at a moment, and when it opens next.
    fn check(now: &str, opens: &str) {
        assert_eq!(DAY.opens(time(now)), time(opens), "{now}");
        assert_eq!(DAY.is_open(time(now)), now == opens, "{now}");
    }

    #[test]
    fn it_is_nine_to_twenty_two_in_denmark_across_both_changes_of_the_clock() {
        // Winter: one hour before universal time. Summer: two.
        for (now, opens) in [
            ("2026-11-26T07:59:59Z", "2026-11-26T08:00:00Z"),
            ("2026-11-26T08:00:00Z", "2026-11-26T08:00:00Z"),
            ("2026-11-26T20:59:59Z", "2026-11-26T20:59:59Z"),
            ("2026-11-26T21:00:00Z", "2026-11-27T08:00:00Z"),
            ("2026-07-01T06:59:59Z", "2026-07-01T07:00:00Z"),
            ("2026-07-01T19:59:59Z", "2026-07-01T19:59:59Z"),
            ("2026-07-01T20:00:00Z", "2026-07-02T07:00:00Z"),
            // 29 March 2026, 02:00 → 03:00: the evening before is winter, the morning summer.
            ("2026-03-28T20:59:59Z", "2026-03-28T20:59:59Z"),
            ("2026-03-28T21:00:00Z", "2026-03-29T07:00:00Z"),
            ("2026-03-29T06:59:59Z", "2026-03-29T07:00:00Z"),
            ("2026-03-29T20:00:00Z", "2026-03-30T07:00:00Z"),
            // 25 October 2026, 03:00 → 02:00.
            ("2026-10-24T19:59:59Z", "2026-10-24T19:59:59Z"),
            ("2026-10-24T20:00:00Z", "2026-10-25T08:00:00Z"),
            ("2026-10-25T07:59:59Z", "2026-10-25T08:00:00Z"),
            ("2026-10-25T20:59:59Z", "2026-10-25T20:59:59Z"),
            ("2026-10-25T21:00:00Z", "2026-10-26T08:00:00Z"),
            // Into a new year.
            ("2026-12-31T22:00:00Z", "2027-01-01T08:00:00Z"),
        ] {
            check(now, opens);
        }
    }

    #[test]
    fn an_hour_that_is_left_out_opens_with_the_next_and_a_whole_day_is_always_open() {
        let early = Window { from: 2, until: 22 };
        assert_eq!(early.opens(time("2026-03-29T00:30:00Z")), time("2026-03-29T01:00:00Z"));
        // The hour that comes twice opens at its first coming.
        assert_eq!(early.opens(time("2026-10-24T23:30:00Z")), time("2026-10-25T00:00:00Z"));
        let always = Window { from: 0, until: 24 };
        for hour in 0..48 {
            assert!(always.is_open(time("2026-10-24T00:00:00Z") + TimeDelta::hours(hour)));
        }
    }

    #[test]
    fn waits_double_up_to_the_longest_and_at_least_half_of_each_is_certain() {
        let (first, longest) = (TimeDelta::seconds(60), TimeDelta::hours(1));
        for (attempt, whole) in [(1, 60), (2, 120), (3, 240), (6, 1920), (7, 3600), (90, 3600)] {
            let wait = |random| backoff(first, longest, attempt, random).num_milliseconds();
            let (half, whole) = (whole * 500, whole * 1000);
            assert_eq!((wait(0), wait(half as u64)), (half, whole), "{attempt}");
            for random in [7, u64::MAX, 1 << 40] {
                assert!((half..=whole).contains(&wait(random)), "{attempt} {random}");
            }
        }
    }
}
