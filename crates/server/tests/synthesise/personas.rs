//! Each demo identity's story, as the whole chain tells it: written, imported, assembled and
//! evaluated.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use jobnet_api::account::AccountAnswer;
use jobnet_api::trial::{PreviewCitizen, Situation};
use jobnet_rules::account::{EndedBy, KarensState};
use jobnet_rules::case::Away;
use jobnet_rules::units::{Hours, Month};
use jobnet_server::assemble;
use jobnet_server::import::{Show, import};
use jobnet_server::population::citizen;
use jobnet_server::preview;
use jobnet_server::synthesise::{EARLIER, Options, personas, run};
use tokio::sync::OnceCell;

use super::support::database::sqlite;
use super::support::extracts::{keys, when};
use super::today;

type Answers = BTreeMap<&'static str, AccountAnswer>;

async fn answers_of(as_of: NaiveDate) -> Answers {
    let out = tempfile::tempdir().unwrap();
    run(&Options { citizens: 6, seed: 1, out: out.path().to_owned(), as_of }).unwrap();
    let kept = sqlite().await;
    let database = &kept.database;
    for folder in [out.path().join(EARLIER), out.path().to_owned()] {
        import(database, &keys(), &folder, when(), Show::Nothing).await.unwrap();
    }
    let mut answers = BTreeMap::new();
    for persona in personas() {
        let Some(id) = persona.citizen_id else { continue };
        let number = citizen(database, id).await.unwrap().expect(id);
        let answer = assemble::facts(database.read(), number, as_of, when().now).await;
        answers.insert(persona.key, answer.unwrap().expect(id).evaluate().unwrap());
    }
    answers
}

async fn answer(key: &str) -> &'static AccountAnswer {
    static ANSWERS: OnceCell<Answers> = OnceCell::const_new();
    &ANSWERS.get_or_init(|| answers_of(today())).await[key]
}

fn hours(text: &str) -> Hours {
    text.parse().unwrap()
}

#[tokio::test]
async fn full_time_is_close_to_a_karens_day_with_a_corrected_and_an_unknown_month() {
    let answer = answer("citizen-full-time").await;
    let account = &answer.account;
    let karens = account.karens.as_ref().unwrap();
    assert_eq!(karens.state, KarensState::Open);
    assert_eq!(karens.work_hours, hours("120.25"));
    assert!((hours("0.01")..=hours("40")).contains(&karens.missing_hours));
    assert_eq!(account.unknown_hours_months, ["2026-07".parse().unwrap()]);

    // One month with more work than leaves a payout; every other settled month pays.
    let nothing: Vec<Month> = account
        .payouts
        .iter()
        .filter(|payout| payout.payable_hours == Some(Hours::ZERO))
        .map(|payout| payout.month)
        .collect();
    assert_eq!(nothing, ["2026-02".parse().unwrap()]);

    // The last month known is the current one, and it is not settled.
    let last = answer.case.months.last().unwrap();
    assert_eq!((last.month, last.settled), ("2026-11".parse().unwrap(), false));
    assert!(answer.case.months.iter().rev().skip(1).all(|month| month.settled));
    assert!(answer.spells.iter().all(|spell| spell.to.is_some()));
    assert!(account.period.as_ref().unwrap().remaining_hours > hours("2000"));
    let days = |on: NaiveDate| on.signed_duration_since(today()).num_days();
    assert!(answer.deadlines.iter().any(|deadline| days(deadline.on) == 4), "the next meeting");
}

#[tokio::test]
async fn part_time_runs_out_within_three_months_and_can_extend() {
    let account = &answer("citizen-part-time").await.account;
    let period = account.period.as_ref().unwrap();
    assert_eq!(period.entitled_hours, hours("3120"));
    let runs_out = period.runs_out_month.unwrap();
    assert!((1..=3).contains(&runs_out.since("2026-10".parse().unwrap())), "{runs_out}");
    assert_eq!(period.ended_by, Some(EndedBy::Hours));
    let konto = account.account.as_ref().unwrap();
    assert_eq!(konto.extension_hours_used, Hours::ZERO);
    assert!(konto.extension_hours_available > hours("1000"));
    assert!(!account.requalification.as_ref().unwrap().met);
}

#[tokio::test]
async fn the_graduates_rate_falls_in_the_current_month() {
    let answer = answer("citizen-graduate").await;
    let settled = answer.case.months.iter().filter(|month| month.settled);
    let paid: Hours = settled.filter_map(|month| month.paid_hours).sum();
    assert!(paid < hours("481") && paid + hours("160.33") > hours("481"), "{paid}");
    let payouts = &answer.account.payouts;
    let now = payouts.last().unwrap();
    assert_eq!(now.month.to_string(), "2026-11");
    // A month of 160.33 hours, 14.68 of them at the first rate of 15,759 kroner a month and the
    // rest at 10,838 (graduates under 30 in 2026).
    let first = 14.68 * 15_759.0 / 160.33;
    let then = (160.33 - 14.68) * 10_838.0 / 160.33;
    assert_eq!(now.payable_hours, Some(hours("160.33")));
    assert!((now.gross.unwrap().to_f64() - first - then).abs() <= 0.01, "{now:?}");
    assert_eq!(answer.account.karens.as_ref().unwrap().state, KarensState::Avoided);
}

#[tokio::test]
async fn social_assistance_is_reduced_by_kroner_in_some_months() {
    let account = &answer("citizen-social-assistance").await.account;
    assert!(account.period.is_none() && account.karens.is_none());
    let months = account.social_assistance.as_ref().unwrap();
    assert_eq!(months[0].month.to_string(), "2025-07");
    let benefit = |month: &str| {
        let found = months.iter().find(|known| known.month.to_string() == month).unwrap();
        found.benefit.unwrap().to_string()
    };
    // 12,498 less 65 % of what is earned above 2,500: by hand.
    assert_eq!(benefit("2025-10"), "12498.00", "2,400 earned: under the free amount");
    assert_eq!(benefit("2026-01"), "8923.00", "8,000 earned");
    assert_eq!(benefit("2026-05"), "3723.00", "16,000 earned");
}

#[tokio::test]
async fn sickness_lengthens_frame_and_karens_window() {
    let answer = answer("citizen-sick-listed").await;
    let spell = answer.spells.last().unwrap();
    assert_eq!((spell.kind, spell.to), (Away::Sickness, None));
    let days = today().signed_duration_since(spell.from).num_days();
    assert!(days > 183, "{days} days");
    let away = answer.case.months.iter().filter(|month| month.settled && month.away.is_some());
    let away = away.count() as i32;
    assert!(away >= 6, "{away} months away");
    let period = answer.account.period.as_ref().unwrap();
    let placed = answer.case.placed_on.unwrap();
    let plain = Month::of(placed).plus(36).first_day().pred_opt().unwrap();
    let ends = period.frame_ends_on.unwrap();
    assert_eq!(Month::of(ends).since(Month::of(plain)), away, "{ends}");
    let karens = answer.account.karens.as_ref().unwrap();
    let (from, to) = (karens.window_from.unwrap(), karens.window_to.unwrap());
    assert!(to.since(from) > 3, "{from} to {to}");
}

#[tokio::test]
async fn the_new_one_has_no_months_and_her_whole_period() {
    let answer = answer("citizen-new").await;
    assert_eq!(answer.registered_on, today().pred_opt());
    assert!(answer.case.months.is_empty());
    let period = answer.account.period.as_ref().unwrap();
    assert_eq!((period.used_hours, period.remaining_hours), (Hours::ZERO, hours("3848")));
    assert!(!answer.deadlines.is_empty());
}

/// The stories are dated back from the day of the extract: they hold on other days too.
#[tokio::test]
async fn the_stories_hold_on_other_days() {
    for day in ["2026-03-31", "2026-08-15", "2026-12-30"] {
        let as_of: NaiveDate = day.parse().unwrap();
        let answers = answers_of(as_of).await;
        let account = |key: &str| &answers[key].account;
        let karens = account("citizen-full-time").karens.as_ref().unwrap();
        assert_eq!(karens.state, KarensState::Open, "{day}");
        assert!(karens.missing_hours <= hours("40"), "{day}: {}", karens.missing_hours);
        let period = account("citizen-part-time").period.as_ref().unwrap();
        let left = period.runs_out_month.unwrap().since(Month::of(as_of));
        assert!((0..=3).contains(&left), "{day}: {left}");
        assert_eq!(answers["citizen-new"].case.months.len(), 0, "{day}");
    }
}

#[tokio::test]
async fn a_preview_shows_each_of_them_as_an_import_of_her_extract_does() {
    for day in ["2026-11-22", "2026-12-05", "2027-03-11"] {
        let day = day.parse().unwrap();
        let imported = answers_of(day).await;
        for citizen in PreviewCitizen::ALL {
            let Some(key) = citizen.persona() else { continue };
            let facts = preview::facts(citizen, Situation::Ordinary, day, when().now).unwrap();
            let shown = facts.evaluate().unwrap();
            let expected = &imported[key];
            assert_eq!(shown.case, expected.case, "{key} {day}");
            assert_eq!(shown.account, expected.account, "{key} {day}");
            assert_eq!(shown.payments, expected.payments, "{key} {day}");
            assert_eq!(shown.spells, expected.spells, "{key} {day}");
            assert_eq!(shown.sanctions, expected.sanctions, "{key} {day}");
            assert_eq!(shown.deadlines, expected.deadlines, "{key} {day}");
            assert_eq!(shown.authority, expected.authority, "{key} {day}");
            assert_eq!(shown.registered_on, expected.registered_on, "{key} {day}");
        }
        assert_eq!(imported.len() + 1, PreviewCitizen::ALL.len());
    }
}
