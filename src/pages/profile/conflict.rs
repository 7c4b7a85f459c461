//! An answer that was changed in another tab or on another device meanwhile: she is shown both and
//! says which one counts.

use jobnet_api::profiling::answers::Answer;
use jobnet_api::profiling::form::Question;
use leptos::prelude::*;

use crate::i18n::language;
use crate::view::{View, view};

use super::form::heading_later;
use super::steps_model::said;
use super::store::{Store, Waiting, Way};

/// Every question that has two answers.
pub(super) fn conflicts_view(store: Store) -> View {
    let conflicts: Vec<_> = store.waiting.with(|waiting| {
        let views = waiting.iter().filter_map(|(question, waiting)| match waiting {
            Waiting { answer, way: Way::Conflict(there, _), .. } => {
                Some(conflict_view(store, *question, answer.as_ref(), there.as_ref()))
            }
            Waiting { .. } => None,
        });
        views.collect()
    });
    View::many(conflicts)
}

fn conflict_view(
    store: Store,
    question: Question,
    here: Option<&Answer>,
    there: Option<&Answer>,
) -> View {
    let language = language();
    let t = language.profile().form;
    let words = |answer: Option<&Answer>| {
        answer.map_or_else(|| t.nothing.to_owned(), |answer| said(answer, language))
    };
    view! {
        <div class="alert alert-warning" role="alert" data-part="conflict">
            <div class="alert-body">
                <h2 class="alert-heading">{t.conflict}</h2>
                <p class="alert-text">{language.question(question).title}</p>
                <p class="alert-text">{t.conflict_text}</p>
                <dl class="conflict">
                    <div><dt>{t.here}</dt><dd>{words(here)}</dd></div>
                    <div><dt>{t.there}</dt><dd>{words(there)}</dd></div>
                </dl>
                <p class="actions">
                    <button
                        type="button"
                        class="button button-secondary"
                        data-keep="here"
                        on:click=move |_| {
                            store.keep_here(question);
                            heading_later();
                        }
                    >
                        {t.keep_here}
                    </button>
                    <button
                        type="button"
                        class="button button-secondary"
                        data-keep="there"
                        on:click=move |_| {
                            store.keep_there(question);
                            heading_later();
                        }
                    >
                        {t.keep_there}
                    </button>
                </p>
            </div>
        </div>
    }
}
