//! What matters now to a signed-in citizen: three answers and one thing to do, then her account.

use std::sync::Arc;

use jobnet_api::account::AccountAnswer;
use leptos::prelude::*;

use crate::pages::account::AccountView;

/// The page. `answer` follows the session: it changes when a report was stored.
#[component]
pub fn Overview(#[prop(into)] answer: Signal<Arc<AccountAnswer>>) -> impl IntoView {
    view! { <AccountView answer/> }
}
