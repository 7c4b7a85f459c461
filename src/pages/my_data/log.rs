//! The record: fetched, told newest first, more when asked for.

use jobnet_api::access::{Look, MonthOfLooks};
use jobnet_rules::{day, units::Month};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::log_model::{by_month, sentences};
use crate::api::{self, ApiError};
use crate::chart::ColumnsChart;
use crate::components::{PageSkeleton, no_answer};
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
    /// Whether she asks for her own looks, too, and whether the list tells them.
    own: RwSignal<bool>,
    told: RwSignal<bool>,
    /// How often was asked: only the answer to the newest question counts.
    asked: RwSignal<u32>,
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
        told: RwSignal::new(false),
        asked: RwSignal::new(0),
        busy: RwSignal::new(false),
        failed: RwSignal::new(false),
        way: RwSignal::new(Way::Coming),
        session: expect_context::<Session>(),
    };
    log.newest(false);
    let t = messages().shell;
    View::live(move || match log.way.get() {
        Way::Coming => view! { <PageSkeleton label=t.loading/> },
        Way::Failed(error) => no_answer(&error, move || {
            log.way.set(Way::Coming);
            log.newest(false);
        }),
        Way::There => page(log_view(log)),
    })
}

impl Log {
    /// Fetches the newest.
    fn newest(self, own: bool) {
        self.own.set(own);
        self.fetch(None, own);
    }

    /// Fetches what is older than a number, unless something is on its way.
    fn older(self, than: i64) {
        if !self.busy.get_untracked() {
            self.fetch(Some(than), self.own.get_untracked());
        }
    }

    fn fetch(self, before: Option<i64>, own: bool) {
        self.busy.set(true);
        self.failed.set(false);
        self.asked.update(|asked| *asked = asked.wrapping_add(1));
        let asked = self.asked.get_untracked();
        spawn_local(async move {
            let answer = api::access_log(before, own).await;
            // She has left the page, or asked for something else.
            if self.asked.try_get_untracked() != Some(asked) {
                return;
            }
            match answer {
                Ok(part) => {
                    self.told.set(own);
                    self.next.set(part.next);
                    self.months.set(part.months);
                    self.looks.update(|looks| {
                        if before.is_none() {
                            looks.clear();
                        }
                        looks.extend(part.looks);
                    });
                    if self.way.get_untracked() != Way::There {
                        self.way.set(Way::There);
                    }
                }
                Err(error) => {
                    self.failed.set(true);
                    // The box says again what the list shows.
                    self.own.set(self.told.get_untracked());
                    if self.way.get_untracked() != Way::There {
                        self.way.set(Way::Failed(error.clone()));
                    }
                    self.session.note_error(&error);
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
        log.newest(event_target_checked(&event));
    };
    view! {
        {chart}
        <label class="looks-choice">
            <input type="checkbox" prop:checked=move || log.own.get() on:change=choose/>
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
                                on:click=move |_| log.older(next)
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
