//! The preparation form, what a model makes of it, receipts, and the models themselves.
//!
//! Answers are the citizen's to give, change and withdraw; her caseworker reads. What a model says is
//! worked out in `jobnet-profiling`, never here. The files `*_model.rs` are pure.

mod asked;
mod card;
mod card_model;
mod card_tables;
mod card_variables;
mod citizen;
mod conflict;
mod effects;
mod effects_model;
mod exposure;
mod facts;
mod form;
mod guide;
mod history;
mod letters;
mod letters_model;
mod preview;
mod question;
mod receipt;
mod remark;
mod result;
mod result_model;
mod review;
mod rights;
mod said;
mod says;
mod sent;
mod start;
mod steps_model;
mod store;
mod what_if;
mod what_if_model;
mod when;
mod whole;

pub(crate) use card::models_view;
pub(crate) use citizen::citizen_view;
pub(crate) use exposure::exposure_view;
pub(crate) use letters::{letters_view, receipt_letter_view};
pub(crate) use preview::preview_view;
pub(crate) use said::said_view;

use jobnet_api::profile::MyProfile;
use leptos::prelude::*;

use crate::api;
use crate::i18n::{fill, messages};
use crate::platform::document;
use crate::state::{Place, Session, Who};
use crate::view::View;

use steps_model::Step;
use store::Store;

/// Her form and her profile.
pub(crate) fn profile_view() -> View {
    with_store(|store| {
        let place = expect_context::<Place>();
        let in_form =
            Memo::new(move |_| place.with(|address| step_of(address.value_of("trin")?)).is_some());
        Effect::new(move |before: Option<bool>| {
            let now = in_form.get();
            if before.is_some_and(|before| before != now) {
                // Once it stands in the page.
                request_animation_frame(move || place.arrive());
            }
            now
        });
        View::live(
            move || {
                if in_form.get() { form::form_view(store) } else { start::start_view(store) }
            },
        )
    })
}

fn step_of(text: &str) -> Option<Step> {
    Step::of(text.parse().ok()?)
}

/// A page that needs her profile.
fn with_store(page: impl Fn(Store) -> View + 'static) -> View {
    let session = expect_context::<Session>();
    let show = move |profile: MyProfile| page(Store::of(profile, whose(session)));
    asked::asked(api::profile::mine, show, |_| None)
}

/// The pseudonym of whose answers they are.
fn whose(session: Session) -> String {
    session.who().with_untracked(|who| match who {
        Who::Citizen(handle) => handle.clone(),
        _ => String::new(),
    })
}

/// Names the window.
fn name_window(name: impl Fn() -> String + 'static) {
    let shell = messages().shell;
    Effect::new(move |_| {
        document::set_title(&fill(shell.title, &[("page", &name()), ("name", shell.name)]));
    });
}
