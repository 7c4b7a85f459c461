//! `/ret-og-pligt`: the next thing to do, what is coming, what holds all the time, and what has
//! happened. What is so and by which rule, the server says ([`jobnet_rules::rights`]); this puts it
//! into words.

mod calendar;
mod entry;
mod model;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use jobnet_api::account::AccountAnswer;
use jobnet_rules::case::Scheme;
use jobnet_rules::rights::Timeline;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::components::{Disclosure, PageSkeleton, no_answer};
use crate::i18n::{Language, fill, language};
use crate::platform::{document, download, navigation};
use crate::routes::Page;
use crate::state::{Reader, Session};
use crate::view::{View, view};

use self::entry::{entries_view, entry_view};
use self::model::Words;

/// How many entries of the past are shown, and come with each “more”.
const STEP: usize = 10;

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
enum Way {
    Coming,
    Failed(ApiError),
    There(Shown),
}

/// What is shown.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    timeline: Arc<Timeline>,
    /// What makes the calendar hers; nobody but her takes one away.
    calendar_key: Option<String>,
}

async fn ask(citizen: Option<String>) -> Result<Shown, ApiError> {
    let (timeline, calendar_key) = match citizen {
        Some(citizen) => (api::citizen_rights(&citizen).await?.timeline, None),
        None => {
            let hers = api::my_rights().await?;
            (hers.timeline, Some(hers.calendar_key))
        }
    };
    Ok(Shown { timeline: Arc::new(timeline), calendar_key })
}

/// The page: hers, or for her caseworker.
pub(crate) fn rights_view(answer: Signal<Arc<AccountAnswer>>) -> View {
    let way = RwSignal::new(Way::Coming);
    let session = expect_context::<Session>();
    let citizen = Reader::here().citizen().map(str::to_owned);
    let fetch = move || {
        way.set(Way::Coming);
        let citizen = citizen.clone();
        spawn_local(async move {
            let answer = ask(citizen).await;
            // She has left the page.
            if way.try_get_untracked().is_none() {
                return;
            }
            way.set(match answer {
                Ok(rights) => Way::There(rights),
                Err(error) => {
                    session.note_error(&error);
                    Way::Failed(error)
                }
            });
        });
    };
    fetch();
    let t = language().rights();
    View::live(move || match way.get() {
        Way::Coming => view! { <PageSkeleton label=t.loading/> },
        Way::Failed(error) => no_answer(&error, fetch.clone()),
        Way::There(shown) => page_view(&shown, answer.with_untracked(|answer| answer.case.scheme)),
    })
}

fn page_view(shown: &Shown, scheme: Scheme) -> View {
    let words = Words { language: language(), scheme };
    let t = words.language.rights();
    let timeline = &shown.timeline;
    let next = model::next(timeline);
    let coming: Vec<_> = timeline
        .coming
        .iter()
        .filter(|entry| next.is_none_or(|next| next.id != entry.id))
        .map(|entry| entry_view(&model::entry(entry, timeline.today, words)))
        .collect();
    let of_rules =
        |entries: &[jobnet_rules::rights::Entry]| entries_view(entries, timeline.today, words);
    let answer = match next {
        Some(next) => {
            let said = model::entry(next, timeline.today, words);
            let left = model::left(next, timeline.today, words.language);
            view! {
                <p><strong>{said.when.clone()}</strong> " " {left}</p>
                {entry::body_view(&said)}
            }
        }
        None => view! { <p>{t.next_none}</p> },
    };
    let title = next.map(|next| model::entry(next, timeline.today, words).title);
    let id = next.map(|next| next.id.clone());
    view! {
        <h1>{t.title}</h1>
        <p class="lead">{t.lead}</p>
        <section class="todo" aria-labelledby="next-heading" data-part="next" data-entry=id>
            <div>
                <h2 id="next-heading">
                    {match title {
                        Some(title) => format!("{}: {title}", t.next),
                        None => t.next.to_owned(),
                    }}
                </h2>
                {answer}
            </div>
        </section>
        <section class="section" aria-labelledby="coming-heading" data-part="coming">
            <h2 id="coming-heading">{t.coming}</h2>
            {if coming.is_empty() {
                view! { <p>{t.coming_none}</p> }
            } else {
                view! { <ol class="looks">{coming}</ol> }
            }}
            {shown
                .calendar_key
                .clone()
                .filter(|_| !timeline.coming.is_empty())
                .map(|key| calendar_view(Arc::clone(timeline), key, words))}
        </section>
        <section class="section" aria-labelledby="rights-heading" data-part="rights">
            <h2 id="rights-heading">{t.rights}</h2>
            {of_rules(&timeline.rights)}
        </section>
        <section class="section" aria-labelledby="duties-heading" data-part="duties">
            <h2 id="duties-heading">{t.duties}</h2>
            {of_rules(&timeline.duties)}
        </section>
        <section class="section" aria-labelledby="past-heading" data-part="past">
            <h2 id="past-heading">{t.past}</h2>
            {past_view(Arc::clone(timeline), words)}
        </section>
        {rules_view(&model::rules(timeline, words.language), words.language)}
    }
}

/// Every rule of the page, once, when she opens it.
fn rules_view(rules: &[String], language: Language) -> View {
    if rules.is_empty() {
        return View::none();
    }
    let items: Vec<_> = rules.iter().map(|rule| view! { <li>{rule.clone()}</li> }).collect();
    view! {
        <section class="section" data-part="rules">
            <Disclosure title=language.rights().sources>
                <ul class="facts">{items}</ul>
            </Disclosure>
        </section>
    }
}

/// What has happened: the newest first, more when she asks.
fn past_view(timeline: Arc<Timeline>, words: Words) -> View {
    let t = words.language.rights();
    let of = timeline.past.len();
    if of == 0 {
        return view! { <p>{t.past_none}</p> };
    }
    let shown = RwSignal::new(STEP.min(of));
    let number = move |count: usize| words.language.integer(count.try_into().unwrap_or(i64::MAX));
    let more = move |_| {
        let first_new = shown.get_untracked();
        shown.set((first_new + STEP).min(of));
        // The button may be gone: she reads on where the new ones begin, once they stand there.
        request_animation_frame(move || document::focus(&format!("past-{first_new}")));
    };
    view! {
        {move || {
            let past = timeline.past.iter().take(shown.get()).enumerate();
            let entries: Vec<_> = past
                .map(|(place, entry)| {
                    let said = model::entry(entry, timeline.today, words);
                    entry::past_view(&said, format!("past-{place}"))
                })
                .collect();
            view! { <ol class="looks">{entries}</ol> }
        }}
        <p role="status" class="small muted">
            {move || fill(t.shown, &[("shown", &number(shown.get())), ("of", &number(of))])}
        </p>
        {move || {
            (shown.get() < of)
                .then(|| {
                    view! {
                        <p class="actions">
                            <button type="button" class="button button-secondary" on:click=more>
                                {t.more}
                            </button>
                        </p>
                    }
                })
        }}
    }
}

fn calendar_view(timeline: Arc<Timeline>, key: String, words: Words) -> View {
    let t = words.language.rights();
    let has_failed = RwSignal::new(false);
    let save = move |_| {
        let address = navigation::absolute(Page::Rights.path());
        let file = calendar::file(&timeline, &key, words.language, &address);
        let name = format!("{}.ics", t.calendar_file);
        has_failed.set(download::save_text(&name, calendar::KIND, &file).is_none());
    };
    view! {
        <div class="group">
            <h3>{t.calendar}</h3>
            <p class="prose">{t.calendar_text}</p>
            <p class="actions">
                <button type="button" class="button button-secondary" on:click=save>
                    {t.calendar_save}
                </button>
            </p>
            <p role="alert">{move || has_failed.get().then_some(t.calendar_failed)}</p>
        </div>
    }
}
