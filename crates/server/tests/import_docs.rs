//! `docs/data-format.md` says exactly what the importer reads.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use jobnet_server::import::Code;
use jobnet_server::import::spec::{Column, Kind, Presence, REGISTERS, Register};

const PAGE: &str = include_str!("../../../docs/data-format.md");

/// The rows of the table under a heading, as cells.
fn table(heading: &str) -> Vec<Vec<String>> {
    let start = PAGE.find(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no {heading}"));
    let section = &PAGE[start + 4..];
    let section = &section[..section.find("\n## ").unwrap_or(section.len())];
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    let cells =
        |line: &str| line.trim_matches('|').split('|').map(|c| c.trim().to_owned()).collect();
    rows.map(cells).collect()
}

/// The words between backticks.
fn words(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn name(code: Code) -> String {
    serde_json::to_value(code).unwrap().as_str().unwrap().to_owned()
}

/// What a bad value of a column can give, besides `encoding` and `duplicate`.
fn codes(register: &Register, column: &Column) -> BTreeSet<String> {
    let mut codes = match column.kind {
        Kind::Citizen if register.name == "citizens" => vec![Code::Text],
        Kind::Citizen => vec![Code::Text, Code::UnknownCitizen],
        Kind::Text(_) => vec![Code::Text],
        Kind::Cpr => vec![Code::Cpr, Code::CprTaken],
        Kind::Date => vec![Code::Date],
        Kind::Month => vec![Code::Month],
        Kind::Hours(_) | Kind::Money | Kind::Count(_) => vec![Code::Number, Code::Range],
        Kind::Flag | Kind::Word(_) => vec![Code::Word],
    };
    if column.presence != Presence::Optional {
        codes.push(Code::Empty);
    }
    // The three rules between two fields are tested in `import_errors`.
    let between = [("sickness", "to"), ("measures", "to"), ("sanctions", "served_hours")];
    if between.contains(&(register.name, column.name)) {
        codes.push(Code::Order);
    }
    codes.into_iter().map(name).collect()
}

#[test]
fn every_table_names_exactly_the_columns_that_are_read() {
    for register in &REGISTERS {
        let rows = table(&format!("`{}`", register.name));
        let documented: Vec<_> =
            rows.iter().map(|row| row[0].trim_matches('`').to_owned()).collect();
        let read: Vec<_> = register.columns.iter().map(|column| column.name).collect();
        assert_eq!(documented, read, "{}", register.name);
        for (row, column) in rows.iter().zip(register.columns) {
            let place = format!("{}.{}", register.name, column.name);
            let empty = match column.presence {
                Presence::Key => "no, key",
                Presence::Required => "no",
                Presence::Optional => "yes",
            };
            assert_eq!(row[4], empty, "{place}");
            assert_eq!(words(&row[5]), codes(register, column), "{place}");
            let limit = match column.kind {
                Kind::Text(longest) => format!("at most {longest} characters"),
                Kind::Hours(744) => "0 to 744".to_owned(),
                Kind::Hours(10_000) => "0 to 10,000".to_owned(),
                Kind::Hours(most) => panic!("say {most} in the documentation and here"),
                Kind::Count(most) => format!("0 to {most}"),
                Kind::Word(allowed) => {
                    assert_eq!(
                        words(&row[3]),
                        allowed.iter().map(|w| (*w).to_owned()).collect(),
                        "{place}"
                    );
                    continue;
                }
                _ => continue,
            };
            assert!(row[3].contains(&limit), "{place} does not say “{limit}”");
        }
    }
}

#[test]
fn every_error_code_is_explained() {
    let explained: BTreeSet<_> = table("Errors").iter().flat_map(|row| words(&row[0])).collect();
    assert_eq!(explained, Code::ALL.into_iter().map(name).collect());
}

#[test]
fn the_keys_are_said() {
    for register in &REGISTERS {
        let start = PAGE.find(&format!("\n## `{}`\n", register.name)).unwrap();
        let line = PAGE[start..].lines().find(|line| line.contains("Key: ")).unwrap();
        let said = words(line.split_once("Key: ").unwrap().1);
        let key = register.columns.iter().filter(|column| column.presence == Presence::Key);
        assert_eq!(said, key.map(|column| column.name.to_owned()).collect(), "{}", register.name);
    }
}
