//! The four ways to show the account, and the choice between them. The choice is in the address.

use leptos::prelude::*;

use crate::i18n::{Language, language};
use crate::state::{Place, Reader};
use crate::view::{View, view};

/// A way to show the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presentation {
    /// Sentences.
    Words,
    /// Three drawings.
    Counters,
    /// Months on a time axis.
    Timeline,
    /// The timeline with sliders.
    WhatIf,
}

impl Presentation {
    /// All of them, in the order of the choice.
    pub const ALL: [Self; 4] = [Self::Timeline, Self::Words, Self::Counters, Self::WhatIf];

    /// Those of a reader. Which of the first three a citizen has may be a matter of a trial, and
    /// a caseworker must not know of that: she has the standard one, and sliders to talk over.
    fn of_reader(reader: &Reader) -> &'static [Self] {
        match reader {
            Reader::Herself => &Self::ALL,
            Reader::Caseworker { .. } => &[Self::Timeline, Self::WhatIf],
        }
    }

    /// The value of `visning` in the address: the same in every language.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Words => "ord",
            Self::Counters => "taellere",
            Self::Timeline => "tidslinje",
            Self::WhatIf => "hvad-nu-hvis",
        }
    }

    /// The presentation of a key.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.key() == key)
    }

    fn name(self, language: Language) -> &'static str {
        let texts = language.account().page;
        match self {
            Self::Words => texts.words,
            Self::Counters => texts.counters,
            Self::Timeline => texts.timeline,
            Self::WhatIf => texts.what_if,
        }
    }
}

/// The presentation that the address names, if it names one the reader may choose.
pub(super) fn use_presentation() -> Memo<Option<Presentation>> {
    let place = expect_context::<Place>();
    let ways = Presentation::of_reader(&Reader::here());
    let chosen = |way: &Presentation| ways.contains(way);
    Memo::new(move |_| {
        place.with(|address| address.value_of("visning").and_then(Presentation::of).filter(chosen))
    })
}

/// Links to the presentations of this page.
pub(super) fn choice_view(chosen: Presentation) -> View {
    let texts = language().account().page;
    let place = expect_context::<Place>();
    let links: Vec<_> = Presentation::of_reader(&Reader::here())
        .iter()
        .copied()
        .map(|way| {
            let current = (way == chosen).then_some("true");
            let href =
                move || place.with(|address| format!("{}?visning={}", address.path, way.key()));
            view! {
                <li><a href=href aria-current=current>
                    {way.name(language())}
                </a></li>
            }
        })
        .collect();
    view! {
        <nav class="ways" aria-label=texts.choose>
            <ul>{links}</ul>
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::Presentation;

    #[test]
    fn every_presentation_is_found_by_its_key_and_nothing_else_is() {
        for way in Presentation::ALL {
            assert_eq!(Presentation::of(way.key()), Some(way));
        }
        for key in ["", "Ord", "words"] {
            assert_eq!(Presentation::of(key), None);
        }
    }
}
