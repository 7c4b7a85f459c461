//! One citizen, for her caseworker: who it is, that the look is recorded, and then the citizen's
//! own pages, which learn from [`Reader`] that nobody may change anything, and whether she sees them
//! in the standard presentation or, having said why, in the citizen's.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use jobnet_api::access::Relation;
use jobnet_api::casework::CitizenCard;
use jobnet_api::problem::Code;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::components::{PageSkeleton, no_answer};
use crate::i18n::{fill, language};
use crate::later;
use crate::pages::account::HoursPage;
use crate::pages::overview::Overview;
use crate::platform::beat;
use crate::routes::{Page, use_id};
use crate::state::{Drafts, Reader, Session, Visit};
use crate::view::{View, view};

use super::talk::talk_view;
use super::unblind::unblind_view;

/// How far the answer is.
#[derive(Clone, Debug, PartialEq)]
enum Looking {
    Loading,
    Failed(ApiError),
    There,
}

/// A page about the citizen of the address.
pub(crate) fn visit_view(page: Page) -> View {
    let session = expect_context::<Session>();
    let visit = expect_context::<Drafts>().visit;
    let citizen = use_id();
    let looking = RwSignal::new(Looking::Loading);
    let turned = RwSignal::new(());
    // Only the answer about the citizen of the address is taken.
    let newest = Arc::new(AtomicU32::new(0));
    let left = Arc::clone(&newest);
    on_cleanup(move || {
        left.fetch_add(1, Ordering::Relaxed);
    });
    let ask = move |citizen: String| {
        looking.set(Looking::Loading);
        let number = newest.fetch_add(1, Ordering::Relaxed) + 1;
        let newest = Arc::clone(&newest);
        spawn_local(async move {
            let found = look(&citizen).await;
            if newest.load(Ordering::Relaxed) != number {
                return;
            }
            match found {
                Ok(seen) => {
                    visit.set(Some(seen));
                    looking.set(Looking::There);
                }
                Err(error) => {
                    visit.set(None);
                    session.note_error(&error);
                    looking.set(Looking::Failed(error));
                }
            }
        });
    };
    View::live(move || {
        let Some(citizen) = citizen.get() else { return View::none() };
        let now = beat::now();
        let counts = |visit: &Option<Visit>| {
            visit.as_ref().is_some_and(|seen| seen.counts_for(&citizen, now))
        };
        if visit.with_untracked(counts) {
            looking.set(Looking::There);
        } else {
            ask(citizen.clone());
        }
        let ask = ask.clone();
        View::live(move || match looking.get() {
            Looking::Loading => {
                view! { <PageSkeleton label=language().casework().visit.loading/> }
            }
            Looking::Failed(error) => {
                let (citizen, ask) = (citizen.clone(), ask.clone());
                failed_view(&error, move || ask(citizen.clone()))
            }
            Looking::There => {
                turned.track();
                match visit.get_untracked() {
                    Some(seen) => shown_view(page, &seen, turned),
                    None => View::none(),
                }
            }
        })
    })
}

async fn look(citizen: &str) -> Result<Visit, ApiError> {
    let card = api::citizen(citizen).await?;
    let answer = Arc::new(api::citizen_account(citizen).await?);
    Ok(Visit { card, answer, unblinding: None, heard: beat::now() })
}

/// Somebody who does not exist and somebody she must not see are told in the same words.
fn failed_view(error: &ApiError, again: impl Fn() + 'static) -> View {
    match error {
        ApiError::Server(Some(problem)) if problem.code == Code::NotFound => missing_view(),
        error => no_answer(error, again),
    }
}

fn missing_view() -> View {
    let texts = language().casework().visit;
    view! {
        <h1>{texts.missing}</h1>
        <p class="lead">{texts.missing_text}</p>
        <p class="actions">
            <a class="button button-primary" href=Page::GuestAccess.path()>{texts.to_guest}</a>
            <a class="button button-secondary" href=Page::Caseload.path()>{texts.back}</a>
        </p>
    }
}

fn shown_view(page: Page, seen: &Visit, turned: RwSignal<()>) -> View {
    let citizen = seen.card.citizen.clone();
    // Only the account is shown in an arm.
    let is_account = matches!(page, Page::Citizen | Page::CitizenHours);
    provide_context(match &seen.unblinding {
        Some(unblinding) if is_account => {
            Reader::Unblinded { citizen, arm: unblinding.arm.clone() }
        }
        _ => Reader::Caseworker { citizen },
    });
    let answer = Signal::stored(Arc::clone(&seen.answer));
    let shown = match page {
        Page::CitizenHours => view! { <HoursPage answer/> },
        Page::CitizenTalk => talk_view(&seen.card, &seen.answer),
        Page::CitizenProfile => later::profile(Page::CitizenProfile),
        Page::CitizenRights => later::rights(answer),
        _ => view! { <Overview answer/> },
    };
    view! {
        {banner_view(page, &seen.card, is_account.then(|| unblind_view(seen, turned)))}
        {shown}
    }
}

/// Whose pages these are, that the look is recorded, and the ways around and back.
fn banner_view(page: Page, card: &CitizenCard, unblind: Option<View>) -> View {
    let language = language();
    let texts = language.casework().visit;
    let mut facts = vec![fill(texts.born, &[("day", &language.date(card.birth_date))])];
    facts.extend(card.fund.clone());
    facts.extend(card.job_centre.clone());
    facts.extend(card.caseworker.as_ref().map(|name| fill(texts.handled_by, &[("name", name)])));
    let relation = match card.relation {
        Relation::Former => {
            let day = card.last_day.map(|day| language.date(day)).unwrap_or_default();
            Some(fill(texts.former, &[("day", &day)]))
        }
        Relation::Guest => {
            let reason = card.reason.as_deref().unwrap_or_default();
            Some(fill(texts.guest, &[("reason", reason)]))
        }
        Relation::Caseload | Relation::Herself | Relation::Stranger => None,
    };
    let parts = [
        (Page::Citizen, texts.overview),
        (Page::CitizenHours, texts.hours),
        (Page::CitizenRights, texts.rights),
        (Page::CitizenProfile, texts.profile),
        (Page::CitizenTalk, texts.talk),
    ];
    let links: Vec<_> = parts
        .map(|(part, name)| {
            let current = (part == page).then_some("page");
            view! { <li><a href=part.about(&card.citizen) aria-current=current>{name}</a></li> }
        })
        .into();
    view! {
        <aside class="visit d-print-none" aria-label=texts.about>
            <a class="visit-back" href=Page::Caseload.path()>{texts.back}</a>
            <p class="visit-who"><strong>{fill(texts.whose, &[("name", &card.name)])}</strong></p>
            <p>{facts.join(" · ")}</p>
            {relation.map(|relation| view! { <p>{relation}</p> })}
            <p class="small muted">{texts.recorded}</p>
            {unblind}
        </aside>
        <nav class="ways visit-parts d-print-none" aria-label=texts.parts>
            <ul>{links}</ul>
        </nav>
    }
}
