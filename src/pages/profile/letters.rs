//! `/breve`: a list of receipts, each of which opens as a page that can be printed.

use jobnet_api::paths;
use jobnet_api::profile::{Letter, LetterKind, MyProfile};
use jobnet_api::report::HoursReport;
use leptos::prelude::*;

use crate::api;
use crate::i18n::{fill, language};
use crate::platform::document;
use crate::routes::Page;
use crate::state::{Place, Session};
use crate::view::{View, view};

use super::asked::asked;
use super::name_window;
use super::receipt::receipt_view;
use super::when::when;

/// The address of a letter.
pub(super) fn address(id: &str) -> String {
    format!("{}?brev={id}", Page::Letters.path())
}

/// The page.
pub(crate) fn letters_view() -> View {
    let place = expect_context::<Place>();
    let open =
        Memo::new(move |_| place.with(|address| address.value_of("brev").map(str::to_owned)));
    Effect::new(move |before: Option<Option<String>>| {
        let now = open.get();
        if before.is_some_and(|before| before != now) {
            request_animation_frame(move || place.arrive());
        }
        now
    });
    name_window(|| language().profile().letters.title.to_owned());
    let show = move |letters: Vec<Letter>| {
        View::live(move || match open.get() {
            None => list_view(&letters),
            Some(id) => match letters.iter().find(|letter| letter.id == id) {
                Some(letter) => letter_view(letter),
                None => missing_view(),
            },
        })
    };
    asked(api::profile::letters, show, |_| None)
}

fn list_view(letters: &[Letter]) -> View {
    let t = language().profile().letters;
    let items: Vec<_> = letters
        .iter()
        .map(|letter| {
            let name = match letter.kind {
                LetterKind::ProfileReceipt { .. } => t.profile,
                LetterKind::HoursReport {} => t.hours,
            };
            view! {
                <li data-letter=letter.id.clone()>
                    <p class="when">{when(letter.sent_at, t.at)}</p>
                    <p><a href=address(&letter.id)>{name}</a></p>
                </li>
            }
        })
        .collect();
    let list = if items.is_empty() {
        view! { <p class="note">{t.none}</p> }
    } else {
        view! { <ul class="looks">{items}</ul> }
    };
    view! {
        <h1 tabindex="-1">{t.title}</h1>
        <p class="lead">{t.lead}</p>
        {list}
    }
}

fn missing_view() -> View {
    let t = language().profile().letters;
    view! {
        <h1 tabindex="-1">{t.missing}</h1>
        <p class="lead">{t.missing_text}</p>
        <p class="actions">
            <a class="button button-primary" href=Page::Letters.path()>{t.back}</a>
        </p>
    }
}

fn letter_view(letter: &Letter) -> View {
    let id = letter.id.clone();
    match letter.kind {
        LetterKind::ProfileReceipt { .. } => {
            let show = move |profile: MyProfile| match profile
                .submissions
                .iter()
                .find(|submission| submission.id == id)
            {
                Some(submission) => sheet_view(&id, receipt_view(submission)),
                None => missing_view(),
            };
            asked(api::profile::mine, show, |_| None)
        }
        LetterKind::HoursReport {} => {
            let account = expect_context::<Session>().account_untracked();
            let reports = account.map(|account| account.reports.clone()).unwrap_or_default();
            match reports.iter().find(|report| report.id == id) {
                Some(report) => sheet_view(&id, hours_view(report)),
                None => missing_view(),
            }
        }
    }
}

/// A letter with the ways around it.
fn sheet_view(id: &str, inside: View) -> View {
    let here = language();
    let t = here.profile().letters;
    let file = paths::MY_LETTER_PDF.replace("{letter}", id) + "?language=" + here.code();
    view! {
        <p class="small d-print-none"><a href=Page::Letters.path()>{t.back}</a></p>
        <article class="letter">{inside}</article>
        <p class="actions d-print-none">
            <a class="button button-primary" href=Page::Profile.path()>{t.to_profile}</a>
            <button type="button" class="button button-secondary" on:click=|_| document::print()>
                {t.print}
            </button>
            <a class="button button-secondary" href=file download="">
                {t.pdf}
            </a>
        </p>
    }
}

fn hours_view(report: &HoursReport) -> View {
    let here = language();
    let t = here.receipt();
    let month = ("month", &*here.month(report.month));
    let said = match report.worked_hours {
        Some(hours) => fill(t.hours_said, &[("hours", &here.short_hours(hours)), month]),
        None => fill(t.hours_month, &[month]),
    };
    let number = fill(&when(report.received_at, t.number), &[("id", &report.id)]);
    view! {
        <h1 tabindex="-1">{t.hours_title}</h1>
        <p class="lead">{said}</p>
        {(!report.note.is_empty()).then(|| view! { <blockquote>{report.note.clone()}</blockquote> })}
        <p>{t.hours_next}</p>
        <p class="small muted" data-receipt=report.id.clone()>{number}</p>
    }
}
