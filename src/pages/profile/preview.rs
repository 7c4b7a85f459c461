//! A made-up citizen's profile or receipt, as an arm of a trial would have it. Nothing of it is
//! stored: the model runs here, on what the registers would tell it of the citizen that is looked at,
//! and on answers that stand in this file.

use std::sync::Arc;

use chrono::DateTime;
use jobnet_api::account::AccountAnswer;
use jobnet_api::profile::{ProfilePresentation, ProfileResult, ReceiptText, Submission};
use jobnet_api::profiling::answers::{Answer, Answers};
use jobnet_api::profiling::fact::Facts;
use jobnet_api::profiling::form::{Choice, Question};
use jobnet_api::profiling::profile::NoProfile;
use jobnet_api::trial::{PreviewCitizen, PreviewOf};
use jobnet_rules::case::{Case, CaseMonth};
use jobnet_rules::units::{Hours, Month};
use leptos::prelude::*;

use crate::api::profile::Models;
use crate::i18n::language;
use crate::platform::beat;
use crate::routes::use_id;
use crate::view::{View, view};

use super::asked::{model_of, sealed, used, with_models};
use super::effects::{acts_view, effects_view};
use super::form::heading_later;
use super::receipt::receipt_view;
use super::result::{Sent, result_view};
use super::rights::help_view;
use super::start::ask_view;
use super::what_if::what_if_view;

/// So many whole months before this one are looked at.
const MONTHS: i32 = 36;

/// What the link of the page shows.
pub(crate) fn preview_view() -> View {
    let token = use_id().get_untracked().unwrap_or_default();
    let of = PreviewOf::of_token(&token);
    let citizen = PreviewCitizen::of_token(&token).unwrap_or_default();
    // That of the page around this one.
    let account = use_context::<Signal<Arc<AccountAnswer>>>();
    let facts = account
        .map(|account| account.with_untracked(|account| facts(citizen, &account.case)))
        .unwrap_or_default();
    with_models(move |models| {
        let sent = submission(&models, of, facts);
        match of {
            Some(PreviewOf::Profile { presentation }) => {
                profile_view(&Sent::from(&sent), &models, presentation)
            }
            Some(PreviewOf::Receipt { .. }) => {
                view! { <article class="letter">{receipt_view(&sent)}</article> }
            }
            _ => View::none(),
        }
    })
}

fn profile_view(sent: &Sent, models: &Arc<Models>, arm: ProfilePresentation) -> View {
    let t = language().profile();
    let (sent, models) = (sent.clone(), Arc::clone(models));
    let is_asked = RwSignal::new(arm != ProfilePresentation::NoneUntilAsked);
    let way = match arm {
        ProfilePresentation::NoneUntilAsked => ProfilePresentation::default(),
        arm => arm,
    };
    let shown = move || {
        if !is_asked.get() {
            return ask_view(is_asked);
        }
        let ProfileResult::Profile(profile) = &sent.result else {
            return result_view(&sent, &models, way);
        };
        let model = model_of(&models, &profile.digest).and_then(sealed);
        view! {
            {result_view(&sent, &models, way)}
            {help_view()}
            {effects_view(profile, &sent, "factors-title".to_owned())}
            {acts_view(profile)}
            {model.map(|model| what_if_view(model.into(), &sent.answers, sent.facts))}
        }
    };
    heading_later();
    view! {
        <h1 tabindex="-1">{t.start.title}</h1>
        {shown}
    }
}

/// What she would have sent, with what the model that is used says of it.
fn submission(models: &Models, of: Option<PreviewOf>, facts: Facts) -> Submission {
    let answers = answers();
    let result = match used(models).and_then(sealed) {
        Some(model) => model
            .profile(&answers, &facts)
            .map_or_else(ProfileResult::NoProfile, ProfileResult::Profile),
        None => ProfileResult::NoProfile(NoProfile::NoLegalBasis),
    };
    let receipt = match of {
        Some(PreviewOf::Receipt { text }) => text,
        _ => ReceiptText::default(),
    };
    Submission {
        id: "1".to_owned(),
        received_at: DateTime::from_timestamp_millis(beat::now().wall).unwrap_or_default(),
        answers,
        facts,
        left_out: Vec::new(),
        marked_wrong: Vec::new(),
        result,
        receipt,
        trial: None,
    }
}

fn answers() -> Answers {
    let all = [
        (Question::Education, Choice::VocationalTraining),
        (Question::Field, Choice::ServiceAndTransport),
        (Question::Expectation, Choice::Within6Months),
        (Question::Ending, Choice::FixedTermEnded),
        (Question::Notice, Choice::Known1To3Months),
        (Question::Applied, Choice::Applied2To5),
        (Question::Outlook, Choice::Good),
        (Question::KnownJob, Choice::SeveralJobs),
        (Question::Channels, Choice::JobPortals),
        (Question::Considering, Choice::Commute),
        (Question::Difficulty, Choice::No),
    ];
    Answers(all.map(|(question, choice)| (question, Answer::one(choice))).into_iter().collect())
}

/// What the registers would tell the model of a citizen: her age, and in how many of the last 36
/// whole months work of more than no hours is known.
fn facts(citizen: PreviewCitizen, case: &Case) -> Facts {
    let this_month = Month::of(case.as_of);
    let is_counted = |month: &&CaseMonth| {
        (1..=MONTHS).contains(&this_month.since(month.month))
            && month.work_hours > Some(Hours::ZERO)
    };
    let months = case.months.iter().filter(is_counted).count();
    Facts { age: Some(citizen.age()), months_employed: u8::try_from(months).ok(), origin: None }
}

#[cfg(test)]
mod tests {
    use jobnet_rules::case::{Insurance, Scheme};

    use super::*;

    #[test]
    fn months_of_work_are_those_of_the_last_36_whole_ones() {
        let as_of = "2026-11-22".parse().unwrap();
        let worked = |month: &str, hours: Option<&str>| CaseMonth {
            work_hours: hours.map(|hours| hours.parse().unwrap()),
            ..CaseMonth::empty(month.parse().unwrap())
        };
        let case = Case {
            as_of,
            scheme: Scheme::Dagpenge,
            insurance: Insurance::FullTime,
            placed_on: None,
            monthly_rate: None,
            supplementary_weeks_used: None,
            quarantine_left_hours: None,
            graduate: None,
            rate_level: None,
            months: vec![
                worked("2023-10", Some("100")), // too long ago
                worked("2023-11", Some("0.01")),
                worked("2024-05", Some("0")), // none
                worked("2025-01", None),      // not known
                worked("2026-10", Some("160.33")),
                worked("2026-11", Some("20")), // not over
            ],
        };
        let expected = Facts { age: Some(58), months_employed: Some(2), origin: None };
        assert_eq!(facts(PreviewCitizen::PartTime, &case), expected);
    }
}
