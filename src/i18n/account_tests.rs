//! The texts of the account pages, walked through: complete, with the same places, easy to read.

use std::collections::BTreeSet;

use jobnet_messages::lix::lix;
use jobnet_rules::trace::{Quantity, Rule};

use super::Language;

/// One area: its name and every text with its own name.
type Area = (&'static str, Vec<(&'static str, &'static str)>);

fn areas(language: Language) -> Vec<Area> {
    let texts = language.account();
    vec![
        ("page", texts.page.each()),
        ("words", texts.words.each()),
        ("months", texts.months.each()),
        ("report", language.report().each()),
        ("sick", texts.sick.each()),
        ("new", texts.new.each()),
        ("counters", language.counters().each()),
        ("history", language.history().each()),
        ("social", texts.social.each()),
        ("what_if", texts.what_if.each()),
        ("explain", texts.explain.each()),
        ("caseload", language.casework().list.each()),
        ("visit", language.casework().visit.each()),
        ("talk", language.casework().talk.each()),
        ("guest", language.casework().guest.each()),
        ("understanding", language.understanding().each()),
        ("my_trials", language.my_trials().each()),
        ("profile start", language.profile().start.each()),
        ("profile form", language.profile().form.each()),
        ("profile facts", language.profile().facts.each()),
        ("profile review", language.profile().review.each()),
        ("profile letters", language.profile().letters.each()),
        ("receipts", language.receipt().each()),
        ("profile result", language.profile().result.each()),
        ("profile factors", language.profile().factors.each()),
        ("profile what if", language.profile().what_if.each()),
        ("model card", language.card().each()),
        ("messages of a trial", language.post().each()),
        ("outbox", language.outbox().each()),
        ("profile rights", language.profile().rights.each()),
    ]
}

/// The named places of a text.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn both_languages_say_everything_with_the_same_places() {
    for ((area, danish), (_, english)) in
        areas(Language::Danish).into_iter().zip(areas(Language::English))
    {
        for ((name, danish), (_, english)) in danish.into_iter().zip(english) {
            assert!(!danish.trim().is_empty() && !english.trim().is_empty(), "{area}.{name}");
            assert_eq!(places(danish), places(english), "{area}.{name}");
        }
    }
}

#[test]
fn every_rule_and_every_input_has_words_of_its_own() {
    for language in Language::ALL {
        let rules: BTreeSet<_> = Rule::ALL.iter().map(|rule| language.rule(*rule)).collect();
        assert_eq!(rules.len(), Rule::ALL.len(), "two rules share an explanation");
        for rule in Rule::ALL {
            assert!(language.rule(*rule).ends_with('.'), "{rule} is no sentence");
        }
        for quantity in Quantity::ALL {
            assert!(!language.quantity(*quantity).is_empty(), "{quantity}");
        }
    }
}

#[test]
fn danish_prose_is_easy_to_read() {
    let sentence = |text: &&str| text.ends_with('.');
    for (area, texts) in areas(Language::Danish) {
        let prose: Vec<_> = texts.into_iter().map(|(_, text)| text).filter(sentence).collect();
        let index = lix(&prose.join(" "));
        assert!(index <= 35.0, "{area}: LIX {index:.1}");
    }
}

#[test]
fn every_explanation_of_a_rule_is_easy_to_read() {
    let all: Vec<_> = Rule::ALL.iter().map(|rule| Language::Danish.rule(*rule)).collect();
    let index = lix(&all.join(" "));
    assert!(index <= 35.0, "all rules: LIX {index:.1}");
    for rule in Rule::ALL {
        let text = Language::Danish.rule(*rule);
        let index = lix(text);
        assert!(index <= 35.0, "{rule}: LIX {index:.1} in “{text}”");
    }
}

#[test]
fn the_form_and_what_others_have_said_are_easy_to_read_and_whole() {
    use jobnet_api::profiling::fact::Fact;
    use jobnet_api::profiling::form::Question;

    let here = Language::Danish;
    let questions = Question::ALL.map(|question| here.question(question));
    let facts = Fact::ALL.map(|fact| here.fact(fact));
    let asked = questions.iter().flat_map(|texts| [texts.title, texts.hint]);
    let told = facts.iter().flat_map(|texts| [texts.says, texts.source, texts.why]);
    let form: Vec<_> = asked.chain(told).filter(|text| !text.is_empty()).collect();
    let said: Vec<_> = here.criticism().iter().map(|criticism| criticism.said).collect();
    for (name, prose) in [("form", form), ("criticism", said)] {
        let index = lix(&prose.join(" "));
        assert!(index <= 35.0, "{name}: LIX {index:.1}");
    }
    for language in Language::ALL {
        for question in Question::ALL {
            let choices: BTreeSet<_> =
                question.choices().iter().map(|choice| language.choice(*choice)).collect();
            assert_eq!(choices.len(), question.choices().len(), "{question:?}: two look alike");
        }
        let names: BTreeSet<_> = Question::ALL.map(|q| language.question(q).name).into();
        assert_eq!(names.len(), Question::ALL.len(), "two questions have one name");
    }
    let [danish, english] = Language::ALL.map(|language| language.criticism().len());
    assert_eq!(danish, english);
}

/// What others have said is told in both languages of the same days and cases.
#[test]
fn what_others_have_said_has_the_same_days_and_numbers_in_both_languages() {
    const TIMES: [(&str, &str); 13] = [
        ("januar", "january"),
        ("februar", "february"),
        ("marts", "march"),
        ("april", "april"),
        ("maj", "may"),
        ("juni", "june"),
        ("juli", "july"),
        ("august", "august"),
        ("september", "september"),
        ("oktober", "october"),
        ("november", "november"),
        ("december", "december"),
        ("sommer", "summer"),
    ];
    let numbers = |text: &str| -> Vec<String> {
        let parts = text.split(|letter: char| !letter.is_ascii_digit());
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let [danish, english] = Language::ALL.map(Language::criticism);
    for (danish, english) in danish.iter().zip(english) {
        let day = danish.day.to_lowercase().replace('.', "");
        let words = day.split(' ').map(|word| {
            TIMES.iter().find(|(danish, _)| *danish == word).map_or(word, |(_, english)| *english)
        });
        assert_eq!(words.collect::<Vec<_>>().join(" "), english.day.to_lowercase());
        assert_eq!(numbers(danish.source), numbers(english.source), "{}", english.day);
    }
}
