//! The same arguments give the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jobnet_server::synthesise::{EARLIER, Options, run};

use super::today;

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(&path).unwrap())
        })
        .collect()
}

fn write(seed: u64) -> [BTreeMap<String, Vec<u8>>; 2] {
    let out = tempfile::tempdir().unwrap();
    let options = Options { citizens: 300, seed, out: out.path().to_owned(), as_of: today() };
    run(&options).unwrap();
    [files(out.path()), files(&out.path().join(EARLIER))]
}

#[test]
fn a_seed_gives_the_same_bytes_and_another_seed_others() {
    let (one, again, other) = (write(1), write(1), write(2));
    assert_eq!(one[0].len(), 10, "nine registers and the manifest");
    assert_eq!(one, again);
    for register in ["citizens.csv", "work_hours.csv", "benefits.csv", "job_search.csv"] {
        assert_ne!(one[0][register], other[0][register], "{register}");
    }
}

#[test]
fn every_row_and_the_manifest_say_synthetic() {
    let [extract, earlier] = write(1);
    for files in [&extract, &earlier] {
        let manifest: serde_json::Value = serde_json::from_slice(&files["synthetic.json"]).unwrap();
        assert_eq!(manifest["synthetic"], true);
        for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let rows = text.lines().skip(1);
            rows.for_each(|row| assert!(row.starts_with("SYN-"), "{name}: {row}"));
        }
    }
    let manifest = String::from_utf8(extract["synthetic.json"].clone()).unwrap();
    assert!(manifest.contains("\"as_of\": \"2026-11-22\""), "{manifest}");
    assert!(!earlier["work_hours.csv"].is_empty());
}
