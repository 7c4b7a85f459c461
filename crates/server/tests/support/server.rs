//! The whole server without a socket: its router on a test database, with a clock to turn.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use chrono::{DateTime, TimeDelta};
use http_body_util::BodyExt;
use jobnet_server::app::App;
use jobnet_server::clock::Clock;
use jobnet_server::config::Config;
use jobnet_server::http;
use jobnet_server::site::Site;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

use super::database::TestDatabase;
use super::extracts::{
    BENEFITS, CITIZENS, Extracts, MEETINGS, SANCTIONS, SICKNESS, WORK_HOURS, keys,
};

/// The inline script of the page served in tests.
pub const SCRIPT: &str = "import init from '/app-0123456789abcdef.js';";

/// The files of the parts of that page.
pub const PARTS: &str = r#"{"staff": ["/staff_0_bg.wasm", "/shared_1_bg.wasm", "/staff.css"],
    "research": ["/research_0_bg.wasm", "/research.css"]}"#;

/// When the clock of a test starts: 22 November 2026, 12:00.
pub const START: i64 = 1_795_348_800;

/// Extracts with the demo identities `citizen-full-time` and `citizen-social-assistance`.
pub fn demo_extracts() -> Extracts {
    Extracts::new()
        .with_bytes(
            "synthetic.json",
            br#"{"synthetic": true, "seed": 1, "citizens": 2, "as_of": "2026-11-22"}"#,
        )
        .with(
            "citizens",
            CITIZENS,
            &[
                "SYN-DEMO-FULL-TIME,0181901234,Asta,Vinterlund,1990-01-01,Aarhus,Fagenes A-kasse,\
                 Jobcenter Aarhus,dagpenge,full_time,22041.00,,false,2026-03-01,2026-02-27,,3",
                "SYN-DEMO-SOCIAL-ASSISTANCE,0282852345,Yasmin,Kirkeby,1985-02-02,Odense,,,\
                 social_assistance,,,basic,,,2026-01-05,,",
            ],
        )
        .with(
            "work_hours",
            WORK_HOURS,
            &[
                "SYN-DEMO-FULL-TIME,2026-03,Bakery,30.00,ordinary,5700,2026-03-31",
                "SYN-DEMO-FULL-TIME,2026-03,Café,20.00,ordinary,3800,2026-03-31",
                "SYN-DEMO-FULL-TIME,2026-04,Bakery,10,ordinary,1900,2026-04-30",
                "SYN-DEMO-FULL-TIME,2026-04,Café,,ordinary,1900,2026-04-30",
                "SYN-DEMO-SOCIAL-ASSISTANCE,2026-10,Shop,20,ordinary,3600,2026-10-30",
            ],
        )
        .with(
            "benefits",
            BENEFITS,
            &[
                "SYN-DEMO-FULL-TIME,2026-03,dagpenge,110.33,0,15167.36,true,2026-04-11",
                "SYN-DEMO-FULL-TIME,2026-04,dagpenge,160.33,,22041,true,2026-05-11",
            ],
        )
        .with("sickness", SICKNESS, &["SYN-DEMO-FULL-TIME,2026-05-04,2026-05-08,sickness"])
        .with("sanctions", SANCTIONS, &["SYN-DEMO-FULL-TIME,quarantine,2026-06-20,111,37"])
        .with(
            "meetings",
            MEETINGS,
            &[
                "SYN-DEMO-FULL-TIME,fund,2026-03-09,First talk,true",
                "SYN-DEMO-FULL-TIME,job_centre,2026-12-02,Talk,",
            ],
        )
}

/// A server in test.
pub struct TestServer {
    pub database: TestDatabase,
    pub app: App,
    router: Router,
    now: Arc<AtomicI64>,
    dist: TempDir,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("visible characters"))
    }

    /// The cookie that the answer sets, as it is sent back: `name=value`.
    pub fn cookie(&self) -> String {
        let cookie = self.header(header::SET_COOKIE.as_str());
        cookie.split(';').next().unwrap_or_default().to_owned()
    }
}

impl TestServer {
    /// A demo server.
    pub fn demo(database: TestDatabase) -> Self {
        let mut config = Config::default();
        config.server.demo = true;
        Self::new(database, config)
    }

    /// A demo server on a database that holds the demo extracts.
    pub async fn filled(database: TestDatabase) -> Self {
        demo_extracts().import_well(&database.database, "2026-11-22").await;
        Self::demo(database)
    }

    pub fn new(database: TestDatabase, config: Config) -> Self {
        let dist = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, bytes: &[u8]| {
            std::fs::write(dist.path().join(name), bytes).expect("writes");
        };
        let preload = "<link rel=\"preload\" href=\"/api/v1/boot\">";
        let page = format!("<p>app</p>{preload}<script>{SCRIPT}</script>");
        write("index.html", page.as_bytes());
        write("app-0123456789abcdef.js", b"export default 1");
        write("app-0123456789abcdef.js.br", b"brotli");
        write("app-0123456789abcdef.js.gz", b"gzip");
        write("robots.txt", b"User-agent: *");
        write("parts.json", PARTS.as_bytes());
        let now = Arc::new(AtomicI64::new(START));
        let read = Arc::clone(&now);
        let clock = Clock::new(move || {
            DateTime::from_timestamp(read.load(Ordering::SeqCst), 0).expect("a time")
        });
        let site = Site::open(dist.path()).expect("the site opens");
        let app = App::new(config, database.database.clone(), keys(), clock, site).expect("parts");
        let router = http::router(&app);
        Self { database, app, router, now, dist }
    }

    /// Another server on the same database, with the same clock.
    pub fn beside(&self) -> Beside {
        let site = Site::open(self.dist.path()).expect("the site opens");
        let database = self.database.database.clone();
        let app =
            App::new(self.app.config().clone(), database, keys(), self.app.clock().clone(), site)
                .expect("parts");
        Beside(http::router(&app))
    }

    /// Turns the clock.
    pub fn wait(&self, time: TimeDelta) {
        self.now.fetch_add(time.num_seconds(), Ordering::SeqCst);
    }
}

impl Serve for TestServer {
    fn router(&self) -> Router {
        self.router.clone()
    }
}

/// A second server on the same database.
pub struct Beside(pub Router);

impl Serve for Beside {
    fn router(&self) -> Router {
        self.0.clone()
    }
}

/// What can be asked.
#[allow(async_fn_in_trait, reason = "tests only")]
pub trait Serve {
    fn router(&self) -> Router;

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a whole body").to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(request("GET", path, headers, Body::empty())).await
    }

    async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let headers = [headers, &[("content-type", "application/json")]].concat();
        self.send(request("POST", path, &headers, Body::from(body.to_string()))).await
    }

    async fn put(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let headers = [headers, &[("content-type", "application/json")]].concat();
        self.send(request("PUT", path, &headers, Body::from(body.to_string()))).await
    }

    async fn delete(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(request("DELETE", path, headers, Body::empty())).await
    }

    /// Signs in; the cookie to send from then on.
    async fn sign_in(&self, persona: &str) -> String {
        let body = serde_json::json!({ "persona": persona });
        let answer = self.post("/api/v1/session/demo", &[], &body).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
        answer.cookie()
    }
}

pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: Body) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body).expect("a request")
}
