//! What the pages of researchers say: one struct for each part, filled once per language. They are
//! in none of the citizens' files: only the researchers' file reaches them.

use super::account_messages::texts;
pub use super::research_form::ProtocolTexts;
pub use super::research_parts::{RecordTexts, StepTexts, VariantTexts, WatchTexts};
use super::{Language, da, en};
use crate::pages::research::fields_model::Field;

/// Every text of the pages of researchers.
#[derive(Clone, Copy, Debug)]
pub struct ResearchMessages {
    /// The list of trials, and the beginning of a new one.
    pub list: &'static TrialListTexts,
    /// The form of a protocol.
    pub form: &'static ProtocolTexts,
    /// Every arm beside the others.
    pub variants: &'static VariantTexts,
    /// How a trial goes.
    pub watch: &'static WatchTexts,
    /// The steps of a life of a trial.
    pub steps: &'static StepTexts,
    /// What happened to a trial, and its data as files.
    pub records: &'static RecordTexts,
    /// The preview of an arm.
    pub preview: &'static PreviewTexts,
}

impl Language {
    /// The texts of the pages of researchers.
    pub const fn research(self) -> ResearchMessages {
        match self {
            Self::Danish => da::RESEARCH,
            Self::English => en::RESEARCH,
        }
    }

    /// What a field of a protocol is called, and what it means.
    pub const fn field(self, field: Field) -> (&'static str, &'static str) {
        match self {
            Self::Danish => da::field(field),
            Self::English => en::field(field),
        }
    }

    /// A word of a protocol's file for people; `None`: it is not known.
    pub fn word(self, word: &str) -> Option<&'static str> {
        match self {
            Self::Danish => da::word(word),
            Self::English => en::word(word),
        }
    }
}

texts! {
    /// The list of trials, and the beginning of a new one.
    TrialListTexts {
        /// Heading.
        title,
        /// What the page is for.
        lead,
        /// On its way.
        loading,
        /// There is none.
        none,
        /// Column.
        column_title,
        /// Column.
        column_state,
        /// Column.
        column_enrolled,
        /// Column.
        column_starts,
        /// Column.
        column_ends,
        /// Enrolled, and planned.
        enrolled_of,
        /// State.
        draft,
        /// State.
        registered,
        /// State.
        running,
        /// State.
        paused,
        /// State.
        closed,
        /// State.
        reported,
        /// Heading.
        new,
        /// Field.
        name,
        /// How it is used.
        name_hint,
        /// Nothing usable typed.
        no_name,
        /// Makes it.
        begin,
        /// Field.
        import,
        /// Which file.
        import_hint,
        /// Made: heading.
        made,
        /// Way to it.
        open,
        /// Not made: heading.
        not_made,
        /// No such trial: heading.
        missing,
        /// What it means.
        missing_text,
        /// Way to the list.
        back,
        /// Name of the navigation.
        parts,
        /// Not for the reader: heading.
        refused,
        /// What it means.
        refused_text,
        /// Way home.
        home,
    }
}

texts! {
    /// The preview of an arm.
    PreviewTexts {
        /// Title of the window.
        title,
        /// Mark on the page.
        mark,
        /// What it means.
        mark_text,
        /// What stands where others have a checklist.
        no_checklist,
        /// What of a profile or a receipt is not the citizen's own.
        same_answers,
        /// Why a notice can only be looked at.
        notice_harm,
        /// The notice: heading.
        notice,
        /// What it says.
        notice_text,
        /// Name of the navigation.
        pages,
        /// Page.
        overview,
        /// Page.
        hours,
        /// The link does not work: heading.
        ended,
        /// What to do.
        ended_text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<&str> {
        let mut places: Vec<_> =
            text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
        places.sort_unstable();
        places
    }

    #[test]
    fn both_languages_have_the_same_places() {
        let all = |language: Language| {
            let t = language.research();
            let parts = [
                t.list.each(),
                t.form.each(),
                t.variants.each(),
                t.watch.each(),
                t.steps.each(),
                t.records.each(),
                t.preview.each(),
            ];
            parts.concat()
        };
        for ((name, danish), (_, english)) in
            all(Language::Danish).iter().zip(&all(Language::English))
        {
            assert!(!danish.is_empty() && !english.is_empty(), "{name}");
            assert_eq!(places(danish), places(english), "{name}");
        }
    }

    #[test]
    fn every_choice_of_the_form_has_a_word() {
        use crate::pages::research::fields_model::Kind;
        for field in Field::ALL {
            let Kind::Choice(words) = field.kind() else { continue };
            for word in words {
                for language in Language::ALL {
                    assert!(language.word(&word).is_some(), "{word}");
                }
            }
        }
    }
}
