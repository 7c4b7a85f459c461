//! The official OpenFeature SDK for browsers with its OFREP provider, against a server that listens.

use std::io::{BufRead, BufReader, Lines};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::database::both;
use crate::support::server::{Serve, TestServer};
use crate::{arm, handle, ledger, pause, run, token};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/ofrep")
}

/// A program that asks the flags of a server.
struct Client {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Client {
    fn start(address: &str, cookie: &str, handle: &str, poll: u32, token: &str) -> Self {
        let installed = folder().join("node_modules/@openfeature/web-sdk");
        assert!(installed.is_dir(), "run `npm ci` in tests/ofrep, as `cargo xtask test` does");
        let mut process = Command::new("node")
            .arg(folder().join("client.mjs"))
            .args([address, cookie, handle, &poll.to_string(), token])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("node starts");
        let lines = BufReader::new(process.stdout.take().expect("standard output")).lines();
        Self { process, lines }
    }

    /// The next line it writes. Not on the runtime: the server has to answer meanwhile.
    async fn next(mut self) -> (Self, Value) {
        let read = tokio::task::spawn_blocking(move || {
            let line = self.lines.next().expect("a line").expect("reads");
            (self, serde_json::from_str(&line).expect("JSON"))
        });
        tokio::time::timeout(Duration::from_secs(60), read).await.expect("in time").expect("reads")
    }

    /// Lets it end; the statuses it was answered.
    async fn end(mut self) -> Vec<u64> {
        drop(self.process.stdin.take());
        let mut client = self;
        loop {
            let (next, line) = client.next().await;
            if let Some(statuses) = line["statuses"].as_array() {
                return statuses.iter().filter_map(Value::as_u64).collect();
            }
            client = next;
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

async fn listen(server: &impl Serve) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let service = server.router().into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    format!("http://{address}")
}

#[tokio::test]
async fn the_official_client_gets_her_arm_and_a_kill_switch_reaches_it_within_a_second() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        let beside = server.beside();
        let address = listen(&beside).await;
        run(db).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let handle = handle(&server, &cookie).await;

        // Not enrolled yet: its own default, and asking for everything enrols nobody.
        let (client, said) = Client::start(&address, &cookie, &handle, 0, "").next().await;
        assert_eq!(said["error"], Value::Null);
        assert_eq!(said["status"], "READY");
        assert_eq!(said["presentation"]["value"], "ordinary");
        assert_eq!(said["presentation"]["reason"], "UNKNOWN");
        assert_eq!(said["missing"]["errorCode"], "FLAG_NOT_FOUND");
        assert_eq!(client.end().await, [200]);
        assert_eq!(ledger(db).await, ["n=0"; 4]);

        let arm = arm(&server, &cookie).await;
        let rows = ledger(db).await;
        let (client, said) = Client::start(&address, &cookie, &handle, 100, "").next().await;
        let presentation = &said["presentation"];
        assert_eq!(presentation["value"], arm["presentation"]);
        assert_eq!(presentation["reason"], "SPLIT");
        assert_eq!(presentation["flagMetadata"]["trial"], arm["trial"]);
        assert_eq!(presentation["flagMetadata"]["exposureLogged"], false);
        let settings = json!({ "presentation": arm["presentation"], "framing": arm["framing"] });
        assert_eq!(said["account"]["value"], settings);
        assert_eq!(said["account"]["variant"], presentation["variant"]);

        tokio::time::sleep(Duration::from_millis(400)).await;
        pause(db).await;
        let paused = Instant::now();
        let (client, said) = client.next().await;
        assert!(paused.elapsed() < Duration::from_secs(1), "{:?}", paused.elapsed());
        assert_eq!(said["presentation"]["value"], "ordinary");
        assert_eq!(said["presentation"]["reason"], "DISABLED");
        assert_eq!(said["account"]["value"], json!({}));
        let statuses = client.end().await;
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 2, "{statuses:?}");
        assert!(statuses.contains(&304), "{statuses:?}");
        assert_eq!(ledger(db).await, rows);
    }
}

#[tokio::test]
async fn the_official_client_sees_a_preview_as_one_and_gives_up_where_it_may_not_ask() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let address = listen(&server).await;
        let token = token(&server).await;
        let cookie = server.sign_in("researcher").await;
        let handle = handle(&server, &cookie).await;
        let (client, said) = Client::start(&address, &cookie, &handle, 0, &token).next().await;
        assert_eq!(said["presentation"]["value"], "counters");
        assert_eq!(said["presentation"]["reason"], "TARGETING_MATCH");
        assert_eq!(said["presentation"]["flagMetadata"]["preview"], true);
        assert_eq!(client.end().await, [200]);
        for (cookie, handle, status) in
            [(cookie.as_str(), "7K3M-Q2ZD", 403), ("", handle.as_str(), 401)]
        {
            let (client, said) = Client::start(&address, cookie, handle, 50, &token).next().await;
            assert_eq!(said["status"], "FATAL", "{said}");
            assert_eq!(said["presentation"]["value"], "ordinary");
            tokio::time::sleep(Duration::from_millis(300)).await;
            assert_eq!(client.end().await, [status], "it does not ask again");
        }
        assert_eq!(ledger(&server.database.database).await, ["n=0"; 4]);
    }
}
