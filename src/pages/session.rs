//! The dialogs of the session: it is about to end, and it has ended.

use leptos::html;
use leptos::prelude::*;

use crate::components::{Modal, ModalSide};
use crate::i18n::{fill, language, messages};
use crate::pages::landing::{Identities, WayIn};
use crate::platform::document;
use crate::state::{Session, said};
use crate::view::{View, view};

/// Both dialogs; each opens when it is needed.
pub fn dialogs() -> View {
    view! { <Ending/> <Ended/> }
}

/// Opens and closes a dialog with a signal; a new value opens one that she has closed.
fn follow<T: Clone + PartialEq + Send + Sync + 'static>(
    dialog: NodeRef<html::Dialog>,
    open: Memo<Option<T>>,
) {
    Effect::new(move |_| {
        let open = open.get().is_some();
        if let Some(dialog) = dialog.get() {
            if open {
                document::open_dialog(&dialog);
            } else {
                document::close_dialog(&dialog);
            }
        }
    });
}

/// “Du bliver snart logget af”: opens again at each time that is said aloud.
#[component(transparent)]
fn Ending() -> View {
    let t = language().prose().session;
    let session = expect_context::<Session>();
    let dialog = NodeRef::<html::Dialog>::new();
    let aloud = Memo::new(move |_| session.ending().and_then(|ending| said(ending.left)));
    follow(dialog, aloud);
    let in_words = |seconds: i64| {
        let (minutes, rest) = (seconds / 60, seconds % 60);
        let number = |number| language().integer(number);
        fill(t.left, &[("minutes", &number(minutes)), ("seconds", &number(rest))])
    };
    let left = move || session.ending().map(|ending| in_words(ending.left));
    let announced =
        move || aloud.get().map(|seconds| format!("{}. {}", t.ending, in_words(seconds)));
    let can_go_on = Memo::new(move |_| session.ending().is_none_or(|ending| ending.can_go_on));
    view! {
        <Modal node=dialog title=t.ending close=messages().shell.close side=ModalSide::Middle>
            <p class="countdown" role="timer" aria-live="off">{left}</p>
            <p class="sr-only" role="status">{announced}</p>
            {move || {
                let text = if can_go_on.get() { t.ending_text } else { t.ending_last_text };
                view! { <p>{text}</p> }
            }}
            <p role="alert">
                {move || session.failure().map(|_| messages().shell.offline_text)}
            </p>
            <p class="actions">
                {move || {
                    can_go_on
                        .get()
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="button button-primary"
                                    autofocus=true
                                    on:click=move |_| session.go_on()
                                >
                                    {t.go_on}
                                </button>
                            }
                        })
                }}
                <button
                    type="button"
                    class="button button-secondary"
                    on:click=move |_| session.sign_out()
                >
                    {messages().shell.sign_out}
                </button>
            </p>
        </Modal>
    }
}

/// Asks her back; what she typed waits in the memory of the page.
#[component(transparent)]
fn Ended() -> View {
    let t = language().prose().session;
    let session = expect_context::<Session>();
    let dialog = NodeRef::<html::Dialog>::new();
    follow(dialog, Memo::new(move |_| session.ended().then_some(())));
    let again = move || {
        session.persona().map(|persona| {
            view! {
                <p class="actions">
                    <button
                        type="button"
                        class="button button-primary"
                        autofocus=true
                        on:click=move |_| session.sign_in(persona.clone())
                    >
                        {t.again}
                    </button>
                </p>
            }
        })
    };
    view! {
        <Modal node=dialog title=t.ended close=messages().shell.close side=ModalSide::Middle>
            <p>{move || if session.keeps_drafts() { t.ended_kept } else { t.ended_text }}</p>
            {again}
            {move || {
                session
                    .ended()
                    .then(|| {
                        let is_demo = session.persona().is_some();
                        view! {
                            <WayIn/>
                            {is_demo.then(|| view! { <h3>{t.other}</h3> <Identities/> })}
                        }
                    })
            }}
        </Modal>
    }
}
