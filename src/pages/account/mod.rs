//! Hours and benefits: the account in four presentations, and every month behind it.
//!
//! The pages put an answer into words and order. They must not know a number of law: each figure
//! is a field of the answer or of a result of `jobnet-rules`.

mod counters;
mod counters_model;
pub(super) mod explain;
mod explain_model;
mod exposure;
pub(super) mod figure;
#[cfg(test)]
pub(super) mod fixtures;
mod goals;
mod goals_model;
mod history;
mod history_model;
mod months;
mod months_model;
mod newcomer;
mod paid_model;
mod plan_timeline;
mod presentation;
mod report;
mod report_model;
mod sick;
mod sick_model;
mod social;
mod social_model;
mod social_timeline;
#[cfg(test)]
mod tests;
mod timeline;
mod timeline_model;
mod understanding;
mod understanding_model;
mod what_if;
mod what_if_model;
mod words;
mod words_model;

use std::sync::Arc;

use chrono::NaiveDate;
use jobnet_api::account::AccountAnswer;
use jobnet_api::arm::{Arm, Framing, Presentation};
use jobnet_rules::case::{Case, Scheme};
use leptos::prelude::*;

use crate::i18n::{fill, language};
use crate::later;
use crate::platform::document;
use crate::routes::Page;
use crate::state::{Clock, Place, Reader};
use crate::view::{View, view};

pub(crate) use counters::counters_view;
pub(crate) use explain::{months_table, steps_view};
pub(crate) use figure::Figure;
pub(crate) use presentation::name as presentation_name;
pub(crate) use report::remarks_view;
pub(crate) use social::social_view;
pub(crate) use understanding::understanding_view;
pub(crate) use words::words_view;

use history::Corrections;
use presentation::{choice_view, use_presentation};
use report::MissingHours;
use what_if::WhatIf;

/// The account in the presentation chosen, for the overview. A new citizen first reads what will
/// come; her account has nothing to draw yet, so it begins in words. Who is away first reads what that
/// does to her frame and karens.
#[component(transparent)]
pub fn AccountView(
    /// Her account; it follows the session.
    #[prop(into)]
    answer: Signal<Arc<AccountAnswer>>,
) -> View {
    let is_blind = Reader::here().is_blind();
    let chosen = use_presentation();
    View::live(move || {
        answer.with(|answer| {
            if answer.case.scheme == Scheme::SocialAssistance {
                return later::social(Arc::clone(answer));
            }
            let is_new = newcomer::is_new(answer);
            let arm = Reader::here().arm();
            let usual = match &arm {
                Some(arm) => arm.presentation,
                // A caseworker gets the standard presentation, whatever the citizen has, unless she
                // has asked to see it as the citizen does.
                None if is_new && !is_blind => Presentation::Words,
                None => Presentation::Timeline,
            };
            let shown = chosen.get().unwrap_or(usual);
            if is_new || is_away(answer) {
                return later::new_account(Arc::clone(answer), shown, arm);
            }
            insured_view(answer, shown, arm)
        })
    })
}

/// What matters first, and the account, of a citizen without a settled month or who is away.
pub(crate) fn new_account_view(
    answer: &Arc<AccountAnswer>,
    presentation: Presentation,
    arm: Option<Arm>,
) -> View {
    view! {
        {newcomer::is_new(answer).then(|| newcomer::newcomer_view(answer))}
        {is_away(answer).then(|| sick::sick_view(answer))}
        {insured_view(answer, presentation, arm)}
    }
}

fn insured_view(answer: &Arc<AccountAnswer>, presentation: Presentation, arm: Option<Arm>) -> View {
    match arm {
        Some(arm) => later::in_trial(Arc::clone(answer), presentation, arm),
        None => section_view(answer, presentation, None, View::none()),
    }
}

/// The account of a citizen who is in a trial, and the note of what she really saw of it.
pub(crate) fn in_trial_view(
    answer: &Arc<AccountAnswer>,
    presentation: Presentation,
    arm: Arm,
) -> View {
    let above = goals::goals_view(answer, arm.framing);
    // On the other page what she is asked stands below the months.
    let is_overview =
        untrack(|| expect_context::<Place>().with(|address| address.path != Page::Hours.path()));
    view! {
        {section_view(answer, presentation, Some(arm.framing), above)}
        {Reader::here().is_herself().then(|| exposure::exposure_view(answer, presentation, arm))}
        {is_overview.then(|| understanding::asked_view(answer))}
    }
}

fn section_view(
    answer: &Arc<AccountAnswer>,
    presentation: Presentation,
    framing: Option<Framing>,
    above: View,
) -> View {
    let shown = match presentation {
        Presentation::Words => later::words(Arc::clone(answer), framing),
        Presentation::Counters => later::counters(Arc::clone(answer), framing),
        Presentation::Timeline => timeline::timeline_view(answer),
        Presentation::WhatIf => later::what_if(Arc::clone(answer)),
    };
    view! {
        <section class="section account" data-presentation=presentation::key(presentation)>
            {choice_view(presentation)}
            {above}
            {shown}
            {explain::table_view(answer)}
            <p class="small muted">{language().account().page.fund_decides}</p>
        </section>
    }
}

/// The page `/timer-og-ydelse`.
#[component(transparent)]
pub fn HoursPage(
    /// Her account; it follows the session.
    #[prop(into)]
    answer: Signal<Arc<AccountAnswer>>,
) -> View {
    let texts = language().account().page;
    view! {
        <div class="page-title">
            <h1 tabindex="-1">{texts.title}</h1>
            <p class="muted">{move || answer.with(|answer| from_whom(answer))}</p>
        </div>
        <AccountView answer/>
        {later::details(answer)}
    }
}

/// Only the picture of an account.
pub(super) fn picture_view(answer: &AccountAnswer) -> View {
    if answer.case.scheme == Scheme::SocialAssistance {
        return social::picture_view(answer);
    }
    timeline::picture_view(answer)
}

/// Below the account: months, earlier sickness, sanctions, corrections, missing hours.
pub(crate) fn details_view(answer: Signal<Arc<AccountAnswer>>) -> View {
    let reader = Reader::here();
    let is_stored = !matches!(reader, Reader::Preview(_));
    let place = expect_context::<Place>();
    // Whoever came by a link to a part of it stands at the heading until it has come.
    if document::is_there("main h1:focus") && place.with_untracked(|at| !at.hash.is_empty()) {
        request_animation_frame(move || place.arrive());
    }
    let insured = answer.with_untracked(|answer| answer.case.scheme != Scheme::SocialAssistance);
    view! {
        {move || answer.with(|answer| facts_view(answer))}
        {(insured && is_stored).then(|| view! { <Corrections answer/> })}
        {if reader.is_herself() {
            view! { <MissingHours answer/> }
        } else {
            View::live(move || answer.with(|answer| report::remarks_section(&answer.reports)))
        }}
        {answer.with_untracked(understanding::asked_view)}
    }
}

/// The account with sliders.
pub(crate) fn what_if_view(answer: Arc<AccountAnswer>) -> View {
    view! { <WhatIf answer/> }
}

/// Every month, and what else the registers say about her.
fn facts_view(answer: &AccountAnswer) -> View {
    if answer.case.scheme == Scheme::SocialAssistance {
        return social::social_months_view(answer);
    }
    view! {
        {(!is_away(answer)).then(|| sick::sick_view(answer))}
        {months::months_view(answer)}
        {sick::sanctions_view(answer)}
    }
}

/// Is she away today?
fn is_away(answer: &AccountAnswer) -> bool {
    sick_model::is_away(answer, today(&answer.case))
}

/// The server's day; her pages are built anew when it changes.
fn today(case: &Case) -> NaiveDate {
    untrack(|| expect_context::<Clock>().today()).unwrap_or(case.as_of)
}

/// Who the figures are from, and as of when.
fn from_whom(answer: &AccountAnswer) -> String {
    let day = language().date(answer.computed_at.date_naive());
    fill(language().account().page.source, &[("authority", &answer.authority), ("day", &day)])
}
