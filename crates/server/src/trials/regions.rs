//! The region of a municipality, for strata: job centres are too many and too small for blocks.
//!
//! **Source**: Statistics Denmark's classification “Regioner, landsdele og kommuner, v1:2007-”.

/// The regions.
pub(crate) const REGIONS: [&str; 5] =
    ["Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Nordjylland"];

/// The municipalities of each region, in the order of [`REGIONS`]: official code, and name in small
/// letters.
const MUNICIPALITIES: [&[(&str, &str)]; 5] = [
    &[
        ("101", "københavn"),
        ("147", "frederiksberg"),
        ("151", "ballerup"),
        ("153", "brøndby"),
        ("155", "dragør"),
        ("157", "gentofte"),
        ("159", "gladsaxe"),
        ("161", "glostrup"),
        ("163", "herlev"),
        ("165", "albertslund"),
        ("167", "hvidovre"),
        ("169", "høje-taastrup"),
        ("173", "lyngby-taarbæk"),
        ("175", "rødovre"),
        ("183", "ishøj"),
        ("185", "tårnby"),
        ("187", "vallensbæk"),
        ("190", "furesø"),
        ("201", "allerød"),
        ("210", "fredensborg"),
        ("217", "helsingør"),
        ("219", "hillerød"),
        ("223", "hørsholm"),
        ("230", "rudersdal"),
        ("240", "egedal"),
        ("250", "frederikssund"),
        ("260", "halsnæs"),
        ("270", "gribskov"),
        ("400", "bornholm"),
    ],
    &[
        ("253", "greve"),
        ("259", "køge"),
        ("265", "roskilde"),
        ("269", "solrød"),
        ("306", "odsherred"),
        ("316", "holbæk"),
        ("320", "faxe"),
        ("326", "kalundborg"),
        ("329", "ringsted"),
        ("330", "slagelse"),
        ("336", "stevns"),
        ("340", "sorø"),
        ("350", "lejre"),
        ("360", "lolland"),
        ("370", "næstved"),
        ("376", "guldborgsund"),
        ("390", "vordingborg"),
    ],
    &[
        ("410", "middelfart"),
        ("420", "assens"),
        ("430", "faaborg-midtfyn"),
        ("440", "kerteminde"),
        ("450", "nyborg"),
        ("461", "odense"),
        ("479", "svendborg"),
        ("480", "nordfyns"),
        ("482", "langeland"),
        ("492", "ærø"),
        ("510", "haderslev"),
        ("530", "billund"),
        ("540", "sønderborg"),
        ("550", "tønder"),
        ("561", "esbjerg"),
        ("563", "fanø"),
        ("573", "varde"),
        ("575", "vejen"),
        ("580", "aabenraa"),
        ("607", "fredericia"),
        ("621", "kolding"),
        ("630", "vejle"),
    ],
    &[
        ("615", "horsens"),
        ("657", "herning"),
        ("661", "holstebro"),
        ("665", "lemvig"),
        ("671", "struer"),
        ("706", "syddjurs"),
        ("707", "norddjurs"),
        ("710", "favrskov"),
        ("727", "odder"),
        ("730", "randers"),
        ("740", "silkeborg"),
        ("741", "samsø"),
        ("746", "skanderborg"),
        ("751", "aarhus"),
        ("756", "ikast-brande"),
        ("760", "ringkøbing-skjern"),
        ("766", "hedensted"),
        ("779", "skive"),
        ("791", "viborg"),
    ],
    &[
        ("773", "morsø"),
        ("787", "thisted"),
        ("810", "brønderslev"),
        ("813", "frederikshavn"),
        ("820", "vesthimmerlands"),
        ("825", "læsø"),
        ("840", "rebild"),
        ("846", "mariagerfjord"),
        ("849", "jammerbugt"),
        ("851", "aalborg"),
        ("860", "hjørring"),
    ],
];

/// The region of a municipality, by its name, with or without “Kommune”, also in the genitive and in
/// any letters, or by its official code with or without a 0 before it; `None`: there is no such
/// municipality.
pub(crate) fn region(municipality: &str) -> Option<&'static str> {
    let text = municipality.to_lowercase();
    let code = text.strip_prefix('0').unwrap_or(&text);
    let ends = [" kommune", " regionskommune"];
    let name = ends.into_iter().find_map(|end| text.strip_suffix(end)).unwrap_or(&text);
    // “Københavns Kommune”; but “Nordfyns” is a name.
    let nominative = name.strip_suffix('s').unwrap_or(name);
    let at = MUNICIPALITIES.iter().position(|of| {
        of.iter().any(|(number, known)| *number == code || [name, nominative].contains(known))
    })?;
    REGIONS.get(at).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::synthesise::reference;

    /// Statistics Denmark counts 98 municipalities: 29, 17, 22, 19 and 11.
    #[test]
    fn each_of_the_98_municipalities_is_in_one_region() {
        assert_eq!(MUNICIPALITIES.map(<[_]>::len), [29, 17, 22, 19, 11]);
        let codes: BTreeSet<_> =
            MUNICIPALITIES.iter().copied().flatten().map(|(code, _)| code).collect();
        let names: BTreeSet<_> =
            MUNICIPALITIES.iter().copied().flatten().map(|(_, name)| name).collect();
        assert_eq!((codes.len(), names.len()), (98, 98));
        for (of, expected) in MUNICIPALITIES.iter().zip(REGIONS) {
            for (code, name) in *of {
                assert!(code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit()));
                assert_eq!(*name, name.to_lowercase());
                for known in [(*code).to_owned(), format!("0{code}"), format!("{name} Kommune")] {
                    assert_eq!(region(&known), Some(expected), "{known}");
                }
            }
        }
    }

    /// As the municipalities write themselves, and as the CPR register has them.
    #[test]
    fn official_names_and_codes_are_known_and_others_are_not() {
        let known: [(&str, &[&str]); 5] = [
            (
                "Hovedstaden",
                &[
                    "Københavns Kommune",
                    "KØBENHAVN",
                    "Københavns",
                    "101",
                    "0101",
                    "Bornholms Regionskommune",
                    "Bornholm",
                    "0400",
                    "Frederiksberg Kommune",
                    "Halsnæs Kommune",
                    "Ishøj Kommune",
                    "Lyngby-Taarbæk Kommune",
                    "Tårnby kommune",
                ],
            ),
            ("Sjælland", &["Greve Kommune", "Stevns Kommune", "Lolland Kommune", "0253", "390"]),
            (
                "Syddanmark",
                &["Nordfyns Kommune", "Assens Kommune", "Ærø Kommune", "ÆRØ", "461", "0492"],
            ),
            (
                "Midtjylland",
                &["Aarhus Kommune", "Aarhus", "Horsens Kommune", "Syddjurs Kommune", "0751"],
            ),
            (
                "Nordjylland",
                &["Morsø Kommune", "Vesthimmerlands Kommune", "Læsø Kommune", "773", "0851"],
            ),
        ];
        for (of, names) in known {
            for name in names {
                assert_eq!(region(name), Some(of), "{name}");
            }
        }
        for other in
            ["", "0", "Kommune", "Jobcenter Aarhus", "Aarhu", "102", "00101", "1010", "Malmö"]
        {
            assert_eq!(region(other), None, "{other}");
        }
    }

    /// The population was written from other tables.
    #[test]
    fn the_made_up_population_lives_in_the_same_regions() {
        for of in reference::REGIONS {
            for (town, _) in of.municipalities {
                assert_eq!(region(town), Some(of.name), "{town}");
            }
        }
    }
}
