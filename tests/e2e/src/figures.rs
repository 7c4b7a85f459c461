//! The figures on a page, read back and compared with what the rules say.
//!
//! A figure on screen carries its path in the answer (`data-figure="period.used_hours"`) and its
//! value as `evaluate` writes it (`data-value="270.66"`).

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use jobnet_api::paths;
use serde_json::{Value, json};

use crate::page::Page;
use crate::server::evaluate;

/// A figure as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its path in the answer.
    pub path: String,
    /// Its value, as the page gives it to programs.
    pub value: String,
    /// Its value, as the page gives it to people.
    pub text: String,
    /// In which language: `da` or `en`.
    pub language: String,
}

/// The months as both languages write them out.
const MONTHS: [[&str; 2]; 12] = [
    ["januar", "january"],
    ["februar", "february"],
    ["marts", "march"],
    ["april", "april"],
    ["maj", "may"],
    ["juni", "june"],
    ["juli", "july"],
    ["august", "august"],
    ["september", "september"],
    ["oktober", "october"],
    ["november", "november"],
    ["december", "december"],
];

/// Every figure on the page that is visible.
///
/// # Errors
/// The page is gone.
pub async fn shown(page: &Page) -> Result<Vec<Shown>> {
    // The table of months has a text only once it is near what is seen.
    let script = "document.querySelector('.months')?.scrollIntoView({behavior: 'instant'}); \
         const read = () => [...document.querySelectorAll('[data-figure]')] \
             .filter(e => e.checkVisibility({visibilityProperty: true})) \
             .map(e => [e.dataset.figure, e.dataset.value ?? '', e.innerText, \
                        document.documentElement.lang]); \
         const frame = () => new Promise(requestAnimationFrame); \
         return frame().then(frame).then(read);";
    let found = page.script(script, &[]).await?;
    let text = |value: &Value| value.as_str().unwrap_or_default().trim().to_owned();
    let rows = found.as_array().cloned().unwrap_or_default();
    Ok(rows
        .iter()
        .map(|row| Shown {
            path: text(&row[0]),
            value: text(&row[1]),
            text: text(&row[2]),
            language: text(&row[3]),
        })
        .collect())
}

/// The figures of her account, and those of a plan that she plays with.
pub fn split(shown: Vec<Shown>) -> (Vec<Shown>, Vec<Shown>) {
    let of_a_plan =
        |figure: &Shown| ["outcome.", "months."].iter().any(|start| figure.path.starts_with(start));
    shown.into_iter().partition(|figure| !of_a_plan(figure))
}

/// The signed-in citizen's account, recomputed by the `evaluate` command from her facts, and beside
/// it what was paid for each settled month.
///
/// # Errors
/// The API's own account differs from it, or nobody is signed in.
pub async fn truth(page: &Page) -> Result<Value> {
    truth_of(page, paths::MY_ACCOUNT).await
}

/// The account at an address of the API, recomputed in the same way.
///
/// # Errors
/// As [`truth`].
pub async fn truth_of(page: &Page, path: &str) -> Result<Value> {
    let answer = page.api(path).await?;
    let mut truth = evaluate(&answer["case"])?;
    let differences = differences("account", &answer["account"], &truth);
    if differences.is_empty() {
        truth["payments"] = paid(&answer);
        return Ok(truth);
    }
    bail!("the API's account is not what evaluate says:\n  {}", differences.join("\n  "))
}

/// What her authority paid for each settled month, all its kinds together; unknown where one of
/// them is.
fn paid(answer: &Value) -> Value {
    let is_assistance = |kind: &Value| *kind == "social_assistance";
    let mut months: BTreeMap<&str, [Option<f64>; 2]> = BTreeMap::new();
    for payment in answer["payments"].as_array().into_iter().flatten() {
        if is_assistance(&payment["kind"]) != is_assistance(&answer["case"]["scheme"]) {
            continue;
        }
        if let (Some(month), true) = (payment["month"].as_str(), payment["settled"] == true) {
            let sums = months.entry(month).or_insert([Some(0.0); 2]);
            for (sum, field) in sums.iter_mut().zip(["paid_hours", "gross"]) {
                *sum = sum.zip(payment[field].as_f64()).map(|(sum, part)| sum + part);
            }
        }
    }
    let rows = months.into_iter().map(|(month, [paid_hours, gross])| {
        json!({"month": month, "paid_hours": paid_hours, "gross": gross})
    });
    rows.collect()
}

/// Compares every figure shown with the truth; gives how many were compared.
///
/// # Errors
/// One differs, has no counterpart, or says to people something else than to programs.
pub fn compare(shown: &[Shown], truth: &Value) -> Result<usize> {
    for figure in shown {
        let expected = look_up(truth, &figure.path)
            .with_context(|| format!("the page shows `{}`, unknown to evaluate", figure.path))?;
        let expected = match expected {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            other => bail!("the page shows `{}` = {}, evaluate {other}", figure.path, figure.value),
        };
        if !same(&figure.value, &expected) {
            bail!("the page shows `{}` = {}, evaluate {expected}", figure.path, figure.value);
        }
        let is_said = match expected.parse::<f64>() {
            Ok(value) => says(&figure.text, value),
            Err(_) => says_when(&figure.text, &expected, &figure.language),
        };
        if !is_said {
            bail!("`{}` is {expected}, but the page says “{}”", figure.path, figure.text);
        }
    }
    Ok(shown.len())
}

/// A figure by its path: `period.used_hours`, or `payouts.2026-03.gross` for a month's.
fn look_up<'a>(truth: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(truth, |value, part| match value {
        Value::Array(months) => months.iter().find(|row| row["month"] == part),
        _ => value.get(part),
    })
}

/// Where two answers differ; numbers by value, whatever their form.
fn differences(path: &str, api: &Value, truth: &Value) -> Vec<String> {
    match (api, truth) {
        (Value::Object(left), Value::Object(right)) => {
            let keys: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
            let of = |key: &String| differences(&format!("{path}.{key}"), &api[key], &truth[key]);
            keys.into_iter().flat_map(of).collect()
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            let pairs = left.iter().zip(right).enumerate();
            pairs.flat_map(|(n, (l, r))| differences(&format!("{path}[{n}]"), l, r)).collect()
        }
        (Value::Number(left), Value::Number(right)) if left.as_f64() == right.as_f64() => vec![],
        _ if api == truth => vec![],
        _ => vec![format!("{path}: {api} instead of {truth}")],
    }
}

fn same(shown: &str, expected: &str) -> bool {
    match (shown.parse::<f64>(), expected.parse::<f64>()) {
        (Ok(shown), Ok(expected)) => (shown - expected).abs() < 0.000_1,
        _ => shown == expected,
    }
}

/// Whether a text holds a day (`2029-02-28`) or month (`2029-02`), written out in its language.
fn says_when(text: &str, when: &str, language: &str) -> bool {
    let parts: Vec<&str> = when.split('-').collect();
    let (year, month, day) = match parts[..] {
        [year, month] => (year, month, None),
        [year, month, day] => (year, month, Some(day)),
        _ => return false,
    };
    let column = match language {
        "da" => 0,
        "en" => 1,
        _ => return false,
    };
    let place = month.parse::<usize>().ok().and_then(|month| month.checked_sub(1));
    let Some(names) = place.and_then(|place| MONTHS.get(place)) else { return false };
    let dot = if column == 0 { "." } else { "" };
    let day = day.map(|day| format!("{}{dot}", day.trim_start_matches('0')));
    let wanted: Vec<&str> = day.as_deref().into_iter().chain([names[column], year]).collect();
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(wanted.len()).any(|part| part == wanted)
}

/// Whether a text in Danish or English holds the number, exactly or rounded to whole.
fn says(text: &str, value: f64) -> bool {
    let numbers = text.split(|c: char| !(c.is_ascii_digit() || ".,".contains(c)));
    numbers.filter(|word| word.contains(|c: char| c.is_ascii_digit())).any(|word| {
        let word = word.trim_matches([',', '.']);
        let danish = word.replace('.', "").replace(',', ".");
        let english = word.replace(',', "");
        [danish, english].iter().filter_map(|number| number.parse::<f64>().ok()).any(|number| {
            (number - value).abs() < 0.000_1 || (number - value.round()).abs() < 0.000_1
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(path: &str, value: &str, text: &str) -> Shown {
        let [path, value, text, language] = [path, value, text, "da"].map(str::to_owned);
        Shown { path, value, text, language }
    }

    fn english(figure: Shown) -> Shown {
        Shown { language: "en".to_owned(), ..figure }
    }

    #[test]
    fn answers_differ_by_value_not_by_form() {
        let truth = json!({"a": {"hours": 50.0}, "b": [1.5, null]});
        assert!(
            differences("x", &json!({"a": {"hours": 50}, "b": [1.5, null]}), &truth).is_empty()
        );
        for other in [
            json!({"a": {"hours": 50.01}, "b": [1.5, null]}),
            json!({"a": {"hours": 50}, "b": [1.5, 0]}),
            json!({"a": {"hours": 50}, "b": [1.5]}),
            json!({"a": {"hours": 50, "extra": 1}, "b": [1.5, null]}),
        ] {
            assert_eq!(differences("x", &other, &truth).len(), 1, "{other}");
        }
    }

    #[test]
    fn payments_of_a_month_are_one_and_unsettled_or_unknown_ones_are_none() {
        let answer = json!({"case": {"scheme": "dagpenge"}, "payments": [
            {"month": "2026-02", "kind": "social_assistance", "gross": 7205, "settled": true},
            {"month": "2026-03", "kind": "dagpenge", "paid_hours": 100, "gross": 13000.25, "settled": true},
            {"month": "2026-03", "kind": "holiday", "paid_hours": 20.5, "gross": 2000, "settled": true},
            {"month": "2026-04", "kind": "dagpenge", "paid_hours": 160.33, "gross": null, "settled": true},
            {"month": "2026-05", "kind": "dagpenge", "paid_hours": 160.33, "gross": 22041, "settled": false},
        ]});
        assert_eq!(
            paid(&answer),
            json!([
                {"month": "2026-03", "paid_hours": 120.5, "gross": 15000.25},
                {"month": "2026-04", "paid_hours": 160.33, "gross": null},
            ])
        );
    }

    #[test]
    fn right_figures_pass_and_each_kind_of_wrong_one_is_caught() {
        let truth = json!({
            "period": {"used_hours": 3577.34, "frame_ends_on": "2029-02-28", "runs_out_month": null,
                "placed_month": "2027-05"},
            "payouts": [{"month": "2026-03", "gross": 15167.36}],
        });
        let right = [
            figure("period.used_hours", "3577.34", "3.577,34 timer"),
            english(figure("period.used_hours", "3577.34", "3,577.34 hours")),
            figure("period.frame_ends_on", "2029-02-28", "28.\u{a0}februar\u{a0}2029"),
            english(figure("period.frame_ends_on", "2029-02-28", "28 February 2029")),
            figure("period.placed_month", "2027-05", "Maj 2027"),
            figure("payouts.2026-03.gross", "15167.36", "15.167 kr."),
        ];
        assert_eq!(compare(&right, &truth).unwrap(), right.len());
        let wrong = [
            figure("period.used_hours", "3577.35", "3.577,35 timer"),
            figure("period.used_hours", "3577.34", "3.577,35 timer"),
            figure("period.used_hours", "3577.34", ""),
            figure("period.frame_ends_on", "2029-03-01", "1. marts 2029"),
            figure("period.frame_ends_on", "2029-02-28", "28. marts 2029"),
            figure("period.frame_ends_on", "2029-02-28", "28. februar 2028"),
            figure("period.frame_ends_on", "2029-02-28", "8. februar 2029"),
            figure("period.frame_ends_on", "2029-02-28", "februar 2029"),
            figure("period.frame_ends_on", "2029-02-28", "28 February 2029"),
            english(figure("period.frame_ends_on", "2029-02-28", "28. februar 2029")),
            figure("period.placed_month", "2027-05", "maj 2028"),
            figure("period.placed_month", "2027-05", ""),
            figure("period.runs_out_month", "2028-03", "marts 2028"),
            figure("payouts.2026-04.gross", "15167.36", "15.167 kr."),
            figure("period.no_such", "1", "1"),
        ];
        for figure in wrong {
            assert!(compare(std::slice::from_ref(&figure), &truth).is_err(), "{figure:?}");
        }
    }
}
