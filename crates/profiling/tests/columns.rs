//! Models of the columns of any table: how they are coded, and what is refused.

#![allow(clippy::unwrap_used, reason = "a test")]

use jobnet_profiling::columns::{Model, Recipe};
use jobnet_profiling::measured::measure_columns;
use jobnet_profiling::people::{self, Person, Schema};
use serde_json::{Value, json};

/// A hundred rows: weeks, age, town; `weeks` is not known in some.
fn table() -> Vec<[String; 5]> {
    let row = |place: u32| {
        let weeks = if place % 10 == 9 {
            String::new()
        } else {
            ((place * place * 7 + place * 11) % 53).to_string()
        };
        let town = ["Aarhus", "Odense", "Esbjerg"][(place % 3) as usize];
        let age = 20.5 + f64::from(place * 13 % 45);
        [place.to_string(), weeks, age.to_string(), town.to_owned(), (place % 4).to_string()]
    };
    (0..100).map(row).collect()
}

fn schema(change: impl FnOnce(&mut Value)) -> Schema {
    let mut schema = json!({
        "columns": {"age": {"role": "number"}, "town": {"role": "word"}},
        "rows": {"more_than": {"column": "weeks", "number": -1}},
        "outcome": {"more_than": {"column": "weeks", "number": 26}},
        "groups": [{"by": "age", "column": "age", "bands": [40]}],
        "folds": "fold"
    });
    change(&mut schema);
    serde_json::from_value(schema).unwrap()
}

fn read(schema: &Schema, rows: &[[String; 5]]) -> Result<Vec<Person>, people::TableError> {
    let rows = rows.iter().map(|row| row.iter().map(String::as_str).collect());
    people::read(schema, &["", "weeks", "age", "town", "fold"], rows)
}

fn recipe(change: impl FnOnce(&mut Value)) -> Recipe {
    let mut recipe = json!({
        "of": "columns", "key": "towns", "version": "1", "made_on": "2026-11-27",
        "target": "more than 26 weeks", "folds": 4,
        "variables": [
            {"column": "age", "coding": {"type": "bands", "columns": [30, 50]}},
            {"column": "town",
             "coding": {"type": "word", "reference": ["Aarhus"], "columns": ["Odense", "Esbjerg"]}}
        ]
    });
    change(&mut recipe);
    serde_json::from_value(recipe).unwrap()
}

#[test]
fn rows_count_and_outcomes_are_by_the_schema() {
    let rows = table();
    let people = read(&schema(|_| {}), &rows).unwrap();
    assert_eq!(people.len(), 90, "those of whom it is not known do not count");
    let known = rows.iter().filter(|row| !row[1].is_empty());
    for (row, person) in known.zip(&people) {
        assert_eq!(person.came_true, row[1].parse::<u32>().unwrap() > 26, "{row:?}");
        let is_old = row[2].parse::<f64>().unwrap() >= 40.0;
        assert_eq!(person.groups["age"], if is_old { "≥40" } else { "<40" }, "{row:?}");
        assert_eq!(person.fold, row[4].parse().ok());
    }
    let all = schema(|schema| drop(schema.as_object_mut().unwrap().remove("rows")));
    let said = read(&all, &rows).unwrap_err().to_string();
    assert_eq!(said, "row 10, column “weeks”: the outcome is not known");
}

/// With columns for every cell of a saturated model its estimates are the shares of the cells.
#[test]
fn a_saturated_model_gives_the_share_of_each_cell() {
    let people = read(&schema(|_| {}), &table()).unwrap();
    let two = recipe(|recipe| {
        recipe["variables"] = json!([
            {"column": "town",
             "coding": {"type": "word", "reference": ["Aarhus"], "columns": ["Odense", "Esbjerg"]}}
        ]);
    });
    let model = two.make(&people).unwrap();
    for town in ["Aarhus", "Odense", "Esbjerg"] {
        let is_there = |one: &&Person| one.columns["town"] == people::Value::Word(town.to_owned());
        let here: Vec<&Person> = people.iter().filter(is_there).collect();
        let share = here.iter().filter(|one| one.came_true).count() as f64 / here.len() as f64;
        assert!((model.told(here[0]).unwrap().expected - share).abs() < 1e-8, "{town}");
    }
    let names: Vec<&str> = model.coefficients.iter().map(|one| one.of.as_str()).collect();
    assert_eq!(names, ["1", "town: Odense", "town: Esbjerg"]);
    // Read back, it says the same, and is measured like any model.
    let read = Model::read(&serde_json::to_string(&model).unwrap()).unwrap();
    assert_eq!(read, model);
    let mut others = people.clone();
    others[0].columns.remove("town");
    others[1].columns.insert("town".to_owned(), people::Value::Word("Ribe".to_owned()));
    let measured = measure_columns(&read, &others).unwrap();
    let said: Vec<&str> = measured.says_nothing.iter().map(|one| one.why.as_str()).collect();
    assert_eq!(said, ["“town” is a word that the model does not know", "“town” is not known"]);
    assert_eq!(measured.evaluation.unwrap().people, 88);
}

#[test]
fn the_folds_of_the_table_are_used() {
    let with = read(&schema(|_| {}), &table()).unwrap();
    let mut moved = with.clone();
    moved.iter_mut().for_each(|one| one.fold = one.fold.map(|fold| (fold + 1) % 4));
    let of = |people: &[Person]| recipe(|_| {}).make(people).unwrap();
    // The names of the folds do not matter, who is in one does.
    assert_eq!(of(&with), of(&moved));
    let without: Vec<Person> =
        with.iter().map(|one| Person { fold: None, ..one.clone() }).collect();
    assert_ne!(of(&with).evaluation, of(&without).evaluation);
    assert_eq!(of(&with).coefficients, of(&without).coefficients);
    let mut by_hand = without.clone();
    by_hand.iter_mut().enumerate().for_each(|(place, one)| one.fold = Some((place % 4) as u8));
    assert_eq!(of(&by_hand), of(&without));
    by_hand[2].fold = Some(4);
    let said = recipe(|_| {}).make(&by_hand).unwrap_err().to_string();
    assert_eq!(said, "person 3 is in none of the 4 folds");
}

#[test]
fn a_number_outside_of_what_was_seen_gives_nothing() {
    let people = read(&schema(|_| {}), &table()).unwrap();
    let model = recipe(|_| {}).make(&people).unwrap();
    let ages = people.iter().map(|one| match one.columns["age"] {
        people::Value::Number(age) => age,
        people::Value::Word(_) => panic!("a number"),
    });
    let most = ages.fold(0.0, f64::max);
    let mut old = people[0].clone();
    for (age, says) in [(most, true), (most + 0.1, false)] {
        old.columns.insert("age".to_owned(), people::Value::Number(age));
        assert_eq!(model.told(&old).is_ok(), says, "{age}");
    }
}

#[test]
fn what_does_not_hold_together_is_said() {
    let rows = table();
    let people = read(&schema(|_| {}), &rows).unwrap();
    let of = |change: fn(&mut Value)| recipe(change).make(&people).unwrap_err().to_string();
    for (said, expected) in [
        (of(|one| one["folds"] = 1.into()), "1 folds are too few"),
        (of(|one| one["variables"] = json!([])), "nothing enters"),
        (of(|one| one["interactions"] = json!([[0, 1]])), "two variables"),
        (of(|one| one["interactions"] = json!([[0, 9]])), "two variables"),
        (of(|one| one["variables"][0]["coding"]["columns"] = json!([50, 30])), "“age”: its coding"),
        (of(|one| one["variables"][1]["coding"]["reference"] = json!([])), "“town”: its coding"),
        (of(|one| one["variables"][1]["coding"]["reference"] = json!(["Ribe"])), "does not know"),
        (of(|one| one["variables"][0]["column"] = "height".into()), "“height” is not known"),
        (of(|one| one["variables"][0]["column"] = "town".into()), "“town” enters twice"),
    ] {
        assert!(said.contains(expected), "{said}, not {expected}");
    }
    let of = |change: fn(&mut Value)| read(&schema(change), &rows).unwrap_err().to_string();
    for (said, expected) in [
        (of(|one| one["columns"]["height"] = json!({"role": "number"})), "no column “height”"),
        (of(|one| one["folds"] = "part".into()), "no column “part”"),
        (of(|one| one["folds"] = "town".into()), "“Aarhus” is no fold"),
        (of(|one| one["groups"][0]["bands"] = json!([40, 30])), "bands of “age”"),
        (of(|one| one["columns"]["weeks"] = json!({"role": "outcome"})), "hold the same"),
        (
            of(|one| {
                one["groups"] = json!([{"by": "a", "column": "age"}, {"by": "a", "column": "town"}])
            }),
            "hold the same",
        ),
        (of(|one| drop(one.as_object_mut().unwrap().remove("outcome"))), "must hold the outcome"),
        (of(|one| one["columns"]["town"] = json!({"role": "number"})), "“Aarhus” is no number"),
        (of(|one| one["outcome"]["more_than"]["column"] = "town".into()), "“Aarhus” is no number"),
    ] {
        assert!(said.contains(expected), "{said}, not {expected}");
    }
}
