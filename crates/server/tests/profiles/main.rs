//! The preparation form, the profile and what goes with them, on a SQLite file and on a real
//! PostgreSQL.
#![allow(clippy::expect_used, reason = "a test may panic, in its helpers too")]

#[path = "../support/mod.rs"]
mod support;

mod basis;
mod casework;
mod facts;
mod form;
mod letters;
mod models;
mod rights;
mod sending;
mod trials;
mod watch;

use axum::http::StatusCode;
use jobnet_server::db::Database;
use serde_json::{Value, json};

use crate::support::extracts::query;
use crate::support::server::{Answer, Serve};

const PROFILE: &str = "/api/v1/me/profile";
const SUBMISSIONS: &str = "/api/v1/me/profile/submissions";
const REMARK: &str = "/api/v1/me/profile/remark";
const LETTERS: &str = "/api/v1/me/letters";

/// An answer to each of the ten questions that everyone is asked.
const ANSWERS: [(&str, &[&str]); 10] = [
    ("education", &["primary_school"]),
    ("expectation", &["within3_months"]),
    ("ending", &["fixed_term_ended"]),
    ("notice", &["known1_to3_months"]),
    ("applied", &["applied_2_to_5"]),
    ("outlook", &["good"]),
    ("known_job", &["several_jobs"]),
    ("channels", &["job_portals", "network"]),
    ("considering", &["commute"]),
    ("difficulty", &["no"]),
];

/// Where rows about her profile stand.
const TABLES: [&str; 4] =
    ["profile_answers", "profile_facts", "profile_submissions", "profile_remarks"];

/// How many rows each of them has.
async fn counts(database: &Database) -> Vec<String> {
    let mut counts = Vec::new();
    for table in TABLES {
        counts.extend(query(database, &format!("SELECT COUNT(*) AS n FROM {table}")).await);
    }
    counts
}

/// Someone who is signed in, at a server.
struct Visitor<'a, S: Serve> {
    server: &'a S,
    cookie: String,
}

impl<'a, S: Serve> Visitor<'a, S> {
    async fn of(server: &'a S, persona: &str) -> Self {
        Self { server, cookie: server.sign_in(persona).await }
    }

    async fn get(&self, path: &str) -> Answer {
        self.server.get(path, &[("cookie", &self.cookie)]).await
    }

    async fn put(&self, path: &str, body: &Value) -> Answer {
        self.server.put(path, &[("cookie", &self.cookie)], body).await
    }

    async fn delete(&self, path: &str) -> Answer {
        self.server.delete(path, &[("cookie", &self.cookie)]).await
    }

    async fn profile(&self) -> Value {
        let answer = self.get(PROFILE).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.header("cache-control"), "no-store");
        answer.json()
    }

    /// Answers a question, having seen an edition.
    async fn answer(&self, question: &str, choices: &[&str], seen: u32) -> Answer {
        let body = json!({ "answer": { "choices": choices }, "seen_edition": seen });
        self.put(&format!("{PROFILE}/answers/{question}"), &body).await
    }

    /// The edition of her answer that is stored.
    async fn edition(&self, question: &str) -> u32 {
        let edition = self.profile().await["draft"]["editions"][question].as_u64();
        u32::try_from(edition.expect("an edition")).expect("a small number")
    }

    /// Answers a question otherwise, having seen what is stored.
    async fn change(&self, question: &str, choices: &[&str]) -> Answer {
        self.answer(question, choices, self.edition(question).await).await
    }

    /// Answers every question that everyone is asked.
    async fn fill(&self) {
        for (question, choices) in ANSWERS {
            let answer = self.answer(question, choices, 0).await;
            assert_eq!(answer.status, StatusCode::OK, "{question}: {}", answer.text());
        }
    }

    /// Sends the form as it is stored.
    async fn send(&self, key: &str) -> Answer {
        self.send_seen(key, &self.profile().await).await
    }

    /// Sends the form with this profile before her.
    async fn send_seen(&self, key: &str, seen: &Value) -> Answer {
        let headers = [("cookie", self.cookie.as_str()), ("idempotency-key", key)];
        let body = json!({ "editions": seen["draft"]["editions"], "facts": seen["facts"] });
        self.server.post(SUBMISSIONS, &headers, &body).await
    }

    /// Fills in the form and sends it; the receipt.
    async fn fill_and_send(&self, key: &str) -> Value {
        self.fill().await;
        let sent = self.send(key).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
        sent.json()
    }
}
