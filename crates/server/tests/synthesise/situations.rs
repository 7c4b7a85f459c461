//! The demo identities as a preview can show them: with their data changed as little as makes a
//! situation, on any day of years.

use chrono::{DateTime, NaiveDate};
use jobnet_api::account::AccountAnswer;
use jobnet_api::trial::{PreviewCitizen, Situation};
use jobnet_rules::case::Insurance;
use jobnet_rules::karens::months_with_day;
use jobnet_rules::units::{Hours, Money};
use jobnet_server::{preview, synthesise};

fn account(citizen: PreviewCitizen, situation: Situation, today: NaiveDate) -> AccountAnswer {
    let facts = preview::facts(citizen, situation, today, DateTime::UNIX_EPOCH).unwrap();
    facts.evaluate().unwrap()
}

/// Everyone on many days.
fn everyone() -> impl Iterator<Item = (PreviewCitizen, NaiveDate)> {
    let first: NaiveDate = "2026-01-01".parse().unwrap();
    let days = move || first.iter_days().step_by(11).take(130);
    PreviewCitizen::ALL.into_iter().flat_map(move |one| days().map(move |day| (one, day)))
}

#[test]
fn each_is_as_old_as_her_story_says() {
    for (citizen, today) in everyone() {
        let Some(key) = citizen.persona() else { continue };
        let born = synthesise::story(key, today).unwrap().citizen.birth_date;
        assert_eq!(today.years_since(born), Some(citizen.age().into()), "{citizen:?} {today}");
    }
}

#[test]
fn each_can_be_without_hours() {
    let mut days = 0;
    for (citizen, today) in everyone() {
        let answer = account(citizen, Situation::NoHours, today);
        let told = format!("{citizen:?} {today}");
        let months = &answer.case.months;
        assert!(months.iter().all(|month| month.work_hours == Some(Hours::ZERO)), "{told}");
        assert!(answer.account.unknown_hours_months.is_empty(), "{told}");
        if let Some(karens) = &answer.account.karens {
            assert_eq!(karens.work_hours, Hours::ZERO, "{told}");
        }
        // A month that had none before is paid as it was; one from which karens takes a day now is
        // paid a day less: 160.33 hours without 7.40.
        let before = account(citizen, Situation::Ordinary, today);
        assert_eq!(answer.payments.len(), before.payments.len(), "{told}");
        let karens = months_with_day(&answer.case);
        for (paid, was) in answer.payments.iter().zip(&before.payments) {
            let month = before.case.months.iter().find(|month| month.month == paid.month);
            let had_none = month.is_some_and(|month| {
                month.work_hours == Some(Hours::ZERO)
                    && month.earned.is_none_or(|earned| earned == Money::ZERO)
            });
            if had_none {
                assert_eq!(paid, was, "{told}");
            } else if karens.contains(&paid.month) && answer.case.insurance == Insurance::FullTime {
                days += 1;
                let most = Hours::from_hundredths(15_293);
                assert!(paid.paid_hours.is_some_and(|hours| hours <= most), "{told} {paid:?}");
            }
        }
        if let Some(account) = &answer.account.account {
            assert_eq!(account.work_hours, Hours::ZERO, "{told}");
        }
    }
    assert!(days > 0, "karens took no day");
}

#[test]
fn each_who_has_a_settled_month_can_have_one_more_that_is_not_known() {
    for (citizen, today) in everyone() {
        let unknown =
            |situation| account(citizen, situation, today).account.unknown_hours_months.len();
        let expected = usize::from(citizen != PreviewCitizen::New);
        let (before, after) = (unknown(Situation::Ordinary), unknown(Situation::UnknownHours));
        assert_eq!(after, before + expected, "{citizen:?} {today}");
    }
}

#[test]
fn each_who_has_a_period_can_come_near_its_end() {
    for (citizen, today) in everyone() {
        let answer = account(citizen, Situation::NearLimit, today);
        let told = format!("{citizen:?} {today}");
        let has_none = citizen == PreviewCitizen::SocialAssistance;
        assert_eq!(answer.account.period.is_none(), has_none, "{told}");
        let Some(period) = &answer.account.period else { continue };
        let two_months = Hours::from_hundredths(32_066);
        assert!(period.remaining_hours > Hours::ZERO, "{told}");
        assert!(period.remaining_hours <= two_months, "{told}: {:?}", period.remaining_hours);
        let months = &answer.case.months;
        assert!(months.windows(2).all(|pair| pair[0].month < pair[1].month), "{told}");
        for payment in answer.payments.iter().filter(|payment| payment.settled) {
            let month = months.iter().find(|month| month.month == payment.month);
            assert_eq!(month.and_then(|month| month.paid_hours), payment.paid_hours, "{told}");
        }
    }
}
