//! `/udbakke`: how far the messages to citizens are, and which need an administrator. To whom they go
//! is nowhere in it.

use std::sync::Arc;

use jobnet_api::outbox::{MOST_TROUBLED, MessageState, Outbox, TroubledMessage};
use jobnet_api::problem::Code;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::components::{PageSkeleton, no_answer};
use crate::i18n::{fill, language, messages};
use crate::platform::{beat, document};
use crate::state::Session;
use crate::view::{View, view};

use super::editor::failed_view;
use super::outbox_model::{CHANNELS, channel, counted, origin, reason, state};
use super::post_model::count;

const DONE: &str = "outbox-retried";
const FAILED: &str = "outbox-failed";

/// What was asked for last, and how that went.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Retry {
    Asking(String),
    Done(String),
    Failed(ApiError),
}

#[derive(Clone, Copy)]
struct Desk {
    told: RwSignal<Option<Result<Arc<Outbox>, ApiError>>>,
    retry: RwSignal<Option<Retry>>,
    session: Session,
}

impl Desk {
    async fn ask(self) {
        let answer = api::trials::outbox().await.map(Arc::new);
        if let Err(error) = &answer {
            self.session.note_error(error);
        }
        self.told.try_set(Some(answer));
    }

    fn retry(self, id: String) {
        if matches!(self.retry.get_untracked(), Some(Retry::Asking(_))) {
            return;
        }
        self.retry.set(Some(Retry::Asking(id.clone())));
        spawn_local(async move {
            let (became, at) = match api::trials::retry_message(&id).await {
                Ok(_) => (Retry::Done(id), DONE),
                Err(error) => {
                    self.session.note_error(&error);
                    (Retry::Failed(error), FAILED)
                }
            };
            self.ask().await;
            self.retry.try_set(Some(became));
            request_animation_frame(move || document::focus(at));
        });
    }
}

/// The page.
pub(super) fn outbox_view() -> View {
    let t = language().outbox();
    let desk =
        Desk { told: RwSignal::new(None), retry: RwSignal::new(None), session: expect_context() };
    let shell = messages().shell;
    Effect::new(move |_| {
        document::set_title(&fill(shell.title, &[("page", t.title), ("name", shell.name)]));
    });
    let fetch = move || {
        desk.told.set(None);
        spawn_local(desk.ask());
    };
    fetch();
    view! {
        <h1 tabindex="-1">{t.title}</h1>
        <p class="lead">{t.lead}</p>
        {move || retry_view(desk)}
        {move || match desk.told.get() {
            None => view! { <PageSkeleton label=t.loading/> },
            Some(Err(error)) => no_answer(&error, fetch),
            Some(Ok(outbox)) => outbox_of(desk, &outbox),
        }}
    }
}

/// How trying again went.
fn retry_view(desk: Desk) -> View {
    let t = language().outbox();
    match desk.retry.get() {
        Some(Retry::Done(id)) => view! {
            <div class="alert alert-success" role="status" id=DONE tabindex="-1"><div class="alert-body">
                <p class="alert-text">{fill(t.retried, &[("id", &id)])}</p>
            </div></div>
        },
        Some(Retry::Failed(ApiError::Server(Some(problem)))) if problem.code == Code::Conflict => {
            view! {
                <div class="alert alert-error" role="alert" id=FAILED tabindex="-1"><div class="alert-body">
                    <h2 class="alert-heading">{t.retry_failed}</h2>
                    <p class="alert-text">{t.retry_doubtful}</p>
                </div></div>
            }
        }
        Some(Retry::Failed(error)) => failed_view(FAILED, t.retry_failed, &error),
        Some(Retry::Asking(_)) | None => View::none(),
    }
}

fn outbox_of(desk: Desk, outbox: &Outbox) -> View {
    let t = language().outbox();
    if outbox.counts.is_empty() {
        return view! { <p class="note">{t.none}</p> };
    }
    let is_dead = |message: &&TroubledMessage| message.state == MessageState::Dead;
    let (dead, doubtful): (Vec<_>, Vec<_>) = outbox.troubled.iter().partition(is_dead);
    let is_full = outbox.troubled.len() >= MOST_TROUBLED as usize;
    let most = fill(t.most, &[("most", &MOST_TROUBLED.to_string())]);
    view! {
        {counts_view(outbox)}
        {is_full.then(|| view! { <p class="note">{most}</p> })}
        <section class="protocol-group wide-group" data-part="dead">
            <h2>{t.dead_title}</h2>
            {if dead.is_empty() {
                view! { <p>{t.dead_none}</p> }
            } else {
                view! { <p>{t.dead_lead}</p> {list_view(desk, &dead)} }
            }}
        </section>
        <section class="protocol-group wide-group" data-part="doubt">
            <h2>{t.doubt_title}</h2>
            {if doubtful.is_empty() {
                view! { <p>{t.doubt_none}</p> }
            } else {
                view! { <p>{t.doubt_lead}</p> {list_view(desk, &doubtful)} }
            }}
        </section>
        <p class="actions">
            <button type="button" class="button button-secondary"
                on:click=move |_| spawn_local(desk.ask())>{t.again}</button>
        </p>
    }
}

/// A row for each state, a column for each channel.
fn counts_view(outbox: &Outbox) -> View {
    let here = language();
    let t = here.outbox();
    let heads: Vec<_> = CHANNELS
        .iter()
        .map(|one| view! { <th scope="col" class="num">{channel(*one, here)}</th> })
        .collect();
    let rows: Vec<_> = counted(outbox)
        .into_iter()
        .map(|(which, numbers)| {
            let all: u32 = numbers.iter().sum();
            let cells: Vec<_> = numbers
                .iter()
                .map(|number| view! { <td class="num">{count((*number).into(), here)}</td> })
                .collect();
            view! {
                <tr data-state=format!("{which:?}").to_lowercase()>
                    <th scope="row">{state(which, here)}</th>
                    {cells}
                    <td class="num"><strong>{count(all.into(), here)}</strong></td>
                </tr>
            }
        })
        .collect();
    view! {
        <section class="protocol-group" data-part="counts">
            <h2>{t.counts}</h2>
            <div class="chart-table" role="region" aria-label=t.counts tabindex="0"><table class="table">
                <caption class="sr-only">{t.counts}</caption>
                <thead><tr>
                    <th scope="col">{t.state}</th>{heads}<th scope="col" class="num">{t.all}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        </section>
    }
}

/// Messages with trouble, each with what is known of it.
fn list_view(desk: Desk, list: &[&TroubledMessage]) -> View {
    let here = language();
    let t = here.outbox();
    let items: Vec<_> = list
        .iter()
        .map(|message| {
            let handed = message.handed_at.and_then(|at| {
                let (day, minutes) = beat::in_denmark(at.timestamp())?;
                let day = here.date(jobnet_api::rules::day::parse(&day)?);
                Some(format!("{day} {}", here.time(minutes)))
            });
            let facts = [
                (t.state, state(message.state, here).to_owned()),
                (t.reason, reason(message.reason.as_ref(), here)),
                (t.origin, origin(message)),
                (t.attempts, count(message.attempts.into(), here)),
                (t.handed, handed.unwrap_or_else(|| t.never.to_owned())),
            ];
            let facts: Vec<_> = facts
                .into_iter()
                .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
                .collect();
            let retry = (message.state == MessageState::Dead).then(|| {
                let (id, asked) = (message.id.clone(), message.id.clone());
                let is_asked =
                    move || desk.retry.with(|retry| *retry == Some(Retry::Asking(asked.clone())));
                view! {
                    <button type="button" class="button button-secondary"
                        aria-label=fill(t.retry_name, &[("id", &message.id)])
                        on:click=move |_| desk.retry(id.clone())>
                        {move || if is_asked() { t.retrying } else { t.retry }}
                    </button>
                }
            });
            view! {
                <li class="protocol-row troubled" data-message=message.id.clone()>
                    <h3>{channel(message.channel, here)}</h3>
                    <p class="small muted">{t.message}" "{message.id.clone()}</p>
                    <dl class="seal">{facts}</dl>
                    {retry}
                </li>
            }
        })
        .collect();
    view! { <ul class="steps-list">{items}</ul> }
}
