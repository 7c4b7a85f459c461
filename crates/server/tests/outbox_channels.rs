//! The channels: a real mail server, a real gateway, real folders.
#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "outbox/batches.rs"]
mod batches;
mod support;

use std::process::Command;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path as Named, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use jobnet_api::outbox::Trouble;
use jobnet_messages::Language;
use jobnet_messages::letter::{Block, Letter};
use jobnet_server::config::{EmailConfig, OutboxConfig, PostConfig};
use jobnet_server::outbox::carrier::{Carrier, Handed, Known, Paper, Ready, Slip, Stops};
use jobnet_server::outbox::message::{Channel, Content};
use jobnet_server::outbox::{LogForm, Protection, open};
use support::smtp::Sink;
use uuid::Uuid;

/// 26 November 2026, 12:00 in Denmark.
fn noon() -> DateTime<Utc> {
    "2026-11-26T11:00:00Z".parse().unwrap()
}

fn slip(number: u128) -> Slip {
    Slip { id: Uuid::from_u128(number), token: "t1".to_owned() }
}

fn letter() -> Letter {
    let text = "Du kan få hjælp, mens du er syg.".to_owned();
    Letter { title: "Hjælp til dig".to_owned(), body: vec![Block::Paragraph { text }] }
}

fn email(subject: &str) -> Content {
    Content::Email {
        to: "anna@example.org".to_owned(),
        subject: subject.to_owned(),
        text: "Du har en ny besked. Log ind på Jobnet, æøå.\n".to_owned(),
        html: "<p>Du har en ny besked. Log ind på Jobnet, æøå.</p>\n".to_owned(),
        letter: letter(),
        language: Language::Da,
    }
}

/// The paper of these tests: a page of a PDF that says which letter it is.
struct Page;

impl Paper for Page {
    fn pdf(&self, letter: &Letter, _: Language, address: &[String]) -> anyhow::Result<Vec<u8>> {
        Ok(format!("%PDF-1.4\n% {} {}\n%%EOF\n", letter.title, address.len()).into_bytes())
    }
}

fn one(config: &OutboxConfig, channel: Channel) -> Arc<dyn Carrier> {
    let all = open(config, Some(Arc::new(Page))).unwrap();
    all.into_iter().find(|carrier| carrier.channel() == channel).unwrap()
}

fn mail(sink: &Sink, port: u16) -> OutboxConfig {
    OutboxConfig {
        email: Some(EmailConfig {
            host: "127.0.0.1".to_owned(),
            port,
            protection: Protection::None,
            from: "Jobnet for borgeren <no-reply@jobnet.example>".to_owned(),
            unsubscribe: Some("https://jobnet.example/mine-data".to_owned()),
            log_file: Some(sink.log()),
            log_form: LogForm::MessageIds,
            timeout_seconds: 5,
            ..EmailConfig::default()
        }),
        ..OutboxConfig::default()
    }
}

async fn deliver(carrier: &dyn Carrier, slip: &Slip, content: Content) -> Handed {
    let ready: Ready = carrier.prepare(slip, content, noon()).await.unwrap();
    carrier.hand_over(slip, ready).await
}

#[tokio::test]
async fn an_email_has_both_forms_and_says_that_no_person_wrote_it() {
    let sink = Sink::start(0.0);
    let carrier = one(&mail(&sink, sink.port), Channel::Email);
    let slip = slip(7);
    assert_eq!(
        deliver(carrier.as_ref(), &slip, email("Ny besked på Jobnet")).await,
        Handed::Accepted
    );
    let message = sink.messages().remove(0);
    // Python reads it: another reader than the writer.
    let script = "import email,email.policy,json,sys\n\
        m=email.message_from_string(sys.stdin.read(),policy=email.policy.default)\n\
        t,h=m.iter_parts()\n\
        print(json.dumps({**dict(m.items()),'type':m.get_content_type(),\n\
        'parts':[[p.get_content_type(),p.get_content().replace('\\r','')] for p in (t,h)]}))";
    let mut python = Command::new("python3")
        .args(["-c", script])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut python.stdin.take().unwrap(), message.as_bytes()).unwrap();
    let read: serde_json::Value =
        serde_json::from_slice(&python.wait_with_output().unwrap().stdout).unwrap();
    for (name, expected) in [
        ("Subject", "Ny besked på Jobnet"),
        ("To", "anna@example.org"),
        ("Message-ID", "<00000000-0000-0000-0000-000000000007@jobnet.example>"),
        ("Auto-Submitted", "auto-generated"),
        ("Content-Language", "da"),
        ("List-Unsubscribe", "<https://jobnet.example/mine-data>"),
        ("MIME-Version", "1.0"),
        ("type", "multipart/alternative"),
    ] {
        assert_eq!(read[name], expected, "{name}");
    }
    assert!(read["From"].as_str().unwrap().contains("no-reply@jobnet.example"));
    assert!(read["Date"].as_str().unwrap().starts_with("Thu, 26 Nov 2026 11:00:00"));
    let Content::Email { text, html, .. } = email("") else { unreachable!() };
    assert_eq!(read["parts"], serde_json::json!([["text/plain", text], ["text/html", html]]));
    // It stands in the log, and what was never sent does not.
    let known = async |slip| carrier.reconcile(&slip, noon(), noon()).await;
    assert_eq!(known(slip.clone()).await, Ok(Known::Delivered));
    assert_eq!(known(Slip { id: Uuid::from_u128(8), ..slip }).await, Ok(Known::NotDelivered));
}

#[tokio::test]
async fn a_mail_server_that_refuses_is_told_from_one_that_is_down() {
    let sink = Sink::start(0.0);
    let carrier = one(&mail(&sink, sink.port), Channel::Email);
    for (words, stops, reason) in [
        ("550 no such user anna@example.org", Stops::ForEver, Trouble::Refused.with(550)),
        ("451 try again anna@example.org", Stops::ForNow, Trouble::PutOff.with(451)),
    ] {
        let handed = deliver(carrier.as_ref(), &slip(1), email(&format!("refuse {words}"))).await;
        let Handed::Refused(refused) = handed else { panic!("{handed:?}") };
        assert_eq!((refused.stops, refused.reason), (stops, reason));
    }
    let wrong = Content::Email {
        to: "not an address".to_owned(),
        subject: String::new(),
        text: String::new(),
        html: String::new(),
        letter: letter(),
        language: Language::En,
    };
    let refused = carrier.prepare(&slip(1), wrong, noon()).await.unwrap_err();
    assert_eq!((refused.stops, refused.reason), (Stops::ForEver, Trouble::BadAddress.into()));
    // Nobody listens there any more.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let down = one(&mail(&sink, free), Channel::Email);
    let refused = down.prepare(&slip(1), email("A"), noon()).await.unwrap_err();
    assert_eq!(refused.stops, Stops::Carrier);
}

/// A gateway that keeps what it gets and answers what it is told.
#[derive(Clone)]
struct Gateway {
    got: Arc<Mutex<Vec<(String, String, String)>>>,
    answer: Arc<Mutex<StatusCode>>,
}

async fn take(State(gateway): State<Gateway>, headers: HeaderMap, body: String) -> StatusCode {
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let got = (header("x-transaktionsid"), header("authorization"), body);
    gateway.got.lock().unwrap().push(got);
    *gateway.answer.lock().unwrap()
}

async fn tell(State(gateway): State<Gateway>, Named(id): Named<String>) -> StatusCode {
    let has_it = gateway.got.lock().unwrap().iter().any(|(got, ..)| *got == id);
    if has_it { StatusCode::OK } else { StatusCode::NOT_FOUND }
}

#[tokio::test]
async fn a_gateway_gets_the_message_with_its_id_and_what_it_answers_decides() {
    let answer = Arc::new(Mutex::new(StatusCode::ACCEPTED));
    let gateway = Gateway { got: Arc::default(), answer };
    let router = Router::new()
        .route("/memos", post(take))
        .route("/memos/{id}", get(tell))
        .with_state(gateway.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/memos", listener.local_addr().unwrap());
    let served = tokio::spawn(async move { axum::serve(listener, router).await });
    let config = OutboxConfig {
        post: Some(PostConfig {
            sender_cvr: "12345678".to_owned(),
            sender_label: "Styrelsen".to_owned(),
            gateway_status_url: Some(format!("{url}/{{id}}")),
            gateway_url: Some(url),
            gateway_token: Some("secret".to_owned()),
            timeout_seconds: 5,
            ..PostConfig::default()
        }),
        ..OutboxConfig::default()
    };
    let carrier = one(&config, Channel::DigitalPost);
    let content = || Content::DigitalPost {
        cpr: "0101010000".to_owned(),
        label: "Brev til dig".to_owned(),
        letter: letter(),
        language: Language::Da,
        link: Some("https://jobnet.example/l/abc".to_owned()),
    };
    let known = async |slip: &Slip| carrier.reconcile(slip, noon(), noon()).await;
    assert_eq!(known(&slip(5)).await, Ok(Known::NotDelivered));
    assert_eq!(deliver(carrier.as_ref(), &slip(5), content()).await, Handed::Accepted);
    assert_eq!(known(&slip(5)).await, Ok(Known::Delivered));
    let (id, token, body) = gateway.got.lock().unwrap()[0].clone();
    assert_eq!((id.as_str(), token.as_str()), (slip(5).id.to_string().as_str(), "Bearer secret"));
    for part in [
        "<memo:createdDateTime>2026-11-26T11:00:00Z</memo:createdDateTime>",
        "<memo:actionCode>SELVBETJENING</memo:actionCode>",
        "<memo:url>https://jobnet.example/l/abc</memo:url>",
        "<memo:filename>Brev til dig.pdf</memo:filename>",
    ] {
        assert!(body.contains(part), "{part}");
    }
    for (status, expected) in [
        (409, None),
        (400, Some(Stops::ForEver)),
        (401, Some(Stops::Carrier)),
        (429, Some(Stops::Carrier)),
    ] {
        *gateway.answer.lock().unwrap() = StatusCode::from_u16(status).unwrap();
        let handed = deliver(carrier.as_ref(), &slip(5), content()).await;
        let stops = match handed {
            Handed::Refused(refused) => Some(refused.stops),
            Handed::Accepted => None,
            Handed::InDoubt(_) => panic!("{status}"),
        };
        assert_eq!(stops, expected, "{status}");
    }
    *gateway.answer.lock().unwrap() = StatusCode::BAD_GATEWAY;
    assert!(matches!(deliver(carrier.as_ref(), &slip(6), content()).await, Handed::InDoubt(_)));
    // Nobody is there: it has surely not left.
    served.abort();
    let _aborted = served.await;
    let handed = deliver(carrier.as_ref(), &slip(7), content()).await;
    assert!(matches!(handed, Handed::Refused(refused) if refused.stops == Stops::Carrier));
    assert!(known(&slip(7)).await.is_err());
}
