//! What is known of her is shown before it is used, and she has a say in it.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::database::{both, sqlite};
use crate::support::extracts::{CITIZENS, Extracts, WORK_HOURS};
use crate::support::server::TestServer;
use crate::{PROFILE, Visitor};

fn fact<'a>(profile: &'a Value, name: &str) -> &'a Value {
    let facts = profile["facts"].as_array().expect("facts");
    facts.iter().find(|fact| fact["fact"] == name).unwrap_or(&Value::Null)
}

#[tokio::test]
async fn a_fact_can_be_wrong_or_left_out_and_the_receipt_says_so() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let say =
            |is_wrong, is_left_out| json!({ "is_wrong": is_wrong, "is_left_out": is_left_out });
        let as_shown = |fact: &str, value: u8, say: Value| json!({ "fact": fact, "value": value, "as_of": "2026-11-22", "say": say });
        let profile = hers.profile().await;
        assert_eq!(
            profile["facts"],
            json!([
                as_shown("age", 36, say(false, false)),
                as_shown("months_employed", 2, say(false, false)),
            ]),
            "and nothing of her origin"
        );
        let path = |fact: &str| format!("{PROFILE}/facts/{fact}");
        let nothing = || say(false, false);
        let new = |say: Value, seen: Value| json!({ "say": say, "seen": seen });
        let said = hers.put(&path("age"), &new(say(true, false), nothing())).await;
        assert_eq!(said.status, StatusCode::NO_CONTENT);
        hers.put(&path("months_employed"), &new(say(true, true), nothing())).await;
        hers.put(&path("months_employed"), &new(say(false, true), say(true, true))).await;
        let profile = hers.profile().await;
        assert_eq!(fact(&profile, "age"), &as_shown("age", 36, say(true, false)));
        let months = as_shown("months_employed", 2, say(false, true));
        assert_eq!(fact(&profile, "months_employed"), &months);
        let receipt = hers.fill_and_send("one").await;
        assert_eq!(receipt["facts"], json!({ "age": 36, "months_employed": null, "origin": null }));
        assert_eq!(receipt["marked_wrong"], json!(["age"]));
        assert_eq!(receipt["left_out"], json!(["months_employed"]));
        let missing = json!({ "type": "missing", "factors": [{ "fact": "months_employed" }] });
        assert_eq!(receipt["result"], json!({ "no_profile": missing }));
        // She changes her mind.
        hers.put(&path("months_employed"), &new(nothing(), say(false, true))).await;
        let receipt = hers.send("two").await.json();
        assert!(receipt["result"]["profile"].is_object(), "{receipt}");
        let origin = hers.put(&path("origin"), &new(say(false, true), nothing())).await;
        assert_eq!(origin.status, StatusCode::NOT_FOUND, "it is never fetched");
        let other = Visitor::of(&server, "citizen-social-assistance").await;
        assert_eq!(fact(&other.profile().await, "age"), &as_shown("age", 41, say(false, false)));
    }
}

/// Two windows: the later one is told what the earlier one has said, and nothing is lost unasked.
#[tokio::test]
async fn what_another_window_said_of_a_fact_is_not_overwritten_unseen() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let path = format!("{PROFILE}/facts/age");
        let say = |wrong: bool, out: bool| json!({ "is_wrong": wrong, "is_left_out": out });
        let new = |say: Value, seen: Value| json!({ "say": say, "seen": seen });
        let nothing = say(false, false);
        let both_windows =
            [say(true, false), say(false, true)].map(|say| new(say, nothing.clone()));
        let (one, two) =
            tokio::join!(hers.put(&path, &both_windows[0]), hers.put(&path, &both_windows[1]));
        let mut answers = [one.status, two.status];
        answers.sort();
        assert_eq!(answers, [StatusCode::NO_CONTENT, StatusCode::CONFLICT]);
        let first = usize::from(one.status != StatusCode::NO_CONTENT);
        let stored = both_windows[first]["say"].clone();
        assert_eq!(fact(&hers.profile().await, "age")["say"], stored);
        let late = hers.put(&path, &new(say(true, true), nothing.clone())).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert_eq!(late.json()["errors"][0]["pointer"], "/seen", "{}", late.text());
        let same = hers.put(&path, &new(stored.clone(), nothing.clone())).await;
        assert_eq!(same.status, StatusCode::NO_CONTENT, "it says the same");
        // She has been asked.
        hers.put(&path, &new(say(true, true), stored)).await;
        assert_eq!(fact(&hers.profile().await, "age")["say"], say(true, true));
        let back = hers.put(&path, &new(nothing.clone(), nothing.clone())).await;
        assert_eq!(back.status, StatusCode::CONFLICT);
        hers.put(&path, &new(nothing.clone(), say(true, true))).await;
        assert_eq!(fact(&hers.profile().await, "age")["say"], nothing);
        let again = hers.put(&path, &new(say(true, false), nothing.clone())).await;
        assert_eq!(again.status, StatusCode::NO_CONTENT);
    }
}

const PERSON: &str = "SYN-DEMO-FULL-TIME,0181901234,Asta,Vinterlund,1990-11-23,Aarhus,Fagenes A-kasse,\
                      Jobcenter Aarhus,dagpenge,full_time,22041.00,,false,2026-03-01,2026-02-27,,3";

fn extracts() -> Extracts {
    let manifest = br#"{"synthetic": true, "seed": 1, "citizens": 1, "as_of": "2026-11-22"}"#;
    Extracts::new().with_bytes("synthetic.json", manifest).with("citizens", CITIZENS, &[PERSON])
}

#[tokio::test]
async fn months_with_known_ordinary_hours_are_counted_over_three_years() {
    for database in both().await {
        let rows = [
            "SYN-DEMO-FULL-TIME,2023-10,Bakery,100,ordinary,1,2023-11-01", // too old
            "SYN-DEMO-FULL-TIME,2023-11,Bakery,100,ordinary,1,2023-12-01",
            "SYN-DEMO-FULL-TIME,2026-10,Bakery,1,ordinary,1,2026-11-01",
            "SYN-DEMO-FULL-TIME,2026-10,Café,5,ordinary,1,2026-11-01", // the same month
            "SYN-DEMO-FULL-TIME,2026-09,Café,0,ordinary,1,2026-10-01",
            "SYN-DEMO-FULL-TIME,2026-08,Café,,ordinary,1,2026-09-01",
            "SYN-DEMO-FULL-TIME,2026-07,Café,37,subsidised,1,2026-08-01",
            "SYN-DEMO-FULL-TIME,2026-11,Café,37,ordinary,1,2026-11-20", // not over yet
        ];
        let folder = extracts().with("work_hours", WORK_HOURS, &rows);
        folder.import_well(&database.database, "2026-11-21").await;
        let server = TestServer::demo(database);
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let profile = hers.profile().await;
        let months = fact(&profile, "months_employed");
        assert_eq!((&months["value"], &months["as_of"]), (&json!(2), &json!("2026-11-21")));
        assert_eq!(fact(&profile, "age")["value"], 35, "her birthday is in two days");
    }
}

#[tokio::test]
async fn no_row_is_no_work_only_once_the_register_was_delivered() {
    for (register, value, as_of) in
        [(true, json!(0), json!("2026-11-22")), (false, Value::Null, Value::Null)]
    {
        let database = sqlite().await;
        let folder =
            if register { extracts().with("work_hours", WORK_HOURS, &[]) } else { extracts() };
        folder.import_well(&database.database, "2026-11-22").await;
        let server = TestServer::demo(database);
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let profile = hers.profile().await;
        let months = fact(&profile, "months_employed");
        assert_eq!((&months["value"], &months["as_of"]), (&value, &as_of));
        let result = hers.fill_and_send("one").await["result"].clone();
        assert_eq!(result["profile"].is_object(), register, "{result}");
    }
}
