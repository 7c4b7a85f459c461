//! The region of a municipality, for strata: job centres are too many and too small for blocks.
//!
//! **Source**: Statistics Denmark's classification “Regioner, landsdele og kommuner, v1:2007-”.

/// The regions.
pub(crate) const REGIONS: [&str; 5] =
    ["Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Nordjylland"];

/// The municipalities of each region, in the order of [`REGIONS`].
const MUNICIPALITIES: [&[&str]; 5] = [
    &[
        "Albertslund",
        "Allerød",
        "Ballerup",
        "Bornholm",
        "Brøndby",
        "Dragør",
        "Egedal",
        "Fredensborg",
        "Frederiksberg",
        "Frederikssund",
        "Furesø",
        "Gentofte",
        "Gladsaxe",
        "Glostrup",
        "Gribskov",
        "Halsnæs",
        "Helsingør",
        "Herlev",
        "Hillerød",
        "Hvidovre",
        "Høje-Taastrup",
        "Hørsholm",
        "Ishøj",
        "København",
        "Lyngby-Taarbæk",
        "Rudersdal",
        "Rødovre",
        "Tårnby",
        "Vallensbæk",
    ],
    &[
        "Faxe",
        "Greve",
        "Guldborgsund",
        "Holbæk",
        "Kalundborg",
        "Køge",
        "Lejre",
        "Lolland",
        "Næstved",
        "Odsherred",
        "Ringsted",
        "Roskilde",
        "Slagelse",
        "Solrød",
        "Sorø",
        "Stevns",
        "Vordingborg",
    ],
    &[
        "Assens",
        "Billund",
        "Esbjerg",
        "Fanø",
        "Fredericia",
        "Faaborg-Midtfyn",
        "Haderslev",
        "Kerteminde",
        "Kolding",
        "Langeland",
        "Middelfart",
        "Nordfyns",
        "Nyborg",
        "Odense",
        "Svendborg",
        "Sønderborg",
        "Tønder",
        "Varde",
        "Vejen",
        "Vejle",
        "Ærø",
        "Aabenraa",
    ],
    &[
        "Favrskov",
        "Hedensted",
        "Herning",
        "Holstebro",
        "Horsens",
        "Ikast-Brande",
        "Lemvig",
        "Norddjurs",
        "Odder",
        "Randers",
        "Ringkøbing-Skjern",
        "Samsø",
        "Silkeborg",
        "Skanderborg",
        "Skive",
        "Struer",
        "Syddjurs",
        "Viborg",
        "Aarhus",
    ],
    &[
        "Brønderslev",
        "Frederikshavn",
        "Hjørring",
        "Jammerbugt",
        "Læsø",
        "Mariagerfjord",
        "Morsø",
        "Rebild",
        "Thisted",
        "Vesthimmerlands",
        "Aalborg",
    ],
];

/// The region of a municipality, by its name with or without “Kommune”; `None`: there is no such
/// municipality.
pub(crate) fn region(municipality: &str) -> Option<&'static str> {
    let name = municipality.strip_suffix(" Kommune").unwrap_or(municipality);
    let at = MUNICIPALITIES.iter().position(|of| of.contains(&name))?;
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
        let all: BTreeSet<_> = MUNICIPALITIES.iter().copied().flatten().collect();
        assert_eq!(all.len(), 98);
        assert_eq!(region("Aarhus Kommune"), Some("Midtjylland"));
        assert_eq!(region("Aarhus"), Some("Midtjylland"));
        assert_eq!(region("Jobcenter Aarhus"), None);
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
