//! What was written to a citizen: the messages that have reached her stand beside her receipts, with the
//! words she got; and which she has opened.

use axum::http::StatusCode;
use chrono::TimeDelta;
use jobnet_messages::Language;
use jobnet_messages::letter::Letter;
use jobnet_messages::message::Message;
use jobnet_server::outbox::message::{Channel, Planned, Words};
use jobnet_server::outbox::outcome::{self, Came};
use jobnet_server::outbox::{enqueue, link_token, message_id, queue};
use jobnet_trials::protocol::{Disclosure, Protocol};
use serde_json::{Value, json};

use crate::support::database::both;
use crate::support::extracts::{keys, query};
use crate::support::server::{Serve, TestServer};

const LETTERS: &str = "/api/v1/me/letters";
const TRIAL: &str = "checklist-2026";
/// A step's name is the researcher's own word: it says nothing of the page of a message.
const STEP: &str = "the-day-after";

/// Hands a message over to the full-time persona, as a sender does; what came of it as told.
async fn hand_over(server: &TestServer, channel: Channel, words: &Words, came: Came) -> Planned {
    let db = &server.database.database;
    let id = "SELECT id FROM citizens WHERE register_id = 'SYN-DEMO-FULL-TIME'";
    let citizen = query(db, id).await[0].replace("id=", "");
    let now = server.app.clock().now();
    let planned = Planned {
        id: message_id(TRIAL, "unit", STEP, channel),
        citizen: citizen.parse().expect("a number"),
        channel,
        trial: TRIAL.to_owned(),
        step: STEP.to_owned(),
        target: "/tjekliste".to_owned(),
        not_before: now,
    };
    assert!(enqueue(db, &planned, now).await.expect("plans"));
    let lease = TimeDelta::minutes(5);
    let claims = queue::claim(db, channel, 1, "t", now, lease).await.expect("claims");
    let begun = queue::begin_handing_over(db, &claims[0], words, now, lease).await;
    assert!(begun.expect("begins"));
    assert!(outcome::end(db, &claims[0], true, &came, now).await.expect("ends"));
    planned
}

fn invitation(server: &TestServer, language: Language) -> Words {
    let id = message_id(TRIAL, "unit", STEP, Channel::Email);
    let token = link_token(&keys(), id, server.app.clock().now());
    let link = format!("{}/l/{token}", server.app.config().base_url());
    Words { letter: Message::ChecklistInvitation.letter(language, &link), language }
}

fn sms(text: &str) -> Words {
    let body = vec![jobnet_messages::letter::Block::Paragraph { text: text.to_owned() }];
    Words { letter: Letter { title: String::new(), body }, language: Language::Da }
}

#[tokio::test]
async fn what_has_reached_her_is_hers_to_read_with_the_words_she_got() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let signed = [("cookie", cookie.as_str())];
        let get = async |path: &str| server.get(path, &signed).await;
        assert_eq!(get(LETTERS).await.json(), json!([]));

        let mail = invitation(&server, Language::En);
        let mail = hand_over(&server, Channel::Email, &mail, Came::Sent).await;
        let site = server.app.config().base_url();
        let text =
            |path: &str| Message::ChecklistInvitation.sms(Language::Da, &format!("{site}{path}"));
        let texted = sms(&text("/l/abcdefghij-_ABCDEFGH"));
        let text_message = hand_over(&server, Channel::NemSms, &texted, Came::Sent).await;
        // What may have left, or has not, is not hers yet.
        let doubt = Came::FoundUnknown { reason: "x".to_owned() };
        hand_over(&server, Channel::Letter, &invitation(&server, Language::Da), doubt).await;
        let dead = Came::Dead { reason: "y".to_owned() };
        hand_over(&server, Channel::DigitalPost, &invitation(&server, Language::Da), dead).await;

        let answer = get(&format!("{LETTERS}?language=da")).await;
        assert_eq!(answer.header("cache-control"), "no-store");
        let letters = answer.json();
        let letters = letters.as_array().expect("letters");
        assert_eq!(letters.len(), 2, "{letters:?}");
        let of = |id: String| letters.iter().find(|one| one["id"] == id).expect("hers").clone();
        let shown = of(mail.id.to_string());
        assert_eq!(shown["kind"], json!({"type": "message", "channel": "email"}));
        assert_eq!((&shown["language"], &shown["read_at"]), (&json!("en"), &Value::Null));
        assert_eq!(shown["sender"], "My unemployment");
        assert_eq!(shown["text"]["title"], "You have got a checklist for your job search");
        // The link of the message ends, and counts as opened: here it leads straight on.
        let body = shown["text"]["body"].as_array().expect("blocks");
        let link = body.iter().find(|block| block["type"] == "link").expect("a link");
        assert_eq!(link["url"], format!("{site}/tjekliste"));
        let shown = of(text_message.id.to_string());
        assert_eq!(shown["text"]["title"], "Sms til dig");
        assert_eq!(shown["text"]["body"][0]["text"], text("/tjekliste"));
        // Nothing says why they were sent.
        for hidden in [TRIAL, STEP, "trial", "arm\""] {
            assert!(!answer.text().contains(hidden), "{hidden} in {}", answer.text());
        }

        let file = get(&format!("{LETTERS}/{}/pdf?language=da", mail.id)).await;
        assert_eq!(file.status, StatusCode::OK, "{}", file.text());
        assert_eq!(file.header("content-language"), "en", "as she got it");
        assert!(file.body.starts_with(b"%PDF-"));
        let file = get(&format!("{LETTERS}/{}/pdf", text_message.id)).await;
        assert!(file.body.starts_with(b"%PDF-"));
    }
}

#[tokio::test]
async fn what_left_before_words_were_kept_is_there_and_says_so() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let words = invitation(&server, Language::Da);
        let mail = hand_over(&server, Channel::Email, &words, Came::Sent).await;
        query(&server.database.database, "DELETE FROM outbox_words RETURNING message_id").await;
        let cookie = server.sign_in("citizen-full-time").await;
        let signed = [("cookie", cookie.as_str())];
        for (word, title) in
            [("da", "Vi har ikke gemt teksten"), ("en", "We have not kept the text")]
        {
            let answer = server.get(&format!("{LETTERS}?language={word}"), &signed).await.json();
            assert_eq!(answer.as_array().map(Vec::len), Some(1), "{answer}");
            assert_eq!(answer[0]["id"], mail.id.to_string());
            assert_eq!(
                (&answer[0]["text"]["title"], &answer[0]["language"]),
                (&json!(title), &json!(word))
            );
        }
        let file = server.get(&format!("{LETTERS}/{}/pdf", mail.id), &signed).await;
        assert!(file.body.starts_with(b"%PDF-"), "{}", file.text());
    }
}

#[tokio::test]
async fn a_letter_is_read_once_and_only_by_whose_it_is() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let words = invitation(&server, Language::Da);
        let mail = hand_over(&server, Channel::Email, &words, Came::Sent).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let headers = [("cookie", cookie.as_str()), ("idempotency-key", "one")];
        let report = json!({ "month": "2026-04", "worked_hours": 1.5, "note": "" });
        let report = server.post("/api/v1/me/hours-reports", &headers, &report).await.json();
        let report = report["id"].as_str().expect("a number").to_owned();
        let unread = async || {
            let letters = server.get(LETTERS, &headers).await.json();
            let letters = letters.as_array().expect("letters").clone();
            let unread = letters.iter().filter(|one| one["read_at"].is_null());
            unread.map(|one| one["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(unread().await.len(), 2);
        let read = async |cookie: &str, id: &str| {
            let path = format!("{LETTERS}/{id}/read");
            server.put(&path, &[("cookie", cookie)], &Value::Null).await.status
        };
        let id = mail.id.to_string();
        let other = server.sign_in("citizen-social-assistance").await;
        assert_eq!(read(&other, &id).await, StatusCode::NOT_FOUND);
        assert_eq!(read(&cookie, "AAAA-AAAA-AAAA").await, StatusCode::NOT_FOUND);
        assert_eq!(unread().await.len(), 2);
        let db = &server.database.database;
        let rows = "SELECT letter, read_at FROM letters_read";
        assert_eq!(read(&cookie, &id).await, StatusCode::NO_CONTENT);
        let first = query(db, rows).await;
        assert_eq!(first.len(), 1);
        assert_eq!(read(&cookie, &id).await, StatusCode::NO_CONTENT);
        assert_eq!(query(db, rows).await, first, "the first time counts");
        assert_eq!(unread().await, std::slice::from_ref(&report));
        assert_eq!(read(&cookie, &report).await, StatusCode::NO_CONTENT);
        assert!(unread().await.is_empty());

        let data = server.get("/api/v1/me/data", &headers).await.json();
        let read = data["tables"]["letters_read"].as_array().expect("rows");
        assert_eq!(read.len(), 2, "{read:?}");
        assert!(read.iter().any(|row| row["letter"] == id.as_str() && row["read_at"].is_string()));
    }
}

#[tokio::test]
async fn her_data_holds_the_words_and_no_trial_that_is_withheld() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let words = invitation(&server, Language::Da);
        let mail = hand_over(&server, Channel::Email, &words, Came::Sent).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let answer = server.get("/api/v1/me/data", &[("cookie", &cookie)]).await;
        let row = answer.json()["tables"]["outbox_messages"][0].clone();
        assert_eq!(row["id"], mail.id.to_string());
        assert_eq!(row["language"], "da");
        let letter: Letter =
            serde_json::from_str(row["letter"].as_str().expect("the words")).expect("a letter");
        assert_eq!(letter, words.letter);
        assert!(row["trial"].is_null() && row["step"].is_null(), "{row}");
        assert!(!answer.text().contains(TRIAL));
        let protocol = include_str!("../../trials/checklist-2026.json");
        let protocol: Protocol = serde_json::from_str(protocol).expect("a protocol");
        assert_eq!(protocol.disclosure, Disclosure::Withheld, "what this is about");
    }
}
