//! Something could not be shown: what happened, that nothing is lost, and a way to try again.

use leptos::prelude::*;

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
) -> View {
    view! {
        <div class="problem" role="alert">
            <h1>{title}</h1>
            <p class="lead">{text}</p>
            <p class="actions">
                <button type="button" class="button button-primary" on:click=move |_| on_retry()>
                    {retry}
                </button>
            </p>
        </div>
    }
}
