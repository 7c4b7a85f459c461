//! People who do not exist, to show what a model does: newly registered, with answers, facts and what
//! came of it.
//!
//! How they are drawn is chosen, not measured; only that 4.2 % of those who register are still
//! unemployed after 26 weeks is a figure of STAR's (Jobindsats y01b01, registered 2025 Q2). A model
//! made from them says nothing about anybody, and every page that shows one says so.

use crate::answers::{Answer, Answers};
use crate::fact::{Facts, Origin};
use crate::form::{Choice, Question, Takes};
use crate::logistic::inverse_logit;
use crate::people::Person;

/// For which share it comes true.
pub const BASE_RATE: f64 = 0.042;

/// SplitMix64: the same numbers on every machine. Nothing secret is drawn with it.
///
/// **Source**: Steele, Lea & Flood, OOPSLA 2014.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to 1.
    fn even(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn chance(&mut self, p: f64) -> bool {
        self.even() < p
    }

    /// One of some, by weight.
    fn pick<T: Copy>(&mut self, of: &[(T, f64)]) -> Option<T> {
        let all: f64 = of.iter().map(|(_, weight)| weight.max(0.0)).sum();
        let mut left = self.even() * all;
        for (one, weight) in of {
            left -= weight.max(0.0);
            if left < 0.0 {
                return Some(*one);
            }
        }
        of.last().map(|(one, _)| *one)
    }
}

/// Draws so many people; the same seed draws the same ones.
pub fn people(count: u32, seed: u64) -> Vec<Person> {
    let mut random = Random(seed);
    let drawn: Vec<(Person, f64)> = (0..count).map(|_| person(&mut random)).collect();
    let shift = shift(&drawn);
    let mut people = Vec::with_capacity(drawn.len());
    for (mut person, log_odds) in drawn {
        person.came_true = random.chance(inverse_logit(log_odds + shift));
        people.push(person);
    }
    people
}

/// What to add to all log odds so that the share is [`BASE_RATE`].
fn shift(drawn: &[(Person, f64)]) -> f64 {
    let (mut low, mut high) = (-15.0, 5.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        let sum: f64 = drawn.iter().map(|(_, log_odds)| inverse_logit(log_odds + middle)).sum();
        if sum < BASE_RATE * drawn.len() as f64 { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// Somebody, and the log odds that it comes true, but for what is added to everyone's.
fn person(random: &mut Random) -> (Person, f64) {
    use Choice::*;
    let age = 18.0 + 49.0 * ((random.even() + random.even()) / 2.0);
    let is_woman = random.chance(0.48);
    let origin = random
        .pick(&[
            (Origin::Danish, 0.79),
            (Origin::WesternImmigrant, 0.07),
            (Origin::WesternDescendant, 0.01),
            (Origin::NonWesternImmigrant, 0.09),
            (Origin::NonWesternDescendant, 0.04),
        ])
        .unwrap_or(Origin::Danish);
    let steady = random.even();
    let months = (37.0 * steady.sqrt() * if age < 25.0 { 0.6 } else { 1.0 }).floor().min(36.0);
    let old = (age - 40.0) / 10.0;
    let rare = (24.0 - months) / 12.0;
    let hard = random.chance(0.16 + 0.05 * rare.max(0.0));
    // What she knows of herself and no register does.
    let own = 2.0 * random.even() - 1.0;

    let mut answers = Answers::default();
    let mut put = |question: Question, choices: Vec<Choice>| {
        answers.0.insert(question, Answer { choices, note: None });
    };
    let education = random.pick(&[
        (PrimarySchool, 0.20),
        (GeneralUpperSecondary, 0.09),
        (VocationalUpperSecondary, 0.04),
        (VocationalTraining, 0.28),
        (ShortHigher, 0.07),
        (ProfessionalBachelor, 0.14),
        (AcademicBachelor, 0.04),
        (Master, 0.09),
        (Doctorate, 0.01),
        (ForeignNotRecognised, 0.03),
        (DontKnow, 0.01),
    ]);
    let education = education.unwrap_or(DontKnow);
    let gloom = own + 0.25 * old + 0.35 * rare + if hard { 0.5 } else { 0.0 };
    let expectation = random.pick(&[
        (HasJob, (0.16 - 0.08 * gloom).max(0.01)),
        (Within1Month, (0.20 - 0.09 * gloom).max(0.01)),
        (Within3Months, 0.28),
        (Within6Months, (0.14 + 0.05 * gloom).max(0.01)),
        (Over6Months, (0.06 + 0.06 * gloom).max(0.004)),
        (MaternitySoon, if is_woman && (22.0..42.0).contains(&age) { 0.02 } else { 0.001 }),
        (RetiresSoon, if age > 58.0 { 0.05 } else { 0.001 }),
        (DontKnow, 0.10),
    ]);
    let expectation = expectation.unwrap_or(DontKnow);
    let outlook = random.pick(&[
        (VeryGood, (0.28 - 0.16 * gloom).max(0.01)),
        (Good, 0.42),
        (Poor, (0.16 + 0.10 * gloom).max(0.01)),
        (VeryPoor, (0.05 + 0.06 * gloom).max(0.004)),
        (DontKnow, 0.08),
    ]);
    let outlook = outlook.unwrap_or(DontKnow);
    let applied = random.pick(&[
        (Applied0, 0.28),
        (Applied1, 0.15),
        (Applied2To5, 0.33),
        (AppliedOver5, 0.21),
        (DontKnow, 0.03),
    ]);
    let applied = applied.unwrap_or(DontKnow);
    put(Question::Education, vec![education]);
    put(Question::Expectation, vec![expectation]);
    put(Question::Outlook, vec![outlook]);
    put(Question::Applied, vec![applied]);
    put(Question::Difficulty, vec![if hard { Yes } else { No }]);
    // The rest says nothing about what comes of it, as most of a form does.
    for question in Question::ALL {
        if !answers.0.contains_key(&question) && answers.asks(question) {
            let choices = anything(question, random);
            answers.0.insert(question, Answer { choices, note: None });
        }
    }

    let log_odds = match expectation {
        HasJob => -1.9,
        Within1Month => -1.0,
        Within3Months => -0.4,
        Within6Months => 0.2,
        Over6Months => 1.0 + 0.2 * old,
        MaternitySoon => 0.6,
        RetiresSoon => 0.9,
        _ => 0.3,
    } + match outlook {
        VeryGood => -0.3,
        Poor => 0.25,
        VeryPoor => 0.5,
        _ => 0.0,
    } + match education {
        PrimarySchool | ForeignNotRecognised => 0.35,
        ProfessionalBachelor | Master | Doctorate => -0.25,
        _ => 0.0,
    } + match origin {
        Origin::NonWesternImmigrant => 0.25,
        Origin::NonWesternDescendant => 0.15,
        Origin::WesternImmigrant => 0.10,
        _ => 0.0,
    } + if applied == Applied0 { 0.25 } else { 0.0 }
        + if hard { 0.4 } else { 0.0 }
        + 0.3 * old
        + 0.3 * rare
        + 0.5 * own;
    let band = match age {
        ..30.0 => "18-29",
        ..45.0 => "30-44",
        ..56.0 => "45-55",
        _ => "56-66",
    };
    let origin_group = match origin {
        Origin::Danish | Origin::Unknown => "danish",
        Origin::WesternImmigrant | Origin::WesternDescendant => "western",
        Origin::NonWesternImmigrant | Origin::NonWesternDescendant => "non_western",
    };
    let groups =
        [("age", band), ("origin", origin_group), ("sex", if is_woman { "women" } else { "men" })];
    let groups = groups.map(|(by, group)| (by.to_owned(), group.to_owned()));
    let facts =
        Facts { age: Some(age as u8), months_employed: Some(months as u8), origin: Some(origin) };
    (Person { answers, facts, groups: groups.into(), ..Person::default() }, log_odds)
}

fn anything(question: Question, random: &mut Random) -> Vec<Choice> {
    let choices = question.choices();
    let one = |random: &mut Random| {
        let place = (random.even() * choices.len() as f64) as usize;
        vec![choices[place.min(choices.len() - 1)]]
    };
    match question.takes() {
        Takes::One => one(random),
        Takes::Many => {
            let several: Vec<Choice> = choices
                .iter()
                .copied()
                .filter(|choice| !choice.stands_alone() && random.chance(0.4))
                .collect();
            if several.is_empty() { vec![Choice::DontKnow] } else { several }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers that the authors' program gives for this seed.
    #[test]
    fn chance_is_that_of_splitmix64() {
        let mut random = Random(1_234_567);
        let numbers = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(numbers.map(|_| random.next()), numbers);
    }

    #[test]
    fn the_same_seed_draws_the_same_people_and_every_answer_stands() {
        let drawn = people(5_000, 7);
        assert_eq!(drawn, people(5_000, 7));
        assert_ne!(drawn[..50], people(5_000, 8)[..50]);
        for person in &drawn {
            assert_eq!(person.answers.missing(), []);
            assert_eq!(person.answers.asked_only(), person.answers);
            for (question, answer) in &person.answers.0 {
                assert_eq!(answer.check(*question), Ok(()));
            }
            let age = person.facts.age.unwrap();
            assert!((18..=66).contains(&age) && person.facts.months_employed.unwrap() <= 36);
        }
        let events = drawn.iter().filter(|person| person.came_true).count() as f64;
        let deviation = (BASE_RATE * (1.0 - BASE_RATE) / 5_000.0).sqrt();
        assert!((events / 5_000.0 - BASE_RATE).abs() < 4.0 * deviation);
    }

    #[test]
    fn what_she_expects_tells_most_and_most_of_the_form_nothing() {
        let drawn = people(60_000, 11);
        // The chi square of the answers to a question against the outcome, by its degrees of freedom.
        let tells = |question: Question| {
            let mut squares = 0.0;
            let choices = question.choices();
            for choice in choices {
                let of = drawn.iter().filter(|one| one.answers.one(question) == Some(*choice));
                let (count, events) = of.fold((0.0, 0.0), |(count, events), one| {
                    (count + 1.0, events + f64::from(u8::from(one.came_true)))
                });
                let expected: f64 = count * BASE_RATE;
                if count > 0.0 {
                    squares += (events - expected).powi(2) / (expected * (1.0 - BASE_RATE));
                }
            }
            squares / (choices.len() as f64 - 1.0)
        };
        let most = tells(Question::Expectation);
        for question in [Question::Outlook, Question::Education, Question::Difficulty] {
            assert!((4.0..most).contains(&tells(question)), "{question:?}: {}", tells(question));
        }
        for question in [Question::Ending, Question::Notice, Question::KnownJob] {
            assert!(tells(question) < 4.0, "{question:?}: {}", tells(question));
        }
    }
}
