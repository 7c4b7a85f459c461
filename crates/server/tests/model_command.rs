//! `jobnet-server model` as those use it who make and watch models: tables in, files out.
#![allow(clippy::expect_used, reason = "a test may panic, in its helpers too")]

use std::fs::{File, read};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use rusqlite::Connection;
use serde_json::{Value, json};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_jobnet-server"))
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().expect("runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// What a command prints.
fn printed(arguments: &[&str]) -> Value {
    let output = run(arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

const MODELS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../profiling/models");
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../profiling/tests/fixtures");

/// Figures of statsmodels and scikit-learn (`fixtures/unempdur.py` makes them).
fn reference() -> Value {
    let file = read(format!("{FIXTURES}/unempdur.json")).expect("reads");
    serde_json::from_slice(&file).expect("JSON")
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is a number"))
}

#[track_caller]
fn close(ours: &Value, other: &Value) {
    assert!((number(ours) - number(other)).abs() < 1e-6, "{ours}, not {other}");
}

/// Half an interval, as a standard error.
fn deviation(interval: &Value) -> Value {
    json!((number(&interval["high"]) - number(&interval["low"])) / 2.0 / 1.959_963_984_540_054)
}

fn train_unempdur(table: &str) -> Value {
    let (recipe, schema) =
        (format!("{FIXTURES}/unempdur.recipe.json"), format!("{FIXTURES}/unempdur.schema.json"));
    printed(&["model", "train", &recipe, "--table", table, "--schema", &schema])
}

/// Real people, by the command alone: rows, outcome, groups and folds are the schema's and the recipe's.
#[test]
fn training_on_real_people_agrees_with_other_programs() {
    let reference = reference();
    let made = train_unempdur(&format!("{FIXTURES}/UnempDur.csv"));
    assert_eq!((&made["people"], &made["events"]), (&json!(2_241), &json!(415)));
    assert_eq!(made["people"], reference["people"]);
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let coefficients = list(&made["coefficients"]);
    let expected = list(&reference["coefficients"]);
    assert_eq!(coefficients.len(), expected.len());
    let errors = list(&reference["standard_errors"]);
    for ((ours, estimate), error) in coefficients.iter().zip(&expected).zip(&errors) {
        close(&ours["estimate"], estimate);
        close(&ours["standard_error"], error);
        close(&deviation(ours), error);
    }
    close(&made["log_likelihood"], &reference["log_likelihood"]);

    let evaluation = &made["evaluation"];
    let auc = number(&evaluation["auc"]["estimate"]);
    assert!((0.705..=0.725).contains(&auc), "{auc}");
    assert_eq!(evaluation["folds"], 5);
    for (ours, name, error) in [
        ("auc", "auc", "auc_standard_error"),
        ("brier", "brier", "brier_standard_error"),
        ("calibration_in_the_large", "in_the_large", "in_the_large_standard_error"),
        ("calibration_slope", "slope", "slope_standard_error"),
    ] {
        close(&evaluation[ours]["estimate"], &reference[name]);
        close(&deviation(&evaluation[ours]), &reference[error]);
    }
    let tenths = list(&evaluation["tenths"]);
    assert_eq!(tenths.len(), 10);
    for (place, tenth) in tenths.iter().enumerate() {
        close(&tenth["expected"], &reference["tenths_expected"][place]);
        close(&tenth["observed"]["estimate"], &reference["tenths_observed"][place]);
    }
    let groups = list(&evaluation["groups"]);
    assert_eq!(groups.len(), 5);
    for other in list(&reference["groups"]) {
        let is_it = |one: &&Value| one["by"] == other["by"] && one["group"] == other["group"];
        let ours = groups.iter().find(is_it).expect("the same groups");
        for name in ["by", "group", "people", "events"] {
            assert_eq!(ours[name], other[name]);
        }
        close(&ours["calibration_gap"]["estimate"], &other["gap"]);
        for (at, other) in list(&ours["cut_offs"]).iter().zip(list(&other["cut_offs"])) {
            close(&at["false_positive"]["estimate"], &other[0]);
            close(&at["false_negative"]["estimate"], &other[1]);
        }
    }
}

/// A column of numbers or of texts.
enum Column {
    Numbers(Vec<f64>),
    Texts(Vec<ByteArray>),
}

/// Writes UnempDur.csv as Parquet, without its first column, which has no name.
fn write_parquet(path: &Path) {
    let mut csv = csv::Reader::from_path(format!("{FIXTURES}/UnempDur.csv")).expect("opens");
    let header = csv.headers().expect("a header").clone();
    let rows: Vec<csv::StringRecord> = csv.records().collect::<Result<_, _>>().expect("reads");
    let column = |place: usize| {
        let fields = || rows.iter().map(|row| row.get(place).expect("a field"));
        let numbers: Result<Vec<f64>, _> = fields().map(str::parse).collect();
        let texts = || fields().map(|text| ByteArray::from(text.as_bytes().to_vec())).collect();
        numbers.map_or_else(|_| Column::Texts(texts()), Column::Numbers)
    };
    let columns: Vec<(&str, Column)> =
        header.iter().enumerate().skip(1).map(|(place, name)| (name, column(place))).collect();
    let types = columns.iter().map(|(name, column)| match column {
        Column::Numbers(_) => format!("required double {name};"),
        Column::Texts(_) => format!("required binary {name} (UTF8);"),
    });
    let schema = format!("message spells {{ {} }}", types.collect::<String>());
    let schema = Arc::new(parse_message_type(&schema).expect("a schema"));
    let properties = Arc::new(WriterProperties::builder().build());
    let file = File::create(path).expect("creates");
    let mut file = SerializedFileWriter::new(file, schema, properties).expect("a file");
    let mut group = file.next_row_group().expect("a group");
    for (_, values) in &columns {
        let mut column = group.next_column().expect("a column").expect("one more");
        let written = match values {
            Column::Numbers(values) => column.typed::<DoubleType>().write_batch(values, None, None),
            Column::Texts(values) => {
                column.typed::<ByteArrayType>().write_batch(values, None, None)
            }
        };
        written.expect("writes");
        column.close().expect("closes");
    }
    group.close().expect("closes");
    file.close().expect("closes");
}

#[test]
fn a_table_may_be_parquet_and_a_model_of_columns_is_measured_on_another_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let parquet = folder.path().join("UnempDur.parquet");
    write_parquet(&parquet);
    let made = train_unempdur(&parquet.display().to_string());
    assert_eq!(made, train_unempdur(&format!("{FIXTURES}/UnempDur.csv")));

    let model = folder.path().join("model.json").display().to_string();
    std::fs::write(&model, made.to_string()).expect("writes");
    let schema = format!("{FIXTURES}/unempdur.schema.json");
    let table = format!("{FIXTURES}/UnempDur.csv");
    let measured = printed(&["model", "evaluate", &model, "--table", &table, "--schema", &schema]);
    assert_eq!((&measured["people"], &measured["says_nothing"]), (&json!(2_241), &json!([])));
    // On the people it was made from it is right on the whole, by the likelihood.
    let evaluation = &measured["evaluation"];
    assert!(number(&evaluation["calibration_in_the_large"]["estimate"]).abs() < 1e-5);
    assert!((number(&evaluation["calibration_slope"]["estimate"]) - 1.0).abs() < 1e-5);
    let auc = |value: &Value| number(&value["auc"]["estimate"]);
    assert!(auc(evaluation) > auc(&made["evaluation"]), "it has seen them");

    let other = folder.path().join("other.csv").display().to_string();
    let spells = std::fs::read_to_string(&table).expect("reads");
    std::fs::write(&other, spells.replace("\"yes\"", "\"perhaps\"")).expect("writes");
    let wrong = run(&["model", "evaluate", &model, "--table", &other, "--schema", &schema]);
    assert!(wrong.status.success(), "{}", text(&wrong.stderr));
    let told: Value = serde_json::from_slice(&wrong.stdout).expect("JSON");
    let why = "“ui” is a word that the model does not know";
    assert_eq!(told["says_nothing"][0]["why"], why);
}

#[test]
fn a_model_made_from_a_table_is_the_one_that_is_delivered() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (table, twin) = (path("people.csv"), path("twin.csv"));
    for out in [&table, &twin] {
        let arguments = ["model", "sample", "--citizens", "40000", "--seed", "2026", "--out", out];
        let output = run(&arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
    let bytes = |path: &str| read(path).expect("reads");
    assert!(bytes(&table) == bytes(&twin), "same seed, same bytes");
    let recipe = format!("{MODELS}/logistic.recipe.json");
    let schema = path("people.schema.json");
    let output = run(&["model", "train", &recipe, "--table", &table, "--schema", &schema]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let made: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let delivered: Value =
        serde_json::from_slice(&bytes(&format!("{MODELS}/logistic.json"))).expect("JSON");
    assert_eq!(made["kind"]["coefficients"][0], delivered["kind"]["coefficients"][0]);
    assert_eq!(made["data"], delivered["data"]);

    // Other people: about as good as it was tried out.
    let fresh = path("fresh.csv");
    run(&["model", "sample", "--citizens", "20000", "--seed", "7", "--out", &fresh]);
    let model = format!("{MODELS}/logistic.json");
    let output = run(&["model", "evaluate", &model, "--table", &fresh]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let measured: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let auc = |value: &Value| number(&value["auc"]["estimate"]);
    assert!((auc(&measured["evaluation"]) - auc(&delivered["evaluation"])).abs() < 0.03);
    assert_eq!((&measured["people"], &measured["says_nothing"]), (&json!(20_000), &json!([])));

    // A tree gives no shares: it is told whom it flags.
    let tree = format!("{MODELS}/tree-reconstruction.json");
    let flags = printed(&["model", "evaluate", &tree, "--table", &fresh]);
    assert_eq!(flags["evaluation"], Value::Null);
    for rate in ["sensitivity", "specificity", "positive_predictive_value"] {
        let rate = number(&flags["flagging"][rate]["estimate"]);
        assert!(rate > 0.0 && rate < 1.0, "{flags}");
    }

    // Of whom it says nothing is counted.
    let people = std::fs::read_to_string(&fresh).expect("reads");
    let header: Vec<&str> = people.lines().next().expect("a header").split(',').collect();
    let age = header.iter().position(|name| *name == "age").expect("a column");
    let blank = people.lines().enumerate().map(|(place, line)| {
        let mut fields: Vec<&str> = line.split(',').collect();
        if place % 100 == 1 {
            fields[age] = "";
        }
        fields.join(",") + "\n"
    });
    std::fs::write(&fresh, blank.collect::<String>()).expect("writes");
    let some = printed(&["model", "evaluate", &model, "--table", &fresh]);
    let nothing = json!([{ "why": "the model needs the fact “age”", "people": 200 }]);
    assert_eq!(some["says_nothing"], nothing);
    assert_eq!(some["evaluation"]["people"], 19_800);

    std::fs::write(&fresh, "age\nold\n").expect("writes");
    let wrong = run(&["model", "evaluate", &model, "--table", &fresh]);
    assert!(text(&wrong.stderr).contains("the table has no column"), "{}", text(&wrong.stderr));
}

#[test]
fn a_scheduler_is_told_by_the_exit_status_whether_a_model_still_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (table, database) = (path("people.csv"), format!("sqlite:{}", path("jobnet.db")));
    run(&["model", "sample", "--citizens", "20000", "--seed", "11", "--out", &table]);
    let watch = |table: &str, more: &[&str]| {
        let mut command = program();
        command.env("JOBNET__LOG__FILTER", "error");
        command.args(["--database-url", &database, "model", "watch", "--table", table]).args(more);
        command.output().expect("runs")
    };
    let period = ["--from", "2025-01-01", "--to", "2025-06-30"];
    let current = watch(&table, &period);
    assert_eq!(current.status.code(), Some(0), "{}", text(&current.stderr));
    let told: Value = serde_json::from_slice(&current.stdout).expect("JSON");
    assert_eq!(told["drift"]["verdict"], "current", "{told}");
    assert_eq!(told["model"], "logistic", "the one that is configured");
    assert_eq!((&told["from"], &told["drift"]["people"]), (&json!("2025-01-01"), &json!(20_000)));

    // Of one person nothing is printed but that she is one.
    let people = std::fs::read_to_string(&table).expect("reads");
    let one = path("one.csv");
    let rows: Vec<&str> = people.lines().take(2).collect();
    std::fs::write(&one, rows.join("\n")).expect("writes");
    let few = watch(&one, &period);
    let told: Value = serde_json::from_slice(&few.stdout).expect("JSON");
    assert_eq!(told["drift"]["verdict"], "too_few", "{}", text(&few.stderr));
    let figures = ["events", "expected", "observed", "in_the_large", "slope", "auc", "fit"];
    let is_blank = |name: &str| told["drift"][name].is_null();
    assert!(figures.into_iter().all(is_blank), "{told}");
    assert_eq!((&told["drift"]["people"], &told["drift"]["tenths"]), (&json!(1), &json!([])));

    let named = watch(&table, &[&period[..], &["--model", "logistic-with-origin"]].concat());
    let told: Value = serde_json::from_slice(&named.stdout).expect("JSON");
    assert_eq!(told["model"], "logistic-with-origin");
    let mut configured = program();
    configured
        .env("JOBNET__LOG__FILTER", "error")
        .env("JOBNET__PROFILING__MODEL", "tree-reconstruction");
    configured.args(["--database-url", &database, "model", "watch", "--table", &table]);
    let tree = configured.args(period).output().expect("runs");
    assert_eq!(tree.status.code(), Some(2), "{}", text(&tree.stdout));
    let why = "the model tree-reconstruction gives a group";
    assert!(text(&tree.stderr).contains(why), "{}", text(&tree.stderr));

    let worse = people.lines().enumerate().map(|(place, line)| match line.strip_suffix(",0") {
        Some(rest) if place % 20 == 1 => format!("{rest},1\n"),
        _ => format!("{line}\n"),
    });
    let other = path("other.csv");
    std::fs::write(&other, worse.collect::<String>()).expect("writes");
    let stale = watch(&other, &period);
    assert_eq!(stale.status.code(), Some(3), "{}", text(&stale.stderr));
    assert!(text(&stale.stderr).contains("is out of date"), "{}", text(&stale.stderr));
    assert!(text(&stale.stdout).contains("\"too_low\""));

    for (table, more, why) in [
        (&path("nowhere.csv"), &period[..], "nowhere.csv"),
        (&table, &["--from", "2025-06-30", "--to", "2025-01-01"][..], "before"),
        (&table, &["--from", "2025-06-30", "--to", "2999-01-01"][..], "26 weeks"),
        (&table, &[&period[..], &["--model", "nothing"]].concat()[..], "there is no model"),
        (&table, &[&period[..], &["--model", "tree-reconstruction"]].concat()[..], "a group"),
        (&table, &["--from", "yesterday", "--to", "2025-06-30"][..], "yesterday"),
    ] {
        let wrong = watch(table, more);
        assert_eq!(wrong.status.code(), Some(2), "{}", text(&wrong.stderr));
        assert!(text(&wrong.stderr).contains(why), "{}", text(&wrong.stderr));
        assert_eq!(text(&wrong.stdout), "");
    }
}

#[test]
fn outcomes_that_lead_nowhere_end_with_the_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (outcomes, database) = (path("outcomes.csv"), format!("sqlite:{}", path("jobnet.db")));
    let watch = |more: &[&str]| {
        let mut command = program();
        command.env("JOBNET__LOG__FILTER", "error");
        command.args(["--database-url", &database, "model", "watch"]).args(more);
        command.args(["--from", "2025-01-01", "--to", "2025-06-30"]).output().expect("runs")
    };
    for (table, why) in [
        ("submission,long_term\n7K3M-Q2ZD-90VX,1\n", "none of the 1 rows names a form"),
        ("submission,long_term\n7K3M-Q2ZD-90VX,2\n", "row 1, column “long_term”"),
        ("id,long_term\n7K3M-Q2ZD-90VX,1\n", "no column “submission”"),
    ] {
        std::fs::write(&outcomes, table).expect("writes");
        let wrong = watch(&["--outcomes", &outcomes]);
        assert_eq!(wrong.status.code(), Some(2), "{}", text(&wrong.stderr));
        assert!(text(&wrong.stderr).contains(why), "{}", text(&wrong.stderr));
        assert_eq!(text(&wrong.stdout), "");
    }
    // Only of the first was anything read, and that was in the record before.
    let record = Connection::open(path("jobnet.db.access-log")).expect("opens");
    let sql = "SELECT handle || ' ' || purpose || ' ' || category || ': ' || criterion \
               FROM access_log ORDER BY seq";
    let mut looks = record.prepare(sql).expect("is SQL");
    let looks = looks.query_map([], |row| row.get(0)).expect("reads");
    let looks: Vec<String> = looks.map(|look| look.expect("a row")).collect();
    let look = "system administration profile: what logistic told of 2025-01-01 to 2025-06-30";
    assert_eq!(looks, [look]);
    // One of the two, not both and not none.
    for more in [&["--outcomes", &outcomes, "--table", &outcomes][..], &[]] {
        let wrong = watch(more);
        assert_eq!(wrong.status.code(), Some(2), "{}", text(&wrong.stderr));
        assert!(text(&wrong.stderr).contains("--table"), "{}", text(&wrong.stderr));
    }
}
