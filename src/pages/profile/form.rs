//! The form: one step at a time. The number of the step is in the address; on which page of it she
//! is, when a question goes on, only this page knows.

use leptos::prelude::*;

use crate::i18n::{fill, language};
use crate::platform::document;
use crate::routes::Page;
use crate::state::Place;
use crate::view::{View, view};

use super::conflict::conflicts_view;
use super::guide::guide_view;
use super::steps_model::{STEPS, Step};
use super::store::{Store, Way};
use super::{facts, name_window, question, review, step_of};

/// Where in the form she is, and how she gets on.
#[derive(Clone, Copy)]
pub(super) struct Walk {
    pub(super) store: Store,
    pub(super) step: Memo<Step>,
    /// The page she is on her way to, when it has the address of another.
    going: RwSignal<Option<Step>>,
    pub(super) place: Place,
}

/// The form.
pub(super) fn form_view(store: Store) -> View {
    let place = expect_context::<Place>();
    let going = RwSignal::new(None::<Step>);
    let here = RwSignal::new(None::<Step>);
    // The address is followed even where it stays the same: back from a question that goes on, it
    // leads to its beginning.
    Effect::new(move |_| {
        let named = place.with(|address| step_of(address.value_of("trin")?));
        let gone = going.try_update_untracked(Option::take).flatten();
        let step = gone.or(named);
        if step.is_some() && here.get_untracked() != step {
            here.set(step);
        }
    });
    let first = untrack(|| place.with(|address| step_of(address.value_of("trin")?)));
    let first = first.unwrap_or(Step::Review);
    let step = Memo::new(move |_| here.get().unwrap_or(first));
    let walk = Walk { store, step, going, place };
    Effect::new(move |before: Option<Step>| {
        let now = step.get();
        if before.is_some_and(|before| before != now) {
            // Once it stands in the page.
            request_animation_frame(move || place.arrive());
        }
        now
    });
    let t = language().profile();
    name_window(move || {
        let step = step.get();
        let at = fill(
            t.form.at,
            &[
                ("step", &step.number().to_string()),
                ("all", &STEPS.to_string()),
                ("name", step.name(language())),
            ],
        );
        format!("{at} – {}", t.start.title)
    });
    view! {
        <div class="form-steps">
            {guide_view(walk)}
            <div class="form-step">
                {move || conflicts_view(store)}
                {not_saved_view(walk)}
                {move || match step.get() {
                    Step::Question(question) => question::question_view(walk, question),
                    Step::Facts => facts::facts_view(walk),
                    Step::Review => review::review_view(walk),
                }}
            </div>
        </div>
    }
}

impl Walk {
    /// Goes to a step.
    pub(super) fn go(self, step: Step) {
        self.going.set(Some(step));
        self.place.go(&step.address());
    }

    /// Goes to the step after this one.
    pub(super) fn next(self) {
        self.go(self.step.get_untracked().next(&untrack(|| self.store.answers())));
    }

    /// Goes to the step before this one; from the first, out of the form.
    pub(super) fn back(self) {
        match self.step.get_untracked().previous(&untrack(|| self.store.answers())) {
            Some(step) => self.go(step),
            None => self.place.go(Page::Profile.path()),
        }
    }
}

/// Back and on. “On” sends the form around it.
pub(super) fn actions_view(walk: Walk, next: View) -> View {
    let t = language().profile().form;
    view! {
        <p class="actions">
            {next}
            <button
                type="button"
                class="button button-secondary"
                data-way="back"
                on:click=move |_| walk.back()
            >
                {t.back}
            </button>
            <a class="form-pause" href=Page::Profile.path()>{t.pause}</a>
        </p>
    }
}

/// Answers to other questions that did not arrive, as they stand at a step.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Others {
    step: Step,
    names: String,
    /// There were some at this step, and nothing has been answered since they arrived.
    were_missed: bool,
    /// There were, and the server has everything now.
    have_arrived: bool,
}

/// Answers to other questions that did not arrive, or that they have by now.
fn not_saved_view(walk: Walk) -> View {
    let t = language().profile().form;
    let Walk { store, step, .. } = walk;
    let others = Memo::new(move |before: Option<&Others>| {
        let here = step.get();
        store.waiting.with(|waiting| {
            let others = waiting.iter().filter(|(question, waiting)| {
                waiting.way == Way::Failed && Step::Question(**question) != here
            });
            let names = others.map(|(question, _)| language().question(*question).name);
            let names = names.collect::<Vec<_>>().join(", ");
            let were_missed = !names.is_empty()
                || before.is_some_and(|before| {
                    // Said once: the next answer begins anew.
                    let is_new = before.have_arrived && !waiting.is_empty();
                    before.step == here && before.were_missed && !is_new
                });
            let have_arrived = were_missed && waiting.is_empty();
            Others { step: here, names, were_missed, have_arrived }
        })
    });
    view! {
        <div role="status">
            {move || {
                let Others { names, have_arrived, .. } = others.get();
                if have_arrived {
                    return Some(view! {
                        <p class="note" data-part="saved-others">{t.saved_others}</p>
                    });
                }
                (!names.is_empty()).then(|| view! {
                    <div class="alert alert-warning" data-part="not-saved">
                        <div class="alert-body">
                            <p class="alert-text">{fill(t.not_saved_others, &[("names", &names)])}</p>
                            <p class="actions">
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
                            </p>
                        </div>
                    </div>
                })
            }}
        </div>
    }
}

/// Moves the focus once the page has been drawn.
pub(super) fn focus_later(id: &'static str) {
    request_animation_frame(move || document::focus(id));
}

/// The same for the heading, when what had the focus is gone.
pub(super) fn heading_later() {
    request_animation_frame(|| {
        document::go_to("");
    });
}
