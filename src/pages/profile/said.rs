//! What she has said against her profile, told among her data: her remark, and the facts that she has
//! marked as wrong.

use jobnet_api::profile::Said;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::i18n::{language, messages};
use crate::state::Session;
use crate::view::{View, view};

use super::remark::beside_view;

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
enum Way {
    Coming,
    Failed,
    There(Said),
}

/// What she has said; nothing, if she has not.
pub(crate) fn said_view() -> View {
    let way = RwSignal::new(Way::Coming);
    let session = expect_context::<Session>();
    let fetch = move || {
        way.set(Way::Coming);
        spawn_local(async move {
            let answer = api::profile::said().await;
            if let Err(error) = &answer {
                session.note_error(error);
            }
            // Unless she has left the page.
            way.try_set(answer.map_or(Way::Failed, Way::There));
        });
    };
    fetch();
    let shell = messages().shell;
    View::live(move || match way.get() {
        Way::Coming => View::none(),
        Way::Failed => view! {
            <p role="status">{shell.offline_text}</p>
            <p class="actions">
                <button type="button" class="button button-secondary" on:click=move |_| fetch()>
                    {shell.retry}
                </button>
            </p>
        },
        Way::There(said) => told_view(&said),
    })
}

fn told_view(said: &Said) -> View {
    let here = language();
    let wrong: Vec<_> =
        said.wrong.iter().map(|fact| view! { <li>{here.fact(*fact).name}</li> }).collect();
    let wrong = (!wrong.is_empty()).then(|| {
        view! {
            <div data-part="said-wrong">
                <p>{here.profile().rights.said_wrong}</p>
                <ul>{wrong}</ul>
            </div>
        }
    });
    view! {
        {beside_view(said.remark.as_ref())}
        {wrong}
    }
}
