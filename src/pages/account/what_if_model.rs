//! “What if”: what was set becomes a plan, and the plan's outcome becomes sentences and a table.
//!
//! The rules play the plan; this module computes nothing of law and remembers nothing.

use chrono::{Days, NaiveDate};
use jobnet_api::account::AccountAnswer;
use jobnet_rules::calendar::is_weekday;
use jobnet_rules::law::{Key, fact};
use jobnet_rules::simulate::{Holiday, Outcome, Plan, SimulatedMonth, Simulation, SimulationEnd};
use jobnet_rules::trace::{Figure as Path, Status};
use jobnet_rules::units::{Hours, Month};

use crate::i18n::Language;

use super::explain_model::{exact_kroner, said, status_of};
use super::figure::{Figure, Line, Value, figure, fill, word};

/// Most weeks of a plan: two years.
pub const MOST_WEEKS: u16 = 104;
/// Weeks set at first, so that moving the hours shows something at once.
const FIRST_WEEKS: u16 = 26;
/// Months a change can begin in, this one the first.
const STARTS: i32 = 12;

/// What the sliders and fields say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Hours of work a week.
    pub weekly_hours: Hours,
    /// For so many weeks.
    pub weeks: u16,
    /// First day of the work.
    pub start: NaiveDate,
    /// A holiday without benefit.
    pub holiday: Option<Holiday>,
    /// Part-time insured from this month.
    pub part_time_from: Option<Month>,
}

impl Settings {
    /// Her own figures: no work, no holiday, no change.
    pub fn own(today: NaiveDate) -> Self {
        Self {
            weekly_hours: Hours::ZERO,
            weeks: FIRST_WEEKS,
            start: Month::of(today).plus(1).first_day(),
            holiday: None,
            part_time_from: None,
        }
    }

    /// Does it change nothing?
    pub fn is_nothing(&self) -> bool {
        let no_work = self.weekly_hours == Hours::ZERO || self.weeks == 0;
        no_work && self.holiday.is_none() && self.part_time_from.is_none()
    }

    /// The month whose figures are shown: that of the first weekday, since weekends have no work.
    fn month(&self) -> Month {
        Month::of(self.start.iter_days().find(|day| is_weekday(*day)).unwrap_or(self.start))
    }

    /// The plan for the rules.
    pub fn plan(&self) -> Plan {
        Plan {
            from: self.start,
            weekly_hours: self.weekly_hours,
            weeks: self.weeks,
            holidays: self.holiday.into_iter().collect(),
            part_time_from: self.part_time_from,
        }
    }
}

/// The months a change can begin in.
pub fn starts(today: NaiveDate) -> Vec<Month> {
    (0..STARTS).map(|later| Month::of(today).plus(later)).collect()
}

/// The first and the last day work can begin on: from this month on and within a year.
pub fn begins(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let last = today.checked_add_days(Days::new(365)).unwrap_or(today);
    (Month::of(today).first_day(), last)
}

/// The hours of a full week, from the law: where the slider ends.
pub fn most_weekly_hours(answer: &AccountAnswer) -> Hours {
    fact::<Hours>(Key::WeekHoursFullTime, answer.case.as_of).map_or(Hours::ZERO, |fact| fact.value)
}

/// A row of the table: a figure without work and with the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is.
    pub label: String,
    /// Without work.
    pub before: String,
    /// With the plan.
    pub after: String,
    /// The figure of the plan, for tests and its calculation; `None` for words.
    pub figure: Option<Figure>,
}

/// The answer in sentences, the most important first.
pub fn sentences(
    settings: &Settings,
    plan: &Simulation,
    nothing: &Simulation,
    language: Language,
) -> Vec<Line> {
    let texts = language.account().what_if;
    let (before, after) = (plan.baseline.ends_month, plan.outcome.ends_month);
    let month = |month: Month| word(language.month(month));
    let Some(ends) = after else { return vec![fill(texts.nothing_left, &[])] };
    let end = ("after", figure(Path::OutcomeEnd, ends));
    if settings.is_nothing() {
        return vec![fill(texts.untouched, &[("month", figure(Path::OutcomeEnd, ends))])];
    }
    let mut lines = vec![match before {
        Some(before) if ends > before => fill(texts.later, &[end, ("before", month(before))]),
        Some(before) if ends < before => fill(texts.earlier, &[end, ("before", month(before))]),
        _ => fill(texts.same, &[end]),
    }];
    let start = settings.month();
    if let (Some(planned), Some(unplanned)) = (month_of(plan, start), month_of(nothing, start))
        && let (Some(after), Some(before)) = (planned.gross, unplanned.gross)
        && after != before
    {
        let after = figure(Path::PlannedGross(start), after);
        let before = word(language.kroner(before));
        let at = month(start);
        lines.push(fill(texts.benefit, &[("month", at), ("after", after), ("before", before)]));
    }
    if let Some(when) = plan.outcome.requalified_in
        && plan.baseline.requalified_in.is_none()
    {
        lines.push(fill(texts.new_period, &[("month", figure(Path::OutcomeRequalified, when))]));
    }
    lines
}

/// The table: without work, and with the plan.
pub fn rows(
    settings: &Settings,
    plan: &Simulation,
    nothing: &Simulation,
    language: Language,
) -> Vec<Row> {
    let texts = language.account().what_if;
    let (before, after) = (&plan.baseline, &plan.outcome);
    let mut rows = Vec::new();
    let start = settings.month();
    if let (Some(planned), Some(unplanned)) = (month_of(plan, start), month_of(nothing, start)) {
        rows.extend(month_rows(planned, unplanned, language));
    }
    let reached = |month: Option<Month>| {
        let never = || texts.not_reached.to_owned();
        month.map_or_else(never, |month| language.month(month))
    };
    let why =
        |outcome: &Outcome| outcome.ended_by.map_or("", |by| ended_by(by, language)).to_owned();
    let row = |label: &str, before: String, after: String, figure| Row {
        label: label.to_owned(),
        before,
        after,
        figure,
    };
    let hours = |hours: Hours| language.hours(hours);
    rows.extend([
        row(
            texts.row_end,
            reached(before.ends_month),
            reached(after.ends_month),
            after.ends_month.map(|month| Figure::new(Path::OutcomeEnd, month)),
        ),
        row(texts.row_why, why(before), why(after), None),
        row(
            texts.row_extension,
            hours(before.extension_hours_earned),
            hours(after.extension_hours_earned),
            Some(Figure::new(Path::OutcomeExtension, after.extension_hours_earned)),
        ),
        row(
            texts.row_karens,
            before.karens_days.to_string(),
            after.karens_days.to_string(),
            Some(Figure::new(Path::OutcomeKarensDays, after.karens_days)),
        ),
        row(
            texts.row_avoided,
            before.karens_avoided.to_string(),
            after.karens_avoided.to_string(),
            Some(Figure::new(Path::OutcomeKarensAvoided, after.karens_avoided)),
        ),
        row(
            texts.row_requalified,
            reached(before.requalified_in),
            reached(after.requalified_in),
            after.requalified_in.map(|month| Figure::new(Path::OutcomeRequalified, month)),
        ),
    ]);
    for row in &mut rows {
        let status = row.figure.map(|figure| status_of(&plan.trace, figure.path));
        if status == Some(Status::Unconfirmed) {
            row.label = format!("{} ({})", row.label, language.account().page.not_confirmed);
        }
    }
    rows
}

fn month_rows(
    planned: &SimulatedMonth,
    unplanned: &SimulatedMonth,
    language: Language,
) -> [Row; 2] {
    let texts = language.account().what_if;
    let named = |text| crate::i18n::fill(text, &[("month", &language.month(planned.month))]);
    let gross = |month: &SimulatedMonth| {
        let unknown = || language.account().page.not_known.to_owned();
        month.gross.map_or_else(unknown, |gross| exact_kroner(gross, language))
    };
    [
        Row {
            label: named(texts.row_benefit),
            before: gross(unplanned),
            after: gross(planned),
            figure: planned
                .gross
                .map(|gross| Figure::new(Path::PlannedGross(planned.month), gross)),
        },
        Row {
            label: named(texts.row_hours),
            before: language.hours(unplanned.payable_hours),
            after: language.hours(planned.payable_hours),
            figure: Some(Figure::new(
                Path::PlannedPayableHours(planned.month),
                Value::Hours(planned.payable_hours),
            )),
        },
    ]
}

fn ended_by(by: SimulationEnd, language: Language) -> &'static str {
    let texts = language.account().what_if;
    match by {
        SimulationEnd::Hours => texts.by_hours,
        SimulationEnd::Frame => texts.by_frame,
        SimulationEnd::Extension => texts.by_extension,
        SimulationEnd::ExtensionFrame => texts.by_extension_frame,
        SimulationEnd::NewPeriod => texts.by_new_period,
    }
}

fn month_of(simulation: &Simulation, month: Month) -> Option<&SimulatedMonth> {
    simulation.months.iter().find(|simulated| simulated.month == month)
}

/// What is not certain of benefit beside the planned work; `None`: the weeks of it last.
pub fn beside_work(outcome: &Outcome, limit: u32, language: Language) -> Option<String> {
    let texts = language.account().what_if;
    let month = language.month(outcome.supplementary_limit_month?);
    let is_known = outcome.supplementary_weeks_used.is_some();
    let text = if is_known { texts.weeks_used_up } else { texts.weeks_unknown };
    Some(crate::i18n::fill(text, &[("weeks", &limit.to_string()), ("month", &month)]))
}

/// What a screen reader hears: the answer, and what is not certain of benefit beside the work.
pub fn spoken(lines: &[Line], plan: &Simulation, limit: u32, language: Language) -> String {
    let lines = lines.iter().map(|line| said(line, &plan.trace, language));
    let note = beside_work(&plan.outcome, limit, language);
    lines.chain(note).collect::<Vec<_>>().join(" ")
}

/// Is a later year's rate unknown, so that an earlier one stands in?
pub fn carries_rate(plan: &Simulation) -> bool {
    plan.months.iter().any(|month| month.rate_carried_forward)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::account::figure::plain;
    use crate::pages::account::fixtures::{contract, day};
    use jobnet_rules::simulate::simulate;

    fn played(weekly: i64, weeks: u16) -> (Settings, Simulation, Simulation) {
        let answer = contract();
        let mut settings = Settings::own(day("2026-10-11"));
        let nothing = simulate(&answer.case, &settings.plan()).unwrap();
        settings.weekly_hours = Hours::from_hundredths(weekly);
        settings.weeks = weeks;
        let plan = simulate(&answer.case, &settings.plan()).unwrap();
        (settings, plan, nothing)
    }

    #[test]
    fn her_own_figures_change_nothing() {
        let (settings, plan, nothing) = played(0, 26);
        assert!(settings.is_nothing());
        assert_eq!(plan.outcome, plan.baseline);
        for row in rows(&settings, &plan, &nothing, Language::Danish) {
            assert_eq!(row.before, row.after, "{}", row.label);
        }
    }

    #[test]
    fn work_makes_the_right_last_longer_and_the_month_pay_less() {
        let (settings, plan, nothing) = played(2_000, 26);
        let said: Vec<_> = sentences(&settings, &plan, &nothing, Language::Danish)
            .iter()
            .map(|line| plain(line, Language::Danish).replace('\u{a0}', " "))
            .collect();
        assert!(said[0].starts_with("Dine dagpenge varer til og med"), "{said:?}");
        assert!(said[1].starts_with("I november 2026 får du"), "{said:?}");
        // 21 weekdays of four hours in November 2026: 84 hours, so 76.33 of 160.33 are left.
        let rows = rows(&settings, &plan, &nothing, Language::Danish);
        assert_eq!((rows[1].before.as_str(), rows[1].after.as_str()), ("160,33", "76,33"));
    }

    #[test]
    fn work_counts_from_its_first_weekday() {
        let (mut settings, _, nothing) = played(2_000, 4);
        // From Wednesday 18 November nine weekdays of four hours: 36 hours of 160.33. From Saturday
        // 31 October none of October and 20 of November: 80 hours.
        for (start, left) in [("2026-11-18", "124,33"), ("2026-10-31", "80,33")] {
            settings.start = day(start);
            let plan = simulate(&contract().case, &settings.plan()).unwrap();
            let rows = rows(&settings, &plan, &nothing, Language::Danish);
            assert_eq!((rows[1].before.as_str(), rows[1].after.as_str()), ("160,33", left));
            assert!(rows[1].label.contains("november"), "{}", rows[1].label);
        }
    }

    #[test]
    fn work_begins_from_this_month_on_and_within_a_year() {
        assert_eq!(begins(day("2026-10-11")), (day("2026-10-01"), day("2027-10-11")));
    }

    #[test]
    fn benefit_beside_work_is_not_promised_beyond_its_weeks() {
        let mut answer = contract();
        let mut told = |used, weeks| {
            answer.facts.case.supplementary_weeks_used = used;
            let mut settings = Settings::own(day("2026-10-11"));
            let nothing = simulate(&answer.case, &settings.plan()).unwrap();
            settings.weekly_hours = Hours::from_hundredths(2_000);
            settings.weeks = weeks;
            let plan = simulate(&answer.case, &settings.plan()).unwrap();
            let unsure = rows(&settings, &plan, &nothing, Language::Danish)
                .iter()
                .filter(|row| row.label.contains("ikke bekræftet"))
                .count();
            let limit = answer.account.supplementary.as_ref().unwrap().weeks_limit;
            let note = beside_work(&plan.outcome, limit, Language::Danish);
            (note.map(|note| note.replace('\u{a0}', " ")), unsure)
        };
        // From Sunday 1 November 2026 five weeks begin in November and four in December.
        assert_eq!(
            told(Some(25), 6).0.unwrap(),
            "Du kan få dagpenge ved siden af arbejde i 30 uger ud af 104. Fra december 2026 kan de være \
             brugt. Spørg din a-kasse."
        );
        assert_eq!(told(Some(24), 6).0, None, "the thirtieth is in December");
        assert_eq!(told(Some(25), 5).0, None, "the thirtieth is the last");
        let ((unknown, many), (nothing, few)) = (told(None, 1), told(None, 0));
        assert!(unknown.unwrap().contains("30 uger. Vi ved ikke, hvor mange du har brugt."));
        assert_eq!(nothing, None);
        assert!(many > few, "{many} rows are in doubt with work, {few} without");
    }

    #[test]
    fn what_is_heard_ends_with_the_note_on_weeks_where_there_is_one() {
        let mut answer = contract();
        let mut told = |used| {
            answer.facts.case.supplementary_weeks_used = Some(used);
            let mut settings = Settings::own(day("2026-10-11"));
            let nothing = simulate(&answer.case, &settings.plan()).unwrap();
            (settings.weekly_hours, settings.weeks) = (Hours::from_hundredths(2_000), 6);
            let plan = simulate(&answer.case, &settings.plan()).unwrap();
            let lines = sentences(&settings, &plan, &nothing, Language::Danish);
            let heard = spoken(&lines, &plan, 30, Language::Danish);
            (heard, beside_work(&plan.outcome, 30, Language::Danish))
        };
        let (sure, none) = told(24);
        assert_eq!(none, None);
        let (unsure, note) = told(25);
        let note = note.unwrap();
        assert!(unsure.ends_with(&format!(" {note}")), "{unsure}");
        assert!(unsure.starts_with("Dine dagpenge") && sure.starts_with("Dine dagpenge"));
        assert!(!sure.contains("Spørg din a-kasse"), "{sure}");
    }

    #[test]
    fn the_slider_ends_at_a_full_week_of_the_law() {
        assert_eq!(most_weekly_hours(&contract()), Hours::from_hundredths(3_700));
        assert_eq!(starts(day("2026-10-11"))[0].to_string(), "2026-10");
        assert_eq!(starts(day("2026-10-11")).len(), 12);
    }
}
