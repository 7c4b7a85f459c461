//! What the reader has chosen about how the app looks. Not personal, and not sent anywhere.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::Language;
use crate::later;
use crate::platform::document;

/// The choices.
#[derive(Clone, Copy, Debug)]
pub struct Preferences {
    language: RwSignal<Language>,
    missing: RwSignal<bool>,
}

impl Preferences {
    /// The language chosen in this browser before, or Danish.
    pub fn stored_language() -> Language {
        let stored = document::stored_language().and_then(|code| Language::of(&code));
        stored.unwrap_or_default()
    }

    /// The choices of somebody who begins in a language.
    pub fn of(language: Language) -> Self {
        Self { language: RwSignal::new(language), missing: RwSignal::new(false) }
    }

    /// The language of every text.
    pub fn language(self) -> Language {
        self.language.get()
    }

    /// The language now, without following it.
    pub fn language_untracked(self) -> Language {
        self.language.get_untracked()
    }

    /// Shows the page in a language that was not chosen in this browser, once its texts are there.
    pub fn show_language(self, language: Language) {
        spawn_local(async move {
            if later::texts(language).await.is_ok() {
                self.language.set(language);
            }
        });
    }

    /// Changes the language once its texts are there. Every text is written anew.
    pub fn choose_language(self, language: Language) {
        spawn_local(async move {
            let fetched = later::texts(language).await;
            self.missing.set(fetched.is_err());
            if fetched.is_ok() {
                document::store_language(language.code());
                self.language.set(language);
            }
        });
    }

    /// Whether the texts of the language she asked for could not be fetched.
    pub fn are_texts_missing(self) -> bool {
        self.missing.get()
    }
}
