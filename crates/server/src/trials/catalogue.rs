//! What this server can serve to a trial: the facts it knows of a citizen, and the surfaces on which
//! an arm can show.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jobnet_api::arm::{Arm, Framing, Presentation};
use jobnet_trials::protocol::check::{Catalogue, FactKind};
use jobnet_trials::protocol::{self, Key};

use crate::db::registers::{stored_word, word};

/// The account on `/` and `/timer-og-ydelse`.
pub const ACCOUNT: &str = "account";
/// Setting of [`ACCOUNT`]: how it is shown.
pub const PRESENTATION: &str = "presentation";
/// Setting of [`ACCOUNT`]: from which side.
pub const FRAMING: &str = "framing";

/// The job-search checklist.
pub const CHECKLIST: &str = "checklist";
/// Setting of [`CHECKLIST`]: whether she has one.
pub const ACCESS: &str = "access";
/// Value of [`ACCESS`]: she has.
pub const GIVEN: &str = "given";
/// Value of [`ACCESS`]: to her there is no such thing.
pub const WITHHELD: &str = "withheld";

/// Facts that are one of a few words, as the registers write them.
const WORDS: [(&str, &[&str]); 5] = [
    ("scheme", &["dagpenge", "graduate", "social_assistance"]),
    ("insurance", &["full_time", "part_time"]),
    ("language", &["da", "en"]),
    ("digital_post", &["receives", "exempt"]),
    ("sick", &["yes", "no"]),
];
/// Facts that are any text.
const TEXTS: [&str; 4] = ["municipality", "fund", "job_centre", "caseworker"];
/// Facts that are numbers: years, and whole weeks since she was registered as unemployed.
const NUMBERS: [&str; 2] = ["age", "weeks_registered"];

/// What can be served.
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let words =
            WORDS.iter().map(|(fact, words)| (*fact, FactKind::OneOf { values: list(words) }));
        let texts = TEXTS.iter().map(|fact| (*fact, FactKind::Text));
        let numbers = NUMBERS.iter().map(|fact| (*fact, FactKind::Number));
        let facts = words.chain(texts).chain(numbers);
        let presentations = [
            Presentation::Words,
            Presentation::Counters,
            Presentation::Timeline,
            Presentation::WhatIf,
        ];
        let framings = [Framing::Earned, Framing::Lacking];
        let settings = BTreeMap::from([
            (PRESENTATION.to_owned(), presentations.iter().map(stored_word).collect()),
            (FRAMING.to_owned(), framings.iter().map(stored_word).collect()),
        ]);
        let access = BTreeMap::from([(ACCESS.to_owned(), list(&[GIVEN, WITHHELD]))]);
        Catalogue {
            facts: facts.map(|(fact, kind)| (fact.to_owned(), kind)).collect(),
            surfaces: BTreeMap::from([
                (ACCOUNT.to_owned(), settings),
                (CHECKLIST.to_owned(), access),
            ]),
        }
    });
    &CATALOGUE
}

/// What an arm of a trial decides about the account; `None`: nothing.
pub fn decided(trial: &Key, arm: &protocol::Arm) -> Option<Arm> {
    let presentation = word(arm.settings.get(PRESENTATION)?).ok()?;
    let framing = arm.settings.get(FRAMING).and_then(|framing| word(framing).ok());
    Some(Arm { trial: trial.to_string(), presentation, framing: framing.unwrap_or_default() })
}
