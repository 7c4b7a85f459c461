//! The timeline with a plan: the months of the plan stand where those to come stood.
//!
//! What no plan changes is made once; a step of “what if” makes only the rest.

use chrono::NaiveDate;
use jobnet_api::account::AccountAnswer;
use jobnet_charts::model::TimelineModel;
use jobnet_charts::spec::{At, Marker, MarkerKind};
use jobnet_rules::simulate::Simulation;

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
        let after = (first + plan.months.len()).min(self.rows.len());
        let planned: Vec<_> =
            plan.months.iter().map(|month| planned_row(month, language)).collect();

        model.spec.months.truncate(first);
        model.spec.months.extend(planned.iter().map(point));
        model.spec.months.extend_from_slice(&own.spec.months[after..]);
        model.table.rows.truncate(first);
        model.table.rows.extend(planned.iter().map(|row| table_row(row, &self.source, language)));
        model.table.rows.extend_from_slice(&own.table.rows[after..]);
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
        let shown = || self.rows[..first].iter().chain(&planned).chain(&self.rows[after..]);
        model.title = texts.what_if.chart_title.to_owned();
        model.takeaway = takeaway;
        model.description = description(shown(), language);
        model.notes = notes(shown(), language);
        model.legend = legend(&model.spec, language);
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
