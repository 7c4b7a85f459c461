//! What stands in the way of registering a protocol, in words, and the place in the form it is about.

use jobnet_api::trials::protocol::check::{Finding, Problem};

use crate::i18n::{Language, fill};

use super::fields_model::Field;

/// A finding as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The id of the place.
    pub anchor: String,
    /// What is to be done.
    pub words: String,
}

/// The id of the input, or the group of inputs, that stands for a field of the file.
pub fn id(path: &str) -> String {
    let mut id = String::from("f");
    for part in
        path.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|p| !p.is_empty())
    {
        id.push('-');
        id.push_str(part);
    }
    id
}

/// A finding in words.
pub fn shown(finding: &Finding, language: Language) -> Shown {
    let t = language.research().form;
    let problem = match finding.problem {
        Problem::Missing => t.missing,
        Problem::Twice => t.twice,
        Problem::Unknown => t.unknown,
        Problem::OutOfBounds => t.out_of_bounds,
        Problem::TooFew => t.too_few,
        Problem::NotOne => t.not_one,
        Problem::NotEveryCombination => t.not_every,
        Problem::EndsBeforeStart => t.ends_before,
        Problem::KnownHarm => t.known_harm,
        Problem::DoesNotFit => t.does_not_fit,
        Problem::OneLength => t.one_length,
        Problem::NoEarlyLook => t.no_early_look,
    };
    let name = name(&finding.field, language);
    Shown { anchor: id(anchor(&finding.field)), words: fill(problem, &[("field", &name)]) }
}

/// The field whose input there is: what is said of a whole list leads to the list.
fn anchor(path: &str) -> &str {
    match path {
        "arms.control" | "arms.weight" | "arms.settings" => "arms",
        "outcomes.primary" | "outcomes.harm" => "outcomes",
        path if path.starts_with("strata") => "strata",
        path if path.starts_with("analysis.covariates") => "analysis.covariates",
        path if path.starts_with("design.shares") => "design.shares",
        // Boxes stand for the whole list.
        path if path.contains(".lasting[") => path.rsplit_once('[').map_or(path, |(list, _)| list),
        path if path.ends_with(".settings") => path.trim_end_matches(".settings"),
        path if path.ends_with(".known_harm") => path.trim_end_matches(".known_harm"),
        path => path,
    }
}

/// What a field is called in the form.
fn name(path: &str, language: Language) -> String {
    if let Some(field) = Field::ALL.iter().find(|field| field.path() == path) {
        return language.field(*field).0.to_owned();
    }
    let t = language.research().form;
    let list = path.split(['[', '.']).next().unwrap_or_default();
    let group = match list {
        "arms" => t.arms,
        "dispatch" => t.g_messages,
        "outcomes" => t.outcomes,
        "strata" => t.strata,
        "eligibility" => t.eligibility,
        "follow_up" => t.follow_up,
        "design" => t.shares,
        "delayed" => language.field(Field::Delayed).0,
        "analysis" => t.covariates,
        "interim" => language.field(Field::Interim).0,
        "surface" => t.surface,
        _ => path,
    };
    let row = path.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
    let number = row.and_then(|(number, _)| number.parse::<usize>().ok());
    let part = match path.rsplit(['.', ']']).next().unwrap_or_default() {
        "key" => t.key,
        "da" => t.name_da,
        "en" => t.name_en,
        "description" => t.description,
        "weight" => t.weight,
        "control" => t.control,
        "variable" => t.variable,
        "what" => t.what,
        "primary" => language.word("primary").unwrap_or_default(),
        "harm" => language.word("harm").unwrap_or_default(),
        "settings" => t.settings,
        "message" => t.message_what,
        "channels" => t.channels,
        "arms" => t.message_arms,
        other => language.word(other).unwrap_or_default(),
    };
    let mut name = group.to_owned();
    if let Some(number) = number {
        name.push_str(&format!(" {}", number + 1));
    }
    if !part.is_empty() && part != group {
        name.push_str(": ");
        name.push_str(part);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::research::draft_model::{empty, new_arm, new_dispatch, new_outcome};
    use jobnet_api::trials::protocol::Dispatch;
    use jobnet_api::trials::protocol::check::Catalogue;

    #[test]
    fn every_finding_of_an_unfinished_draft_has_words_and_a_place() {
        let mut protocol = empty("a1".parse().unwrap(), "2026-12-01".parse().unwrap());
        protocol.arms.extend(new_arm(&[]));
        protocol.outcomes.extend(new_outcome(&[]));
        protocol.dispatch.extend(new_dispatch(&[], "postcard".parse().unwrap()));
        protocol.dispatch.push(Dispatch {
            arms: vec!["nobody".parse().unwrap()],
            lasting: vec!["moon".to_owned()],
            ..protocol.dispatch[0].clone()
        });
        protocol.strata.push("moon".to_owned());
        protocol.analysis.covariates.push("moon".to_owned());
        let findings = protocol.check(&Catalogue::default());
        assert!(findings.len() > 20);
        for language in Language::ALL {
            for finding in &findings {
                let shown = shown(finding, language);
                assert!(!shown.words.contains(['{', '[', '_']), "{finding}: {}", shown.words);
                assert!(!shown.words.starts_with(':'), "{finding}: {}", shown.words);
            }
        }
        let of = |field: &str| {
            shown(&Finding { field: field.to_owned(), problem: Problem::Missing }, Language::Danish)
        };
        assert_eq!(of("arms[1].name.da").anchor, "f-arms-1-name-da");
        assert_eq!(of("arms[1].settings").anchor, "f-arms-1");
        assert_eq!(of("outcomes.harm").anchor, "f-outcomes");
        assert_eq!(of("dispatch[1].channels").anchor, "f-dispatch-1-channels");
        assert_eq!(of("dispatch[1].lasting[2]").anchor, "f-dispatch-1-lasting");
        assert_eq!(of("delayed.trigger.lasting[0]").anchor, "f-delayed-trigger-lasting");
        assert_eq!(of("strata[2]").anchor, "f-strata");
        assert_eq!(of("power.effect_per_mille").anchor, "f-power-effect_per_mille");
    }
}
