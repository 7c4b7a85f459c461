//! The figures as they stood on another day, and which months were corrected since.

use std::sync::Arc;

use chrono::NaiveDate;
use jobnet_api::account::AccountAnswer;
use jobnet_api::problem::Code;
use jobnet_rules::day;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::i18n::{Language, fill, language};
use crate::state::{Reader, Session};
use crate::view::{View, view};

use super::history_model::{Difference, differences};

const DAY: &str = "history-day";
const DAY_ERROR: &str = "history-day-error";

/// How far the question is.
#[derive(Clone, PartialEq)]
enum Asked {
    No,
    Busy,
    Told(NaiveDate, Arc<AccountAnswer>),
    Failed(NaiveDate, ApiError),
}

/// A day to choose, and what differs.
#[component(transparent)]
pub(super) fn Corrections(answer: Signal<Arc<AccountAnswer>>) -> View {
    let here = language();
    let texts = here.history();
    let session = expect_context::<Session>();
    let reader = Reader::here();
    let today = answer.with_untracked(|answer| super::today(&answer.case));
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let asked = RwSignal::new(Asked::No);
    let ask = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let day = typed.with_untracked(|typed| day::parse(typed));
        let Some(day) = day.filter(|day| *day <= today) else {
            wrong.set(true);
            crate::platform::document::focus(DAY);
            return;
        };
        wrong.set(false);
        asked.set(Asked::Busy);
        let reader = reader.clone();
        spawn_local(async move {
            asked.set(match api::account_on(&reader, day).await {
                Ok(then) => Asked::Told(day, Arc::new(then)),
                Err(error) => {
                    session.note_error(&error);
                    Asked::Failed(day, error)
                }
            });
        });
    };
    let error = move || {
        wrong.get().then(|| {
            view! {
                <span class="form-error-message" id=DAY_ERROR>
                    <span class="sr-only">{here.report().error_prefix}</span>
                    {texts.error}
                </span>
            }
        })
    };
    view! {
        <section class="section history" aria-labelledby="history-title" data-part="history">
            <h2 id="history-title">{texts.title}</h2>
            <p>{texts.intro}</p>
            <form novalidate=true on:submit=ask>
                <div class="form-group" class:form-error=move || wrong.get()>
                    <label class="form-label" for=DAY>{texts.day}</label>
                    {error}
                    <input class="form-input" type="date" id=DAY max=today.to_string()
                        aria-invalid=move || wrong.get().then_some("true")
                        aria-describedby=DAY_ERROR
                        prop:value=move || typed.get()
                        on:input=move |event| typed.set(event_target_value(&event))/>
                </div>
                <button class="button button-secondary" type="submit">
                    {move || if asked.with(|asked| *asked == Asked::Busy) { texts.asking } else { texts.show }}
                </button>
            </form>
            <div role="status">
                {move || answer.with(|now| asked.with(|asked| told_view(asked, now, here)))}
            </div>
        </section>
    }
}

fn told_view(asked: &Asked, now: &AccountAnswer, language: Language) -> View {
    let texts = language.history();
    let on = |text: &str, day: &NaiveDate| fill(text, &[("day", &language.date(*day))]);
    match asked {
        Asked::No | Asked::Busy => View::none(),
        Asked::Failed(day, ApiError::Server(Some(problem))) if problem.code == Code::NotFound => {
            view! { <p class="note">{on(texts.nothing, day)}</p> }
        }
        Asked::Failed(..) => view! { <p class="note">{texts.failed}</p> },
        Asked::Told(day, then) => {
            let found = differences(then, now, language);
            if found.is_empty() {
                return view! { <p class="note">{on(texts.same, day)}</p> };
            }
            let rows: Vec<_> = found.into_iter().map(|row| row_view(row, language)).collect();
            view! {
                <p>{on(texts.differs, day)}</p>
                <table class="table before-after">
                    <caption class="sr-only">{on(texts.differs, day)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{language.account().months.month}</th>
                            <th scope="col">{on(texts.then, day)}</th>
                            <th scope="col">{texts.now}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
        }
    }
}

fn row_view(row: Difference, language: Language) -> View {
    view! {
        <tr data-corrected=row.month.to_string()>
            <th scope="row">{Language::capital(&language.month(row.month))}</th>
            <td>{row.then}</td>
            <td>{row.now}</td>
        </tr>
    }
}
