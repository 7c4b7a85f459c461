//! How many citizens a second get a profile with its explanation, on one core: prints JSON for
//! `xtask bench`.
//!
//! Three ways: from answers that are coded once, from answers just read, and from answers that have
//! to be fetched from all over the memory. The peer is the least that any program must do for a
//! share: the sum of products and the inverse logit, over rows that are coded already. It knows no
//! answers, no range, no interval and no explanation.
//!
//! `cargo run --release -p jobnet-profiling --example bench_profiling`

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use jobnet_profiling::logistic::inverse_logit;
use jobnet_profiling::model::Kind;
use jobnet_profiling::people::Person;
use jobnet_profiling::score::Sealed;
use jobnet_profiling::sheet::Sheet;
use jobnet_profiling::{shipped, synthetic};
use serde_json::{Value, json};

const PEOPLE: u32 = 100_000;
/// So many people's answers fit beside the program in what is near the core.
const JUST_READ: usize = 500;
/// So many are timed at once: too few for the machine to turn to something else meanwhile.
const AT_ONCE: usize = 1_000;
const RUNS: usize = 10;

/// How many a second, by the median of the times of parts; every part has other people.
fn rate<T>(all: &[T], mut one: impl FnMut(&T)) -> f64 {
    let mut seconds = Vec::new();
    for _ in 0..RUNS * PEOPLE as usize / all.len() {
        for part in black_box(all).chunks(AT_ONCE) {
            let start = Instant::now();
            part.iter().for_each(&mut one);
            seconds.push(start.elapsed().as_secs_f64() / part.len() as f64);
        }
    }
    seconds.sort_by(f64::total_cmp);
    (1.0 / seconds[seconds.len() / 2]).round()
}

fn from_answers(sealed: &Sealed, people: &[Person]) -> f64 {
    rate(people, |one| {
        let _ = black_box(sealed.profile(&one.answers, &one.facts));
    })
}

fn bench(sealed: &Sealed, people: &[Person], sheets: &[Sheet]) -> Value {
    let mut result = json!({
        "factors": sealed.model.factors().len(),
        "with_profile": sheets.iter().filter(|one| sealed.profile_of(one).is_ok()).count(),
        "profiles_per_second": rate(sheets, |one| {
            let _ = black_box(sealed.profile_of(one));
        }),
        "profiles_per_second_of_answers_just_read": from_answers(sealed, &people[..JUST_READ]),
        "profiles_per_second_of_answers_in_memory": from_answers(sealed, people),
    });
    if let Kind::Logistic(logistic) = &sealed.model.kind {
        let rows = people.iter().filter_map(|one| logistic.code(&one.answers, &one.facts).ok());
        let width = logistic.coefficients.len();
        let rows: Vec<f64> = rows.flatten().collect();
        let rows: Vec<&[f64]> = rows.chunks_exact(width).collect();
        let peer = rate(&rows, |row| {
            let each = row.iter().zip(&logistic.coefficients).map(|(a, b)| a * b);
            black_box(inverse_logit(each.sum()));
        });
        result["columns"] = width.into();
        result["peer_shares_per_second"] = peer.into();
    }
    result
}

fn main() -> Result<(), Box<dyn Error>> {
    let people = synthetic::people(PEOPLE, 1);
    let sheets: Vec<_> = people.iter().map(|one| Sheet::new(&one.answers, &one.facts)).collect();
    let mut result = json!({ "people": PEOPLE });
    for sealed in shipped::models() {
        result[&sealed.model.key] = bench(sealed, &people, &sheets);
    }
    println!("{result}");
    Ok(())
}
