//! The few words of a letter that are not its text.

use jobnet_messages::Language;
use serde::Serialize;

/// Words around the text.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Labels {
    /// Over the date.
    pub(crate) date: &'static str,
    /// Over the reference.
    pub(crate) reference: &'static str,
    /// Over how to reach the sender.
    pub(crate) contact: &'static str,
    /// Before the address a letter comes back to.
    pub(crate) from: &'static str,
    /// Which page: `{n}` of `{m}`.
    pub(crate) page: &'static str,
    /// What a sign means that the typeface does not have.
    #[serde(skip)]
    pub(crate) replaced: &'static str,
}

pub(crate) const fn labels(language: Language) -> Labels {
    match language {
        Language::Da => Labels {
            date: "Dato",
            reference: "Reference",
            contact: "Kontakt",
            from: "Afsender",
            page: "Side {n} af {m}",
            replaced: "□ står for et tegn, som brevets skrift ikke har.",
        },
        Language::En => Labels {
            date: "Date",
            reference: "Reference",
            contact: "Contact",
            from: "From",
            page: "Page {n} of {m}",
            replaced: "□ stands for a sign that the typeface of this letter does not have.",
        },
    }
}
