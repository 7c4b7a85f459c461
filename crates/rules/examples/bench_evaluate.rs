//! How long one citizen's account of 54 months takes, trace included: prints JSON for `xtask bench`.
//!
//! `cargo run --release -p jobnet-rules --example bench_evaluate`

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use jobnet_rules::case::{Away, Case, CaseMonth, Insurance, Scheme};
use jobnet_rules::evaluate::evaluate;
use jobnet_rules::simulate::{Plan, simulate};
use jobnet_rules::units::{Hours, Month};

/// Four and a half years, the longest a period can last: part-time work, unknown hours, sickness,
/// quarantine and an extension.
fn case() -> Result<Case, Box<dyn Error>> {
    let first: Month = "2022-05".parse()?;
    let months = (0..54)
        .map(|index| {
            let work = Hours::from_hundredths([0, 4_212, 8_050, 14_553][index as usize % 4]);
            let away = (index % 20 == 19).then_some(Away::Sickness);
            let full = Hours::from_hundredths(16_033);
            CaseMonth {
                work_hours: (index % 17 != 5).then_some(work),
                paid_hours: away.is_none().then_some(full - work),
                quarantine_hours: Hours::from_hundredths(if index == 7 { 11_100 } else { 0 }),
                away,
                settled: true,
                ..CaseMonth::empty(first.plus(index))
            }
        })
        .collect();
    Ok(Case {
        as_of: "2026-10".parse::<Month>()?.last_day(),
        scheme: Scheme::Dagpenge,
        insurance: Insurance::FullTime,
        placed_on: Some(first.first_day()),
        monthly_rate: None,
        supplementary_weeks_used: Some(12),
        quarantine_left_hours: None,
        graduate: None,
        rate_level: None,
        months,
    })
}

/// Median and 99th percentile in microseconds.
fn measure(runs: usize, mut work: impl FnMut()) -> (f64, f64) {
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    (times[runs / 2], times[runs * 99 / 100])
}

fn main() -> Result<(), Box<dyn Error>> {
    let case = case()?;
    let steps = evaluate(&case)?.trace.len();
    let (median, p99) = measure(20_000, || {
        let _ = black_box(evaluate(black_box(&case)));
    });
    let new = Case {
        months: Vec::new(),
        placed_on: Some("2026-10".parse::<Month>()?.first_day()),
        ..case.clone()
    };
    let plan = Plan {
        weekly_hours: Hours::from_hundredths(1_500),
        weeks: 40,
        ..Plan::nothing("2026-11".parse::<Month>()?.first_day())
    };
    let months = simulate(&new, &plan)?.months.len();
    let (simulate_median, simulate_p99) = measure(5_000, || {
        let _ = black_box(simulate(black_box(&new), black_box(&plan)));
    });
    println!(
        "{{\"months\":{},\"trace_steps\":{steps},\"median_us\":{median:.2},\"p99_us\":{p99:.2},\
         \"simulated_months\":{months},\"simulate_median_us\":{simulate_median:.2},\
         \"simulate_p99_us\":{simulate_p99:.2}}}",
        case.months.len()
    );
    Ok(())
}
