//! A citizen's profile for her caseworker: what she has sent, what the model said of it, her remark
//! beside it. It changes nothing and knows of no arm.

use std::sync::Arc;

use jobnet_api::profile::{CitizenProfile, ProfilePresentation, ProfileResult};

use leptos::prelude::*;

use crate::api;
use crate::api::profile::Models;
use crate::i18n::language;
use crate::routes::use_id;
use crate::view::{View, view};

use super::asked::asked;
use super::effects::{acts_view, effects_view};
use super::remark::beside_view;
use super::result::{Sent, result_view};
use super::rights::{about_view, help_view};
use super::sent::sent_view;
use super::when::when;
use super::whole::whole_view;

/// How a caseworker is shown a profile, whatever the citizen is shown.
const WAY: ProfilePresentation = ProfilePresentation::IconArray;

/// The page.
pub(crate) fn citizen_view() -> View {
    let citizen = use_id().get_untracked().unwrap_or_default();
    let ask = move || {
        let citizen = citizen.clone();
        async move {
            let profile = api::profile::of_citizen(&citizen).await?;
            Ok((profile, Arc::new(api::profile::models().await?)))
        }
    };
    asked(ask, |(profile, models)| seen_view(&profile, &models), |_| None)
}

fn seen_view(profile: &CitizenProfile, models: &Arc<Models>) -> View {
    let here = language();
    let t = here.profile();
    let Some((seen, older)) = profile.submissions.split_first() else {
        return view! {
            <h1 tabindex="-1">{t.result.theirs}</h1>
            <p class="lead" data-part="nothing">{t.result.nothing_sent}</p>
        };
    };
    let sent = Sent::from(seen);
    let effects = match &seen.result {
        ProfileResult::Profile(profile) => view! {
            {effects_view(profile, &sent, "factors-title".to_owned())}
            {acts_view(profile)}
        },
        ProfileResult::NoProfile(_) => View::none(),
    };
    let older: Vec<_> = older
        .iter()
        .enumerate()
        .map(|(place, seen)| {
            let (models, remark) = (Arc::clone(models), profile.remark.clone());
            let whole = whole_view(seen.into(), models, remark, WAY, place + 1);
            view! { <li>{whole}</li> }
        })
        .collect();
    let history = (!older.is_empty()).then(|| {
        view! {
            <section class="section" data-part="history">
                <h2>{t.rights.theirs_before}</h2>
                <ul class="looks">{older}</ul>
            </section>
        }
    });
    view! {
        <div class="page-title">
            <h1 tabindex="-1">{t.result.theirs}</h1>
            <p class="muted">{when(seen.received_at, t.result.of_day)}</p>
        </div>
        <p class="note">{t.result.for_caseworker}</p>
        {result_view(&sent, models, WAY)}
        {beside_view(profile.remark.as_ref())}
        {help_view()}
        {effects}
        <section class="section" aria-labelledby="sent-title" data-part="sent">
            <h2 id="sent-title">{language().receipt().sent}</h2>
            {sent_view(&sent.answers, sent.facts, &sent.left_out, &sent.marked_wrong)}
        </section>
        {history}
        {about_view(profile.kept_days, models.legal_basis.as_ref())}
    }
}
