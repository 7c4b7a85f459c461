//! The record: fetched, told newest first, more when asked for.

use jobnet_api::access::{Look, MonthOfLooks};
use jobnet_rules::{day, units::Month};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::log_model::{by_month, sentences};
use crate::api::{self, ApiError};
use crate::chart::ColumnsChart;
use crate::components::{PageSkeleton, Problem};
use crate::i18n::{fill, language, messages};
use crate::platform::beat;
use crate::state::{Clock, Session};
use crate::view::{View, view};

/// How far the first part is.
#[derive(Clone, Debug, PartialEq)]
enum Way {
    Coming,
    There,
    Failed(ApiError),
}

/// What has come of the record.
#[derive(Clone, Copy)]
struct Log {
    looks: RwSignal<Vec<Look>>,
    months: RwSignal<Vec<MonthOfLooks>>,
    next: RwSignal<Option<i64>>,
    own: RwSignal<bool>,
    busy: RwSignal<bool>,
    failed: RwSignal<bool>,
    way: RwSignal<Way>,
    session: Session,
}

/// A page that needs the record: what stands there until it has come, then what `page` makes of it.
pub(super) fn with_log(page: impl Fn(View) -> View + 'static) -> View {
    let log = Log {
        looks: RwSignal::new(Vec::new()),
        months: RwSignal::new(Vec::new()),
        next: RwSignal::new(None),
        own: RwSignal::new(false),
        busy: RwSignal::new(false),
        failed: RwSignal::new(false),
        way: RwSignal::new(Way::Coming),
        session: expect_context::<Session>(),
    };
    log.fetch(None);
    let t = messages().shell;
    View::live(move || match log.way.get() {
        Way::Coming => view! { <PageSkeleton label=t.loading/> },
        Way::Failed(error) => {
            let (title, text) = match error {
                ApiError::Offline => (t.offline_title, t.offline_text),
                ApiError::SignedOut | ApiError::Server(_) => (t.server_title, t.server_text),
            };
            let again = move || {
                log.way.set(Way::Coming);
                log.fetch(None);
            };
            view! { <Problem title text retry=t.retry on_retry=again/> }
        }
        Way::There => page(log_view(log)),
    })
}

impl Log {
    /// Fetches the newest, or what is older than a number.
    fn fetch(self, before: Option<i64>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failed.set(false);
        spawn_local(async move {
            match api::access_log(before, self.own.get_untracked()).await {
                Ok(part) => {
                    self.next.set(part.next);
                    self.months.set(part.months);
                    self.looks.update(|looks| {
                        if before.is_none() {
                            looks.clear();
                        }
                        looks.extend(part.looks);
                    });
                    self.way.set(Way::There);
                }
                Err(error) => {
                    self.session.note_error(&error);
                    self.failed.set(true);
                    if self.way.get_untracked() != Way::There {
                        self.way.set(Way::Failed(error));
                    }
                }
            }
            self.busy.set(false);
        });
    }
}

fn log_view(log: Log) -> View {
    let here = language();
    let t = here.prose().my_data;
    let today = untrack(|| expect_context::<Clock>().today()).map(Month::of);
    let chart = log.months.with_untracked(|months| {
        let today = today.or(months.last().map(|newest| newest.month))?;
        let (spec, texts) = by_month(months, today, here);
        Some(view! { <ColumnsChart spec texts strings=here.chart()/> })
    });
    let choose = move |event: leptos::ev::Event| {
        log.own.set(event_target_checked(&event));
        log.fetch(None);
    };
    view! {
        {chart}
        <label class="looks-choice">
            <input type="checkbox" disabled=move || log.busy.get() on:change=choose/>
            <span>{t.own}</span>
        </label>
        {move || {
            log.looks
                .with(|looks| {
                    if looks.is_empty() {
                        return view! { <p>{t.none}</p> };
                    }
                    let looks: Vec<_> = looks.iter().map(look_view).collect();
                    view! { <ol class="looks">{looks}</ol> }
                })
        }}
        <p role="status">{move || log.failed.get().then_some(t.failed)}</p>
        {move || {
            log.next
                .get()
                .map(|next| {
                    view! {
                        <p class="actions">
                            <button
                                type="button"
                                class="button button-secondary"
                                aria-disabled=move || log.busy.get().to_string()
                                on:click=move |_| log.fetch(Some(next))
                            >
                                {move || if log.busy.get() { t.loading_more } else { t.more }}
                            </button>
                        </p>
                    }
                })
        }}
        <h3>{t.wrong}</h3>
        <p class="prose">{t.wrong_text}</p>
    }
}

fn look_view(look: &Look) -> View {
    let here = language();
    let t = here.prose().my_data;
    let at = beat::in_denmark(look.at.timestamp()).and_then(|(date, minutes)| {
        let time = here.time(minutes);
        Some(fill(t.at, &[("date", &here.date(day::parse(&date)?)), ("time", &time)]))
    });
    view! {
        <li data-look=look.number.to_string()>
            <p class="when">{at}</p>
            <p>{sentences(look, here).join(" ")}</p>
            <p class="small muted">{fill(t.code, &[("code", &look.by)])}</p>
        </li>
    }
}
