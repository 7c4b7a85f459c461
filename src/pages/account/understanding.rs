//! Five questions about her own account: asked while she is in a trial, at most once a month, and she
//! may skip them. What is right is judged on the server; the page tells her once she has answered.

use std::sync::Arc;

use jobnet_api::account::AccountAnswer;
use jobnet_api::understanding::{Answer, Answers, Asked, Judged, JudgedAnswer};
use jobnet_rules::understanding::{Choice, Question};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::i18n::{fill, language};
use crate::later;
use crate::platform::document;
use crate::state::{Drafts, Reader, Session};
use crate::view::{View, view};

use super::explain::line_view;
use super::understanding_model::{choice_text, question_text, topic};
use super::words::sentences_view;
use super::words_model::{statement, takeaway};

/// What comes next on the page, so that it can get the focus.
const NEXT: &str = "understanding-next";

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
enum Way {
    /// Not asked, or not known yet.
    Nothing,
    /// She may begin or skip.
    Offered,
    /// She answers.
    Answering,
    /// She has.
    Done(Judged),
}

#[derive(Clone, Copy)]
struct Check {
    way: RwSignal<Way>,
    asked: RwSignal<Vec<Asked>>,
    /// What she has chosen so far; it outlives the page and her session.
    chosen: RwSignal<Vec<Answer>>,
    is_busy: RwSignal<bool>,
    /// What is in the way.
    problem: RwSignal<Option<&'static str>>,
    session: Session,
}

/// What she herself is asked while she is in a trial; nobody else is.
pub(super) fn asked_view(answer: &Arc<AccountAnswer>) -> Option<View> {
    let reader = Reader::here();
    let is_asked = reader == Reader::Herself && reader.arm().is_some();
    is_asked.then(|| later::understanding(Arc::clone(answer)))
}

/// The questions, if she is asked now.
pub(crate) fn understanding_view(answer: Arc<AccountAnswer>) -> View {
    let check = Check {
        way: RwSignal::new(Way::Nothing),
        asked: RwSignal::new(Vec::new()),
        chosen: expect_context::<Drafts>().understanding,
        is_busy: RwSignal::new(false),
        problem: RwSignal::new(None),
        session: expect_context::<Session>(),
    };
    spawn_local(async move {
        // Nothing is said of a failure: she has asked for nothing.
        let Ok(found) = api::understanding().await else { return };
        if !found.questions.is_empty() && check.way.try_get_untracked() == Some(Way::Nothing) {
            check.asked.set(found.questions);
            let has_begun = !check.chosen.with_untracked(Vec::is_empty);
            check.way.set(if has_begun { Way::Answering } else { Way::Offered });
        }
    });
    let t = language().understanding();
    let content = move |way: Way| match way {
        Way::Nothing => View::none(),
        Way::Offered => view! {
            <p class="prose">{t.lead}</p>
            {problem_view(check)}
            <p class="actions">
                <button
                    type="button"
                    class="button button-primary"
                    on:click=move |_| check.go(Way::Answering)
                >
                    {t.begin}
                </button>
                {skip_view(check)}
            </p>
        },
        Way::Answering => form_view(check),
        Way::Done(judged) => judged_view(&judged, &answer),
    };
    View::live(move || match check.way.get() {
        Way::Nothing => View::none(),
        way => view! {
            <section
                class="section understanding"
                aria-labelledby="understanding-title"
                data-part="understanding"
            >
                <h2 id="understanding-title">{t.title}</h2>
                {content(way)}
            </section>
        },
    })
}

impl Check {
    fn go(self, way: Way) {
        self.problem.set(None);
        self.way.set(way);
        focus_next();
    }

    fn choose(self, question: Question, choice: Option<Choice>) {
        self.chosen.update(|chosen| {
            chosen.retain(|answer| answer.question != question);
            chosen.push(Answer { question, choice });
        });
    }

    fn is_chosen(self, question: Question, choice: Option<Choice>) -> bool {
        self.chosen.with(|chosen| chosen.contains(&Answer { question, choice }))
    }

    /// Sends what she has chosen, or that she skips.
    fn send(self, answers: Vec<Answer>) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        self.problem.set(None);
        spawn_local(async move {
            let answer = api::send_answers(&Answers { answers }).await;
            if answer.is_ok() {
                self.chosen.set(Vec::new());
            }
            // She has left the page.
            if self.way.try_get_untracked().is_none() {
                return;
            }
            self.is_busy.set(false);
            match answer {
                Ok(judged) => self.go(Way::Done(judged)),
                Err(error) => {
                    self.problem.set(Some(language().understanding().failed));
                    self.session.note_error(&error);
                }
            }
        });
    }

    fn submit(self) {
        let chosen = self.chosen.get_untracked();
        if chosen.len() < self.asked.with_untracked(Vec::len) {
            self.problem.set(Some(language().understanding().incomplete));
        } else {
            self.send(chosen);
        }
    }
}

fn focus_next() {
    request_animation_frame(move || document::focus(NEXT));
}

fn problem_view(check: Check) -> View {
    view! {
        <p class="form-error-message" role="alert">
            {move || check.problem.get()}
        </p>
    }
}

fn skip_view(check: Check) -> View {
    view! {
        <button
            type="button"
            class="button button-secondary"
            aria-disabled=move || check.is_busy.get().to_string()
            on:click=move |_| check.send(Vec::new())
        >
            {language().understanding().skip}
        </button>
    }
}

fn form_view(check: Check) -> View {
    let t = language().understanding();
    let questions: Vec<_> = check
        .asked
        .get_untracked()
        .iter()
        .enumerate()
        .map(|(place, asked)| question_view(check, place, asked))
        .collect();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        check.submit();
    };
    view! {
        <form novalidate=true on:submit=submit aria-labelledby="understanding-title">
            {questions}
            {problem_view(check)}
            <p class="actions">
                <button
                    type="submit"
                    class="button button-primary"
                    aria-disabled=move || check.is_busy.get().to_string()
                >
                    {move || if check.is_busy.get() { t.sending } else { t.send }}
                </button>
                {skip_view(check)}
            </p>
        </form>
    }
}

fn question_view(check: Check, place: usize, asked: &Asked) -> View {
    let here = language();
    let question = asked.question;
    let choices = asked.choices.iter().copied().map(Some).chain([None]);
    let choices: Vec<_> = choices
        .map(|choice| {
            view! {
                <label class="looks-choice">
                    <input
                        type="radio"
                        name=format!("understanding-{place}")
                        prop:checked=move || check.is_chosen(question, choice)
                        on:change=move |_| check.choose(question, choice)
                    />
                    <span>{choice_text(question, choice, here)}</span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset data-question=place.to_string() id=(place == 0).then_some(NEXT) tabindex="-1">
            <legend class="form-label">{question_text(question, here)}</legend>
            {choices}
        </fieldset>
    }
}

fn judged_view(judged: &Judged, answer: &AccountAnswer) -> View {
    let here = language();
    let t = here.understanding();
    if judged.answers.is_empty() {
        return view! { <p id=NEXT tabindex="-1">{t.skipped}</p> };
    }
    let number = |number: usize| here.integer(i64::try_from(number).unwrap_or_default());
    let right = judged.answers.iter().filter(|judged| judged.is_right).count();
    let result =
        fill(t.result, &[("count", &number(right)), ("all", &number(judged.answers.len()))]);
    let told: Vec<_> = judged.answers.iter().map(|judged| told_view(judged, answer)).collect();
    view! {
        <p class="lead" id=NEXT tabindex="-1">
            {result}
        </p>
        <p>{t.thanks}</p>
        {told}
    }
}

/// A question with her answer, the right one, and what her account says about it.
fn told_view(judged: &JudgedAnswer, answer: &AccountAnswer) -> View {
    let here = language();
    let t = here.understanding();
    let of = |choice| choice_text(judged.question, choice, here);
    let text = match judged.choice {
        Some(_) if judged.is_right => t.right,
        Some(_) => t.wrong,
        None => t.told,
    };
    let text = fill(text, &[("choice", &of(judged.choice)), ("right", &of(Some(judged.right)))]);
    let framing = Reader::here().arm().map(|arm| arm.framing);
    let why = match topic(judged.question) {
        Some(topic) => statement(answer, topic, framing, here)
            .map(|statement| sentences_view(answer, &statement)),
        None => takeaway(answer, here)
            .map(|line| view! { <p>{line_view(&line, &answer.account.trace)}</p> }),
    };
    view! {
        <h3>{question_text(judged.question, here)}</h3>
        <p data-right=judged.is_right.to_string()>
            <strong>{text}</strong>
        </p>
        {why}
    }
}
