//! The form has as many answers to each question as the agency's, and one can say of each that one does
//! not know.
//!
//! **Source**: the questions of the public reconstruction (`theresemoreau/ledighedsalgoritmen`, read at
//! 9536440), in which “don't know” stands only at some of them; ours has it everywhere.

use jobnet_profiling::form::{Choice, Question};

#[test]
fn every_question_has_the_number_of_answers_that_it_is_known_to_have() {
    let known = |question| match question {
        Question::Education => 10,
        Question::Field => 11,
        Question::Expectation => 7,
        Question::Ending => 7,
        Question::Notice => 5,
        Question::Applied | Question::Outlook | Question::KnownJob => 4,
        Question::Channels => 6,
        // Five things to consider, and none of them.
        Question::Considering => 6,
        Question::Difficulty => 2,
        // Eight, and one in her own words.
        Question::Difficulties => 9,
    };
    let main = Question::ALL.into_iter().filter(|question| question.asked_after().is_none());
    assert_eq!(main.count(), 10);
    for question in Question::ALL {
        let choices = question.choices();
        assert_eq!(choices.len(), known(question) + 1, "{question}");
        assert_eq!(choices.last(), Some(&Choice::DontKnow), "{question}");
        let mut each = choices.to_vec();
        each.sort_unstable();
        each.dedup();
        assert_eq!(each.len(), choices.len(), "{question}");
    }
}
