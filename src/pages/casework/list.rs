//! The list of citizens: asks for it, and keeps what was asked and answered in [`Drafts`], so that
//! the way back from a citizen leads to the same list, place and focus.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use jobnet_api::casework::{Caseload, CaseloadQuery};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::components::{PageSkeleton, no_answer};
use crate::i18n::{Language, fill, language, messages};
use crate::platform::document;
use crate::state::{Drafts, List, Session};
use crate::view::{View, view};

use super::list_table::{paging_view, table_view};
use super::list_tools::Tools;

/// How the last question went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Busy,
    Told,
    Failed(ApiError),
}

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    Loading,
    Failed(ApiError),
    Shown,
}

/// The list as its parts use it.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) list: RwSignal<List>,
    pub(super) asked: RwSignal<Asked>,
    session: Session,
    /// The number of the newest question: only its answer is taken.
    newest: Arc<AtomicU32>,
}

impl Desk {
    /// Asks what a changed query asks.
    pub(super) fn change(&self, change: impl FnOnce(CaseloadQuery) -> CaseloadQuery) {
        self.list.update(|list| list.query = change(std::mem::take(&mut list.query)));
        self.ask();
    }

    /// Asks; an answer that has been overtaken by a newer question is not taken.
    pub(super) fn ask(&self) {
        let desk = self.clone();
        let query = self.list.with_untracked(|list| list.query.clone());
        let number = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        self.asked.set(Asked::Busy);
        spawn_local(async move {
            let answer = api::caseload(&query).await;
            if desk.newest.load(Ordering::Relaxed) != number {
                return;
            }
            match answer {
                Ok(answer) => {
                    desk.list.update(|list| list.answer = Some(Arc::new(answer)));
                    desk.asked.set(Asked::Told);
                }
                Err(error) => {
                    desk.session.note_error(&error);
                    desk.asked.set(Asked::Failed(error));
                }
            }
        });
    }

    /// The answer shown.
    pub(super) fn answer(&self) -> Memo<Option<Arc<Caseload>>> {
        let list = self.list;
        Memo::new(move |_| list.with(|list| list.answer.clone()))
    }

    /// The query of the list.
    pub(super) fn query(&self) -> Memo<CaseloadQuery> {
        let list = self.list;
        Memo::new(move |_| list.with(|list| list.query.clone()))
    }
}

/// The page.
pub(crate) fn caseload_view() -> View {
    let drafts = expect_context::<Drafts>();
    let session = expect_context::<Session>();
    let desk = Desk {
        list: drafts.list,
        asked: RwSignal::new(Asked::Told),
        session,
        newest: Arc::default(),
    };
    drafts.visit.set(None);
    let newest = Arc::clone(&desk.newest);
    // Nobody waits for an answer any more.
    on_cleanup(move || {
        newest.fetch_add(1, Ordering::Relaxed);
    });
    let back = desk.list.with_untracked(|list| list.opened.clone());
    if desk.list.with_untracked(|list| list.answer.is_none()) {
        desk.ask();
    } else if let Some(citizen) = back {
        request_animation_frame(move || {
            document::go_to(&citizen);
        });
    }
    desk.list.update(|list| list.opened = None);
    let (list, asked) = (desk.list, desk.asked);
    let stage = Memo::new(move |_| {
        let has_answer = list.with(|list| list.answer.is_some());
        match asked.get() {
            _ if has_answer => Stage::Shown,
            Asked::Failed(error) => Stage::Failed(error),
            Asked::Busy | Asked::Told => Stage::Loading,
        }
    });
    let texts = language().casework().list;
    let organisation = session.boot().and_then(|boot| boot.me.as_ref()?.organisation.clone());
    let lead = match organisation {
        Some(organisation) => fill(texts.lead, &[("organisation", &organisation)]),
        None => texts.lead_plain.to_owned(),
    };
    View::live(move || match stage.get() {
        Stage::Loading => view! { <PageSkeleton label=texts.loading/> },
        Stage::Failed(error) => problem_view(&error, desk.clone()),
        Stage::Shown => {
            view! {
                <div class="page-title"><h1 tabindex="-1">{texts.title}</h1></div>
                <p class="muted caseload-lead">{lead.clone()}</p>
                <Tools desk=desk.clone()/>
                {found_view(&desk)}
            }
        }
    })
}

fn problem_view(error: &ApiError, desk: Desk) -> View {
    no_answer(error, move || desk.ask())
}

/// What was found, in words and as a table.
fn found_view(desk: &Desk) -> View {
    let language = language();
    let texts = language.casework().list;
    let (asked, answer) = (desk.asked, desk.answer());
    let count = Memo::new(move |_| {
        answer.with(|answer| {
            let answer = answer.as_ref()?;
            Some(super::list_model::count_text(answer, language))
        })
    });
    let retry = {
        let desk = desk.clone();
        move || {
            let desk = desk.clone();
            matches!(asked.get(), Asked::Failed(_)).then(|| {
                view! {
                    <div class="note" role="alert">
                        <p>{texts.failed}</p>
                        <button type="button" class="function-link" on:click=move |_| desk.ask()>
                            {messages().shell.retry}
                        </button>
                    </div>
                }
            })
        }
    };
    let table = {
        let desk = desk.clone();
        View::live(move || {
            answer.get().map(|answer| {
                if answer.rows.is_empty() {
                    return nobody_view(desk.clone());
                }
                view! { {table_view(&desk, &answer)} {paging_view(&desk, &answer)} }
            })
        })
    };
    let busy = move || (asked.get() == Asked::Busy).then_some("true");
    view! {
        <section class="caseload" aria-label=texts.caption aria-busy=busy>
            <div class="caseload-head">
                <p role="status"><strong>{move || count.get()}</strong></p>
                <p class="muted small">
                    {move || answer.with(|answer| answer.as_ref().map(|now| as_of(now, language)))}
                </p>
            </div>
            {retry}
            {table}
        </section>
    }
}

fn as_of(answer: &Caseload, language: Language) -> String {
    let texts = language.casework().list;
    let day = answer.figures_as_of;
    let as_of = day.map(|day| fill(texts.as_of, &[("day", &language.date(day))]));
    let as_of = as_of.unwrap_or_else(|| texts.as_of_none.to_owned());
    if answer.is_current { as_of } else { format!("{as_of} {}", texts.renewing) }
}

fn nobody_view(desk: Desk) -> View {
    let texts = language().casework().list;
    let all = move |_| {
        desk.change(|query| CaseloadQuery { page_size: query.page_size, ..Default::default() });
    };
    view! {
        <div class="caseload-nobody">
            <p>{texts.none_text}</p>
            <p class="actions">
                <button type="button" class="button button-secondary" on:click=all>{texts.reset}</button>
            </p>
        </div>
    }
}
