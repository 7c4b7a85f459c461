//! What a model says, in words and as a picture. Words come first, and no number stands without how
//! sure it is.

use jobnet_api::profiling::drift::Verdict;
use jobnet_api::profiling::model::{Model, Source};
use jobnet_api::profiling::profile::{
    Factor, Group, Made, ModelForm, NoProfile, Outcome, Profile, Share,
};
use jobnet_charts::icons::IconsSpec;

use crate::chart::IconsTexts;
use crate::i18n::{Language, fill};

/// Of a hundred people, to the nearest.
pub(super) fn of_hundred(share: Share) -> u32 {
    (u32::from(share.0) + 50) / 100
}

/// The ends of an interval as people of a hundred: never narrower than it is.
pub(super) fn bounds(low: Share, high: Share) -> (u32, u32) {
    (u32::from(low.0) / 100, u32::from(high.0).div_ceil(100))
}

/// “Ud af 100, der svarede som du, …”.
pub(super) fn sentence(expected: Share, language: Language) -> String {
    let t = language.profile().result;
    let text = match of_hundred(expected) {
        0 => t.share_none,
        1 => t.share_one,
        100.. => t.share_all,
        _ => t.share,
    };
    fill(text, &[("count", &of_hundred(expected).to_string())])
}

/// What became of the rest; nothing where the first sentence says it all.
pub(super) fn rest(expected: Share, language: Language) -> Option<String> {
    let count = of_hundred(expected);
    (1..=98)
        .contains(&count)
        .then(|| fill(language.profile().result.rest, &[("rest", &(100 - count).to_string())]))
}

/// How sure the model is.
pub(super) fn interval(low: Share, high: Share, language: Language) -> String {
    let (low, high) = bounds(low, high);
    let places = [("low", &*low.to_string()), ("high", &high.to_string())];
    fill(language.profile().result.interval, &places)
}

/// How it was for all.
pub(super) fn base(rate: Share, language: Language) -> String {
    fill(language.profile().result.base, &[("base", &of_hundred(rate).to_string())])
}

/// The same without a number.
pub(super) fn phrase(expected: Share, language: Language) -> &'static str {
    let t = language.profile().result;
    match expected.0 {
        ..1_000 => t.very_few,
        1_000..3_000 => t.few,
        3_000..4_500 => t.some,
        4_500..=5_500 => t.half,
        5_501..=7_000 => t.more,
        _ => t.most,
    }
}

/// A group.
pub(super) fn group(group: Group, language: Language) -> &'static str {
    let t = language.profile().result;
    match group {
        Group::Low => t.group_low,
        Group::High => t.group_high,
    }
}

/// An outcome in few words, with how sure it is.
pub(super) fn short(outcome: Outcome, language: Language) -> String {
    match outcome {
        Outcome::Share { expected, low, high } => {
            format!("{} {}", sentence(expected, language), interval(low, high, language))
        }
        Outcome::Group { group } => self::group(group, language).to_owned(),
    }
}

/// What the model is: kind, day, version.
pub(super) fn made(made: Made, version: &str, language: Language) -> String {
    let t = language.profile().result;
    let kind = match made.form {
        ModelForm::Tree => t.tree,
        ModelForm::Logistic => t.logistic,
    };
    fill(t.made, &[("kind", kind), ("day", &language.date(made.on)), ("version", version)])
}

/// What made a profile, and whether from people who do not exist. The model may be gone: what was kept
/// with the profile says it then.
pub(super) fn maker(
    profile: &Profile,
    model: Option<&Model>,
    language: Language,
) -> (String, bool) {
    let t = language.profile().result;
    let of = profile.made.or(model.map(Made::from));
    let mut said = of.map_or_else(
        || fill(t.version, &[("version", &profile.version)]),
        |of| made(of, &profile.version, language),
    );
    if model.is_none() {
        said = format!("{said} {}", t.made_gone);
    }
    // Of before it was kept: all models that gave a share then were made from made-up people.
    let gave_share = matches!(profile.outcome, Outcome::Share { .. });
    (said, of.map_or(gave_share, |of| of.source == Source::Synthetic))
}

/// Whether it was found to be out of date.
pub(super) fn is_stale(watched: Option<Verdict>) -> bool {
    watched == Some(Verdict::Stale)
}

/// Why there is no profile.
pub(super) fn no_profile(why: &NoProfile, language: Language) -> Vec<String> {
    let t = language.profile().result;
    match why {
        NoProfile::Missing { factors } => {
            let names: Vec<_> = factors.iter().map(|f| factor_name(*f, language)).collect();
            let missing = fill(t.missing, &[("factors", &names.join(", "))]);
            vec![missing, t.missing_do.to_owned()]
        }
        NoProfile::OutOfRange { factor } => {
            vec![fill(t.out_of_range, &[("factor", factor_name(*factor, language))])]
        }
        NoProfile::NoLegalBasis => vec![t.no_basis.to_owned()],
    }
}

/// What a factor is called.
pub(super) fn factor_name(factor: Factor, language: Language) -> &'static str {
    match factor {
        Factor::Answer(question) => language.question(question).name,
        Factor::Fact(fact) => language.fact(fact).name,
    }
}

/// The share as people, with its table.
pub(super) fn icons(
    (expected, low, high): (Share, Share, Share),
    base: Option<Share>,
    language: Language,
) -> (IconsSpec, IconsTexts) {
    let t = language.profile().result;
    let marked = of_hundred(expected);
    let (low, high) = bounds(low, high);
    let row = |name: &str, count: u32| (name.to_owned(), count.to_string());
    let mut rows = vec![
        row(&Language::capital(t.marked), marked),
        row(&Language::capital(t.unmarked), 100 - marked),
        row(t.row_low, low),
        row(t.row_high, high),
    ];
    rows.extend(base.map(|base| row(t.row_base, of_hundred(base))));
    let texts = IconsTexts {
        title: t.chart.to_owned(),
        label: sentence(expected, language),
        marked: format!("{marked} {}", t.marked),
        unmarked: format!("{} {}", 100 - marked, t.unmarked),
        columns: [t.what, t.of_hundred].map(str::to_owned),
        rows,
    };
    (IconsSpec { marked }, texts)
}

/// The spec of the picture of a profile, if it has one.
pub(super) fn drawing(profile: &Profile, language: Language) -> Option<IconsSpec> {
    match profile.outcome {
        Outcome::Share { expected, low, high } => {
            Some(icons((expected, low, high), profile.base_rate, language).0)
        }
        Outcome::Group { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jobnet_api::profiling::fact::Fact;
    use jobnet_api::profiling::form::Question;

    const DA: Language = Language::Danish;

    #[test]
    fn people_are_rounded_and_an_interval_is_never_made_narrower() {
        assert_eq!(
            [0, 49, 50, 2_249, 2_250, 10_000].map(|s| of_hundred(Share(s))),
            [0, 0, 1, 22, 23, 100]
        );
        assert_eq!(bounds(Share(1_801), Share(2_501)), (18, 26));
        assert_eq!(bounds(Share(1_800), Share(2_500)), (18, 25));
    }

    #[test]
    fn every_share_is_told_in_a_sentence_of_its_own_without_a_place_left() {
        for share in [0, 60, 2_200, 9_940, 9_960, 10_000] {
            for language in Language::ALL {
                let said = sentence(Share(share), language);
                assert!(!said.contains('{') && said.contains("100"), "{said}");
            }
        }
        assert!(sentence(Share(2_200), DA).contains("var 22 ledige"));
        assert!(sentence(Share(120), DA).contains("var 1 ledig i"));
        assert_eq!(rest(Share(2_200), DA).unwrap(), "De andre 78 var ikke ledige så længe.");
        for share in [0, 9_950] {
            assert_eq!(rest(Share(share), DA), None);
        }
    }

    #[test]
    fn a_profile_tells_what_made_it_also_when_that_is_gone() {
        use jobnet_api::profiling::shipped;
        let model = &shipped::model(shipped::DEFAULT).unwrap().model;
        let mut profile = Profile {
            model: model.key.clone(),
            version: "0.9".to_owned(),
            digest: "gone".to_owned(),
            made: Some(Made::from(model)),
            outcome: Outcome::Group { group: Group::Low },
            base_rate: None,
            effects: Vec::new(),
            unused: Vec::new(),
        };
        let gone = DA.profile().result.made_gone;
        let (said, is_made_up) = maker(&profile, Some(model), DA);
        assert!(said.contains("0.9") && !said.contains(gone) && is_made_up, "{said}");
        let (said, is_made_up) = maker(&profile, None, DA);
        assert!(said.contains("0.9") && said.ends_with(gone) && is_made_up, "{said}");
        // Of before it was kept.
        profile.made = None;
        assert!(maker(&profile, Some(model), DA).1);
        // Only made-up people were in what gave a share then, and nothing is known of the tree.
        for (outcome, expected) in [
            (Outcome::Group { group: Group::Low }, false),
            (
                Outcome::Share { expected: Share(2_200), low: Share(1_801), high: Share(2_501) },
                true,
            ),
        ] {
            profile.outcome = outcome;
            let (said, is_made_up) = maker(&profile, None, DA);
            assert!(said.contains("0.9") && said.ends_with(gone), "{said}");
            assert_eq!(is_made_up, expected, "{said}");
        }
    }

    #[test]
    fn words_rise_with_the_share() {
        let shares = [500, 2_000, 4_000, 5_000, 6_000, 9_000].map(|s| phrase(Share(s), DA));
        let mut each = shares.to_vec();
        each.dedup();
        assert_eq!(each.len(), 6);
        // “Half” is said of what is about half, from both sides.
        for share in [4_500, 5_500] {
            assert_eq!(phrase(Share(share), DA), DA.profile().result.half);
        }
    }

    #[test]
    fn picture_and_table_hold_the_same_numbers_as_the_sentence() {
        let (spec, texts) =
            icons((Share(2_200), Share(1_801), Share(2_501)), Some(Share(1_950)), DA);
        assert_eq!(spec, IconsSpec { marked: 22 });
        let figures: Vec<_> = texts.rows.iter().map(|(_, figure)| figure.as_str()).collect();
        assert_eq!(figures, ["22", "78", "18", "26", "20"]);
        assert!(texts.label.contains("22") && texts.marked.starts_with("22 "));
    }

    #[test]
    fn what_is_missing_is_named() {
        let why = NoProfile::Missing {
            factors: vec![Factor::Fact(Fact::Age), Factor::Answer(Question::Expectation)],
        };
        assert!(no_profile(&why, DA)[0].contains("Din alder, Dit eget bud"));
        let why = NoProfile::OutOfRange { factor: Factor::Fact(Fact::Age) };
        assert!(no_profile(&why, DA)[0].contains("Din alder ligger uden for"));
        assert_eq!(no_profile(&NoProfile::NoLegalBasis, DA).len(), 1);
    }
}
