//! The program as scripts use it: exit statuses, standard streams, signals.
#![allow(clippy::expect_used, reason = "a test may panic, in its helpers too")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

/// The example of the contract.
const CONTRACT: &str = r#"{ "as_of": "2026-10-11", "scheme": "dagpenge", "insurance": "full_time",
  "placed_on": "2026-03-01", "monthly_rate": 22041.00, "supplementary_weeks_used": null,
  "months": [
    {"month": "2026-03", "work_hours": 50.00, "subsidised_hours": 0, "paid_hours": 110.33,
     "quarantine_hours": 0, "away": null, "settled": true},
    {"month": "2026-04", "work_hours": null,  "paid_hours": 160.33, "settled": true} ] }"#;

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jobnet-server"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = program().args(arguments).spawn().expect("starts");
    let mut stdin = child.stdin.take().expect("standard input");
    // The program may end before it has read everything.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("ends")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn evaluate_answers_the_example_of_the_contract() {
    let output = run(&["evaluate"], CONTRACT);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let account: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for (figure, expected) in [
        (
            "/period",
            json!({"entitled_hours": 3848.00, "used_hours": 270.66, "remaining_hours": 3577.34,
                   "frame_ends_on": "2029-02-28", "runs_out_month": "2028-03",
                   "ended_by": "hours"}),
        ),
        (
            "/account",
            json!({"work_hours": 50.00, "extension_hours_available": 100.00,
                   "extension_hours_used": 0.00}),
        ),
        (
            "/requalification",
            json!({"required_hours": 1924.00, "counted_hours": 50.00, "missing_hours": 1874.00,
                   "window_from": "2026-03", "met": false}),
        ),
        (
            "/karens",
            json!({"window_from": "2026-03", "window_to": "2026-06", "work_hours": 50.00,
                   "threshold_hours": 148.00, "missing_hours": 98.01, "state": "open"}),
        ),
        ("/supplementary", json!({"weeks_limit": 30, "weeks_used": null})),
        (
            "/payouts",
            json!([{"month": "2026-03", "payable_hours": 110.33, "gross": 15167.36,
                    "reason": null},
                   {"month": "2026-04", "payable_hours": null, "gross": null,
                    "reason": "hours_unknown"}]),
        ),
        ("/social_assistance", json!(null)),
        ("/unknown_hours_months", json!(["2026-04"])),
    ] {
        assert_eq!(account.pointer(figure), Some(&expected), "{figure}");
    }
    let printed = text(&output.stdout);
    for number in ["3848.00", "\"extension_hours_used\": 0.00", "\"weeks_limit\": 30,"] {
        assert!(printed.contains(number), "hours have two decimals, counts none: {number}");
    }
}

#[test]
fn evaluate_takes_an_array_and_lines_alike() {
    let one: Value =
        serde_json::from_slice(&run(&["evaluate", "-"], CONTRACT).stdout).expect("JSON");
    let many = run(&["evaluate"], &format!("[{CONTRACT}, {CONTRACT}]"));
    assert_eq!(serde_json::from_slice::<Value>(&many.stdout).expect("JSON"), json!([one, one]));
    let line = CONTRACT.replace('\n', " ");
    let lines = run(&["evaluate", "--ndjson"], &format!("{line}\n\n{line}\n"));
    let answers: Vec<&str> = text(&lines.stdout).lines().collect();
    assert_eq!(answers.len(), 2);
    for answer in answers {
        assert!(answer.contains("\"used_hours\":270.66,"), "{answer}");
        assert_eq!(serde_json::from_str::<Value>(answer).expect("JSON"), one);
    }
}

#[test]
fn evaluate_names_every_problem_and_prints_no_account() {
    let bad = r#"{"as_of": "2026-10-11", "scheme": "dagpenge", "hobby": 1,
        "months": [{"month": "2026-03", "work_hours": -1}, {"month": "2026-03"},
                   {"month": "2026-13", "paid_hours": 1.234}]}"#;
    let pointers = [
        "/hobby",
        "/months/0/work_hours",
        "/months/1/month",
        "/months/2/month",
        "/months/2/paid_hours",
    ];
    let one_line = bad.replace('\n', " ");
    for (arguments, input, prefix, line) in [
        (vec!["evaluate"], bad.to_owned(), "", Value::Null),
        (vec!["evaluate"], format!("[{CONTRACT}, {bad}]"), "/1", Value::Null),
        (
            vec!["evaluate", "--ndjson"],
            format!("{}\n{one_line}\n", CONTRACT.replace('\n', " ")),
            "",
            json!(2),
        ),
    ] {
        let output = run(&arguments, &input);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stdout), "");
        let mut found: Vec<String> = text(&output.stderr)
            .lines()
            .map(|problem| {
                let problem: Value = serde_json::from_str(problem).expect("JSON");
                assert_eq!(problem["line"], line);
                assert!(problem["sentence"].as_str().is_some_and(|s| s.ends_with('.')));
                problem["pointer"].as_str().expect("a pointer").to_owned()
            })
            .collect();
        found.sort();
        assert_eq!(found, pointers.map(|pointer| format!("{prefix}{pointer}")));
    }
}

#[test]
fn evaluate_refuses_what_is_no_json_and_what_is_not_there() {
    for (arguments, input) in [
        (vec!["evaluate"], ""),
        (vec!["evaluate"], "{\"as_of\": "),
        (vec!["evaluate"], "[[]]"),
        (vec!["evaluate", "--ndjson"], "nonsense\n"),
        (vec!["evaluate", "/there/is/no/such/file"], ""),
    ] {
        let output = run(&arguments, input);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(text(&output.stdout), "");
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn the_demo_refuses_every_address_but_loopback() {
    let output = run(&["serve", "--demo", "--listen", "0.0.0.0:0"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("loopback"), "{}", text(&output.stderr));
}

#[test]
fn config_prints_what_holds_without_secrets() {
    let output = run(&["config", "--database-url", "postgres://me:secret@db/jobnet"], "");
    assert!(output.status.success());
    let config: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(config["database"]["url"], "postgres://…@db/jobnet");
    assert_eq!(config["server"]["listen"], "127.0.0.1:8080");
}

/// A running server; ended when dropped.
struct Running {
    child: Child,
    log: BufReader<std::process::ChildStdout>,
    address: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(folder: &std::path::Path) -> Running {
    std::fs::write(folder.join("index.html"), "<p>app</p>").expect("writes");
    let database = format!("sqlite:{}", folder.join("jobnet.db").display());
    let mut child = program()
        .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--database-url", &database])
        .args(["--dist", &folder.display().to_string()])
        .env("JOBNET__SERVER__DRAIN_SECONDS", "1")
        .spawn()
        .expect("starts");
    let mut log = BufReader::new(child.stdout.take().expect("standard output"));
    let address = loop {
        let mut line = String::new();
        assert!(log.read_line(&mut line).expect("a line") > 0, "the server ended");
        let event: Value = serde_json::from_str(&line).expect("JSON");
        if event["message"] == "listening" {
            break event["address"].as_str().expect("an address").to_owned();
        }
    };
    Running { child, log, address }
}

/// A request on a connection of its own; the whole answer.
fn exchange(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("connects");
    stream.write_all(request.as_bytes()).expect("asks");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answers");
    answer
}

/// The status of a request.
fn status(address: &str, path: &str) -> String {
    let ask = format!("GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n");
    exchange(address, &ask).split(' ').nth(1).unwrap_or_default().to_owned()
}

#[test]
fn told_to_stop_it_first_drains_and_then_ends_well() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut server = serve(folder.path());
    assert_eq!(status(&server.address, "/readyz"), "200");
    let told = Command::new("kill").arg(server.child.id().to_string()).status().expect("kills");
    assert!(told.success());
    let mut line = String::new();
    while !line.contains("draining") {
        line.clear();
        assert!(server.log.read_line(&mut line).expect("a line") > 0, "it drains");
    }
    assert_eq!(status(&server.address, "/readyz"), "503", "no new work is asked for");
    assert_eq!(status(&server.address, "/api/v1/boot"), "200", "what comes is still answered");
    assert!(server.child.wait().expect("ends").success());
    let mut rest = String::new();
    server.log.read_to_string(&mut rest).expect("the log");
    assert!(rest.contains("\"stopped\""), "{rest}");
}

/// A demo identity signs in; her cookie.
fn sign_in(address: &str, persona: &str) -> String {
    let body = json!({ "persona": persona }).to_string();
    let answer = exchange(
        address,
        &format!(
            "POST /api/v1/session/demo HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ),
    );
    let cookie =
        answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("a cookie");
    cookie.split(';').next().expect("a value").to_owned()
}

#[test]
fn sessions_are_ended_from_outside_while_the_server_runs() {
    // A demo is open once its people are there.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = format!("sqlite:{}", folder.path().join("jobnet.db").display());
    let people = folder.path().join("people").display().to_string();
    for command in [
        &["synthesise", "--citizens", "50", "--seed", "1", "--out", &people][..],
        &["--database-url", &database, "import", &people],
    ] {
        let done = run(command, "");
        assert!(done.status.success(), "{}", text(&done.stderr));
    }
    let server = serve(folder.path());
    let end = |what: &[&str]| {
        let arguments = [&["--database-url", &database, "sessions", "end"], what].concat();
        let ended = run(&arguments, "");
        (ended.status.code(), text(&ended.stdout).trim().to_owned())
    };
    let me = |cookie: &str| {
        let ask = "GET /api/v1/me HTTP/1.1\r\nhost: test\r\nconnection: close";
        exchange(&server.address, &format!("{ask}\r\ncookie: {cookie}\r\n\r\n"))
    };
    let lives = |cookie: &str| me(cookie).starts_with("HTTP/1.1 200");
    let cookies = ["researcher", "administrator", "researcher"]
        .map(|persona| sign_in(&server.address, persona));
    let [first, other, second] = cookies.each_ref();
    let said = me(first);
    let (_, body) = said.split_once("\r\n\r\n").expect("a body");
    let told: Value = serde_json::from_str(body).expect("JSON");
    let handle = told["handle"].as_str().expect("a handle").to_owned();
    // Neither everyone by accident nor two kinds at once.
    for wrong in [&[][..], &["--all", "--handle", &handle]] {
        assert_eq!(end(wrong).0, Some(2), "{wrong:?}");
    }
    assert_eq!(end(&["--handle", "AAAA-AAAA"]), (Some(0), "0 sessions ended".to_owned()));
    assert!(lives(first) && lives(other) && lives(second));
    assert_eq!(end(&["--handle", &handle]), (Some(0), "2 sessions ended".to_owned()));
    assert!(!lives(first) && lives(other) && !lives(second), "hers at every computer");
    assert_eq!(end(&["--all"]), (Some(0), "1 sessions ended".to_owned()));
    assert!(!lives(other));
}

/// Figures that other programs computed, with their tolerances.
const FIGURES: &str = include_str!("../../trials/tests/stats/cases.json");

/// The ends of the score interval of `two_prop_trial` by maximising the restricted likelihood itself
/// (SciPy's `minimize_scalar` and `brentq`): those of the case's program are not of its own source.
const SCORE: [f64; 2] = [0.005_846_272_50, 0.045_879_252_40];

/// Whether every number in it is the one that is expected.
fn assert_near(found: &Value, expected: &Value, tolerance: f64, place: &str) {
    match expected {
        Value::Number(number) => {
            let (found, number) = (found.as_f64().expect(place), number.as_f64().expect(place));
            assert!((found - number).abs() <= tolerance, "{place}: {found}, not {number}");
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                assert_near(&found[index], item, tolerance, place);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                assert_near(&found[name], field, tolerance, &format!("{place} {name}"));
            }
        }
        other => assert_eq!(found, other, "{place}"),
    }
}

#[test]
fn trial_compute_answers_every_case_by_its_id_and_what_it_cannot_by_an_error() {
    let mut cases: Value = serde_json::from_str(FIGURES).expect("JSON");
    let whole = run(&["trial", "compute"], FIGURES);
    assert!(whole.status.success() && whole.stderr.is_empty(), "{}", text(&whole.stderr));
    let cases = cases["cases"].as_array_mut().expect("cases");
    cases.push(json!({ "id": "no", "method": "astrology", "inputs": {} }));
    let list = run(&["trial", "compute", "-"], &json!(cases).to_string());
    assert!(list.status.success() && list.stderr.is_empty(), "{}", text(&list.stderr));
    let answers: Vec<Value> = serde_json::from_slice(&list.stdout).expect("an array");
    assert_eq!(answers.len(), cases.len());
    for (case, answer) in cases.iter().zip(&answers) {
        assert_eq!(case["id"], answer["id"]);
        let Some(expected) = case["expected"].as_object() else {
            assert!(answer["error"].is_string() && answer["result"].is_null(), "{answer}");
            continue;
        };
        for (name, figure) in expected {
            let is_score = name == "score_mn";
            assert!(!is_score || case["id"] == "two_prop_trial", "another score interval");
            let figure = if is_score { json!(SCORE) } else { figure.clone() };
            let tolerance = case["tolerance_abs"].as_f64().expect("a tolerance");
            assert_near(&answer["result"][name], &figure, tolerance, &format!("{}", case["id"]));
        }
    }
    let ratio = answers.iter().find(|answer| answer["id"] == "srm_821588_815482").expect("it");
    let p = ratio["result"]["p"].as_f64().expect("a number");
    assert!((p - 1.821_792_872_619_185_8e-6).abs() < 1e-15, "{p}");

    for (arguments, input) in [
        (vec!["trial", "compute"], "["),
        (vec!["trial", "compute"], "{}"),
        (vec!["trial", "compute", "no/such/file"], ""),
    ] {
        let output = run(&arguments, input);
        assert_eq!(output.status.code(), Some(2), "{arguments:?} {input}");
        assert_eq!(text(&output.stdout), "");
        let problem: Value = serde_json::from_slice(&output.stderr).expect("JSON");
        assert!(problem["sentence"].as_str().is_some_and(|sentence| sentence.ends_with('.')));
    }
}
