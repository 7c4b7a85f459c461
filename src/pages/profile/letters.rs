//! `/breve`: everything that was written to her, with what she has not opened yet. Each opens as a page
//! that can be printed, and as a file. What she looks for stays in this page: it is in no address.

use std::collections::BTreeSet;
use std::sync::Arc;

use jobnet_api::letters::{Letter, LetterKind};
use jobnet_api::paths;
use jobnet_api::profile::MyProfile;
use jobnet_api::report::HoursReport;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::components::{letter_body, tag};
use crate::i18n::{fill, language};
use crate::later;
use crate::platform::document;
use crate::routes::Page;
use crate::state::{Place, Session};
use crate::view::{View, view};

use super::asked::asked;
use super::letters_model::{is_unread, matches, title, way};
use super::name_window;
use super::receipt::receipt_view;
use super::when::when;

/// Id of the field in which she looks for letters.
const SEARCH: &str = "letters-search";
/// What names a letter in the address.
const LETTER: &str = "brev";

/// The address of a letter.
pub(super) fn address(id: &str) -> String {
    format!("{}?{LETTER}={id}", Page::Letters.path())
}

/// Her letters, which of them she has opened on this page, and what she looks for.
#[derive(Clone)]
struct Mailbox {
    letters: Arc<Vec<Letter>>,
    opened: RwSignal<BTreeSet<String>>,
    looked_for: RwSignal<String>,
}

impl Mailbox {
    fn unread(&self) -> usize {
        self.opened.with(|now| self.letters.iter().filter(|one| is_unread(one, now)).count())
    }

    fn found(&self) -> Vec<&Letter> {
        let t = language().profile().letters;
        let is_found = |letter: &&Letter| self.looked_for.with(|text| matches(letter, text, t));
        self.letters.iter().filter(is_found).collect()
    }

    /// Tells the server that she has opened a letter. That it does not arrive is no news: the letter
    /// stays unread until she opens it again.
    fn open(&self, letter: &Letter) {
        let opened = self.opened;
        if opened.with_untracked(|now| !is_unread(letter, now)) {
            return;
        }
        let id = letter.id.clone();
        spawn_local(async move {
            if api::profile::opened(&id).await.is_ok() {
                opened.try_update(|now| now.insert(id));
            }
        });
    }
}

/// The page.
pub(crate) fn letters_view() -> View {
    let place = expect_context::<Place>();
    let open =
        Memo::new(move |_| place.with(|address| address.value_of(LETTER).map(str::to_owned)));
    Effect::new(move |before: Option<Option<String>>| {
        let now = open.get();
        if before.is_some_and(|before| before != now) {
            request_animation_frame(move || place.arrive());
        }
        now
    });
    name_window(|| language().profile().letters.title.to_owned());
    let (opened, looked_for) = (RwSignal::new(BTreeSet::new()), RwSignal::new(String::new()));
    let show = move |letters: Arc<Vec<Letter>>| {
        let mailbox = Mailbox { letters, opened, looked_for };
        View::live(move || match open.get() {
            None => list_view(&mailbox),
            Some(id) => match mailbox.letters.iter().find(|letter| letter.id == id) {
                Some(letter) => {
                    mailbox.open(letter);
                    letter_view(letter)
                }
                None => missing_view(),
            },
        })
    };
    let code = language().code();
    asked(async move || api::profile::letters(code).await.map(Arc::new), show, |_| None)
}

fn list_view(mailbox: &Mailbox) -> View {
    let t = language().profile().letters;
    let inside = if mailbox.letters.is_empty() {
        view! { <p class="note">{t.none}</p> }
    } else {
        let (counted, listed) = (mailbox.clone(), mailbox.clone());
        let (looked_for, told) = (mailbox.looked_for, mailbox.clone());
        let said = move || match (looked_for.get().trim(), told.found().len()) {
            ("", _) => String::new(),
            (text, 0) => fill(t.found_none, &[("text", text)]),
            (_, 1) => t.found_one.to_owned(),
            (_, many) => fill(t.found_many, &[("count", &many.to_string())]),
        };
        let unread = move || match counted.unread() {
            0 => t.unread_none.to_owned(),
            1 => t.unread_one.to_owned(),
            many => fill(t.unread_many, &[("count", &many.to_string())]),
        };
        view! {
            <p class="letters-unread"><strong>{unread}</strong></p>
            <form class="form-group" role="search" novalidate=true
                on:submit=|event| event.prevent_default()>
                <label class="form-label" for=SEARCH>{t.search}</label>
                <input class="form-input" type="search" id=SEARCH autocomplete="off" spellcheck="false"
                    maxlength="100" prop:value=move || looked_for.get()
                    on:input=move |event| looked_for.set(event_target_value(&event))/>
            </form>
            <p class="small" role="status">{said}</p>
            {move || found_view(&listed)}
        }
    };
    view! {
        <h1 tabindex="-1">{t.title}</h1>
        <p class="lead">{t.lead}</p>
        {inside}
    }
}

/// The letters that have what she looks for, or the way back to all.
fn found_view(mailbox: &Mailbox) -> View {
    let t = language().profile().letters;
    let found = mailbox.found();
    let all = found.is_empty().then(|| {
        let looked_for = mailbox.looked_for;
        let show = move |_| {
            looked_for.set(String::new());
            document::focus(SEARCH);
        };
        view! {
            <p class="actions">
                <button type="button" class="button button-secondary" on:click=show>{t.all}</button>
            </p>
        }
    });
    let items: Vec<_> = found.into_iter().map(|letter| item_view(mailbox, letter)).collect();
    view! {
        {all}
        <ul class="looks">{items}</ul>
    }
}

fn item_view(mailbox: &Mailbox, letter: &Letter) -> View {
    let t = language().profile().letters;
    let is_unread = mailbox.opened.with(|now| is_unread(letter, now));
    let from = fill(t.from, &[("sender", &letter.sender)]);
    // A receipt is named in the language of the page.
    let written = matches!(letter.kind, LetterKind::Message { .. }).then(|| tag(letter.language));
    view! {
        <li data-letter=letter.id.clone() data-unread=is_unread.to_string()>
            <p class="when">{when(letter.sent_at, t.at)}</p>
            <p>
                {is_unread.then(|| view! { <strong class="letter-mark">{t.unread}</strong> })}
                <a href=address(&letter.id) lang=written>{title(letter, t).to_owned()}</a>
            </p>
            <p class="small muted">{from}", "{way(letter, t)}</p>
        </li>
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

/// The receipt of the form that the address names. It comes with the profile: other letters need
/// nothing of that.
pub(crate) fn receipt_letter_view() -> View {
    let place = expect_context::<Place>();
    let id = untrack(|| place.with(|address| address.value_of(LETTER).map(str::to_owned)));
    let id = id.unwrap_or_default();
    let show = move |profile: MyProfile| match profile
        .submissions
        .iter()
        .find(|submission| submission.id == id)
    {
        Some(submission) => {
            let after = Some((Page::Profile, language().profile().letters.to_profile));
            sheet_view(&id, receipt_view(submission), after)
        }
        None => missing_view(),
    };
    asked(api::profile::mine, show, |_| None)
}

fn letter_view(letter: &Letter) -> View {
    let id = &letter.id;
    match letter.kind {
        LetterKind::ProfileReceipt { .. } => later::profile(Page::Letters),
        LetterKind::HoursReport {} => {
            let account = expect_context::<Session>().account_untracked();
            let reports = account.map(|account| account.reports.clone()).unwrap_or_default();
            match reports.iter().find(|report| report.id == *id) {
                Some(report) => sheet_view(id, hours_view(report), None),
                None => missing_view(),
            }
        }
        LetterKind::Message { .. } => sheet_view(id, message_view(letter), None),
    }
}

/// A message with the words she got.
fn message_view(letter: &Letter) -> View {
    let t = language().profile().letters;
    let from = fill(t.from, &[("sender", &letter.sender)]);
    let day = when(letter.sent_at, t.at);
    let written = tag(letter.language);
    view! {
        <h1 tabindex="-1" lang=written>{letter.text.title.clone()}</h1>
        <p class="small muted">{day}". "{from}", "{way(letter, t)}"."</p>
        <div class="letter-text" lang=written>{letter_body(&letter.text, false)}</div>
    }
}

/// A letter with the ways around it.
fn sheet_view(id: &str, inside: View, after: Option<(Page, &'static str)>) -> View {
    let here = language();
    let t = here.profile().letters;
    let file = paths::MY_LETTER_PDF.replace("{letter}", id) + "?language=" + here.code();
    view! {
        <p class="small d-print-none"><a href=Page::Letters.path()>{t.back}</a></p>
        <article class="letter">{inside}</article>
        <p class="actions d-print-none">
            {after.map(|(page, name)| view! {
                <a class="button button-primary" href=page.path()>{name}</a>
            })}
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
