//! Notes what was really shown of a profile, a receipt or a checklist because of a trial: at least half of it on
//! screen for a second, each variant once a day, and what she opened beyond it. It decides nothing.

use std::rc::Rc;

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::profile_exposure::{ProfileExposure, ProfileOpened, ProfileShown};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::pages::notes::{Notes, Shown, viewport};
use crate::platform::{beat, document, seen};
use crate::state::{Clock, Connection, Reader, Session};
use crate::view::View;

use super::whose;

/// What stands there until it has come.
const NOT_YET: &str = ".skeleton";
/// So long, in **milliseconds**, after a click something is open.
const OPENS_MS: i32 = 200;
/// What can be opened, and how that looks.
const OPENINGS: [(ProfileOpened, &str); 3] = [
    (ProfileOpened::Asked, "[data-asked]"),
    (ProfileOpened::Table, ".profile-result .disclosure[open]"),
    (ProfileOpened::WhatIf, "[data-part=what-if] [data-told=true]"),
];

thread_local! {
    static NOTES: Rc<Notes<ProfileExposure>> = Notes::new();
}

impl Shown for ProfileExposure {
    async fn send(self) -> Result<(), api::ApiError> {
        api::profile::exposure(&self).await
    }

    fn set_shown_at(&mut self, at: DateTime<Utc>) {
        self.shown_at = at;
    }
}

const fn is_profile(shown: ProfileShown) -> bool {
    matches!(shown, ProfileShown::Profile { .. })
}

/// Watches the first element of a selector, which shows what a trial has chosen.
pub(crate) fn exposure_view(
    trial: Option<&str>,
    shown: ProfileShown,
    place: &'static str,
    text_ids: Vec<String>,
    drawing: Option<String>,
) -> View {
    let clock = expect_context::<Clock>();
    let today = untrack(|| clock.today());
    let (Some(trial), Some(day), true) = (trial, today, Reader::here().is_herself()) else {
        return View::none();
    };
    let notes = NOTES.with(Rc::clone);
    notes.begin_for(Some(whose(expect_context::<Session>())));
    let key = trial.to_owned();
    let is_same = move |on: NaiveDate, noted: &ProfileExposure| {
        on == day && noted.trial == key && noted.shown == shown
    };
    if !notes.has(&is_same) {
        notes.add(
            day,
            ProfileExposure {
                trial: trial.to_owned(),
                shown,
                text_ids,
                drawing,
                build: document::build().unwrap_or_default(),
                viewport: viewport(),
                shown_at: DateTime::UNIX_EPOCH,
                opened: Vec::new(),
            },
        );
    }
    let watch = StoredValue::new_local(None);
    let factors = StoredValue::new_local(None);
    let (watched, same) = (Rc::clone(&notes), is_same.clone());
    let (looked, same_too) = (Rc::clone(&notes), is_same.clone());
    // It is being built: it stands in the page with the next picture.
    request_animation_frame(move || {
        watch.try_update_value(|watch| {
            *watch = Some(seen::Watch::new(place, NOT_YET, move || {
                watched.seen(&same);
                watched.send();
            }));
        });
        if is_profile(shown) {
            factors.try_update_value(|factors| {
                *factors = Some(seen::Watch::new("[data-part=factors]", NOT_YET, move || {
                    open(&looked, ProfileOpened::Factors, &same_too);
                    looked.send();
                }));
            });
        }
    });
    let listening = document::on_use(move || {
        let (notes, is_same) = (Rc::clone(&notes), is_same.clone());
        notes.send();
        spawn_local(async move {
            // What was asked for comes a moment later.
            beat::pause(OPENS_MS).await;
            let is_there = |(_, place): &&(ProfileOpened, &str)| document::is_there(place);
            for (what, _) in OPENINGS.iter().filter(is_there) {
                if *what == ProfileOpened::Asked {
                    // Who asks has seen that there is something to ask for, however soon she did.
                    notes.seen(&is_same);
                }
                open(&notes, *what, &is_same);
            }
            notes.send();
        });
    });
    let connection = expect_context::<Connection>();
    Effect::new(move || {
        if connection.is_online() {
            NOTES.with(|notes| notes.send());
        }
    });
    // Dropped with the view.
    StoredValue::new_local(listening);
    View::none()
}

/// She has opened the page of the models from her profile.
pub(super) fn models_opened() {
    NOTES.with(|notes| {
        open(notes, ProfileOpened::Model, &|_, noted| is_profile(noted.shown));
        notes.send();
    });
}

fn open(
    notes: &Notes<ProfileExposure>,
    what: ProfileOpened,
    is_same: &dyn Fn(NaiveDate, &ProfileExposure) -> bool,
) {
    notes.change(is_same, &|noted| {
        let is_new = !noted.opened.contains(&what);
        if is_new {
            noted.opened.push(what);
        }
        is_new
    });
}
