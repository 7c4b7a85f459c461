//! What a file may look like: byte order mark, line ends, column order, quotes; Parquet.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use jobnet_server::import::Code;
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use support::database::{both, sqlite};
use support::extracts::{ANNA, BO, CITIZENS, Extracts, SICKNESS, keys, query};

const FACTS: &str = "SELECT citizen_id, hours, earnings, reported_on, kind FROM work_hours";

#[tokio::test]
async fn byte_order_mark_crlf_empty_lines_and_column_order_do_not_matter() {
    let (plain, other) = (sqlite().await, sqlite().await);
    Extracts::valid().import_well(&plain.database, "2026-06-01").await;
    let hours = "\u{feff}kind,hours,reported_on,month,employer,citizen,earnings\r\n\
        ordinary,50.00,2026-04-10,2026-03,Bakery,SYN-1,9500.50\r\n\r\n\
        subsidised,\"12.50\",2026-04-10,2026-03,\"Bakery\",SYN-1,2000.0\r\n\
        ordinary,,2026-05-10,2026-04,Bakery,SYN-1,9000\r\n\
        ordinary,20,2026-05-10,2026-04,Shop,SYN-2,3600.00";
    let folder = Extracts::valid().with_bytes("work_hours.csv", hours.as_bytes());
    folder.import_well(&other.database, "2026-06-01").await;
    assert_eq!(query(&other.database, FACTS).await, query(&plain.database, FACTS).await);
    // As text differs but means the same, nothing changes either.
    assert_eq!(folder.import_well(&plain.database, "2026-06-01").await, (0, 0, 14));
}

#[tokio::test]
async fn an_error_names_the_line_in_which_its_row_begins() {
    let test = sqlite().await;
    let with_break = BO.replace("Odense", "\"Ode\nnse\"");
    let folder = Extracts::new()
        .with("citizens", CITIZENS, &[ANNA, &with_break, "SYN-3,,,,,,,,,,,,,,,,"])
        .with_bytes(
            "sickness.csv",
            b"\xef\xbb\xbfcitizen,from,to,kind\r\n\r\nSYN-1,x,,care\r\nSYN-1,y,,care\r\n",
        );
    let problems = folder.import_badly(&test.database, "2026-06-01").await;
    let lines = |file: &str, code: Code| -> Vec<u64> {
        let found = problems.iter().filter(|p| p.file == file && p.code == code);
        found.map(|problem| problem.line).collect()
    };
    assert_eq!(lines("citizens.csv", Code::Text), [3]);
    assert_eq!(lines("citizens.csv", Code::Empty), [5; 5]);
    assert_eq!(lines("sickness.csv", Code::Date), [3, 4]);
}

#[tokio::test]
async fn the_manifest_gives_the_day_and_marks_the_database() {
    let test = sqlite().await;
    let manifest = br#"{"synthetic":true,"seed":1,"citizens":2,"as_of":"2026-05-05"}"#;
    let folder = Extracts::valid().with_bytes("synthetic.json", manifest);
    let when = support::extracts::when();
    let show = jobnet_server::import::Show::Nothing;
    let import = jobnet_server::import::import;
    let report = import(&test.database, &keys(), folder.path(), when, show).await.unwrap();
    assert_eq!((report.as_of.to_string().as_str(), report.synthetic), ("2026-05-05", true));
    // Without a manifest: today; the database stays marked.
    let later = Extracts::new().with("citizens", CITIZENS, &[ANNA]);
    let report = import(&test.database, &keys(), later.path(), when, show).await.unwrap();
    assert_eq!((report.as_of, report.synthetic), (when.today, true));
    // The log holds the hash of what was read: printf 'citizen,from,to,kind\n' | sha256sum.
    Extracts::new().with("sickness", SICKNESS, &[]).import_well(&test.database, "2026-12-01").await;
    let hashes =
        query(&test.database, "SELECT file, sha256 FROM import_files WHERE run_id = 3").await;
    assert_eq!(
        hashes,
        [
            "file=sickness.csv sha256=cd8b7a92e9a48be0dc581e3e3096ec851dddedfbfa118246dbf9a3cc85ccb8b9"
        ]
    );
}

/// Writes the work hours of [`Extracts::valid`] with types of their own.
fn write_parquet(path: &Path, hours: &[f64]) {
    let schema = "message hours { required binary citizen (UTF8); required binary month (UTF8);
        required binary employer (UTF8); optional double hours; required binary kind (UTF8);
        optional double earnings; optional int32 reported_on (DATE); }";
    let zstd = Compression::ZSTD(ZstdLevel::default());
    let properties = WriterProperties::builder().set_compression(zstd).build();
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut file =
        SerializedFileWriter::new(File::create(path).unwrap(), schema, Arc::new(properties))
            .unwrap();
    let mut group = file.next_row_group().unwrap();
    let mut text = |values: [&str; 4]| {
        let values = values.map(|value| ByteArray::from(value.as_bytes().to_vec()));
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&values, None, None).unwrap();
        column.close().unwrap();
    };
    text(["SYN-1", "SYN-1", "SYN-1", "SYN-2"]);
    text(["2026-03", "2026-03", "2026-04", "2026-04"]);
    text(["Bakery", "Bakery", "Bakery", "Shop"]);
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<DoubleType>().write_batch(hours, Some(&[1, 1, 0, 1]), None).unwrap();
    column.close().unwrap();
    let values = ["ordinary", "subsidised", "ordinary", "ordinary"];
    let values = values.map(|value| ByteArray::from(value.as_bytes().to_vec()));
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&values, None, None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let earnings = [9500.5, 2000.0, 9000.0, 3600.0];
    column.typed::<DoubleType>().write_batch(&earnings, Some(&[1; 4]), None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    // Days since 1970: 10 April and 10 May 2026.
    let days = [20_553, 20_553, 20_583, 20_583];
    column.typed::<Int32Type>().write_batch(&days, Some(&[1; 4]), None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    file.close().unwrap();
}

#[tokio::test]
async fn parquet_is_read_like_csv() {
    for test in both().await {
        let folder = Extracts::valid().without("work_hours.csv");
        write_parquet(&folder.path().join("work_hours.parquet"), &[50.0, 12.5, 20.0]);
        assert_eq!(folder.import_well(&test.database, "2026-06-01").await, (14, 0, 0));
        assert_eq!(Extracts::valid().import_well(&test.database, "2026-06-01").await, (0, 0, 14));
        write_parquet(&folder.path().join("work_hours.parquet"), &[50.0, 12.555, -1.0]);
        let problems = folder.import_badly(&test.database, "2026-06-01").await;
        let said: Vec<_> = problems.iter().map(|p| (p.line, p.value.as_deref(), p.code)).collect();
        assert_eq!(said, [(2, Some("12.555"), Code::Number), (4, Some("-1"), Code::Range)]);
    }
}
