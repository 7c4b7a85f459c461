//! What the reader has chosen about how the app looks. Not personal, and not sent anywhere.

use leptos::prelude::*;

use crate::i18n::Language;
use crate::platform::document;

/// The choices.
#[derive(Clone, Copy, Debug)]
pub struct Preferences {
    language: RwSignal<Language>,
}

impl Preferences {
    /// The language chosen in this browser before, or Danish.
    pub fn load() -> Self {
        let stored = document::stored_language().and_then(|code| Language::of(&code));
        Self { language: RwSignal::new(stored.unwrap_or_default()) }
    }

    /// The language of every text.
    pub fn language(self) -> Language {
        self.language.get()
    }

    /// The language now, without following it.
    pub fn language_untracked(self) -> Language {
        self.language.get_untracked()
    }

    /// Changes the language. Every text is written anew.
    pub fn choose_language(self, language: Language) {
        document::store_language(language.code());
        self.language.set(language);
    }
}
