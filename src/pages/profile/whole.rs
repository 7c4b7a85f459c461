//! A profile that was sent before, opened where it stands in a list, as it was then: what the model
//! said, with its interval, its kind and its day, what moved it, and what was sent. The remark stands
//! beside it as beside the newest.

use std::sync::Arc;

use jobnet_api::profile::{ProfilePresentation, ProfileResult, Remark};
use leptos::prelude::*;

use crate::api::profile::Models;
use crate::i18n::language;
use crate::view::{View, view};

use super::effects::effects_view;
use super::remark::beside_view;
use super::result::{Sent, result_view};
use super::sent::sent_view;
use super::when::when;

/// A button that opens it; `place` is its own in the list.
pub(super) fn whole_view(
    sent: Sent,
    models: Arc<Models>,
    remark: Option<Remark>,
    way: ProfilePresentation,
    place: usize,
) -> View {
    let t = language().profile().rights;
    let is_open = RwSignal::new(false);
    let name = when(sent.received_at, t.whole);
    let inside = move || {
        let effects = match &sent.result {
            ProfileResult::Profile(profile) => {
                effects_view(profile, &sent, format!("factors-title-{place}"))
            }
            ProfileResult::NoProfile(_) => View::none(),
        };
        view! {
            <div class="profile-whole" data-part="whole">
                {result_view(&sent, &models, way)}
                {beside_view(remark.as_ref())}
                {effects}
                <h3>{language().receipt().sent}</h3>
                {sent_view(&sent.answers, sent.facts, &sent.left_out, &sent.marked_wrong)}
            </div>
        }
    };
    view! {
        <p>
            <button
                type="button"
                class="function-link"
                data-way="whole"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                {name}
            </button>
        </p>
        {move || is_open.get().then(&inside)}
    }
}
