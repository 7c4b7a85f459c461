//! The researcher's trials, and the beginning of a new one.

use std::sync::Arc;

use jobnet_api::trial::TrialLine;
use jobnet_api::trials::protocol::Protocol;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::components::{PageSkeleton, no_answer};
use crate::i18n::{Language, fill, language};
use crate::platform::document;
use crate::routes::Page;
use crate::state::{Clock, Session};
use crate::view::{View, view};

use super::draft_model::{empty, key_of};
use super::editor::failed_view;
use super::state_name;

const MADE: &str = "trial-made";
const FAILED: &str = "trial-not-made";

/// How making a new one went.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Making {
    Idle,
    NoName,
    Unreadable(String),
    Failed(ApiError),
    Done(String),
}

/// The page; an administrator finds the outbox from here. `is_styled`: its rules of style have come.
pub(super) fn list_view(is_administrator: bool, is_styled: RwSignal<bool>) -> View {
    let t = language().research().list;
    let told = RwSignal::new(None::<Result<Arc<Vec<TrialLine>>, ApiError>>);
    let session = expect_context::<Session>();
    let ask = move || {
        told.set(None);
        spawn_local(async move {
            let answer = api::trials::list().await.map(Arc::new);
            if let Err(error) = &answer {
                session.note_error(error);
            }
            told.try_set(Some(answer));
        });
    };
    ask();
    view! {
        <h1>{t.title}</h1>
        <p class="lead">{t.lead}</p>
        {is_administrator.then(|| view! {
            <p><a href=Page::Outbox.path()>{language().outbox().title}</a></p>
        })}
        // A table without its style would move when that comes.
        {move || match told.get().filter(|told| told.is_err() || is_styled.get()) {
            None => view! { <PageSkeleton label=t.loading/> },
            Some(Err(error)) => no_answer(&error, ask),
            Some(Ok(lines)) => view! { {table_view(&lines)} {new_view()} },
        }}
    }
}

fn table_view(lines: &[TrialLine]) -> View {
    let t = language().research().list;
    if lines.is_empty() {
        return view! { <p class="note">{t.none}</p> };
    }
    let is_danish = language() == Language::Danish;
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            let title = if is_danish { &line.title.da } else { &line.title.en };
            let title = if title.trim().is_empty() { line.key.to_string() } else { title.clone() };
            let state = state_name(line.state);
            let words = language().research().watch.alarm;
            let alarm = line.alarm.then(|| {
                view! { <strong class="form-error-message">" "{words}</strong> }
            });
            let count = |units: u64| language().integer(i64::try_from(units).unwrap_or(i64::MAX));
            let enrolled = fill(
                t.enrolled_of,
                &[("count", &count(line.enrolled)), ("planned", &count(line.planned.into()))],
            );
            view! {
                <tr>
                    <th scope="row"><a href=Page::Trial.about(line.key.as_str())>{title}</a></th>
                    <td>{state}{alarm}</td>
                    <td class="num">{enrolled}</td>
                    <td>{language().date(line.starts)}</td>
                    <td>{language().date(line.ends)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="chart-table" role="region" aria-label=t.title tabindex="0"><table class="table trials">
            <caption class="sr-only">{t.title}</caption>
            <thead><tr>
                <th scope="col">{t.column_title}</th><th scope="col">{t.column_state}</th>
                <th scope="col" class="num">{t.column_enrolled}</th><th scope="col">{t.column_starts}</th>
                <th scope="col">{t.column_ends}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
}

/// “Nyt forsøg”: a name for an empty form, or a file.
fn new_view() -> View {
    let t = language().research().list;
    let name = RwSignal::new(String::new());
    let making = RwSignal::new(Making::Idle);
    let clock = expect_context::<Clock>();
    let session = expect_context::<Session>();
    let store = move |protocol: Protocol| {
        spawn_local(async move {
            match api::trials::save(protocol, 0).await {
                Ok(trial) => {
                    making.set(Making::Done(trial.protocol.key.to_string()));
                    request_animation_frame(|| document::focus(MADE));
                }
                Err(error) => {
                    session.note_error(&error);
                    making.set(Making::Failed(error));
                    request_animation_frame(|| document::focus(FAILED));
                }
            }
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = name.get_untracked();
        match (key_of(&typed), untrack(|| clock.today())) {
            (Some(key), Some(today)) => {
                let mut protocol = empty(key, today);
                protocol.public.title.da = typed.trim().to_owned();
                store(protocol);
            }
            _ => {
                making.set(Making::NoName);
                document::focus("trial-name");
            }
        }
    };
    let import = move |event: leptos::ev::Event| {
        let Some(file) = document::chosen_file(&event) else { return };
        spawn_local(async move {
            match api::trials::protocol_of(&file.await) {
                Ok(protocol) => store(protocol),
                Err(reason) => making.set(Making::Unreadable(reason)),
            }
        });
    };
    let no_name = move || making.with(|making| *making == Making::NoName);
    view! {
        <section class="protocol-group" data-part="new">
            <h2>{t.new}</h2>
            {move || match making.get() {
                Making::Done(key) => view! {
                    <div class="alert alert-success" role="status"><div class="alert-body">
                        <h3 class="alert-heading">{t.made}</h3>
                        <p class="alert-text"><a id=MADE href=Page::Trial.about(&key)>{t.open}</a></p>
                    </div></div>
                },
                Making::Failed(error) => failed_view(FAILED, t.not_made, &error),
                Making::Unreadable(reason) => view! {
                    <p class="form-error-message" role="alert">
                        {fill(language().research().form.import_failed, &[("reason", &reason)])}
                    </p>
                },
                Making::Idle | Making::NoName => View::none(),
            }}
            <form class="protocol" novalidate=true autocomplete="off" on:submit=submit>
                <div class="form-group" class:form-error=no_name>
                    <label class="form-label" for="trial-name">{t.name}</label>
                    <span class="form-hint" id="trial-name-hint">{t.name_hint}</span>
                    {move || no_name().then(|| view! {
                        <span class="form-error-message" id="trial-name-error">{t.no_name}</span>
                    })}
                    <input class="form-input" id="trial-name" type="text" autocomplete="off"
                        aria-describedby="trial-name-hint trial-name-error"
                        aria-invalid=move || no_name().then_some("true")
                        prop:value=move || name.get()
                        on:input=move |event| name.set(event_target_value(&event))/>
                </div>
                <button class="button button-primary" type="submit">{t.begin}</button>
            </form>
            <div class="form-group">
                <label class="form-label" for="trial-file">{t.import}</label>
                <span class="form-hint" id="trial-file-hint">{t.import_hint}</span>
                <input type="file" id="trial-file" accept="application/json,.json"
                    aria-describedby="trial-file-hint" on:change=import/>
            </div>
        </section>
    }
}
