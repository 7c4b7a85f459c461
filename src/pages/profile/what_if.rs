//! “Hvad hvis”: other answers, tried live in the page. Nothing is sent or stored.

use std::sync::Arc;

use jobnet_api::profiling::answers::Answers;
use jobnet_api::profiling::fact::Facts;
use jobnet_api::profiling::form::{Choice, Question};
use jobnet_api::profiling::score::Sealed;
use leptos::prelude::*;

use crate::i18n::language;
use crate::view::{View, view};

use super::what_if_model::{outcome, questions, told, with};

/// The section; nothing where the model looks at no answer.
pub(super) fn what_if_view(model: Arc<Sealed>, answers: &Answers, facts: Facts) -> View {
    let t = language().profile().what_if;
    if questions(&model.model, answers).is_empty() {
        return View::none();
    }
    let hers = answers.clone();
    let tried = RwSignal::new(hers.clone());
    let now = outcome(&model, &hers, &facts);
    let shown = Arc::clone(&model);
    // Another education may ask for its field.
    let asked = Memo::new(move |_| tried.with(|tried| questions(&shown.model, tried)));
    let fields = move || {
        asked.get().into_iter().map(|question| field_view(tried, question)).collect::<Vec<_>>()
    };
    let same = hers.clone();
    let is_changed = Memo::new(move |_| tried.with(|tried| *tried != same));
    let words = move || {
        is_changed.get().then(|| {
            let then = tried.with(|tried| outcome(&model, tried, &facts));
            told(&now, &then, language())
        })
    };
    view! {
        <section class="section profile-what-if" aria-labelledby="what-if-title" data-part="what-if">
            <h2 id="what-if-title">{t.title}</h2>
            <p class="prose">{t.lead}</p>
            <div class="profile-fields">{fields}</div>
            <p class="takeaway" role="status" data-told=move || is_changed.get().to_string()>
                {move || words().unwrap_or_else(|| t.begin.to_owned())}
            </p>
            <p class="actions">
                <button
                    type="button"
                    class="button button-secondary"
                    on:click=move |_| tried.set(hers.clone())
                >
                    {t.reset}
                </button>
            </p>
            <p class="note">{t.warning}</p>
        </section>
    }
}

fn field_view(tried: RwSignal<Answers>, question: Question) -> View {
    let here = language();
    let t = here.profile().what_if;
    let id = format!("what-if-{question:?}").to_lowercase();
    let now = move || tried.with(|tried| tried.one(question));
    let key = |choice: Choice| format!("{choice:?}");
    let change = move |event: leptos::ev::Event| {
        let wanted = event_target_value(&event);
        let choice = question.choices().iter().copied().find(|choice| key(*choice) == wanted);
        tried.update(|tried| *tried = with(tried, question, choice));
    };
    let choices: Vec<_> = question
        .choices()
        .iter()
        .map(|choice| {
            let is_now = untrack(now) == Some(*choice);
            view! {
                <option value=key(*choice) selected=is_now>{here.choice(*choice)}</option>
            }
        })
        .collect();
    view! {
        <div class="form-group">
            <label class="form-label" for=id.clone()>{here.question(question).name}</label>
            <select
                class="form-select"
                id=id
                prop:value=move || now().map(key).unwrap_or_default()
                on:change=change
            >
                <option value="">{t.choose}</option>
                {choices}
            </select>
        </div>
    }
}
