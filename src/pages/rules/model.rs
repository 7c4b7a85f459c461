//! The rules with today's numbers of law in them. Pure.

use chrono::NaiveDate;
use jobnet_rules::law::{self, Key};
use jobnet_rules::trace::Value;

use crate::i18n::prose::RuleText;
use crate::i18n::{Language, fill};

/// One rule, ready to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RuleView {
    /// Its place on the page.
    pub(super) id: &'static str,
    /// Keys of `rules::trace::Rule` that it explains.
    pub(super) anchors: &'static [&'static str],
    /// What it is about.
    pub(super) title: &'static str,
    /// What it says.
    pub(super) says: String,
    /// Why it was made.
    pub(super) why: String,
    /// The reference to the law.
    pub(super) law: Option<String>,
}

/// A rule's place, the keys of traces that lead to it, and the number whose law it cites.
type Place = (&'static str, &'static [&'static str], Key);

const PERIOD: Place = (
    "period",
    &[
        "period.entitlement",
        "period.consumption",
        "period.remaining",
        "period.frame",
        "period.runs_out",
        "shortening",
        "simulation.end",
    ],
    Key::PeriodHoursFullTime,
);
const ACCOUNT: Place = (
    "account",
    &["account.hours", "account.extension", "account.used", "simulation.extension"],
    Key::AccountHoursPerWorkHour,
);
const REQUALIFICATION: Place = (
    "requalification",
    &[
        "requalification.requirement",
        "requalification.counted",
        "requalification.missing",
        "requalification.window",
        "income_requirement",
        "simulation.requalification",
    ],
    Key::RequalificationHoursFullTime,
);
const KARENS: Place = (
    "karens",
    &[
        "karens.window",
        "karens.hours",
        "karens.threshold",
        "karens.missing",
        "karens.state",
        "karens.day",
        "simulation.karens",
    ],
    Key::KarensThresholdHoursFullTime,
);
const PAYOUT: Place = (
    "payout",
    &[
        "payout.hours",
        "payout.gross",
        "payments.reported",
        "excess_hours",
        "simulation.month",
        "simulation.gross",
    ],
    Key::PayoutMinimumHoursFullTime,
);
const UNKNOWN: Place = ("unknown", &["payout.unknown", "hours.unknown"], Key::MonthHoursFullTime);
const SUPPLEMENTARY: Place = (
    "supplementary",
    &[
        "supplementary.limit",
        "supplementary.used",
        "supplementary.extension",
        "supplementary.renewal",
    ],
    Key::SupplementaryWeeks,
);
const RATES: Place = ("rates", &["payout.rate_unknown"], Key::RateMaximumFullTime);
const SANCTIONS: Place = (
    "sanctions",
    &["sanctions.quarantine", "sanctions.work_requirement"],
    Key::SanctionQuarantineHoursFullTime,
);
const DUTIES: Place = ("duties", &[], Key::DutyCvWeeks);
const ASSISTANCE: Place = (
    "social-assistance",
    &["social_assistance.rate", "social_assistance.deduction", "social_assistance.benefit"],
    Key::SocialAssistanceDeductionPercent,
);
const HISTORY: Place = ("history", &["rule_225"], Key::Rule225RequiredHours);

/// Every rule, in the order of the page, with the numbers in force on a day. Without a day: the
/// newest.
pub(super) fn rules(today: Option<NaiveDate>, language: Language) -> Vec<RuleView> {
    let t = language.prose().rules;
    let texts: [(Place, &RuleText); 12] = [
        (PERIOD, &t.period),
        (ACCOUNT, &t.account),
        (REQUALIFICATION, &t.requalification),
        (KARENS, &t.karens),
        (PAYOUT, &t.payout),
        (UNKNOWN, &t.unknown_hours),
        (SUPPLEMENTARY, &t.supplementary),
        (RATES, &t.rates),
        (SANCTIONS, &t.sanctions),
        (DUTIES, &t.duties),
        (ASSISTANCE, &t.social_assistance),
        (HISTORY, &t.history),
    ];
    texts
        .into_iter()
        .map(|((id, anchors, key), text)| RuleView {
            id,
            anchors,
            title: text.title,
            says: numbers(text.says, today, language),
            why: numbers(text.why, today, language),
            law: row(key, today).map(|row| fill(t.law, &[("law", row.legal_ref)])),
        })
        .collect()
}

/// The row of a number on a day, or the last one before: a rule of the past keeps its number.
fn row(key: Key, today: Option<NaiveDate>) -> Option<&'static law::Row> {
    match today {
        Some(day) => law::row_or_earlier(key, day),
        None => law::rows(key).last(),
    }
}

/// The text with each number of law in its place.
fn numbers(text: &str, today: Option<NaiveDate>, language: Language) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        let number = name.parse::<Key>().ok().and_then(|key| row(key, today));
        match number {
            Some(row) => filled.push_str(&written(row.value, language)),
            None => filled.push('…'),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

fn written(value: Value, language: Language) -> String {
    match value {
        Value::Hours(hours) => language.short_hours(hours),
        Value::Money(amount) => language.kroner(amount),
        Value::Count(count) => language.integer(count),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jobnet_rules::trace::{Rule, Status};

    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    #[test]
    fn every_rule_of_a_trace_leads_to_a_rule_on_the_page() {
        let known: BTreeSet<_> = rules(Some(day()), Language::Danish)
            .iter()
            .flat_map(|rule| rule.anchors.iter().copied())
            .collect();
        for rule in Rule::ALL {
            assert!(known.contains(rule.key()), "no place on /regler explains {rule}");
        }
    }

    #[test]
    fn every_number_is_a_confirmed_or_derived_row_of_law() {
        for language in Language::ALL {
            for text in texts_of(language) {
                for place in text.split('{').skip(1) {
                    let name = place.split('}').next().unwrap();
                    let key: Key = name.parse().unwrap_or_else(|_| panic!("no law for {{{name}}}"));
                    let row = law::row_or_earlier(key, day()).unwrap();
                    assert_ne!(row.status, Status::Unconfirmed, "{name} is not confirmed");
                }
            }
        }
    }

    #[test]
    fn the_numbers_stand_in_the_text() {
        let rules = rules(Some(day()), Language::Danish);
        let says = |id| &rules.iter().find(|rule| rule.id == id).unwrap().says;
        assert!(says("period").contains("3.848 timer") && says("period").contains("3.120"));
        assert!(says("karens").contains("mere end 148 timers arbejde"));
        assert!(says("payout").contains("160,33 timer") && says("payout").contains("14,80"));
        assert!(says("rates").contains("22.041\u{a0}kr."));
        assert!(says("history").contains("225 timer på 12 måneder"));
        assert!(rules.iter().all(|rule| !rule.says.contains('…')));
    }

    fn texts_of(language: Language) -> Vec<&'static str> {
        let t = language.prose().rules;
        [
            &t.period,
            &t.account,
            &t.requalification,
            &t.karens,
            &t.payout,
            &t.unknown_hours,
            &t.supplementary,
            &t.rates,
            &t.sanctions,
            &t.duties,
            &t.social_assistance,
            &t.history,
        ]
        .into_iter()
        .flat_map(|rule| [rule.says, rule.why])
        .collect()
    }
}
