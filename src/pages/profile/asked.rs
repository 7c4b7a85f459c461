//! A view that needs an answer of the server: what stands there until it has come, and a way to try
//! again.

use std::sync::Arc;

use jobnet_api::profiling::score::Sealed;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::profile::{Models, PublishedModel};
use crate::api::{self, ApiError};
use crate::components::{PageSkeleton, no_answer};
use crate::i18n::messages;
use crate::state::Session;
use crate::view::{View, view};

/// Asks and shows the answer. Only the newest question counts.
pub(super) fn asked<T, F>(
    ask: impl Fn() -> F + Clone + 'static,
    show: impl Fn(T) -> View + 'static,
    failed: impl Fn(&ApiError) -> Option<View> + 'static,
) -> View
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, ApiError>> + 'static,
{
    let session = expect_context::<Session>();
    let told = RwSignal::new(None::<Result<T, ApiError>>);
    let fetch = move || {
        told.set(None);
        let answer = ask();
        spawn_local(async move {
            let answer = answer.await;
            if let Err(error) = &answer {
                session.note_error(error);
            }
            // Unless she has left the page.
            told.try_set(Some(answer));
        });
    };
    fetch();
    let t = messages().shell;
    View::live(move || match told.get() {
        None => view! { <PageSkeleton label=t.loading/> },
        Some(Err(error)) => failed(&error).unwrap_or_else(|| no_answer(&error, fetch.clone())),
        Some(Ok(answer)) => show(answer),
    })
}

/// A view that needs the models.
pub(super) fn with_models(show: impl Fn(Arc<Models>) -> View + 'static) -> View {
    asked(async || api::profile::models().await.map(Arc::new), show, |_| None)
}

/// The models, once they are there. That they do not come is no news: what needs them does without.
pub(super) fn models() -> RwSignal<Option<Arc<Models>>> {
    let models = RwSignal::new(None);
    spawn_local(async move {
        if let Ok(found) = api::profile::models().await {
            models.try_set(Some(Arc::new(found)));
        }
    });
    models
}

/// The model of a digest, if it is still there.
pub(super) fn model_of<'a>(models: &'a Models, digest: &str) -> Option<&'a PublishedModel> {
    models.models.iter().find(|published| published.digest == digest)
}

/// The model that is used.
pub(super) fn used(models: &Models) -> Option<&PublishedModel> {
    models.models.iter().find(|published| published.model.key == models.default)
}

/// A model to work with; `None`: this page is older than the server and does not understand it.
pub(super) fn sealed(published: &PublishedModel) -> Option<Sealed> {
    Sealed::new(published.model.clone(), published.digest.clone()).ok()
}
