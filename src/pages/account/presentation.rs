//! The four ways to show the account, and the choice between them. The choice is in the address.

use jobnet_api::arm::Presentation;
use leptos::prelude::*;

use crate::i18n::language;
use crate::state::{Place, Reader};
use crate::view::{View, view};

/// All of them, in the order of the choice.
const ALL: [Presentation; 4] =
    [Presentation::Timeline, Presentation::Words, Presentation::Counters, Presentation::WhatIf];

/// Those of a reader. Which of the first three a citizen has may be a matter of a trial, and a
/// caseworker must not know of that: she has the standard one, and sliders to talk over.
fn of_reader(reader: &Reader) -> &'static [Presentation] {
    if reader.is_blind() { &[Presentation::Timeline, Presentation::WhatIf] } else { &ALL }
}

/// The value of `visning` in the address: the same in every language.
pub(super) const fn key(way: Presentation) -> &'static str {
    match way {
        Presentation::Words => "ord",
        Presentation::Counters => "taellere",
        Presentation::Timeline => "tidslinje",
        Presentation::WhatIf => "hvad-nu-hvis",
    }
}

/// The presentation of a key.
fn of(text: &str) -> Option<Presentation> {
    ALL.into_iter().find(|way| key(*way) == text)
}

/// What a presentation is called.
pub(crate) fn name(way: Presentation) -> &'static str {
    let texts = language().account().page;
    match way {
        Presentation::Words => texts.words,
        Presentation::Counters => texts.counters,
        Presentation::Timeline => texts.timeline,
        Presentation::WhatIf => texts.what_if,
    }
}

/// The presentation that the address names, if it names one the reader may choose.
pub(super) fn use_presentation() -> Memo<Option<Presentation>> {
    let place = expect_context::<Place>();
    let ways = of_reader(&Reader::here());
    let chosen = |way: &Presentation| ways.contains(way);
    Memo::new(move |_| {
        place.with(|address| address.value_of("visning").and_then(of).filter(chosen))
    })
}

/// Links to the presentations of this page.
pub(super) fn choice_view(chosen: Presentation) -> View {
    let texts = language().account().page;
    let place = expect_context::<Place>();
    let links: Vec<_> = of_reader(&Reader::here())
        .iter()
        .copied()
        .map(|way| {
            let current = (way == chosen).then_some("true");
            let href =
                move || place.with(|address| format!("{}?visning={}", address.path, key(way)));
            view! {
                <li><a href=href aria-current=current>
                    {name(way)}
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
    use super::{ALL, key, of};

    #[test]
    fn every_presentation_is_found_by_its_key_and_nothing_else_is() {
        for way in ALL {
            assert_eq!(of(key(way)), Some(way));
        }
        for text in ["", "Ord", "words"] {
            assert_eq!(of(text), None);
        }
    }
}
