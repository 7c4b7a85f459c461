//! Collects the steps of a trace while figures are computed.

use std::borrow::Cow;

use crate::law::Row;
use crate::trace::{Figure, Input, Quantity, Rule, Status, TraceStep};
use crate::units::Money;

pub(crate) struct Tracer(Vec<TraceStep>);

impl Tracer {
    pub(crate) fn with_capacity(steps: usize) -> Self {
        Self(Vec::with_capacity(steps))
    }

    /// Explains a figure. The first row is the one that is named; the newest `valid_from` and the
    /// least sure status of all rows go with it. Without a row it is a reported fact.
    pub(crate) fn step(
        &mut self,
        figure: Figure,
        rule: Rule,
        rows: &[&'static Row],
        inputs: Vec<Input>,
    ) {
        self.step_of(figure, rule, rows.iter().copied(), inputs);
    }

    /// [`Tracer::step`] for rows that are not in one place.
    pub(crate) fn step_of(
        &mut self,
        figure: Figure,
        rule: Rule,
        rows: impl Iterator<Item = &'static Row>,
        inputs: Vec<Input>,
    ) {
        let (mut law, mut valid_from, mut status) = (None, None, Status::Confirmed);
        for row in rows {
            law = law.or(Some(row.legal_ref));
            valid_from = valid_from.max(Some(row.valid_from));
            status = status.max(row.status);
        }
        let law = Cow::Borrowed(law.unwrap_or_default());
        self.0.push(TraceStep { figure, rule, law, valid_from, inputs, status });
    }

    /// Explains a figure by the step just made for another one with the same value.
    pub(crate) fn copy_step(&mut self, from: Figure, figure: Figure) {
        if let Some(step) = self.0.iter().rev().find(|step| step.figure == from) {
            let step = TraceStep { figure, ..step.clone() };
            self.0.push(step);
        }
    }

    /// Says of the step just made that how a fund rounds is not known, where the amount is no whole
    /// krone: only there it matters. The status stays that of the rows, for it is about them.
    pub(crate) fn rounded(&mut self, amount: Option<Money>) {
        let matters = amount.is_some_and(|amount| amount.hundredths() % 100 != 0);
        if let Some(step) = self.0.last_mut().filter(|_| matters) {
            step.inputs.push(Input::unknown(Quantity::Rounding));
        }
    }

    /// Marks the steps of figures that hang on something the sources leave open.
    pub(crate) fn unconfirm(&mut self, open: impl Fn(Figure) -> bool) {
        for step in self.0.iter_mut().filter(|step| open(step.figure)) {
            step.status = Status::Unconfirmed;
        }
    }

    pub(crate) fn into_steps(self) -> Vec<TraceStep> {
        self.0
    }
}
