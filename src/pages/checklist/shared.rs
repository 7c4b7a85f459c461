//! A citizen's checklist for her caseworker, while she shares it: what she has done, never her notes
//! nor her reasons. Nothing of it can be changed here.

use jobnet_api::checklist::CitizenChecklist;
use jobnet_api::problem::Code;
use jobnet_checklist::item::Phase;
use jobnet_checklist::plan::{Entry, Status};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{ApiError, checklist};
use crate::components::{PageSkeleton, no_answer};
use crate::i18n::{fill, language};
use crate::state::Session;
use crate::view::{View, view};

/// The list, as a part of a page about the citizen.
pub(super) fn shared_view(citizen: String) -> View {
    let session = expect_context::<Session>();
    let told = RwSignal::new(None::<Result<CitizenChecklist, ApiError>>);
    let fetch = move || {
        told.set(None);
        let citizen = citizen.clone();
        spawn_local(async move {
            let answer = checklist::of_citizen(&citizen).await;
            if let Err(error) = &answer {
                session.note_error(error);
            }
            // Unless the page has been left.
            told.try_set(Some(answer));
        });
    };
    fetch();
    let t = language().checklist();
    let list = View::live(move || match told.get() {
        None => view! { <PageSkeleton label=t.shared_loading/> },
        Some(Ok(list)) => list_view(&list),
        Some(Err(ApiError::Server(Some(problem)))) if problem.code == Code::NotFound => {
            view! { <p>{t.shared_no_longer}</p> }
        }
        Some(Err(error)) => no_answer(&error, fetch.clone()),
    });
    view! {
        <section class="section d-print-none" aria-labelledby="shared-list" data-part="shared-list">
            <h2 id="shared-list">{t.shared_title}</h2>
            <p>{t.shared_lead}</p>
            {list}
        </section>
    }
}

fn list_view(list: &CitizenChecklist) -> View {
    let here = language();
    let t = here.checklist();
    let number = |n: u8| here.integer(i64::from(n));
    let (done, of) = (number(list.progress.done), number(list.progress.of));
    let phases: Vec<_> = [Phase::Start, Phase::Search, Phase::Widen, Phase::Review]
        .into_iter()
        .filter_map(|phase| {
            let entries: Vec<_> = list.entries.iter().filter(|one| one.phase == phase).collect();
            (!entries.is_empty()).then(|| phase_view(phase, &entries))
        })
        .collect();
    view! {
        <p><strong>{fill(t.shared_progress, &[("done", &done), ("of", &of)])}</strong></p>
        {phases}
    }
}

fn phase_view(phase: Phase, entries: &[&Entry]) -> View {
    let here = language();
    let rows: Vec<_> = entries
        .iter()
        .map(|entry| {
            view! {
                <tr data-item=entry.item.key()>
                    <th scope="row">{here.checklist_item(entry.item).title}</th>
                    <td>{status(entry)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <table class="table">
            <caption>{here.checklist().phase(phase)}</caption>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// How far it is, said of her; by when, where a rule says so.
fn status(entry: &Entry) -> String {
    let here = language();
    let t = here.checklist();
    let rule = entry.due_on.filter(|_| entry.is_duty && !entry.status.is_settled());
    let due = rule.map(|day| fill(t.due_rule, &[("day", &here.date(day))]));
    let said = match entry.status {
        Status::Ahead {} => t.not_yet.to_owned(),
        Status::Open {} | Status::Overdue {} => t.open.to_owned(),
        Status::Done {} | Status::SeenDone { .. } => t.done.to_owned(),
        Status::NotForMe {} => t.shared_not.to_owned(),
        Status::Later { until } => fill(t.shared_later, &[("day", &here.date(until))]),
    };
    due.map_or_else(|| said.clone(), |due| format!("{said}. {due}"))
}
