//! What five questions about her account are called, and their answers.

use jobnet_rules::understanding::{Choice, Question};

use crate::i18n::{Language, fill};

use super::words_model::Topic;

/// What is asked.
pub(super) const fn question_text(question: Question, language: Language) -> &'static str {
    let t = language.understanding();
    match question {
        Question::Remaining => t.remaining,
        Question::RunsOut => t.runs_out,
        Question::NewPeriod => t.new_period,
        Question::Karens => t.karens,
        Question::Extension => t.extension,
    }
}

/// The part of the account that answers it; `None`: its first sentence does.
pub(super) const fn topic(question: Question) -> Option<Topic> {
    match question {
        Question::RunsOut => None,
        Question::Remaining => Some(Topic::Period),
        Question::NewPeriod => Some(Topic::Requalification),
        Question::Karens => Some(Topic::Karens),
        Question::Extension => Some(Topic::Account),
    }
}

/// An answer to a question; `None`: she does not know.
pub(super) fn choice_text(
    question: Question,
    choice: Option<Choice>,
    language: Language,
) -> String {
    let t = language.understanding();
    let Some(choice) = choice else { return t.dont_know.to_owned() };
    let text = match choice {
        Choice::Nothing => t.none,
        Choice::AtMost200
        | Choice::AtMost500
        | Choice::AtMost1000
        | Choice::AtMost1500
        | Choice::AtMost2000
        | Choice::AtMost3000
        | Choice::More => return hours_text(question, choice, language),
        Choice::Ended => t.ended,
        Choice::WithinHalfAYear => t.half_a_year,
        Choice::WithinAYear => t.a_year,
        Choice::WithinTwoYears => t.two_years,
        Choice::Later => t.later,
        Choice::Avoided => t.avoided,
        Choice::Applies => t.applies,
        Choice::Open => t.open,
        Choice::Unknown => t.unknown,
    };
    text.to_owned()
}

/// So many hours: more than the choice before holds.
fn hours_text(question: Question, choice: Choice, language: Language) -> String {
    let t = language.understanding();
    let shown = |choice: Choice| choice.most().map(|most| language.short_hours(most));
    let before = question.choices().iter().take_while(|each| **each != choice).last();
    let least = before.copied().filter(|before| *before != Choice::Nothing).and_then(shown);
    match (least, shown(choice)) {
        (Some(least), Some(most)) => fill(t.between, &[("least", &least), ("most", &most)]),
        (Some(least), None) => fill(t.more, &[("least", &least)]),
        (None, most) => fill(t.at_most, &[("most", &most.unwrap_or_default())]),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn hours_are_told_from_the_choice_before_on() {
        let texts = |question: Question| {
            let choices = question.choices().iter().map(|choice| Some(*choice));
            choices.map(|c| choice_text(question, c, Language::Danish)).collect::<Vec<_>>()
        };
        assert_eq!(
            texts(Question::Extension),
            ["Ingen timer", "Højst 200 timer", "Over 200 og højst 1.000 timer", "Over 1.000 timer",]
        );
    }

    #[test]
    fn no_two_answers_of_a_question_read_the_same() {
        for (language, question) in
            Language::ALL.into_iter().flat_map(|l| Question::ALL.map(|question| (l, question)))
        {
            let choices = question.choices().iter().copied().map(Some).chain([None]);
            let texts: BTreeSet<_> =
                choices.map(|choice| choice_text(question, choice, language)).collect();
            assert_eq!(texts.len(), question.choices().len() + 1, "{texts:?}");
            assert!(texts.iter().all(|text| !text.contains(['{', '}'])), "{texts:?}");
        }
    }
}
