//! `/forhaandsvisning/…`: a made-up citizen's pages as an arm would have them, marked as such.
//! Nothing on it writes, and who looks is not looked up.

use std::cell::Cell;
use std::sync::Arc;

use jobnet_api::account::AccountAnswer;
use jobnet_api::boot::Boot;
use jobnet_api::paths;
use jobnet_api::trial::PreviewOf;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::components::{PageSkeleton, no_answer};
use crate::i18n::{Language, fill, language, messages};
use crate::later;
use crate::pages::account::HoursPage;
use crate::pages::overview::Overview;
use crate::platform::{document, navigation};
use crate::routes::Page;
use crate::state::{Clock, Place, Preferences, Reader, Session};
use crate::view::{View, view};

thread_local! {
    /// Whether the page has taken the language of its address.
    static SHOWN_AS_ASKED: Cell<bool> = const { Cell::new(false) };
}

/// What a link shows.
#[derive(Clone)]
struct Shown {
    boot: Arc<Boot>,
    account: Arc<AccountAnswer>,
}

/// The page.
pub(crate) fn preview_view() -> View {
    let (session, place) = (expect_context::<Session>(), expect_context::<Place>());
    let preferences = expect_context::<Preferences>();
    let token = place.with_untracked(|address| {
        // Once: afterwards the reader chooses in the page.
        let is_first = !SHOWN_AS_ASKED.replace(true);
        let wanted = address.value_of("sprog").and_then(Language::of).filter(|_| is_first);
        if let Some(wanted) = wanted.filter(|wanted| *wanted != language()) {
            preferences.show_language(wanted);
        }
        match address.value_of("tema") {
            Some("moerk") => document::set_theme("dark"),
            Some("lys") => document::set_theme("light"),
            _ => {}
        }
        paths::preview_token(&address.path).unwrap_or_default().to_owned()
    });
    on_cleanup(move || {
        // She has gone on to a page that is hers.
        if paths::preview_token(&navigation::here().path).is_none() {
            session.retry();
        }
    });
    let t = language().research().preview;
    let shell = messages().shell;
    document::set_title(&fill(shell.title, &[("page", t.title), ("name", shell.name)]));
    let told = RwSignal::new(None::<Result<Shown, ApiError>>);
    let ask = move || {
        let token = token.clone();
        told.set(None);
        spawn_local(async move { told.try_set(Some(shown(&token).await)).map_or((), drop) });
    };
    ask();
    let is_hours =
        Memo::new(move |_| place.with(|address| address.value_of("side") == Some("timer")));
    View::live(move || match told.get() {
        None => view! { <PageSkeleton label=shell.loading/> },
        Some(Err(ApiError::Server(Some(_)))) => view! {
            <h1>{t.ended}</h1>
            <p class="lead">{t.ended_text}</p>
        },
        Some(Err(error)) => no_answer(&error, ask.clone()),
        Some(Ok(shown)) => page_view(&shown, is_hours),
    })
}

async fn shown(token: &str) -> Result<Shown, ApiError> {
    let mut boot = api::trials::preview(token).await?;
    let facts = boot.account.take().ok_or(ApiError::Server(None))?;
    let account = facts.evaluate().map_err(|_| ApiError::Server(None))?;
    Ok(Shown { boot: Arc::new(boot), account: Arc::new(account) })
}

fn page_view(shown: &Shown, is_hours: Memo<bool>) -> View {
    let t = language().research().preview;
    provide_context(Clock::on(shown.boot.today));
    if let Some(arm) = &shown.boot.arm {
        provide_context(Reader::Preview(arm.clone()));
    }
    let account = Arc::clone(&shown.account);
    let answer = Signal::derive(move || Arc::clone(&account));
    let path = navigation::here().path;
    let base = path.clone();
    let link = move |name: &'static str, query: &'static str, hours: bool| {
        let href = format!("{base}{query}");
        view! {
            <li><a href=href aria-current=move || (is_hours.get() == hours).then_some("true")>{name}</a></li>
        }
    };
    let of = paths::preview_token(&path).and_then(PreviewOf::of_token).unwrap_or_default();
    let pages = view! {
        <nav class="ways" aria-label=t.pages><ul>
            {link(t.overview, "", false)}
            {link(t.hours, "?side=timer", true)}
        </ul></nav>
        {move || if is_hours.get() {
            view! { <HoursPage answer/> }
        } else {
            view! { <Overview answer/> }
        }}
    };
    let shown = match of {
        PreviewOf::Account {} => pages,
        PreviewOf::Profile { .. } | PreviewOf::Receipt { .. } => {
            // What the registers say of her is reckoned from it.
            provide_context(answer);
            view! {
                <p class="note" data-part="same-answers">{t.same_answers}</p>
                {later::profile(Page::Preview)}
            }
        }
        PreviewOf::Checklist {} => later::checklist(answer),
        PreviewOf::GenericNotice {} => view! {
            <p class="note" data-part="notice-harm">{t.notice_harm}</p>
            <section class="alert" data-part="generic-notice" aria-label=t.notice><div class="alert-body">
                <h2 class="alert-heading">{t.notice}</h2>
                <p class="alert-text">{t.notice_text}</p>
            </div></section>
            {pages}
        },
        PreviewOf::NoChecklist {} => view! {
            <p class="note" data-part="no-checklist">{t.no_checklist}</p>
            {pages}
        },
    };
    view! {
        {super::style_view(RwSignal::new(false))}
        <div class="preview-mark" role="note" data-preview=""><p><strong>{t.mark}</strong>" "{t.mark_text}</p></div>
        {shown}
    }
}
