//! What the model says, in one of three presentations: a number, words, a picture; or why it says
//! nothing. To the citizen and to her caseworker it says the same.

use chrono::{DateTime, Utc};
use jobnet_api::profile::{ProfilePresentation, ProfileResult, SeenSubmission, Submission};
use jobnet_api::profiling::answers::Answers;
use jobnet_api::profiling::fact::{Fact, Facts};
use jobnet_api::profiling::profile::{NoProfile, Outcome, Profile, Share};

use crate::api::profile::Models;
use crate::chart::IconsChart;
use crate::components::Disclosure;
use crate::i18n::language;
use crate::view::{View, view};

use super::asked::model_of;
use super::result_model as model;

/// What was sent and what the model said, by whoever looks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sent {
    pub(super) received_at: DateTime<Utc>,
    pub(super) answers: Answers,
    pub(super) facts: Facts,
    pub(super) left_out: Vec<Fact>,
    pub(super) marked_wrong: Vec<Fact>,
    pub(super) result: ProfileResult,
}

impl From<&Submission> for Sent {
    fn from(sent: &Submission) -> Self {
        let sent = sent.clone();
        Self {
            received_at: sent.received_at,
            answers: sent.answers,
            facts: sent.facts,
            left_out: sent.left_out,
            marked_wrong: sent.marked_wrong,
            result: sent.result,
        }
    }
}

impl From<&SeenSubmission> for Sent {
    fn from(sent: &SeenSubmission) -> Self {
        let sent = sent.clone();
        Self {
            received_at: sent.received_at,
            answers: sent.answers,
            facts: sent.facts,
            left_out: sent.left_out,
            marked_wrong: sent.marked_wrong,
            result: sent.result,
        }
    }
}

/// The result, presented in one way.
pub(super) fn result_view(sent: &Sent, models: &Models, way: ProfilePresentation) -> View {
    let inside = match &sent.result {
        ProfileResult::Profile(profile) => profile_view(profile, models, way),
        ProfileResult::NoProfile(why) => nothing_view(why),
    };
    view! {
        <section class="profile-result" data-part="result" data-presentation=key(way)>
            {inside}
        </section>
    }
}

/// The name of a presentation: also its value of `visning` in the address.
pub(super) const fn key(way: ProfilePresentation) -> &'static str {
    match way {
        ProfilePresentation::Number => "tal",
        ProfilePresentation::Words => "ord",
        ProfilePresentation::IconArray => "billede",
        ProfilePresentation::NoneUntilAsked => "ingen",
    }
}

fn nothing_view(why: &NoProfile) -> View {
    let reasons: Vec<_> = model::no_profile(why, language())
        .into_iter()
        .map(|reason| view! { <p>{reason}</p> })
        .collect();
    view! {
        <h2>{language().profile().result.none}</h2>
        {reasons}
    }
}

fn profile_view(profile: &Profile, models: &Models, way: ProfilePresentation) -> View {
    let here = language();
    let t = here.profile().result;
    let is_stale = model_of(models, &profile.digest).is_some_and(|published| {
        model::is_stale(published.watched.map(|watched| watched.drift.verdict))
    });
    let (made, made_up) = made(profile, models);
    let said = match profile.outcome {
        Outcome::Share { expected, low, high } => {
            share_view((expected, low, high), profile.base_rate, way)
        }
        Outcome::Group { group } => view! {
            <p class="takeaway" data-group=format!("{group:?}")>{model::group(group, here)}</p>
            <p>{t.group_only}</p>
        },
    };
    view! {
        {is_stale.then(|| view! { <p class="alert alert-warning" data-part="stale">{t.stale}</p> })}
        {said}
        {made_up.map(|words| view! { <p class="note" data-part="made-up">{words}</p> })}
        <p>{t.many}</p>
        <p class="small muted" data-model=profile.model.clone()>{made}</p>
    }
}

/// What the model is, and that the people it was made from do not exist.
fn made(profile: &Profile, models: &Models) -> (String, Option<&'static str>) {
    let here = language();
    let model = model_of(models, &profile.digest).map(|published| &published.model);
    let (made, is_made_up) = model::maker(profile, model, here);
    (made, is_made_up.then_some(here.profile().result.made_up))
}

/// The same in a row of her history: no number without how sure it is and where it is from.
pub(super) fn short_view(result: &ProfileResult, models: &Models) -> View {
    let here = language();
    match result {
        ProfileResult::NoProfile(why) => {
            view! { <p>{model::no_profile(why, here).swap_remove(0)}</p> }
        }
        ProfileResult::Profile(profile) => {
            let (made, made_up) = made(profile, models);
            view! {
                <p data-outcome="">{model::short(profile.outcome, here)}</p>
                <p class="small muted">{made} " " {made_up}</p>
            }
        }
    }
}

fn share_view(share: (Share, Share, Share), base: Option<Share>, way: ProfilePresentation) -> View {
    let here = language();
    let (expected, low, high) = share;
    let count = model::of_hundred(expected).to_string();
    let numbers = move || {
        view! {
            <p>{model::rest(expected, here)}</p>
            <p>{model::interval(low, high, here)}</p>
            <p>{base.map(|base| model::base(base, here))}</p>
        }
    };
    let sentence = model::sentence(expected, here);
    match way {
        ProfilePresentation::Words => view! {
            <p class="takeaway">{model::phrase(expected, here)}</p>
            <Disclosure title=here.profile().result.show_number.to_owned()>
                <p data-share=count>{sentence}</p>
                {numbers()}
            </Disclosure>
        },
        ProfilePresentation::Number => view! {
            <p class="takeaway" data-share=count>{sentence}</p>
            {numbers()}
        },
        ProfilePresentation::IconArray | ProfilePresentation::NoneUntilAsked => {
            let (spec, texts) = model::icons(share, base, here);
            view! {
                <p class="takeaway" data-share=count>{sentence}</p>
                {numbers()}
                <IconsChart spec texts strings=here.chart()/>
            }
        }
    }
}
