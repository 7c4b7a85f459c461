//! What the columns of a trial's files mean: every column of every table, with its unit and its values.

use jobnet_trials::protocol::Protocol;
use jobnet_trials::protocol::check::FactKind;

use super::catalogue::catalogue;

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// The table.
    pub(super) table: &'static str,
    /// Its name.
    pub(super) name: String,
    /// What it says.
    pub(super) meaning: &'static str,
    /// In what it is counted; empty: it is no number.
    pub(super) unit: &'static str,
    /// Which values it has.
    pub(super) coding: String,
}

/// Table, name, meaning, unit and values of the columns that are the same for every trial; those of
/// `arm` and `stratum` are in its protocol.
const COLUMNS: [(&str, &str, &str, &str, &str); 28] = [
    ("assignments", "unit", "pseudonym of the citizen in this trial", "", HEX),
    (
        "assignments",
        "cluster",
        "what was drawn by lot for her, if she was not drawn herself",
        "",
        "name of the cluster or region; empty until the trial is closed, and where there is none",
    ),
    ("assignments", "arm", "arm that was drawn", "", ""),
    ("assignments", "stratum", "within what the arms are balanced", "", ""),
    (
        "assignments",
        "seq",
        "place in the list of the stratum",
        "lots",
        "whole number from 0; empty until the trial is closed",
    ),
    (
        "assignments",
        "block",
        "block of the list",
        "blocks",
        "whole number from 0; empty until the trial is closed",
    ),
    (
        "assignments",
        "position",
        "place in the block",
        "lots",
        "whole number from 0; empty until the trial is closed",
    ),
    (
        "assignments",
        "algorithm",
        "how the lot was drawn, with its version",
        "",
        "blocks-1: permuted blocks; keyed-1: keyed hash",
    ),
    ("assignments", "assigned_at", "when the lot was drawn", "", TIME),
    ("assignments", "build", "program that drew the lot", "", "name, version and commit"),
    ("exposures", "unit", "pseudonym of the citizen in this trial", "", HEX),
    (
        "exposures",
        "surface",
        "where it was shown",
        "",
        "overview, hours (of the account); profile; receipt; checklist",
    ),
    (
        "exposures",
        "day",
        "day on which at least half of it was on screen for a second, Danish time",
        "",
        "YYYY-MM-DD",
    ),
    (
        "exposures",
        "presentation",
        "how it was really shown",
        "",
        "the account: words, counters, timeline, what_if; profile: number, words, icon_array, \
         none_until_asked; receipt: group and number of its text (3.1, 3.2, 3.3); checklist: \
         given",
    ),
    (
        "exposures",
        "framing",
        "from which side the account was told",
        "",
        "earned, lacking; empty on other surfaces",
    ),
    ("exposures", "text_ids", "texts that were shown", "", "names, separated by spaces"),
    (
        "exposures",
        "drawing",
        "hash of the drawing's specification",
        "",
        "hexadecimal digits; empty: nothing was drawn",
    ),
    ("exposures", "build", "build of the page", "", "name or hash"),
    (
        "exposures",
        "viewport",
        "how wide her window was",
        "CSS pixels",
        "narrow: below 768; medium: below 992; wide",
    ),
    ("exposures", "shown_at", "when it was shown, by her clock if it can be believed", "", TIME),
    (
        "exposures",
        "opened",
        "what she opened on that surface that day, whichever variant she saw",
        "",
        "table, explanation, words, counters, timeline, what_if; of a profile asked, table, factors, \
         what_if, model; separated by spaces",
    ),
    ("understanding", "unit", "pseudonym of the citizen in this trial", "", HEX),
    ("understanding", "asked_on", "day on which she was asked, Danish time", "", "YYYY-MM-DD"),
    ("understanding", "answered_at", "when she answered, or skipped it", "", "RFC 3339, UTC"),
    ("understanding", "skipped", "whether she skipped the questions", "", "yes, no"),
    (
        "understanding",
        "questions",
        "how many questions about her account she answered, also by not knowing",
        "questions",
        "whole number; empty: she skipped them",
    ),
    (
        "understanding",
        "right",
        "how many of them she answered rightly, by her account as it was then",
        "questions",
        "whole number; empty: she skipped them",
    ),
    ("baseline", "unit", "pseudonym of the citizen in this trial", "", HEX),
];

const HEX: &str = "32 hexadecimal digits";
const TIME: &str = "RFC 3339, UTC; only the Danish day, YYYY-MM-DD, until the trial is closed";

/// Meaning and unit of each fact when she was enrolled; what names somebody stays in the server.
const FACTS: [(&str, &str, &str); 14] = [
    ("scheme", "scheme she is on", ""),
    ("insurance", "how she is insured against unemployment", ""),
    ("language", "language in which she is written to", ""),
    ("digital_post", "whether she receives Digital Post or is exempt", ""),
    ("sick", "whether she was on sick leave", ""),
    ("address", "whether a whole address was known", ""),
    (
        "address_protected",
        "whether name and address were protected; yes also if it was not known",
        "",
    ),
    ("region", "region of her municipality", ""),
    ("municipality", "her municipality", ""),
    ("fund", "her unemployment fund", ""),
    ("job_centre", "her job centre", ""),
    ("age", "her age", "whole years"),
    ("weeks_registered", "since she was registered as unemployed", "whole weeks"),
    ("sick_leave_days", "how long the sick leave had gone on without a break", "whole days"),
];

/// Every column of every table, in the order in which they stand there.
pub(super) fn columns(protocol: &Protocol) -> Vec<Column> {
    let arms: Vec<&str> = protocol.arms.iter().map(|arm| arm.key.as_str()).collect();
    let fixed = COLUMNS.iter().map(|(table, name, meaning, unit, coding)| Column {
        table,
        name: (*name).to_owned(),
        meaning,
        unit,
        coding: match *name {
            "arm" => format!(
                "{}; empty while telling it would let the next arm be computed: in a block that is \
                 not full, and everywhere if clusters or shares of regions are drawn, until the trial \
                 is closed",
                arms.join(", ")
            ),
            "stratum" if protocol.strata.is_empty() => "empty: there is one stratum".to_owned(),
            "stratum" => format!("values of {}, each after /", protocol.strata.join(", ")),
            _ => (*coding).to_owned(),
        },
    });
    let facts = FACTS.iter().map(|(name, meaning, unit)| Column {
        table: "baseline",
        name: (*name).to_owned(),
        meaning,
        unit,
        coding: match catalogue().facts.get(*name) {
            Some(FactKind::OneOf { values }) => format!("{}; empty: not known", values.join(", ")),
            Some(FactKind::Number) => "whole number; empty: not known".to_owned(),
            Some(FactKind::Text) | None => "text; empty: not known".to_owned(),
        },
    });
    fixed.chain(facts).collect()
}

/// The names of the facts in the order of the baseline's columns.
pub(super) fn facts() -> impl Iterator<Item = &'static str> {
    FACTS.iter().map(|(name, ..)| *name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_fact_of_the_catalogue_but_the_one_that_names_somebody_has_a_meaning() {
        let known: BTreeSet<&str> = facts().collect();
        assert_eq!(known.len(), FACTS.len());
        let all = catalogue().facts.keys().map(String::as_str);
        let expected: BTreeSet<&str> = all.filter(|fact| *fact != "caseworker").collect();
        assert_eq!(known, expected);
    }

    #[test]
    fn a_number_has_a_unit_and_a_choice_has_its_values() {
        let file = include_str!("../../trials/visualisation-2026.json");
        let protocol: Protocol = serde_json::from_str(file).unwrap();
        for column in columns(&protocol) {
            assert!(!column.meaning.is_empty() && !column.coding.is_empty(), "{column:?}");
            match catalogue().facts.get(&column.name) {
                Some(FactKind::Number) => assert!(!column.unit.is_empty(), "{column:?}"),
                Some(FactKind::OneOf { values }) => {
                    assert!(values.iter().all(|value| column.coding.contains(value.as_str())));
                }
                Some(FactKind::Text) | None => {}
            }
        }
        let arm = columns(&protocol).into_iter().find(|column| column.name == "arm").unwrap();
        assert!(protocol.arms.iter().all(|one| arm.coding.contains(one.key.as_str())));
    }
}
