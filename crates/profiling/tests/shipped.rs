//! The delivered models are what their recipes make of the made-up people: the file of a model can
//! say nothing that does not reproduce.

use jobnet_profiling::model::{Kind, Model};
use jobnet_profiling::recipe::Recipe;
use jobnet_profiling::synthetic;

const RECIPES: [(&str, &str); 2] = [
    (
        include_str!("../models/logistic.recipe.json"),
        concat!(env!("CARGO_MANIFEST_DIR"), "/models/logistic.json"),
    ),
    (
        include_str!("../models/logistic-with-origin.recipe.json"),
        concat!(env!("CARGO_MANIFEST_DIR"), "/models/logistic-with-origin.json"),
    ),
];

/// `WRITE_MODELS=1 cargo test -p jobnet-profiling --release --test shipped` writes the files.
#[test]
fn every_delivered_model_is_what_its_recipe_makes() {
    for (recipe, path) in RECIPES {
        let recipe: Recipe = serde_json::from_str(recipe).unwrap();
        let people = synthetic::people(recipe.people.unwrap(), recipe.seed.unwrap());
        let made = recipe.make(&people).unwrap();
        if std::env::var_os("WRITE_MODELS").is_some() {
            let text = serde_json::to_string_pretty(&made).unwrap() + "\n";
            std::fs::write(path, text).unwrap();
        }
        let delivered = Model::read(&std::fs::read_to_string(path).unwrap()).unwrap();
        alike(
            &serde_json::to_value(&made).unwrap(),
            &serde_json::to_value(&delivered).unwrap(),
            "",
        );
        let Kind::Logistic(logistic) = &delivered.kind else { panic!("{path}") };
        assert!((logistic.base_rate - synthetic::BASE_RATE).abs() < 0.003);
    }
}

/// Equal, but for the last decimal that is written, in which machines may differ.
fn alike(made: &serde_json::Value, delivered: &serde_json::Value, at: &str) {
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
            assert!((a - b).abs() < 2e-6, "{at}: {a} {b}");
        }
        (a, b) => assert_eq!(a, b, "{at}"),
    }
}
