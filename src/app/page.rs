//! The page of the address, for whoever looks, and what stands there while it cannot be shown.

use std::sync::Arc;

use jobnet_api::account::AccountAnswer;
use jobnet_api::boot::Role;
use leptos::prelude::*;

use crate::components::{PageSkeleton, no_answer};
use crate::i18n::{fill, messages};
use crate::later;
use crate::pages::account::HoursPage;
use crate::pages::not_found::NotFound;
use crate::pages::overview::Overview;
use crate::platform::document;
use crate::routes::{Page, use_page};
use crate::state::{Place, Session, Who, is_caseworker};
use crate::view::{IntoView, View, view};

/// The page. It sets the title of the window, and after a change of page moves the focus to the
/// heading, so that a screen reader says where she is.
#[component(transparent)]
pub fn PageView() -> View {
    let page = use_page();
    let session = expect_context::<Session>();
    let who = session.who();
    let place = expect_context::<Place>();
    let t = messages().shell;
    let staff = messages().staff;
    let has_checklist = Memo::new(move |_| session.boot().is_some_and(|boot| boot.has_checklist));
    let title = Memo::new(move |_| match (page.get(), who.get()) {
        (Page::Home | Page::SignIn, Who::Citizen(_)) => t.overview,
        (Page::Home | Page::SignIn, Who::Staff(roles, _)) if !is_caseworker(&roles) => staff.title,
        (Page::Home | Page::SignIn, Who::Staff(..)) | (Page::Caseload, _) => staff.caseload,
        (Page::GuestAccess, _) => staff.guest_access,
        (Page::Citizen | Page::CitizenHours | Page::CitizenProfile | Page::CitizenRights, _) => {
            staff.citizen
        }
        (Page::CitizenTalk, _) => staff.talk,
        // They say more themselves.
        (Page::Trials | Page::Trial | Page::Outbox | Page::Preview | Page::Models, _) => {
            staff.title
        }
        (Page::Profile, _) => t.profile,
        (Page::Letters, _) => t.letters,
        (Page::Rights, _) => t.rights,
        (Page::Home, _) => t.front_page,
        (Page::SignIn | Page::SignedIn, _) => t.sign_in,
        (Page::Hours, _) => t.hours,
        (Page::MyData, _) => t.my_data,
        (Page::Rules, _) => t.rules,
        (Page::Accessibility, _) => t.accessibility,
        (Page::Privacy, _) => t.privacy,
        (Page::Checklist, _) if has_checklist.get() => t.checklist,
        (Page::Checklist | Page::NotFound, _) => t.not_found,
    });
    Effect::new(move |before: Option<Page>| {
        document::set_title(&fill(t.title, &[("page", title.get()), ("name", t.name)]));
        let page = page.get();
        if before.is_some_and(|before| before != page) {
            place.arrive();
        }
        page
    });
    View::live(move || match page.get() {
        // Signed in, the ways in have done their work.
        Page::Home | Page::SignIn => view! { <Personal citizen=overview/> },
        Page::Hours => view! { <Personal citizen=hours/> },
        Page::MyData => view! { <Personal citizen=later::my_data/> },
        Page::Profile => view! { <Personal citizen=|_| later::profile(Page::Profile)/> },
        Page::Letters => view! { <Personal citizen=|_| later::letters(Page::Letters)/> },
        Page::Models => later::models(),
        Page::Rights => view! { <Personal citizen=later::rights/> },
        Page::SignedIn => view! { <Personal citizen=|_| later::signed_in()/> },
        Page::Rules => later::rules(),
        Page::Accessibility => later::accessibility(),
        Page::Privacy => later::privacy(),
        Page::Caseload | Page::GuestAccess => casework(page.get()),
        Page::Citizen
        | Page::CitizenHours
        | Page::CitizenTalk
        | Page::CitizenProfile
        | Page::CitizenRights => casework(page.get()),
        Page::Trials | Page::Trial | Page::Outbox => research(page.get()),
        Page::Preview => later::preview(),
        Page::Checklist if has_checklist.get() => view! { <Personal citizen=later::checklist/> },
        Page::Checklist if who.get() == Who::Loading => view! { <PageSkeleton label=t.loading/> },
        Page::Checklist | Page::NotFound => view! { <NotFound/> },
    })
}

fn overview(answer: Signal<Arc<AccountAnswer>>) -> View {
    view! { <Overview answer/> }
}

fn hours(answer: Signal<Arc<AccountAnswer>>) -> View {
    view! { <HoursPage answer/> }
}

/// A page of the signed-in citizen, or what stands in its place.
#[component(transparent)]
fn Personal(citizen: fn(Signal<Arc<AccountAnswer>>) -> View) -> View {
    let session = expect_context::<Session>();
    signed_in(session, move |who| match who {
        Who::Staff(roles, _) if is_caseworker(&roles) => later::caseload(),
        Who::Staff(ref roles, _) if roles.contains(&Role::Researcher) => {
            later::research(who, Page::Trials)
        }
        Who::Staff(roles, _) => later::staff(roles),
        _ => session
            .account_untracked()
            .map(|first| {
                // While the page lives it shows the last account there was, never nothing.
                let answer =
                    Memo::new(move |_| session.account().unwrap_or_else(|| Arc::clone(&first)));
                citizen(answer.into())
            })
            .into_view(),
    })
}

/// A page of caseworkers, or what stands in its place.
fn casework(page: Page) -> View {
    let session = expect_context::<Session>();
    signed_in(session, move |who| match (who, page) {
        (Who::Staff(roles, _), Page::Caseload) if is_caseworker(&roles) => later::caseload(),
        (Who::Staff(roles, _), Page::GuestAccess) if is_caseworker(&roles) => later::guest_access(),
        (Who::Staff(roles, _), page) if is_caseworker(&roles) => later::visit(page),
        _ => later::refused(),
    })
}

/// A page of researchers, or what stands in its place.
fn research(page: Page) -> View {
    signed_in(expect_context(), move |who| later::research(who, page))
}

/// What stands in the place of a page until it is known who looks; then the page.
fn signed_in(session: Session, page: impl Fn(Who) -> View + 'static) -> View {
    let who = session.who();
    let at = use_page().get_untracked();
    let t = messages().shell;
    View::live(move || match who.get() {
        Who::Loading => view! { <PageSkeleton label=t.loading/> },
        Who::Failed(error) => no_answer(&error, move || session.retry()),
        Who::Nobody if at == Page::SignIn => later::sign_in(),
        Who::Nobody => later::landing(),
        Who::Unregistered => later::unregistered(),
        Who::Staff(..) if at == Page::SignedIn => later::signed_in(),
        known => page(known),
    })
}
