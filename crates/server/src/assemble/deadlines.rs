//! What a citizen has to do by which day: booked meetings, and the duties that the rules date.

use jobnet_api::account::{Deadline, DeadlineKind};
use jobnet_rules::case::{Case, Scheme};
use jobnet_rules::duties;
use jobnet_rules::units::Month;

use super::records::{Facts, Party, Records};

/// Every deadline from the day of the case on, next first.
pub(super) fn deadlines(records: &Records, facts: &Facts, case: &Case) -> Vec<Deadline> {
    let as_of = case.as_of;
    let mut deadlines: Vec<Deadline> = records
        .meetings
        .iter()
        .filter(|meeting| meeting.held.is_none())
        .map(|meeting| Deadline { kind: party(meeting.party), on: meeting.on })
        .chain(first_duties(records, facts, case))
        .chain(cards(records, facts, case))
        .filter(|deadline| deadline.on >= as_of)
        .collect();
    deadlines.sort_by_key(|deadline| deadline.on);
    deadlines
}

fn party(with: Party) -> DeadlineKind {
    match with {
        Party::Fund => DeadlineKind::FundMeeting,
        Party::JobCentre | Party::Municipality => DeadlineKind::JobCentreMeeting,
    }
}

/// What is due in the first weeks: the CV, and a first meeting, each unless one is known.
fn first_duties(records: &Records, facts: &Facts, case: &Case) -> impl Iterator<Item = Deadline> {
    let scheme = case.scheme;
    let with = match scheme {
        Scheme::Dagpenge | Scheme::Graduate => DeadlineKind::FundMeeting,
        Scheme::SocialAssistance => DeadlineKind::JobCentreMeeting,
    };
    let has_meeting = records.meetings.iter().any(|meeting| party(meeting.party) == with);
    let registered_on = facts.registered_on;
    let has_cv = facts.cv_since.is_some_and(|since| since <= case.as_of);
    let cv = registered_on.filter(|_| !has_cv).and_then(duties::cv_deadline);
    let meeting = registered_on
        .filter(|_| !has_meeting)
        .and_then(|day| duties::first_meeting_deadline(day, scheme));
    let cv = cv.map(|on| Deadline { kind: DeadlineKind::Cv, on });
    cv.into_iter().chain(meeting.map(|on| Deadline { kind: DeadlineKind::BookMeeting, on }))
}

/// The benefit cards of this month and the last one. A month with a benefit row has had its card;
/// a month away has none.
fn cards(records: &Records, facts: &Facts, case: &Case) -> impl Iterator<Item = Deadline> {
    let this_month = Month::of(case.as_of);
    let first = facts.registered_on.or(facts.placed_on).map(Month::of);
    [this_month.plus(-1), this_month]
        .into_iter()
        .filter(|_| case.scheme != Scheme::SocialAssistance)
        .filter(move |month| first.is_some_and(|first| *month >= first))
        .filter(|month| !records.benefits.iter().any(|row| row.month == *month))
        .filter(|month| {
            !case.months.iter().any(|known| known.month == *month && known.away.is_some())
        })
        .filter_map(duties::card_deadline)
        .map(|on| Deadline { kind: DeadlineKind::BenefitCard, on })
        .collect::<Vec<_>>()
        .into_iter()
}

#[cfg(test)]
mod tests {
    use jobnet_api::account::BenefitKind;

    use super::super::records::{Benefit, Meeting};
    use super::*;

    fn check(
        records: &Records,
        registered_on: &str,
        scheme: &str,
        as_of: &str,
    ) -> Vec<(DeadlineKind, String)> {
        check_with_cv(records, registered_on, scheme, as_of, None)
    }

    fn check_with_cv(
        records: &Records,
        registered_on: &str,
        scheme: &str,
        as_of: &str,
        cv_since: Option<&str>,
    ) -> Vec<(DeadlineKind, String)> {
        let facts = serde_json::json!([
            null,
            null,
            scheme,
            null,
            null,
            null,
            null,
            null,
            "1990-01-01",
            null,
            registered_on,
            cv_since
        ]);
        let facts: Facts = serde_json::from_str(&facts.to_string()).unwrap();
        let case = serde_json::from_value(serde_json::json!({ "as_of": as_of, "scheme": scheme }));
        deadlines(records, &facts, &case.unwrap())
            .into_iter()
            .map(|deadline| (deadline.kind, deadline.on.to_string()))
            .collect()
    }

    #[test]
    fn the_newly_registered_have_a_cv_a_meeting_and_a_card_before_them() {
        let nothing = Records::default();
        assert_eq!(
            check(&nothing, "2026-11-21", "dagpenge", "2026-11-22"),
            [
                (DeadlineKind::Cv, "2026-12-05".to_owned()),
                (DeadlineKind::BookMeeting, "2026-12-05".to_owned()),
                (DeadlineKind::BenefitCard, "2027-01-10".to_owned()),
            ]
        );
        assert_eq!(
            check(&nothing, "2026-11-21", "social_assistance", "2026-11-22"),
            [
                (DeadlineKind::BookMeeting, "2026-11-28".to_owned()),
                (DeadlineKind::Cv, "2026-12-05".to_owned()),
            ]
        );
    }

    #[test]
    fn a_cv_that_is_there_is_not_due() {
        let nothing = Records::default();
        for (since, is_due) in [
            (None, true),
            (Some("2026-11-23"), true),
            (Some("2026-11-22"), false),
            (Some("2024-05-01"), false),
        ] {
            let due = check_with_cv(&nothing, "2026-11-21", "dagpenge", "2026-11-22", since);
            let due: Vec<_> = due.into_iter().map(|(kind, _)| kind).collect();
            assert_eq!(due.contains(&DeadlineKind::Cv), is_due, "{since:?}");
            assert!(due.contains(&DeadlineKind::BookMeeting), "{since:?}");
        }
    }

    #[test]
    fn what_is_done_or_over_is_no_deadline() {
        let meeting = |on: &str, held| Meeting {
            party: Party::Fund,
            on: on.parse().unwrap(),
            held,
            valid_from: on.parse().unwrap(),
        };
        let benefit = |month: &str| Benefit {
            month: month.parse().unwrap(),
            kind: BenefitKind::Dagpenge,
            paid_hours: None,
            quarantine_hours: None,
            gross: None,
            settled: false,
            stated_on: None,
            valid_from: "2026-11-01".parse().unwrap(),
        };
        let records = Records {
            meetings: vec![
                meeting("2026-11-01", None),
                meeting("2026-11-22", None),
                meeting("2026-12-01", Some(false)),
            ],
            benefits: vec![benefit("2026-11")],
            ..Records::default()
        };
        assert_eq!(
            check(&records, "2026-06-01", "dagpenge", "2026-11-22"),
            [
                (DeadlineKind::FundMeeting, "2026-11-22".to_owned()),
                (DeadlineKind::BenefitCard, "2026-12-10".to_owned()),
            ]
        );
    }
}
