//! Something could not be shown: what happened, that nothing is lost, and a way to try again.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::i18n::messages;
use crate::view::{View, view};

/// A page that could not be shown.
#[component(transparent)]
pub fn Problem(
    /// What happened, in a few words.
    title: &'static str,
    /// What it means and what to do.
    text: &'static str,
    /// What the button says.
    retry: &'static str,
    /// Tries again.
    on_retry: impl Fn() + 'static,
    /// It is a part of a page that has its own heading.
    #[prop(optional)]
    is_part: bool,
) -> View {
    let heading = if is_part {
        view! { <h2>{title}</h2> }
    } else {
        view! { <h1>{title}</h1> }
    };
    view! {
        <div class="problem" role="alert">
            {heading}
            <p class="lead">{text}</p>
            <p class="actions">
                <button type="button" class="button button-primary" on:click=move |_| on_retry()>
                    {retry}
                </button>
            </p>
        </div>
    }
}

/// The same for an answer that did not come.
pub fn no_answer(error: &ApiError, on_retry: impl Fn() + 'static) -> View {
    let t = messages().shell;
    let (title, text) = match error {
        ApiError::Offline => (t.offline_title, t.offline_text),
        ApiError::SignedOut | ApiError::Server(_) => (t.server_title, t.server_text),
    };
    view! { <Problem title text retry=t.retry on_retry/> }
}
