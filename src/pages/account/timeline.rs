//! Presentation “timeline”: the months on a time axis.

use jobnet_api::account::AccountAnswer;
use leptos::prelude::*;

use crate::chart::TimelineChart;
use crate::i18n::language;
use crate::view::{View, view};

use super::explain::how_view;
use super::figure::{Figure, figures};
use super::timeline_model::timeline;
use super::words::unknown_view;
use super::words_model::takeaway;

/// The chart and how its conclusion was calculated.
pub(super) fn timeline_view(answer: &AccountAnswer) -> View {
    let model = timeline(answer, super::today(&answer.case), language());
    let conclusion: Vec<Figure> = takeaway(answer, language())
        .map(|line| figures(&line).copied().collect())
        .unwrap_or_default();
    let title = model.title.clone();
    view! {
        <TimelineChart model=Signal::stored(model) strings=language().chart()/>
        {unknown_view(answer)}
        {how_view(&title, conclusion, answer.account.trace.clone())}
    }
}

/// The chart alone.
pub(super) fn picture_view(answer: &AccountAnswer) -> View {
    let model = timeline(answer, super::today(&answer.case), language());
    view! { <TimelineChart model=Signal::stored(model) strings=language().chart()/> }
}
