//! One trial: where it is in its life, and its parts. The part is in the address.

use std::sync::Arc;

use jobnet_api::trial::Trial;
use jobnet_api::trials::protocol::check::Catalogue;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::components::{PageSkeleton, no_answer};
use crate::i18n::{Language, fill, language, messages};
use crate::later;
use crate::platform::document;
use crate::routes::{Page, use_id};
use crate::state::{Place, Session};
use crate::view::{View, view};

use super::editor::Editor;
use super::form::form_view;
use super::variants::variants_view;
use super::{Course, state_name};

/// A part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Protocol,
    Variants,
    Post,
    Watch,
    Steps,
    Export,
    Events,
}

impl Part {
    const ALL: [Self; 7] = [
        Self::Protocol,
        Self::Variants,
        Self::Post,
        Self::Watch,
        Self::Steps,
        Self::Export,
        Self::Events,
    ];

    /// The value of `del` in the address: the same in every language.
    const fn key(self) -> &'static str {
        match self {
            Self::Protocol => "protokol",
            Self::Variants => "varianter",
            Self::Post => "beskeder",
            Self::Watch => "foelg",
            Self::Steps => "trin",
            Self::Export => "eksport",
            Self::Events => "haendelser",
        }
    }

    fn name(self) -> &'static str {
        let t = language().research();
        match self {
            Self::Protocol => t.form.title,
            Self::Variants => t.variants.title,
            Self::Post => language().post().title,
            Self::Watch => t.watch.title,
            Self::Steps => t.steps.title,
            Self::Export => t.records.export,
            Self::Events => t.records.events,
        }
    }
}

type Told = Result<(Arc<Trial>, Catalogue), ApiError>;

/// The page.
pub(super) fn trial_view(whose: &str) -> View {
    let key = use_id().get_untracked().unwrap_or_default();
    let told = RwSignal::new(None::<Told>);
    let session = expect_context::<Session>();
    let t = language().research().list;
    let asked = key.clone();
    let ask = move || {
        let key = asked.clone();
        told.set(None);
        spawn_local(async move {
            let answer = async {
                let trial = api::trials::get(&key).await?;
                Ok((Arc::new(trial), api::trials::catalogue().await?))
            };
            let answer: Told = answer.await;
            if let Err(error) = &answer {
                session.note_error(error);
            }
            told.try_set(Some(answer));
        });
    };
    ask();
    let whose = whose.to_owned();
    View::live(move || match told.get() {
        None => view! { <PageSkeleton label=t.loading/> },
        Some(Err(ApiError::Server(Some(problem))))
            if problem.code == jobnet_api::problem::Code::NotFound =>
        {
            view! {
                <h1>{t.missing}</h1>
                <p class="lead">{t.missing_text}</p>
                <p class="actions"><a class="button button-primary" href=Page::Trials.path()>{t.back}</a></p>
            }
        }
        Some(Err(error)) => no_answer(&error, ask.clone()),
        Some(Ok((trial, catalogue))) => parts_view(Editor::of(trial, catalogue, &whose)),
    })
}

fn parts_view(editor: Editor) -> View {
    let t = language().research().list;
    let title = Memo::new(move |_| {
        editor.trial.with(|trial| {
            let title = &trial.protocol.public.title;
            let title = if language() == Language::Danish { &title.da } else { &title.en };
            if title.trim().is_empty() { trial.protocol.key.to_string() } else { title.clone() }
        })
    });
    let shell = messages().shell;
    Effect::new(move |_| {
        let name = title.get();
        document::set_title(&fill(shell.title, &[("page", &name), ("name", shell.name)]));
    });
    let place = expect_context::<Place>();
    let part = Memo::new(move |_| {
        place.with(|address| {
            let asked = address.value_of("del").unwrap_or_default();
            Part::ALL.into_iter().find(|part| part.key() == asked).unwrap_or(Part::Protocol)
        })
    });
    let links: Vec<_> = Part::ALL
        .into_iter()
        .map(|target| {
            let href = format!("?del={}", target.key());
            view! {
                <li><a href=href aria-current=move || (part.get() == target).then_some("true")>
                    {target.name()}
                </a></li>
            }
        })
        .collect();
    let state = move || state_name(editor.trial.with(|trial| trial.state));
    view! {
        <p class="small"><a href=Page::Trials.path()>{t.back}</a></p>
        <div class="page-title">
            <h1 tabindex="-1">{move || title.get()}</h1>
            <p class="muted">{t.column_state}": "<strong data-state=move || editor.trial.with(|trial| format!("{:?}", trial.state).to_lowercase())>{state}</strong></p>
        </div>
        <nav class="ways" aria-label=t.parts><ul>{links}</ul></nav>
        {move || match part.get() {
            Part::Protocol => form_view(editor),
            Part::Variants => variants_view(editor),
            Part::Post => later::course(Course::Post(editor)),
            Part::Watch => later::course(Course::Watch(editor)),
            Part::Steps => later::course(Course::Steps(editor)),
            Part::Export => later::course(Course::Export(editor)),
            Part::Events => later::course(Course::Events(editor)),
        }}
    }
}
