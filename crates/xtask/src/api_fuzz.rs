//! `test api`: Schemathesis against the whole API, as each role. It makes requests of what the
//! OpenAPI document says, good ones and bad ones: no answer may be a failure of the server or one
//! that the document does not describe.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use serde_json::{Value, json};

use crate::process::{self, Show};
use crate::{dist, http, project, python};

/// Who asks: a stranger, and a demo identity of each role.
const PERSONAS: [Option<&str>; 6] = [
    None,
    Some("citizen-part-time"),
    Some("caseworker"),
    Some("caseworker-job-centre"),
    Some("researcher"),
    Some("administrator"),
];

/// The day of the registers.
const TODAY: &str = "2026-11-22";
/// A trial that runs, and its protocol.
const TRIAL: &str = "visualisation-2026";
const PROTOCOL: &str = "crates/server/trials/visualisation-2026.json";

/// Asks for so many seconds as each role; how many roles passed and failed.
///
/// # Errors
/// A tool is missing and cannot be installed, or the server does not start.
pub(crate) fn run(seconds: u32) -> Result<(usize, usize)> {
    let schemathesis = python::schemathesis()?;
    dist::build()?;
    let folder = project::target().join("xtask/api");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let (_server, message) = serve(&folder, port)?;
    let asking = Asking { schemathesis: &schemathesis, folder: &folder, port, message: &message };
    let mut failed = 0;
    // Who makes the requests is slower than who answers them: two at a time.
    for pair in PERSONAS.chunks(2) {
        failed += thread::scope(|scope| {
            let ask = |persona| scope.spawn(move || asking.ask_as(persona, seconds));
            let asked: Vec<_> = pair.iter().copied().map(ask).collect();
            let mut failed = 0;
            for role in asked {
                let is_right = role.join().map_err(|_| anyhow!("asking the API panicked"))??;
                failed += usize::from(!is_right);
            }
            anyhow::Ok(failed)
        })?;
    }
    // Ids that the program did not use would test nothing.
    let log = fs::read_to_string(folder.join("server.log"))?;
    for place in ["{citizen}", "{letter}", "{trial}", "{item}", "{id}"] {
        let is_found = |line: &str| line.contains(place) && line.contains("\"status\":200");
        if !log.lines().any(is_found) {
            process::say(&format!("  no request found a {place} that is there"));
            failed += 1;
        }
    }
    Ok((PERSONAS.len().saturating_sub(failed), failed))
}

/// Whom to ask, and with what.
#[derive(Clone, Copy)]
struct Asking<'a> {
    schemathesis: &'a Path,
    folder: &'a Path,
    port: u16,
    /// A message that waits in the outbox.
    message: &'a str,
}

impl Asking<'_> {
    /// Asks for so many seconds as somebody. Was every answer right?
    fn ask_as(self, persona: Option<&str>, seconds: u32) -> Result<bool> {
        let Self { folder, port, .. } = self;
        let role = persona.unwrap_or("a stranger");
        let mut command = Command::new(self.schemathesis);
        let settings = folder.join(format!("{role}.toml"));
        fs::write(&settings, "")?;
        command.arg("--config-file").arg(&settings).arg("run");
        command.arg(format!("http://127.0.0.1:{port}/api/openapi.json"));
        command.args(["--max-time", &seconds.to_string(), "--continue-on-failure", "--no-color"]);
        // A schema cannot say everything that makes a value right, such as a day of a month: a
        // request that fits it may still be refused.
        command.args(["--exclude-checks", "positive_data_acceptance", "--warnings", "off"]);
        let cookie = persona.map(|persona| sign_in(port, persona)).transpose()?;
        if let Some(cookie) = &cookie {
            fs::write(&settings, parameters(port, role, cookie, self.message)?)?;
            command.args(["--header", &format!("cookie: {cookie}")]);
            // They would end the session that the other requests are made in.
            command.args(["--exclude-path-regex", "/session/(end|demo)$"]);
        }
        let label = format!("api as {role}");
        let said = process::watch(&label, command.current_dir(folder), Show::Progress)?;
        let last = said.log.lines().rev().find(|line| line.contains("generated"));
        process::say(&format!("  as {role}: {}", last.unwrap_or("no summary").trim()));
        // Of a session that ended on the way, the rest would have been a stranger's requests.
        let lives = |cookie| http::post(port, "/api/v1/session/extend", cookie, "{}").is_ok();
        let stayed = cookie.as_deref().is_none_or(lives);
        if !stayed {
            process::say(&format!("  as {role}: the session has ended"));
        }
        let is_right = said.success && last.is_some() && stayed;
        if !is_right {
            println!("{}", said.log);
        }
        Ok(is_right)
    }
}

/// A demo server that lets itself be asked as often as anyone likes, and the id of a message that
/// waits in it.
fn serve(folder: &Path, port: u16) -> Result<(process::Guard, String)> {
    let database = format!("sqlite://{}?mode=rwc", folder.join("jobnet.sqlite").display());
    let registers = folder.join("registers");
    let server = || {
        let mut server = Command::new(project::server());
        server.current_dir(project::root()).stdin(Stdio::null());
        server
    };
    let mut synthesise = server();
    synthesise.args(["synthesise", "--citizens", "60", "--seed", "7", "--as-of", TODAY]);
    synthesise.arg("--out").arg(&registers);
    process::must("synthesise", &mut synthesise, Show::Progress)?;
    let mut import = server();
    import.arg("import").arg(&registers).args(["--database-url", &database]);
    process::must("import", &mut import, Show::Progress)?;
    for step in [&["import", PROTOCOL][..], &["register", TRIAL], &["start", TRIAL]] {
        let mut trial = server();
        trial.args(["--database-url", &database, "trial"]).args(step);
        process::must("trial", &mut trial, Show::Progress)?;
    }
    let mut probe = server();
    probe.args(["--database-url", &database, "outbox", "probe", "--channel", "email"]);
    probe.args(["--to", "nobody@example.invalid", "--run", "api"]);
    let planned = process::must("outbox", &mut probe, Show::Progress)?;
    let message = planned.lines().last().unwrap_or_default().trim().to_owned();
    let log = fs::File::create(folder.join("server.log"))?;
    let mut serve = server();
    serve.args(["serve", "--demo", "--listen", &format!("127.0.0.1:{port}")]);
    serve.args(["--database-url", &database]);
    for limit in ["REQUESTS_PER_MINUTE", "SIGN_INS_PER_MINUTE", "LOOKUPS_PER_MINUTE"] {
        serve.env(format!("JOBNET__LIMITS__{limit}"), "0");
    }
    // A provider that is down: its routes are there, and each says why nobody comes in.
    serve.env("JOBNET__OIDC__ISSUER", "http://127.0.0.1:9");
    serve.env("JOBNET__OIDC__CLIENT_ID", "jobnet");
    serve.stdout(log.try_clone()?).stderr(log);
    let running = process::Guard(serve.spawn().context("the server cannot be started")?);
    http::wait_until_ready(port, Duration::from_secs(20))?;
    Ok((running, message))
}

fn sign_in(port: u16, persona: &str) -> Result<String> {
    let body = json!({ "persona": persona }).to_string();
    let answer = http::post(port, "/api/v1/session/demo", "", &body)?;
    answer.cookie().map(ToOwned::to_owned).context("no session was begun")
}

/// Ids that requests may name: of who and what is there, and of nobody. Made-up ids alone would never
/// get further than “no such citizen”.
fn parameters(port: u16, role: &str, cookie: &str, message: &str) -> Result<String> {
    let mut settings = String::new();
    let mut name = |place: &str, mut ids: Vec<String>| {
        ids.push("nobody".to_owned());
        settings += &format!("dictionaries.{place}.values = {}\n", json!(ids));
        settings += &format!("parameters.\"path.{place}\" = {{ dictionary = \"{place}\" }}\n");
    };
    name("trial", vec![TRIAL.to_owned()]);
    if role.starts_with("caseworker") {
        let caseload = http::post(port, "/api/v1/caseload/search", cookie, r#"{"page_size": 5}"#)?;
        let caseload: Value = serde_json::from_str(&caseload.body).context("the caseload")?;
        let citizens = ids(&caseload["rows"], "citizen");
        anyhow::ensure!(!citizens.is_empty(), "the caseload is empty: nothing would be tested");
        name("citizen", citizens);
    }
    if role.starts_with("citizen") {
        // The receipt of it is a letter to her.
        let report = json!({ "month": "2026-10", "worked_hours": 1.5, "note": "" }).to_string();
        http::post(port, "/api/v1/me/hours-reports", cookie, &report)?;
        let letters = http::get_as(port, "/api/v1/me/letters?language=da", cookie)?;
        let letters: Value = serde_json::from_str(&letters).context("the letters")?;
        let letters = ids(&letters, "id");
        anyhow::ensure!(!letters.is_empty(), "she has no letters: nothing would be tested");
        name("letter", letters);
        let list = http::get_as(port, "/api/v1/me/checklist", cookie)?;
        let list: Value = serde_json::from_str(&list).context("the checklist")?;
        let items = ids(&list["entries"], "item");
        anyhow::ensure!(!items.is_empty(), "her checklist is empty: nothing would be tested");
        name("item", items);
    }
    if role == "administrator" {
        name("id", vec![message.to_owned()]);
    }
    Ok(settings)
}

fn ids(rows: &Value, name: &str) -> Vec<String> {
    let rows = rows.as_array().map(Vec::as_slice).unwrap_or_default();
    rows.iter().filter_map(|row| row[name].as_str()).map(str::to_owned).collect()
}
