//! What came of people beside what they were told when they sent the form.

use jobnet_api::profile::ProfileResult;
use jobnet_profiling::profile::NoProfile;
use jobnet_profiling::shipped;
use jobnet_server::db::Database;
use jobnet_server::model_watch::{NotCompared, Outcomes, Rows, compare_told};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::Visitor;
use crate::support::database::both;
use crate::support::extracts::day;
use crate::support::server::{START, TestServer};

/// A form as it could stand in the database.
struct Form<'a> {
    id: &'a str,
    citizen: i32,
    digest: &'a str,
    /// **Units**: seconds after the clock of a test starts.
    after: i64,
    result: &'a Value,
}

impl Form<'_> {
    async fn put(&self, database: &Database) {
        let Self { id, citizen, digest, after, result } = self;
        let (at, result) = (START + after, result.to_string().replace('\'', "''"));
        let statement = format!(
            "INSERT INTO profile_submissions (id, citizen_id, key, content_hash, received_at, \
             answers, facts, left_out, marked_wrong, result, model, model_digest, receipt) \
             VALUES ('{id}', {citizen}, '{id}', 'x', {at}, '{{}}', '{{}}', '[]', '[]', \
             '{result}', 'logistic', '{digest}', 'plain')"
        );
        let transaction = database.begin_write().await.expect("begins");
        transaction.execute_unprepared(&statement).await.expect("stores");
        transaction.commit().await.expect("commits");
    }
}

fn id(receipt: &Value) -> &str {
    receipt["id"].as_str().expect("a number")
}

/// The share that was stored with a form.
fn share(receipt: &Value) -> f64 {
    let expected = &receipt["result"]["profile"]["outcome"]["expected"];
    expected.as_f64().expect("a share") / 10_000.0
}

#[tokio::test]
async fn outcomes_are_held_against_what_people_were_told_and_no_row_is_lost() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        let sealed = shipped::model(shipped::DEFAULT).expect("a model");
        let tree = shipped::model("tree-reconstruction").expect("a model");
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let first = hers.fill_and_send("one").await;
        let second = hers.send("two").await.json();
        let other = Visitor::of(&server, "citizen-social-assistance").await;
        let theirs = other.fill_and_send("one").await;

        // Told something that the model would not say of these answers: what was told counts.
        let mut told = theirs["result"].clone();
        told["profile"]["outcome"]["expected"] = json!(9_000);
        let mut group = told.clone();
        group["profile"]["outcome"] = json!({ "type": "group", "group": "high" });
        let nothing = json!(ProfileResult::NoProfile(NoProfile::NoLegalBasis));
        let digest = sealed.digest.as_str();
        let form = Form { id: "told", citizen: 9_001, digest, after: 0, result: &told };
        form.put(db).await;
        for (id, citizen, digest, after, result) in [
            ("silent", 9_002, digest, 0, &nothing),
            ("unnamed", 9_003, digest, 0, &told),
            ("other-model", 9_004, "0123", 0, &told),
            // 23:30 of the day before in UTC, and a month later.
            ("next-day", 9_005, digest, 41_400, &told),
            ("next-month", 9_006, digest, 30 * 86_400, &told),
            ("tree", 9_007, tree.digest.as_str(), 0, &group),
        ] {
            Form { id, citizen, digest, after, result }.put(db).await;
        }

        let rows = [
            (id(&first), 1),
            ("next-day", 1),
            (id(&second), 0),
            (id(&theirs), 1),
            ("told", 0),
            ("other-model", 1),
            ("silent", 1),
            ("deleted", 0),
            ("next-month", 1),
        ];
        let rows = rows.map(|(id, long)| format!("{id},{long}\n")).concat();
        let read = |rows: &str| {
            Outcomes::read(format!("submission,long_term\n{rows}").as_bytes()).expect("a table")
        };
        let period = (day("2026-11-22"), day("2026-11-22"));
        let compared = compare_told(db.read(), sealed, &read(&rows), period).await;
        let (drift, no_profile, met) = compared.expect("forms");
        assert_eq!(
            met,
            Rows {
                rows: 9,
                unmatched: vec![2, 6, 8, 9],
                replaced: vec![1],
                forms_without_outcome: 1
            }
        );
        assert_eq!((drift.people, drift.events, no_profile), (3, Some(1), 1));
        let mean = (share(&second) + share(&theirs) + 0.9) / 3.0;
        let expected = drift.expected.expect("a mean");
        assert!((expected - mean).abs() < 1e-9, "{expected}, not {mean}");

        let both_days = (day("2026-11-22"), day("2026-11-23"));
        let compared = compare_told(db.read(), sealed, &read(&rows), both_days).await;
        let (drift, _, met) = compared.expect("forms");
        assert_eq!((drift.people, met.unmatched), (4, vec![6, 8, 9]));

        let nowhere = compare_told(db.read(), sealed, &read("deleted,1\n"), period).await;
        assert!(matches!(nowhere, Err(NotCompared::NoForm(1))), "{nowhere:?}");
        let groups = compare_told(db.read(), tree, &read("tree,1\n"), period).await;
        assert!(matches!(groups, Err(NotCompared::NoShares(_))), "{groups:?}");
    }
}
