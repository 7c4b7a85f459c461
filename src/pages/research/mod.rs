//! The pages of researchers: trials, one trial, and the preview of an arm.
//!
//! They see many at a time, never a person, and no outcome by arm before a trial is closed. The
//! files `*_model.rs` are pure.

mod arms;
mod dispatches;
pub mod draft_model;
mod editor;
pub mod fields_model;
#[cfg(test)]
mod fields_tests;
mod findings_model;
mod form;
mod input;
mod list;
mod measures;
mod numbers_model;
mod outbox;
mod outbox_model;
mod people;
mod plan;
mod plan_model;
#[cfg(test)]
mod plan_tests;
mod post;
mod post_model;
mod preview;
mod records;
mod sending;
mod steps;
mod steps_model;
mod trial;
mod variants;
mod variants_model;
mod watch;
mod watch_model;

use jobnet_api::boot::Role;
use jobnet_api::trials::protocol::life::State;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::language;
use crate::later;
use crate::platform::beat;
use crate::routes::Page;
use crate::state::Who;
use crate::view::{View, view};

pub(crate) use preview::preview_view;

use editor::Editor;

/// What came of a protocol, and the outbox. It is in a file of its own: whoever writes a protocol does
/// not need it.
#[derive(Clone, Copy)]
pub enum Course {
    /// What is to be sent, of all trials.
    Outbox,
    /// What a trial sends.
    Post(Editor),
    /// Its figures.
    Watch(Editor),
    /// Its life.
    Steps(Editor),
    /// What can be taken home.
    Export(Editor),
    /// What was done.
    Events(Editor),
}

/// A part of it.
pub(crate) fn course_view(course: Course) -> View {
    match course {
        Course::Outbox => outbox::outbox_view(),
        Course::Post(editor) => post::post_view(editor),
        Course::Watch(editor) => watch::watch_view(editor),
        Course::Steps(editor) => steps::steps_view(editor),
        Course::Export(editor) => records::export_view(editor),
        Course::Events(editor) => records::events_view(editor),
    }
}

/// A page of researchers, for whoever looks.
pub(crate) fn research_view(who: &Who, page: Page) -> View {
    let is_theirs = |role: &Role| matches!(role, Role::Researcher | Role::Administrator);
    let is_styled = RwSignal::new(false);
    let inside = match who {
        Who::Staff(roles, handle) if roles.iter().any(is_theirs) => match page {
            Page::Trial => trial::trial_view(handle),
            Page::Outbox if roles.contains(&Role::Administrator) => later::course(Course::Outbox),
            Page::Outbox => refused_view(),
            _ => list::list_view(roles.contains(&Role::Administrator), is_styled),
        },
        _ => refused_view(),
    };
    view! { {style_view(is_styled)} <div class="research">{inside}</div> }
}

/// A page that is not for whoever looks.
fn refused_view() -> View {
    let t = language().research().list;
    view! {
        <h1>{t.refused}</h1>
        <p class="lead">{t.refused_text}</p>
        <p class="actions"><a class="button button-primary" href=Page::Home.path()>{t.home}</a></p>
    }
}

/// So long, in **milliseconds**, something waits for its style at most.
const STYLE_MS: i32 = 1_000;

/// The rules of style that only these pages need, and whether they have come, or will not in time.
fn style_view(is_styled: RwSignal<bool>) -> View {
    // Once: what is drawn by then is not drawn anew, or what is typed in it would be lost.
    let came = move || {
        if is_styled.try_get_untracked() == Some(false) {
            is_styled.set(true);
        }
    };
    spawn_local(async move {
        beat::pause(STYLE_MS).await;
        came();
    });
    view! {
        <link rel="stylesheet" href="/research.css" on:load=move |_| came() on:error=move |_| came()/>
    }
}

/// A state in words.
fn state_name(state: State) -> &'static str {
    let t = language().research().list;
    match state {
        State::Draft => t.draft,
        State::Registered => t.registered,
        State::Running => t.running,
        State::Paused => t.paused,
        State::Closed => t.closed,
        State::Reported => t.reported,
    }
}
