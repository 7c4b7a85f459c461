//! The delivered models are what their recipes make of the made-up people, and so is what is said of
//! them side by side: no file can say anything that does not reproduce.

#![allow(clippy::unwrap_used, reason = "a test")]

use jobnet_profiling::compare::{Compared, Comparison, Comparisons, Flags, Says, compare};
use jobnet_profiling::fact::Fact;
use jobnet_profiling::flags::{Flag, flagging};
use jobnet_profiling::model::{Data, Kind, Model, Source};
use jobnet_profiling::people::Person;
use jobnet_profiling::profile::{Factor, Group, Outcome};
use jobnet_profiling::recipe::{Recipe, traits};
use jobnet_profiling::score::Sealed;
use jobnet_profiling::{shipped, synthetic};
use serde::Serialize;
use serde_json::Value;

const RECIPES: [(&str, &str); 2] = [
    (include_str!("../models/logistic.recipe.json"), "logistic.json"),
    (include_str!("../models/logistic-with-origin.recipe.json"), "logistic-with-origin.json"),
];
const TREE: &str = "tree-reconstruction.json";

fn path(file: &str) -> String {
    format!("{}/models/{file}", env!("CARGO_MANIFEST_DIR"))
}

/// The file, after it was written anew when that was asked for.
fn delivered(file: &str, made: &impl Serialize) -> String {
    if std::env::var_os("WRITE_MODELS").is_some() {
        let text = serde_json::to_string_pretty(made).unwrap() + "\n";
        std::fs::write(path(file), text).unwrap();
    }
    std::fs::read_to_string(path(file)).unwrap()
}

/// `WRITE_MODELS=1 cargo test -p jobnet-profiling --test shipped` writes the files.
#[test]
fn every_delivered_model_is_what_its_recipe_makes() {
    let recipes = RECIPES.map(|(recipe, _)| serde_json::from_str::<Recipe>(recipe).unwrap());
    let (seed, count) = (recipes[0].seed.unwrap(), recipes[0].people.unwrap());
    let people = synthetic::people(count, seed);
    let events = people.iter().filter(|person| person.came_true).count();
    let mut models = Vec::new();
    for (recipe, (_, file)) in recipes.iter().zip(RECIPES) {
        // Else they could not be compared.
        assert_eq!((recipe.seed, recipe.people, recipe.folds), (Some(seed), Some(count), 5));
        let made = recipe.try_out(&people).unwrap();
        let text = delivered(file, &made.model);
        assert_alike(&made.model, &text);
        let sealed = shipped::sealed(&text).unwrap();
        let Kind::Logistic(logistic) = &sealed.model.kind else { panic!("{file}") };
        assert!((logistic.base_rate - synthetic::BASE_RATE).abs() < 0.003);
        models.push((sealed, Says::Shares(made.expected)));
    }
    let tree = shipped::sealed(&std::fs::read_to_string(path(TREE)).unwrap()).unwrap();
    let flags = Says::Groups(people.iter().map(|person| is_flagged(&tree, person)).collect());
    let of = people.iter().map(|person| {
        let flagged = is_flagged(&tree, person);
        Flag { flagged, came_true: person.came_true }
    });
    let flagging = flagging(&of.collect::<Vec<_>>(), &traits(&people)).unwrap();
    let flaggings = vec![Flags { model: named(&tree), rows: flagging.into() }];
    models.push((tree, flags));

    let made = Comparisons {
        data: Data {
            source: Source::Synthetic,
            people: Some(count),
            events: u32::try_from(events).ok(),
            seed: Some(seed),
        },
        folds: 5,
        comparisons: [(1, 0), (2, 0), (2, 1)]
            .map(|(first, second)| compared(&models[first], &models[second], &people))
            .to_vec(),
        flaggings,
    };
    assert_alike(&made, &delivered("comparisons.json", &made));
}

fn is_flagged(tree: &Sealed, person: &Person) -> bool {
    tree.outcome(&person.answers, &person.facts) == Ok(Outcome::Group { group: Group::High })
}

fn named(sealed: &Sealed) -> Compared {
    Compared { key: sealed.model.key.clone(), digest: sealed.digest.clone() }
}

fn compared(first: &(Sealed, Says), second: &(Sealed, Says), people: &[Person]) -> Comparison {
    let came_true: Vec<bool> = people.iter().map(|person| person.came_true).collect();
    let (a, b) = ((named(&first.0), &first.1), (named(&second.0), &second.1));
    compare(a, b, &came_true, &traits(people)).unwrap().rounded()
}

fn assert_alike(made: &impl Serialize, delivered: &str) {
    let made = serde_json::to_value(made).unwrap();
    alike(&made, &serde_json::from_str(delivered).unwrap(), "");
}

/// Equal, but for the last decimal that is written, in which machines may differ.
fn alike(made: &Value, delivered: &Value, at: &str) {
    use serde_json::Value::*;
    match (made, delivered) {
        (Array(a), Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().for_each(|(i, (a, b))| alike(a, b, &format!("{at}/{i}")));
        }
        (Object(a), Object(b)) if a.len() == b.len() => {
            a.iter().for_each(|(name, a)| alike(a, &b[name], &format!("{at}/{name}")));
        }
        (Number(a), Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            assert!(is_near(a, b), "{at}: {a} {b}");
        }
        (a, b) => assert_eq!(a, b, "{at}"),
    }
}

/// In the last decimal, but never so far that a small number loses its sign or becomes nothing: the
/// card tells a difference of Brier scores in millionths.
fn is_near(a: f64, b: f64) -> bool {
    let off = (a - b).abs();
    off < 2e-6 && off <= 0.1 * a.abs().min(b.abs())
}

#[test]
fn a_number_keeps_its_sign_and_its_size() {
    for (a, b) in [(0.123_456, 0.123_457), (-2.4e-5, -2.5e-5), (9.5e-8, 9.6e-8), (0.0, -0.0)] {
        assert!(is_near(a, b), "{a} {b}");
    }
    for (a, b) in [(1e-6, -1e-6), (1e-6, 0.0), (1e-6, 2e-6), (9.5e-8, 2e-7), (0.5, 0.500_003)] {
        assert!(!is_near(a, b), "{a} {b}");
    }
}

/// What is said side by side is of the files that are delivered, each two of them once.
#[test]
fn the_comparisons_are_of_the_delivered_models() {
    let said = shipped::comparisons();
    let mut pairs: Vec<[&str; 2]> = Vec::new();
    for comparison in &said.comparisons {
        for compared in [&comparison.first, &comparison.second] {
            let model = shipped::model(&compared.key).unwrap();
            assert_eq!(model.digest, compared.digest, "{}", compared.key);
        }
        let mut pair = [comparison.first.key.as_str(), comparison.second.key.as_str()];
        pair.sort_unstable();
        pairs.push(pair);
    }
    pairs.sort_unstable();
    pairs.dedup();
    assert_eq!(pairs.len(), 3);
}

/// What was delivered under a version stays what it is: a profile names both, and who reads it must
/// find the file that made it. A file that changes gets a new version, and a line here.
#[test]
fn a_version_names_one_file() {
    const DELIVERED: [(&str, &str, &str); 3] = [
        ("logistic", "1.1", "d08f680683aa740b5a7a7f894fac0dab20c7e33084c3ae3341c1eb61252ae9f3"),
        (
            "logistic-with-origin",
            "1.1",
            "9bee651d8721c9bb45a84af686357e752b9efa89e9f14a13638b32cbac31d647",
        ),
        (
            "tree-reconstruction",
            "2021.09.2",
            "62e3185428e72204c16521419c6a9ba91e17431821341932f06079f396b26e5a",
        ),
    ];
    for sealed in shipped::models() {
        let (key, version) = (sealed.model.key.as_str(), sealed.model.version.as_str());
        let known = DELIVERED.iter().find(|one| (one.0, one.1) == (key, version));
        assert_eq!(known.map(|one| one.2), Some(sealed.digest.as_str()), "{key} {version}");
    }
}

/// The model that is used unless another is chosen knows nothing of origin; the other one does.
#[test]
fn only_the_model_with_origin_uses_it() {
    let uses = |model: &Model| model.factors().contains(&Factor::Fact(Fact::Origin));
    assert!(!uses(&shipped::model(shipped::DEFAULT).unwrap().model));
    assert!(uses(&shipped::model("logistic-with-origin").unwrap().model));
}
