//! The timeline with a plan: the months of the plan stand where those to come stood.
//!
//! What no plan changes is made once; a step of “what if” makes only the rest.

use chrono::NaiveDate;
use jobnet_api::account::AccountAnswer;
use jobnet_charts::model::TimelineModel;
use jobnet_charts::spec::{At, HoursMark, Marker, MarkerKind, MonthPoint};
use jobnet_charts::table::Row;
use jobnet_rules::simulate::{SimulatedMonth, Simulation};
use jobnet_rules::units::Money;

use crate::i18n::Language;

use super::months_model::{MonthRow, newest_source, rows};
use super::timeline_model::{
    description, every_month, legend, model_of, notes, planned_row, point, table_row,
};

/// The timeline of an account with one plan after the other. What no plan changes is made once.
pub struct PlanTimeline {
    /// Without a plan.
    own: TimelineModel,
    rows: Vec<MonthRow>,
    /// As of when the facts are known that a plan starts from.
    source: String,
    language: Language,
}

impl PlanTimeline {
    /// Of an account. `today` is the server's day.
    pub fn new(answer: &AccountAnswer, today: NaiveDate, language: Language) -> Self {
        let rows = every_month(rows(answer, language), answer, today, language);
        let source = newest_source(answer, language);
        Self { own: model_of(answer, &rows, today, language), rows, source, language }
    }

    /// The timeline without a plan.
    pub fn own(&self) -> TimelineModel {
        self.own.clone()
    }

    /// Changes a timeline of this account into that of a plan, in place: the months of the plan
    /// stand where those to come stood. `takeaway` is what the plan comes to, in a sentence.
    pub fn show(&self, model: &mut TimelineModel, plan: &Simulation, takeaway: String) {
        let language = self.language;
        let texts = language.account();
        let own = &self.own;
        let start = self.rows.first().map(|row| row.month);
        let from = plan.months.first().map(|month| month.month);
        let first = match (start, from) {
            (Some(start), Some(from)) => usize::try_from(from.since(start)).unwrap_or(0),
            _ => self.rows.len(),
        };
        let first = first.min(self.rows.len());
        let last = first + plan.months.len();
        let after = last.min(self.rows.len());

        let (points, texts_of) = (&mut model.spec.months, &mut model.table.rows);
        for (index, month) in (first..).zip(&plan.months) {
            // From one step of a slider to the next most months of a plan stay as they are.
            let shown = points.get(index).zip(texts_of.get(index));
            if shown.is_some_and(|(point, row)| shows(point, row, month)) {
                continue;
            }
            let row = planned_row(month, language);
            put(points, index, point(&row));
            put(texts_of, index, table_row(&row, &self.source, language));
        }
        points.truncate(last);
        points.extend_from_slice(&own.spec.months[after..]);
        texts_of.truncate(last);
        texts_of.extend_from_slice(&own.table.rows[after..]);
        model.spec.markers.clone_from(&own.spec.markers);
        model.spec.markers.retain(|marker| marker.kind != MarkerKind::RunsOut);
        if let Some(month) = plan.outcome.ends_month {
            model.spec.markers.push(Marker {
                kind: MarkerKind::RunsOut,
                at: At::Month(month),
                label: texts.what_if.row_end.to_owned(),
                detail: language.month(month),
            });
        }
        model.title = texts.what_if.chart_title.to_owned();
        model.takeaway = takeaway;
        model.description = description(&model.table.rows, language);
        model.notes = notes(&model.spec.months, &model.table.rows, language);
        model.legend = legend(&model.spec, language);
    }
}

/// Whether a month of a timeline already shows this month of a plan.
fn shows(point: &MonthPoint, row: &Row, month: &SimulatedMonth) -> bool {
    let exact = [
        Some(month.work_hours.hundredths()),
        Some(month.payable_hours.hundredths()),
        month.gross.map(Money::hundredths),
    ];
    let shown = row.cells.iter().map(|cell| cell.as_ref().and_then(|cell| cell.hundredths));
    point.month == month.month
        && matches!(point.hours, HoursMark::Planned(_))
        && shown.take(exact.len()).eq(exact)
}

/// Puts something at a place of a list or, where the list ends, at its end.
fn put<T>(list: &mut Vec<T>, place: usize, what: T) {
    match list.get_mut(place) {
        Some(there) => *there = what,
        None => list.push(what),
    }
}

/// The timeline with the months of a plan in place of those to come.
#[cfg(test)]
pub fn timeline_with(
    answer: &AccountAnswer,
    plan: &Simulation,
    today: NaiveDate,
    language: Language,
) -> TimelineModel {
    let timeline = PlanTimeline::new(answer, today, language);
    let mut model = timeline.own();
    timeline.show(&mut model, plan, String::new());
    model
}
