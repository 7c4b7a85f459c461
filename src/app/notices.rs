//! What can come over any page: no network, something failed, the session ends or has ended.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::i18n::messages;
use crate::later;
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

/// Asks her whether she goes on, and back when the session has ended; not there before.
#[component(transparent)]
pub fn SessionDialogs() -> View {
    let session = expect_context::<Session>();
    // Once there they stay: a dialog that is taken away does not give the focus back.
    let wanted = Memo::new(move |before| {
        before == Some(&true) || session.ended() || session.ending().is_some()
    });
    View::live(move || wanted.get().then(later::session_dialogs))
}
