//! A receipt as a file: hers alone, in the language she asks for, with every word of it and tagged.

#[path = "../../../letters/tests/pdf/mod.rs"]
#[allow(dead_code, clippy::unwrap_used, reason = "a part of it is used")]
mod pdf;

use std::io::Write;
use std::process::{Command, Stdio};

use axum::http::StatusCode;
use serde_json::json;

use crate::support::database::both;
use crate::support::server::{Answer, Serve, TestServer};
use crate::{LETTERS, Visitor};

fn address(receipt: &str, rest: &str) -> String {
    format!("{LETTERS}/{receipt}/pdf{rest}")
}

/// The words of a file, as poppler reads them, with one space between two.
fn words(answer: &Answer) -> String {
    let mut reader = Command::new("pdftotext")
        .args(["-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext, which `cargo xtask test unit` installs");
    let mut input = reader.stdin.take().expect("its input");
    input.write_all(&answer.body).expect("the file goes in");
    drop(input);
    let output = reader.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The file is sound, and whoever has it read aloud hears everything under one title.
fn assert_is_tagged(answer: &Answer, title: &str) {
    let file = pdf::Pdf::new(answer.body.clone());
    file.check();
    assert!(file.info().contains("Tagged:          yes\n"), "{}", file.info());
    assert!(file.unpacked().contains("<pdfuaid:part>1</pdfuaid:part>"), "{title}");
    let tags = file.tags();
    assert_eq!(tags.iter().filter(|tag| *tag == "H1").count(), 1, "{tags:?}");
    pdf::assert_in_order(&file.read_aloud(), &[title]);
}

fn assert_says(told: &str, expected: &[&str]) {
    for part in expected {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[tokio::test]
async fn the_receipt_of_a_form_is_a_file_in_the_language_she_asks_for() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let receipt = hers.fill_and_send("one").await;
        let id = receipt["id"].as_str().expect("a number");

        let danish = hers.get(&address(id, "?language=da")).await;
        assert_eq!(danish.status, StatusCode::OK, "{}", danish.text());
        assert_eq!(danish.header("content-type"), "application/pdf");
        assert_eq!(danish.header("content-language"), "da");
        assert_eq!(danish.header("cache-control"), "no-store");
        assert_eq!(danish.header("content-disposition"), "attachment; filename=\"brev.pdf\"");
        let number = format!("Kvittering {id}. Sendt ");
        let told = words(&danish);
        assert_says(
            &told,
            &[
                "Min ledighed",
                "Vi har fået dine svar",
                &number,
                "Din sagsbehandler kan se dine svar før samtalen.",
                "Hvor længe tror du, der går, før du har et job?",
                "Højst 3 måneder",
                "Du er 36 år.",
            ],
        );
        assert!(!told.contains("100"), "nothing of what a model said: {told}");
        assert_is_tagged(&danish, "Vi har fået dine svar");
        // The same file, however often.
        assert!(hers.get(&address(id, "?language=da")).await.body == danish.body);

        let wish = [("cookie", hers.cookie.as_str()), ("accept-language", "en-GB, da;q=0.5")];
        let english = server.get(&address(id, ""), &wish).await;
        assert_eq!(english.header("content-disposition"), "attachment; filename=\"letter.pdf\"");
        assert_says(&words(&english), &["We have received your answers", "Page 1 of 1"]);
        assert_is_tagged(&english, "We have received your answers");
        // What the address says counts.
        let asked = server.get(&address(id, "?language=da"), &wish).await;
        assert!(asked.body == danish.body);
    }
}

#[tokio::test]
async fn the_receipt_of_a_report_has_her_own_words_as_far_as_they_can_be_written() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let headers = [("cookie", hers.cookie.as_str()), ("idempotency-key", "report")];
        let note = "#panic(\"x\") *b* <a>, i går 🙂";
        let report = json!({ "month": "2026-04", "worked_hours": 37.5, "note": note });
        let report = server.post("/api/v1/me/hours-reports", &headers, &report).await.json();
        let id = report["id"].as_str().expect("a number");
        let file = hers.get(&address(id, "?language=da")).await;
        assert_eq!(file.status, StatusCode::OK, "{}", file.text());
        let expected = [
            "Vi har fået din besked om timer",
            "Du skrev, at du arbejdede 37,50 timer i april 2026.",
            "“#panic(\"x\") *b* <a>, i går □”",
            "□ står for et tegn, som brevets skrift ikke har.",
        ];
        assert_says(&words(&file), &expected);
        assert_is_tagged(&file, expected[0]);
    }
}

#[tokio::test]
async fn a_letter_of_somebody_else_does_not_exist() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let hers = Visitor::of(&server, "citizen-full-time").await;
        let receipt = hers.fill_and_send("one").await;
        let id = receipt["id"].as_str().expect("a number");
        let other = Visitor::of(&server, "citizen-social-assistance").await;
        let theirs = other.get(&address(id, "")).await;
        let nobodys = other.get(&address("AAAA-AAAA-AAAA", "")).await;
        for missing in [&theirs, &nobodys] {
            assert_eq!(missing.status, StatusCode::NOT_FOUND);
            assert_eq!(missing.header("content-type"), "application/problem+json");
        }
        assert_eq!(theirs.json()["title"], nobodys.json()["title"]);
        let unknown = hers.get(&address(id, "?language=fr")).await;
        assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
        assert_eq!(server.get(&address(id, ""), &[]).await.status, StatusCode::UNAUTHORIZED);
        // She sees that it was looked at, as for every other look.
        let looks = hers.get("/api/v1/me/access-log?own=true").await;
        hers.get(&address(id, "")).await;
        let more = hers.get("/api/v1/me/access-log?own=true").await;
        let of_letters = |answer: &Answer| answer.text().matches("\"letters\"").count();
        assert_eq!(of_letters(&more), of_letters(&looks) + 1, "{}", more.text());
    }
}
