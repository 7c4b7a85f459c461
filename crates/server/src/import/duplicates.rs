//! Which rows repeat a key: asked only when the database has noticed that some do, or when the
//! folder is refused anyway.
//!
//! Reads a file as often as its keys need, so that memory stays flat however long it is.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use csv::ByteRecord;

use super::folder::File;
use super::header::Header;
use super::problem::{Code, Problem, Problems, shown};
use super::source::{Rows, Unreadable};
use super::spec::{Column, Presence, REGISTERS};
use super::value;

/// How many keys are held at a time; about 100 MB.
const KEYS_AT_A_TIME: u64 = 2_000_000;

/// Adds the rows of a file whose key an earlier row has. Rows that cannot be read for another
/// reason have no key and are passed over: the reading pass reports them.
pub(super) fn find(file: &File, problems: &mut Problems) -> Result<(), Unreadable> {
    find_by(file, KEYS_AT_A_TIME, problems)
}

fn find_by(file: &File, keys_at_a_time: u64, problems: &mut Problems) -> Result<(), Unreadable> {
    let parts = count(file)?.div_ceil(keys_at_a_time).max(1);
    (0..parts).try_for_each(|part| find_part(file, part, parts, problems))
}

fn count(file: &File) -> Result<u64, Unreadable> {
    let mut rows = Rows::open(file)?;
    let mut record = ByteRecord::new();
    let mut count = 0;
    while rows.next(&mut record)?.is_some() {
        count += 1;
    }
    Ok(count)
}

fn find_part(
    file: &File,
    part: u64,
    parts: u64,
    problems: &mut Problems,
) -> Result<(), Unreadable> {
    let register = &REGISTERS[file.register];
    let mut rows = Rows::open(file)?;
    let Ok(header) = Header::read(register, &file.name, rows.header(), 1) else { return Ok(()) };
    // 128 bits of two keyed hashes stand for the key: equal ones are equal keys.
    let hashers = (RandomState::new(), RandomState::new());
    let mut lines: HashMap<(u64, u64), u64> = HashMap::new();
    let mut record = ByteRecord::new();
    let mut key: Vec<u8> = Vec::new();
    while let Some(line) = rows.next(&mut record)? {
        let Some(fields) = header.fields(&record) else { continue };
        key.clear();
        let mut good = true;
        for (column, bytes) in register.columns.iter().zip(fields) {
            if column.presence == Presence::Key {
                good = good && value::parse(column, bytes).is_ok();
                key.extend_from_slice(bytes);
                key.push(b'\n');
            }
        }
        if !good || part_hash(&key) % parts != part {
            continue;
        }
        let hashes = (hashers.0.hash_one(&key), hashers.1.hash_one(&key));
        let first = *lines.entry(hashes).or_insert(line);
        if first != line {
            problems.add(problem(file, register.columns, &key, first, line));
        }
    }
    Ok(())
}

/// FNV-1a, which is the same in every pass: a key belongs to exactly one part.
fn part_hash(key: &[u8]) -> u64 {
    key.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn problem(file: &File, columns: &[Column], key: &[u8], first: u64, line: u64) -> Problem {
    let names = columns.iter().filter(|column| column.presence == Presence::Key);
    let names: Vec<_> = names.map(|column| column.name).collect();
    let value = String::from_utf8_lossy(key).trim_end_matches('\n').replace('\n', ", ");
    Problem {
        file: file.name.clone(),
        line,
        column: Some(names.join("+")),
        value: Some(shown(value.as_bytes())),
        code: Code::Duplicate,
        reason: format!("is the key of line {first} too; a key may stand once in a file"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::folder::Format;
    use super::*;

    #[test]
    fn every_repeated_key_is_found_once_however_few_keys_are_held() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sickness.csv");
        let mut text = "citizen,from,to,kind\n".to_owned();
        for row in 0..60 {
            // Twenty keys, each in three rows; one row has no key.
            let day = row % 20 + 1;
            text += &format!("SYN-1,2026-01-{day:02},,care\n");
        }
        text += "SYN-1,,,care\n";
        fs::write(&path, text).unwrap();
        let register = REGISTERS.iter().position(|register| register.name == "sickness").unwrap();
        let name = "sickness.csv".to_owned();
        let file = File { register, name, path, format: Format::Csv, bytes: 0 };
        for keys_at_a_time in [3, 7, 1_000] {
            let mut problems = Problems::default();
            find_by(&file, keys_at_a_time, &mut problems).unwrap();
            problems.sort(&["sickness.csv"]);
            let lines: Vec<u64> = problems.list().iter().map(|problem| problem.line).collect();
            assert_eq!(lines, (22..=61).collect::<Vec<_>>());
            assert!(problems.list()[0].reason.contains("line 2 "), "{}", problems.list()[0]);
        }
    }
}
