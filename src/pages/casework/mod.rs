//! The pages of caseworkers: their citizens, one citizen as she sees herself, one page to talk
//! over, guest access.
//!
//! They only read. They must not put anything personal into an address, and only `unblind` may know
//! of trials: what it shows is written down first.

mod guest;
mod guest_model;
mod list;
mod list_model;
mod list_table;
mod list_tools;
mod talk;
mod talk_model;
mod unblind;
mod visit;

use crate::i18n::language;
use crate::routes::Page;
use crate::view::{View, view};

pub(crate) use guest::guest_view;
pub(crate) use list::caseload_view;
pub(crate) use visit::visit_view;

/// A page that is not for whoever looks.
pub(crate) fn refused_view() -> View {
    let texts = language().casework().visit;
    view! {
        <h1>{texts.refused}</h1>
        <p class="lead">{texts.refused_text}</p>
        <p class="actions">
            <a class="button button-primary" href=Page::Home.path()>{texts.home}</a>
        </p>
    }
}
