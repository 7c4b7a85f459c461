//! What was corrected: the months that two answers tell differently.

use jobnet_api::account::AccountAnswer;
use jobnet_rules::units::Month;

use crate::i18n::{Language, fill};

use super::months_model::{MonthRow, WorkHours, rows};

/// A month that was told differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The month.
    pub month: Month,
    /// As it stood then, in words.
    pub then: String,
    /// As it stands now, in words.
    pub now: String,
}

/// The months told differently then and now, newest first. That a month has been settled since,
/// or has come since, is no correction.
pub fn differences(
    then: &AccountAnswer,
    now: &AccountAnswer,
    language: Language,
) -> Vec<Difference> {
    let now = rows(now, language);
    let mut found: Vec<_> = rows(then, language)
        .into_iter()
        .filter_map(|before| {
            let after = now.iter().find(|row| row.month == before.month);
            let settled_since = |after: &MonthRow| after.settled && !before.settled;
            if after.is_some_and(|after| settled_since(after) && after.work == before.work) {
                return None;
            }
            let (then, now) = (
                in_words(&before, language),
                after.map_or_else(
                    || language.history().absent.to_owned(),
                    |row| in_words(row, language),
                ),
            );
            (then != now).then_some(Difference { month: before.month, then, now })
        })
        .collect();
    found.reverse();
    found
}

fn in_words(row: &MonthRow, language: Language) -> String {
    let texts = language.history();
    let hours = match row.work {
        WorkHours::Known(hours) | WorkHours::Planned(hours) => language.hours(hours),
        WorkHours::Unknown => return language.account().page.hours_unknown.to_owned(),
        WorkHours::Away | WorkHours::Untold => return row.no_figure(language).to_owned(),
    };
    match row.gross {
        Some(gross) => {
            let gross = gross.value.show(language);
            fill(texts.cell, &[("hours", &hours), ("gross", &gross)])
        }
        None => fill(texts.cell_no_amount, &[("hours", &hours)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::account::fixtures::{answer, with_payment};

    fn with(months: &str) -> AccountAnswer {
        answer(&format!(
            r#"{{"as_of": "2026-06-30", "scheme": "dagpenge", "placed_on": "2026-01-01", "monthly_rate": 22041, "months": [{months}]}}"#
        ))
    }

    #[test]
    fn a_corrected_month_is_told_as_it_was_and_as_it_is() {
        let then = with(
            r#"{"month": "2026-03", "work_hours": 40, "settled": false},
               {"month": "2026-04", "work_hours": 0, "settled": true}"#,
        );
        let now = with(
            r#"{"month": "2026-03", "work_hours": 50, "settled": true},
               {"month": "2026-04", "work_hours": 0, "settled": true},
               {"month": "2026-05", "work_hours": 10, "settled": false}"#,
        );
        let now = with_payment(now, "2026-03", Some("110.33"), Some("15167.36"));
        let found = differences(&then, &now, Language::Danish);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].month.to_string(), "2026-03");
        assert!(found[0].then.starts_with("40,00 timer på arbejde"), "{found:?}");
        // What the fund has paid since.
        assert!(found[0].now.contains("15.167\u{a0}kr."), "{found:?}");
    }

    #[test]
    fn unknown_hours_that_became_known_are_a_correction() {
        let then = with(r#"{"month": "2026-03", "work_hours": null, "settled": true}"#);
        let now = with(r#"{"month": "2026-03", "work_hours": 0, "settled": true}"#);
        let found = differences(&then, &now, Language::Danish);
        assert_eq!(found[0].then, "timer ukendt");
        assert!(found[0].now.starts_with("0,00 timer"));
    }
    #[test]
    fn a_month_that_was_settled_since_is_no_correction() {
        let month = |settled| {
            with(&format!(r#"{{"month": "2026-03", "work_hours": 40, "settled": {settled}}}"#))
        };
        // A karens day less than by the rules.
        let now = with_payment(month(true), "2026-03", Some("112.93"), Some("15524.80"));
        assert_eq!(differences(&month(false), &now, Language::Danish), []);
    }
}
