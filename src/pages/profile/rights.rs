//! What the profile is not, who sees it, how long it is there.

use jobnet_api::profile::LegalBasis;
use jobnet_api::trials::protocol::Bilingual;

use crate::i18n::{Language, fill, language};
use crate::routes::Page;
use crate::state::Reader;
use crate::view::{View, view};

use super::exposure::models_opened;

/// That it is a help and no decision.
pub(super) fn help_view() -> View {
    let t = language().profile().rights;
    view! {
        <div class="profile-help" data-part="help">
            <h2>{t.title}</h2>
            <p>{t.text}</p>
        </div>
    }
}

/// Who sees it, how long it is there, the law, the model.
pub(super) fn about_view(kept_days: u32, basis: Option<&LegalBasis>) -> View {
    let t = language().profile();
    let record = Reader::here().is_herself().then(|| {
        view! { <p><a href=Page::MyData.path()>{t.rights.who_link}</a></p> }
    });
    view! {
        <section class="section prose" data-part="about">
            <h2>{t.rights.who}</h2>
            <p>{t.rights.who_text}</p>
            {record}
            <h2>{t.rights.kept}</h2>
            <p>{kept(kept_days, language())}</p>
            {basis.map(basis_view)}
            <p>
                <a href=Page::Models.path() on:click=|_| models_opened()>{t.start.models}</a>
            </p>
        </section>
    }
}

/// How long it is there.
pub(super) fn kept(days: u32, language: Language) -> String {
    let t = language.profile().rights;
    match days {
        0 => t.kept_text.to_owned(),
        days => fill(t.kept_days, &[("days", &language.integer(days.into()))]),
    }
}

/// The law.
pub(super) fn basis_view(basis: &LegalBasis) -> View {
    let here = language();
    let t = here.profile().start;
    let (law, text) = (said(&basis.law, here).to_owned(), said(&basis.text, here).to_owned());
    let from = fill(t.basis_from, &[("day", &here.date(basis.valid_from))]);
    view! {
        <h2>{t.basis}</h2>
        <p data-part="basis"><strong>{law}</strong></p>
        <p>{text} " " {from}</p>
    }
}

fn said(text: &Bilingual, language: Language) -> &str {
    match language {
        Language::Danish => &text.da,
        Language::English => &text.en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the server deletes it: a form counts from the day it was sent, whatever she does later.
    #[test]
    fn what_is_sent_and_the_rest_have_days_of_their_own() {
        for (language, of_sent, of_rest) in [
            (
                Language::Danish,
                "365 dage efter, at du sendte det",
                "365 dage efter, at du sidst har ændret eller sendt noget",
            ),
            (
                Language::English,
                "365 days after you sent it",
                "365 days after you last changed or sent something",
            ),
        ] {
            let said = kept(365, language);
            assert!(said.contains(of_sent) && said.contains(of_rest), "{said}");
        }
    }
}
