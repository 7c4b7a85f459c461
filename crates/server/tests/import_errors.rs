//! Every kind of bad value is refused with its place, its value and a reason.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;

use jobnet_server::import::{Code, Problem};
use support::database::{TestDatabase, sqlite};
use support::extracts::{
    ANNA, BENEFITS, BO, CITIZENS, CONTACTS, Extracts, JOB_SEARCH, MEASURES, MEETINGS, SANCTIONS,
    SICKNESS, WORK_HOURS, dump,
};

/// Imports a folder of Anna, Bo and one more file; what is said about it.
async fn refused(test: &TestDatabase, register: &str, header: &str, row: &str) -> Vec<Problem> {
    Extracts::new()
        .with("citizens", CITIZENS, &[ANNA, BO])
        .with(register, header, &[row])
        .import_badly(&test.database, "2026-06-01")
        .await
}

#[tokio::test]
async fn every_bad_value_is_refused_with_its_place_and_reason() {
    let test = sqlite().await;
    let before = dump(&test.database).await;
    let long = "x".repeat(201);
    let long_row = format!("SYN-1,2026-03,{long},1,ordinary,1,2026-04-10");
    let half_address = format!("{CONTACTS},street,city");
    let cases: &[(Code, &str, &str, &str, &str)] = &[
        (
            Code::Empty,
            "work_hours",
            WORK_HOURS,
            "SYN-1,2026-03,,1,ordinary,,",
            "employer: is empty",
        ),
        (Code::Empty, "benefits", BENEFITS, "SYN-1,2026-03,holiday,,,,,", "settled: is empty"),
        (Code::Text, "work_hours", WORK_HOURS, &long_row, "longer than 200"),
        (Code::Text, "job_search", JOB_SEARCH, "SYN-1,2026-03-01, Baker,Shop,,", "space"),
        (
            Code::Text,
            "job_search",
            JOB_SEARCH,
            "SYN-1,2026-03-01,\"a\nb\",Shop,,",
            "“a\\nb” has a control",
        ),
        (
            Code::Date,
            "meetings",
            MEETINGS,
            "SYN-1,fund,2026-02-29,Talk,",
            "“2026-02-29” is not a date",
        ),
        (Code::Date, "meetings", MEETINGS, "SYN-1,fund,01-02-2026,Talk,", "on: “01-02-2026”"),
        (Code::Date, "contacts", CONTACTS, "SYN-1,,,,,,,1899-12-31", "died_on"),
        (
            Code::Month,
            "work_hours",
            WORK_HOURS,
            "SYN-1,2026-3,B,1,ordinary,,",
            "“2026-3” is not a month",
        ),
        (
            Code::Number,
            "work_hours",
            WORK_HOURS,
            "SYN-1,2026-03,B,\"7,5\",ordinary,,",
            "“7,5” is not a number",
        ),
        (
            Code::Number,
            "work_hours",
            WORK_HOURS,
            "SYN-1,2026-03,B,7.555,ordinary,,",
            "two decimals",
        ),
        (
            Code::Number,
            "work_hours",
            WORK_HOURS,
            "SYN-1,2026-03,B,1,ordinary,1e3,",
            "earnings: “1e3”",
        ),
        (
            Code::Range,
            "work_hours",
            WORK_HOURS,
            "SYN-1,2026-03,B,-0.01,ordinary,,",
            "less than 0 hours",
        ),
        (
            Code::Range,
            "work_hours",
            WORK_HOURS,
            "SYN-1,2026-03,B,744.01,ordinary,,",
            "more than 744 hours",
        ),
        (
            Code::Range,
            "benefits",
            BENEFITS,
            "SYN-1,2026-03,holiday,,,-1,true,",
            "gross: “-1” is less than 0 kroner",
        ),
        (
            Code::Word,
            "work_hours",
            WORK_HOURS,
            "SYN-1,2026-03,B,1,Ordinary,,",
            "one of ordinary, subsidised",
        ),
        (
            Code::Word,
            "benefits",
            BENEFITS,
            "SYN-1,2026-03,holiday,,,,yes,",
            "settled: “yes” is neither",
        ),
        (
            Code::Order,
            "sickness",
            SICKNESS,
            "SYN-1,2026-03-02,2026-03-01,care",
            "to: “2026-03-01” is before",
        ),
        (Code::Order, "measures", MEASURES, "SYN-1,Course,2026-03-02,2026-03-01,,planned", "to: "),
        (
            Code::Order,
            "sanctions",
            SANCTIONS,
            "SYN-1,quarantine,2026-03-02,37,37.01",
            "served_hours: “37.01”",
        ),
        (Code::UnknownCitizen, "sickness", SICKNESS, "SYN-3,2026-03-02,,care", "citizen: “SYN-3”"),
        (Code::Fields, "sickness", SICKNESS, "SYN-1,2026-03-02,care", "has 3 fields, the header 4"),
        (
            Code::Fields,
            "sickness",
            SICKNESS,
            "SYN-1,2026-03-02,,care,",
            "has 5 fields, the header 4",
        ),
        (Code::Header, "sickness", "citizen,from,to", "", "kind: the header lacks"),
        (Code::Header, "contacts", &half_address, "", "postal_code: the header lacks"),
        (Code::Header, "sickness", "citizen,from,to,kind,KIND", "", "“KIND” is no column"),
        (
            Code::Header,
            "sickness",
            "citizen,from,to,kind,from",
            "",
            "“from” is a column that stands twice",
        ),
        (Code::File, "sickness_2026", SICKNESS, "", "is the file of no register"),
    ];
    for (code, register, header, row, said) in cases {
        let problems = refused(&test, register, header, row).await;
        assert_eq!(problems.len(), 1, "{said}: {problems:?}");
        assert_eq!(problems[0].code, *code, "{}", problems[0]);
        let text = problems[0].to_string();
        assert!(text.starts_with(&format!("{register}.csv")), "{text}");
        assert!(text.contains(said), "“{text}” does not say “{said}”");
        let line = match code {
            Code::File => 0,
            Code::Header => 1,
            _ => 2,
        };
        assert_eq!(problems[0].line, line, "{text}");
    }
    assert_eq!(dump(&test.database).await, before);
}

#[tokio::test]
async fn citizens_and_their_cpr_numbers_are_checked() {
    let test = sqlite().await;
    let row = |id: &str, cpr: &str| {
        let rest = "A,B,1990-01-01,,,,dagpenge,,,,,,,,";
        format!("{id},{cpr},{rest}")
    };
    for (cpr, code) in [
        ("018190123", Code::Cpr),
        ("01819012345", Code::Cpr),
        ("0181-901234", Code::Cpr),
        ("018190123x", Code::Cpr),
        ("0013901234", Code::Cpr),
        ("3293901234", Code::Cpr),
        ("", Code::Empty),
    ] {
        let bad = Extracts::new().with("citizens", CITIZENS, &[&row("SYN-7", cpr)]);
        let problems = bad.import_badly(&test.database, "2026-06-01").await;
        assert_eq!((problems.len(), problems[0].code), (1, code), "{cpr}: {problems:?}");
    }
    // The hyphen is tolerated and makes no other number of it.
    let twice = Extracts::new().with(
        "citizens",
        CITIZENS,
        &[&row("SYN-7", "018190-1234"), &row("SYN-8", "0181901234")],
    );
    let problems = twice.import_badly(&test.database, "2026-06-01").await;
    assert_eq!((problems[0].code, problems[0].line), (Code::CprTaken, 3));
    assert!(problems[0].reason.contains("line 2"), "{}", problems[0]);

    // Across imports: Cora cannot take Anna's number, unless the same folder gives Anna another.
    Extracts::valid().import_well(&test.database, "2026-06-01").await;
    let cora = row("SYN-7", "0181901234");
    let taken = Extracts::new().with("citizens", CITIZENS, &[BO, &cora]);
    let problems = taken.import_badly(&test.database, "2026-06-02").await;
    assert_eq!((problems[0].code, problems[0].line), (Code::CprTaken, 3));
    let anna = ANNA.replace("0181901234", "0181909999");
    let swapped = Extracts::new().with("citizens", CITIZENS, &[&cora, &anna]);
    assert_eq!(swapped.import_well(&test.database, "2026-06-02").await, (1, 1, 0));
}

#[tokio::test]
async fn a_made_up_folder_has_only_numbers_that_are_no_ones() {
    let test = sqlite().await;
    let manifest = br#"{"synthetic":true,"seed":1,"citizens":2,"as_of":"2026-06-01"}"#;
    let real = ANNA.replace("0181901234", "0101901234");
    let folder = Extracts::new().with("citizens", CITIZENS, &[&real]);
    let folder = folder.with_bytes("synthetic.json", manifest);
    let problems = folder.import_badly(&test.database, "2026-06-01").await;
    assert_eq!((problems.len(), problems[0].code), (1, Code::Cpr));
    let folder = folder.with_bytes("synthetic.json", b"{\"synthetic\": 1}");
    let problems = folder.import_badly(&test.database, "2026-06-01").await;
    assert_eq!(problems[0].code, Code::Manifest);
    // A database of real extracts is never mixed with made-up ones.
    let folder = folder.without("synthetic.json");
    folder.import_well(&test.database, "2026-06-01").await;
    let made_up = Extracts::valid().with_bytes("synthetic.json", manifest);
    let problems = made_up.import_badly(&test.database, "2026-06-01").await;
    assert!(problems.iter().any(|problem| problem.code == Code::Manifest), "{problems:?}");
}

#[tokio::test]
async fn no_error_shows_a_cpr_number() {
    let test = sqlite().await;
    let folder = Extracts::new()
        .with(
            "citizens",
            CITIZENS,
            &[
                &ANNA.replace("0181901234", "01819012345"),
                &BO.replace("0282852345", "3282852345"),
                "SYN-3,0181901235,A,B,018190-1235,,,,0181901235,,,,,,,,",
                "SYN-4,0181901235,A,B,1990-01-01,,,,dagpenge,,,,,,,,",
                "SYN-5,0181901235,A,B,1990-01-01,,,,dagpenge,,,,,,,,",
            ],
        )
        .with("work_hours", WORK_HOURS, &["0181 90 1235,2026-03,B,1,ordinary,018190-1235,"]);
    let problems = folder.import_badly(&test.database, "2026-06-01").await;
    assert_eq!(problems.len(), 7, "{problems:#?}");
    for problem in problems {
        let said = serde_json::to_string(&problem).unwrap() + &problem.to_string();
        let digits: String = said.chars().filter(char::is_ascii_digit).collect();
        for cpr in ["8190123", "8285234"] {
            assert!(!digits.contains(cpr), "{said}");
        }
    }
}

#[tokio::test]
async fn after_a_thousand_errors_the_rest_is_counted() {
    let test = sqlite().await;
    let rows: Vec<String> = (0..1_500).map(|row| format!("SYN-9,2026-01-01,,{row}")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let folder = Extracts::new().with("sickness", SICKNESS, &rows);
    match folder.import(&test.database, "2026-06-01").await {
        Err(jobnet_server::import::ImportError::Rejected(problems)) => {
            assert_eq!((problems.list().len(), problems.total()), (1_000, 3_000));
            assert!(problems.to_string().contains("and 2000 more"), "{problems}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn files_that_are_no_text_or_not_there_are_refused() {
    let test = sqlite().await;
    let empty = Extracts::new().import_badly(&test.database, "2026-06-01").await;
    assert_eq!(empty[0].code, Code::File);
    let folder =
        Extracts::valid().with_bytes("sickness.csv", b"").with_bytes("meetings.parquet", b"x");
    let folder = folder.without("meetings.csv").with_bytes("measures.parquet", b"x");
    let problems = folder.import_badly(&test.database, "2026-06-01").await;
    let said: BTreeSet<_> = problems.iter().map(|p| (p.file.as_str(), p.code)).collect();
    let files = ["measures.parquet", "meetings.parquet", "sickness.csv"];
    assert_eq!(said, files.into_iter().map(|file| (file, Code::File)).collect());
    let latin = b"citizen,from,to,kind\nSYN-1,2026-01-01,,\xe6\n";
    let problems = Extracts::valid()
        .with_bytes("sickness.csv", latin)
        .import_badly(&test.database, "2026-06-01")
        .await;
    assert_eq!((problems[0].code, problems[0].line), (Code::Encoding, 2));
}
