//! `/tjekliste`: what she can do, by when counted from her own days, and what she says of it. It is
//! hers: her caseworker sees it only if she shares it.

mod item;
mod model;
mod sending;
mod shared;

use std::sync::Arc;

use jobnet_api::account::AccountAnswer;
use jobnet_api::checklist::MyChecklist;
use jobnet_api::profile_exposure::ProfileShown;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::checklist;
use crate::components::{PageSkeleton, Problem};
use crate::i18n::{fill, language};
use crate::pages::profile::exposure_view;
use crate::platform::document;
use crate::state::{Reader, Session};
use crate::view::{View, view};

use self::item::{item_view, place};
use self::model::{Group, groups, how_far};
use self::sending::List;

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
enum Way {
    Coming,
    Failed,
    There(Box<MyChecklist>),
}

/// Her page; for her caseworker, the part of one that shows it; in a preview, that of a made-up
/// citizen.
pub(crate) fn checklist_view(answer: Signal<Arc<AccountAnswer>>) -> View {
    match Reader::here() {
        Reader::Herself => own_view(),
        Reader::Caseworker { citizen } | Reader::Unblinded { citizen, .. } => {
            shared::shared_view(citizen)
        }
        Reader::Preview(_) => list_view(answer.with_untracked(|answer| model::made_up(answer))),
    }
}

fn own_view() -> View {
    let way = RwSignal::new(Way::Coming);
    let session = expect_context::<Session>();
    let fetch = move || {
        way.set(Way::Coming);
        spawn_local(async move {
            let answer = checklist::list().await;
            // She has left the page.
            if way.try_get_untracked().is_none() {
                return;
            }
            match answer {
                Ok(list) => {
                    way.set(Way::There(Box::new(list)));
                    // That it does not arrive is no harm: what is new is new the next time, too.
                    let _ = checklist::saw().await;
                }
                Err(error) => {
                    session.note_error(&error);
                    way.set(Way::Failed);
                }
            }
        });
    };
    fetch();
    let t = language().checklist();
    View::live(move || match way.get() {
        Way::Coming => view! { <PageSkeleton label=t.loading/> },
        Way::Failed => {
            view! { <Problem title=t.title text=t.failed retry=t.retry on_retry=fetch/> }
        }
        Way::There(list) => list_view(*list),
    })
}

fn list_view(stored: MyChecklist) -> View {
    let here = language();
    let t = here.checklist();
    let parts: Vec<_> = groups(&stored);
    let news = news_view(&stored);
    let noted = exposure_view(
        stored.trial.as_deref(),
        ProfileShown::Checklist {},
        ".checklist",
        Vec::new(),
        None,
    );
    let is_hers = Reader::here().is_herself();
    let list = if is_hers {
        List::new(stored, expect_context(), expect_context(), expect_context())
    } else {
        List::unsent(stored)
    };
    let progress = Memo::new(move |_| {
        list.stored.with(|stored| list.pending.with(|pending| how_far(stored, pending)))
    });
    let said = move || {
        let progress = progress.get();
        let number = |n: u8| here.integer(i64::from(n));
        fill(t.progress, &[("done", &number(progress.done)), ("of", &number(progress.of))])
    };
    let groups: Vec<_> = parts.iter().map(|group| group_view(list, group)).collect();
    view! {
        <h1>{t.title}</h1>
        <p class="lead">{t.lead}</p>
        <p class="checklist-progress">
            <progress
                max=move || progress.get().of.to_string()
                value=move || progress.get().done.to_string()
                aria-labelledby="checklist-said"
            ></progress>
            <strong id="checklist-said" role="status">
                {said}
            </strong>
        </p>
        {news}
        {groups}
        {noted}
        {is_hers.then(|| sharing_view(list))}
    }
}

fn news_view(list: &MyChecklist) -> Option<View> {
    let here = language();
    let t = here.checklist();
    let since = here.date(list.seen_on?);
    if list.news.is_empty() {
        return None;
    }
    let links: Vec<_> = list
        .news
        .iter()
        .map(|item| {
            let id = place(*item);
            let to = id.clone();
            let follow = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                document::focus(&to);
            };
            view! {
                <li>
                    <a href=format!("#{id}") on:click=follow>
                        {here.checklist_item(*item).title}
                    </a>
                </li>
            }
        })
        .collect();
    Some(view! {
        <section class="section" aria-labelledby="news-heading" data-part="news">
            <h2 id="news-heading">{t.news}</h2>
            <p>{fill(t.news_since, &[("day", &since)])}</p>
            <ul>{links}</ul>
        </section>
    })
}

fn group_view(list: List, group: &Group) -> View {
    let t = language().checklist();
    let items: Vec<_> = group.items.iter().map(|item| item_view(list, *item)).collect();
    let heading = format!("phase-{}", group.phase as u8);
    view! {
        <section class="section" aria-labelledby=heading.clone() data-now=group.is_now.to_string()>
            <h2 id=heading>{t.phase(group.phase)}</h2>
            {group.is_now.then(|| view! { <p class="small muted">{t.phase_now}</p> })}
            <ul class="checklist">{items}</ul>
        </section>
    }
}

fn sharing_view(list: List) -> View {
    let t = language().checklist();
    let session = expect_context::<Session>();
    let has_failed = RwSignal::new(false);
    let is_busy = RwSignal::new(false);
    let is_shared = Memo::new(move |_| list.stored.with(|stored| stored.is_shared));
    let change = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        has_failed.set(false);
        let wanted = !is_shared.get_untracked();
        spawn_local(async move {
            let answer = checklist::share(wanted).await;
            if is_busy.try_get_untracked().is_none() {
                return;
            }
            is_busy.set(false);
            match answer {
                Ok(sharing) => list.stored.update(|stored| stored.is_shared = sharing.is_shared),
                Err(error) => {
                    session.note_error(&error);
                    has_failed.set(true);
                }
            }
        });
    };
    view! {
        <section class="section" aria-labelledby="sharing-heading" data-part="sharing">
            <h2 id="sharing-heading">{t.sharing}</h2>
            <p role="status">
                {move || if is_shared.get() { t.sharing_on } else { t.sharing_off }}
            </p>
            <p class="form-error-message" role="alert">
                {move || has_failed.get().then_some(t.sharing_failed)}
            </p>
            <p class="actions">
                <button
                    type="button"
                    class="button button-secondary"
                    aria-disabled=move || is_busy.get().to_string()
                    on:click=change
                >
                    {move || if is_shared.get() { t.unshare } else { t.share }}
                </button>
            </p>
        </section>
    }
}
