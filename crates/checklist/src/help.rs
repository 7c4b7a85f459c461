//! From what moved her profile to something she can do: every factor leads to items, none to a
//! duty or to a sanction.

use jobnet_profiling::fact::Fact;
use jobnet_profiling::form::Question;
use jobnet_profiling::profile::Factor;

use crate::item::Item;

/// What she can do about a factor, the nearest first.
pub const fn items(factor: Factor) -> &'static [Item] {
    use Item::*;
    match factor {
        Factor::Answer(question) => match question {
            Question::Education => &[Courses, Feedback],
            Question::Field => &[WidenSearch, Feedback],
            Question::Expectation => &[WeeklyRhythm, ReviewPlan],
            Question::Ending => &[TalkAboutObstacles, FirstTalk],
            Question::Notice => &[FirstTalk],
            Question::Applied => &[FirstApplications, WeeklyRhythm],
            Question::Outlook => &[WidenSearch, Feedback],
            Question::KnownJob => &[WidenSearch, FirstTalk],
            Question::Channels => &[Network, Unsolicited],
            Question::Considering => &[WidenSearch, Courses],
            Question::Difficulty | Question::Difficulties => &[TalkAboutObstacles, FirstTalk],
        },
        Factor::Fact(fact) => match fact {
            Fact::Age => &[Network, Feedback],
            Fact::MonthsEmployed => &[Unsolicited, Measure],
            Fact::Origin => &[Network, Feedback],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::{Due, Evidence, Link};

    /// The table is walked: each factor has something to do that is there for everyone, once.
    #[test]
    fn every_factor_leads_to_something_that_everyone_can_do() {
        let answers = Question::ALL.map(Factor::Answer);
        for factor in answers.into_iter().chain(Fact::ALL.map(Factor::Fact)) {
            let items = items(factor);
            assert!((1..=3).contains(&items.len()), "{factor:?}");
            for item in items {
                assert_eq!(item.spec().schemes.len(), 3, "{factor:?}: {item:?}");
                assert_eq!(items.iter().filter(|other| *other == item).count(), 1);
            }
            for item in items {
                let spec = item.spec();
                assert_ne!(spec.evidence, Evidence::Law, "{factor:?} leads to a duty: {item:?}");
                let is_of_law = matches!(spec.due, Due::CvDeadline | Due::CardDeadline);
                assert!(!is_of_law, "{factor:?} leads to a deadline of the law: {item:?}");
                // The rules tell of sanctions, too.
                assert_ne!(spec.link, Some(Link::Rights), "{factor:?}: {item:?}");
            }
        }
    }
}
