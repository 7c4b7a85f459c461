//! What she says when she does not want to be in a trial: asked once more, since it cannot be undone,
//! and told since when it holds.

use chrono::NaiveDate;
use jobnet_api::my_trials::MyTrial;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::trials::said;
use crate::api;
use crate::i18n::{fill, language};
use crate::platform::document;
use crate::state::Session;
use crate::view::{View, view};

/// How far she is with saying no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// She has not said it.
    Not,
    /// She is asked whether she means it.
    Asked,
    /// It is on its way.
    Sending,
    /// It did not arrive.
    Failed,
}

/// How she objects to a trial, or since when she does; nothing once it has ended without that.
pub(super) fn objection_view(trial: &MyTrial) -> View {
    let texts = language().my_trials();
    let objected_on = RwSignal::new(trial.objected_on);
    let is_over = trial.closed_on.is_some();
    if is_over && trial.objected_on.is_none() {
        return View::none();
    }
    let how = said(&trial.public.objection);
    let key = trial.key.to_string();
    let id = format!("objection-{key}");
    view! {
        <h4>{texts.objection}</h4>
        {move || match objected_on.get() {
            Some(day) => view! {
                <p id=id.clone() tabindex="-1">{fill(texts.objected, &[("day", &language().date(day))])}</p>
            },
            None => view! {
                <p>{how.clone()}</p>
                {saying_no(key.clone(), id.clone(), objected_on)}
            },
        }}
    }
}

fn saying_no(key: String, id: String, objected_on: RwSignal<Option<NaiveDate>>) -> View {
    let texts = language().my_trials();
    let session = expect_context::<Session>();
    let way = RwSignal::new(Way::Not);
    let button = format!("{id}-button");
    let go = move |to: Way, focus: &str| {
        way.set(to);
        let focus = focus.to_owned();
        request_animation_frame(move || document::focus(&focus));
    };
    let send = {
        let id = id.clone();
        move || {
            if way.get_untracked() == Way::Sending {
                return;
            }
            way.set(Way::Sending);
            let (key, id) = (key.clone(), id.clone());
            spawn_local(async move {
                let answer = api::object_to_trial(&key).await;
                // She has left the page.
                if way.try_get_untracked().is_none() {
                    return;
                }
                match answer {
                    Ok(trial) => {
                        objected_on.set(trial.objected_on);
                        // Her other pages are the ordinary ones from now on.
                        session.refresh();
                        request_animation_frame(move || document::focus(&id));
                    }
                    Err(error) => {
                        session.note_error(&error);
                        way.set(Way::Failed);
                    }
                }
            });
        }
    };
    View::live(move || match way.get() {
        Way::Not => {
            let id = id.clone();
            view! {
                <p class="actions">
                    <button type="button" class="button button-secondary" id=button.clone()
                        on:click=move |_| go(Way::Asked, &id)>{texts.object}</button>
                </p>
            }
        }
        now => {
            let (send, button) = (send.clone(), button.clone());
            let failed = (now == Way::Failed).then_some(texts.object_failed);
            let yes = if now == Way::Sending { texts.object_sending } else { texts.object_yes };
            view! {
                <div class="note" role="group" aria-labelledby=id.clone()>
                    <p id=id.clone() tabindex="-1">{texts.object_sure}</p>
                    <p role="alert">{failed}</p>
                    <p class="actions">
                        <button type="button" class="button button-primary"
                            aria-disabled=(now == Way::Sending).to_string() on:click=move |_| send()>{yes}</button>
                        <button type="button" class="button button-secondary"
                            on:click=move |_| go(Way::Not, &button)>{texts.object_no}</button>
                    </p>
                </div>
            }
        }
    })
}
