//! One question: its answers, her own words where they belong, whether it is stored.

use jobnet_api::profiling::answers::{Answer, AnswerError, MAX_NOTE_CHARS};
use jobnet_api::profiling::form::{Choice, Question, Takes};
use leptos::prelude::*;

use crate::i18n::{fill, language};
use crate::view::{View, view};

use super::form::{Walk, actions_view, focus_later, heading_later};
use super::steps_model::{QUESTIONS, Step, chosen};
use super::store::{Store, Way};

/// The first answer to choose, where an error leads.
const FIRST: &str = "answer-0";
const NOTE: &str = "answer-note";
const ERROR: &str = "answer-error";
const HINT: &str = "answer-hint";

/// The page of a question.
pub(super) fn question_view(walk: Walk, question: Question) -> View {
    let here = language();
    let t = here.profile().form;
    let texts = here.question(question);
    let store = walk.store;
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match untrack(|| wrong(store, question)) {
            Some((words, id)) => {
                problem.set(Some(words));
                focus_later(id);
            }
            None => walk.next(),
        }
    };
    let number = Step::Question(question).number().to_string();
    let counter = if question.asked_after().is_some() { t.counter_more } else { t.counter };
    let counter = fill(counter, &[("number", &number), ("all", &QUESTIONS.to_string())]);
    let is_many = question.takes() == Takes::Many;
    let hint = [texts.hint, if is_many { t.many } else { "" }];
    let hint = hint.into_iter().filter(|hint| !hint.is_empty()).collect::<Vec<_>>().join(" ");
    let hinted = (!hint.is_empty()).then_some(HINT);
    let described = move || {
        let wrong = problem.with(Option::is_some).then_some(ERROR);
        [hinted, wrong].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let choices: Vec<_> = question
        .choices()
        .iter()
        .enumerate()
        .map(|(place, choice)| choice_view(store, question, *choice, place, problem))
        .collect();
    view! {
        <form class="question" novalidate=true autocomplete="off" on:submit=submit>
            <div class="form-group" class:form-error=move || problem.with(Option::is_some)>
                <fieldset aria-describedby=described>
                    <legend>
                        <span class="question-counter">{counter}</span>
                        <h1 tabindex="-1">{texts.title}</h1>
                    </legend>
                    {hinted.map(|id| view! { <p class="form-hint" id=id>{hint}</p> })}
                    {move || problem.get().map(|words| view! {
                        <p class="form-error-message" id=ERROR>
                            <span class="sr-only">{t.error}</span>
                            {words}
                        </p>
                    })}
                    <div class="question-choices">{choices}</div>
                </fieldset>
                {(question == Question::Difficulties).then(|| note_view(store))}
            </div>
            {saving_view(store, question)}
            {actions_view(walk, view! {
                <button type="submit" class="button button-primary">{t.next}</button>
            })}
        </form>
    }
}

/// What is in the way of going on, and where it is put right.
pub(super) fn wrong(store: Store, question: Question) -> Option<(String, &'static str)> {
    let t = language().profile().form;
    let answer = store.answer(question).unwrap_or_default();
    match answer.check(question) {
        Ok(()) => None,
        Err(AnswerError::LongNote) => {
            let over = answer.note.map_or(0, |note| note.chars().count()) - MAX_NOTE_CHARS;
            Some((fill(t.note_over, &[("count", &over.to_string())]), NOTE))
        }
        Err(_) => Some((t.missing.to_owned(), FIRST)),
    }
}

fn choice_view(
    store: Store,
    question: Question,
    choice: Choice,
    place: usize,
    problem: RwSignal<Option<String>>,
) -> View {
    let is_chosen = move || store.answers().has(question, choice);
    let choose = move |_| {
        problem.set(None);
        let before = untrack(|| store.answer(question));
        store.give(question, chosen(question, before.as_ref(), choice));
    };
    let kind = if question.takes() == Takes::Many { "checkbox" } else { "radio" };
    view! {
        <label class="question-choice">
            <input
                type=kind
                name="answer"
                id=format!("answer-{place}")
                data-choice=format!("{choice:?}")
                prop:checked=is_chosen
                on:change=choose
            />
            <span>{language().choice(choice)}</span>
        </label>
    }
}

/// Her own words, once she has chosen “other”.
fn note_view(store: Store) -> View {
    const QUESTION: Question = Question::Difficulties;
    let t = language().profile().form;
    let is_asked = Memo::new(move |_| store.answers().has(QUESTION, Choice::OtherDifficulty));
    let note = move || store.answer(QUESTION).and_then(|answer| answer.note).unwrap_or_default();
    let left = move || {
        let most = i64::try_from(MAX_NOTE_CHARS).unwrap_or_default();
        let left = most - i64::try_from(note().chars().count()).unwrap_or(i64::MAX);
        let text = if left < 0 { t.note_over } else { t.note_left };
        fill(text, &[("count", &language().integer(left.abs()))])
    };
    let with_note = move |text: String| {
        let before = untrack(|| store.answer(QUESTION))?;
        Some(Answer { note: (!text.trim().is_empty()).then_some(text), ..before })
    };
    let typed = move |event: leptos::ev::Event| {
        if let Some(answer) = with_note(event_target_value(&event)) {
            store.write(QUESTION, answer);
        }
    };
    let hint = fill(t.note_hint, &[("max", &MAX_NOTE_CHARS.to_string())]);
    View::live(move || {
        is_asked.get().then(|| {
            view! {
                <div class="question-note">
                    <label class="form-label" for=NOTE>{t.note}</label>
                    <span class="form-hint" id="answer-note-hint">{hint.clone()}</span>
                    <textarea
                        class="form-input"
                        id=NOTE
                        rows="3"
                        aria-describedby="answer-note-hint answer-note-left"
                        prop:value=note
                        on:input=typed
                    ></textarea>
                    <span class="form-hint" id="answer-note-left">{left}</span>
                </div>
            }
        })
    })
}

/// Whether her answer is stored.
fn saving_view(store: Store, question: Question) -> View {
    let t = language().profile().form;
    let way = Memo::new(move |_| {
        store.waiting.with(|waiting| waiting.get(&question).map(|waiting| waiting.way.clone()))
    });
    let is_saved = move || store.saved.with(|saved| saved.contains(&question));
    view! {
        <div class="question-saving" role="status" data-saving=move || match way.get() {
            Some(Way::Busy) => "busy",
            Some(Way::Failed) => "failed",
            Some(Way::Typed) => "typed",
            Some(Way::Conflict(..)) => "conflict",
            None if is_saved() => "saved",
            None => "",
        }>
            {move || match way.get() {
                Some(Way::Busy) => view! { <p class="muted">{t.saving}</p> },
                Some(Way::Failed) => view! {
                    <p><strong>{t.not_saved}</strong></p>
                    <button
                        type="button"
                        class="button button-secondary"
                        on:click=move |_| {
                            store.retry();
                            heading_later();
                        }
                    >
                        {t.retry}
                    </button>
                },
                Some(Way::Typed | Way::Conflict(..)) => View::none(),
                None if is_saved() => view! { <p class="muted">{t.saved}</p> },
                None => View::none(),
            }}
        </div>
    }
}
