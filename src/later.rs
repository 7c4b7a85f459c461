//! What nobody needs for the first picture, and so is not in the first file: it is fetched once
//! the first picture stands, or when it is asked for (docs/decisions/0005).
//!
//! Each function here is a way into a part of the page: the second, or that of what only some
//! citizens have, of what is seldom opened, of staff, of researchers, or of English. What only they
//! reach is in it. Without the feature `split` (tests, live reload) there is one file and nothing is
//! fetched.

// The ways into a part are foreign functions to the compiler.
#![cfg_attr(feature = "split", allow(unsafe_code, improper_ctypes_definitions))]

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use jobnet_api::account::AccountAnswer;
use jobnet_api::arm::{Arm, Framing, Presentation};
use jobnet_api::boot::Role;
use jobnet_charts::model::TimelineModel;
use jobnet_rules::trace::TraceStep;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;

use crate::chart::Menu;
use crate::components::{PageSkeleton, Problem};
use crate::i18n::{Language, messages};
use crate::pages;
use crate::pages::account::Figure;
use crate::pages::research::Course;
use crate::platform::document;
use crate::routes::Page;
use crate::state::Who;
use crate::view::{View, view};

/// The part could not be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// What stands there while a part has not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Until {
    /// What a page shows while it loads; and if it does not come, what to do.
    Loading,
    /// Nothing, also if it does not come: she has asked for nothing.
    Nothing,
}

/// Ways into a part: `name(argument: Type) => what stands behind it`. One function leads to all of
/// them, for each such function is code in the first file.
macro_rules! ways_into {
    (enum $ways:ident in $part:ident, $until:expr;
        $($(#[$doc:meta])* $name:ident($($argument:ident: $kind:ty),*) => $made:expr;)*) => {
        #[derive(Clone)]
        #[allow(non_camel_case_types)]
        enum $ways {
            $($name($($kind),*),)*
        }

        impl $ways {
            fn show(self) -> View {
                #[cfg_attr(feature = "split", wasm_split_helpers::wasm_split($part, fallible))]
                fn $part(way: $ways, shown: RwSignal<Way>) -> Result<View, Missing> {
                    // What asked for it has gone while it was fetched, and its contexts with it.
                    if shown.is_disposed() {
                        return Err(Missing);
                    }
                    Ok(match way {
                        $($ways::$name($($argument),*) => $made,)*
                    })
                }
                show($until, Rc::new(move |shown| {
                    #[cfg(feature = "split")]
                    let making = $part(self.clone(), shown);
                    #[cfg(not(feature = "split"))]
                    let making = std::future::ready($part(self.clone(), shown));
                    Box::pin(making)
                }))
            }
        }

        $(
            $(#[$doc])*
            pub fn $name($($argument: $kind),*) -> View {
                $ways::$name($($argument),*).show()
            }
        )*
    };
}

ways_into! { enum Later in later, Until::Loading;
    /// The account in sentences.
    words(answer: Arc<AccountAnswer>, framing: Option<Framing>) => {
        pages::account::words_view(&answer, framing)
    };
    /// The account as counters.
    counters(answer: Arc<AccountAnswer>, framing: Option<Framing>) => {
        pages::account::counters_view(&answer, framing)
    };
    /// The account with a plan.
    what_if(answer: Arc<AccountAnswer>) => pages::account::what_if_view(answer);
    /// Below the account: months, sickness, sanctions, corrections, missing hours.
    details(answer: Signal<Arc<AccountAnswer>>) => pages::account::details_view(answer);
    /// “Sådan er tallet regnet”.
    steps(trace: Arc<Vec<TraceStep>>, figures: Vec<Figure>) => {
        pages::account::steps_view(&trace, &figures)
    };
    /// What stands behind the last tool of a chart.
    chart_menu(menu: Menu) => crate::chart::menu_view(menu);
    /// The months as a table, beside whatever shows them.
    months_table(answer: Arc<AccountAnswer>) => pages::account::months_table(&answer);
    /// The figures of a chart as a table.
    chart_table(model: Signal<TimelineModel>) => crate::chart::table_view(model);
    /// The session is about to end, or has ended.
    session_dialogs() => pages::session::dialogs();
}

// What only some citizens have does not come with the second.
ways_into! { enum Some in some, Until::Loading;
    /// Social assistance.
    social(answer: Arc<AccountAnswer>) => pages::account::social_view(&answer);
    /// The account of a citizen without a settled month, or who is away.
    new_account(answer: Arc<AccountAnswer>, shown: Presentation, arm: Option<Arm>) => {
        pages::account::new_account_view(&answer, shown, arm)
    };
    /// The account of a citizen who is in a trial, and the note of what she really saw of it.
    in_trial(answer: Arc<AccountAnswer>, shown: Presentation, arm: Arm) => {
        pages::account::in_trial_view(&answer, shown, arm)
    };
    /// The trials she is in.
    her_trials() => pages::my_data::her_trials();
}

ways_into! { enum Asked in some, Until::Nothing;
    /// Five questions about her account: no picture waits for them.
    understanding(answer: Arc<AccountAnswer>) => pages::account::understanding_view(answer);
}

// Nor does what a citizen opens now and then.
ways_into! { enum Seldom in seldom, Until::Loading;
    /// Nobody is signed in.
    landing() => pages::landing::landing();
    /// The ways in, and why the last try did not succeed.
    sign_in() => pages::sign_in::sign_in();
    /// Not in any register.
    unregistered() => pages::sign_in::unregistered();
    /// Back from the provider.
    signed_in() => pages::sign_in::signed_in();
    /// The rules in plain words.
    rules() => pages::rules::rules();
    /// The accessibility statement.
    accessibility() => pages::statements::accessibility();
    /// What is stored, and why.
    privacy() => pages::statements::privacy();
    /// Who has looked at her data, and the data itself.
    my_data(answer: Signal<Arc<AccountAnswer>>) => pages::my_data::my_data(answer);
}

ways_into! { enum Checklist in checklist, Until::Loading;
    /// Her checklist.
    checklist(answer: Signal<Arc<AccountAnswer>>) => pages::checklist::checklist_view(answer);
}

ways_into! { enum Rights in rights, Until::Loading;
    /// Her rights, duties and deadlines.
    rights(answer: Signal<Arc<AccountAnswer>>) => pages::rights::rights_view(answer);
}

// What no citizen needs is in a part that only staff fetch.
ways_into! { enum Staff in staff, Until::Loading;
    /// A caseworker's citizens.
    caseload() => pages::casework::caseload_view();
    /// One citizen, for her caseworker.
    visit(page: Page) => pages::casework::visit_view(page);
    /// Guest access.
    guest_access() => pages::casework::guest_view();
    /// A page that is not for whoever looks.
    refused() => pages::casework::refused_view();
    /// The page of staff who see no person.
    staff(roles: Vec<Role>) => pages::staff::staff_view(&roles);
}

// The preparation form and what a model makes of it: opened by those who want to.
ways_into! { enum Profile in profile, Until::Loading;
    /// Her form and profile, her profile for her caseworker, a made-up one, and among her letters the
    /// receipt of a form.
    profile(page: Page) => match page {
        Page::Letters => pages::profile::receipt_letter_view(),
        Page::CitizenProfile => pages::profile::citizen_view(),
        Page::Preview => pages::profile::preview_view(),
        _ => pages::profile::profile_view(),
    };
}

// Whoever reads a letter needs no form.
ways_into! { enum Letters in letters, Until::Loading;
    /// Letters to her, and among her data what she has said against her profile.
    letters(page: Page) => match page {
        Page::MyData => pages::profile::said_view(),
        _ => pages::profile::letters_view(),
    };
}

ways_into! { enum Models in models, Until::Loading;
    /// The cards of the models.
    models() => pages::profile::models_view();
}

// Trials are set up and watched, and their arms looked at, in a part that nobody else fetches.
ways_into! { enum Research in research, Until::Loading;
    /// A researcher's trials, or one of them.
    research(who: Who, page: Page) => pages::research::research_view(&who, page);
    /// A made-up citizen's page as an arm would have it.
    preview() => pages::research::preview_view();
}

// Who writes a protocol does not need what came of it.
ways_into! { enum Running in course, Until::Loading;
    /// What came of a protocol, and the outbox.
    course(shown: Course) => pages::research::course_view(shown);
}

/// Fetches the second part before it is asked for: once the first picture stands. That it does not
/// come is no news: whoever needs it will ask again.
pub fn prefetch() {
    #[cfg(feature = "split")]
    spawn_local(async {
        let _ = here().await;
    });
}

#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(later, fallible)]
fn here() -> Result<(), Missing> {
    Ok(())
}

/// Brings the English texts.
///
/// # Errors
/// They could not be fetched.
#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(english, fallible))]
fn english_texts() -> Result<(), Missing> {
    crate::i18n::english::bring();
    Ok(())
}

/// Brings the texts of a language.
///
/// # Errors
/// They could not be fetched.
#[cfg_attr(not(feature = "split"), allow(clippy::unused_async))]
pub async fn texts(language: Language) -> Result<(), Missing> {
    match language {
        Language::Danish => Ok(()),
        #[cfg(feature = "split")]
        Language::English => english_texts().await,
        #[cfg(not(feature = "split"))]
        Language::English => english_texts(),
    }
}

type Making = Pin<Box<dyn Future<Output = Result<View, Missing>>>>;

/// How far something that is fetched is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// On its way.
    Coming,
    /// It has come.
    There,
    /// It could not be fetched.
    Missing,
}

/// Shows a view of a part.
fn show(until: Until, make: Rc<dyn Fn(RwSignal<Way>) -> Making>) -> View {
    let way = RwSignal::new(Way::Coming);
    let mut making = make(way);
    // There already: nothing flickers.
    if let Poll::Ready(Ok(view)) = making.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        return view;
    }
    let made = Rc::new(Cell::new(None::<View>));
    let kept = Rc::clone(&made);
    // A button that tries again has none of the contexts that the view needs.
    let owner = Owner::current().unwrap_or_default();
    let wait = move |making: Making| {
        way.set(Way::Coming);
        let kept = Rc::clone(&kept);
        let coming = async move {
            let now = match making.await {
                Ok(view) => {
                    kept.set(Some(view));
                    Way::There
                }
                Err(Missing) => Way::Missing,
            };
            way.try_set(now);
        };
        spawn_local(owner.with(|| ScopedFuture::new_untracked(coming)));
    };
    wait(making);
    let t = messages().shell;
    View::live(move || match (way.get(), until) {
        (Way::There, _) => made.take().unwrap_or(View::none()),
        (_, Until::Nothing) => View::none(),
        (Way::Coming, Until::Loading) => view! { <PageSkeleton label=t.loading/> },
        (Way::Missing, Until::Loading) => {
            let (make, wait) = (Rc::clone(&make), wait.clone());
            let again = move || wait(make(way));
            // Where it is not the whole page, that has its heading already.
            let is_part = document::is_there("main h1");
            view! {
                <Problem title=t.offline_title text=t.offline_text retry=t.retry on_retry=again is_part/>
            }
        }
    })
}
