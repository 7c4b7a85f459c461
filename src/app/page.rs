//! The page of the address, for whoever looks, and what stands there while it cannot be shown.

use std::sync::Arc;

use jobnet_api::account::AccountAnswer;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::api::ApiError;
use crate::components::{PageSkeleton, Problem};
use crate::i18n::{fill, messages};
use crate::pages::account::HoursPage;
use crate::pages::landing::Landing;
use crate::pages::not_found::NotFound;
use crate::pages::overview::Overview;
use crate::pages::rules::Rules;
use crate::pages::staff::Staff;
use crate::pages::statements::{Accessibility, Privacy};
use crate::platform::document;
use crate::routes::{Page, use_page};
use crate::state::{Session, Who};

/// The page. It sets the title of the window, and after a change of page moves the focus to the
/// heading, so that a screen reader says where she is.
#[component]
pub fn PageView() -> impl IntoView {
    let page = use_page();
    let session = expect_context::<Session>();
    let who = session.who();
    let location = use_location();
    let t = messages().shell;
    let title = Memo::new(move |_| match (page.get(), who.get()) {
        (Page::Home | Page::SignIn, Who::Citizen(_)) => t.overview,
        (Page::Home | Page::SignIn, Who::Staff(_)) => messages().staff.title,
        (Page::Home, _) => t.front_page,
        (Page::SignIn, _) => t.sign_in,
        (Page::Hours, _) => t.hours,
        (Page::Rules, _) => t.rules,
        (Page::Accessibility, _) => t.accessibility,
        (Page::Privacy, _) => t.privacy,
        (Page::NotFound, _) => t.not_found,
    });
    Effect::new(move |before: Option<Page>| {
        document::set_title(&fill(t.title, &[("page", title.get()), ("name", t.name)]));
        let page = page.get();
        if before.is_some_and(|before| before != page) {
            let hash = location.hash.get_untracked();
            document::go_to(hash.trim_start_matches('#'));
        }
        page
    });
    move || match page.get() {
        // Signed in, the ways in have done their work.
        Page::Home | Page::SignIn => view! { <Personal citizen=overview/> }.into_any(),
        Page::Hours => view! { <Personal citizen=hours/> }.into_any(),
        Page::Rules => view! { <Rules/> }.into_any(),
        Page::Accessibility => view! { <Accessibility/> }.into_any(),
        Page::Privacy => view! { <Privacy/> }.into_any(),
        Page::NotFound => view! { <NotFound/> }.into_any(),
    }
}

fn overview(answer: Signal<Arc<AccountAnswer>>) -> AnyView {
    view! { <Overview answer/> }.into_any()
}

fn hours(answer: Signal<Arc<AccountAnswer>>) -> AnyView {
    view! { <HoursPage answer/> }.into_any()
}

/// A page of the signed-in citizen, or what stands in its place.
#[component]
fn Personal(citizen: fn(Signal<Arc<AccountAnswer>>) -> AnyView) -> impl IntoView {
    let session = expect_context::<Session>();
    let who = session.who();
    let t = messages().shell;
    move || match who.get() {
        Who::Loading => view! { <PageSkeleton label=t.loading/> }.into_any(),
        Who::Failed(error) => {
            let (title, text) = match error {
                ApiError::Offline => (t.offline_title, t.offline_text),
                ApiError::SignedOut | ApiError::Server(_) => (t.server_title, t.server_text),
            };
            view! { <Problem title text retry=t.retry on_retry=move || session.retry()/> }
                .into_any()
        }
        Who::Nobody => view! { <Landing/> }.into_any(),
        Who::Staff(roles) => view! { <Staff roles/> }.into_any(),
        Who::Citizen(_) => session
            .account_untracked()
            .map(|first| {
                // While the page lives it shows the last account there was, never nothing.
                let answer =
                    Memo::new(move |_| session.account().unwrap_or_else(|| Arc::clone(&first)));
                citizen(answer.into())
            })
            .into_any(),
    }
}
