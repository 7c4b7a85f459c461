//! What she has sent before, and deleting: one form, or everything.

use std::sync::Arc;

use jobnet_api::profile::{ProfilePresentation, Remark, Submission};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::api::profile::Models;
use crate::components::{Modal, ModalSide};
use crate::i18n::language;
use crate::platform::document;
use crate::view::{View, view};

use super::form::heading_later;
use super::letters::address;
use super::result::{Sent, short_view};
use super::store::Store;
use super::when::when;
use super::whole::whole_view;

/// What is to be deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Doomed {
    One(String),
    All,
}

/// The section. What a model said stands in it only if she has asked for it, and then as `shown` says.
pub(super) fn history_view(
    store: Store,
    models: Option<Arc<Models>>,
    shown: impl Fn() -> Option<ProfilePresentation> + Copy + 'static,
) -> View {
    let t = language().profile().rights;
    let doomed = RwSignal::new(None::<Doomed>);
    let dialog = NodeRef::<html::Dialog>::new();
    let ask = move |what: Doomed| {
        doomed.set(Some(what));
        if let Some(dialog) = dialog.get_untracked() {
            document::open_dialog(&dialog);
        }
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            document::close_dialog(&dialog);
        }
    };
    let delete = move |_| {
        close();
        if let Some(what) = doomed.get_untracked() {
            spawn_local(store.delete(what));
        }
    };
    let rows = move || {
        let models = models.as_ref().zip(shown());
        let rows: Vec<_> = store.profile.with(|profile| {
            let remark = profile.remark.as_ref();
            let each = profile.submissions.iter().enumerate();
            each.map(|(place, sent)| row_view(sent, place, models, remark, ask)).collect()
        });
        (!rows.is_empty()).then(|| {
            view! {
                <h2>{t.history}</h2>
                <p class="prose">{t.history_text}</p>
                <ul class="looks">{rows}</ul>
            }
        })
    };
    view! {
        <section class="section" data-part="history">
            {rows}
            <h2 class="history-delete">{t.delete_all_title}</h2>
            <p class="prose">{t.delete_all_text}</p>
            <p class="actions">
                <button
                    type="button"
                    class="button button-secondary"
                    data-way="delete-all"
                    on:click=move |_| ask(Doomed::All)
                >
                    {t.delete_all}
                </button>
            </p>
        </section>
        <Modal node=dialog title=t.sure close=language().profile().form.close side=ModalSide::Middle>
            <p>{t.sure_text}</p>
            <p class="actions">
                <button
                    type="button"
                    class="button button-primary"
                    data-way="sure"
                    on:click=delete
                >
                    {t.sure_yes}
                </button>
                <button type="button" class="button button-secondary" on:click=move |_| close()>
                    {t.sure_no}
                </button>
            </p>
        </Modal>
    }
}

/// The newest stands on the page already; an older one is opened here.
fn row_view(
    sent: &Submission,
    place: usize,
    models: Option<(&Arc<Models>, ProfilePresentation)>,
    remark: Option<&Remark>,
    ask: impl Fn(Doomed) + 'static,
) -> View {
    let here = language();
    let t = here.profile().rights;
    let at = sent.received_at;
    let id = sent.id.clone();
    view! {
        <li data-submission=sent.id.clone()>
            <p class="when">
                <a href=address(&sent.id)>{when(at, t.history_row)}</a>
            </p>
            {models.map(|(models, _)| short_view(&sent.result, models))}
            {models.filter(|_| place > 0).map(|(models, way)| {
                whole_view(Sent::from(sent), Arc::clone(models), remark.cloned(), way, place)
            })}
            <p>
                <button
                    type="button"
                    class="function-link"
                    on:click=move |_| ask(Doomed::One(id.clone()))
                >
                    <span aria-hidden="true">{t.delete}</span>
                    <span class="sr-only">{when(at, t.delete_of)}</span>
                </button>
            </p>
        </li>
    }
}

impl Store {
    async fn delete(self, what: Doomed) {
        let t = language().profile().rights;
        let done = match &what {
            Doomed::One(id) => api::profile::delete_submission(id).await,
            Doomed::All => api::profile::delete_all().await,
        };
        let done = match done {
            Ok(()) => {
                if what == Doomed::All {
                    self.forget();
                }
                self.refresh().await
            }
            Err(error) => Err(error),
        };
        if let Err(error) = &done {
            self.session.note_error(error);
        }
        self.told.try_set(Some(if done.is_ok() { t.deleted } else { t.not_deleted }));
        heading_later();
    }
}
