//! The footer: who answers for this, and the statements the law asks for.

use leptos::prelude::*;

use crate::i18n::messages;
use crate::routes::Page;
use crate::view::{View, view};

/// The footer of every page.
#[component(transparent)]
pub fn Footer() -> View {
    let t = messages().shell;
    view! {
        <footer>
            <div class="footer">
                <div class="container">
                    <div>
                        <h2>{t.authority}</h2>
                        <p>{t.authority_long}</p>
                    </div>
                    <ul>
                        <li>
                            <a href=Page::Rules.path()>{t.rules}</a>
                        </li>
                        <li>
                            <a href=Page::Accessibility.path()>{t.accessibility}</a>
                        </li>
                        <li>
                            <a href=Page::Privacy.path()>{t.privacy}</a>
                        </li>
                    </ul>
                </div>
            </div>
        </footer>
    }
}
