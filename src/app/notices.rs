//! What can come over any page without taking it away: no network, something failed, the session
//! has ended.

use leptos::html;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::components::{Modal, ModalSide};
use crate::i18n::messages;
use crate::pages::landing::Identities;
use crate::platform::document;
use crate::state::{Connection, Preferences, Session};
use crate::view::{View, view};

/// A line under the header while there is no network, or when a change of session failed.
#[component(transparent)]
pub fn Notices() -> View {
    let t = messages().shell;
    let session = expect_context::<Session>();
    let connection = expect_context::<Connection>();
    let preferences = expect_context::<Preferences>();
    let text = Memo::new(move |_| match session.failure() {
        _ if !connection.is_online() => Some(t.offline_notice),
        Some(ApiError::Offline) => Some(t.offline_text),
        None if preferences.are_texts_missing() => Some(t.offline_text),
        Some(ApiError::SignedOut | ApiError::Server(_)) => Some(t.server_text),
        None => None,
    });
    view! {
        <div role="status" class="notice-place">
            {move || text.get().map(|text| view! { <p class="notice">{text}</p> })}
        </div>
    }
}

/// Asks her back when the session has ended; the page behind stays as it was, with all she typed.
#[component(transparent)]
pub fn SessionEnded() -> View {
    let t = messages().shell;
    let session = expect_context::<Session>();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let ended = session.ended();
        if let Some(dialog) = dialog.get() {
            if ended {
                document::open_dialog(&dialog);
            } else {
                document::close_dialog(&dialog);
            }
        }
    });
    let again = move |_| {
        if let Some(persona) = session.persona_untracked() {
            session.sign_in(persona);
        }
    };
    view! {
        <Modal node=dialog title=t.ended_title close=t.close side=ModalSide::Middle>
            <p>{t.ended_text}</p>
            <p class="actions">
                <button type="button" class="button button-primary" on:click=again>
                    {t.ended_again}
                </button>
            </p>
            <h3>{t.ended_other}</h3>
            {move || session.ended().then(|| view! { <Identities/> })}
        </Modal>
    }
}
