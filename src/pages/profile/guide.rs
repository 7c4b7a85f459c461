//! The step guide: beside the step, or on a narrow screen behind a button that says where she is.

use leptos::html;
use leptos::prelude::*;

use crate::components::{Modal, ModalSide};
use crate::i18n::{fill, language};
use crate::platform::document;
use crate::view::{View, view};

use super::form::Walk;
use super::steps_model::{GuideStep, STEPS, address, guide};

/// The guide.
pub(super) fn guide_view(walk: Walk) -> View {
    let t = language().profile().form;
    let dialog = NodeRef::<html::Dialog>::new();
    let open = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            document::open_dialog(&dialog);
        }
    };
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            document::close_dialog(&dialog);
        }
    };
    let at = move || {
        let step = walk.step.get();
        let (number, all) = (step.number().to_string(), STEPS.to_string());
        fill(t.at, &[("step", &number), ("all", &all), ("name", step.name(language()))])
    };
    view! {
        <nav class="guide-wide" aria-label=t.guide>{steps_view(walk)}</nav>
        <button
            type="button"
            class="button button-secondary guide-narrow"
            aria-haspopup="dialog"
            on:click=open
        >
            {at}
        </button>
        <Modal node=dialog title=t.guide close=t.close side=ModalSide::Middle>
            // Choosing a step closes the dialog.
            <nav aria-label=t.guide on:click=close>{steps_view(walk)}</nav>
        </Modal>
    }
}

fn steps_view(walk: Walk) -> View {
    let lines = Memo::new(move |_| guide(&walk.store.answers(), language()));
    let here = Memo::new(move |_| walk.step.get().number());
    View::live(move || {
        let steps: Vec<_> = lines.get().into_iter().map(|line| step_view(&line, here)).collect();
        view! { <ol class="step-indicator">{steps}</ol> }
    })
}

fn step_view(line: &GuideStep, here: Memo<usize>) -> View {
    let t = language().profile().form;
    let GuideStep { number, name, is_done } = *line;
    let is_here = move || here.get() == number;
    let mark = if is_done == Some(true) { "✓".to_owned() } else { number.to_string() };
    let state = is_done.map(|is_done| if is_done { t.done } else { t.open });
    view! {
        <li class:current=is_here data-done=is_done.map(|is_done| is_done.to_string())>
            <a
                class="step"
                href=address(number)
                aria-current=move || is_here().then_some("step")
            >
                <span class="step-number" aria-hidden="true"><span>{mark}</span></span>
                <span class="step-words">
                    <span class="sr-only">{format!("{number}. ")}</span>
                    <span class="step-title">{name}</span>
                    {state.map(|state| view! { <span class="sr-only">{format!(", {state}")}</span> })}
                </span>
            </a>
        </li>
    }
}
