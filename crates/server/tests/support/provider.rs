//! A real OpenID provider, a server that signs in through it, and a browser without a screen:
//! it keeps cookies and follows redirects.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use jobnet_server::config::{Config, OidcConfig};
use reqwest::header::LOCATION;
use reqwest::{Client, Method, StatusCode, Url};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::database::TestDatabase;
use super::server::{Serve, TestServer, demo_extracts};

/// The provider's process; ended when dropped.
#[derive(Debug)]
pub struct Provider {
    process: Child,
    pub issuer: String,
    _people: TempDir,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oidc")
}

/// Everyone the provider knows.
fn people() -> Value {
    json!([
        {"sub": "asta", "acr": "Substantial", "name": "Asta Vinterlund", "cpr": "018190-1234"},
        {"sub": "low", "acr": "Low", "name": "Asta Vinterlund", "cpr": "0181901234"},
        {"sub": "no-cpr", "acr": "High", "name": "Nora Uden"},
        {"sub": "karen", "acr": "Substantial", "name": "Karen Lindeskov",
         "roles": ["jobnet-fund"], "organisation": "Fagenes A-kasse"},
        {"sub": "recent", "acr": "Substantial", "name": "Rie Nyligt", "shown_seconds_ago": 120},
        {"sub": "stale", "acr": "Substantial", "name": "Sten Gammel", "shown_seconds_ago": 3600},
        {"sub": "other", "acr": "Substantial", "name": "Otto Andersen", "roles": ["shop"]},
    ])
}

impl Provider {
    /// Starts it for an app at this address.
    pub fn start(app: &str) -> Self {
        let installed = folder().join("node_modules/oidc-provider");
        assert!(installed.is_dir(), "run `npm ci` in tests/oidc, as `cargo xtask test` does");
        let directory = tempfile::tempdir().expect("a temporary folder");
        let file = directory.path().join("people.json");
        std::fs::write(&file, people().to_string()).expect("writes");
        let mut process = Command::new("node")
            .arg(folder().join("provider.mjs"))
            .args(["0", app])
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("node starts");
        let mut lines = BufReader::new(process.stdout.take().expect("standard output")).lines();
        let issuer = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("listening ").map(str::to_owned))
            .expect("the provider listens");
        Self { process, issuer, _people: directory }
    }

    /// Ends it.
    pub fn stop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// New keys; whether anyone can read them.
    pub async fn rotate(&self, published: bool) {
        let query = if published { "" } else { "?unpublished" };
        self.tell(&format!("rotate{query}"), String::new()).await;
    }

    /// Another key is published in place of the one that goes on signing.
    pub async fn withdraw(&self) {
        self.tell("withdraw", String::new()).await;
    }

    /// The next ID token has this in its header and among its claims; `null`: a claim is left out.
    pub async fn change_token(&self, header: &Value, claims: &Value) {
        self.tell("change-token", json!({"header": header, "claims": claims}).to_string()).await;
    }

    /// What it answers to a word of the tests.
    async fn tell(&self, what: &str, body: String) -> String {
        let address = format!("{}/test/{what}", self.issuer);
        let answer = Client::new().post(address).body(body).send().await.expect("answers");
        assert_eq!(answer.status(), StatusCode::OK);
        answer.text().await.expect("a text")
    }

    /// A token of the provider's with these claims, whatever they are, and this in its header.
    pub async fn sign(&self, header: &Value, claims: &Value) -> String {
        self.tell("sign", json!({"header": header, "claims": claims}).to_string()).await
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A server that signs in through a provider.
pub struct Site {
    pub server: TestServer,
    pub provider: Provider,
    pub address: String,
}

impl Site {
    /// Starts both, with the demo extracts in the database.
    pub async fn start(database: TestDatabase) -> Self {
        Self::start_with(database, |_| ()).await
    }

    /// The same with other settings of the sign-in.
    pub async fn start_with(database: TestDatabase, set: impl FnOnce(&mut OidcConfig)) -> Self {
        demo_extracts().import_well(&database.database, "2026-11-22").await;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let listen = listener.local_addr().expect("an address");
        let address = format!("http://{listen}");
        let provider = Provider::start(&address);
        let mut config = Config::default();
        config.server.listen = listen;
        config.server.today = Some("2026-11-22".parse().expect("a date"));
        let mut oidc = OidcConfig {
            issuer: provider.issuer.clone(),
            client_id: "jobnet".to_owned(),
            client_secret: Some("jobnet-secret".to_owned()),
            scopes: vec!["person".to_owned()],
            requested_levels: vec!["Substantial".to_owned()],
            ..OidcConfig::default()
        };
        oidc.roles.insert("jobnet-fund".to_owned(), "fund_caseworker".to_owned());
        set(&mut oidc);
        config.oidc = Some(oidc);
        let server = TestServer::new(database, config);
        let service = server.router().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { server, provider, address }
    }

    /// An address of the app.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

/// Where a browser has come to.
#[derive(Debug)]
pub struct Place {
    pub status: StatusCode,
    pub address: Url,
    pub text: String,
    /// Every address on the way, this one included.
    pub way: Vec<Url>,
}

impl Place {
    /// Path and query.
    pub fn path(&self) -> String {
        let query = self.address.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}{query}", self.address.path())
    }
}

/// A browser.
#[derive(Debug)]
pub struct Browser(Client);

impl Browser {
    pub fn open() -> Self {
        let client = Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Self(client)
    }

    /// One request; no redirect is followed.
    pub async fn ask(&self, method: Method, address: &str, form: &[(&str, &str)]) -> Place {
        let address = Url::parse(address).expect("an address");
        let mut request = self.0.request(method, address.clone()).header("accept", "text/html");
        if !form.is_empty() {
            let encoded = form.iter().map(|(name, value)| format!("{name}={value}"));
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(encoded.collect::<Vec<_>>().join("&"));
        }
        let answer = request.send().await.expect("answers");
        let status = answer.status();
        let next = answer.headers().get(LOCATION).map(|to| to.to_str().expect("ASCII").to_owned());
        let text = answer.text().await.expect("a text");
        let way = vec![address.clone()];
        match next {
            Some(next) => {
                let address = address.join(&next).expect("an address");
                Place { status, address, text, way }
            }
            None => Place { status, address, text, way },
        }
    }

    /// Goes on from a redirect until there is none, or until the next one fits.
    pub async fn follow(&self, mut place: Place, until: impl Fn(&Url) -> bool) -> Place {
        while place.status.is_redirection() && !until(&place.address) {
            let next = self.ask(Method::GET, place.address.as_str(), &[]).await;
            let way = [place.way, next.way].concat();
            assert!(way.len() < 20, "a loop: {way:?}");
            place = Place { way, ..next };
        }
        place
    }

    pub async fn go(&self, address: &str) -> Place {
        let first = self.ask(Method::GET, address, &[]).await;
        self.follow(first, |_| false).await
    }

    /// To the provider's question who she is.
    pub async fn begin(&self, site: &Site, return_to: &str) -> Place {
        let asked = self.go(&site.at(&format!("/auth/login{return_to}"))).await;
        assert!(asked.address.path().starts_with("/interaction/"), "{asked:?}");
        asked
    }

    /// Answers the question; comes to the redirect to our callback, which is not followed.
    pub async fn choose(&self, question: &Place, sub: &str) -> Place {
        let form = [("sub", sub)];
        let answered = self.ask(Method::POST, question.address.as_str(), &form).await;
        self.follow(answered, |next| next.path() == "/auth/callback").await
    }

    /// Signs in; where she comes to.
    pub async fn sign_in(&self, site: &Site, sub: &str) -> Place {
        let question = self.begin(site, "?return_to=/timer-og-ydelse").await;
        let back = self.choose(&question, sub).await;
        self.follow(back, |_| false).await
    }

    /// A JSON answer of the app.
    pub async fn json(&self, site: &Site, path: &str) -> (StatusCode, Value) {
        let place = self.ask(Method::GET, &site.at(path), &[]).await;
        (place.status, serde_json::from_str(&place.text).expect("JSON"))
    }

    pub async fn is_signed_in(&self, site: &Site) -> bool {
        self.json(site, "/api/v1/me").await.0 == StatusCode::OK
    }

    /// Ends her session in the app; the answer.
    pub async fn sign_out(&self, site: &Site) -> Place {
        self.ask(Method::POST, &site.at("/api/v1/session/end"), &[]).await
    }
}
