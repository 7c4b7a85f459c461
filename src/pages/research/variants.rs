//! “Varianter”: every arm beside the others, live, as a made-up citizen would have it.

use jobnet_api::trial::{Preview, PreviewAsked, PreviewCitizen};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::i18n::{Language, fill, language, messages};
use crate::platform::{document, navigation};
use crate::routes::Page;
use crate::state::Session;
use crate::view::{View, view};

use super::arms::harm_note;
use super::editor::{Editor, failed_view};
use super::input::word_of;
use super::variants_model::{Look, address, asked, framing, situation};

/// How the frames look.
#[derive(Clone, Copy)]
struct Frames {
    wide: RwSignal<bool>,
    dark: RwSignal<bool>,
    language: RwSignal<Language>,
    look: RwSignal<Look>,
}

/// The part.
pub(super) fn variants_view(editor: Editor) -> View {
    let t = language().research().variants;
    let frames = Frames {
        wide: RwSignal::new(false),
        dark: RwSignal::new(false),
        language: RwSignal::new(language()),
        look: RwSignal::new(Look::default()),
    };
    // The arms as they were when this part was opened.
    let (surface, arms) = editor
        .protocol
        .with_untracked(|protocol| (protocol.surface.clone(), protocol.arms.clone()));
    let is_danish = language() == Language::Danish;
    let all: Vec<_> = arms
        .iter()
        .map(|arm| {
            let name = if is_danish { &arm.name.da } else { &arm.name.en };
            let name = if name.is_empty() { arm.key.to_string() } else { name.clone() };
            let harm = harm_note(arm);
            let (surface, arm) = (surface.clone(), arm.clone());
            let ask = Memo::new(move |_| asked(&surface, &arm, frames.look.get()));
            variant_view(frames, name, harm, ask)
        })
        .collect();
    let is_empty = all.is_empty();
    view! {
        <h2>{t.title}</h2>
        <p>{t.lead}</p>
        {tools_view(frames)}
        {is_empty.then(|| view! { <p class="note">{t.none}</p> })}
        <ul class="variants" class:wide=move || frames.wide.get()>{all}</ul>
    }
}

fn tools_view(frames: Frames) -> View {
    let t = language().research().variants;
    let toggle = |name: &'static str, is_on: Signal<bool>, act: Box<dyn Fn()>| {
        view! {
            <button type="button" class="toggle" aria-pressed=move || is_on.get().to_string()
                on:click=move |_| act()>{name}</button>
        }
    };
    let Frames { wide, dark, language: shown, look } = frames;
    let english = Signal::derive(move || shown.get() == Language::English);
    let choose_language = move || {
        shown.update(|now| {
            *now = if *now == Language::Danish { Language::English } else { Language::Danish };
        });
    };
    let select = |id: &'static str,
                  label: &'static str,
                  words: &[(&'static str, String)],
                  act: Box<dyn Fn(String)>| {
        let options: Vec<_> = words
            .iter()
            .map(|(word, name)| view! { <option value=*word>{name.clone()}</option> })
            .collect();
        view! {
            <div class="form-group">
                <label class="form-label" for=id>{label}</label>
                <select class="form-select" id=id on:change=move |event| act(event_target_value(&event))>
                    {options}
                </select>
            </div>
        }
    };
    let named = |word: &'static str| (word, word_of(word));
    let framings = [("", t.as_arm.to_owned()), named("earned"), named("lacking")];
    let citizens = PreviewCitizen::ALL.map(|citizen| named(citizen.word()));
    let identities = messages().identities;
    let story = move || look.with(|look| look.citizen.persona().and_then(|key| identities.of(key)));
    let situations = ["ordinary", "no_hours", "unknown_hours", "near_limit"].map(named);
    view! {
        <div class="variant-tools">
            <div class="toggles" role="group" aria-label=t.tools>
                {toggle(t.wide, wide.into(), Box::new(move || wide.update(|wide| *wide = !*wide)))}
                {toggle(t.dark, dark.into(), Box::new(move || dark.update(|dark| *dark = !*dark)))}
                {toggle(t.english, english, Box::new(choose_language))}
            </div>
            {select("variant-framing", t.framing, &framings, Box::new(move |word| {
                look.update(|look| look.framing = framing(&word));
            }))}
            {select("variant-citizen", t.citizen, &citizens, Box::new(move |word| {
                look.update(|look| {
                    look.citizen = PreviewCitizen::of_word(&word).unwrap_or_default();
                });
            }))}
            {select("variant-situation", t.situation, &situations, Box::new(move |word| {
                look.update(|look| look.situation = situation(&word).unwrap_or_default());
            }))}
            {select("variant-hours", t.hours, &[
                ("24", t.day.to_owned()), ("72", t.three_days.to_owned()), ("336", t.two_weeks.to_owned()),
            ], Box::new(move |word| {
                look.update(|look| look.hours = word.parse().unwrap_or(24));
            }))}
        </div>
        <p class="muted" role="status" data-part="variant-story">{story}</p>
    }
}

/// One arm: its frame and its link.
fn variant_view(frames: Frames, name: String, harm: View, ask: Memo<Option<PreviewAsked>>) -> View {
    let t = language().research().variants;
    let told = RwSignal::new(None::<Result<Preview, ApiError>>);
    let session = expect_context::<Session>();
    Effect::new(move |_| {
        let Some(asked) = ask.get() else { return };
        spawn_local(async move {
            let answer = api::trials::preview_link(&asked).await;
            if let Err(error) = &answer {
                session.note_error(error);
            }
            // Another may have been asked for meanwhile.
            if ask.try_get_untracked().flatten() == Some(asked) {
                told.try_set(Some(answer));
            }
        });
    });
    let title = fill(t.frame, &[("name", &name)]);
    let frame = move || match (ask.get(), told.get()) {
        (None, _) => view! { <p class="note">{t.nothing}</p> },
        (_, None) => view! { <p class="muted" role="status">{t.loading}</p> },
        (_, Some(Err(error))) => failed_view("variant-failed", t.failed, &error),
        (_, Some(Ok(preview))) => {
            let page = Page::Preview.about(&preview.token);
            let src = move || address(&page, frames.language.get().code(), frames.dark.get());
            let (title, for_link) = (title.clone(), preview.clone());
            view! {
                <div class="variant-frame"><iframe src=src.clone() title=title></iframe></div>
                {link_view(frames, for_link)}
            }
        }
    };
    view! {
        <li>
            <h3>{name.clone()}</h3>
            {harm}
            {frame}
        </li>
    }
}

/// The link for a colleague.
fn link_view(frames: Frames, preview: Preview) -> View {
    let t = language().research().variants;
    let page = Page::Preview.about(&preview.token);
    let href = move || address(&page, frames.language.get().code(), frames.dark.get());
    let opened = href.clone();
    let until = language().date(preview.until.date_naive());
    let copied = RwSignal::new(None::<bool>);
    let copy = move |_| {
        let link = navigation::absolute(&untrack(&href));
        spawn_local(async move { copied.set(Some(document::copy(&link).await)) });
    };
    view! {
        <p class="small">{fill(t.until, &[("day", &until)])}</p>
        <p class="actions">
            <button type="button" class="function-link" on:click=copy>{t.copy}</button>
            <a href=opened target="_blank" rel="noopener">{t.open}</a>
            <span role="status" class="small">{move || match copied.get() {
                Some(true) => t.copied,
                Some(false) => t.not_copied,
                None => "",
            }}</span>
        </p>
    }
}
