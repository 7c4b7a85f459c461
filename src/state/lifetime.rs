//! How long the session lasts, told without believing the clock of the reader's computer.
//!
//! It only says when to ask: whether the session has ended, the server says.

use jobnet_api::boot::Me;

use crate::platform::beat::Reading;

/// She is asked so many **seconds** before the end.
pub const ASKED_SECONDS: i64 = 300;
/// A screen reader says how much is left at these, **seconds**.
const SAID_SECONDS: [i64; 4] = [30, 60, 120, ASKED_SECONDS];

/// What the server said, and when it was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    heard: Reading,
    seconds: i64,
    can_go_on: bool,
    /// Since when, by the steady clock in **milliseconds**, the server is being asked whether the
    /// session really ends.
    pub asked: Option<i64>,
}

impl Lifetime {
    /// As the server says, heard now.
    pub fn of(me: &Me, heard: Reading) -> Self {
        let seconds = (me.session_ends_at - me.now).num_seconds();
        Self {
            heard,
            seconds,
            can_go_on: me.session_ends_at < me.session_ends_at_the_latest,
            asked: None,
        }
    }

    /// **Seconds** left. Of the two clocks the one that went further is believed: the steady one
    /// may have slept, the other may have been set back.
    pub fn left(self, now: Reading) -> i64 {
        let passed = (now.steady - self.heard.steady).max(now.wall - self.heard.wall);
        self.seconds - passed.max(0) / 1000
    }

    /// Whether the server itself said that the end is near; else only a clock did.
    pub fn is_told_near(self) -> bool {
        self.seconds <= ASKED_SECONDS
    }

    /// Whether the end can be put off.
    pub fn can_go_on(self) -> bool {
        self.can_go_on
    }
}

/// What a screen reader says with so many **seconds** left: the last of the numbers it came to.
pub fn said(left: i64) -> Option<i64> {
    SAID_SECONDS.into_iter().find(|seconds| left <= *seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEARD: Reading = Reading { steady: 5_000, wall: 1_795_000_000_000 };

    fn lifetime(ends: &str, latest: &str) -> Lifetime {
        let me = serde_json::json!({
            "name": "Asta", "handle": "x", "roles": ["citizen"], "persona": null,
            "organisation": null, "now": "2026-11-22T12:00:00Z", "session_ends_at": ends,
            "session_ends_at_the_latest": latest,
        });
        Lifetime::of(&serde_json::from_value(me).unwrap(), HEARD)
    }

    fn after(steady: i64, wall: i64) -> Reading {
        Reading { steady: HEARD.steady + steady, wall: HEARD.wall + wall }
    }

    #[test]
    fn the_servers_own_difference_counts_whatever_the_computer_believes() {
        let lifetime = lifetime("2026-11-22T12:30:00Z", "2026-11-22T20:00:00Z");
        assert_eq!(lifetime.left(HEARD), 1800);
        assert_eq!(lifetime.left(after(60_000, 60_000)), 1740);
        assert!(lifetime.can_go_on() && !lifetime.is_told_near());
    }

    #[test]
    fn a_laptop_that_slept_and_a_clock_that_was_set_back_are_noticed() {
        let lifetime = lifetime("2026-11-22T12:30:00Z", "2026-11-22T20:00:00Z");
        assert_eq!(lifetime.left(after(1_000, 3_600_000)), -1800, "slept for an hour");
        assert_eq!(lifetime.left(after(1_790_000, -7_200_000)), 10, "set back by two hours");
        assert_eq!(lifetime.left(after(-5, -5)), 1800);
    }

    #[test]
    fn the_last_end_cannot_be_put_off() {
        let last = lifetime("2026-11-22T12:04:00Z", "2026-11-22T12:04:00Z");
        assert!(!last.can_go_on() && last.is_told_near());
    }

    #[test]
    fn each_number_is_said_once() {
        let said: Vec<_> = (0..=301).rev().map(said).collect();
        let mut changes = said.clone();
        changes.dedup();
        assert_eq!(changes, [None, Some(300), Some(120), Some(60), Some(30)]);
    }
}
