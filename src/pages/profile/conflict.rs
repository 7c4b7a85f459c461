//! An answer, or what she says of a fact, that was changed in another tab or on another device meanwhile: she is shown both and
//! says which one counts.

use std::rc::Rc;

use jobnet_api::profile::FactSay;
use jobnet_api::profiling::answers::Answer;
use leptos::prelude::*;

use crate::i18n::language;
use crate::view::{View, view};

use super::form::heading_later;
use super::says::SayWay;
use super::steps_model::said;
use super::store::{Store, Waiting, Way};

/// Every question that has two answers, and every fact of which she has said two things.
pub(super) fn conflicts_view(store: Store) -> View {
    let here = language();
    let t = here.profile().form;
    let words = |answer: Option<&Answer>| {
        answer.map_or_else(|| t.nothing.to_owned(), |answer| said(answer, here))
    };
    let mut views: Vec<View> = store.waiting.with(|waiting| {
        let views = waiting.iter().filter_map(|(question, waiting)| {
            let Waiting { answer, way: Way::Conflict(there, _), .. } = waiting else { return None };
            let question = *question;
            let both = [words(answer.as_ref()), words(there.as_ref())];
            let settle = move |is_here| {
                if is_here {
                    store.keep_here(question);
                } else {
                    store.keep_there(question);
                }
            };
            Some(conflict_view(here.question(question).title, both, Rc::new(settle)))
        });
        views.collect()
    });
    store.says.with(|says| {
        for (fact, saying) in says {
            if let SayWay::Conflict(there) = saying.way {
                let (fact, both) = (*fact, [saying.say, there].map(say_said));
                let settle = move |is_here| store.settle_say(fact, is_here);
                views.push(conflict_view(here.fact(fact).name, both, Rc::new(settle)));
            }
        }
    });
    View::many(views)
}

/// What she says of a fact, in the words of the boxes she ticks.
fn say_said(say: FactSay) -> String {
    let t = language().profile();
    let words = [(say.is_wrong, t.facts.wrong), (say.is_left_out, t.facts.leave_out)];
    let words: Vec<_> = words.into_iter().filter_map(|(is, word)| is.then_some(word)).collect();
    if words.is_empty() { t.form.nothing.to_owned() } else { words.join(". ") }
}

/// `settle` takes whether what stands here is to count.
fn conflict_view(title: &'static str, both: [String; 2], settle: Rc<dyn Fn(bool)>) -> View {
    let t = language().profile().form;
    let [here, there] = both;
    let way = |key: &'static str, name: &'static str, is_here: bool| {
        let settle = Rc::clone(&settle);
        view! {
            <button
                type="button"
                class="button button-secondary"
                data-keep=key
                on:click=move |_| {
                    settle(is_here);
                    heading_later();
                }
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="alert alert-warning" role="alert" data-part="conflict">
            <div class="alert-body">
                <h2 class="alert-heading">{t.conflict}</h2>
                <p class="alert-text">{title}</p>
                <p class="alert-text">{t.conflict_text}</p>
                <dl class="conflict">
                    <div><dt>{t.here}</dt><dd>{here}</dd></div>
                    <div><dt>{t.there}</dt><dd>{there}</dd></div>
                </dl>
                <p class="actions">
                    {way("here", t.keep_here, true)}
                    {way("there", t.keep_there, false)}
                </p>
            </div>
        </div>
    }
}
