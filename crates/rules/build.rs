//! Turns `data/law.csv` and `data/provisions.csv` into static tables, so that nothing is parsed at
//! run time and a rule without a row, a bad date or an unknown unit does not compile.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

const HEADER: &str = "rule,value,unit,valid_from,valid_to,legal_ref,source,status";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=data/law.csv");
    println!("cargo::rerun-if-changed=data/provisions.csv");
    println!("cargo::rerun-if-changed=build.rs");
    let code = generate(&fs::read_to_string("data/law.csv")?)?;
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("law_rows.rs"), code)?;
    let code = provisions(&fs::read_to_string("data/provisions.csv")?)?;
    fs::write(Path::new(&out).join("provision_rows.rs"), code)?;
    Ok(())
}

const PROVISIONS: &str =
    "provision,who,value,within,unit,valid_from,valid_to,legal_ref,source,status";

/// The rows of rights and duties, in the order of the file.
fn provisions(csv: &str) -> Result<String, Box<dyn Error>> {
    let mut lines = csv.lines();
    if lines.next() != Some(PROVISIONS) {
        return Err(format!("data/provisions.csv must begin with {PROVISIONS}").into());
    }
    let mut rows = String::new();
    for (index, line) in lines.enumerate() {
        let fields: Vec<&str> = line.split(',').collect();
        let [name, who, value, within, unit, from, to, legal_ref, source, status] = fields[..]
        else {
            return Err(format!("data/provisions.csv:{}: not ten columns", index + 2).into());
        };
        let at = |problem: &str| format!("data/provisions.csv:{}: {problem}", index + 2);
        let count = |text: &str| match text {
            "" => Some("None".to_owned()),
            number => Some(format!("Some({})", number.parse::<u32>().ok()?)),
        };
        let value = count(value).ok_or_else(|| at("bad value"))?;
        let within = count(within).ok_or_else(|| at("bad within"))?;
        if !["", "days", "weeks", "months", "hours_a_week"].contains(&unit) {
            return Err(at("bad unit").into());
        }
        let from = day_code(from).ok_or_else(|| at("bad valid_from"))?;
        let to = match to {
            "" => "None".to_owned(),
            to => format!("Some({})", day_code(to).ok_or_else(|| at("bad valid_to"))?),
        };
        if !["fund", "municipality"].contains(&who) {
            return Err(at("bad who").into());
        }
        if !["confirmed", "derived", "unconfirmed"].contains(&status) {
            return Err(at("bad status").into());
        }
        writeln!(
            rows,
            "ProvisionRow {{ provision: Provision::{}, who: Authority::{}, value: {value}, \
             within: {within}, valid_from: {from}, valid_to: {to}, legal_ref: {legal_ref:?}, \
             source: {source:?}, status: Status::{} }},",
            variant(name),
            variant(who),
            variant(status),
        )?;
    }
    Ok(format!("static ROWS: &[ProvisionRow] = &[\n{rows}];\n"))
}

/// One enum variant per rule, and its rows in the order of `valid_from`.
fn generate(csv: &str) -> Result<String, Box<dyn Error>> {
    let mut lines = csv.lines();
    if lines.next() != Some(HEADER) {
        return Err(format!("data/law.csv must begin with {HEADER}").into());
    }
    let mut rules: BTreeMap<&str, Vec<(&str, String, &str)>> = BTreeMap::new();
    for (index, line) in lines.enumerate() {
        let fields: Vec<&str> = line.split(',').collect();
        let [rule, value, unit, from, to, legal_ref, source, status] = fields[..] else {
            return Err(format!("data/law.csv:{}: not eight columns", index + 2).into());
        };
        let at = |problem: &str| format!("data/law.csv:{}: {problem}", index + 2);
        let value = value_code(value, unit).ok_or_else(|| at("bad value or unit"))?;
        let from_code = day_code(from).ok_or_else(|| at("bad valid_from"))?;
        let to_code = match to {
            "" => "None".to_owned(),
            to => format!("Some({})", day_code(to).ok_or_else(|| at("bad valid_to"))?),
        };
        let status = match status {
            "confirmed" => "Confirmed",
            "derived" => "Derived",
            "unconfirmed" => "Unconfirmed",
            _ => return Err(at("bad status").into()),
        };
        let row = format!(
            "Row {{ key: Key::{}, value: {value}, valid_from: {from_code}, valid_to: {to_code}, \
             legal_ref: {legal_ref:?}, source: on_server({source:?}), status: Status::{status} }},",
            variant(rule)
        );
        rules.entry(rule).or_default().push((from, row, unit));
    }
    let mut keys = String::new();
    let mut rows = String::new();
    let mut ranges = String::new();
    let mut start = 0;
    for (rule, mut of_rule) in rules {
        of_rule.sort();
        let unit = of_rule[0].2;
        writeln!(keys, "/// `{rule}`, in {unit}.\n{} = {rule:?},", variant(rule))?;
        writeln!(ranges, "({start}, {}),", start + of_rule.len())?;
        start += of_rule.len();
        for (_, row, _) in of_rule {
            writeln!(rows, "{row}")?;
        }
    }
    Ok(format!(
        "crate::keys::keyed_enum! {{\n/// A number of law; each has rows of its own in \
         `data/law.csv`.\npub enum Key {{\n{keys}}}\n}}\n\
         static ROWS: &[Row] = &[\n{rows}];\n\
         static RANGES: &[(usize, usize)] = &[\n{ranges}];\n"
    ))
}

/// `karens.threshold_hours.full_time` → `KarensThresholdHoursFullTime`.
fn variant(rule: &str) -> String {
    rule.split(['.', '_'])
        .map(|word| {
            let (first, rest) = word.split_at(1);
            first.to_uppercase() + rest
        })
        .collect()
}

fn value_code(value: &str, unit: &str) -> Option<String> {
    let (whole, decimals) = value.split_once('.').unwrap_or((value, "0"));
    let decimals: i64 = match decimals.len() {
        1 => decimals.parse::<i64>().ok()? * 10,
        2 => decimals.parse().ok()?,
        _ => return None,
    };
    let hundredths = whole.parse::<i64>().ok()? * 100 + decimals;
    Some(match unit {
        "hours" => format!("Value::Hours(Hours::from_hundredths({hundredths}))"),
        "kroner" => format!("Value::Money(Money::from_hundredths({hundredths}))"),
        "percent" => format!("Value::Percent({hundredths})"),
        "months" | "weeks" | "days" | "years" | "times" if decimals == 0 => {
            format!("Value::Count({})", hundredths / 100)
        }
        _ => return None,
    })
}

fn day_code(day: &str) -> Option<String> {
    let parts: Vec<&str> = day.split('-').collect();
    let [year, month, day] = parts[..] else { return None };
    let number = |text: &str| text.parse::<u32>().ok();
    Some(format!("day({}, {}, {})", number(year)?, number(month)?, number(day)?))
}
