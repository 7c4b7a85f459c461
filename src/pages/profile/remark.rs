//! Her remark: what she says against her profile. It stands beside the profile wherever it is shown.

use jobnet_api::profile::{MAX_REMARK_CHARS, Remark};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::i18n::{fill, language};
use crate::state::Reader;
use crate::view::{View, view};

use super::form::focus_later;
use super::store::Store;
use super::when::on;

const FIELD: &str = "remark";
const STATE: &str = "remark-state";

/// How storing went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Saving {
    Idle,
    Busy,
    Saved,
    Changed,
    Failed,
}

/// Her remark as it stands beside the profile.
pub(super) fn beside_view(remark: Option<&Remark>) -> View {
    let t = language().profile().rights;
    let is_caseworker = Reader::here().is_caseworker();
    match remark {
        Some(remark) => {
            let title = if is_caseworker { t.theirs } else { t.hers };
            view! {
                <aside class="profile-remark" data-part="remark">
                    <p class="small muted">{fill(title, &[("day", &on(remark.written_at))])}</p>
                    <blockquote>{remark.text.clone()}</blockquote>
                </aside>
            }
        }
        None if is_caseworker => view! { <p class="muted">{t.theirs_none}</p> },
        None => View::none(),
    }
}

/// What she can do when she disagrees.
pub(super) fn contest_view(store: Store) -> View {
    let t = language().profile().rights;
    let saving = RwSignal::new(Saving::Idle);
    let problem = RwSignal::new(None::<String>);
    let stored = move || store.profile.with(|profile| profile.remark.clone());
    let text = move || {
        let typed = store.remark.get();
        typed.or_else(|| stored().map(|remark| remark.text)).unwrap_or_default()
    };
    let send = move |text: String| {
        if saving.get_untracked() == Saving::Busy {
            return;
        }
        problem.set(None);
        saving.set(Saving::Busy);
        spawn_local(async move {
            let seen = untrack(stored).map(|remark| remark.text).unwrap_or_default();
            let answer = api::profile::remark(text, seen).await;
            let is_changed = answer.as_ref().is_err_and(api::profile::is_conflict);
            let answer = match answer {
                Err(error) if !is_changed => Err(error),
                _ => store.refresh().await,
            };
            match answer {
                // The other one stands beside the profile now; hers is still in the field.
                Ok(()) if is_changed => {
                    saving.try_set(Saving::Changed);
                }
                Ok(()) => {
                    store.remark.try_set(None);
                    saving.try_set(Saving::Saved);
                }
                Err(error) => {
                    saving.try_set(Saving::Failed);
                    store.session.note_error(&error);
                }
            }
            focus_later(STATE);
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = untrack(text).trim().to_owned();
        let wrong = match typed.chars().count() {
            0 => Some(t.empty.to_owned()),
            count if count > MAX_REMARK_CHARS => {
                Some(fill(t.too_long, &[("max", &MAX_REMARK_CHARS.to_string())]))
            }
            _ => None,
        };
        match wrong {
            Some(words) => {
                problem.set(Some(words));
                focus_later(FIELD);
            }
            None => send(typed),
        }
    };
    let is_busy = move || saving.get() == Saving::Busy;
    let hint = fill(t.remark_hint, &[("max", &MAX_REMARK_CHARS.to_string())]);
    view! {
        <section class="section" aria-labelledby="contest-title" data-part="contest">
            <h2 id="contest-title">{t.contest}</h2>
            <p class="prose">{t.contest_text}</p>
            <form novalidate=true autocomplete="off" on:submit=submit>
                <div class="form-group" class:form-error=move || problem.with(Option::is_some)>
                    <label class="form-label" for=FIELD>{t.remark}</label>
                    <span class="form-hint" id="remark-hint">{hint}</span>
                    {move || problem.get().map(|words| view! {
                        <span class="form-error-message" id="remark-error">
                            <span class="sr-only">{language().profile().form.error}</span>
                            {words}
                        </span>
                    })}
                    <textarea
                        class="form-input"
                        id=FIELD
                        rows="5"
                        aria-describedby="remark-hint remark-error"
                        aria-invalid=move || problem.with(Option::is_some).then_some("true")
                        prop:value=text
                        on:input=move |event| {
                            let typed = event_target_value(&event);
                            let there = untrack(stored).map(|remark| remark.text).unwrap_or_default();
                            store.remark.set((typed != there).then_some(typed));
                        }
                    ></textarea>
                </div>
                <div id=STATE tabindex="-1" role="status" data-saving=move || match saving.get() {
                    Saving::Idle => "",
                    Saving::Busy => "busy",
                    Saving::Saved => "saved",
                    Saving::Changed => "changed",
                    Saving::Failed => "failed",
                }>
                    {move || match saving.get() {
                        Saving::Saved => view! { <p><strong>{t.saved}</strong></p> },
                        Saving::Changed => view! { <p><strong>{t.changed}</strong></p> },
                        Saving::Failed => view! { <p><strong>{t.failed}</strong></p> },
                        Saving::Idle | Saving::Busy => View::none(),
                    }}
                </div>
                <p class="actions">
                    <button
                        type="submit"
                        class="button button-primary"
                        aria-disabled=move || is_busy().to_string()
                    >
                        {move || if is_busy() { t.saving } else { t.save }}
                    </button>
                    {move || stored().map(|_| view! {
                        <button
                            type="button"
                            class="button button-secondary"
                            data-way="take-back"
                            on:click=move |_| {
                                store.remark.set(None);
                                send(String::new());
                            }
                        >
                            {t.take_back}
                        </button>
                    })}
                </p>
            </form>
            <p class="prose">{t.elsewhere}</p>
        </section>
    }
}
