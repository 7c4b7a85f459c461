//! The header: that everyone is made up, and in a demo open to all; the language, who is signed in,
//! the way around.

use jobnet_api::boot::Role;
use leptos::html;
use leptos::prelude::*;

use crate::components::{Modal, ModalSide};
use crate::i18n::{Language, messages};
use crate::pages::landing::Identities;
use crate::platform::document;
use crate::routes::{Page, use_page};
use crate::state::{Preferences, Session, Who, is_caseworker};
use crate::view::{View, view};

/// Bar, portal row, solution row and navigation.
#[component(transparent)]
pub fn Header() -> View {
    let t = messages().shell;
    let session = expect_context::<Session>();
    let menu = NodeRef::<html::Dialog>::new();
    let switch = NodeRef::<html::Dialog>::new();
    let switching = RwSignal::new(false);
    let on_switch = Callback::new(move |()| {
        switching.set(true);
        open(switch);
    });
    view! {
        <a class="skipnav" href="#main-content">{t.skip}</a>
        <header class="header">
            <DemoBar/>
            <div class="portal-info">
                <div class="portal-info-inner container">
                    <a href="/" class="logo" aria-label=t.portal_home>
                        <span>{t.portal}</span>
                    </a>
                    <button
                        type="button"
                        class="button-menu-open d-print-none"
                        aria-haspopup="dialog"
                        on:click=move |_| open(menu)
                    >
                        {t.menu}
                    </button>
                    <div class="portal-user"><User session on_switch/></div>
                </div>
            </div>
            <div class="solution-info">
                <div class="solution-info-inner container">
                    <div class="solution-heading">
                        <a href="/">{t.name}</a>
                    </div>
                    <div class="additional-info">
                        <p>
                            <strong class="authority-name">{t.authority}</strong>
                        </p>
                        <p>{t.authority_role}</p>
                    </div>
                </div>
            </div>
            <div class="navigation-menu d-print-none">
                <div class="navigation-menu-inner container">
                    <nav class="nav" aria-label=t.main_menu>
                        <ul class="mainmenu">
                            <Links session/>
                        </ul>
                    </nav>
                </div>
            </div>
        </header>
        <Modal node=menu title=t.menu close=t.close side=ModalSide::Right>
            <nav aria-label=t.main_menu>
                // Choosing a page closes the drawer.
                <ul class="drawer-menu" on:click=move |_| close(menu)>
                    <Links session/>
                </ul>
            </nav>
            <div class="drawer-user" on:click=move |_| close(menu)>
                <User session on_switch/>
            </div>
        </Modal>
        <Modal node=switch title=t.switch_person close=t.close side=ModalSide::Middle>
            <p class="muted">{t.switch_hint}</p>
            // Not made before it is asked for.
            <div on:click=move |_| close(switch)>
                {move || switching.get().then(|| view! { <Identities/> })}
            </div>
        </Modal>
    }
}

fn open(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        document::open_dialog(&dialog);
    }
}

fn close(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        document::close_dialog(&dialog);
    }
}

#[component(transparent)]
fn DemoBar() -> View {
    let t = messages().shell;
    let preferences = expect_context::<Preferences>();
    let session = expect_context::<Session>();
    // As index.html says, until the answer says otherwise.
    let made_up = move || match session.boot() {
        Some(boot) if !boot.personas.is_empty() => Some(t.demo),
        Some(boot) if !boot.synthetic => None,
        _ => Some(t.all_made_up),
    };
    let buttons = Language::ALL.map(|language| {
        let id = language_button(language);
        let chosen = preferences.language_untracked() == language;
        view! {
            <button
                type="button"
                id=id
                lang=language.code()
                aria-pressed=chosen.to_string()
                on:click=move |_| preferences.choose_language(language)
            >
                {language.name()}
            </button>
        }
    });
    view! {
        <div class="demo-bar">
            <div class="container">
                <p>{made_up}</p>
                <div class="language d-print-none" role="group" aria-label=t.language>
                    {buttons}
                </div>
            </div>
        </div>
    }
}

const fn language_button(language: Language) -> &'static str {
    match language {
        Language::Danish => "language-da",
        Language::English => "language-en",
    }
}

/// The pages there are for whoever looks.
#[component(transparent)]
fn Links(session: Session) -> View {
    let t = messages().shell;
    let page = use_page();
    let who = session.who();
    let link = move |target: Page, text: &'static str| {
        // Signed in, the address of the ways in shows what is first in the list of links.
        let current = move || match page.get() {
            Page::Home | Page::SignIn => target == Page::Home || target == Page::Caseload,
            page => page == target,
        };
        view! {
            <li class:active=current class:current=current>
                <a
                    href=target.path()
                    class="nav-link"
                    aria-current=move || current().then_some("page")
                >
                    <span>{text}</span>
                </a>
            </li>
        }
    };
    // Nothing until it is known who looks: a link that moves under a finger is worse than one that
    // comes a moment later.
    View::live(move || {
        let (home, more) = match who.get() {
            Who::Loading => return None,
            Who::Citizen(_) => {
                let has_checklist = session.boot().is_some_and(|boot| boot.has_checklist);
                let mut more = vec![(Page::Hours, t.hours), (Page::Profile, t.profile)];
                if has_checklist {
                    more.push((Page::Checklist, t.checklist));
                }
                more.push((Page::Letters, t.letters));
                more.push((Page::Rights, t.rights));
                more.push((Page::MyData, t.my_data));
                ((Page::Home, t.overview), more)
            }
            Who::Staff(roles, _) if is_caseworker(&roles) => {
                let staff = messages().staff;
                ((Page::Caseload, staff.caseload), vec![(Page::GuestAccess, staff.guest_access)])
            }
            Who::Staff(roles, _) => {
                let staff = messages().staff;
                let trials = roles.contains(&Role::Administrator);
                let more = trials.then_some((Page::Trials, staff.trials));
                ((Page::Home, staff.title), more.into_iter().collect())
            }
            Who::Nobody | Who::Unregistered | Who::Failed(_) => {
                ((Page::Home, t.front_page), vec![])
            }
        };
        Some(view! {
            {link(home.0, home.1)}
            {more.into_iter().map(|(page, text)| link(page, text)).collect::<Vec<_>>()}
            {link(Page::Rules, t.rules)}
        })
    })
}

/// Who is signed in, and the ways to be somebody else.
#[component(transparent)]
fn User(session: Session, on_switch: Callback<()>) -> View {
    let t = messages().shell;
    let name = Memo::new(move |_| {
        session.boot().and_then(|boot| boot.me.as_ref().map(|me| me.name.clone()))
    });
    let may_switch =
        Memo::new(move |_| session.boot().is_some_and(|boot| !boot.personas.is_empty()));
    View::live(move || {
        name.get().map(|name| {
            view! {
                <p class="user">{name}</p>
                {may_switch
                    .get()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="function-link d-print-none"
                                aria-haspopup="dialog"
                                on:click=move |_| on_switch.run(())
                            >
                                {t.switch_person}
                            </button>
                        }
                    })}
                <button
                    type="button"
                    class="function-link d-print-none log-off"
                    on:click=move |_| session.sign_out()
                >
                    {t.sign_out}
                </button>
            }
        })
    })
}
